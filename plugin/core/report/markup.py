"""A report's parts as the HTML that both browsers and QTextDocument lay out. Every text is escaped; there are no links.

Tables, because QTextDocument knows neither flex boxes nor grids.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Callable, List, Sequence, Tuple

from .document import Chapter, Picture, Report, Table

#: Width of a picture, and of half a printed page, in CSS pixels.
HALF = 310
#: Rows of a table that is not parted.
_SHORT = 18
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

#: Where a picture is had from: given its number within the chapter.
Source = Callable[[Picture], str]


def text(words: str) -> str:
    """``words`` as markup that shows exactly these words, line breaks included."""
    return escape(words, quote=True).replace("\n", "<br/>")


def direction(words: str) -> str:
    """The attribute for words that run from right to left, by the first letter that has a direction; "" for others.

    Said outright, because QTextDocument does not know ``dir="auto"``.
    """
    found = next((kind for kind in map(unicodedata.bidirectional, words[:200]) if kind in ("L", "R", "AL")), "L")
    return "" if found == "L" else ' dir="rtl"'


def head(report: Report) -> str:
    """Title and what stands below it."""
    lines = "".join(f'<p class="quiet">{text(line)}</p>' for line in report.lines)
    return f'<h1{direction(report.title)}>{text(report.title)}</h1>{lines}'


@dataclass(frozen=True)
class Block:
    """A piece of a chapter that is laid out by itself. ``whole``: no page break goes through it."""

    body: str
    whole: bool = False


def blocks(part: Chapter, source: Source) -> List[Block]:
    """One question with everything that came of it. ``source``: the address of a picture, made by us."""
    answer = "".join(_paragraph(piece, "answer") for piece in part.answer.split("\n") if piece.strip())
    words = [
        f"<h2{direction(part.question)}>{text(part.question)}</h2>",
        _paragraph(part.subject, "quiet") if part.subject else "",
        answer,
        "".join(_paragraph(note, "note") for note in part.notes),
    ]
    made = [Block("".join(words)), *(Block(row, True) for row in _figures(part, source))]
    made += [Block(table(each), len(each.rows) <= _SHORT) for each in part.tables if not each.beside and each.rows]
    return made + [Block(table(each, "small"), len(each.rows) <= _SHORT) for each in part.small if each.rows]


def table(one: Table, kind: str = "values") -> str:
    """A table with its title in the first row, so that a page break never parts them."""
    columns = max((len(one.headers), *(len(row) for row in one.rows)))
    rows = [f'<tr><th class="title" colspan="{columns}" align="left">{text(one.title)}</th></tr>'] if one.title else []
    if one.headers:
        cells = "".join(f'<th align="{_side(one, i)}">{text(words)}</th>' for i, words in enumerate(one.headers))
        rows.append(f"<tr>{cells}</tr>")
    body = "".join(f"<tr>{_cells(one, number)}</tr>" for number in range(len(one.rows)))
    top = f"<thead>{''.join(rows)}</thead>" if rows else ""
    kind = "square" if one.shades else kind
    return f'<table class="{kind}" width="100%" cellspacing="0" cellpadding="2">{top}<tbody>{body}</tbody></table>'


def _cells(one: Table, number: int) -> str:
    cells = []
    for column, words in enumerate(one.rows[number]):
        shade = one.shades[number][column] if one.shades else ""
        ground = f' style="background-color:{shade}"' if _COLOUR.fullmatch(shade) else ""
        colours = one.colours[number].split() if one.colours and column == 0 else []
        squares = "".join(f'<span style="color:{c}">&#9632;</span>' for c in colours if _COLOUR.fullmatch(c))
        swatch = squares + "&nbsp;" if squares else ""
        cells.append(f'<td align="{_side(one, column)}"{ground}{direction(words)}>{swatch}{text(words)}</td>')
    return "".join(cells)


def _side(one: Table, column: int) -> str:
    if one.shades:
        return "center"
    return "left" if column < one.texts else "right"


def _paragraph(words: str, kind: str) -> str:
    return f'<p class="{kind}"{direction(words)}>{text(words)}</p>'


def _figures(part: Chapter, source: Source) -> List[str]:
    """Pictures and the tables that go with them, two in a row."""
    cells = [_figure(picture, source) for picture in part.pictures]
    cells += [table(each) for each in part.tables if each.beside and each.rows]
    rows: List[Sequence[str]] = [cells[i : i + 2] for i in range(0, len(cells), 2)]
    return [f'<table class="figures" width="100%" cellspacing="0" cellpadding="4">{_row(row)}</table>' for row in rows]


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<td width="50%" valign="top">{cell}</td>' for cell in [*cells, ""][:2]) + "</tr>"


def _figure(picture: Picture, source: Source) -> str:
    width, height = shown_size(picture)
    lines = "".join(f'<p class="caption"{direction(line)}>{text(line)}</p>' for line in picture.lines)
    return (
        f'<p class="figure"><img src="{escape(source(picture), quote=True)}" alt="{text(picture.title)}" width="{width}" '
        f'height="{height}"/></p><p class="caption"{direction(picture.title)}><b>{text(picture.title)}</b></p>{lines}'
    )


def shown_size(picture: Picture) -> Tuple[int, int]:
    """Width and height in CSS pixels: half a page wide, and not higher than that is wide."""
    scale = min(HALF / max(picture.width, 1), 1.15 * HALF / max(picture.height, 1))
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))

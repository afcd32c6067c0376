"""Boxes as text, ``{<x1><y1><x2><y2>}``: left, top, right, bottom in hundredths of the view (MiniGPT-v2, SkyEyeGPT, GeoPix).

Several boxes of one phrase are joined by ``<delim>``; a phrase stands before its boxes as ``<p>…</p>``. Reading takes
any integers, puts the corners in order and clips to 0..100, since models write what they like.
"""

import re
from dataclasses import dataclass
from typing import List, Sequence, Tuple

Box = Tuple[float, float, float, float]
Hundredths = Tuple[int, int, int, int]

DELIMITER = "<delim>"
_BOX = re.compile(r"\{\s*<\s*(-?\d{1,9})\s*>\s*<\s*(-?\d{1,9})\s*>\s*<\s*(-?\d{1,9})\s*>\s*<\s*(-?\d{1,9})\s*>\s*\}")
_GROUP = re.compile(
    rf"(?:<p>(?P<phrase>(?:(?!<p>|</p>).)*)</p>\s*)?(?P<boxes>{_BOX.pattern}(?:\s*{DELIMITER}\s*{_BOX.pattern})*)",
    re.DOTALL,
)
_MARKS = re.compile(r"</?p>")


@dataclass(frozen=True)
class Group:
    """A ``phrase`` ("" where boxes stand alone) and its boxes; ``span`` of the whole group in the text."""

    phrase: str
    boxes: Tuple[Hundredths, ...]
    span: Tuple[int, int]


def hundredths(box: Sequence[float], shape: Tuple[int, int], truncate: bool = False) -> Hundredths:
    """``box`` (x0, y0, x1, y1) in pixels of a view of ``shape`` (H, W), as whole hundredths of it, corners in order.

    Rounded; ``truncate``: ``int()`` as SkyEyeGPT's data was made, which moves every edge up to a hundredth left and up.
    Raises ``ValueError`` for a view without pixels or a box that is not finite.
    """
    height, width = shape
    if height < 1 or width < 1:
        raise ValueError(f"a view of {width} × {height} pixels has no boxes")
    scaled = [100.0 * value / side for value, side in zip(box, (width, height, width, height))]
    if len(scaled) != 4 or not all(abs(value) < float("inf") for value in scaled):
        raise ValueError(f"{tuple(box)} is no box")
    # 100 · 29 / 100 is 28.999…: what is a whole hundredth must not fall to the one below.
    whole = [int(value + 1e-9) if truncate else int(value + 0.5) if value >= 0 else 0 for value in scaled]
    return repaired(whole)


def repaired(values: Sequence[int]) -> Hundredths:
    """Four numbers clipped to 0..100, left before right and top before bottom."""
    x1, y1, x2, y2 = (min(max(int(value), 0), 100) for value in values)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def pixels(box: Hundredths, shape: Tuple[int, int]) -> Box:
    """A box in hundredths as (x0, y0, x1, y1) float pixels of a view of ``shape`` (H, W)."""
    height, width = shape
    return box[0] * width / 100, box[1] * height / 100, box[2] * width / 100, box[3] * height / 100


def written(box: Hundredths) -> str:
    """"{<x1><y1><x2><y2>}"."""
    return "{" + "".join(f"<{value}>" for value in box) + "}"


def grouped(phrase: str, boxes: Sequence[Hundredths]) -> str:
    """"<p>phrase</p> {…}<delim>{…}"; without a phrase the boxes alone. Marks inside the phrase are taken out."""
    joined = DELIMITER.join(written(box) for box in boxes)
    clean = _MARKS.sub("", phrase).strip()
    return f"<p>{clean}</p> {joined}" if clean else joined


def parse(text: str) -> List[Group]:
    """Every group of boxes in ``text``, in order; [] if there is none. Linear in its length; never raises."""
    return [
        Group((found["phrase"] or "").strip(), tuple(_boxes(found["boxes"])), found.span())
        for found in _GROUP.finditer(text)
    ]


def first_box(text: str) -> Tuple[Hundredths, ...]:
    """The first box of ``text`` in a tuple, () if there is none: what MiniGPT-v2's evaluator reads."""
    return tuple(box for group in parse(text)[:1] for box in group.boxes[:1])


def without_boxes(text: str) -> str:
    """``text`` as a person reads it: phrases stay, boxes and marks go."""
    plain = _MARKS.sub("", _BOX.sub("", text).replace(DELIMITER, ""))
    return re.sub(r"[ \t]+([.,;:!?])", r"\1", re.sub(r"[ \t]{2,}", " ", plain)).strip()


def _boxes(text: str) -> List[Hundredths]:
    return [repaired([int(value) for value in found.groups()]) for found in _BOX.finditer(text)]

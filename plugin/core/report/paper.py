"""A report as PDF: text that can be selected and searched, pages with numbers, pictures at print resolution.

QTextDocument and QPdfWriter rather than a print layout's HTML frame: that needs QtWebKit, which many builds of QGIS lack,
and cuts lines of text at the foot of a page. Everything is laid out in CSS pixels (96 to an inch), whatever the screen.
"""

import re
from typing import Callable, List, Sequence, Tuple

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from qgis.PyQt.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from ....models.cancel import CancelToken
from ..messages import tr
from . import markup
from .document import Picture, Report

#: CSS pixels: page, margins left and right, above, below (with the page's foot in it).
DPI = 96
SIDE, TOP, BOTTOM = 66.0, 60.0, 72.0
#: A chapter that would begin below this share of the page begins on the next one.
LOWEST = 0.55
#: Between blocks, and the least that has to be left for one to begin on a page.
_GAP, _ROOM = 6.0, 90.0
_SCHEME = "picture"
_RANGES = re.compile(rb"\[(?:<[0-9A-F]{4}> ?)+\]")
_STYLE = """
body { color: #1a1a1a; }
h1 { font-size: 23px; margin: 0px 0px 2px 0px; }
h2 { font-size: 16px; color: #1f4e79; margin: 6px 0px 2px 0px; }
p { font-size: 12px; margin: 0px 0px 5px 0px; }
.quiet { font-size: 10px; color: #555555; margin-bottom: 3px; }
.answer { font-size: 13px; }
.note { background-color: #fff6e0; font-size: 11px; }
.figure { margin: 0px 0px 2px 0px; }
.caption { font-size: 10px; color: #444444; margin: 0px; }
table { margin-top: 10px; margin-bottom: 4px; }
table.figures { margin-top: 7px; margin-bottom: 3px; }
th { font-size: 10px; font-weight: bold; color: #444444; background-color: #eef2f6; }
th.title { font-size: 12px; color: #1a1a1a; background-color: #ffffff; }
td { font-size: 11px; border-bottom: 1px solid #dddddd; }
table.figures td { border-bottom: none; }
table.small td { font-size: 10px; }
table.square { margin-top: 0px; margin-bottom: 0px; }
table.square td { border-bottom: none; padding-top: 34px; padding-bottom: 34px; }
"""


class _Piece(QTextDocument):
    """One block of a chapter; its pictures are decoded when they are painted."""

    def __init__(self, body: str, pictures: Sequence[Picture], size: QSizeF, skip: float) -> None:
        """``skip``: how much of its first page earlier blocks have used."""
        super().__init__()
        self._pictures = pictures
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        self.setDefaultFont(_font(12))
        self.setDefaultStyleSheet(_STYLE)
        self.setHtml(f"<html><body>{body}</body></html>")
        self._move_down(skip)
        self.setPageSize(size)

    def _move_down(self, skip: float) -> None:
        """Begin below what is used, with an empty line of that height: the one that Qt puts before a table has none."""
        if skip <= 0:
            return
        cursor = QTextCursor(self)
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        above = QTextBlockFormat()
        above.setLineHeight(skip, QTextBlockFormat.LineHeightTypes.FixedHeight)
        cursor.setBlockFormat(above)

    def loadResource(self, _kind: int, name: QUrl):  # noqa: N802 - Qt
        """Only the report's own pictures; nothing from a disk or a network."""
        number = name.path()
        if name.scheme() != _SCHEME or not number.isdigit() or int(number) >= len(self._pictures):
            return None
        return QImage.fromData(self._pictures[int(number)].data)

    def used(self) -> float:
        """How far down its last page it reaches."""
        last = self.lastBlock()
        box = self.documentLayout().blockBoundingRect(last)
        bottom = box.bottom() if last.text() else box.top()
        return bottom - (self.pageCount() - 1) * self.pageSize().height()


class _Layout:
    """Lays blocks below one another, page after page. Many small documents, because PyQt holds Python's lock while it lays
    one out: a whole chapter would stop QGIS's window for as long.
    """

    def __init__(self, size: QSizeF) -> None:
        self.size = size
        #: Each block with the page it begins on.
        self.laid: List[Tuple[int, _Piece]] = []
        self.page, self.used = 1, 0.0

    def add(self, body: str, pictures: Sequence[Picture], room: float, whole: bool = False) -> None:
        """``room``: with less than this left the block begins on the next page; ``whole``: also if it would be parted."""
        if self.used > 0 and self.size.height() - self.used < room:
            self._turn()
        piece = _Piece(body, pictures, self.size, self.used)
        if whole and self.used > 0 and piece.pageCount() > 1:
            self._turn()
            piece = _Piece(body, pictures, self.size, 0.0)
        self.laid.append((self.page, piece))
        self.page += piece.pageCount() - 1
        self.used = piece.used() + _GAP

    def _turn(self) -> None:
        self.page, self.used = self.page + 1, 0.0


def pdf(report: Report, cancel: CancelToken, progress: Callable[[float], None], letter: bool = False) -> bytes:
    """The file. Any one thread; ``progress`` gets a share in [0, 1]. Raises Cancelled.

    ``letter``: US Letter in place of A4.
    """
    paper = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    full = paper.size(QPageSize.Unit.Inch) * DPI
    layout = _Layout(QSizeF(full.width() - 2 * SIDE, full.height() - TOP - BOTTOM))
    layout.add(f"{markup.head(report)}<hr/>", (), 0)
    for number, part in enumerate(report.chapters):
        for place, block in enumerate(markup.blocks(part, _address(part.pictures))):
            cancel.raise_if_cancelled()
            room = (1 - LOWEST) * layout.size.height() if place == 0 and len(part.pictures) + len(part.tables) else _ROOM
            layout.add(block.body, part.pictures, room, block.whole)
        progress(0.5 * (number + 1) / len(report.chapters))
    return _painted(report, layout, paper, cancel, progress)


def _address(pictures: Tuple[Picture, ...]) -> markup.Source:
    return lambda picture: f"{_SCHEME}:{pictures.index(picture)}"


def _painted(report: Report, layout: _Layout, paper: QPageSize, cancel: CancelToken, progress: Callable) -> bytes:
    inner = layout.size
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageSize(paper)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(report.title)
    writer.setCreator("Terralogue")
    painter = QPainter(writer)
    try:
        shown = 0
        for done, (first, piece) in enumerate(layout.laid):
            for number in range(piece.pageCount()):
                cancel.raise_if_cancelled()
                while shown < first + number:
                    shown += 1
                    if shown > 1:
                        writer.newPage()
                    _foot(painter, report.foot, shown, layout.page, inner)
                _body(painter, piece, number, inner)
            progress(0.5 + 0.5 * (done + 1) / len(layout.laid))
    finally:
        painter.end()
        buffer.close()
    return _with_spaces(bytes(data))


def _with_spaces(data: bytes) -> bytes:
    """Spaces as spaces for whoever searches or copies: Qt 5 writes down that their glyph stands for a tab.

    Of the same length, so that the file's table of offsets stays right.
    """
    return _RANGES.sub(lambda match: match.group().replace(b"<0009>", b"<0020>"), data)


def _body(painter: QPainter, piece: _Piece, number: int, inner: QSizeF) -> None:
    """One page of a block, in dark ink on white whatever the theme."""
    window = QRectF(0, number * inner.height(), inner.width(), inner.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = window
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(26, 26, 26))
    context.palette = palette
    painter.save()
    painter.translate(SIDE, TOP - window.top())
    painter.setClipRect(window)
    piece.documentLayout().draw(painter, context)
    painter.restore()


def _foot(painter: QPainter, words: str, number: int, total: int, inner: QSizeF) -> None:
    line = QRectF(SIDE, TOP + inner.height() + 26, inner.width(), 16)
    painter.save()
    painter.setFont(_font(10))
    painter.setPen(QColor(90, 90, 90))
    painter.drawLine(line.topLeft(), line.topRight())
    box = line.adjusted(0, 3, 0, 3)
    count = tr("Page {number} of {total}").format(number=number, total=total)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
    room = inner.width() - painter.fontMetrics().horizontalAdvance(count) - 20
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), short)
    painter.restore()


def _font(pixels: int) -> QFont:
    font = QFont("Noto Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font

"""A report as PDF: text that can be selected and searched, pages with numbers, pictures at print resolution.

QTextDocument and QPdfWriter rather than a print layout's HTML frame: that needs QtWebKit, which many builds of QGIS lack,
and cuts lines of text at the foot of a page. Everything is laid out in CSS pixels (96 to an inch), whatever the screen.
"""

import re
from typing import Callable, List, Tuple

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
table { margin-top: 5px; margin-bottom: 7px; }
th { font-size: 10px; font-weight: bold; color: #444444; background-color: #eef2f6; }
th.title { font-size: 12px; color: #1a1a1a; background-color: #ffffff; }
td { font-size: 11px; border-bottom: 1px solid #dddddd; }
table.figures td { border-bottom: none; }
table.small td { font-size: 10px; }
table.square { margin-top: 0px; }
table.square td { border-bottom: none; padding-top: 34px; padding-bottom: 34px; }
"""


class _Page(QTextDocument):
    """One chapter; its pictures are decoded when they are painted."""

    def __init__(self, body: str, pictures: List[Picture], size: QSizeF, skip: float) -> None:
        super().__init__()
        self._pictures = pictures
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        font = QFont("Noto Sans")
        font.setStyleHint(QFont.StyleHint.SansSerif)
        font.setPixelSize(12)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self.setDefaultFont(font)
        self.setDefaultStyleSheet(_STYLE)
        self.setHtml(f"<html><body>{body}</body></html>")
        if skip > 0:
            self._move_down(skip)
        self.setPageSize(size)

    def _move_down(self, skip: float) -> None:
        """Leave what an earlier chapter has used of the first page."""
        cursor = QTextCursor(self)
        above = QTextBlockFormat()
        above.setLineHeight(skip, QTextBlockFormat.LineHeightTypes.FixedHeight)
        cursor.insertBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        cursor.setBlockFormat(above)

    def loadResource(self, _kind: int, name: QUrl):  # noqa: N802 - Qt
        """Only the report's own pictures; nothing from a disk or a network."""
        number = name.path()
        if name.scheme() != _SCHEME or not number.isdigit() or int(number) >= len(self._pictures):
            return None
        return QImage.fromData(self._pictures[int(number)].data)

    def used(self) -> float:
        """How far down its last page it reaches."""
        whole = self.documentLayout().documentSize().height()
        last = self.lastBlock()
        box = self.documentLayout().blockBoundingRect(last)
        return min(box.bottom() - (self.pageCount() - 1) * self.pageSize().height(), whole)


def pdf(report: Report, cancel: CancelToken, progress: Callable[[float], None], letter: bool = False) -> bytes:
    """The file. Any one thread; ``progress`` gets a share in [0, 1]. Raises Cancelled.

    ``letter``: US Letter in place of A4.
    """
    paper = QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)
    full = paper.size(QPageSize.Unit.Inch) * DPI
    inner = QSizeF(full.width() - 2 * SIDE, full.height() - TOP - BOTTOM)
    laid: List[Tuple[int, _Page]] = []
    total, free = 1, 0.0
    for number, part in enumerate(report.chapters):
        cancel.raise_if_cancelled()
        body = markup.chapter(part, _address(part.pictures))
        if number == 0:
            body = f"{markup.head(report)}<hr/>{body}"
        first = total
        if free > LOWEST * inner.height():
            first, free = total + 1, 0.0
        page = _Page(body, list(part.pictures), inner, free)
        laid.append((first, page))
        total = first + page.pageCount() - 1
        free = page.used() + 18
        progress(0.5 * (number + 1) / len(report.chapters))
    return _painted(report, laid, total, paper, inner, cancel, progress)


def _address(pictures: Tuple[Picture, ...]) -> markup.Source:
    return lambda picture: f"{_SCHEME}:{pictures.index(picture)}"


def _painted(report, laid, total, paper, inner, cancel, progress) -> bytes:
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
        for done, (first, page) in enumerate(laid):
            for number in range(page.pageCount()):
                cancel.raise_if_cancelled()
                while shown < first + number:
                    shown += 1
                    if shown > 1:
                        writer.newPage()
                    _foot(painter, report.foot, shown, total, inner)
                _body(painter, page, number, inner)
            progress(0.5 + 0.5 * (done + 1) / len(laid))
    finally:
        painter.end()
        buffer.close()
    return _with_spaces(bytes(data))


def _with_spaces(data: bytes) -> bytes:
    """Spaces as spaces for whoever searches or copies: Qt 5 writes down that their glyph stands for a tab.

    Of the same length, so that the file's table of offsets stays right.
    """
    return _RANGES.sub(lambda match: match.group().replace(b"<0009>", b"<0020>"), data)


def _body(painter: QPainter, page: _Page, number: int, inner: QSizeF) -> None:
    """One page of a chapter, in dark ink on white whatever the theme."""
    window = QRectF(0, number * inner.height(), inner.width(), inner.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = window
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(26, 26, 26))
    context.palette = palette
    painter.save()
    painter.translate(SIDE, TOP - window.top())
    painter.setClipRect(window)
    page.documentLayout().draw(painter, context)
    painter.restore()


def _foot(painter: QPainter, words: str, number: int, total: int, inner: QSizeF) -> None:
    font = QFont("Noto Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(10)
    line = QRectF(SIDE, TOP + inner.height() + 26, inner.width(), 16)
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(90, 90, 90))
    painter.drawLine(line.topLeft(), line.topRight())
    box = line.adjusted(0, 3, 0, 3)
    count = tr("Page {number} of {total}").format(number=number, total=total)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
    room = inner.width() - painter.fontMetrics().horizontalAdvance(count) - 20
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), short)
    painter.restore()

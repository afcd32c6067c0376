"""The hand that points: mouse gestures become prompts, keys become decisions. Knows no imagery and no model."""

from typing import List, Optional

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QEvent, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QCursor

from ..tools.region_tool import SLIP, is_left

#: Screen pixels between corners of a lasso: below what a hand can aim at.
FINE = 3


class PointTool(QgsMapTool):
    """``pointed(kind, points)``: "inside", "outside", "box" (four corners) or "lasso", in canvas map units.

    ``drawing(kind, points)`` while a box or lasso is drawn, () at its end; ``hovered(point)``, None when the mouse has
    left. ``key(name)``: "accept", "undo", "undo_taken", "redo_taken", "escape" or "another".
    """

    pointed = pyqtSignal(str, list)
    drawing = pyqtSignal(str, list)
    hovered = pyqtSignal(object)
    key = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.lasso = False
        self.setCursor(QCursor(Qt.CursorShape.CrossCursor))
        self._from: Optional[QPoint] = None
        self._start = QgsPointXY()
        self._kind = ""
        self._line: List[QgsPointXY] = []
        self._last = QPoint()

    def activate(self) -> None:
        """Listen to keys before QGIS's own shortcuts take them."""
        super().activate()
        self._forget()
        self.canvas().installEventFilter(self)
        self.canvas().viewport().installEventFilter(self)
        self.canvas().setFocus()

    def deactivate(self) -> None:
        """Leave the keys alone."""
        self._forget()
        self.canvas().removeEventFilter(self)
        self.canvas().viewport().removeEventFilter(self)
        super().deactivate()

    def eventFilter(self, _watched, event) -> bool:  # noqa: N802 - Qt
        """Keys on their way to the canvas or to a menu, and the mouse leaving the canvas."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and meaning(event):
            event.accept()
            return True
        if kind == QEvent.Type.Leave:
            self.hovered.emit(None)
        return kind == QEvent.Type.KeyPress and self._take(event)

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Keys that the canvas hands on."""
        event.setAccepted(self._take(event))

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """A click or a drag begins."""
        self.canvas().setFocus()
        if is_left(event):
            self._from, self._start = QPoint(event.pos()), self.toMapCoordinates(event.pos())

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Show what is drawn so far, or say where the mouse is."""
        if self._from is None:
            self.hovered.emit(self.toMapCoordinates(event.pos()))
            return
        if not self._kind:
            if (event.pos() - self._from).manhattanLength() < SLIP:
                return
            free = self.lasso or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._kind, self._line, self._last = "lasso" if free else "box", [self._start], self._from
            self.hovered.emit(None)
        if self._kind == "box":
            self._line = self._corners(event.pos())
        elif (event.pos() - self._last).manhattanLength() >= FINE:
            self._line.append(self.toMapCoordinates(event.pos()))
            self._last = QPoint(event.pos())
        self.drawing.emit(self._kind, self._line)

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """A right click and a click with Shift say what does not belong."""
        if event.button() == Qt.MouseButton.RightButton and self._from is None:
            self.pointed.emit("outside", [self.toMapCoordinates(event.pos())])
        if not is_left(event) or self._from is None:
            return
        kind, line = self._kind, self._line
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if kind == "box":
            line = self._corners(event.pos())
        self._forget()
        if not kind:
            self.pointed.emit("outside" if shift else "inside", [self.toMapCoordinates(event.pos())])
        elif len(line) > 2:
            self.pointed.emit(kind, line)

    def _corners(self, position: QPoint) -> List[QgsPointXY]:
        """The four map points of the rectangle on the screen; the first is held on the map, which may be zoomed meanwhile."""
        start = self.toCanvasCoordinates(self._start)
        screen = (QPoint(position.x(), start.y()), position, QPoint(start.x(), position.y()))
        return [self._start, *(self.toMapCoordinates(point) for point in screen)]

    def _take(self, event) -> bool:
        """Whether the key meant something."""
        name = meaning(event)
        if name == "escape" and self._kind:
            self._forget()
            return True
        if name:
            self.key.emit(name)
        return bool(name)

    def _forget(self) -> None:
        """Nothing is being drawn."""
        drawn = bool(self._kind)
        self._from, self._kind, self._line = None, "", []
        if drawn:
            self.drawing.emit("", [])


def meaning(event) -> str:
    """What a key means here, "" if nothing."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if control:
        if event.key() == Qt.Key.Key_Z:
            return "redo_taken" if shift else "undo_taken"
        return "redo_taken" if event.key() == Qt.Key.Key_Y else ""
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return ""
    names = {
        Qt.Key.Key_Return: "accept", Qt.Key.Key_Enter: "accept", Qt.Key.Key_Backspace: "undo",
        Qt.Key.Key_Escape: "escape", Qt.Key.Key_N: "another",
    }  # fmt: skip
    return names.get(event.key(), "")

"""The hand on the line between before and after: mouse and keys while the swipe is on."""

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt, pyqtSignal

from ..tools.region_tool import is_left
from .divider import Divider

#: How near (screen pixels) the mouse must be to the line to take it; elsewhere it moves the map.
REACH = 14
#: How far an arrow key moves the line, with and without Shift, in parts of the canvas.
STEP, LEAP = 0.02, 0.1


class SwipeTool(QgsMapTool):
    """``moved()`` when the line was, ``ended()`` on Escape. Dragging beside the line moves the map."""

    moved = pyqtSignal()
    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, divider: Divider) -> None:
        super().__init__(canvas)
        self._canvas, self._divider = canvas, divider
        self._dragging = self._panning = False

    def activate(self) -> None:
        """Listen to the keys; the canvas would move the map by the arrows before a tool hears of them."""
        super().activate()
        self._dragging = self._panning = False
        self._canvas.installEventFilter(self)
        self._canvas.setFocus()

    def deactivate(self) -> None:
        """Leave the keys alone."""
        self._canvas.removeEventFilter(self)
        super().deactivate()

    def eventFilter(self, _watched, event) -> bool:  # noqa: N802 - Qt
        """Keys on their way to the canvas."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._take(event)

    def keyPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Keys that the canvas hands on."""
        event.setAccepted(self._take(event))

    def canvasPressEvent(self, event) -> None:  # noqa: N802 - Qt
        """Take the line."""
        if is_left(event):
            self._dragging = self._near(event.pos())

    def canvasMoveEvent(self, event) -> None:  # noqa: N802 - Qt
        """Drag the line, or the map."""
        if self._dragging:
            self._divider.place(QPointF(event.pos()), self._size())
            self.moved.emit()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._panning = True
            self._canvas.panAction(event)
        else:
            across = Qt.CursorShape.SplitHCursor if self._divider.vertical else Qt.CursorShape.SplitVCursor
            self.setCursor(across if self._near(event.pos()) else Qt.CursorShape.OpenHandCursor)

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 - Qt
        """Let go."""
        if is_left(event):
            if self._panning:
                self._canvas.panActionEnd(event.pos())
            self._dragging = self._panning = False

    def _take(self, event) -> bool:
        """Whether the key meant something: arrows move the line, H and V turn it, Escape ends."""
        key = event.key()
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        moves = {
            Qt.Key.Key_Left: (True, -step), Qt.Key.Key_Right: (True, step),
            Qt.Key.Key_Up: (False, -step), Qt.Key.Key_Down: (False, step),
        }
        if key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in (Qt.Key.Key_H, Qt.Key.Key_V):
            self._divider.vertical = key == Qt.Key.Key_V
            self.moved.emit()
        elif key in moves:
            vertical, by = moves[key]
            # The arrows across the line move it; those along it do nothing, so that the map stays where it is.
            if vertical == self._divider.vertical:
                self._divider.move_to(self._divider.fraction + by)
                self.moved.emit()
        else:
            return False
        return True

    def _near(self, point: QPoint) -> bool:
        return self._divider.distance(QPointF(point), self._size()) <= REACH

    def _size(self) -> QSizeF:
        return QSizeF(self._canvas.viewport().size())

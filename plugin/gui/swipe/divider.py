"""Where the line between before and after is. Knows sizes in pixels, nothing of canvas or layers."""

from dataclasses import dataclass

from qgis.PyQt.QtCore import QLineF, QPointF, QRectF, QSizeF


@dataclass
class Divider:
    """``fraction``: of the width left of the line or, where it is not ``vertical``, of the height above it; 0..1."""

    fraction: float = 0.5
    vertical: bool = True

    def place(self, point: QPointF, size: QSizeF) -> None:
        """Put the line through ``point``."""
        along, length = (point.x(), size.width()) if self.vertical else (point.y(), size.height())
        self.move_to(along / length if length > 0 else 0.5)

    def move_to(self, fraction: float) -> None:
        """Put the line there; it never leaves the canvas."""
        self.fraction = min(1.0, max(0.0, fraction))

    def distance(self, point: QPointF, size: QSizeF) -> float:
        """How far ``point`` is from the line, in pixels."""
        line = self.line(size)
        return abs(point.x() - line.x1()) if self.vertical else abs(point.y() - line.y1())

    def line(self, size: QSizeF) -> QLineF:
        """The line on a canvas of ``size``."""
        if self.vertical:
            x = self.fraction * size.width()
            return QLineF(x, 0, x, size.height())
        y = self.fraction * size.height()
        return QLineF(0, y, size.width(), y)

    def before(self, size: QSizeF) -> QRectF:
        """The part that shows what was before: left of the line, or above it."""
        line = self.line(size)
        return QRectF(0, 0, line.x2(), size.height()) if self.vertical else QRectF(0, 0, size.width(), line.y2())

    def after(self, size: QSizeF) -> QRectF:
        """The other part."""
        line = self.line(size)
        return QRectF(line.p1(), QPointF(size.width(), size.height()))

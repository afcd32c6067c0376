"""A canvas item that covers the canvas and stays there; what it shows is placed when it is painted. Main thread only."""

from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, QSizeF


class FixedItem(QgsMapCanvasItem):
    """Covers the canvas, wherever the map is; ``z``: what it lies above."""

    def __init__(self, canvas: QgsMapCanvas, z: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setZValue(z)
        self.updatePosition()
        self.show()

    @property
    def size(self) -> QSizeF:
        """Of the canvas, pixels."""
        return QSizeF(self._canvas.viewport().size())

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt
        """All of the canvas."""
        return QRectF(QPointF(), self.size)

    def updatePosition(self) -> None:  # noqa: N802 - the name QGIS calls
        """Stay where the canvas is."""
        self.prepareGeometryChange()
        self.setPos(0, 0)
        self.update()

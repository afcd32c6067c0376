"""A small picture of the region for the answer card, rendered in the background."""

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, QSize, pyqtSignal
from qgis.PyQt.QtGui import QColor

SIDE = 336


class Thumbnail(QObject):
    """``ready(QImage)`` once. The job runs on QGIS's render threads; a layer that goes away meanwhile stops it."""

    ready = pyqtSignal(object)

    def __init__(self, layers, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, parent=None, side: int = SIDE) -> None:
        super().__init__(parent)
        settings = QgsMapSettings()
        settings.setLayers(list(layers))
        settings.setDestinationCrs(crs)
        settings.setExtent(extent)
        settings.setBackgroundColor(QColor(0, 0, 0, 0))
        longest = max(extent.width(), extent.height()) or 1.0
        settings.setOutputSize(
            QSize(max(8, round(side * extent.width() / longest)), max(8, round(side * extent.height() / longest)))
        )
        self.job = QgsMapRendererParallelJob(settings)
        self.job.finished.connect(self._finished)
        for layer in layers:
            layer.willBeDeleted.connect(self.stop)

    def start(self) -> None:
        """Begin."""
        self.job.start()

    def stop(self) -> None:
        """Give up; no picture will come."""
        if self.job is not None:
            self.job.cancelWithoutBlocking()
            self.job = None

    def _finished(self) -> None:
        if self.job is not None:
            image, self.job = self.job.renderedImage(), None
            self.ready.emit(image)

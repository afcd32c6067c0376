"""Small pictures of the places that an answer names, rendered one after another in the background."""

from typing import Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .thumbnail import Thumbnail


class PlacePictures(QObject):
    """``ready(number, QImage)`` for each of ``extents``, in order. A layer that goes away meanwhile ends it."""

    ready = pyqtSignal(int, object)

    def __init__(
        self, layers, extents: Sequence[tuple], crs: QgsCoordinateReferenceSystem, side: int, parent=None
    ) -> None:
        super().__init__(parent)
        self._layers, self._extents, self._crs, self._side = list(layers), list(extents), crs, side
        self._next = 0
        self._current = None
        for layer in self._layers:
            layer.willBeDeleted.connect(self.stop)

    def start(self) -> None:
        """Begin, or go on with the next."""
        if self._next >= len(self._extents):
            self._current = None
            return
        number = self._next
        self._next += 1
        self._current = Thumbnail(self._layers, QgsRectangle(*self._extents[number]), self._crs, self, self._side)
        self._current.ready.connect(lambda image: self._rendered(number, image))
        self._current.start()

    def stop(self) -> None:
        """Give up the rest."""
        self._next = len(self._extents)
        if self._current is not None:
            self._current.stop()

    def _rendered(self, number: int, image) -> None:
        self._current.deleteLater()
        self.ready.emit(number, image)
        self.start()

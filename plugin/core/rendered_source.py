"""The map as a raster: any layer drawn by QGIS, read window by window. Alpha 0 is unknown."""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional, Tuple

import numpy as np
from qgis.core import QgsMapSettings, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from ...models.errors import RasterUnreadable
from .averaging import average, nearest
from .errors import WebLayerUnreadable
from .layer_copies import LayerCopy
from .map_drawing import drawn
from .request_watch import RequestWatch

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.imagery.geo_image import GeoImage
    from ...models.imagery.grid import Grid, Window
    from ...models.imagery.source import AcquisitionTime

#: Longest side of one rendered picture; larger windows are drawn in pieces.
PICTURE = 2048


@dataclass(frozen=True)
class MapPicture:
    """What is needed to draw the map elsewhere. Made on the main thread.

    ``layers``: copies, top first. ``settings``: CRS, rotation, DPI, background, transform context, flags.
    ``corner``: of pixel (0, 0). ``across``, ``down``: step to the next column and row. In CRS units.
    ``key``: identity of the layers' sources and styles.
    """

    name: str
    layers: Tuple[LayerCopy, ...]
    settings: QgsMapSettings
    crs_wkt: str
    size: Tuple[int, int]
    corner: Tuple[float, float]
    across: Tuple[float, float]
    down: Tuple[float, float]
    key: str
    watch: Optional[RequestWatch] = None
    time: Optional[str] = None

    def grid(self) -> "Grid":
        """The picture's pixels as a grid."""
        from affine import Affine

        from ...models.imagery.grid import Grid

        affine = Affine(
            self.across[0], self.down[0], self.corner[0], self.across[1], self.down[1], self.corner[1]
        )
        return Grid(self.size[0], self.size[1], affine, self.crs_wkt)

    def open(self, cancel: "Optional[CancelToken]" = None) -> "RenderedSource":
        """The source. Raises RasterUnreadable if one of the layers cannot be opened on this thread."""
        return RenderedSource(self, cancel)


class RenderedSource:
    """A ``RasterSource`` over :class:`MapPicture`. Any thread, one at a time: the layers belong to whoever is drawing.

    ``failed_requests``: web requests that failed so far.
    """

    def __init__(self, picture: MapPicture, cancel: "Optional[CancelToken]" = None) -> None:
        from ...models.imagery.source import AcquisitionTime, Band

        self._picture = picture
        self.name = picture.name
        self.grid = picture.grid()
        self.bands = tuple(Band(0, role, role) for role in ("red", "green", "blue"))
        self.time: "Optional[AcquisitionTime]" = (
            AcquisitionTime(picture.time, "layer") if picture.time is not None else None
        )
        self.failed_requests = 0
        self._errors = 0
        self._cancel = cancel
        try:
            for layer in picture.layers:
                layer.take()
        finally:
            self._release()

    @property
    def gsd(self) -> Optional[float]:
        """Ground sample distance in metres at the picture's centre; None without CRS."""
        from ...models.imagery.geodesy import ground_sample_distance

        return ground_sample_distance(self.grid)

    def read(self, window: "Window", out_shape: Optional[Tuple[int, int]] = None) -> "GeoImage":
        """Red, green, blue, uint8. Drawn at the grid's own scale, then averaged or repeated to ``out_shape``.

        Where requests failed, every pixel left empty counts as unreadable. Raises RasterUnreadable if the whole picture
        was asked for and nothing of it came.
        """
        from ...models.imagery.geo_image import GeoImage

        shape = out_shape or (window.height, window.width)
        inside = window.intersection(self.grid.window)
        rgba = np.zeros((4, window.height, window.width), dtype=np.uint8)
        failed = False
        if not inside.empty:
            failed = self._draw_into(rgba, window, inside)
        pixels, valid = rgba[:3], rgba[3] > 0
        lost = np.zeros_like(valid)
        if failed:
            top, left = inside.row - window.row, inside.col - window.col
            part = (slice(top, top + inside.height), slice(left, left + inside.width))
            lost[part] = ~valid[part]
            if inside == self.grid.window and lost.sum() == inside.width * inside.height:
                if self._picture.watch is not None:
                    raise WebLayerUnreadable(self.name, self.failed_requests)
                raise RasterUnreadable(self.name, "QGIS could not draw it")
        unreadable = int(np.ceil(lost.sum() * (shape[0] * shape[1]) / (window.height * window.width)))
        if shape != (window.height, window.width):
            pixels, valid = self._resample(pixels, valid, shape)
        return GeoImage(np.ascontiguousarray(pixels), valid, self.grid.part(window, shape), unreadable)

    @staticmethod
    def _resample(pixels: np.ndarray, valid: np.ndarray, shape: Tuple[int, int]) -> Tuple[np.ndarray, np.ndarray]:
        coarser = (min(shape[0], valid.shape[0]), min(shape[1], valid.shape[1]))
        if coarser != valid.shape:
            pixels, valid = average(pixels, valid, coarser)
        return nearest(pixels, valid, shape) if shape != coarser else (pixels, valid)

    def _draw_into(self, rgba: np.ndarray, window: "Window", inside: "Window") -> bool:
        """Fill the part of ``rgba`` (4, H, W) that lies in the grid, piece by piece; True if web requests failed."""
        from ...models.imagery.grid import Window

        before, complaints = self._failures(), self._errors
        for row in range(inside.row, inside.row + inside.height, PICTURE):
            for col in range(inside.col, inside.col + inside.width, PICTURE):
                piece = Window(col, row, PICTURE, PICTURE).intersection(inside)
                top, left = row - window.row, col - window.col
                rgba[:, top : top + piece.height, left : left + piece.width] = self._draw(piece)
        after = self._failures()
        self.failed_requests = after or self.failed_requests
        # A main thread that does not answer leaves it open whether requests failed; then empty is not "known empty".
        unsure = after is None or before is None or after > before
        return self._errors > complaints or (self._picture.watch is not None and unsure)

    def _failures(self) -> Optional[int]:
        return self._picture.watch.failures() if self._picture.watch is not None else 0

    def _draw(self, piece: "Window") -> np.ndarray:
        """(4, H, W) uint8: red, green, blue over the map's background, and alpha."""
        settings = QgsMapSettings(self._picture.settings)
        affine = self.grid.affine
        x, y = affine * (piece.col + piece.width / 2, piece.row + piece.height / 2)
        wide = piece.width * float(np.hypot(affine.a, affine.d)) / 2
        high = piece.height * float(np.hypot(affine.b, affine.e)) / 2
        settings.setOutputSize(QSize(piece.width, piece.height))
        settings.setExtent(QgsRectangle(x - wide, y - high, x + wide, y + high))
        background = self._picture.settings.backgroundColor()
        settings.setBackgroundColor(QColor(0, 0, 0, 0))
        try:
            settings.setLayers([layer.take() for layer in self._picture.layers])
            image, errors = drawn(settings, self._cancelled)
        finally:
            self._release()
        if self._cancel is not None:
            self._cancel.raise_if_cancelled()
        self._errors += errors
        image = image.convertToFormat(QImage.Format.Format_RGBA8888)
        memory = image.constBits()
        memory.setsize(image.sizeInBytes())
        rows = np.frombuffer(memory, dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
        picture = rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).transpose(2, 0, 1).copy()
        ground = np.array([background.red(), background.green(), background.blue()], dtype=np.float32)
        alpha = picture[3].astype(np.float32) / 255
        partial = (picture[3] > 0) & (picture[3] < 255)
        if partial.any():
            mixed = picture[:3] * alpha + ground[:, None, None] * (1 - alpha)
            picture[:3] = np.where(partial, np.rint(mixed).astype(np.uint8), picture[:3])
        return picture

    def _cancelled(self) -> bool:
        return self._cancel is not None and self._cancel.cancelled

    def fingerprint(self) -> str:
        """Of the layers' sources and styles and the picture's place, as they were when the snapshot was taken."""
        text = json.dumps([self._picture.key, self.grid.width, self.grid.height, list(self.grid.affine)])
        return "rendered:" + hashlib.sha256(text.encode("utf-8")).hexdigest()

    def _release(self) -> None:
        for layer in self._picture.layers:
            layer.release()

    def close(self) -> None:
        """Nothing is held between reads."""

"""A scene becomes a picture of the report: drawn on a worker, with scale bar, north arrow, reference system, extent."""

from typing import List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFillSymbol,
    QgsMapLayer,
    QgsMapSettings,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QSize
from qgis.PyQt.QtGui import QColor, QImage

from ....models.cancel import CancelToken
from ....models.errors import RasterUnreadable
from ..class_style import apply_style
from ..feature_rows import classes_of, fields_for, rows_of
from ..map_drawing import drawn
from ..messages import tr
from .document import Picture
from .ground import crs_line, extent_line, metres_per_pixel, north_angle
from .map_signs import LONGEST, paint_north, paint_scale_bar
from .markup import HALF
from .scale_bar import scale_bar
from .scene import Objects, Scene

#: Picture pixels to a CSS pixel: 270 dots per inch on paper.
FINE = 2.8
SIDE = round(HALF * FINE)
#: More polygons than this are not drawn one by one: a report would wait for minutes.
MOST = 20_000
QUALITY = 90


def draw(scene: Scene, cancel: CancelToken, system: str = "metric") -> Picture:
    """The picture of ``scene``; ``system``: "metric" or "imperial". On a worker.

    Raises RasterUnreadable if a layer's source is gone, Cancelled.
    """
    size = _size(scene.extent)
    settings = QgsMapSettings()
    settings.setDestinationCrs(scene.crs)
    settings.setOutputSize(size)
    settings.setExtent(scene.extent)
    settings.setOutputDpi(96 * FINE)
    settings.setBackgroundColor(QColor(255, 255, 255))
    copies = [*([scene.objects.kept] if scene.objects and scene.objects.kept else []), *scene.layers]
    lines = list(scene.lines)
    try:
        below: List[QgsMapLayer] = [copy.take() for copy in copies]
        above = _overlays(scene, lines)
        settings.setLayers([*above, *below])
        image, errors = drawn(settings, lambda: cancel.cancelled)
        settings.setLayers([])
        del above, below
    finally:
        for copy in copies:
            copy.release()
    cancel.raise_if_cancelled()
    if errors:
        lines.append(tr("Not all of this could be drawn."))
    image = _signed(image, scene, settings.visibleExtent(), system)
    lines += [crs_line(scene.crs), extent_line(settings.visibleExtent(), scene.crs)]
    return Picture(scene.title, _encoded(image, scene.title), "image/jpeg", image.width(), image.height(), tuple(lines))


def _size(extent: QgsRectangle) -> QSize:
    scale = SIDE / max(extent.width(), extent.height(), 1e-12)
    return QSize(max(SIDE // 4, round(extent.width() * scale)), max(SIDE // 4, round(extent.height() * scale)))


def _overlays(scene: Scene, lines: List[str]) -> List[QgsMapLayer]:
    """Layers of the calling thread for what is no layer of the project; ``lines`` gains what has to be said of them."""
    layers: List[QgsMapLayer] = []
    if scene.region is not None:
        layers.append(_region_layer(*scene.region))
    objects = scene.objects or Objects()
    if objects.features is not None and objects.kept is None:
        if len(objects.features.features) > MOST:
            lines.append(tr("The objects are too many to be drawn here; the layer has them all."))
        else:
            layers.append(_object_layer(objects.features))
    return layers


def _object_layer(features) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon", "objects", "memory")
    provider = layer.dataProvider()
    provider.addAttributes(fields_for(features).toList())
    layer.updateFields()
    if features.crs_wkt:
        layer.setCrs(QgsCoordinateReferenceSystem.fromWkt(features.crs_wkt))
    provider.addFeatures(list(rows_of(features)))
    layer.updateExtents()
    apply_style(layer, classes_of(features))
    return layer


def _region_layer(geometry, crs) -> QgsVectorLayer:
    layer = QgsVectorLayer("MultiPolygon", "region", "memory")
    layer.setCrs(crs)
    row = QgsFeature()
    shape = type(geometry)(geometry)
    shape.convertToMultiType()
    row.setGeometry(shape)
    layer.dataProvider().addFeatures([row])
    symbol = QgsFillSymbol.createSimple(
        {"style": "no", "outline_color": "255,255,255,255", "outline_width": "0.6", "outline_style": "dash"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def _signed(image: QImage, scene: Scene, extent: QgsRectangle, system: str) -> QImage:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixel = metres_per_pixel(extent, scene.crs, image.width())
    if pixel is not None:
        paint_scale_bar(image, scale_bar(pixel, LONGEST * image.width(), system), FINE)
    angle = north_angle(extent, scene.crs)
    if angle is not None:
        paint_north(image, angle, FINE)
    return image


def _encoded(image: QImage, name: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "JPEG", QUALITY):
        raise RasterUnreadable(name, "QGIS could not draw it")
    buffer.close()
    return bytes(data)

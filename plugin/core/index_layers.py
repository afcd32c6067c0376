"""Finds and heat of a search as layers of the project. Main thread only."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Sequence

from qgis.core import (
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor

from ...models.features import FeatureSet
from . import index_search
from .errors import ExportFailed
from .layers import TEMPORARY, add_to_group, describe
from .messages import tr

if TYPE_CHECKING:
    from ...models.retrieval.searching import Place

#: What these layers are, in their property ``terralogue/result``.
PLACES, HEAT = "places", "heat"
_TOP = 254
#: Share of the way from the lowest to the highest place, colour, opacity: only the upper half is worth looking at.
_RAMP = ((0.0, "#440154", 0), (0.5, "#31688e", 40), (0.75, "#35b779", 140), (0.9, "#b5de2b", 190), (1.0, "#fde725", 220))


def add_places(places: "Sequence[Place]", model: str, title: str, project: QgsProject) -> QgsVectorLayer:
    """Outlines of finds as a memory layer in the results group. Raises ExportFailed where none has a place on the map."""
    crs, own = index_search.crs_of(places)
    rows = [row for row in index_search.rows(places, model, own) if not row.geometry().isNull()]
    if not rows:
        raise ExportFailed("empty", title)
    layer = QgsVectorLayer("Polygon", title, "memory")
    layer.setCrs(crs)
    provider = layer.dataProvider()
    provider.addAttributes(index_search.fields().toList())
    layer.updateFields()
    added, _ = provider.addFeatures(rows)
    if not added:
        raise ExportFailed("incomplete", title, "; ".join(provider.errors()))
    layer.updateExtents()
    symbol = QgsFillSymbol.createSimple({"color": "255,255,255,0", "outline_color": "#e8590c", "outline_width": "0.6"})
    layer.renderer().setSymbol(symbol)
    layer.setDisplayExpression('"rank" || \' · \' || round("score", 2)')
    said = tr("Places of {source} that {model} ranks highest. A ranking, no proof: look at them before you rely on them.")
    describe(layer, PLACES, said, _about(crs, model, places[0].raster.name), {"words": title})
    layer.setCustomProperty(TEMPORARY, True)
    add_to_group(layer, project)
    return layer


def add_heat(heat: index_search.HeatFile, title: str, project: QgsProject, provenance: Dict[str, Any]) -> QgsRasterLayer:
    """The heat as a raster layer in the results group, see-through where it is low. Raises ExportFailed."""
    layer = QgsRasterLayer(str(heat.path), tr("{title}: heat").format(title=title))
    if not layer.isValid():
        raise ExportFailed("incomplete", heat.path.name, "the file written does not open")
    shader = QgsColorRampShader(0, _TOP, None, QgsColorRampShader.Type.Interpolated)
    items = []
    for share, colour, opacity in _RAMP:
        shown = QColor(colour)
        shown.setAlpha(opacity)
        items.append(QgsColorRampShader.ColorRampItem(_TOP * share, shown, QLocale().toString(share, "f", 2)))
    shader.setColorRampItemList(items)
    holder = QgsRasterShader(0, _TOP)
    holder.setRasterShaderFunction(shader)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, holder))
    said = tr("How much {source} looks like it to {model}: 0 the lowest place of the raster, 254 the highest.")
    describe(layer, HEAT, said, _about(layer.crs(), heat.model, heat.source), provenance)
    layer.setCustomProperty(TEMPORARY, True)
    add_to_group(layer, project)
    return layer


def heat_path(title: str) -> Path:
    """Where a heat layer is written before it is added."""
    from .result_files import file_name, temporary_folder

    return (temporary_folder() / file_name(title)).with_suffix(".tif")


def _about(crs: QgsCoordinateReferenceSystem, model: str, source: str) -> FeatureSet:
    return FeatureSet("mask", crs.toWkt() if crs.isValid() else "", (), model, source)

"""Which pictures an answer's report shows: the region of one view, or every date and the changes. Main thread only."""

from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsRectangle

from ....models.errors import CrsMissing, NothingToAnalyse
from ...core.layer_copies import LayerCopy
from ...core.messages import short_name, tr
from ...core.projections import reproject_extent
from ...core.report.scene import Objects, Scene

#: Regions whose outline is the picture's own edge.
_BOXES = ("rectangle", "layer", "bookmark", "view")
#: Dates of a series that are shown.
_MOST = 8


def map_scenes(exchange, kept: Optional[LayerCopy], copies: Dict[str, LayerCopy]) -> Tuple[List[Scene], List[str]]:
    """The scenes, and a sentence for each picture that cannot be."""
    ids = list(exchange.layer_ids)
    layers = [QgsProject.instance().mapLayer(layer_id) for layer_id in ids]
    there = [layer for layer in layers if layer is not None and layer.isValid()]
    if not ids or not there:
        return [], [tr("There is no picture of the map: its layers are no longer in the project.")] if ids else []
    ground = ground_of(exchange, layers)
    if ground is None:
        return [], [tr("There is no picture of the map: its extent is not known any more.")]
    extent, crs = ground
    objects = Objects(exchange.features, kept) if exchange.features is not None or kept is not None else None
    region = _outline(exchange.region)
    titles = date_titles(exchange, layers)
    if not titles:
        shown = tuple(_copy(layer, copies) for layer in there)
        notes = [] if len(there) == len(ids) else [tr("Some layers of the map are no longer in the project.")]
        return [Scene(tr("The region asked about"), shown, extent, crs, objects, region, _names(there))], notes
    scenes, notes = [], []
    for layer, title, time in list(zip(layers, titles, _times(exchange, len(layers))))[:_MOST]:
        if layer is None or not layer.isValid():
            notes.append(tr("There is no picture “{title}”: its layer is no longer in the project.").format(title=title))
            continue
        line = " · ".join(part for part in (short_name(layer.name()), time) if part)
        scenes.append(Scene(title, (_copy(layer, copies),), extent, crs, None, region, (line,)))
    if objects is not None:
        lines = (*_names(there[-1:]), tr("Fill: what is there now; outline: what was there."))
        scenes.append(Scene(tr("Changes"), (_copy(there[-1], copies),), extent, crs, objects, region, lines))
    return scenes, notes


def _copy(layer: QgsMapLayer, copies: Dict[str, LayerCopy]) -> LayerCopy:
    if layer.id() not in copies:
        copies[layer.id()] = LayerCopy(layer)
    return copies[layer.id()]


def _names(layers: List[QgsMapLayer]) -> Tuple[str, ...]:
    names = ", ".join(short_name(layer.name()) for layer in layers[:4])
    return (names + (" …" if len(layers) > 4 else ""),)


def date_titles(exchange, layers: List[Optional[QgsMapLayer]]) -> List[str]:
    """What the dates of an answer about several are called, in the order of ``layers``; [] for one view."""
    kind = exchange.facts.get("kind")
    if kind == "pair" and len(layers) == 2:
        return [tr("Before"), tr("After")]
    if kind == "series" and len(layers) > 1:
        times = _times(exchange, len(layers))
        return [time or tr("Date {number}").format(number=place) for place, time in enumerate(times, 1)]
    return []


def _times(exchange, count: int) -> List[str]:
    times = exchange.provenance.get("times")
    found = [str(time)[:19].replace("T", " ") for time in times[:count]] if isinstance(times, list) else []
    return (found + [""] * count)[:count]


def _outline(region) -> Optional[tuple]:
    if region is None or region.kind in _BOXES or region.geometry.isNull():
        return None
    return region.geometry, region.crs


def ground_of(
    exchange, layers: List[Optional[QgsMapLayer]]
) -> Optional[Tuple[QgsRectangle, QgsCoordinateReferenceSystem]]:
    """Extent and reference system of the pictures: those of the facts where both are known, else the region's.

    ``layers``: of the exchange's ids, None for those that are gone. None if no layer is left, or no place is known.
    """
    dates = bool(date_titles(exchange, layers))
    layers = [layer for layer in layers if layer is not None and layer.isValid()]
    if not layers:
        return None
    crs = _facts_crs(exchange, layers, dates)
    box = _rectangle(exchange.facts.get("extent"))
    if crs is not None and box is not None:
        return box, crs
    crs = crs if crs is not None else layers[0].crs()
    try:
        region = exchange.region
        if region is not None and not region.geometry.isNull():
            return _usable(reproject_extent(region.geometry.boundingBox(), region.crs, crs, ""), crs)
        shared = layers[0].extent() if layers[0].crs() == crs else reproject_extent(layers[0].extent(), layers[0].crs(), crs, "")
        for layer in layers[1:] if dates else ():
            shared = shared.intersect(reproject_extent(layer.extent(), layer.crs(), crs, ""))
    except (CrsMissing, NothingToAnalyse):
        return None
    return _usable(shared, crs)


def _facts_crs(exchange, layers: List[QgsMapLayer], dates: bool) -> Optional[QgsCoordinateReferenceSystem]:
    """The reference system that the facts' extent is in; None if it cannot be told.

    That of the objects; else of the only layer, or of the first date (``models.imagery.pairs.common_frame``).
    """
    if exchange.features is not None and exchange.features.features:
        wkt = exchange.features.crs_wkt
        return QgsCoordinateReferenceSystem.fromWkt(wkt) if wkt else QgsCoordinateReferenceSystem()
    first = QgsProject.instance().mapLayer(exchange.layer_ids[0])
    if first is not None and (dates or len(exchange.layer_ids) == 1):
        return first.crs()
    return layers[0].crs() if dates and len({layer.crs().authid() for layer in layers}) == 1 else None


def _rectangle(extent: Any) -> Optional[QgsRectangle]:
    if not isinstance(extent, (list, tuple)) or len(extent) != 4:
        return None
    if not all(isinstance(value, (int, float)) and abs(value) < 1e12 for value in extent):
        return None
    box = QgsRectangle(*map(float, extent))
    return None if box.isEmpty() or not box.isFinite() else box


def _usable(box: QgsRectangle, crs: QgsCoordinateReferenceSystem):
    return None if box.isEmpty() or not box.isFinite() else (box, crs)

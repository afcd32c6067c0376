"""Where a citation leads: to the feature, selected and in view, or to the document."""

from pathlib import Path
from typing import Any, Dict

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ...core.knowledge_layers import layer_of
from ...core.knowledge_state import state_of
from ...core.map_region import MapRegion
from ..region_choices import zoom_to

#: How much more than the feature is shown.
_AROUND = 4.0
#: Documents that are opened; nothing that a system would run.
_OPENED = (".txt", ".md", ".markdown", ".docx", ".pdf")


def show_citation(canvas, record: Dict[str, Any], ask=None) -> str:
    """Lead to where ``record`` stands; a sentence for what stands in the way, "" for nothing. Main thread.

    ``ask(path)``: whether a document may be opened; it is opened by the system, so somebody is asked first.
    """
    state = state_of(record)
    if record.get("kind") == "document":
        return state if state else _open(Path(str(record.get("key"))), str(record.get("place") or ""), ask)
    layer = layer_of(str(record.get("key")))
    box = record.get("box")
    crs = QgsCoordinateReferenceSystem.fromWkt(str(record.get("crs_wkt") or ""))
    if layer is not None:
        fids = [int(fid) for fid in record.get("fids") or [] if str(fid).lstrip("-").isdigit()]
        layer.selectByIds(fids)
        if fids and layer.isSpatial() and layer.selectedFeatureCount():
            box, crs = layer.boundingBoxOfSelected(), layer.crs()
            _zoom(canvas, box, crs)
            canvas.flashFeatureIds(layer, fids[:200])
            return state
    if isinstance(box, (list, tuple)) and len(box) == 4:
        _zoom(canvas, QgsRectangle(*(float(value) for value in box)), crs)
    return state


def _zoom(canvas, box: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> None:
    shown = QgsRectangle(box)
    if shown.width() == 0 and shown.height() == 0:
        shown.grow(0.0005 if crs.isGeographic() else 50)
    shown.scale(_AROUND)
    zoom_to(canvas, MapRegion.from_extent(shown, crs))


def _open(path: Path, place: str, ask) -> str:
    if path.suffix.lower() not in _OPENED:
        return QCoreApplication.translate("Terralogue", "This document is not opened from here.")
    if ask is not None and not ask(path, place):
        return ""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return QCoreApplication.translate("Terralogue", "No program opens {name}. Open it by hand.").format(name=path.name)
    return ""

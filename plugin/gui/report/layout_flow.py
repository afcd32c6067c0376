"""From the Print Layout button to a layout in the project: objects are kept as a layer first, as the maps show layers."""

from typing import List, Optional, Tuple

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core import log
from ...core.messages import tr
from ...core.print_layout import LayoutContent, MapFrame, add_layout
from ...core.project_units import unit_system
from ...core.report.document import Table
from ...core.report.ground import crs_line, extent_line
from ...core.service import version
from ..chat.visible_text import one_line, visible_text
from .fact_tables import DAMAGED, main_tables
from .map_scenes import date_titles, ground_of
from .provenance_table import provenance_table

#: Letters of an answer that fit above the maps.
_LONGEST = 700


class LayoutFlow(QObject):
    """For one exchange. ``made(layout)``; ``said(sentence)`` when it is done or cannot be. Main thread only."""

    made = pyqtSignal(object)
    said = pyqtSignal(str)

    def __init__(self, exchange) -> None:
        super().__init__(exchange)
        self.exchange = exchange
        self._waiting = False

    def start(self) -> None:
        """Make the layout, now or as soon as the objects are a layer."""
        exchange = self.exchange
        if exchange.features is not None and exchange.features.features and exchange.keeping.layer is None:
            if not self._waiting:
                self._waiting = True
                exchange.keeping.added.connect(self._kept)
                exchange.keeping.failed.connect(self._not_kept)
                exchange.keep()
            return
        self._make()

    def _kept(self, _layer) -> None:
        self._stop_waiting()
        self._make()

    def _not_kept(self, sentence: str) -> None:
        self._stop_waiting()
        self.said.emit(sentence)

    def _stop_waiting(self) -> None:
        if self._waiting:
            self._waiting = False
            self.exchange.keeping.added.disconnect(self._kept)
            self.exchange.keeping.failed.disconnect(self._not_kept)

    def _make(self) -> None:
        content = layout_content(self.exchange)
        if content is None:
            self.said.emit(self.tr("There is no map to lay out: the layers of this answer are no longer in the project."))
            return
        layout = add_layout(QgsProject.instance(), content)
        QgsProject.instance().setDirty(True)
        self.said.emit(self.tr("The print layout {name} was added to the project.").format(name=layout.name()))
        self.made.emit(layout)


def layout_content(exchange) -> Optional[LayoutContent]:
    """What the layout of an answer shows; None without any of its layers. Main thread only."""
    layers = [QgsProject.instance().mapLayer(layer_id) for layer_id in exchange.layer_ids]
    ground = ground_of(exchange, layers)
    if ground is None:
        return None
    extent, crs = ground
    kept = exchange.keeping.layer
    frames = _frames(exchange, layers, kept)
    provenance = provenance_table(exchange.provenance, exchange.facts, "")
    lines = (
        " · ".join((crs_line(crs), extent_line(extent, crs))),
        tr("Made with Terralogue {version}; all values are predictions.").format(version=version()),
        " · ".join(f"{name}: {value}" for name, value in provenance.rows),
    )
    question = one_line(exchange.question, 160)
    return LayoutContent(
        one_line(exchange.keeping.title, 60) or "Terralogue", question, visible_text(exchange.answer, _LONGEST), frames,
        extent, crs, (kept,) if kept is not None else (), _table(exchange.facts), lines, unit_system(),
    )  # fmt: skip


def _frames(exchange, layers: List[Optional[QgsMapLayer]], kept: Optional[QgsMapLayer]) -> Tuple[MapFrame, ...]:
    there = [layer for layer in layers if layer is not None and layer.isValid()]
    objects = (kept,) if kept is not None else ()
    titles = date_titles(exchange, layers)
    if not titles:
        return (MapFrame(tr("The region asked about"), (*objects, *there)),)
    # The first and the last of a series: more maps would be too small to read.
    ends = list(zip(titles, layers))
    frames = [MapFrame(title, (layer,)) for title, layer in (ends[0], ends[-1]) if layer in there]
    if objects:
        frames.append(MapFrame(tr("Changes"), (*objects, there[-1])))
    return tuple(frames)


def _table(facts) -> Optional[Table]:
    """The main table of the facts, None if there is none to be had."""
    try:
        return next((table for table in main_tables(facts, unit_system())[0] if not table.beside), None)
    except DAMAGED as error:
        log.error(error, "writing the table of a print layout")
        return None

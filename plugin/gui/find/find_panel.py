"""The Find window: which index, what to look for and where; the finds, and what is done with them."""

from pathlib import Path
from typing import Dict

from qgis.core import QgsApplication, QgsGeometry, QgsMapLayerProxyModel, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ....models.errors import TerralogueError
from ...core import index_layers, index_list, index_search, log
from ...core.errors import PluginError
from ...core.estimates import estimate_sentence
from ...core.map_region import MapRegion
from ...core.messages import sentence
from ..chat.choice_card import ChoiceCard
from ..chat.flow_layout import FlowLayout
from ..chat.plain_label import PlainLabel
from ..chat.progress_line import ProgressLine
from ..chat.visible_text import one_line
from ..region_choices import of_view, zoom_to
from ..sources.layer_box import LayerBox
from .find_work import FindWork
from .index_bar import IndexBar
from .place_list import PlaceList
from .place_row import SIDE

#: Places that are listed.
MOST = 24
EVERYWHERE, VIEW, REGION = "everywhere", "view", "region"


class FindPanel(QWidget):
    """``region_of()``: the ``MapRegion`` drawn in the panel, None without one. Main thread only."""

    def __init__(self, canvas: QgsMapCanvas, service, region_of=lambda: None, parent=None) -> None:
        super().__init__(parent)
        self.canvas, self.region_of = canvas, region_of
        self.setMinimumWidth(240)
        self.work = FindWork(service, self)
        self.example = None
        self._result = None
        self._making = None
        #: By source of a layer, the folder of an index that was begun and not ended: the next run goes on there.
        self._begun: Dict[str, Path] = {}
        self._make_widgets()
        self._lay_out()
        self._wire()
        self._index_changed()

    def _make_widgets(self) -> None:
        self.indexes = IndexBar()
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("What to look for, e.g. houses without trees"))
        self.words.setAccessibleName(self.tr("What to look for"))
        self.words.setClearButtonEnabled(True)
        self.words.setMaxLength(300)
        self.find_button = QToolButton()
        self.find_button.setIcon(QgsApplication.getThemeIcon("/search.svg"))
        self.find_button.setToolTip(self.tr("Find"))
        self.find_button.setAccessibleName(self.tr("Find"))
        self.where = QComboBox()
        self.where.setAccessibleName(self.tr("Where to look"))
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for text, key in ((self.tr("Everywhere"), EVERYWHERE), (self.tr("In the map view"), VIEW),
                          (self.tr("In the region"), REGION)):
            self.where.addItem(text, key)
        self.like_button = QPushButton(self.tr("Like the Region"))
        self.like_button.setToolTip(
            self.tr("Find places that look like the region drawn in the panel, or else like the map view"))
        self.layer = LayerBox()
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setAccessibleName(self.tr("Layer to index"))
        self.layer.hide()
        self.status = PlainLabel("")
        self.progress = ProgressLine()
        self.progress.hide()
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.hide()
        self.card = None
        self.list = PlaceList()
        self.again_button = QPushButton(self.tr("Search Again"))
        self.again_button.setToolTip(self.tr("Find more like those marked +, and fewer like those marked −"))
        self.heat_button = QPushButton(self.tr("Heat Layer"))
        self.heat_button.setToolTip(self.tr("Show where in the raster of the best place it looks like this"))
        self.layer_button = QPushButton(self.tr("Add as Layer"))

    def _lay_out(self) -> None:
        query, place, running, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), FlowLayout()
        query.addWidget(self.words, 1)
        query.addWidget(self.find_button)
        place.addWidget(self.where, 1)
        place.addWidget(self.like_button)
        running.addWidget(self.progress, 1)
        running.addWidget(self.stop_button)
        for button in (self.again_button, self.heat_button, self.layer_button):
            buttons.addWidget(button)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(8, 6, 8, 6)
        self.rows.setSpacing(6)
        self.rows.addWidget(self.indexes)
        self.rows.addLayout(query)
        self.rows.addLayout(place)
        self.rows.addWidget(self.layer)
        self.rows.addWidget(self.status)
        self.rows.addLayout(running)
        self.rows.addWidget(self.list, 1)
        self.rows.addLayout(buttons)

    def _wire(self) -> None:
        self.words.returnPressed.connect(self.find)
        self.find_button.clicked.connect(lambda: self.find())
        self.like_button.clicked.connect(lambda: self.find_like())
        self.again_button.clicked.connect(lambda: self._search())
        self.heat_button.clicked.connect(lambda: self._heat())
        self.layer_button.clicked.connect(lambda: self._add_layer())
        self.stop_button.clicked.connect(lambda: self.work.stop())
        self.indexes.changed.connect(self._index_changed)
        self.indexes.make.connect(self.choose_layer)
        self.indexes.update_wanted.connect(lambda: self.work.update(self.indexes.folder))
        self.indexes.open_wanted.connect(self._open)
        self.indexes.forget.connect(self._forget)
        self.layer.layerChanged.connect(lambda _layer: self._estimate())
        self.list.chosen.connect(self.show_place)
        self.list.marks_changed.connect(self._refresh)
        self.work.busy.connect(self._busy)
        self.work.progress.connect(self.progress.show_progress)
        self.work.failed.connect(self.say)
        self.work.found.connect(self._found)
        self.work.picture.connect(self.list.show_picture)
        self.work.estimated.connect(self._estimated)
        self.work.indexed.connect(self._indexed)
        self.work.heated.connect(self._heated)

    def say(self, text: str) -> None:
        """One sentence above the finds; "" takes it away."""
        self.status.show_text(text)
        self.status.setVisible(bool(text))

    def find(self, words: str = "") -> None:
        """Look for ``words``, or for what is written in the field."""
        if words:
            self.words.setText(words)
        if not self.words.text().strip():
            self.say(self.tr("Say what to look for, or choose a place like it."))
            self.words.setFocus()
            return
        self.example = None
        self.list.forget_marks()
        self._search()

    def find_like(self) -> None:
        """Look for places like the region drawn in the panel, or like the map view."""
        from ...core.snapshots import choose_source

        region = self.region_of() or of_view(self.canvas)
        layer = choose_source(self.canvas.layers(), region)
        if layer is None:
            self.say(self.tr("There is no raster under the region. Show one, then try again."))
            return
        self.example = layer, region
        self.words.clear()
        self.list.forget_marks()
        self._search()

    def choose_layer(self) -> None:
        """Offer to index a layer."""
        self.layer.show()
        if self.layer.currentLayer() is None:
            self.say(self.tr("There is no raster in the project. Add one, then index it."))
        else:
            self._estimate()

    def show_place(self, place) -> None:
        """Bring a find to the middle of the map and flash its outline."""
        crs, own = index_search.crs_of([place])
        rows = index_search.rows([place], "", own)
        shape = rows[0].geometry()
        if shape.isNull() or not crs.isValid():
            self.say(self.tr("{name} has no place on the map.").format(name=one_line(place.raster.name, 60)))
            return
        zoom_to(self.canvas, MapRegion(shape, crs, "features"))
        self.canvas.flashGeometries([QgsGeometry(shape)], crs)

    def unload(self) -> None:
        """Stop what runs."""
        self.work.unload()

    def _search(self) -> None:
        folder = self.indexes.folder
        if folder is None:
            self.say(self.tr("There is no index yet. Index a layer first."))
            self.choose_layer()
            return
        region = None
        if self.where.currentData() == VIEW:
            region = of_view(self.canvas)
        elif self.where.currentData() == REGION:
            region = self.region_of()
            if region is None:
                self.say(self.tr("No region is drawn. Draw one in the panel, or look everywhere."))
                return
        self.say("")
        self.work.search(folder, MOST, self._asked(), self.list.liked(), self.list.disliked(), region, self._example())

    def _asked(self) -> str:
        return "" if self.example is not None else self.words.text().strip()

    def _example(self):
        """The example, if its layer is still there."""
        from qgis.PyQt import sip

        if self.example is not None and sip.isdeleted(self.example[0]):
            self.example = None
        return self.example

    def _found(self, found) -> None:
        self._result = found
        self.list.show_places(found.places)
        tiles = QLocale().toString(found.tiles)
        self.say(self.tr("The best of {tiles} tiles. A ranking, no proof: look before you rely on it.").format(tiles=tiles))
        self.work.show_pictures(found.places, SIDE)
        self._refresh()

    def _heat(self) -> None:
        if self._result is None or self.indexes.folder is None:
            return
        place = self._result.places[max(0, self.list.currentRow())]
        self.work.heat(self.indexes.folder, self._title(), self._asked(), self.list.liked(), self.list.disliked(),
                       place.raster.id, self._example())

    def _heated(self, heat) -> None:
        self._added(lambda: index_layers.add_heat(heat, self._title(), QgsProject.instance(), {"words": self._title()}))

    def _add_layer(self) -> None:
        if self._result is not None:
            self._added(lambda: index_layers.add_places(
                self._result.places, self._result.model, self._title(), QgsProject.instance()))

    def _added(self, add) -> None:
        try:
            layer = add()
        except (TerralogueError, PluginError) as error:
            log.error(error, "adding what was found")
            self.say(sentence(error))
            return
        self.say(self.tr("Added as layer {name}.").format(name=one_line(layer.name(), 60)))

    def _title(self) -> str:
        words = one_line(self.words.text(), 60).strip()
        return words or self.tr("Places like the example")

    def _estimate(self) -> None:
        layer = self.layer.currentLayer()
        self._drop_card()
        if self.layer.isVisible() and layer is not None:
            self._making = layer.id()
            self.say("")
            self.work.estimate(layer)

    def _estimated(self, estimate) -> None:
        layer = QgsProject.instance().mapLayer(self._making or "")
        if layer is None:
            return
        name = one_line(layer.name(), 60)
        text = self.tr("Index {name}? {estimate}").format(name=name, estimate=estimate_sentence(estimate))
        self.card = ChoiceCard(text, (("run", self.tr("Make Index")), ("cancel", self.tr("Cancel"))))
        self.card.chosen.connect(lambda key: self._chosen(key, layer.id()))
        self.rows.insertWidget(self.rows.indexOf(self.status), self.card)

    def _chosen(self, key: str, layer_id: str) -> None:
        self._drop_card()
        self.layer.hide()
        layer = QgsProject.instance().mapLayer(layer_id)
        if key == "run" and layer is not None:
            begun = self._begun.get(layer.source())
            folder = self._begun[layer.source()] = begun or index_list.new_folder(layer.name())
            self.work.index(layer, folder)

    def _drop_card(self) -> None:
        card, self.card = self.card, None
        if card is not None:
            self.rows.removeWidget(card)
            card.deleteLater()

    def _indexed(self, folder: Path, report) -> None:
        self._begun = {source: begun for source, begun in self._begun.items() if begun != folder}
        self.work.service.list_index(folder)
        self.indexes.refresh(folder)
        locale = QLocale()
        self.say(self.tr("{tiles} tiles were looked at, {reused} had not changed.").format(
            tiles=locale.toString(report.encoded), reused=locale.toString(report.reused)))
        self.words.setFocus()

    def _open(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open an Index"))
        if not chosen:
            return
        if not (Path(chosen) / "index.gpkg").is_file():
            self.say(self.tr("There is no index in this folder. Choose the folder with index.gpkg in it."))
            return
        self.work.service.list_index(Path(chosen))
        self.indexes.refresh(Path(chosen))

    def _forget(self) -> None:
        if self.indexes.folder is not None:
            self.work.service.list_index(self.indexes.folder, False)
            self.indexes.refresh()

    def _index_changed(self) -> None:
        self._result = None
        self.list.show_places(())
        self.list.forget_marks()
        self.say("" if self.indexes.folder is not None else self.tr("There is no index yet. Index a layer first."))
        self._refresh()

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.stop_button.setVisible(busy)
        if busy:
            self.progress.bar.setRange(0, 0)
            self.progress.label.setText("")
        for widget in (self.words, self.find_button, self.like_button, self.indexes):
            widget.setEnabled(not busy)
        self._refresh()

    def _refresh(self) -> None:
        idle, there = self.work.task is None, self._result is not None and bool(self._result.places)
        self.again_button.setEnabled(idle and there and bool(self.list.marks))
        self.heat_button.setEnabled(idle and there)
        self.layer_button.setEnabled(idle and there)


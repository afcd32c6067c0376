"""What a knowledge base is built from: layers with their columns, documents, imagery; with what it will cost."""

from pathlib import Path
from typing import List

from qgis.core import QgsApplication, QgsMapLayerProxyModel
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ....models.errors import TerralogueError
from ...core.errors import PluginError
from ...core.knowledge_build import KnowledgeRequest, estimated_seconds
from ...core.knowledge_layers import choosable, layer_of, take
from ...core.knowledge_store import path_of
from ...core.messages import sentence
from ...core.snapshots import snapshot_layer
from ..chat.quiet_label import QuietLabel
from ..chat.visible_text import one_line


class BuildDialog(QDialog):
    """:meth:`request` is what was chosen, once the dialog was accepted. Main thread only."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Build a Knowledge Base"))
        self.resize(460, 560)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("My town"))
        self.name.setAccessibleName(self.tr("Name of the knowledge base"))
        self.name.textChanged.connect(lambda _text: self._update())
        self.layers = self._layer_tree()
        self.documents = QListWidget()
        self.documents.setAccessibleName(self.tr("Documents"))
        self.documents.setMaximumHeight(96)
        self.imagery = QgsMapLayerComboBox()
        self.imagery.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.imagery.setAllowEmptyLayer(True, self.tr("None: known by words alone"))
        self.imagery.setCurrentIndex(0)
        self.imagery.setToolTip(self.tr("A picture of each feature is looked at, so that it is found again by its looks"))
        self.cost = QuietLabel("")
        self.cost.setMinimumHeight(2 * self.fontMetrics().height())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Build"))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.layers.itemChanged.connect(lambda _item, _column: self._update())
        self.imagery.layerChanged.connect(lambda _layer: self._update())
        self._update()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Imagery"), self.imagery)
        add, remove = QPushButton(self.tr("Add Documents…")), QPushButton(self.tr("Remove"))
        add.clicked.connect(self._add_documents)
        remove.clicked.connect(self._remove_document)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(remove)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._titled(self.tr("Layers and tables, with the columns that may be quoted"), self.layers), 1)
        layout.addWidget(self._titled(self.tr("Documents (.txt, .md, .docx, .pdf)"), self.documents))
        layout.addLayout(row)
        layout.addWidget(self.cost)
        layout.addWidget(self.buttons)

    @staticmethod
    def _titled(title: str, widget: QWidget) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        label = QLabel(title)
        label.setBuddy(widget)
        layout.addWidget(label)
        layout.addWidget(widget)
        return box

    def _layer_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setAccessibleName(self.tr("Layers and tables"))
        for layer in choosable():
            top = QTreeWidgetItem([one_line(layer.name(), 80)])
            top.setIcon(0, QgsApplication.getThemeIcon("/mIconVector.svg" if layer.isSpatial() else "/mIconTableLayer.svg"))
            top.setData(0, Qt.ItemDataRole.UserRole, layer.id())
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            for field in layer.fields():
                child = QTreeWidgetItem([one_line(field.name(), 80)])
                child.setData(0, Qt.ItemDataRole.UserRole, field.name())
                child.setFlags(child.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                child.setCheckState(0, Qt.CheckState.Unchecked)
                top.addChild(child)
            top.setCheckState(0, Qt.CheckState.Unchecked)
            tree.addTopLevelItem(top)
        return tree

    def chosen_layers(self) -> dict:
        """By layer id, the names of the chosen columns."""
        found = {}
        for number in range(self.layers.topLevelItemCount()):
            top = self.layers.topLevelItem(number)
            children = [top.child(place) for place in range(top.childCount())]
            names = [c.data(0, Qt.ItemDataRole.UserRole) for c in children if c.checkState(0) == Qt.CheckState.Checked]
            if names:
                found[top.data(0, Qt.ItemDataRole.UserRole)] = names
        return found

    def paths(self) -> List[str]:
        """The documents."""
        return [self.documents.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.documents.count())]

    def add_documents(self, paths) -> None:
        """Add documents that are not there yet."""
        for path in paths:
            if path not in self.paths():
                item = QListWidgetItem(one_line(Path(path).name, 80))
                item.setData(Qt.ItemDataRole.UserRole, path)
                self.documents.addItem(item)
        self._update()

    def request(self) -> KnowledgeRequest:
        """What was chosen, taken from the layers now. Raises PluginError, TerralogueError."""
        taken = tuple(take(layer_of(id_), names) for id_, names in self.chosen_layers().items())
        raster = self.imagery.currentLayer()
        imagery = snapshot_layer(raster) if raster is not None and any(layer.spatial for layer in taken) else None
        name = self._title()
        return KnowledgeRequest(path_of(name), name, taken, tuple(self.paths()), imagery)

    def _title(self) -> str:
        typed = " ".join(self.name.text().split())
        if typed:
            return typed
        first = next(iter(self.chosen_layers()), None)
        layer = layer_of(first) if first else None
        return layer.name() if layer is not None else Path(self.paths()[0]).stem if self.paths() else self.tr("Knowledge")

    def _update(self) -> None:
        ready = bool(self.chosen_layers() or self.paths())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
        if not ready:
            self.cost.setText(self.tr("Choose layers or documents. Everything stays on this computer."))
            return
        there = self.tr("The base of this name is brought up to date.") if path_of(self._title()).exists() else ""
        chosen = [layer for layer in map(layer_of, self.chosen_layers()) if layer is not None]
        rows = sum(max(0, int(layer.featureCount())) for layer in chosen)
        seen = sum(max(0, int(layer.featureCount())) for layer in chosen if layer.isSpatial())
        seconds = estimated_seconds(rows, seen if self.imagery.currentLayer() is not None else 0, self.paths())
        text = self.tr("About {seconds} s. Features: {rows}, documents: {documents}.").format(
            seconds=QLocale().toString(max(1, round(seconds))), rows=QLocale().toString(rows), documents=len(self.paths()))
        self.cost.setText(f"{text} {there}".strip())

    def _accept(self) -> None:
        try:
            self.request()
        except (PluginError, TerralogueError) as error:
            self.cost.setText(sentence(error))
            return
        self.accept()

    def _add_documents(self) -> None:
        kinds = self.tr("Documents (*.txt *.md *.markdown *.docx *.pdf)")
        paths, _kind = QFileDialog.getOpenFileNames(self, self.tr("Add Documents"), "", kinds)
        self.add_documents(paths)

    def _remove_document(self) -> None:
        for item in self.documents.selectedItems():
            self.documents.takeItem(self.documents.row(item))
        self._update()

"""How objects are kept: their outlines, their colours, a table with them, or a layer of the user's to add them to."""

from functools import partial
from typing import Sequence, Tuple

from qgis.core import QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QMenu

from ... import settings as user
from ...core.mask_target import polygon_layers
from ...core.messages import short_name
from ...core.outlines import COLOURS, OUTLINES


class KeepMenu(QMenu):
    """What is chosen is remembered at once, for every answer. ``add_to(layer id)``: the objects are to go there."""

    add_to = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.outlines = self._choice(
            self.tr("Outlines"), user.outlines, OUTLINES,
            (self.tr("Exact: Edges of Pixels"), self.tr("Simplified by One Pixel"), self.tr("Right Angles for Buildings")),
        )
        self.colours = self._choice(
            self.tr("Colours"), user.object_colours, COLOURS, (self.tr("By Class"), self.tr("Each Object Its Own"))
        )
        self.statistics = self.addAction(self.tr("Add Table of Statistics"))
        self.statistics.setCheckable(True)
        self.statistics.toggled.connect(user.statistics_table.setValue)
        self.addSeparator()
        self.layers = self.addMenu(self.tr("Add to Layer"))
        self.layers.setToolTipsVisible(True)
        self.aboutToShow.connect(self.show_chosen)

    def show_chosen(self) -> None:
        """Check what the settings say, and list the layers that can be added to."""
        for group, entry, names in ((self.outlines, user.outlines, OUTLINES), (self.colours, user.object_colours, COLOURS)):
            group.actions()[names.index(user.choice(entry, names))].setChecked(True)
        self.statistics.blockSignals(True)
        self.statistics.setChecked(user.statistics_table.value())
        self.statistics.blockSignals(False)
        self.layers.clear()
        for layer in polygon_layers(QgsProject.instance()):
            action = self.layers.addAction(short_name(layer.name()).replace("&", "&&"))
            action.triggered.connect(partial(self._add_to, layer.id()))
        self.layers.setEnabled(bool(self.layers.actions()))

    def _add_to(self, layer_id: str, _on: bool = False) -> None:
        self.add_to.emit(layer_id)

    def _choice(self, title: str, entry, names: Sequence[str], texts: Tuple[str, ...]) -> QActionGroup:
        self.addSection(title)
        group = QActionGroup(self)
        for name, text in zip(names, texts):
            action = QAction(text, group)
            action.setCheckable(True)
            action.triggered.connect(lambda _on, name=name: entry.setValue(name))
            self.addAction(action)
        return group

"""More dates than before and after: rasters of the project to be ticked, each with its date."""

from typing import List

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QMenu, QToolButton, QWidgetAction

from ...core.layer_date import date_of
from ..chat.visible_text import one_line

#: Rows of the list that are shown at once, at most.
ROWS = 10
LAYER_ID = Qt.ItemDataRole.UserRole


class MoreDates(QToolButton):
    """``changed()`` when a layer is ticked or not. Hidden while the project has no third raster."""

    changed = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._ids: List[str] = []
        self._taken: tuple = ()
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Tick further layers to see what changed in which period."))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Further dates"))
        self.list.itemChanged.connect(self._ticked)
        place = QWidgetAction(self)
        place.setDefaultWidget(self.list)
        menu = QMenu(self)
        menu.addAction(place)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.setText(self.tr("More dates…"))
        project = QgsProject.instance()
        project.layersAdded.connect(self._project_changed)
        project.layersRemoved.connect(self._project_changed)

    def layers(self) -> List[QgsMapLayer]:
        """The ticked layers that are still there and are neither before nor after."""
        found = (QgsProject.instance().mapLayer(layer_id) for layer_id in self._ids)
        return [layer for layer in found if layer is not None and layer not in self._taken]

    def choose(self, layers) -> None:
        """Tick these and no others."""
        self._ids = [layer.id() for layer in layers]
        self._show()
        self.changed.emit()

    def leave_out(self, *layers) -> None:
        """``layers`` are before and after: they are not offered here."""
        self._taken = layers
        self._show()

    def _offered(self) -> List[QgsRasterLayer]:
        """Rasters of the project that are neither before nor after."""
        return [
            layer for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsRasterLayer) and layer not in self._taken
        ]

    def _fill(self) -> None:
        """By date, those without one last. Dates are looked up only now: some stand in the tags of files."""
        dated = [(layer, date_of(layer)) for layer in self._offered()]
        dated.sort(key=lambda pair: (pair[1] is None, pair[1].iso if pair[1] else "", pair[0].name()))
        self.list.blockSignals(True)
        self.list.clear()
        chosen = {layer.id() for layer in self.layers()}
        for layer, date in dated:
            when = self.tr("no date") if date is None else date.iso[:10] + ("?" if date.is_guess else "")
            row = QListWidgetItem(f"{when}  {one_line(layer.name())}", self.list)
            row.setData(LAYER_ID, layer.id())
            row.setCheckState(Qt.CheckState.Checked if layer.id() in chosen else Qt.CheckState.Unchecked)
            if date is None:
                row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                row.setToolTip(self.tr("Set its date in the layer's temporal properties, or write it in its name."))
        self.list.blockSignals(False)
        rows = max(1, min(self.list.count(), ROWS))
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) if self.list.count() else 20) + 6)
        self.list.setMinimumWidth(min(360, self.list.sizeHintForColumn(0) + 30))

    def _ticked(self, _row) -> None:
        rows = [self.list.item(number) for number in range(self.list.count())]
        self._ids = [row.data(LAYER_ID) for row in rows if row.checkState() == Qt.CheckState.Checked]
        self._show()
        self.changed.emit()

    def _project_changed(self, *_args) -> None:
        self._show()

    def _show(self) -> None:
        """Only once it stands in a bar: alone it would open as a window."""
        if self.parentWidget() is None:
            return
        count = len(self.layers())
        self.setText(self.tr("{number} more dates").format(number=count) if count else self.tr("More dates…"))
        self.setVisible(bool(count or self._offered()))

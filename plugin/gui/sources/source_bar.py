"""The row above the chat that says what the question is about: one source, or two dates."""

from typing import Optional

from qgis.core import QgsApplication, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ...core.snapshots import choose_source
from .band_roles_dialog import BandRolesDialog
from .dates_bar import DatesBar
from .layer_box import LayerBox

#: From this width (pixels) on there is room for a word on a button.
WORDY = 340


class SourceBar(QWidget):
    """``mode_changed(two dates?)``. Reads layers on the main thread, at the moment a question is asked."""

    mode_changed = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.region = None
        self.box = LayerBox(automatic=True)
        self.box.setAccessibleName(self.tr("Source of the imagery"))
        self.box.setToolTip(self.tr("What the question is about"))
        self.bands = self._button("/propertyicons/symbology.svg", self.tr("Choose the bands of this layer…"))
        self.bands.clicked.connect(self.ask_bands)
        self.compare = self._button("/mTemporalNavigationFixedRange.svg", self.tr("Compare two dates"))
        self.compare.setText(self.tr("Compare"))
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self._switch)
        self.dates = DatesBar()
        self.dates.hide()
        self.dates.swap_button.hide()
        self.dates.swipe_button.hide()
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.bands)
        top = QHBoxLayout()
        top.setSpacing(4)
        self.slot = QVBoxLayout()
        self.slot.addWidget(self.row)
        self.slot.addWidget(self.dates)
        top.addLayout(self.slot, 1)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.dates.swap_button)
        side.addWidget(self.dates.swipe_button)
        side.addWidget(self.compare)
        side.addStretch(1)
        top.addLayout(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        self.box.layerChanged.connect(self.refresh)  # bound: falls away with the panel
        self.box.currentIndexChanged.connect(self._update_bands)
        canvas.layersChanged.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Where there is room, the button says what it does."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._name_compare)

    @property
    def two_dates(self) -> bool:
        """True in the mode that compares."""
        return self.compare.isChecked()

    def set_region(self, region) -> None:
        """Automatic means the topmost raster under ``region``."""
        self.region = region
        self.refresh()

    def automatic_layer(self) -> Optional[QgsRasterLayer]:
        """The layer that *automatic* means now; None: the canvas as shown."""
        return choose_source(self.canvas.layers(), self.region)

    def layers(self) -> tuple:
        """The layers of the next question: (before, after, further dates …), (layer,) or () for the canvas as shown."""
        if self.two_dates:
            return self.dates.all_layers()
        layer = self.automatic_layer() if self.box.is_automatic else self.box.currentLayer()
        return () if layer is None else (layer,)

    def choose(self, layer) -> None:
        """Ask about ``layer`` from now on."""
        self.compare.setChecked(False)
        self.box.choose(layer)

    def compare_with(self, layer) -> None:
        """Compare ``layer`` (as after) with another one."""
        self.compare.setChecked(True)
        self.dates.choose(None, layer)
        self.dates.choose_different()

    def refresh(self) -> None:
        """Name the layer that *automatic* means."""
        if self.box.is_automatic:
            layer = self.automatic_layer()
            self.box.name_automatic("" if layer is None else layer.name())
        self._update_bands()

    def ask_bands(self) -> None:
        """Let the user say which band is which."""
        layers = self.layers()
        if layers and isinstance(layers[0], QgsRasterLayer):
            BandRolesDialog(layers[0], self.window()).exec()

    def unload(self) -> None:
        """Stop listening to the canvas."""
        self.canvas.layersChanged.disconnect(self.refresh)

    def _update_bands(self) -> None:
        layers = () if self.two_dates else self.layers()
        can = bool(layers) and isinstance(layers[0], QgsRasterLayer) and layers[0].providerType() == "gdal"
        self.bands.setEnabled(can)

    def _switch(self, two: bool) -> None:
        self.row.setVisible(not two)
        self.dates.setVisible(two)
        self.dates.swap_button.setVisible(two)
        self.dates.swipe_button.setVisible(two)
        self._name_compare()
        if two:
            self.dates.choose_different()
            self.dates.refresh()
        self.mode_changed.emit(two)

    def _name_compare(self) -> None:
        wordy = self.width() >= WORDY and not self.two_dates
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wordy else Qt.ToolButtonStyle.ToolButtonIconOnly
        if self.compare.toolButtonStyle() != style:
            self.compare.setToolButtonStyle(style)

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

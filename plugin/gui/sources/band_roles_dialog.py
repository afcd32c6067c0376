"""Which band is red, green, blue and near infrared: asked for one layer, kept in it."""

from qgis.core import QgsRasterLayer
from qgis.gui import QgsRasterBandComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout

from ...core.layer_pixels import BandRoles, band_roles, store_roles

COLOURS = ("red", "green", "blue")


class BandRolesDialog(QDialog):
    """Accepting stores the choice in the layer; the style of the layer is not touched."""

    def __init__(self, layer: QgsRasterLayer, parent=None) -> None:
        super().__init__(parent)
        self.layer = layer
        self.setWindowTitle(self.tr("Bands of the Layer"))
        name = QLabel(layer.name())
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        titles = {
            "red": self.tr("Red"),
            "green": self.tr("Green"),
            "blue": self.tr("Blue"),
            "nir": self.tr("Near infrared"),
        }
        form = QFormLayout()
        self.boxes = {}
        known = {role: band for band, role in band_roles(layer) or ()}
        for number, (role, title) in enumerate(titles.items(), start=1):
            box = QgsRasterBandComboBox()
            box.setShowNotSetOption(True, self.tr("Not available"))
            box.setLayer(layer)
            fallback = number if layer.bandCount() >= 3 and role in COLOURS else -1
            box.setBand(known.get(role, known.get("gray", -1) if role in COLOURS and "gray" in known else fallback))
            self.boxes[role] = box
            form.addRow(title, box)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(name)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        for box in self.boxes.values():
            box.bandChanged.connect(lambda _band: self._check())
        self._check()

    def roles(self) -> BandRoles:
        """The choice: three colours (one band for all three means gray), and near infrared if it is there."""
        bands = {role: box.currentBand() for role, box in self.boxes.items()}
        colours = [bands[role] for role in COLOURS]
        if len(set(colours)) == 1:
            roles = ((colours[0], "gray"),)
        else:
            roles = tuple(zip(colours, COLOURS))
        if bands["nir"] > 0 and bands["nir"] not in colours:
            roles += ((bands["nir"], "nir"),)
        return roles

    def accept(self) -> None:
        """Keep the choice in the layer."""
        store_roles(self.layer, self.roles())
        super().accept()

    def _check(self) -> None:
        complete = all(self.boxes[role].currentBand() > 0 for role in COLOURS)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
        self.note.setText("" if complete else self.tr("Choose a band for red, green and blue; the same one means gray."))

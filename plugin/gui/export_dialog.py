"""What is asked before objects are written to a file: where to, in which reference system, with which outlines."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import QSettings
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout

from .. import settings as user
from ..core.outlines import OUTLINES, chosen

FILTERS = (
    ("GeoPackage (*.gpkg)", ".gpkg"),
    ("ESRI Shapefile (*.shp)", ".shp"),
    ("GeoJSON (*.geojson)", ".geojson"),
    ("FlatGeobuf (*.fgb)", ".fgb"),
)


@dataclass(frozen=True)
class ExportChoice:
    """``crs``: invalid for objects that have none. ``outlines``: of :data:`OUTLINES`."""

    path: Path
    crs: QgsCoordinateReferenceSystem
    outlines: str = "exact"
    multipart: bool = False


class ExportDialog(QDialog):
    """``shape``: whether outlines and parts can still be chosen, as they can until the objects are a layer."""

    def __init__(self, crs: QgsCoordinateReferenceSystem, shape: bool, parent=None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export Objects"))
        self._crs, self._shape = crs, shape
        self.file = QgsFileWidget()
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(";;".join(text for text, _ in FILTERS))
        self.file.setDialogTitle(self.tr("Export Objects"))
        self.file.setDefaultRoot(QSettings().value("UI/lastVectorFileFilterDir", "", type=str))
        self.file.fileChanged.connect(self._check)
        self.crs = QgsProjectionSelectionWidget()
        self.crs.setCrs(crs)
        self.outlines = QComboBox()
        for name, text in zip(OUTLINES, (self.tr("Exact: edges of pixels"), self.tr("Simplified by one pixel"),
                                         self.tr("Right angles for buildings"))):  # fmt: skip
            self.outlines.addItem(text, name)
        self.outlines.setCurrentIndex(OUTLINES.index(chosen()))
        self.multipart = QCheckBox(self.tr("One multipolygon for each class"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&File"), self.file)
        form.addRow(self.tr("&Reference system"), self.crs)
        if shape:
            form.addRow(self.tr("&Outlines"), self.outlines)
            form.addRow("", self.multipart)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.resize(460, 0)
        self._check()

    def choice(self) -> Optional[ExportChoice]:
        """What is chosen now, None without a file name; the ending is one that is supported."""
        path = self.path()
        if path is None:
            return None
        if not self._shape:
            return ExportChoice(path, self.crs.crs())
        return ExportChoice(path, self.crs.crs(), str(self.outlines.currentData()), self.multipart.isChecked())

    def path(self) -> Optional[Path]:
        """The file with its ending."""
        chosen_path = self.file.filePath().strip().strip('"')
        if not chosen_path:
            return None
        path = Path(chosen_path)
        if path.suffix.lower() not in (ending for _, ending in FILTERS):
            used = dict(FILTERS).get(self.file.selectedFilter(), ".gpkg")
            path = path.with_name(path.name + used)
        return path

    def accept(self) -> None:
        """Remember the folder and the outlines."""
        path = self.path()
        if path is None:
            return
        QSettings().setValue("UI/lastVectorFileFilterDir", str(path.parent))
        if self._shape:
            user.outlines.setValue(str(self.outlines.currentData()))
        super().accept()

    def _check(self) -> None:
        path = self.path()
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(path is not None)
        said = [self.tr("The areas in the table stay those measured on the ground.")]
        lonlat = path is not None and path.suffix.lower() == ".geojson"
        self.crs.setEnabled(self._crs.isValid() and not lonlat)
        if lonlat:
            said.append(self.tr("GeoJSON is always written in longitude and latitude."))
        if path is not None and path.exists():
            said.append(self.tr("{name} exists and will be replaced.").format(name=path.name))
        self.note.setText(" ".join(said))
        # A longer note takes its lines from nobody: rows were squeezed until their text was cut.
        self.resize(self.width(), max(self.height(), self.layout().totalHeightForWidth(self.width())))

"""From the Export… button to a file: name asked, objects written by a worker, losses told."""

from pathlib import Path
from typing import Optional

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QSettings, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ..core import log
from ..core.errors import PluginError
from ..core.export import run_export, snapshot_export
from ..core.layers import prepare_file
from ..core.messages import sentence
from ..core.result_files import TABLE
from ..core.tasks import RunTask, start

FILTERS = (
    ("GeoPackage (*.gpkg)", ".gpkg"),
    ("ESRI Shapefile (*.shp)", ".shp"),
    ("GeoJSON (*.geojson)", ".geojson"),
    ("FlatGeobuf (*.fgb)", ".fgb"),
)


class ExportFlow(QObject):
    """For one answer. ``said(sentence)`` when it is done or has failed. Main thread only; files on a worker."""

    said = pyqtSignal(str)

    def __init__(self, title: str, parent=None) -> None:
        super().__init__(parent)
        self.title = title
        self.temporary: Optional[Path] = None

    def ask_path(self, window) -> Optional[Path]:
        """A file name from the user, with an ending that is supported; None if they think better of it."""
        folder = QSettings().value("UI/lastVectorFileFilterDir", "", type=str)
        chosen, used = QFileDialog.getSaveFileName(
            window, self.tr("Export Objects"), folder, ";;".join(text for text, _ in FILTERS)
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in (ending for _, ending in FILTERS):
            path = path.with_name(path.name + dict(FILTERS).get(used, ".gpkg"))
        QSettings().setValue("UI/lastVectorFileFilterDir", str(path.parent))
        return path

    def export_layer(self, layer: QgsVectorLayer, path: Path) -> None:
        """Write a layer of the project; the dialog has asked about replacing."""
        try:
            request = snapshot_export(layer, path, overwrite=True)
        except PluginError as error:
            log.error(error, "exporting")
            self._conclude(sentence(error))
            return
        task = RunTask(self.tr("Terralogue: exporting"), lambda progress, cancel: run_export(request, None, cancel))
        task.finished_with.connect(self._exported)
        start(task)

    def export_features(self, features, path: Path) -> None:
        """Write objects that are no layer yet."""
        title = self.title
        task = RunTask(
            self.tr("Terralogue: exporting"), lambda progress, cancel: prepare_file(features, "", title, cancel)
        )
        task.finished_with.connect(lambda outcome: self._prepared(outcome, path))
        start(task)

    def _prepared(self, outcome, path: Path) -> None:
        if not outcome.ok:
            self._conclude(outcome.message)
            return
        self.temporary = Path(outcome.result)
        self.export_layer(QgsVectorLayer(f"{self.temporary}|layername={TABLE}", self.title, "ogr"), path)

    def _exported(self, outcome) -> None:
        if not outcome.ok:
            self._conclude(outcome.message)
            return
        report = outcome.result
        text = self.tr("Exported {count} objects to {file}.").format(count=report.count, file=report.path.name)
        self._conclude("\n".join([text, *report.losses]))

    def _conclude(self, text: str) -> None:
        if self.temporary is not None:
            for leftover in self.temporary.parent.glob(self.temporary.name + "*"):
                leftover.unlink()
            self.temporary = None
        self.said.emit(text)

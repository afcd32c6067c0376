"""From the Export… button to a file: name and reference system asked, objects written by a worker, losses told."""

from pathlib import Path
from typing import List, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog

from ..core import log
from ..core.errors import PluginError
from ..core.export import run_export, snapshot_export
from ..core.messages import sentence
from ..core.outline_words import outline_sentences
from ..core.outlines import outlined
from ..core.result_files import TABLE, file_name, temporary_folder, write_geopackage
from ..core.tasks import RunTask, start
from .export_dialog import ExportChoice, ExportDialog


class ExportFlow(QObject):
    """For one answer. ``said(sentence)`` when it is done or has failed. Main thread only; files on a worker."""

    said = pyqtSignal(str)

    def __init__(self, title: str, parent=None) -> None:
        super().__init__(parent)
        self.title = title
        self.temporary: Optional[Path] = None
        self._notes: List[str] = []

    def ask(self, window, crs: QgsCoordinateReferenceSystem, shape: bool) -> Optional[ExportChoice]:
        """File, reference system and, with ``shape``, outlines from the user; None if they think better of it."""
        dialog = ExportDialog(crs, shape, window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        choice = dialog.choice() if wanted else None
        dialog.deleteLater()
        return choice

    def export_layer(self, layer: QgsVectorLayer, choice: ExportChoice) -> None:
        """Write a layer of the project; the dialog has told about replacing."""
        try:
            crs = choice.crs if choice.crs.isValid() else None
            request = snapshot_export(layer, choice.path, crs=crs, overwrite=True)
        except PluginError as error:
            log.error(error, "exporting")
            self._conclude(sentence(error))
            return
        task = RunTask(self.tr("Terralogue: exporting"), lambda progress, cancel: run_export(request, None, cancel))
        task.finished_with.connect(self._exported)
        start(task)

    def export_features(self, features, choice: ExportChoice) -> None:
        """Write objects that are no layer yet."""
        draft = temporary_folder() / file_name(self.title)

        def work(_progress, cancel):
            drawn, report = outlined(features, choice.outlines, cancel)
            write_geopackage(drawn, draft, cancel, multipart=choice.multipart)
            return report or True

        task = RunTask(self.tr("Terralogue: exporting"), work)
        task.finished_with.connect(lambda outcome: self._prepared(outcome, draft, choice))
        start(task)

    def _prepared(self, outcome, draft: Path, choice: ExportChoice) -> None:
        if not outcome.ok:
            self._conclude(outcome.message)
            return
        self.temporary = draft
        self._notes = [] if outcome.result is True else outline_sentences(outcome.result)
        self.export_layer(QgsVectorLayer(f"{draft}|layername={TABLE}", self.title, "ogr"), choice)

    def _exported(self, outcome) -> None:
        if not outcome.ok:
            self._conclude(outcome.message)
            return
        report = outcome.result
        text = self.tr("Exported {count} objects to {file}.").format(count=report.count, file=report.path.name)
        self._conclude("\n".join([text, *self._notes, *report.losses]))

    def _conclude(self, text: str) -> None:
        if self.temporary is not None:
            for leftover in self.temporary.parent.glob(self.temporary.name + "*"):
                leftover.unlink()
            self.temporary = None
        self.said.emit(text)

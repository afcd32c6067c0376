"""From the Report… button to a file: name asked, answers copied, pictures drawn and pages written by a worker."""

from pathlib import Path
from typing import Callable, Iterator, List, Optional

from qgis.PyQt.QtCore import QDateTime, QLocale, QObject, QSettings, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ....models.cancel import CancelToken
from ...core.messages import short_name, tr
from ...core.project_units import unit_system
from ...core.report import web_page
from ...core.report.document import Report
from ...core.report.paper import pdf
from ...core.report.writing import write_whole
from ...core.service import version
from ...core.tasks import RunTask, start
from ..chat.visible_text import one_line
from .answer_record import AnswerRecord, project_title, records_of
from .chapters import chapter_of

FILTERS = (("PDF (*.pdf)", ".pdf"), ("HTML (*.html)", ".html"))
_FOLDER = "UI/lastLayoutExportDir"
#: Share of the work that drawing pictures is.
_DRAWING = 0.8


class ReportFlow(QObject):
    """For one answer or a conversation. ``said(sentence)`` when it is done or has failed. Main thread only."""

    said = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.task: Optional[RunTask] = None

    def ask_path(self, window, name: str) -> Optional[Path]:
        """A file name from the user, with an ending that is supported; None if they think better of it."""
        folder = QSettings().value(_FOLDER, "", type=str)
        proposed = str(Path(folder) / _file_name(name))
        chosen, used = QFileDialog.getSaveFileName(
            window, self.tr("Export Report"), proposed, ";;".join(text for text, _ in FILTERS)
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in (".pdf", ".html", ".htm"):
            path = path.with_name(path.name + dict(FILTERS).get(used, ".pdf"))
        QSettings().setValue(_FOLDER, str(path.parent))
        return path

    def export(self, exchanges: List, path: Path) -> None:
        """Write a report of ``exchanges``, which are over, to ``path``; the dialog has asked about replacing."""
        records = records_of(exchanges)
        title, system = _title(records), unit_system()

        def work(progress: Callable[[float, str], None], cancel: CancelToken) -> Path:
            return write_report(records, title, path, system, progress, cancel)

        self.task = RunTask(self.tr("Terralogue: writing the report"), work)
        self.task.finished_with.connect(lambda outcome: self._written(outcome))
        start(self.task)

    def _written(self, outcome) -> None:
        self.task = None
        if outcome.ok:
            self.said.emit(self.tr("The report was written to {file}.").format(file=short_name(str(outcome.result))))
        else:
            self.said.emit(outcome.message)


def write_report(
    records: List[AnswerRecord], title: str, path: Path, system: str, progress: Callable, cancel: CancelToken
) -> Path:
    """Draw, compose, write; the file. On a worker. Raises ExportFailed, Cancelled; then no file is left."""
    chapters = []
    for number, record in enumerate(records):
        progress(_DRAWING * number / len(records), "")
        chapters.append(chapter_of(record, cancel, system))
    now = QLocale().toString(QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat)
    foot = tr("Terralogue {version} · {title}").format(version=version(), title=title)
    lines = (
        tr("Made on {time} with Terralogue {version}.").format(time=now, version=version()),
        tr("All values are predictions of a model: check them before you rely on them."),
    )
    language = QLocale().name()[:2]
    report = Report(title, lines, foot, "en" if language == "C" else language, tuple(chapters))

    def rest(share: float) -> None:
        progress(_DRAWING + (1 - _DRAWING) * share, "")

    if path.suffix.lower() == ".pdf":
        letter = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        return write_whole(path, [pdf(report, cancel, rest, letter)])
    return write_whole(path, _encoded(report, cancel))


def _encoded(report: Report, cancel: CancelToken) -> Iterator[bytes]:
    for piece in web_page.pieces(report):
        cancel.raise_if_cancelled()
        yield piece.encode("utf-8", "replace")


def _title(records: List[AnswerRecord]) -> str:
    project = one_line(project_title(), 80)
    if len(records) == 1:
        words = tr("Report on one answer")
    else:
        words = tr("Report on a conversation of {number} questions").format(number=len(records))
    return f"{project}: {words}" if project else words


def _file_name(name: str) -> str:
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in one_line(name, 60))
    return (" ".join(plain.split()) or "report") + ".pdf"

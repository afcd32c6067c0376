"""Which knowledge base the next question asks: a button beside the question, none by default."""

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QDialog, QFileDialog, QMenu, QMessageBox, QToolButton

from ....models.errors import TerralogueError
from ...core import log
from ...core.errors import PluginError
from ...core.knowledge_build import KnowledgeRequest, build_task
from ...core.knowledge_store import ENDING, kept, remove
from ...core.messages import sentence, short_name
from ...core.package_task import InstallTask
from ...core.tasks import start
from ...environment import activate
from ..chat.visible_text import one_line, plain_tip
from .build_dialog import BuildDialog
from .citation_places import show_citation


class KnowledgeMenu(QObject):
    """``said(sentence)``: something for the chat. ``base``: path of the chosen base, None for none. Main thread only.

    The choice lasts as long as the panel: a project that somebody else made never chooses a base.
    """

    said = pyqtSignal(str)

    def __init__(self, composer, service, canvas, parent=None) -> None:
        super().__init__(parent or composer)
        self.service, self.canvas = service, canvas
        self.base: Optional[Path] = None
        self.task = None
        self._opened = []
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setIcon(QgsApplication.getThemeIcon("/mIconDbSchema.svg"))
        self.button.setIconSize(QSize(16, 16))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)
        self.button.setMenu(self.menu)
        composer.extras.addWidget(self.button)
        self._name()

    def fill(self) -> None:
        """List the bases that are there now."""
        self.menu.clear()
        group = QActionGroup(self.menu)
        places = [None, *dict.fromkeys([*kept(), *(path for path in self._opened if path.is_file())])]
        for path in places:
            text = self.tr("No Knowledge Base") if path is None else one_line(path.stem, 60).replace("&", "&&")
            action = QAction(text, self.menu)
            action.setCheckable(True)
            action.setChecked(path == self.base)
            action.triggered.connect(lambda _checked=False, path=path: self.choose(path))
            group.addAction(action)
            self.menu.addAction(action)
        self.menu.addSeparator()
        if self.task is not None:
            self._add(self.tr("Stop Building"), "/mActionStop.svg", lambda: self.task is not None and self.task.cancel())
        else:
            self._add(self.tr("Build from Layers and Documents…"), "/mActionAdd.svg", self.build)
        self._add(self.tr("Open…"), "/mActionFileOpen.svg", self._open)
        if not activate("documents").ok:
            self._add(self.tr("Install PDF Reader…"), "/mActionAdd.svg", self.install_reader)
        if self.base is not None:
            self._add(self.tr("Delete “{name}”…").format(name=one_line(self.base.stem, 40)), "/mActionDeleteSelected.svg",
                      self._delete)

    def choose(self, path: Optional[Path]) -> None:
        """Ask ``path`` from now on, None for no base."""
        self.base = path
        self._name()

    def build(self) -> None:
        """Let the user choose what from, then build."""
        dialog = BuildDialog(self.button.window())
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            self.start(dialog.request())
        except (PluginError, TerralogueError) as error:
            log.error(error, "reading the layers of a knowledge base")
            self.said.emit(sentence(error))

    def start(self, request: KnowledgeRequest) -> None:
        """Build; the base is chosen once it is there."""
        if self.task is not None:
            return
        self.task = build_task(request, self.service)
        self.task.said.connect(self._progress)
        self.task.finished_with.connect(lambda outcome: self._built(request, outcome))
        self._name(self.tr("Building…"))
        start(self.task)

    def install_reader(self) -> None:
        """Install the package that reads PDF, of a megabyte, after a yes."""
        text = self.tr("Install the package pypdf (1 MB), which reads PDF documents? It goes into a folder of its own.")
        asked = QMessageBox.question(self.button.window(), self.tr("Install PDF Reader"), text)
        if asked != QMessageBox.StandardButton.Yes:
            return
        task = InstallTask(self.service, ("documents",))
        task.finished_with.connect(lambda outcome: self.said.emit(
            self.tr("PDF documents can be read now.") if outcome.ok else outcome.message))
        start(task)

    def lead(self, exchange, record) -> None:
        """Show where a citation of an answer stands; what is no longer so is said on its card."""
        state = show_citation(self.canvas, record, self._may_open)
        section = exchange.card.section
        if state and hasattr(section, "show_state"):
            section.show_state(int(record.get("number") or 0), state)

    def unload(self) -> None:
        """Stop what runs, and hear no more of it: by then the button is gone."""
        task, self.task = self.task, None
        if task is not None:
            task.finished_with.disconnect()
            task.cancel()

    def _may_open(self, path: Path, place: str) -> bool:
        text = self.tr("Open {name} with the program of your system? What is quoted stands in {place}.").format(
            name=short_name(path.name), place=place or self.tr("the text"))
        asked = QMessageBox.question(self.button.window(), self.tr("Open Document"), text)
        return asked == QMessageBox.StandardButton.Yes

    def _progress(self, fraction: float, _message: str) -> None:
        self._name(self.tr("Building… {share} %").format(share=round(100 * fraction)))

    def _built(self, request: KnowledgeRequest, outcome) -> None:
        self.task = None
        if outcome.ok:
            if request.path not in kept():
                self._opened.append(request.path)
            self.choose(request.path)
            self.said.emit(self.tr("The base {name} is ready. {what}").format(
                name=one_line(request.name, 60), what=one_line(outcome.result.sentence(), 400)))
            return
        self._name()
        self.said.emit(outcome.message)

    def _open(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self.button.window(), self.tr("Open a Knowledge Base"), "", self.tr("Knowledge bases (*.knowledge)"))
        if path and path.endswith(ENDING):
            self._opened.append(Path(path))
            self.choose(Path(path))

    def _delete(self) -> None:
        path = self.base
        text = self.tr("Delete the knowledge base {name}? Your layers and documents stay.").format(name=short_name(path.name))
        if QMessageBox.question(self.button.window(), self.tr("Delete"), text) != QMessageBox.StandardButton.Yes:
            return
        try:
            remove(path)
        except OSError as error:
            log.error(error, "deleting a knowledge base")
            self.said.emit(self.tr("{name} could not be deleted. Close what uses it, then try again.").format(
                name=short_name(path.name)))
            return
        self.choose(None)

    def _add(self, text: str, icon: str, called) -> None:
        action = QAction(QgsApplication.getThemeIcon(icon), text.replace("&", "&&"), self.menu)
        action.triggered.connect(lambda _checked=False: called())
        self.menu.addAction(action)

    def _name(self, doing: str = "") -> None:
        name = doing or ("" if self.base is None else one_line(self.base.stem, 24))
        self.button.setText(name)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if name else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.button.setToolButtonStyle(style)
        tip = self.tr("Knowledge base: none") if self.base is None else self.tr("Questions are put to “{name}” first").format(
            name=one_line(self.base.stem, 60))
        self.button.setToolTip(plain_tip(tip))
        self.button.setAccessibleName(tip)

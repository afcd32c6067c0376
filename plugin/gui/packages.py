"""While the Python packages are missing: the card that installs them, and the task behind it."""

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.tasks import start
from .chat.choice_card import ChoiceCard
from .chat.install_card import InstallCard


class Packages(QObject):
    """``ready()`` once they are there. Main thread only; the installation itself runs on a worker."""

    ready = pyqtSignal()

    def __init__(self, service, chat, parent=None) -> None:
        super().__init__(parent)
        self.service, self.chat = service, chat
        self.card = None
        self.task = None

    def check(self) -> bool:
        """Whether questions can be answered; if not, the chat shows why and what to do."""
        ok, sentence, step = self.service.ready()
        if ok:
            return True
        if self.card is not None and self.card in self.chat.widgets():
            return False
        self.card = self._install_card(sentence) if step == "install" else ChoiceCard(sentence, (), "/mIconWarning.svg")
        self.chat.add(self.card)
        return False

    def _install_card(self, sentence: str) -> InstallCard:
        from ..environment import estimate

        size = estimate(("core",), again=self.service.broken).download_mb
        card = InstallCard(sentence, self.tr("{size} MB").format(size=size) if size else "")
        card.install.connect(self._install)
        card.stop.connect(lambda: self.task is not None and self.task.cancel())
        return card

    def _install(self) -> None:
        from ..core.package_task import InstallTask

        self.task = InstallTask(self.service)
        self.task.said.connect(self.card.show_progress)
        self.task.logged.connect(self.card.show_log)
        self.task.finished_with.connect(self._installed)
        self.card.show_running()
        start(self.task)

    def _installed(self, outcome) -> None:
        self.task = None
        if outcome.ok and self.service.ready()[0]:
            self.chat.remove(self.card)
            self.card = None
            self.ready.emit()
        else:
            self.card.show_failed(outcome.message or self.service.ready()[1])

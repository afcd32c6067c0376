"""What the three experts of the decoder are asked for when a description is detailed; shown and edited in the options."""

from typing import Dict

from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QLineEdit, QPushButton, QSizePolicy

from .. import settings as user
from .chat.quiet_label import QuietLabel


def own_requests() -> Dict[str, str]:
    """By name, what each expert is asked for by itself, in its order; {} while the core packages are missing."""
    try:
        from ...models.language.prompting import EXPERTS
    except ImportError:
        return {}
    return {expert.name: expert.request for expert in EXPERTS}


class ExpertsBox(QGroupBox):
    """Reads the settings when it is made, writes them in :meth:`apply`. An expert's own words are kept as no setting."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Detailed Descriptions"))
        titles = {"theme": self.tr("Theme"), "objects": self.tr("Objects"), "relations": self.tr("Relations")}
        given, self.own = user.requests(), own_requests()
        self.edits: Dict[str, QLineEdit] = {}
        form = QFormLayout(self)
        form.addRow(QuietLabel(self.tr("What each of the three experts of the language model is asked for, in English.")))
        for name, title in titles.items():
            edit = QLineEdit(given.get(name) or self.own.get(name, ""))
            edit.setMaxLength(user.REQUEST_LETTERS)
            edit.setPlaceholderText(self.own.get(name, ""))
            edit.setAccessibleName(title)
            edit.setCursorPosition(0)
            edit.textChanged.connect(self._show_reset)
            self.edits[name] = edit
            form.addRow(title, edit)
        self.reset = QPushButton(self.tr("Reset to Default"))
        self.reset.clicked.connect(self._reset)
        self.reset.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        form.addRow("", self.reset)
        self._show_reset()

    def apply(self) -> None:
        """Write the settings."""
        for name, edit in self.edits.items():
            text = " ".join(edit.text().split())
            user.expert_requests[name].setValue("" if text == self.own.get(name) else text)

    def _reset(self) -> None:
        for name, edit in self.edits.items():
            edit.setText(self.own.get(name, ""))
            edit.setCursorPosition(0)

    def _show_reset(self) -> None:
        self.reset.setEnabled(any(edit.text() != self.own.get(name, "") for name, edit in self.edits.items()))

"""The small menu under the question: a new conversation, a report of this one, how much to say, settings."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QMenu, QToolButton

from .. import settings as user


class ComposerMenu(QObject):
    """``new_conversation()``, ``report_wanted()``, ``models_wanted()``, ``settings_wanted()``.

    Puts its button into the composer's row.
    """

    new_conversation = pyqtSignal()
    report_wanted = pyqtSignal()
    models_wanted = pyqtSignal()
    settings_wanted = pyqtSignal()

    def __init__(self, composer) -> None:
        super().__init__(composer)
        self.button = QToolButton()
        self.button.setAutoRaise(True)
        self.button.setIcon(QgsApplication.getThemeIcon("/mActionOptions.svg"))
        self.button.setToolTip(self.tr("Conversation and settings"))
        self.button.setAccessibleName(self.tr("Conversation and settings"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        self.new_action = QAction(QgsApplication.getThemeIcon("/mActionFileNew.svg"), self.tr("New Conversation"), self)
        self.new_action.triggered.connect(lambda: self.new_conversation.emit())
        menu.addAction(self.new_action)
        self.report_action = QAction(QgsApplication.getThemeIcon("/mActionSaveAsPDF.svg"), self.tr("Export Report…"), self)
        self.report_action.triggered.connect(lambda: self.report_wanted.emit())
        menu.addAction(self.report_action)
        menu.addSection(self.tr("Answers"))
        group = QActionGroup(self)
        self.details = {}
        kinds = (
            ("brief", self.tr("Brief"), ""),
            ("detailed", self.tr("Detailed"), self.tr("Descriptions in three parts: theme, objects, relations")),
            ("metadata", self.tr("With Metadata"), self.tr("Descriptions as five captions and a record (JSON)")),
        )
        menu.setToolTipsVisible(True)
        for key, text, tip in kinds:
            action = QAction(text, self)
            action.setToolTip(tip or text)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: user.answer_detail.setValue(key))
            group.addAction(action)
            menu.addAction(action)
            self.details[key] = action
        menu.addSeparator()
        self.models_action = QAction(self.tr("Models…"), self)
        self.models_action.triggered.connect(lambda: self.models_wanted.emit())
        menu.addAction(self.models_action)
        self.settings_action = QAction(QgsApplication.getThemeIcon("/mActionOptions.svg"), self.tr("Settings…"), self)
        self.settings_action.triggered.connect(lambda: self.settings_wanted.emit())
        menu.addAction(self.settings_action)
        menu.aboutToShow.connect(self._show)
        self.button.setMenu(menu)
        composer.extras.addWidget(self.button)

    def _show(self) -> None:
        detail = user.choice(user.answer_detail, tuple(self.details))
        self.details[detail].setChecked(True)

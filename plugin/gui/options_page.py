"""The settings of Terralogue in QGIS's options dialog."""

from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
)

from .. import settings as user
from ..core.running_on import running_on
from ..core.service import Service
from .embedding_row import EmbeddingRow
from .experts_box import ExpertsBox
from .models.opening import show_models
from .tuned_box import TunedBox

#: How much an answer says, as the setting has it.
DETAILS = ("brief", "detailed", "metadata")


class OptionsPage(QgsOptionsPageWidget):
    """Reads the settings when it is made, writes them in :meth:`apply`."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.detail = QComboBox()
        self.detail.addItem(self.tr("Brief"), "brief")
        self.detail.addItem(self.tr("Detailed"), "detailed")
        self.detail.addItem(self.tr("With metadata"), "metadata")
        self.detail.setCurrentIndex(self.detail.findData(user.choice(user.answer_detail, DETAILS)))
        self.words = QComboBox()
        self.words.addItem(self.tr("The model's words, checked against what was measured"), "model")
        self.words.addItem(self.tr("Composed sentences"), "composed")
        self.words.setCurrentIndex(self.words.findData(user.choice(user.answer_words, user.WORDS)))
        self.align = QCheckBox(self.tr("Lay one onto the other and match their light, where that helps"))
        self.align.setChecked(user.align_dates.value())
        self.beside = QCheckBox(self.tr("Keep result layers in a folder beside the saved project"))
        self.beside.setChecked(user.keep_beside_project.value())
        self.long_run = self._spin(user.long_run_seconds, 1, 86_400, self.tr(" s"))
        self.threads = self._spin(user.processor_threads, 0, 256, "")
        self.threads.setSpecialValueText(self.tr("Automatic"))
        self.run_on = QComboBox()
        self.run_on.addItem(self.tr("Automatic: the GPU, where it computes what the processor computes"), "automatic")
        self.run_on.addItem(self.tr("Processor only"), "processor")
        self.run_on.setCurrentIndex(self.run_on.findData(user.choice(user.run_on, user.RUN_ON)))
        self.run_on.setToolTip(self.tr("Models that are loaded already keep what they run on until QGIS is started again"))
        self.running_on = self._text(running_on(Service.instance().runs_on))
        self.web_gsd = QDoubleSpinBox()
        self.web_gsd.setRange(0.05, 1000.0)
        self.web_gsd.setDecimals(2)
        self.web_gsd.setSuffix(self.tr(" m"))
        self.web_gsd.setValue(user.within(user.web_ground_sample_distance, 0.05, 1000.0))
        self.web_limit = QSpinBox()
        self.web_limit.setRange(1, 1000)
        self.web_limit.setSuffix(self.tr(" million pixels"))
        self.web_limit.setValue(round(user.within(user.web_pixel_limit, 65_536, 1_000_000_000) / 1e6) or 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            self._group(
                self.tr("Answers"),
                (
                    (self.tr("Detail of answers"), self.detail),
                    (self.tr("Answers in"), self.words),
                    (self.tr("Ask before runs longer than"), self.long_run),
                    (self.tr("Two dates"), self.align),
                ),
                self.beside,
            )
        )
        self.experts = ExpertsBox()
        layout.addWidget(self.experts)
        layout.addWidget(
            self._group(
                self.tr("Web Layers"),
                (
                    (self.tr("Pixel size to fetch"), self.web_gsd),
                    (self.tr("Most that one question may fetch"), self.web_limit),
                ),
            )
        )
        self.embeddings = EmbeddingRow()
        self.models = QPushButton(self.tr("Models…"))
        self.models.setToolTip(self.tr("Larger models: what is here, what can be fetched or imported, what each is used for"))
        self.models.clicked.connect(lambda: show_models(modal=True))
        layout.addWidget(
            self._group(
                self.tr("Computer"),
                ((self.tr("Run on"), self.run_on), (self.tr("Running on"), self.running_on),
                 (self.tr("Processor threads"), self.threads), (self.tr("Images looked at"), self.embeddings),
                 (self.tr("Further models"), self.models)),
                self._folder(),
            )
        )
        self.tuned = TunedBox()
        layout.addWidget(self.tuned)
        layout.addStretch(1)

    def apply(self) -> None:
        """Write the settings; called by the dialog on OK."""
        user.answer_detail.setValue(self.detail.currentData())
        user.answer_words.setValue(self.words.currentData())
        self.experts.apply()
        user.align_dates.setValue(self.align.isChecked())
        user.keep_beside_project.setValue(self.beside.isChecked())
        user.long_run_seconds.setValue(self.long_run.value())
        user.processor_threads.setValue(self.threads.value())
        user.run_on.setValue(self.run_on.currentData())
        user.web_ground_sample_distance.setValue(self.web_gsd.value())
        user.web_pixel_limit.setValue(self.web_limit.value() * 1_000_000)
        self.embeddings.apply()
        self.tuned.apply()

    def _folder(self) -> QLabel:
        from ..environment import data_folder

        return self._text(self.tr("Python packages are kept in {folder}").format(folder=data_folder()))

    @staticmethod
    def _text(text: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        # Else a page that is short of height cuts the second line.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setText(text)
        return label

    @staticmethod
    def _spin(entry, low: int, high: int, suffix: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(low, high)
        box.setSuffix(suffix)
        box.setValue(user.within(entry, low, high))
        return box

    @staticmethod
    def _group(title: str, rows, extra=None) -> QGroupBox:
        group = QGroupBox(title)
        form = QFormLayout(group)
        for text, field in rows:
            form.addRow(text, field)
        if extra is not None:
            form.addRow(extra)
        return group

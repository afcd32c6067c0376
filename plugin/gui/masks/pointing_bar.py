"""The bar of pointing: with which engine, as what, into which layer; what can be done now, and how it stands."""

from typing import Dict, List, Optional, Tuple

from qgis.core import QgsApplication, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..chat.quiet_label import QuietLabel
from ..chat.visible_text import one_line, plain_tip

#: What the polygons are called as long as nothing was written.
UNNAMED = "object"


class PointingBar(QWidget):
    """``pressed(name)``: a key of :attr:`buttons`. ``engine_changed(key)``, ``engines_wanted()``: further ones,
    ``label_changed()``, ``left()``: the label is written. Decides nothing itself."""

    pressed = pyqtSignal(str)
    engine_changed = pyqtSignal(str)
    engines_wanted = pyqtSignal()
    label_changed = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.engine = self._box(self.tr("Model that outlines"))
        self.engine.activated.connect(self._engine_chosen)
        self.label = self._box(self.tr("Class of what is taken"))
        self.label.setEditable(True)
        self.label.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.label.lineEdit().setPlaceholderText(self.tr("Class, for example building"))
        self.label.lineEdit().returnPressed.connect(self.left)
        self.label.currentTextChanged.connect(lambda _text: self.label_changed.emit())
        self.target = QgsMapLayerComboBox()
        self.target.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer | QgsMapLayerProxyModel.Filter.WritableLayer)
        self.target.setAllowEmptyLayer(True, self.tr("New layer"), QgsApplication.getThemeIcon("/mActionNewVectorLayer.svg"))
        self.target.setLayer(None)
        self._shrink(self.target, self.tr("Layer that the polygons go to"))
        self.buttons: Dict[str, QToolButton] = {}
        self._button("lasso", "/mActionIdentifyByFreehand.svg", self.tr("Draw around things instead of boxes (Ctrl+drag)"))
        self.buttons["lasso"].setCheckable(True)
        self._button("another", "/mActionRefresh.svg", self.tr("Another way to read the prompts (N)"))
        self._button("undo", "/mActionUndo.svg", self.tr("Take the last prompt back (Backspace)"))
        self._button("clear", "/mIconClearText.svg", self.tr("Clear the prompts (Esc)"))
        self._button("accept", "/mIconSuccess.svg", self.tr("Take the mask (Enter)"))
        self._button("alike", "/search.svg", self.tr("Find all like what was taken…"))
        self._button("leave", "/mIconClose.svg", self.tr("Stop pointing (Esc)"))
        self.sign = QLabel()
        self.sign.setVisible(False)
        self.status = QuietLabel("")
        self.status.setAccessibleName(self.tr("State of pointing"))
        self.status.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        # Two lines always: what is below must not jump with every click.
        self.status.setMinimumHeight(2 * self.status.fontMetrics().lineSpacing() + 2)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self.progress.setAccessibleName(self.tr("Progress"))
        self._lay_out()
        self.set_busy(False)

    @property
    def engine_key(self) -> str:
        """The engine that is chosen."""
        return str(self.engine.currentData() or "")

    @property
    def label_text(self) -> str:
        """What the polygons are to be called."""
        return one_line(self.label.currentText().strip(), 80) or UNNAMED

    @property
    def target_layer(self) -> Optional[QgsVectorLayer]:
        """The layer that is chosen, None for a new one."""
        return self.target.currentLayer()

    def show_engines(self, choices: List[Tuple[str, str]], preferred: str = "") -> None:
        """Offer these engines (key, name); the one that was chosen here stays so, ``preferred`` is chosen to begin with."""
        before = self.engine_key or preferred
        self.engine.blockSignals(True)
        self.engine.clear()
        for key, name in choices:
            self.engine.addItem(one_line(name, 40), key)
        self.engine.insertSeparator(self.engine.count())
        self.engine.addItem(self.tr("Add models…"), "")
        self.engine.setCurrentIndex(max(0, self.engine.findData(before) if before else 0))
        self.engine.blockSignals(False)

    def offer_labels(self, labels) -> None:
        """Names to choose from; any other can be written."""
        text = self.label.currentText()
        self.label.blockSignals(True)
        self.label.clear()
        self.label.addItems(list(labels))
        self.label.setEditText(text)
        self.label.blockSignals(False)

    def say(self, text: str, warning: bool = False) -> None:
        """How it stands; ``warning``: something that was wanted could not be done."""
        self.status.setText(text)
        self.status.setToolTip(plain_tip(text))
        self.sign.setVisible(warning)
        if warning:
            self.sign.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(16, 16))

    def set_busy(self, busy: bool) -> None:
        """A place is being looked at, or not."""
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.setVisible(busy)

    def offer(self, **can: bool) -> None:
        """Which buttons can be pressed now."""
        for name, possible in can.items():
            self.buttons[name].setEnabled(possible)

    def _engine_chosen(self, _index: int) -> None:
        if self.engine_key:
            self.engine_changed.emit(self.engine_key)
        else:  # no engine: the way to further ones
            self.engine.setCurrentIndex(0)
            self.engines_wanted.emit()
            self.engine_changed.emit(self.engine_key)

    def _lay_out(self) -> None:
        where, what, how = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (where, what, how):
            row.setSpacing(2)
        where.addWidget(self.engine, 1)
        where.addWidget(self._arrow())
        where.addWidget(self.target, 1)
        where.addWidget(self.buttons["alike"])
        where.addWidget(self.buttons["leave"])
        what.addWidget(self.label, 1)
        for name in ("lasso", "another", "undo", "clear", "accept"):
            what.addWidget(self.buttons[name])
        how.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        how.addWidget(self.status, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(3)
        for row in (where, what):
            layout.addLayout(row)
        layout.addWidget(self.progress)
        layout.addLayout(how)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        self._shrink(box, name)
        return box

    @staticmethod
    def _shrink(box: QComboBox, name: str) -> None:
        """Long names are cut, never widen the dock."""
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setMinimumWidth(48)
        box.setAccessibleName(name)
        box.setToolTip(name)

    def _button(self, name: str, icon: str, text: str) -> None:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked=False: self.pressed.emit(name))
        self.buttons[name] = button

    @staticmethod
    def _arrow() -> QuietLabel:
        arrow = QuietLabel("→")
        arrow.setWordWrap(False)
        return arrow

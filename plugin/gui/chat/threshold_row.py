"""A slider for the score from which a pixel counts as changed, or as a class, with the number of objects there are at it."""

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QSlider, QToolButton, QVBoxLayout, QWidget

from .quiet_label import QuietLabel

#: Ends of the slider, percent: beyond them everything or nothing is a change.
LOW, HIGH = 5, 95


class _Slider(QSlider):
    """The wheel scrolls the chat, not the threshold."""

    def wheelEvent(self, event) -> None:  # noqa: N802 - Qt
        """Leave it to the chat."""
        event.ignore()


class ThresholdRow(QWidget):
    """``sliding(threshold)`` while the handle is held, ``settled(threshold)`` when it is let go or moved by keys.

    ``own``: the model's threshold, 0..1; *Reset* goes back to exactly that. ``start``: that of the answer as it came.
    ``name``: the class as the user reads it, "" for changes.
    """

    sliding = pyqtSignal(float)
    settled = pyqtSignal(float)

    def __init__(self, own: float, start: float, name: str = "", parent=None) -> None:
        super().__init__(parent)
        self.own, self.name = own, name
        #: Objects at the threshold shown; -1 while they are not known.
        self.count = -1
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(LOW, HIGH)
        self.slider.setPageStep(5)
        self.slider.setValue(self._place(start))
        named = self.tr("Threshold of {name}").format(name=name) if name else self.tr("Threshold of the changes")
        self.slider.setAccessibleName(named)
        self.slider.setToolTip(
            self.tr("Left finds more, right only what is surer. The kept scores are read anew, the model does not run.")
        )
        self.title, self.number = QuietLabel(), QuietLabel()
        self.title.setWordWrap(False)
        self.number.setWordWrap(False)
        self.number.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.reset_button = QToolButton()
        self.reset_button.setText(self.tr("Reset"))
        self.reset_button.setAutoRaise(True)
        self.reset_button.setToolTip(self.tr("Back to the threshold of the model"))
        self.reset_button.clicked.connect(lambda: self.slider.setValue(self._place(self.own)))
        words = QHBoxLayout()
        words.addWidget(self.title)
        words.addWidget(self.number, 1)
        hand = QHBoxLayout()
        hand.setSpacing(6)
        hand.addWidget(self.slider, 1)
        hand.addWidget(self.reset_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(words)
        layout.addLayout(hand)
        self.slider.valueChanged.connect(self._changed)
        self.slider.sliderReleased.connect(lambda: self.settled.emit(self.threshold))
        self._show()

    @property
    def threshold(self) -> float:
        """What the slider stands for, 0..1."""
        place = self.slider.value()
        return self.own if place == self._place(self.own) else place / 100.0

    def show_count(self, count: int) -> None:
        """How many objects there are at the threshold shown."""
        self.count = count
        self._show()

    def hold(self, reason: str) -> None:
        """Let nothing be moved, and say why; "" lets it be moved again."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def _changed(self) -> None:
        self.count = -1
        self._show()
        (self.sliding if self.slider.isSliderDown() else self.settled).emit(self.threshold)

    def _show(self) -> None:
        value = QLocale().toString(self.threshold, "f", 2)
        said = self.tr("{name}: threshold {value}") if self.name else self.tr("Threshold {value}")
        self.title.setText(said.format(name=self.name, value=value))
        if self.count < 0:
            self.number.setText("…")
        elif self.name:
            one = self.tr("1 object") if self.count == 1 else self.tr("{count} objects")
            self.number.setText(one.format(count=QLocale().toString(self.count)))
        elif self.count == 1:
            self.number.setText(self.tr("1 changed object"))
        else:
            self.number.setText(self.tr("{count} changed objects").format(count=QLocale().toString(self.count)))
        self.slider.setAccessibleDescription(self.number.text())
        self.reset_button.setEnabled(self.threshold != self.own)

    @staticmethod
    def _place(threshold: float) -> int:
        return min(HIGH, max(LOW, round(100 * threshold)))

"""What an answer about two dates can show on the map: the swipe, the nine cells, the scores."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ..swipe.icon import swipe_icon
from .flow_layout import FlowLayout


class ChangeTools(QWidget):
    """``swipe_wanted(on)``, ``cells_wanted(on)``, ``scores_wanted(on)`` when the user presses; never by ``show_…``."""

    swipe_wanted = pyqtSignal(bool)
    cells_wanted = pyqtSignal(bool)
    scores_wanted = pyqtSignal(bool)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.swipe = self._button(
            swipe_icon(), self.tr("Swipe"),
            self.tr("Before and after on the map: drag the line or use the arrow keys, H and V turn it, Esc ends"))
        self.cells = self._button(
            QgsApplication.getThemeIcon("/algorithms/mAlgorithmCreateGrid.svg"), self.tr("Cells"),
            self.tr("Draw the nine cells on the map: their names, and how much of the change lies in each"))
        self.scores = self._button(
            QgsApplication.getThemeIcon("/styleicons/singlebandpseudocolor.svg"), self.tr("Scores"),
            self.tr("Add the change scores, which the threshold is compared with, as a raster layer"))
        self.swipe.clicked.connect(self.swipe_wanted)
        self.cells.clicked.connect(self.cells_wanted)
        self.scores.clicked.connect(self.scores_wanted)
        self.scores.hide()
        row = FlowLayout(spacing=2)
        for button in (self.swipe, self.cells, self.scores):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)

    def show_swipe(self, on: bool) -> None:
        """Whether these two dates are swiped now."""
        self.swipe.setChecked(on)

    def show_cells(self, on: bool) -> None:
        """Whether these cells are on the map now."""
        self.cells.setChecked(on)

    def show_scores(self, on: bool) -> None:
        """Whether the scores are a layer now; the button appears with the first call."""
        self.scores.show()
        self.scores.setChecked(on)
        self.layout().invalidate()

    @staticmethod
    def _button(icon: QIcon, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon)
        button.setIconSize(QSize(16, 16))
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

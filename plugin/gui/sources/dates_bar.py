"""Before and after: two layers with their dates, and the buttons that swap and swipe them (laid out by the source bar)."""

from typing import Tuple

from qgis.core import QgsApplication, QgsMapLayer
from qgis.PyQt.QtCore import QLocale, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from ...core.layer_date import date_of
from ..chat.quiet_label import QuietLabel
from ..swipe.icon import swipe_icon
from .date_button import DateButton
from .layer_box import LayerBox
from .more_dates import MoreDates
from .shared_ground import shared_ground

#: Below this width (pixels) there is no room for a date beside a layer's name.
NARROW = 290
#: Share of both layers below which it is told how little they have in common.
LITTLE = 0.5
#: A date never limits the width of the layer above it.
LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class DatesBar(QWidget):
    """``changed()`` when a layer or a date does."""

    changed = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.before, self.after = LayerBox(), LayerBox()
        self.before_date, self.after_date = DateButton(), DateButton()
        self.swap_button = QToolButton()
        self.swap_button.setAutoRaise(True)
        self.swap_button.setIcon(QgsApplication.getThemeIcon("/mActionReverseLine.svg"))
        self.swap_button.setToolTip(self.tr("Swap before and after"))
        self.swap_button.setAccessibleName(self.tr("Swap before and after"))
        self.swap_button.clicked.connect(self.swap)
        self.swipe_button = QToolButton()
        self.swipe_button.setAutoRaise(True)
        self.swipe_button.setCheckable(True)
        self.swipe_button.setIcon(swipe_icon())
        tip = self.tr("Before and after on the map: drag the line or use the arrow keys, H and V turn it, Esc ends")
        self.swipe_button.setToolTip(tip)
        self.swipe_button.setAccessibleName(tip)
        self.warning = QuietLabel("")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(4)
        rows = ((self.tr("Before"), self.before, self.before_date), (self.tr("After"), self.after, self.after_date))
        for row, (title, box, date) in enumerate(rows):
            label = QLabel(title)
            label.setBuddy(box)
            date.setFont(self.warning.font())
            date.changed.connect(self.refresh)
            layout.addWidget(label, 2 * row, 0)
            layout.addWidget(box, 2 * row, 1)
            layout.addWidget(date, 2 * row, 2, LEADING)
            box.setAccessibleName(title)
            box.layerChanged.connect(self.refresh)  # bound: falls away with the panel
        self.more = MoreDates()
        self.more.setFont(self.warning.font())
        self.more.changed.connect(self.changed)
        layout.addWidget(self.warning, 4, 0, 1, 3)
        layout.addWidget(self.more, 5, 1, LEADING)
        layout.setColumnStretch(1, 1)
        self.refresh()

    def resizeEvent(self, event) -> None:  # noqa: N802 - Qt
        """Rearrange afterwards: a layout forgets what changes while it works."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._arrange)

    def _arrange(self) -> None:
        """In a narrow dock the dates stand under their layers, so that the names stay readable."""
        narrow, moved = self.width() < NARROW, False
        for row, date in enumerate((self.before_date, self.after_date)):
            place = (2 * row + 1, 1) if narrow else (2 * row, 2)
            if self.layout().getItemPosition(self.layout().indexOf(date))[:2] != place:
                self.layout().addWidget(date, *place, LEADING)
                moved = True
        above = self if moved else None
        while above is not None and not above.isWindow():
            # At once: left to events, every level above would be drawn too low or too high for a moment.
            if above.layout() is not None:
                above.layout().activate()
            above = above.parentWidget()

    def layers(self) -> Tuple[QgsMapLayer, QgsMapLayer]:
        """(before, after); either may be None."""
        return self.before.currentLayer(), self.after.currentLayer()

    def all_layers(self) -> Tuple[QgsMapLayer, ...]:
        """Before, after and whatever further dates are ticked."""
        return (*self.layers(), *self.more.layers())

    def choose(self, before, after) -> None:
        """Set both layers; None leaves one as it is."""
        if before is not None:
            self.before.setLayer(before)
        if after is not None:
            self.after.setLayer(after)

    def choose_different(self) -> None:
        """If both show the same layer, let before be another one, the older of the two first."""
        before, after = self.layers()
        if before is None or before is not after:
            return
        for index in range(self.before.count()):
            other = self.before.layer(index)
            if other is not None and other is not after:
                self.before.setLayer(other)
                first, second = date_of(other), date_of(after)
                if first and second and first.iso > second.iso:
                    self.swap()
                return

    def swap(self) -> None:
        """Before becomes after."""
        before, after = self.layers()
        self.choose(after, before)

    def refresh(self) -> None:
        """Show the dates of the layers, and what is odd about them."""
        before, after = self.layers()
        self.before_date.show_layer(before)
        self.after_date.show_layer(after)
        self.more.leave_out(before, after)
        self.warning.setText(self._oddity(before, after, self.before_date.date, self.after_date.date))
        self.warning.setVisible(bool(self.warning.text()))
        self.changed.emit()

    def _oddity(self, before, after, first, second) -> str:
        if before is None or after is None:
            return self.tr("Add two rasters of the same place to compare them.")
        if before is after:
            return self.tr("Both dates are the same layer.")
        if first and second and first.iso > second.iso:
            return self.tr("Before is later than after. Swap them?")
        shares = shared_ground(before, after)
        if shares == (0, 0):
            return self.tr("The two layers do not overlap.")
        if shares is not None and max(shares) < LITTLE:
            percent = tuple(QLocale().toString(max(1, round(100 * share))) for share in shares)
            return self.tr("They share {before} % of before and {after} % of after.").format(before=percent[0], after=percent[1])
        return ""

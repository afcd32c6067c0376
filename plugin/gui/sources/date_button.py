"""When a layer's image was taken; a click opens a calendar, and what is chosen there is kept in the layer."""

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QCalendarWidget, QMenu, QToolButton, QWidgetAction

from ...core.layer_date import date_of
from ...core.layer_pixels import store_date, stored_date


class DateButton(QToolButton):
    """``changed()`` after the user has chosen another date for the layer shown."""

    changed = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.date = self.calendar = None
        self.layer_id = ""
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.own = QAction(self.tr("Use the Layer's Own Date"), self)
        self.own.triggered.connect(lambda: self.choose(None))
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def show_layer(self, layer) -> None:
        """Show the date of ``layer``, with a question mark if it is a guess; None: nothing to date."""
        self.layer_id, self.date = "" if layer is None else layer.id(), date_of(layer)
        self.setEnabled(layer is not None)
        self.setText(self._text())
        self.setToolTip(self._basis())
        self.setAccessibleName(self.tr("Date: {date}").format(date=self.text()))

    def choose(self, date) -> None:
        """Keep ``date`` (QDate) in the layer; None: forget what was chosen."""
        self.menu().hide()
        layer = self._layer()
        if layer is not None:
            store_date(layer, date.toString(Qt.DateFormat.ISODate) if date is not None else "")
            self.show_layer(layer)
            self.changed.emit()

    def _fill(self) -> None:
        """The calendar is made when it is first wanted."""
        if self.calendar is None:
            self.calendar = QCalendarWidget()
            self.calendar.setAccessibleName(self.tr("Date of the image"))
            self.calendar.setMaximumDate(QDate.currentDate().addDays(1))
            self.calendar.clicked.connect(self.choose)
            self.calendar.activated.connect(self.choose)
            place = QWidgetAction(self)
            place.setDefaultWidget(self.calendar)
            self.menu().addAction(place)
            self.menu().addAction(self.own)
        layer = self._layer()
        self.own.setEnabled(layer is not None and stored_date(layer) is not None)
        shown = QDate.fromString(self.date.iso[:10], Qt.DateFormat.ISODate) if self.date is not None else QDate()
        self.calendar.setSelectedDate(shown if shown.isValid() else QDate.currentDate())
        self.calendar.setFocus()

    def _layer(self):
        # By its id: a layer may be deleted while the calendar is open.
        return QgsProject.instance().mapLayer(self.layer_id) if self.layer_id else None

    def _text(self) -> str:
        if self.date is None:
            return self.tr("Date…")
        return self.date.iso[:10] + ("?" if self.date.is_guess else "")

    def _basis(self) -> str:
        if self.date is None:
            return self.tr("Not known. Click to say when this image was taken.")
        if self.date.is_guess:
            return self.tr("A guess from the layer's name. Click to correct it.")
        return self.tr("From the layer or its file. Click to correct it.")

"""What answers about two dates show on the map at a button's press: the swipe and the cells of one of them at a time."""

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject

from .cells_overlay import CellsOverlay, drawable
from .swipe.swipe import Swipe

#: Comparisons whose scores are kept for their sliders; the files of one are as large as its imagery.
KEPT = 3


class ChangeView(QObject):
    """Joins the buttons of cards and of the dates bar to the canvas. ``session``: knows the layers of an exchange.

    Main thread only.
    """

    def __init__(self, session, dates, parent=None) -> None:
        super().__init__(parent)
        self.session, self.dates = session, dates
        self.swipe = Swipe(session.canvas, self)
        self.cells = CellsOverlay(session.canvas, self)
        self._cells_of = None
        self.swipe.changed.connect(self._swipe_changed)
        dates.swipe_button.clicked.connect(self._swipe_dates)
        dates.changed.connect(self._dates_changed)
        session.finished.connect(self._let_go)
        self._dates_changed()

    def attach(self, exchange) -> None:
        """Listen to the buttons of an answer, once it has them."""
        tools = exchange.change_tools
        if tools is None:
            return
        tools.swipe.setEnabled(len(self.session.layers_of(exchange)) == 2)
        tools.cells.setVisible(drawable(exchange.facts))
        tools.swipe_wanted.connect(lambda on: self._swipe(on, *self._two(exchange)))
        tools.cells_wanted.connect(lambda on: self._show_cells(exchange, on))
        exchange.moved.connect(lambda: self._show_cells(exchange, True) if self._cells_of is exchange else None)

    def clear(self) -> None:
        """The conversation is over: nothing of it stays on the map."""
        self._show_cells(None, False)
        self.swipe.stop()

    def unload(self) -> None:
        """Leave the canvas as it was."""
        self.clear()
        self.cells.unload()
        self.swipe.unload()

    def _let_go(self, _exchange) -> None:
        """Of many comparisons only the last ones can still be moved; answers about one comparison share its scores."""
        keys: list = []
        for exchange in reversed(self.session.exchanges):
            if exchange.movable is None:
                continue
            key = exchange.facts.get("key")
            if key not in keys:
                keys.append(key)
            if key not in keys[:KEPT]:
                for one in exchange.movables:
                    one.let_go()

    def _swipe_dates(self, on: bool) -> None:
        self._swipe(on, *self.dates.layers())

    def _swipe(self, on: bool, before, after) -> None:
        if not on:
            self.swipe.stop()
        elif not self.swipe.start(before, after):
            self._swipe_changed(False)

    def _swipe_changed(self, _on: bool) -> None:
        """Every button says whether its two dates are the ones on the map."""
        self.dates.swipe_button.setChecked(self.swipe.shows(*self.dates.layers()))
        for exchange in self.session.exchanges:
            if exchange.change_tools is not None:
                exchange.change_tools.show_swipe(self.swipe.shows(*self._two(exchange)))

    def _dates_changed(self) -> None:
        before, after = self.dates.layers()
        self.dates.swipe_button.setEnabled(before is not None and after is not None and before is not after)
        self._swipe_changed(self.swipe.active)

    def _show_cells(self, exchange, on: bool) -> None:
        before = self._cells_of
        self.cells.clear()
        self._cells_of = exchange if on and self.cells.show_facts(exchange.facts, self._crs_of(exchange)) else None
        for one in (before, exchange):
            if one is not None and one.change_tools is not None:
                one.change_tools.show_cells(one is self._cells_of)

    def _two(self, exchange) -> tuple:
        layers = self.session.layers_of(exchange)
        return tuple(layers) if len(layers) == 2 else (None, None)

    def _crs_of(self, exchange) -> QgsCoordinateReferenceSystem:
        """The CRS of the facts: that of what was outlined, else of the layer before."""
        if exchange.features is not None and exchange.features.crs_wkt:
            return QgsCoordinateReferenceSystem.fromWkt(exchange.features.crs_wkt)
        layers = self.session.layers_of(exchange)
        return layers[0].crs() if len(layers) == 2 else QgsCoordinateReferenceSystem()

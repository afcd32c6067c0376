"""A preview under the mouse: shown at once where it was looked already; elsewhere the mouse must rest first."""

from typing import Any, Callable, Tuple

from qgis.PyQt.QtCore import QObject, QTimer

from ...core.mask_desk import MaskDesk, Wish

#: Milliseconds between two previews under a moving mouse, and for which it must rest before a new place is looked at.
THROTTLE, REST = 40, 250


class Hover(QObject):
    """``wish_of(look)``: the wish for the place under the mouse, None if there is none; ``lost()``: nothing to show there.

    ``renew()``: called before a place is looked at; ``stale()``: whether it would change the ground. Main thread only.
    """

    def __init__(
        self, desk: MaskDesk, wish_of: Callable[[bool], Any], lost: Callable[[], None], renew: Callable[[], None],
        stale: Callable[[], bool], parent: QObject = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._wish_of, self._lost, self._renew, self._stale = desk, wish_of, lost, renew, stale
        self._throttle, self._rest = self._timers()

    def moved(self) -> None:
        """The mouse did."""
        if not self._throttle.isActive():
            self._throttle.start()

    def stop(self) -> None:
        """The mouse is elsewhere, or something was pointed at."""
        self._throttle.stop()
        self._rest.stop()

    def look(self) -> None:
        """Look at the place under the mouse, if that was not done yet."""
        self._renew()
        wish = self._wish_of(True)
        if wish is not None:
            self._desk.wish(wish)

    def _preview(self) -> None:
        wish: Wish = self._wish_of(False)
        if wish is not None and not self._stale() and self._desk.knows(wish.steps, wish.screen):
            self._rest.stop()
            self._desk.wish(wish)
        else:
            self._lost()
            self._rest.start()

    def _timers(self) -> Tuple[QTimer, QTimer]:
        made = []
        for milliseconds, slot in ((THROTTLE, self._preview), (REST, self.look)):
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(slot)
            made.append(timer)
        return made[0], made[1]

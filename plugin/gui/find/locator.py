"""Places by their looks in QGIS's locator bar: ``tlf boats in a harbour``."""

from typing import Dict, Optional

from qgis.core import QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtGui import QIcon

#: QGIS leaves prefixes of fewer than three letters to itself.
PREFIX = "tlf"
MOST, LEAST_LETTERS = 8, 3


class FindFilter(QgsLocatorFilter):
    """Searches the newest index while the user types. ``show(words, folder, place)``: called on the main thread with the find
    that was chosen; None in the copies that QGIS makes for its threads.
    """

    def __init__(self, service_of, show=None, icon: QIcon = None, finds: Optional[Dict[str, tuple]] = None) -> None:
        """``service_of``: hands out the service on any thread; ``finds``: what results stand for, shared by the copies."""
        super().__init__()
        self._service_of, self._show, self._icon = service_of, show, icon or QIcon()
        self._finds = {} if finds is None else finds

    def clone(self) -> "FindFilter":
        """A copy for a thread of QGIS's own."""
        return FindFilter(self._service_of, None, self._icon, self._finds)

    def name(self) -> str:
        """Id; never translated."""
        return "terralogue-find"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Name in the settings of the locator."""
        return self.tr("Places in Imagery (Terralogue)")

    def prefix(self) -> str:
        """Typed before the words."""
        return PREFIX

    def useWithoutPrefix(self) -> bool:  # noqa: N802 - the name QGIS calls
        """Never: it would load a model for every search for a menu entry."""
        return False

    def priority(self) -> QgsLocatorFilter.Priority:
        """After what is quick."""
        return QgsLocatorFilter.Priority.Low

    def fetchResults(self, text, context, feedback) -> None:  # noqa: N802 - the name QGIS calls
        """Called by QGIS on a thread of its own; never raises."""
        # Here, not above: the locator is registered at start-up, which must stay quick.
        from ...core import log
        from ...core.messages import sentence

        try:
            self._fetch(str(text).strip(), feedback)
        except Exception as error:  # an exception here would end QGIS's thread
            log.error(error, "searching from the locator bar")
            if not feedback.isCanceled():
                self._emit(sentence(error), "")

    def triggerResult(self, result) -> None:  # noqa: N802 - the name QGIS calls
        """Called by QGIS on the main thread."""
        data = result.userData
        data = data() if callable(data) else data
        find = self._finds.get(str(data))
        if self._show is not None and find is not None:
            self._show(*find)

    def _fetch(self, words: str, feedback) -> None:
        from ...core import index_list

        folders = index_list.folders()
        if len(words) < LEAST_LETTERS or feedback.isCanceled():
            return
        if not folders:
            self._emit(self.tr("There is no index yet. Make one in the Find window."), "")
            return
        folder = folders[-1]
        from ....models.cancel import CancelToken
        service = self._service_of()
        ready, why, _step = service.ready()
        if not ready:
            self._emit(why, "")
            return
        from ....models.retrieval.searching import Query
        from ...core import index_search

        found = index_search.search(service, folder, Query(words), MOST, CancelToken())
        if feedback.isCanceled():
            return
        self._finds.clear()
        for number, place in enumerate(found.places):
            said = f"{number + 1} · {place.score:.2f} · {place.raster.name}"
            # A word stands for the find: QGIS copies results between threads, and only plain values survive that.
            key = f"{folder} {place.tile}"
            self._finds[key] = words, str(folder), place
            self._emit(said, place.raster.time[:10], key, number)

    def _emit(self, text: str, description: str, key: str = "", number: int = 0) -> None:
        result = QgsLocatorResult(self, text, key)
        result.description = description
        result.icon = self._icon
        result.score = 1.0 - number / 100
        self.resultFetched.emit(result)

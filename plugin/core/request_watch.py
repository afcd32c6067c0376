"""Counts web requests that failed while a map was rendered: QGIS draws a dead server as an empty picture.

QGIS repeats the signals of every thread's network manager on the main one, so one listener there hears all.
"""

import threading

from qgis.core import QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply


class RequestWatch(QObject):
    """Construct on the main thread, :meth:`failures` on any thread. Hosts limit what is counted to one layer's server."""

    _asked = pyqtSignal(object)

    def __init__(self, hosts) -> None:
        super().__init__()
        self._hosts = frozenset(host.lower() for host in hosts if host)
        self._failed = 0
        manager = QgsNetworkAccessManager.instance()
        manager.finished[QgsNetworkReplyContent].connect(self._finished)
        manager.requestTimedOut.connect(self._timed_out)
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def _counts(self, url) -> bool:
        return not self._hosts or url.host().lower() in self._hosts

    def _finished(self, content) -> None:
        cancelled = QNetworkReply.NetworkError.OperationCanceledError
        if content.error() not in (QNetworkReply.NetworkError.NoError, cancelled):
            if self._counts(content.request().url()):
                self._failed += 1

    def _timed_out(self, parameters) -> None:
        if self._counts(parameters.request().url()):
            self._failed += 1

    def _answer(self, heard: threading.Event) -> None:
        heard.set()

    def failures(self, patience: float = 1.0):
        """Requests failed so far, once everything sent before this call was heard; None if the main thread is stuck.

        ``patience``: seconds to wait for the main thread.
        """
        if QThread.currentThread() is QCoreApplication.instance().thread():
            QCoreApplication.sendPostedEvents()
            return self._failed
        heard = threading.Event()
        self._asked.emit(heard)
        return self._failed if heard.wait(patience) else None

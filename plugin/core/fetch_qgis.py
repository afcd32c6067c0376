"""Fetching over QGIS's own network stack, so that proxy, certificates and sign-in are those of QGIS's options.

A reply is read as it comes, never held whole; redirects are left to ``models.catalog.transfer``, which looks where they lead.
"""

from typing import Callable, Iterator

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...models.cancel import CancelToken
from ...models.catalog.hub import headers_of
from ...models.catalog.transfer import Ask, Reply
from ...models.errors import Cancelled, DownloadFailed

#: What Qt may read ahead of the disk, in bytes.
_AHEAD = 4 << 20
#: What is handed on at once: a pause is heard after each.
_BLOCK = 1 << 17
_STATUS = QNetworkRequest.Attribute.HttpStatusCodeAttribute
_NO_ERROR = QNetworkReply.NetworkError.NoError


class QgisFetch:
    """A ``Fetch``. ``authcfg``: id of a sign-in of QGIS's authentication database, "" for none. Worker thread."""

    def __init__(self, authcfg: str = "") -> None:
        self._authcfg = authcfg

    def __call__(self, wish: Ask, cancel: CancelToken) -> Reply:
        """Ask, and wait for the headers. Raises DownloadFailed of kind "network" or "tls", Cancelled."""
        cancel.raise_if_cancelled()
        reply = QgsNetworkAccessManager.instance().get(self._request(wish))
        reply.setReadBufferSize(_AHEAD)
        try:
            _until(reply, lambda: reply.attribute(_STATUS) is not None or reply.isFinished(), cancel)
            if reply.attribute(_STATUS) is None:
                raise _failure(reply)
        except (Cancelled, DownloadFailed):
            _close(reply)
            raise
        headers = {bytes(name).decode("latin-1").lower(): bytes(reply.rawHeader(name)).decode("latin-1")
                   for name in reply.rawHeaderList()}
        return Reply(int(reply.attribute(_STATUS)), headers, _body(reply, cancel), lambda: _close(reply))

    def _request(self, wish: Ask) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(wish.address))
        attribute = QNetworkRequest.Attribute
        request.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        # What is kept by digest is not kept by the cache of web pages too.
        request.setAttribute(attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
        request.setAttribute(attribute.CacheSaveControlAttribute, False)
        for name, value in headers_of(wish).items():
            request.setRawHeader(name.encode("ascii"), value.encode("latin-1"))
        if self._authcfg:
            # A sign-in that cannot be used: better nothing than the file's server asked without it.
            signed = QgsApplication.authManager().updateNetworkRequest(request, self._authcfg)
            if not (signed[0] if isinstance(signed, tuple) else signed):
                raise DownloadFailed(QUrl(wish.address).fileName(), "status", "the sign-in is not available")
        return request


def _body(reply: QNetworkReply, cancel: CancelToken) -> Iterator[bytes]:
    while True:
        _until(reply, lambda: reply.bytesAvailable() > 0 or reply.isFinished(), cancel)
        block = bytes(reply.read(_BLOCK) or b"")
        if block:
            yield block
        elif reply.isFinished():
            break
    if reply.error() != _NO_ERROR and int(reply.attribute(_STATUS) or 0) < 400:
        raise _failure(reply)


def _until(reply: QNetworkReply, ready: Callable[[], bool], cancel: CancelToken) -> None:
    """Let this thread's events run until ``ready``. Raises Cancelled."""
    if ready():
        cancel.raise_if_cancelled()
        return
    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(100)
    timer.timeout.connect(lambda: loop.quit() if cancel.cancelled or ready() else None)
    for signal in (reply.metaDataChanged, reply.readyRead, reply.finished):
        signal.connect(loop.quit)
    timer.start()
    try:
        while not ready():
            cancel.raise_if_cancelled()
            loop.exec()
    finally:
        timer.stop()
        for signal in (reply.metaDataChanged, reply.readyRead, reply.finished):
            signal.disconnect(loop.quit)
    cancel.raise_if_cancelled()


def _failure(reply: QNetworkReply) -> DownloadFailed:
    kind = "tls" if reply.error() == QNetworkReply.NetworkError.SslHandshakeFailedError else "network"
    return DownloadFailed(reply.url().fileName(), kind, reply.errorString())


def _close(reply: QNetworkReply) -> None:
    """Stop it. It goes with this thread's network manager, its parent: once deleted, the next reply may get its address, and
    Python then takes that for the dead one in the midst of a download (seen in 1 of 20 resumed ones, PyQt 5.15).
    """
    if not sip.isdeleted(reply) and not reply.isFinished():
        reply.abort()

"""Installing the Python packages from inside QGIS, on a worker, through QGIS's own proxy."""

from typing import Any, Callable, Iterable, Optional
from urllib.parse import quote

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkProxy

from ...models.cancel import CancelToken
from ...models.errors import Cancelled
from . import log
from .messages import tr
from .service import Service
from .tasks import RunTask


def proxy_address() -> str:
    """The HTTP proxy of QGIS's settings as a URL, "" without one. Main thread."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    kinds = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
    if proxy.type() not in kinds or not proxy.hostName():
        return ""
    sign_in = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@" if proxy.user() else ""
    return f"http://{sign_in}{proxy.hostName()}:{proxy.port()}"


class InstallTask(RunTask):
    """Installs ``groups`` of packages; ``Outcome.result`` is the list of activations. Main thread to construct.

    ``offline_folder``: a folder of wheels to use instead of the network. ``logged``: every line of the installers.
    """

    logged = pyqtSignal(str)

    def __init__(
        self, service: Service, groups: Iterable[str] = ("core",), offline_folder: Optional[str] = None
    ) -> None:
        super().__init__(tr("Terralogue: installing packages"))
        self._service, self._groups, self._offline = service, tuple(groups), offline_folder
        self._proxy = proxy_address()

    def work(self, progress: Callable[[float, str], None], cancel: CancelToken) -> Any:
        """Install, or install again what does not import; then let the service find what is new."""
        from ..environment import InstallCancelled, install

        try:
            done = install(
                self._groups, progress, lambda: cancel.cancelled, self._log, self._offline, self._proxy,
                again=self._service.broken,
            )  # fmt: skip
        except InstallCancelled as error:
            raise Cancelled() from error
        self._service.repaired()
        return done

    def _log(self, line: str) -> None:
        log.info(line)
        self.logged.emit(log.redact(line))

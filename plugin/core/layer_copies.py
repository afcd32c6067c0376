"""A layer for another thread to draw: never the one in the project, which belongs to the main thread."""

import re
from typing import Optional, Tuple
from urllib.parse import unquote

from qgis.core import QgsLayerDefinition, QgsMapLayer, QgsReadWriteContext
from qgis.PyQt.QtCore import QThread
from qgis.PyQt.QtXml import QDomDocument

from ...models.errors import RasterUnreadable

_HOST = re.compile(r"https?://(?:[^/@\s]*@)?([^/:?&'\"\s]+)", re.IGNORECASE)


def web_hosts(layer: QgsMapLayer) -> Optional[Tuple[str, ...]]:
    """The servers a layer is fetched from, () if they cannot be named, None if it is not fetched from the web."""
    hosts = _HOST.findall(unquote(layer.source()))
    if not hosts or layer.providerType() in ("gdal", "memory", "virtual"):
        return None
    return () if any("{" in host for host in hosts) else tuple(hosts)


class LayerCopy:
    """Made on the main thread; :meth:`take` and :meth:`release` on the thread that draws.

    Web layers are copied by their definition and built by that thread, because a clone would ask the server for its
    capabilities while the user waits.
    """

    def __init__(self, layer: QgsMapLayer) -> None:
        self.name = layer.name()
        self._definition = ""
        self._layer: Optional[QgsMapLayer] = None
        if web_hosts(layer) is not None:
            self._definition = QgsLayerDefinition.exportLayerDefinitionLayers([layer], QgsReadWriteContext()).toString()
        else:
            self._layer = layer.clone()
            if self._layer is not None:
                self._layer.moveToThread(None)

    def take(self) -> QgsMapLayer:
        """The copy, belonging to the calling thread. Raises RasterUnreadable if its source cannot be opened."""
        if self._layer is None and self._definition:
            document = QDomDocument()
            document.setContent(self._definition)
            layers = QgsLayerDefinition.loadLayerDefinitionLayers(document, QgsReadWriteContext())
            self._layer = layers[0] if layers else None
        elif self._layer is not None and self._layer.thread() is not QThread.currentThread():
            self._layer.moveToThread(QThread.currentThread())
        if self._layer is None or not self._layer.isValid():
            raise RasterUnreadable(self.name, "the copy of the layer is not valid")
        return self._layer

    def release(self) -> None:
        """Let go of the copy, so that another thread may take it."""
        if self._layer is not None:
            self._layer.moveToThread(None)

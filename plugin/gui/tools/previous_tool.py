"""The canvas gets back the tool that one of ours took the place of."""

from typing import Optional

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt import sip


def give_back(canvas: QgsMapCanvas, tool: QgsMapTool, previous: Optional[QgsMapTool]) -> None:
    """Put ``previous`` in the place of ``tool``; none where it was deleted meanwhile. Main thread."""
    if previous is not None and not sip.isdeleted(previous):
        canvas.setMapTool(previous)
    else:
        canvas.unsetMapTool(tool)

"""The set of region tools with their actions; one is active at most, and the tool before it comes back."""

from typing import Dict

from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from .click_tool import ClickTool
from .edit_tool import EditTool
from .lasso_tool import LassoTool
from .polygon_tool import PolygonTool
from .previous_tool import give_back
from .rectangle_tool import RectangleTool


class RegionTools(QObject):
    """``actions``: checkable, by kind ("rectangle", "polygon", "lasso", "click", "edit"). Main thread only."""

    captured = pyqtSignal(object)
    edited = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.tools = {
            tool.kind: tool for tool in (RectangleTool(canvas), PolygonTool(canvas), LassoTool(canvas), ClickTool(canvas))
        }
        self.editor = EditTool(canvas)
        self.previous = None
        self.actions: Dict[str, QAction] = {}
        self._add_action("rectangle", self.tr("Draw a rectangle"), "/mActionIdentifyByRectangle.svg")
        self._add_action("polygon", self.tr("Draw a polygon"), "/mActionIdentifyByPolygon.svg")
        self._add_action("lasso", self.tr("Draw freehand"), "/mActionIdentifyByFreehand.svg")
        self._add_action("click", self.tr("Click a place"), "/mActionIdentify.svg")
        self._add_action("edit", self.tr("Move the region or its corners"), "/mActionVertexTool.svg")
        for tool in self.tools.values():
            tool.captured.connect(self._captured)
            tool.cancelled.connect(self.restore)
            tool.refused.connect(self.refused)
        self.editor.edited.connect(self.edited)
        self.editor.cancelled.connect(self.restore)

    def _add_action(self, kind: str, text: str, icon: str) -> None:
        action = QAction(QgsApplication.getThemeIcon(icon), text, self)
        action.setObjectName("terralogue-region-" + kind)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked, kind=kind: self.start(kind))
        self.tool(kind).setAction(action)
        self.actions[kind] = action

    def tool(self, kind: str):
        """The map tool of this kind."""
        return self.editor if kind == "edit" else self.tools[kind]

    def start(self, kind: str) -> None:
        """Make the tool active, remembering the one before; choosing the active one again leaves it."""
        tool, current = self.tool(kind), self.canvas.mapTool()
        if current is tool:
            self.restore()
            return
        if current not in (*self.tools.values(), self.editor):
            self.previous = current
        self.canvas.setMapTool(tool)

    def restore(self) -> None:
        """Give the canvas the tool it had before, if one of ours is active."""
        current = self.canvas.mapTool()
        if current is None or current not in (*self.tools.values(), self.editor):
            return
        give_back(self.canvas, current, self.previous)
        self.previous = None

    def unload(self) -> None:
        """Leave the canvas as it was and delete the tools."""
        if not sip.isdeleted(self.canvas):
            self.restore()
        for tool in (*self.tools.values(), self.editor):
            if not sip.isdeleted(tool):
                tool.deleteLater()

    def _captured(self, region) -> None:
        self.restore()
        self.captured.emit(region)

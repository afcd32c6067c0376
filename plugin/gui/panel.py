"""What the dock holds: source and region rows, the conversation, the composer. Layout and wiring only."""

from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QFrame, QVBoxLayout, QWidget

from ..core.mask_engines import MaskEngines
from ..core.service import Service
from .change_view import ChangeView
from .chat.chat_view import ChatView
from .composer import Composer
from .composer_menu import ComposerMenu
from .conversation import Conversation
from .knowledge.knowledge_menu import KnowledgeMenu
from .masks.pointing import Pointing
from .overlay import PreviewOverlay
from .region_bar import RegionBar
from .region_display import RegionDisplay
from .session import Session
from .sources.source_bar import SourceBar
from .tools.region_tools import RegionTools


class Panel(QWidget):
    """Built at the first showing of the dock. ``notice(sentence)``: something to say while the panel is hidden.

    ``layout_made(layout)``: a print layout to open.
    """

    notice = pyqtSignal(str)
    layout_made = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas, service: Service = None, parent=None) -> None:
        super().__init__(parent)
        self.canvas = canvas
        self.setMinimumWidth(240)
        self.region = RegionDisplay(canvas, self)
        self.tools = RegionTools(canvas, self)
        self.overlay = PreviewOverlay(canvas, self)
        self.source_bar = SourceBar(canvas)
        self.region_bar = RegionBar(canvas, self.tools, self.source_bar.layers)
        service = service or Service.instance()
        # Of several dates, things are pointed at in the last one.
        self.pointing = Pointing(
            canvas, MaskEngines(service), lambda: next(reversed(self.source_bar.layers() or (None,))), self)
        self.region_bar.add_tool(self.pointing.action)
        self.chat = ChatView()
        self.composer = Composer()
        self.menu = ComposerMenu(self.composer)
        self.session = Session(service, canvas, self.source_bar, self.region, self)
        self.change_view = ChangeView(self.session, self.source_bar.dates, self)
        self.conversation = Conversation(self.session, self.chat, self.composer, self.overlay, self.change_view, self)
        self.knowledge = KnowledgeMenu(self.composer, self.session.service, canvas, self)
        self._lay_out()
        self._wire()
        self.conversation.restore()

    def _lay_out(self) -> None:
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(8, 6, 8, 6)
        rows.setSpacing(4)
        rows.addWidget(self.source_bar)
        rows.addWidget(self.region_bar)
        rows.addWidget(self.pointing.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._line())
        layout.addWidget(self.chat, 1)
        layout.addWidget(self._line())
        layout.addWidget(self.composer)

    def _wire(self) -> None:
        self.tools.captured.connect(self._captured)
        self.tools.edited.connect(self.region.set_region)
        self.tools.refused.connect(self.conversation.say)
        self.pointing.said.connect(self.conversation.say)
        self.conversation.refine.connect(self._refine)
        self.pointing.refused.connect(self.conversation.packages.check)
        self.tools.actions["edit"].triggered.connect(lambda: self._edit())
        self.region.changed.connect(self.region_bar.show_region)
        self.region.changed.connect(self.source_bar.set_region)
        self.region.changed.connect(self._region_changed)
        self.canvas.destinationCrsChanged.connect(self._edit)
        self.region_bar.picked.connect(self._captured)
        self.region_bar.cleared.connect(self.region.clear)
        self.region_bar.refused.connect(self.conversation.say)
        self.source_bar.mode_changed.connect(self.conversation.show_dates)
        self.composer.sent.connect(self.conversation.ask)
        self.composer.stopped.connect(self.session.stop)
        self.composer.left.connect(self.canvas.setFocus)
        self.menu.new_conversation.connect(self.conversation.start_anew)
        self.session.knowledge = lambda: str(self.knowledge.base or "")
        self.knowledge.said.connect(self.conversation.say)
        self.conversation.cited.connect(self.knowledge.lead)
        self.menu.report_wanted.connect(self.conversation.reports.whole)
        self.conversation.reports.layout_made.connect(self.layout_made)
        self.session.running_changed.connect(self.composer.set_running)
        self.session.finished.connect(self._finished)
        project = QgsProject.instance()
        project.cleared.connect(self._project_closed)
        project.readProject.connect(self._project_opened)

    def ask_about(self, layer) -> None:
        """Make ``layer`` the source and wait for the question."""
        self.source_bar.choose(layer)
        self.composer.edit.setFocus()

    def compare_with(self, layer) -> None:
        """Make ``layer`` one of two dates and wait for the question."""
        self.source_bar.compare_with(layer)
        self.composer.edit.setFocus()

    def _captured(self, region) -> None:
        self.region.set_region(region)
        self.composer.edit.setFocus()

    def _region_changed(self, region) -> None:
        if region is None and self.canvas.mapTool() is self.tools.editor:
            self.tools.restore()

    def _refine(self, exchange, number: int) -> None:
        layers = self.session.layers_of(exchange)
        self.pointing.refine(layers[-1] if layers else None, exchange.features, number)

    def _edit(self, *_args) -> None:
        # The editor works in canvas units: it takes the region anew when it starts and when those units change.
        if self.region.region is not None and self.canvas.mapTool() is self.tools.editor:
            self.tools.editor.edit(self.region.on_canvas(bend=False))

    def _finished(self, exchange) -> None:
        if not self.isVisible():
            self.notice.emit(exchange.answer)

    def _project_closed(self) -> None:
        self.conversation.forget()
        self.region.clear()

    def _project_opened(self, *_args) -> None:
        self.conversation.restore()

    def unload(self) -> None:
        """Stop what runs and leave canvas and project as they were."""
        project = QgsProject.instance()
        project.cleared.disconnect(self._project_closed)
        project.readProject.disconnect(self._project_opened)
        self.canvas.destinationCrsChanged.disconnect(self._edit)
        self.conversation.forget()
        self.knowledge.unload()
        self.source_bar.unload()
        self.change_view.unload()
        self.pointing.unload()
        self.tools.unload()
        self.overlay.unload()
        self.region.unload()

    @staticmethod
    def _line() -> QFrame:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setFixedHeight(1)
        line.setForegroundRole(QPalette.ColorRole.Mid)
        return line

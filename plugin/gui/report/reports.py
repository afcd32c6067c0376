"""The buttons that make reports: of one answer, of the whole conversation, and print layouts."""

from qgis.PyQt.QtCore import QObject, pyqtSignal

from .layout_flow import LayoutFlow
from .report_flow import ReportFlow


class Reports(QObject):
    """Belongs to a ``Conversation``. ``layout_made(layout)``: to be opened. Main thread only."""

    layout_made = pyqtSignal(object)

    def __init__(self, conversation) -> None:
        super().__init__(conversation)
        self.conversation = conversation

    def of_answer(self, exchange) -> None:
        """A report of one answer; what becomes of it stands on its card."""
        if self._export([exchange], exchange.keeping.title, exchange.card.say, exchange):
            exchange.card.say(self.tr("Writing the report…"))

    def whole(self) -> None:
        """A report of everything that was answered; what becomes of it stands in the chat."""
        conversation = self.conversation
        exchanges = [exchange for exchange in conversation.session.exchanges if exchange.done]
        if not exchanges:
            conversation.say(self.tr("There is nothing to report yet. Ask a question first, then export the report."))
            return
        self._export(exchanges, self.tr("Conversation"), conversation.say, self)

    def print_layout(self, exchange) -> None:
        """A print layout of one answer, added to the project and opened."""
        flow = LayoutFlow(exchange)
        flow.said.connect(exchange.card.say)
        flow.made.connect(self.layout_made)
        flow.start()

    def _export(self, exchanges: list, name: str, say, parent: QObject) -> bool:
        """Whether a report is on its way."""
        flow = ReportFlow(parent)
        flow.said.connect(say)
        path = flow.ask_path(self.conversation.chat.window(), name)
        if path is not None:
            flow.export(exchanges, path)
        return path is not None

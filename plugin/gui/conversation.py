"""The conversation as it is seen: which widget stands where, what is drawn on the map, what the project keeps."""

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core import conversations
from ..core.estimates import estimate_sentence
from ..core.map_region import MapRegion
from .chat.change_section import ChangeSection
from .chat.choice_card import ChoiceCard
from .chat.empty_state import EmptyState
from .chat.places_section import SIDE as PLACE_SIDE
from .chat.places_section import PlacesSection
from .chat.question_bubble import QuestionBubble
from .conversation_record import exchange_of, record_of
from .export_flow import ExportFlow
from .overlay import flash_features
from .packages import Packages
from .place_pictures import PlacePictures
from .region_choices import zoom_to
from .report.reports import Reports
from .thumbnail import Thumbnail


class Conversation(QObject):
    """Joins :class:`Session` to the chat view, the overlay and the project. Main thread only.

    ``refine(exchange, feature index)``: an object is to be put right.
    """

    refine = pyqtSignal(object, int)

    #: An exchange, and the record of a citation in its answer that was chosen.
    cited = pyqtSignal(object, object)

    def __init__(self, session, chat, composer, overlay, change_view, parent=None) -> None:
        super().__init__(parent)
        self.session, self.chat, self.composer, self.overlay = session, chat, composer, overlay
        self.change_view = change_view
        self.empty = None
        self.two_dates = False
        self.packages = Packages(session.service, chat, self)
        self.packages.ready.connect(self._show_start)
        self.reports = Reports(self)
        session.added.connect(self._added)
        session.refused.connect(self._refused)
        session.long_run.connect(self._long_run)
        session.finished.connect(self._finished)
        session.changed.connect(self.store)

    def ask(self, text: str) -> None:
        """A question from the composer or from a sample."""
        if not self.packages.check():
            self.composer.fill(text)
            return
        self.session.ask(text)

    def say(self, sentence: str) -> None:
        """One sentence in the chat that is no answer."""
        self._leave_start()
        self.chat.add(ChoiceCard(sentence, ()))

    def show_dates(self, two: bool) -> None:
        """Sample questions for one date or for two."""
        self.two_dates = two
        if self.empty is not None:
            self.empty.show_dates(two)

    def start_anew(self) -> None:
        """Forget the conversation, in the project too; layers stay."""
        had = bool(self.session.exchanges)
        self.forget()
        if had:
            conversations.clear(QgsProject.instance())
            QgsProject.instance().setDirty(True)
        self._show_start()

    def forget(self) -> None:
        """Take everything off the panel and the map; the project is left alone."""
        self.session.forget()
        self.overlay.clear()
        self.change_view.clear()
        self.chat.clear()
        self.empty = None

    def restore(self) -> None:
        """Show the project's conversation; nothing is run."""
        self.forget()
        for turn in conversations.load(QgsProject.instance()):
            exchange = exchange_of(turn, self.session)
            self.session.exchanges.append(exchange)
            exchange.retry.connect(lambda exchange=exchange: self.ask(exchange.question))
            exchange.changed.connect(self.session.changed)
            self._show(exchange)
        if not self.session.exchanges:
            self._show_start()

    def store(self) -> None:
        """Keep the conversation in the project."""
        done = [exchange for exchange in self.session.exchanges if exchange.done]
        conversations.save(QgsProject.instance(), [record_of(exchange) for exchange in done])

    def _show_start(self) -> None:
        self._leave_start()
        if self.session.exchanges or not self.packages.check():
            return
        self.empty = EmptyState()
        self.empty.asked.connect(self.ask)
        self.empty.show_dates(self.two_dates)
        self.chat.add(self.empty)

    def _leave_start(self) -> None:
        if self.empty is not None:
            self.chat.remove(self.empty)
            self.empty = None

    def _added(self, exchange) -> None:
        self._leave_start()
        self.overlay.clear()
        self._show(exchange)

    def _show(self, exchange) -> None:
        exchange.preview.connect(self.overlay.show_features)
        exchange.point_at.connect(lambda features, indices: flash_features(self.overlay.canvas, features, indices))
        exchange.show_places.connect(lambda extents: self._show_places(exchange, extents))
        exchange.card.cited.connect(lambda record: self.cited.emit(exchange, record))
        exchange.export.connect(self._export)
        exchange.tools_offered.connect(lambda: self.change_view.attach(exchange))
        self.change_view.attach(exchange)
        exchange.card.refine.connect(lambda number: self.refine.emit(exchange, number))
        exchange.report.connect(self.reports.of_answer)
        exchange.print_layout.connect(self.reports.print_layout)
        bubble = QuestionBubble(exchange.question, exchange.subject, exchange.region is not None)
        bubble.region_wanted.connect(lambda: self._show_region(exchange.region))
        self.chat.add(bubble, lead=True)
        self.chat.add(exchange.card)

    def _show_region(self, region) -> None:
        self.session.regions.set_region(region)
        zoom_to(self.overlay.canvas, region)

    def _show_places(self, exchange, extents: list) -> None:
        """Zoom to places of the layer asked about; the first signal before their outlines flash."""
        box = QgsRectangle()
        for extent in extents:
            box.combineExtentWith(QgsRectangle(*extent))
        if exchange.features is not None:
            crs = QgsCoordinateReferenceSystem.fromWkt(exchange.features.crs_wkt)
        else:
            crs = self._crs_of(self.session.layers_of(exchange))
        zoom_to(self.overlay.canvas, MapRegion.from_extent(box, crs))

    @staticmethod
    def _crs_of(layers: list) -> QgsCoordinateReferenceSystem:
        """The CRS that the facts of a question about ``layers`` are in, as far as it can be told."""
        return layers[0].crs() if len(layers) == 1 else QgsCoordinateReferenceSystem()

    def _finished(self, exchange) -> None:
        if not exchange.done:
            self.packages.check()  # packages that do not import show only now
        section = exchange.card.section
        extent = exchange.facts.get("extent")
        layers = self.session.layers_of(exchange)
        if isinstance(section, PlacesSection) and layers:
            exchange.thumbnail = PlacePictures(layers, section.extents, self._crs_of(layers), PLACE_SIDE, exchange)
            exchange.thumbnail.ready.connect(section.set_picture)
            exchange.thumbnail.start()
            return
        if section is None or section.picture is None or not extent or not layers:
            return
        crs = self._crs_of(layers)
        if isinstance(section, ChangeSection) and len(layers) == 2:
            # The date after on top, in the CRS of the facts: that of the date before.
            crs, layers = layers[0].crs(), layers[::-1]
        exchange.thumbnail = Thumbnail(layers, QgsRectangle(*extent), crs, exchange)
        exchange.thumbnail.ready.connect(exchange.card.set_picture)
        exchange.thumbnail.start()

    def _refused(self, text: str, sentence: str) -> None:
        self.composer.fill(text)
        self.say(sentence)

    def _long_run(self, estimate) -> None:
        card = ChoiceCard(
            estimate_sentence(estimate),
            (
                ("run", self.tr("Run")),
                ("smaller", self.tr("Smaller Region")),
                ("coarser", self.tr("Coarser")),
                ("cancel", self.tr("Cancel")),
            ),
            "/propertyicons/temporal.svg",
        )
        card.chosen.connect(self._chosen)
        self.session.current.card.ask(card)

    def _chosen(self, key: str) -> None:
        exchange = self.session.current
        if key in ("run", "coarser"):
            self.session.run(coarser=key == "coarser")
            return
        self.session.stop()
        if key == "smaller" and exchange is not None:
            self.composer.fill(exchange.question)
            self.parent().tools.start("rectangle")

    def _export(self, exchange) -> None:
        flow = ExportFlow(exchange.keeping.title, exchange)
        flow.said.connect(exchange.card.say)
        layer = exchange.keeping.layer
        crs = layer.crs() if layer is not None else QgsCoordinateReferenceSystem.fromWkt(exchange.features.crs_wkt)
        choice = flow.ask(self.chat.window(), crs, shape=layer is None)
        if choice is None:
            return
        if layer is not None:
            flow.export_layer(layer, choice)
        else:
            flow.export_features(exchange.features, choice)

"""Pointing at things: joins the hand, the desk in the background, the bar, and the layer that takes what was found."""

from typing import Any, Callable, Optional

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from ...core import log
from ...core.errors import PluginError
from ...core.mask_desk import MaskDesk, Shown, Wish
from ...core.mask_ground import MaskGround, ground_of
from ...core.messages import sentence
from ..class_colours import class_colour
from ..models.opening import show_models
from ..tools.previous_tool import give_back
from .accepted import accepted
from .box_of import box_of
from .hover import Hover
from .icon import point_icon
from .more_alike import find_alike
from .point_tool import PointTool
from .pointing_bar import PointingBar
from .pointing_view import PointingView
from .standing import standing
from .taking import Taking


class Pointing(QObject):
    """``refused()``: the packages are missing. ``said(sentence)``: to be said once the bar is gone.

    ``source``: () → the layer that is pointed at, None for the map as shown. Main thread only.
    """

    refused = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(
        self, canvas: QgsMapCanvas, engines: Any, source: Callable[[], Optional[QgsMapLayer]], parent: QObject = None
    ) -> None:
        super().__init__(parent)
        self.canvas, self.engines, self.source = canvas, engines, source
        self.bar = PointingBar()
        self.bar.hide()
        self.tool = PointTool(canvas)
        self.action = QAction(point_icon(), self.tr("Point at things"), self)
        self.action.setObjectName("terralogue-point")
        self.action.setToolTip(self.tr("Point at things and take their outlines: click, box or lasso"))
        self.action.setCheckable(True)
        self.action.triggered.connect(lambda _checked=False: self.stop() if self.active else self.start())
        self.tool.setAction(self.action)
        self.desk = MaskDesk(engines, self)
        self.taking = Taking(self)
        self.view = PointingView(canvas, self.desk)
        self.hover = Hover(self.desk, self._wish_here, self.view.hint.clear, self._renew_ground, lambda: self._stale, self)
        #: Made at the first start: it needs the core packages.
        self.session: Any = None
        self.shown: Optional[Shown] = None
        self._previous = None
        self._place = None
        self._due = self._stale = self._gone = False
        self._wire()

    @property
    def active(self) -> bool:
        """Whether the hand is on the map."""
        return not sip.isdeleted(self.canvas) and self.canvas.mapTool() is self.tool

    @property
    def ground(self) -> Optional[MaskGround]:
        """The imagery that is pointed at."""
        return self.desk.ground

    def start(self, layer: Optional[QgsMapLayer] = None) -> bool:
        """Begin, or go on, on ``layer`` or the source of the panel. False if that cannot be; the reason is said."""
        if not self.engines.ready()[0]:
            self.action.setChecked(False)
            self.refused.emit()
            return False
        if self.session is None:
            from ....models.masks.pointing_session import PointingSession
            from ....models.vision.legend import MASK_CLASSES

            self.session = PointingSession()
            self.bar.offer_labels(MASK_CLASSES)
        self.bar.show_engines(self.engines.choices(), self.engines.preferred)
        try:
            self._point_at(ground_of(layer or self.source(), self.canvas.mapSettings()))
        except (PluginError, *_model_errors()) as error:
            log.error(error, "pointing at a layer")
            self.action.setChecked(False)
            self.said.emit(sentence(error))
            return False
        if not self.active:
            self._previous = self.canvas.mapTool()
            self.canvas.setMapTool(self.tool)
        return True

    def stop(self) -> None:
        """Leave; layers made here keep what was taken."""
        if not self.active:
            return
        previous, self._previous = self._previous, None
        give_back(self.canvas, self.tool, previous)

    def refine(self, layer: Optional[QgsMapLayer], features: Any, number: int) -> None:
        """Begin with the box around object ``number`` of a FeatureSet that was found in ``layer``."""
        corners = box_of(self.canvas, features, number)
        if corners is not None and self.start(layer):
            self.bar.label.setEditText(features.features[number].label)
            self._clear()
            self._pointed("box", corners)

    def unload(self) -> None:
        """Leave the canvas as it was and stop what runs."""
        if self._gone:
            return
        self._gone = True
        self.stop()
        project = QgsProject.instance()
        project.layersWillBeRemoved.disconnect(self._layers_leave)
        project.cleared.disconnect(self._project_closed)
        if not sip.isdeleted(self.canvas):
            self.canvas.extentsChanged.disconnect(self._view_changed)
            self.canvas.destinationCrsChanged.disconnect(self._show_marks)
        self.desk.unload()
        self.taking.unload()
        self.view.unload()
        if not sip.isdeleted(self.tool):
            self.tool.deleteLater()

    def _wire(self) -> None:
        tool, desk, bar = self.tool, self.desk, self.bar
        tool.activated.connect(self._begin)
        tool.deactivated.connect(self._end)
        tool.pointed.connect(self._pointed)
        tool.drawing.connect(self.view.show_drawn)
        tool.hovered.connect(self._hovered)
        tool.key.connect(self._do)
        bar.pressed.connect(self._do)
        bar.left.connect(self.canvas.setFocus)
        bar.engine_changed.connect(lambda _key: self._engine_changed())
        bar.engines_wanted.connect(self._show_engine_folder)
        bar.label_changed.connect(self._label_changed)
        desk.shown.connect(self._shown)
        desk.failed.connect(self._failed)
        desk.said.connect(lambda text: bar.say(text, True))
        desk.looking_changed.connect(self._looking)
        self.taking.undone.connect(self._undone)
        self.canvas.extentsChanged.connect(self._view_changed)
        self.canvas.destinationCrsChanged.connect(self._show_marks)
        project = QgsProject.instance()
        project.layersWillBeRemoved.connect(self._layers_leave)
        project.cleared.connect(self._project_closed)

    # The hand is on the map, or leaves it ------------------------------------------------------------------------

    def _begin(self) -> None:
        self.view.begin()
        self.bar.show()
        self._show_marks()
        if self.session.empty:
            self._tell()
            # The place that is seen is looked at before anybody points: the first click is answered as fast as the second.
            self._place = self.canvas.center()
            self.hover.look()
        else:
            self._ask()

    def _end(self) -> None:
        self.hover.stop()
        self.bar.hide()
        self.view.end()
        if self.desk.ground is not None:
            self.desk.wish(None)
        said = self.taking.finish()
        if said:
            self.said.emit(said)

    # Prompts -----------------------------------------------------------------------------------------------------

    def _pointed(self, kind: str, points: list) -> None:
        from ....models.errors import TooManyPrompts
        from ....models.masks.pointing_session import Step

        self._renew_ground()
        self._due = False
        self._place = points[0]
        places = self.view.places.to_ground(points)
        if places is None:
            self.bar.say(self.tr("The imagery has no such place. Point somewhere else."), True)
            return
        try:
            self.session.add(Step(kind, places))
        except TooManyPrompts as error:
            self.bar.say(sentence(error), True)
            return
        self._ask()

    def _ask(self) -> None:
        """Ask the desk for what is pointed at now."""
        self.view.hint.clear()
        self.hover.stop()
        self._show_marks()
        self._tell()  # first: what is known already is answered at once
        if self.session.pointed:
            self.desk.wish(Wish(self.session.steps, self._screen(), self.bar.label_text))
        else:
            self.desk.wish(None)
            self.shown = None
            self.view.band.clear()

    def _do(self, name: str) -> None:
        """A key or a button."""
        if name == "lasso":
            self.tool.lasso = self.bar.buttons["lasso"].isChecked()
        elif name == "escape":
            self.stop() if self.session.empty else self._clear()
        else:
            {"accept": self._accept, "undo": self._undo, "clear": self._clear, "leave": self.stop,
             "another": self._another, "alike": self._alike, "undo_taken": self._undo_taken,
             "redo_taken": self._redo_taken}[name]()  # fmt: skip
        if self.active:
            self.canvas.setFocus()

    def _undo(self) -> None:
        self._due = False
        if self.session.undo() is not None:
            self._ask()

    def _clear(self) -> None:
        self._due = False
        self.session.clear()
        self._ask()

    def _another(self) -> None:
        if self.shown is not None and len(self.shown.readings) > 1:
            self.desk.choose(self.shown, (self.shown.chosen + 1) % len(self.shown.readings))
            self._draw()

    # What is found -----------------------------------------------------------------------------------------------

    def _shown(self, shown: Shown) -> None:
        if not self.active:
            return
        if shown.wish.hover:
            self.view.show_hint(shown if self.session.empty else None, self._colour())
            self.view.show_window(self.shown if not self.session.empty else None)
            if self.session.empty:
                self._tell()
        elif shown.wish.steps == self.session.steps:
            self.shown = shown
            self._draw()
            if self._due:
                self._accept()

    def _draw(self) -> None:
        self.view.show_window(self.shown)
        self.view.show_mask(self.shown, self._colour())
        self._tell(self.shown)

    def _failed(self, text: str, wish: Wish) -> None:
        if not self.active:
            return
        if wish.hover:
            self.view.hint.clear()
            if self.session.empty:
                self.bar.say(text)
            return
        self._due = False
        if wish.steps == self.session.steps:
            self.session.undo()
            self._ask()
        self.bar.say(text, True)

    def _looking(self, busy: bool) -> None:
        self.bar.set_busy(busy)
        if self.active:
            self.view.show_window(self.shown if not self.session.empty else None)
            self._tell(self.shown if not self.session.empty else None)

    # Taking ------------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        shown = self.shown
        if not self.session.pointed:
            self.bar.say(self.tr("There is nothing to take yet. Click on a thing first."), True)
            return
        if shown is None or shown.wish.steps != self.session.steps:
            self._due = True  # Enter came before the answer: it is taken as soon as it is there
            return
        self._due = False
        if shown.reading is None:
            self._tell(shown)
            return
        features, provenance = accepted(shown, self.desk, self.bar.label_text)
        try:
            said = self.taking.take(features, self.bar.target_layer, provenance)
        except PluginError as error:
            log.error(error, "taking a mask")
            self.bar.say(sentence(error), True)
            return
        if self.bar.target_layer is None:
            self.bar.target.setLayer(self.taking.layer)
        self.session.accept(features)
        self._ask()
        self.bar.say(said)

    def _undo_taken(self) -> None:
        text = self.taking.undo()
        self.bar.say(self.tr("Undone: {what}").format(what=text) if text else self.tr("There is nothing left to undo."))

    def _redo_taken(self) -> None:
        text = self.taking.redo()
        self.bar.say(self.tr("Done again: {what}").format(what=text) if text else self.tr("There is nothing to do again."))

    def _undone(self, count: int) -> None:
        """The layer's undo stack moved, by our key or by QGIS's own."""
        if self.session is None or len(self.session.taken) <= count:
            return
        if self.taking.layer is None or not self.taking.layer.isEditable():
            self.session.taken.clear()
            return
        while len(self.session.taken) > count:
            self.session.undo_accepted()
        if self.active:
            self._ask()

    def _alike(self) -> None:
        """Everything like what was taken, or like the features selected in the target."""
        self.taking.finish()
        names = () if self.ground is None else self.ground.layer_ids
        raster = QgsProject.instance().mapLayer(names[0]) if len(names) == 1 else None
        problem = find_alike(raster, self.bar.target_layer)
        if problem:
            self.bar.say(problem, True)

    # A preview under the mouse -----------------------------------------------------------------------------------

    def _hovered(self, point) -> None:
        self._place = point
        if point is not None and self.session.empty:
            self.hover.moved()
            return
        self.hover.stop()
        if point is None:
            self.view.hint.clear()

    def _wish_here(self, look: bool) -> Optional[Wish]:
        """The thing under the mouse, as a wish."""
        if not self.active or not self.session.empty or self._place is None or self.ground is None:
            return None
        from ....models.masks.pointing_session import Step

        places = self.view.places.to_ground([self._place])
        return None if places is None else Wish(
            (Step("inside", places),), self._screen(), self.bar.label_text, True, look)

    # The ground --------------------------------------------------------------------------------------------------

    def _point_at(self, ground: MaskGround) -> None:
        if self.ground is not None and self.ground.key != ground.key and self.session is not None:
            self.session.clear()
            self.shown = None
        self.desk.point_at(ground, self.bar.engine_key)
        self._stale = False

    def _renew_ground(self) -> None:
        """The picture of a view ends with the view; an object that was begun in it keeps it."""
        if not self._stale or self.ground is None or not self.session.empty:
            return
        layer = QgsProject.instance().mapLayer(self.ground.layer_ids[0]) if len(self.ground.layer_ids) == 1 else None
        try:
            self._point_at(ground_of(layer, self.canvas.mapSettings()))
        except (PluginError, *_model_errors()) as error:
            log.error(error, "pointing at the map")
            self.bar.say(sentence(error), True)

    def _view_changed(self) -> None:
        if self.ground is not None and self.ground.screen:
            self._stale = True

    def _engine_changed(self) -> None:
        if self.ground is None:
            return
        self.shown = None
        self.view.band.clear()
        self.desk.point_at(self.ground, self.bar.engine_key)
        if self.active:
            self._ask()

    def _show_engine_folder(self) -> None:
        """Open the window in which further engines are fetched and imported."""
        show_models(self.canvas.window())
        self.bar.say(self.tr("Fetch or import a model in the window of models, then begin again."))

    def _label_changed(self) -> None:
        if self.active and self.shown is not None and not self.session.empty:
            self._draw()

    def _layers_leave(self, layer_ids) -> None:
        if self.ground is None or not set(layer_ids) & set(self.ground.layer_ids):
            return
        name, was_on = self.ground.name, self.active
        self.session.clear()
        self.shown = None
        self.stop()
        self.desk.point_at(None, "")
        if was_on:
            from ...core.errors import LayerUnsupported

            self.said.emit(sentence(LayerUnsupported(name, "gone")))

    def _project_closed(self) -> None:
        self.stop()
        if self.session is not None:
            self.session.clear()
            self.session.taken.clear()
        self.shown = None
        self.desk.point_at(None, "")

    # What is seen of it ------------------------------------------------------------------------------------------

    def _tell(self, shown: Optional[Shown] = None) -> None:
        """Buttons and the line under them, as it stands."""
        some = not self.session.empty
        self.bar.offer(undo=some, clear=some, accept=some, another=some and shown is not None and len(shown.readings) > 1)
        self.bar.say(*standing(self.session, self.desk.looking, shown))

    def _show_marks(self) -> None:
        if self.view.marks is not None:
            self.view.show_steps(self.session.steps)
            self.view.show_window(self.shown if not self.session.empty else None)

    def _colour(self):
        return class_colour(self.bar.label_text)

    def _screen(self) -> float:
        return self.view.places.pixel(self._place or self.canvas.center())


def _model_errors() -> tuple:
    from ....models.errors import TerralogueError

    return (TerralogueError,)

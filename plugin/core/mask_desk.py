"""Pointing at imagery in the background: a place is looked at by a task, masks are decoded on a thread beside it.

The latest wish wins: what was wished before and is not under way is never worked on.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, List, Optional, Tuple

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...models.cancel import CancelToken
from ...models.errors import Cancelled, TerralogueError
from . import log
from .errors import RasterChanged
from .mask_ground import MaskGround
from .messages import sentence, tr
from .tasks import RunTask, start

if TYPE_CHECKING:
    from ...models.masks.engine import MaskEngine
    from ...models.masks.look_frame import LookFrame
    from ...models.masks.looking import Look, Opened
    from ...models.masks.pointing_session import Step
    from ...models.masks.taking import Reading

#: Looks kept in memory: a few megabytes each.
LOOKS = 8
#: Answers kept, so that taking a prompt back asks nobody.
ANSWERS = 64


@dataclass(frozen=True)
class Wish:
    """``steps``: of a ``PointingSession``, in CRS units of the ground. ``screen``: such units a pixel of the screen.

    ``hover``: the mouse only rests there; a place that was not looked at yet is then looked at only if ``look``.
    """

    steps: "Tuple[Step, ...]"
    screen: float
    label: str = ""
    hover: bool = False
    look: bool = True


@dataclass
class Shown:
    """The answer to ``wish``: ways to read it, best first, and which of them is ``chosen``."""

    wish: Wish
    readings: "Tuple[Reading, ...]"
    frame: "LookFrame"
    chosen: int = 0

    @property
    def reading(self) -> "Optional[Reading]":
        """The chosen one; None if nothing was found."""
        return self.readings[self.chosen] if self.readings else None


class MaskDesk(QObject):
    """``shown(Shown)``, ``failed(sentence, Wish)``, ``said(sentence)``, ``looking_changed(bool)``. Main thread only."""

    shown = pyqtSignal(object)
    failed = pyqtSignal(str, object)
    said = pyqtSignal(str)
    looking_changed = pyqtSignal(bool)
    _decoded = pyqtSignal(object, object)

    def __init__(self, engines: Any, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.engines = engines
        self.ground: Optional[MaskGround] = None
        self.opened: "Optional[Opened]" = None
        self._key = ""
        self._engine: "Optional[MaskEngine]" = None
        self._looks: "List[Look]" = []
        self._answers: List[Shown] = []
        self._wish: Optional[Wish] = None
        self._task: Optional[RunTask] = None
        self._task_wish: Optional[Wish] = None
        self._age = 0
        self._busy = self._gone = False
        self._stop = CancelToken()
        self._pool = ThreadPoolExecutor(1, "terralogue-masks")
        self._decoded.connect(self._take)

    @property
    def looking(self) -> bool:
        """Whether a place is being looked at."""
        return self._task is not None

    @property
    def engine(self) -> "Optional[MaskEngine]":
        """The engine, once it was opened."""
        return self._engine

    @property
    def frames(self) -> "List[LookFrame]":
        """The windows looked at, the latest last."""
        return [look.frame for look in self._looks]

    def point_at(self, ground: Optional[MaskGround], key: str) -> None:
        """Look at ``ground`` with the engine ``key`` from now on; what is known of other ground is let go."""
        if self.ground is not None and ground is not None and (self.ground.key, self._key) == (ground.key, key):
            return
        self.ground, self._key, self._engine = ground, key, None
        self.forget()

    def forget(self) -> None:
        """Let go of everything that was seen and wished."""
        self._age += 1
        self._wish = self.opened = None
        self._looks, self._answers = [], []
        if self._task is not None:
            self._task.cancel()

    def wish(self, wish: Optional[Wish]) -> None:
        """What is wanted now, in place of all that was wanted before; None: nothing."""
        self._wish = wish
        self._serve()

    def knows(self, steps: "Tuple[Step, ...]", screen: float) -> bool:
        """Whether ``steps`` lie where was looked already."""
        try:
            return self._look(Wish(steps, screen)) is not None
        except TerralogueError:
            return False

    def choose(self, shown: Shown, number: int) -> None:
        """Of the readings of ``shown``, go on with ``number``: a further prompt refines that one."""
        shown.chosen = number
        known = self._answer(shown.frame, shown.wish.steps)
        if known is not None:
            known.chosen = number

    def unload(self) -> None:
        """Stop what runs; nothing is heard afterwards. Safe to call twice."""
        self._gone = True
        self.forget()
        self.ground = None
        self._stop.cancel()
        self._pool.shutdown(wait=True)

    def _serve(self) -> None:
        wish = self._wish
        if wish is None or self.ground is None:
            return
        try:
            look = self._look(wish)
        except TerralogueError as error:
            self._fail(sentence(error), wish)
            return
        if look is None:
            if wish.look:
                self._encode(wish)
            return
        known = self._answer(look.frame, wish.steps)
        if known is not None and known.wish.label == wish.label:
            self._wish = None
            self.shown.emit(Shown(wish, known.readings, known.frame, known.chosen))
        elif not self._busy:
            self._decode(wish, look)

    def _look(self, wish: Wish) -> "Optional[Look]":
        """What was seen of the place of ``wish``, None if nothing. Raises PromptOutside."""
        if self.opened is None or self._engine is None:
            return None
        factor = self.opened.factor(self._engine, wish.screen)
        wanted, bounds = self.opened.frame(self._engine, factor, wish.steps), self.opened.bounds(wish.steps)
        holding = [look for look in self._looks if look.frame == wanted or (
            look.frame.factor == wanted.factor and look.frame.holds(bounds, self.opened.grid))]
        # The latest first: while it serves, an object keeps the window that it was begun in.
        return holding[-1] if holding else None

    def _answer(self, frame: "LookFrame", steps: "Tuple[Step, ...]") -> Optional[Shown]:
        return next((one for one in self._answers if one.frame == frame and one.wish.steps == steps), None)

    def _encode(self, wish: Wish) -> None:
        if self._task is not None:
            if not self._waits_for_task(wish):
                self._task.cancel()
            return  # its end serves the latest wish
        ground, opened, engines, key = self.ground, self.opened, self.engines, self._key
        if ground is None:
            return

        def work(progress: Callable[[float, str], None], cancel: CancelToken) -> Any:
            from ...models.masks.looking import Opened, look

            engine = engines.open(key)
            source = ground.snapshot.open(cancel).source
            try:
                known = opened
                if known is None or known.fingerprint != source.fingerprint():
                    known = Opened.of(source, cancel)
                progress(0.2, "")
                frame = known.frame(engine, known.factor(engine, wish.screen), wish.steps)
                return engine, known, look(source, known, frame, engine, cancel, engines.kept())
            finally:
                source.close()

        age = self._age
        self._task, self._task_wish = RunTask(tr("Terralogue: looking at this place"), work, ground.layer_ids), wish
        self._task.finished_with.connect(lambda outcome: self._looked(outcome, age, wish))
        self.looking_changed.emit(True)
        start(self._task)

    def _waits_for_task(self, wish: Wish) -> bool:
        """Whether what is being looked at will serve ``wish`` too, or is more urgent: a click before a resting mouse."""
        under_way = self._task_wish
        if under_way is None or self.opened is None or self._engine is None:
            return True
        if under_way.steps == wish.steps or (wish.hover and not under_way.hover):
            return True
        factor = self.opened.factor(self._engine, under_way.screen)
        frame = self.opened.frame(self._engine, factor, under_way.steps)
        wanted = self.opened.frame(self._engine, self.opened.factor(self._engine, wish.screen), wish.steps)
        return frame.factor == wanted.factor and frame.holds(self.opened.bounds(wish.steps), self.opened.grid)

    def _looked(self, outcome: Any, age: int, wish: Wish) -> None:
        self._task = self._task_wish = None
        if self._gone:
            return
        self.looking_changed.emit(False)
        if age == self._age and outcome.ok:
            self._engine, opened, look = outcome.result
            if self.opened is not None and opened.fingerprint != self.opened.fingerprint:
                self._looks, self._answers = [], []
            self.opened = opened
            self._looks = [*self._looks, look][-LOOKS:]
        elif age == self._age and self._wish is wish:
            self._fail(outcome.message, wish)  # also where the user stopped it in QGIS's list of tasks
            return
        self._serve()

    def _decode(self, wish: Wish, look: "Look") -> None:
        ground, opened, engine, age, stop = self.ground, self.opened, self._engine, self._age, self._stop
        before = self._answer(look.frame, wish.steps[:-1]) if len(wish.steps) > 1 else None
        memory = before.reading.memory if before is not None and before.reading is not None else None
        if ground is None or opened is None or engine is None:
            return
        self._busy = True

        def work() -> Any:
            from ...models.masks.taking import readings

            if not wish.hover and not ground.screen:
                _check_unchanged(ground, opened)
            found = readings(look, engine, wish.steps, wish.label, memory, stop, opened.name)
            return Shown(wish, tuple(found), look.frame)

        def job() -> None:
            try:
                result = work()
            except BaseException as error:  # must reach the main thread as what it is
                result = error
            self._decoded.emit(result, (age, wish))

        self._pool.submit(job)

    def _take(self, result: Any, job: Tuple[int, Wish]) -> None:
        self._busy = False
        if self._gone:
            return
        age, wish = job
        if age != self._age:
            self._serve()
            return
        current = self._wish
        if isinstance(result, Shown):
            self._answers = [*self._answers, result][-ANSWERS:] if not wish.hover else self._answers
            if current is wish:
                self._wish = None
            # A hand that moves on is followed: what was under it a moment ago is better than nothing.
            if current is wish or (wish.hover and current is not None and current.hover):
                self.shown.emit(result)
        elif isinstance(result, RasterChanged):
            self.said.emit(sentence(result))
            self.forget()
            self._wish = current
        elif isinstance(result, BaseException) and current is wish and not isinstance(result, Cancelled):
            if not isinstance(result, TerralogueError):
                log.error(result, "decoding a mask")
            self._fail(sentence(result), wish)
        if current is not wish or isinstance(result, RasterChanged):
            self._serve()

    def _fail(self, message: str, wish: Wish) -> None:
        self._wish = None
        self.failed.emit(message, wish)


def _check_unchanged(ground: MaskGround, opened: "Opened") -> None:
    """Raise RasterChanged if the file is not what it was, RasterUnreadable if it is gone."""
    source = ground.snapshot.open().source
    try:
        if source.fingerprint() != opened.fingerprint:
            raise RasterChanged(ground.name)
    finally:
        source.close()

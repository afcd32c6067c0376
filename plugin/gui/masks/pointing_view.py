"""What pointing draws on the canvas: prompts, the mask in hand, the hint under the mouse, the window that is looked at."""

from typing import Any, Optional

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtGui import QColor

from ...core.mask_desk import MaskDesk, Shown
from ..tools.region_band import discard
from .ground_places import GroundPlaces
from .mask_band import MaskBand
from .prompt_marks import PromptMarks


class PointingView:
    """Over ``desk``, which knows the ground. Marks are there between :meth:`begin` and :meth:`end`. Main thread only."""

    def __init__(self, canvas: QgsMapCanvas, desk: MaskDesk) -> None:
        self._canvas, self._desk = canvas, desk
        self.band, self.hint = MaskBand(canvas), MaskBand(canvas)
        self.marks: Optional[PromptMarks] = None

    @property
    def places(self) -> GroundPlaces:
        """Between the map and the ground."""
        return GroundPlaces(self._canvas, self._desk.ground.crs)

    def begin(self) -> None:
        """The hand is on the map."""
        self.marks = PromptMarks(self._canvas)

    def end(self) -> None:
        """It has left."""
        self.band.clear()
        self.hint.clear()
        discard(self._canvas, self.marks)
        self.marks = None

    def unload(self) -> None:
        """Leave nothing on the canvas."""
        self.end()
        self.band.unload()
        self.hint.unload()

    def show_steps(self, steps: Any) -> None:
        """Mark what was pointed at."""
        if self.marks is None or self._desk.ground is None:
            return
        marks = [(step.kind, self.places.to_map(step.places)) for step in steps]
        self.marks.show_marks([(kind, points) for kind, points in marks if points])

    def show_drawn(self, kind: str, points: list) -> None:
        """A box or lasso in the making."""
        if self.marks is not None:
            self.marks.show_drawn(kind, points)

    def show_window(self, shown: Optional[Shown]) -> None:
        """The edge of the window that ``shown`` is about, or of the latest one."""
        if self.marks is None or self._desk.opened is None or not self._desk.frames:
            return
        frame = shown.frame if shown is not None else self._desk.frames[-1]
        corners = self.places.to_map(frame.grid(self._desk.opened.grid).corners())
        self.marks.show_window(corners, self._desk.looking)

    def show_mask(self, shown: Optional[Shown], colour: QColor) -> None:
        """The mask in hand, nothing without one."""
        self._fill(self.band, shown, colour, False)

    def show_hint(self, shown: Optional[Shown], colour: QColor) -> None:
        """What a click would outline."""
        self._fill(self.hint, shown, colour, True)

    def _fill(self, band: MaskBand, shown: Optional[Shown], colour: QColor, faint: bool) -> None:
        if shown is None or shown.reading is None:
            band.clear()
        else:
            band.show_features(shown.reading.features, self._desk.ground.crs, colour, faint)

"""The land cover of both dates in SECOND's classes, tile by tile, with what did not change as background."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsProcessingException

from ...models.datasets.legend import Legend
from ...models.datasets.second_pair import blanked
from ...models.datasets.second_palette import BACKGROUND, class_named
from ...models.imagery.grid import Grid, Window
from .class_ground import Ground, GroundLayers
from .messages import short_name, tr


@dataclass(frozen=True)
class CoverPair:
    """Class maps with background where nothing changed; ``matrix``: see ``blanked``; ``unclassed``: share, 0..1."""

    before: np.ndarray
    after: np.ndarray
    matrix: np.ndarray
    unclassed: float

    @property
    def changed(self) -> bool:
        """Whether any pixel is of another class."""
        return bool(self.before.any())


class LandCover:
    """Both land covers on a grid. One thread; ``with`` closes their files.

    Raises QgsProcessingException for a class that SECOND does not have.
    """

    def __init__(self, before: GroundLayers, after: GroundLayers, legend: Legend, grid: Grid) -> None:
        # Pictures in SECOND's colours: their background is what did not change.
        self._blanked = all(not each.vectors and all(not layer.band for layer in each.codes) for each in (before, after))
        with ExitStack() as stack:
            self._dates = [stack.enter_context(Ground(each, grid, legend)) for each in (before, after)]
            self._numbers = {name: _number(name) for ground in self._dates for name in ground.labels}
            self._stack = stack.pop_all()

    def __enter__(self) -> "LandCover":
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.close()

    def pair(self, window: Window) -> CoverPair:
        """The land cover of a tile as SECOND has it. What shows SECOND's background on both dates did not change."""
        (before, known), (after, also) = (ground.painted(window, self._numbers) for ground in self._dates)
        bare = (before == BACKGROUND) | (after == BACKGROUND)
        if self._blanked:
            bare &= before != after
        unclassed = bare | ~known | ~also
        before[~known], after[~also] = BACKGROUND, BACKGROUND
        return CoverPair(*blanked(before, after), float(unclassed.mean()))

    @property
    def left_out(self) -> "Counter[str]":
        """Features that are not drawn, by reason."""
        return sum((Counter(ground.left_out) for ground in self._dates), Counter())

    @property
    def far(self) -> int:
        """Pixels read so far whose colour is far from SECOND's palette."""
        return sum(ground.far for ground in self._dates)


def _number(name: str) -> int:
    try:
        return class_named(name)
    except KeyError as error:
        raise QgsProcessingException(
            tr("“{name}” is none of SECOND's six classes. Say which it is, as in “{name}=tree” or “{name}=-”.").format(
                name=short_name(name)
            )
        ) from error

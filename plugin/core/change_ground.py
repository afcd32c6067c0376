"""Where changes come from, tile by tile: layers of both dates, a layer of changes, or what the model saw."""

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Dict, Iterator, Mapping, Optional, Sequence, Tuple

import numpy as np
from qgis.core import QgsProcessingException

from ...models.datasets.change_rules import CellRule, KindChange, by_components, by_outlines, by_things
from ...models.datasets.chip import Thing
from ...models.datasets.legend import Legend, kind_of
from ...models.features import FeatureSet
from ...models.imagery.grid import Grid, Window
from ...models.language.changechat import Kind
from .class_ground import Ground, GroundLayers
from .messages import short_name, tr
from .training_layers import Shape

TileChange = Dict[Kind, KindChange]


@dataclass(frozen=True)
class ChangeRules:
    """``floor``: fewest pixels of a change; ``share``: of a feature, 0..1, that is on one date only; ``cells``: when a
    cell is listed."""

    floor: int
    share: float
    cells: CellRule


class ChangeGround:
    """``before`` and ``after`` as they differ; not ``compared``: as what went and what came, by itself.

    ``kinds``: the classes of every tile, in the order in which they are spoken of. One thread.
    """

    def __init__(self, before: Ground, after: Ground, rules: ChangeRules, compared: bool = True) -> None:
        self._before, self._after, self._rules, self._compared = before, after, rules, compared
        self._coded = before.coded | after.coded
        if compared and before.labels and after.labels and not before.labels & after.labels:
            raise QgsProcessingException(
                tr("The layers of both dates have no class in common. Give a class field, or one class name for all of them.")
            )
        self._kinds = {label: _kind(label) for label in sorted(before.labels | after.labels)}
        if not self._kinds:
            raise QgsProcessingException(tr("The layers name no class. Choose a class field or other layers."))
        if len(set(self._kinds.values())) < len(self._kinds):
            raise QgsProcessingException(tr("Two classes of the layers have one name in English. Rename one of them."))

    @property
    def kinds(self) -> Tuple[Kind, ...]:
        """The classes."""
        return tuple(self._kinds.values())

    @property
    def left_out(self) -> Mapping[str, int]:
        """Features that are not drawn, by reason."""
        reasons = {**self._before.left_out, **self._after.left_out}
        return {reason: self._before.left_out.get(reason, 0) + self._after.left_out.get(reason, 0) for reason in reasons}

    def tile(self, window: Window) -> Optional[TileChange]:
        """What came and went on ``window`` by class; None where a raster does not know the class of a pixel."""
        was, now = self._before.things(window), self._after.things(window)
        masks: Tuple[Dict[str, np.ndarray], ...] = ({}, {})
        if self._coded:
            read = [ground.masks(window) for ground in (self._before, self._after)]
            if not all(known.all() for _, known in read):
                return None
            masks = read[0][0], read[1][0]
        nothing = np.zeros((window.height, window.width), bool)
        return {
            kind: self._of_masks(*(each.get(label, nothing) for each in masks)) if label in self._coded
            else self._of_things(was.get(label, ()), now.get(label, ()), nothing.shape)
            for label, kind in self._kinds.items()
        }

    def _of_masks(self, old: np.ndarray, new: np.ndarray) -> KindChange:
        rules = self._rules
        came, went = (new & ~old, old & ~new) if self._compared else (new, old)
        return by_components(came, went, rules.floor, rules.cells)

    def _of_things(self, old: Sequence[Thing], new: Sequence[Thing], shape: Tuple[int, int]) -> KindChange:
        rules = self._rules
        if self._compared:
            return by_things(old, new, shape, rules.floor, rules.share, rules.cells)
        return by_outlines(old, new, shape, rules.floor, rules.cells)


@contextmanager
def differing(
    before: GroundLayers, after: GroundLayers, grid: Grid, legend: Legend, rules: ChangeRules
) -> Iterator[ChangeGround]:
    """From layers of both dates. Without any for ``before``, those of ``after`` outline the changes themselves."""
    with ExitStack() as stack:
        grounds = [stack.enter_context(Ground(layers, grid, legend)) for layers in (before, after)]
        yield ChangeGround(grounds[0], grounds[1], rules, bool(before))


@contextmanager
def seen(
    found: FeatureSet, covers: Sequence[str], grid: Grid, legend: Legend, rules: ChangeRules
) -> Iterator[ChangeGround]:
    """From the model's own change polygons, in the CRS of ``grid``; ``covers``: every class it could have seen."""
    names = {label: legend.of(label, label) or "" for label in covers}
    known = tuple(filter(None, dict.fromkeys(names.values())))
    with ExitStack() as stack:
        grounds = []
        for way in ("from_label", "to_label"):
            # Where both have one name nothing has changed.
            moved = [feature for feature in found.features if names[feature.from_label] != names[feature.to_label]]
            shapes = [Shape(names[getattr(feature, way)], (feature.rings,), {}, "") for feature in moved]
            drawn = [shape for shape in shapes if shape.label]
            grounds.append(stack.enter_context(Ground(GroundLayers(), grid, Legend(), drawn, known)))
        yield ChangeGround(grounds[0], grounds[1], rules, compared=False)


def _kind(label: str) -> Kind:
    try:
        return kind_of(label)
    except ValueError as error:
        raise QgsProcessingException(
            tr("“{name}” cannot be counted in a sentence. Name the class in plain English words.").format(
                name=short_name(label)
            )
        ) from error

"""Finds all that is like an example: outlined things say what is wanted, what the encoder saw in them finds the others.

The examples set the threshold too, so that nothing has to be tuned: it lies halfway between the ground and the less sure
quarter of the examples.
"""

from dataclasses import dataclass
from typing import Any, Callable, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import Region, View
from ..errors import PromptOutside, QuestionUnclear
from ..features import FeatureSet
from ..imagery.grid import Window
from ..imagery.polygons import mask_features
from ..imagery.regions import region_mask, region_window
from ..imagery.stretch import measure_stretch
from ..imagery.tiles import TilePixels, plan_tiles, tile_reader
from ..maps.keys import iso
from ..maps.working_frame import FramedSource, WorkingFrame
from ..tuned.cells import STRIDE, cells, shares
from .likeness import LABEL, Likeness

#: Tiles of the view from which it is learned what any ground looks like.
GROUND_TILES = 12
#: A thing is at least so large a part of the smallest example.
_SMALLEST = 1 / 8
#: Share of an example's cells that may fall below the one which sets the threshold.
_UNSURE = 0.25


@dataclass(frozen=True)
class Example:
    """``region``: polygons in the CRS of the view's source; ``wanted``: find such, else: not such."""

    region: Region
    wanted: bool = True


@dataclass(frozen=True)
class Alike:
    """``features``: label "alike", score 0..1 how like the examples, the largest first. ``threshold``: what was used."""

    features: FeatureSet
    threshold: float


@dataclass(frozen=True)
class _Seen:
    """Cells (n, d) of one example and their number of pixels."""

    rows: np.ndarray
    pixels: int


def alike(
    view: View, examples: Sequence[Example], engine: Any, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, threshold: Optional[float] = None,
) -> Alike:
    """Everything in ``view`` that is like ``examples``, which may lie outside its region but on its raster.

    ``threshold``: 0..1 from which ground is alike; None: from the examples. Raises QuestionUnclear without a wanted
    example, PromptOutside for one beside the raster or without a valid pixel, and as ``Engine.cover``.
    """
    if not any(example.wanted for example in examples):
        raise QuestionUnclear("Outline at least one thing that the others should be like.")
    nano, source = engine.nano, view.source
    frame = WorkingFrame.of(View(source), nano.tile, nano.gsd_range)
    progress(0.0, "Looking at the examples")
    read = tile_reader(FramedSource(source, frame), measure_stretch(source, cancel))

    def look(window: Window) -> Tuple[np.ndarray, TilePixels]:
        if cancel is not None:
            cancel.raise_if_cancelled()
        tile = read(window)
        features = engine.features(tile.rgb[None], frame.gsd, cancel)[0]
        return cells(np.asarray(features, np.float16), tile.rgb).astype(np.float16).astype(np.float32), tile

    seen = [_see(example, frame, nano.tile, look, source.name) for example in examples]
    ground = _ground(view, frame, nano.tile, look)
    like = Likeness.of(ground, _means(seen, examples, True), _means(seen, examples, False))
    own = np.concatenate([like.scores(one.rows) for one, example in zip(seen, examples) if example.wanted])
    limit = float((np.quantile(own, _UNSURE) + like.scores(ground).mean()) / 2) if threshold is None else threshold
    found = engine.tuned(view, like, progress, cancel)
    least = _SMALLEST * min(one.pixels for one, example in zip(seen, examples) if example.wanted)
    with found.lock:
        polygons = mask_features(found.store, LABEL, limit, max(1, int(least)), view.region, cancel=cancel)
    ordered = tuple(sorted(polygons, key=lambda one: -one.pixels))
    return Alike(
        FeatureSet("mask", found.grid.crs_wkt, ordered, nano.name, source.name, iso(source), found.store.path), limit)


def _see(
    example: Example, frame: WorkingFrame, tile: int, look: Callable[[Window], Tuple[np.ndarray, TilePixels]], name: str
) -> _Seen:
    around = region_window(example.region, frame.grid).intersection(frame.grid.window)
    if around.empty:
        raise PromptOutside(name, nodata=False)
    # Of what is larger than a tile, its middle.
    window = Window(_start(around.col, around.width, frame.grid.width, tile),
                    _start(around.row, around.height, frame.grid.height, tile), tile, tile)
    rows, pixels = look(window)
    inside = region_mask(example.region, frame.grid.part(window, (tile, tile)))
    if not (inside & pixels.valid).any():
        raise PromptOutside(name, nodata=bool(inside.any()))
    share = shares(np.where(pixels.valid, inside, -1).astype(np.int8))
    # Of something smaller than a cell, the cell that holds most of it.
    return _Seen(rows[share >= min(0.5, float(share.max()))], int(inside.sum()))


def _means(seen: Sequence[_Seen], examples: Sequence[Example], wanted: bool) -> np.ndarray:
    """(k, d): what was seen in each example of one sign, on average."""
    rows = [one.rows.mean(0) for one, example in zip(seen, examples) if example.wanted is wanted]
    return np.array(rows, np.float32).reshape(len(rows), seen[0].rows.shape[1])


def _ground(
    view: View, frame: WorkingFrame, tile: int, look: Callable[[Window], Tuple[np.ndarray, TilePixels]]
) -> np.ndarray:
    """(n, d) cells of tiles spread over the view."""
    around = region_window(view.region, frame.grid).intersection(frame.grid.window)
    plan = plan_tiles((max(1, around.height), max(1, around.width)), tile, 0)
    order = np.unique(np.linspace(0, len(plan) - 1, min(GROUND_TILES, len(plan))).round().astype(int))
    found: List[np.ndarray] = []
    for index in order:
        window = plan[int(index)]
        col, row = (_start(o + w, tile, limit, tile) for o, w, limit in (
            (around.col, window.col, frame.grid.width), (around.row, window.row, frame.grid.height)))
        rows, pixels = look(Window(col, row, tile, tile))
        known = pixels.valid.reshape(tile // STRIDE, STRIDE, tile // STRIDE, STRIDE).all((1, 3))
        found.append(rows[known])
    cells_of_all = np.concatenate(found)
    if not len(cells_of_all):
        raise PromptOutside(view.source.name, nodata=True)
    return cells_of_all


def _start(first: int, length: int, limit: int, tile: int) -> int:
    """Where a tile begins that has the span in its middle and stays on the raster, if that is as large."""
    return int(max(0, min(first + (length - tile) // 2, limit - tile)))

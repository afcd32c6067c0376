"""The whole of preparing SECOND-style pairs: tiles of two dates with the land cover of what changed, captions and an index."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingException
from qgis.PyQt.QtCore import QVariant

from ...models.datasets.legend import Legend
from ...models.datasets.second_captions import captions
from ...models.datasets.second_pair import blanked, transitions
from ...models.datasets.second_palette import BACKGROUND, CLASSES, class_named
from ...models.datasets.writing.output import Output
from ...models.datasets.writing.second import SecondWriter
from ...models.imagery.grid import Grid, Window
from .class_ground import Ground, GroundLayers
from .messages import short_name, tr
from .pair_tiles import TOO_MANY, UNKNOWN, Divided, PairTiles, TileRequest
from .tile_choice import choose
from .tile_index import Row, write_index
from .training_chips import Site

MATRIX = "transitions.csv"
COLUMNS = (
    ("tile", QVariant.String), ("image", QVariant.String), ("split", QVariant.String), ("changeflag", QVariant.Int),
    ("changed", QVariant.Double), ("unclassed", QVariant.Double), ("transitions", QVariant.String),
    ("caption", QVariant.String), ("dropped", QVariant.String),
)
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class SecondRequest:
    """``before``, ``after``: land cover. ``unclassed``, ``unchanged``: largest share, 0..1, of a tile without a class, and
    of tiles without a change."""

    tiles: TileRequest
    before: GroundLayers
    after: GroundLayers
    legend: Legend
    unclassed: float
    unchanged: float


@dataclass(frozen=True)
class _Pair:
    """Class maps with background where nothing changed; ``matrix``: see ``blanked``; ``unclassed``: share, 0..1."""

    before: np.ndarray
    after: np.ndarray
    matrix: np.ndarray
    unclassed: float

    @property
    def changed(self) -> bool:
        return bool(self.before.any())


class LandCover:
    """Both land covers on a grid. One thread; ``with`` closes their files.

    Raises QgsProcessingException for a class that SECOND does not have.
    """

    def __init__(self, request: SecondRequest, grid: Grid) -> None:
        self._request = request
        self._grid = grid
        self._stack = ExitStack()

    def __enter__(self) -> "LandCover":
        with ExitStack() as stack:
            layers = self._request.before, self._request.after
            self.dates = [stack.enter_context(Ground(each, self._grid, self._request.legend)) for each in layers]
            self._numbers = {name: _number(name) for ground in self.dates for name in ground.labels}
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.close()

    def pair(self, window: Window) -> _Pair:
        """The land cover of a tile as SECOND has it. What shows SECOND's background on both dates did not change."""
        (before, known), (after, also) = (ground.painted(window, self._numbers) for ground in self.dates)
        bare = (before == BACKGROUND) | (after == BACKGROUND)
        if self._of_second:
            bare &= before != after
        unclassed = bare | ~known | ~also
        before[~known], after[~also] = BACKGROUND, BACKGROUND
        return _Pair(*blanked(before, after), float(unclassed.mean()))

    @property
    def _of_second(self) -> bool:
        """Whether both dates are pictures in SECOND's colours, whose background is what did not change."""
        return all(not each.vectors and all(not layer.band for layer in each.codes)
                   for each in (self._request.before, self._request.after))

    @property
    def left_out(self) -> "Counter[str]":
        """Features that are not drawn, by reason."""
        return sum((Counter(ground.left_out) for ground in self.dates), Counter())

    @property
    def far(self) -> int:
        """Pixels read so far whose colour is far from SECOND's palette."""
        return sum(ground.far for ground in self.dates)


def build(
    request: SecondRequest, tiles: PairTiles, folder: Path, crs: QgsCoordinateReferenceSystem, progress: Progress
) -> Dict[str, Any]:
    """Write the data set into ``folder``; the counts that its manifest holds. Any one thread; ``progress`` raises to stop.

    Raises QgsProcessingException with a sentence where there is nothing to build from.
    """
    with LandCover(request, tiles.grid) as cover:
        progress(0.0, tr("Looking for changes"))
        chosen = choose(
            request.tiles, tiles, request.unchanged, lambda site: _look(request, tiles, cover, site),
            lambda part, said: progress(0.5 * part, said),
        )
        far = cover.far
        divided = Divided.of(tiles, list(chosen.kept), request.tiles)
        splits = divided.division.splits
        dropped: "Counter[str]" = Counter({TOO_MANY: chosen.left}) + cover.left_out
        dropped.update(chosen.refused.values())
        dropped.update(divided.division.dropped.values())
        rows: Dict[str, Dict[str, Any]] = {}
        matrix = np.zeros((len(CLASSES), len(CLASSES)), np.int64)
        kept = [site for site in chosen.kept if site.name in splits]
        progress(0.5, tr("Writing the tiles"))
        with Output(folder) as output:
            writer = SecondWriter(output)
            for number, site in enumerate(kept):
                progress(0.5 + 0.5 * number / len(kept), "")
                pair = cover.pair(site.window)
                matrix += pair.matrix
                rows[site.name] = _write(request, tiles, pair, site, splits[site.name], writer)
            output.file(MATRIX).write(_table(matrix))
            counts = {
                "tiles": len(kept), "changed": sum(row["changeflag"] for row in rows.values()),
                "classes": list(CLASSES), "transitions_px": matrix.tolist(), "far_colours_px": far,
                "dropped": {reason: number for reason, number in sorted(dropped.items()) if number}, **divided.about,
            }
            output.about.update({
                "raster": request.tiles.name, "seed": request.tiles.seed, "gsd": tiles.gsd, "tile": request.tiles.size,
                "matrix": "rows: before; columns: after; unchanged pixels on the diagonal, background in the files", **counts,
            })
        reasons = {**chosen.refused, **divided.division.dropped}
        index: List[Row] = []
        for site in tiles.sites:
            if site.name in rows:
                index.append((site.ring, rows[site.name]))
            elif site.name in reasons:
                flag = chosen.changed.get(site.name)
                known = None if flag is None else int(flag)
                index.append((site.ring, {"tile": site.name, "changeflag": known, "dropped": reasons[site.name]}))
        write_index(folder, COLUMNS, index, crs)
    return counts


def _look(request: SecondRequest, tiles: PairTiles, cover: LandCover, site: Site) -> Tuple[Optional[bool], str]:
    reason = tiles.pictures(site)[1]
    if reason:
        return None, reason
    pair = cover.pair(site.window)
    return (None, UNKNOWN) if pair.unclassed > request.unclassed + 1e-12 else (pair.changed, "")


def _write(
    request: SecondRequest, tiles: PairTiles, pair: _Pair, site: Site, split: str, writer: SecondWriter
) -> Dict[str, Any]:
    pictures, _ = tiles.pictures(site)
    if pictures is None:
        name = short_name(request.tiles.name)
        raise QgsProcessingException(tr("{name} changed while it was read. Run it again.").format(name=name))
    found = transitions(pair.before, pair.after, tiles.gsd)
    said = captions(found)
    path = writer.add(site.name, pictures, (pair.before, pair.after), split, said)
    return {
        "tile": site.name, "image": path, "split": split, "changeflag": int(pair.changed),
        "changed": float((pair.before != BACKGROUND).mean()), "unclassed": pair.unclassed, "caption": said[0],
        "transitions": [{"from": row.before, "to": row.after, "pixels": row.pixels, "area_m2": row.area_m2} for row in found],
    }


def _table(matrix: np.ndarray) -> bytes:
    """The matrix as CSV with the classes at its edges, in pixels."""
    lines = [",".join(("before / after", *CLASSES))]
    lines += [",".join((name, *map(str, row))) for name, row in zip(CLASSES, matrix.tolist())]
    return ("\n".join(lines) + "\n").encode()


def _number(name: str) -> int:
    try:
        return class_named(name)
    except KeyError as error:
        raise QgsProcessingException(
            tr("“{name}” is none of SECOND's six classes. Say which it is, as in “{name}=tree” or “{name}=-”.").format(
                name=short_name(name)
            )
        ) from error

"""The whole of preparing SECOND-style pairs: tiles of two dates with the land cover of what changed, captions and an index."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingException
from qgis.PyQt.QtCore import QVariant

from ...models.datasets.legend import Legend
from ...models.datasets.second_captions import captions
from ...models.datasets.second_pair import transitions
from ...models.datasets.second_palette import BACKGROUND, CLASSES
from ...models.datasets.writing.output import Output
from ...models.datasets.writing.second import SecondWriter
from .class_ground import GroundLayers
from .messages import short_name, tr
from .pair_tiles import TOO_MANY, UNKNOWN, Divided, PairTiles, TileRequest
from .second_cover import CoverPair, LandCover
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


def build(
    request: SecondRequest, tiles: PairTiles, folder: Path, crs: QgsCoordinateReferenceSystem, progress: Progress
) -> Dict[str, Any]:
    """Write the data set into ``folder``; the counts that its manifest holds. Any one thread; ``progress`` raises to stop.

    Raises QgsProcessingException with a sentence where there is nothing to build from.
    """
    with LandCover(request.before, request.after, request.legend, tiles.grid) as cover:
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
    request: SecondRequest, tiles: PairTiles, pair: CoverPair, site: Site, split: str, writer: SecondWriter
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

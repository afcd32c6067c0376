"""The whole of building change dialogues: tiles of two dates, what changed on each, records, pictures and an index."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, ContextManager, Dict, List, Optional, Tuple

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingException
from qgis.PyQt.QtCore import QVariant

from ...models.datasets.change_captions import by_class, captions
from ...models.datasets.change_checker import TileChecker
from ...models.datasets.change_questions import open_questions
from ...models.datasets.change_records import read_back, records
from ...models.datasets.change_rules import CellRule, floor_pixels
from ...models.datasets.choosing import fraction
from ...models.datasets.writing.changechat import FORM, ChangeChatWriter, picture_paths
from ...models.datasets.writing.output import Output
from ...models.imagery.grid import Grid
from .change_ground import ChangeGround, ChangeRules, TileChange
from .messages import short_name, tr
from .pair_tiles import TOO_MANY, UNKNOWN, Divided, PairTiles, TileRequest
from .tile_choice import choose
from .tile_index import Row, write_index
from .training_chips import Site

NOT_CONFIRMED = "sentence that the checker does not confirm"
SMALL, NO_CELL = "change too small to count", "class changed, but no cell holds enough of it"
COLUMNS = (
    ("tile", QVariant.String), ("image_a", QVariant.String), ("image_b", QVariant.String), ("split", QVariant.String),
    ("changeflag", QVariant.Int), ("changes", QVariant.String), ("caption", QVariant.String), ("records", QVariant.Int),
    ("dropped", QVariant.String),
)
#: Opens what says where changes are, on the grid of the tiles.
OpenGround = Callable[[Grid, ChangeRules], ContextManager[ChangeGround]]
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class DialogueRequest:
    """``smallest``: m², None for more than five pixels; ``feature_share``, ``cells``: see ``change_rules``;
    ``unchanged``: largest share, 0..1, of tiles without a change."""

    tiles: TileRequest
    smallest: Optional[float]
    feature_share: float
    cells: CellRule
    unchanged: float
    questions: int = 4


def build(
    request: DialogueRequest, tiles: PairTiles, ground: OpenGround, folder: Path, crs: QgsCoordinateReferenceSystem,
    progress: Progress,
) -> Dict[str, Any]:
    """Write the data set into ``folder``; the counts that its manifest holds. Any one thread; ``progress`` raises to stop.

    Raises QgsProcessingException with a sentence where there is nothing to build from.
    """
    rules = ChangeRules(floor_pixels(request.smallest, tiles.gsd), request.feature_share, request.cells)
    with ground(tiles.grid, rules) as changes:
        progress(0.0, tr("Looking for changes"))
        chosen = choose(
            request.tiles, tiles, request.unchanged, lambda site: _look(tiles, changes, site),
            lambda part, said: progress(0.5 * part, said),
        )
        divided = Divided.of(tiles, list(chosen.kept), request.tiles)
        splits = divided.division.splits
        dropped: "Counter[str]" = Counter({TOO_MANY: chosen.left, **changes.left_out})
        dropped.update(chosen.refused.values())
        dropped.update(divided.division.dropped.values())
        rows: Dict[str, Dict[str, Any]] = {}
        progress(0.5, tr("Writing the tiles"))
        with Output(folder) as output:
            writer, kept = ChangeChatWriter(output), [site for site in chosen.kept if site.name in splits]
            for number, site in enumerate(kept):
                progress(0.5 + 0.5 * number / len(kept), "")
                rows[site.name] = _write(request, tiles, changes, site, splits[site.name], writer, dropped)
            counts = {
                "tiles": len(kept), "changed": sum(row["changeflag"] for row in rows.values()),
                "classes": [kind.one for kind in changes.kinds],
                "records": dict(sorted(output.tally(FORM).written.items())),
                "dropped": {reason: number for reason, number in sorted(dropped.items()) if number}, **divided.about,
            }
            output.about.update(
                {"raster": request.tiles.name, "seed": request.tiles.seed, "gsd": tiles.gsd, "tile": request.tiles.size,
                 "smallest_px": rules.floor, "cell_px": rules.cells.pixels, "cell_share": rules.cells.share, **counts}
            )
        reasons = {**chosen.refused, **divided.division.dropped}
        index: List[Row] = [
            (site.ring, rows.get(site.name) or _left_out(site, chosen.changed, reasons[site.name]))
            for site in tiles.sites if site.name in rows or site.name in reasons
        ]
        write_index(folder, COLUMNS, index, crs)
    return counts


def _look(tiles: PairTiles, changes: ChangeGround, site: Site) -> Tuple[Optional[bool], str]:
    reason = tiles.pictures(site)[1]
    tile = None if reason else changes.tile(site.window)
    return (None, reason or UNKNOWN) if tile is None else (_flag(tile), "")


def _write(
    request: DialogueRequest, tiles: PairTiles, changes: ChangeGround, site: Site, split: str, writer: ChangeChatWriter,
    dropped: "Counter[str]",
) -> Dict[str, Any]:
    pictures, _ = tiles.pictures(site)
    tile = changes.tile(site.window)
    if pictures is None or tile is None:
        name = short_name(request.tiles.name)
        raise QgsProcessingException(tr("{name} changed while it was read. Run it again.").format(name=name))
    dropped[SMALL] += sum(change.small for change in tile.values())
    dropped[NO_CELL] += sum(change.pixels > 0 and not change.cells for change in tile.values())
    checker = TileChecker(tile, request.cells)
    rng = np.random.default_rng(int(fraction(request.tiles.seed, site.name) * 2**52))
    every, asked = captions(tile), open_questions(tile, request.cells, rng, request.questions)
    said = [text for text in every if checker.caption(text)]
    answers = [pair for pair in asked if checker.answer(*pair)]
    dropped[NOT_CONFIRMED] += len(every) - len(said) + len(asked) - len(answers)
    paths = picture_paths(site.name)
    made = records(site.name, paths, tile, said, answers) if said else []
    good = [(kind, record) for kind, record in made if read_back(kind, record, tile)]
    dropped[NOT_CONFIRMED] += len(made) - len(good)
    writer.add(site.name, pictures, split, _flag(tile), said, good)
    return {
        "tile": site.name, "image_a": paths[0], "image_b": paths[1], "split": split, "changeflag": int(_flag(tile)),
        "changes": by_class(tile), "caption": said[0] if said else None, "records": len(good),
    }


def _flag(tile: TileChange) -> bool:
    return any(change.new or change.removed for change in tile.values())


def _left_out(site: Site, changed: Dict[str, bool], reason: str) -> Dict[str, Any]:
    flag = changed.get(site.name)
    return {"tile": site.name, "changeflag": None if flag is None else int(flag), "dropped": reason}

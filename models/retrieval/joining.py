"""Parts of an index, made on several machines or one after another, gathered into one. No raster is read."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Optional, Set, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import IndexEmpty
from .embedder import Embedder
from .index import FILE, Batch, TileIndex

_PART = re.compile(r"part-(\d+)-of-(\d+)$")
#: Tiles that are copied at once.
_ROWS = 20_000


def parts_in(out: Path) -> Dict[Tuple[str, str], Path]:
    """The parts in ``out`` by number and count."""
    named = ((_PART.search(folder.name), folder) for folder in sorted(Path(out).glob("part-*")) if (folder / FILE).is_file())
    return {(match.group(1), match.group(2)): folder for match, folder in named if match is not None}


def join(
    out: Path, embedder: Embedder, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
    target: Optional[Path] = None,
) -> Dict[str, Any]:
    """Gather ``out``/part-i-of-N into ``target`` (None: ``out``/index), which holds what it held before as well.

    ``missing``: parts that are not there; ``unfinished``: rasters that a part has not seen to their end, and that are left out
    until it has. A raster that the index already holds as it is now is not copied again, so joining twice doubles nothing.
    Raises IndexEmpty (no part), IndexForAnotherModel, IndexUnreadable, IndexBusy, StorageFull, Cancelled.
    """
    out = Path(out)
    parts = parts_in(out)
    if not parts:
        raise IndexEmpty(out.name)
    counts = {int(count) for _, count in parts}
    missing = [f"{number}/{count}" for count in sorted(counts) for number in range(count)
               if (str(number), str(count)) not in parts]
    target = Path(target or out / "index")
    index = TileIndex.open(target, embedder) if (target / FILE).exists() else TileIndex.create(target, embedder)
    unfinished: List[str] = []
    with index:
        index.take()
        for number, folder in enumerate(parts.values()):
            with TileIndex.open(folder, embedder) as part:
                unfinished += _copy(part, index, cancel)
            progress((number + 1) / len(parts), "Gathering parts")
        index.measure()
        return {"index": str(target), "tiles": len(index.tiles()), "rasters": len(index.records()),
                "missing": missing, "unfinished": unfinished}


def _copy(part: TileIndex, index: TileIndex, cancel: Optional[CancelToken]) -> List[str]:
    """The finished rasters of ``part`` that are not in ``index`` yet, a commit each; names of those unfinished."""
    there = {(record.path, record.fingerprint) for record in index.records() if record.finished}
    known = {record.path: record.id for record in index.records()}
    following = max(known.values(), default=0) + 1
    unfinished: List[str] = []
    seen: Set[str] = set()
    for record in part.records():
        if cancel is not None:
            cancel.raise_if_cancelled()
        if not record.finished:
            unfinished.append(record.name)
        if not record.finished or (record.path, record.fingerprint) in there or record.path in seen:
            continue
        seen.add(record.path)
        number = known.get(record.path, following)
        following = max(following, number + 1)
        tiles, ids = part.kept(record.id)
        first: List[Any] = [replace(record, id=number)]
        moved = [tile._replace(raster=number) for tile in tiles]
        for start in range(0, max(1, len(moved)), _ROWS):
            some = slice(start, start + _ROWS)
            vectors = part.vectors.read(ids[some] - 1) if len(ids) else np.zeros((0, index.dim), np.float32)
            last = start + _ROWS >= len(moved)
            looked = {number: (record.looked if last else 0, record.unreadable)}
            # Not finished before its last tile is there: a kill in between copies it anew.
            index.commit(Batch([replace(one, finished=False, looked=0) for one in first], moved[some], vectors, [], looked,
                               [number] if last else []))
            first = []
    return unfinished

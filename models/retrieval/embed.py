"""One part of a large index on one machine of several: ``python -m terralogue.models.retrieval.embed``.

    embed OUT PLACE… [--shard 0/8] [--gsd METRES] [--parquet]

Part ``i`` of ``N`` looks at every N-th raster of the list, so that parts need not know of each other, and writes
``OUT/part-i-of-N`` as an index of its own: killed, it goes on when it is started again. ``--join`` gathers the parts that
are there into ``OUT/index``; a raster is in one part only, so nothing is doubled, and a part that is missing is named.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..engine import Engine
from .building import build
from .index import FILE, TileIndex
from .inputs import rasters_of
from .joining import join
from .parquet import write_parquet

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def shard_of(text: str) -> Tuple[int, int]:
    """(i, N) of "i/N", counted from 0. Raises ValueError."""
    one, _, every = text.partition("/")
    number, count = int(one), int(every)
    if not 0 <= number < count:
        raise ValueError(f"{text} is no part: write 0/8 to 7/8")
    return number, count


def folder_of(out: Path, number: int, count: int) -> Path:
    """Where part ``number`` of ``count`` is written."""
    return out / f"part-{number}-of-{count}"


def run(
    out: Path, places: Sequence[str], number: int, count: int, gsd: Optional[float], parquet: bool, engine: Any
) -> Dict[str, Any]:
    """Make one part; what it did, JSON-able. Raises as ``building.build``."""
    mine = rasters_of(list(places), gsd)[number::count]
    folder, embedder = folder_of(out, number, count), engine.batch.embedder()
    index = TileIndex.open(folder, embedder) if (folder / FILE).exists() else TileIndex.create(folder, embedder)
    with index:
        report = build(index, mine, embedder)
        said: Dict[str, Any] = {
            "part": f"{number}/{count}", "rasters": report.rasters, "encoded": report.encoded, "reused": report.reused,
            "refused": report.refused, "seconds": round(report.seconds, 1), "folder": str(folder)}
        if parquet:
            said["parquet"] = str(write_parquet(index, folder / "tiles.parquet"))
    return said


def main(arguments: Optional[List[str]] = None) -> int:
    """The command line; prints one JSON object."""
    reader = argparse.ArgumentParser(prog="embed", description="Look at rasters tile by tile, in parts.")
    reader.add_argument("out", type=Path)
    reader.add_argument("places", nargs="*", help="rasters and folders of them")
    reader.add_argument("--shard", type=shard_of, default=(0, 1), help="this part of all, 0/8 to 7/8")
    reader.add_argument("--gsd", type=float, help="metres a pixel of images without georeference")
    reader.add_argument("--parquet", action="store_true", help="write the part as GeoParquet too (needs pyarrow)")
    reader.add_argument("--join", action="store_true", help="gather the parts that are there into OUT/index")
    given = reader.parse_args(arguments)
    engine = Engine(RESOURCES, Path(tempfile.gettempdir()) / "terralogue")
    try:
        if given.join:
            said = join(given.out, engine.batch.embedder())
        else:
            number, count = given.shard
            said = run(given.out, given.places, number, count, given.gsd, given.parquet, engine)
    finally:
        engine.close()
    print(json.dumps(said, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What a comparison of two dates costs: seconds for a small pair, memory for a large one, and going on after a kill.

    python tests/benchmarks/bench_change.py [--size 10000] [--repeats 7] [--cheap] [--pair-only]

Prints one JSON object: the median time of a pair of 256² pixels through ``terralogue:change``'s own call (open, compare,
measure, outline, word), and the peak RSS of whole pairs of half the size and of the size above the baseline after load.
``--cheap`` puts a model in place of Nano that computes almost nothing: memory and tiling are the same, minutes become
seconds. The pair is a tiled GeoTIFF of fields with roofs, of which every seventh is missing on one date.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: Pixels between two roofs, and their size.
STEP, ROOF = 160, (40, 28)


def make_pair(folder: Path, size: int) -> tuple:
    """Two RGB uint8 GeoTIFFs, tiled and deflated, 0.5 m pixels: green fields with noise, red-grey roofs, some gone."""
    import rasterio
    from rasterio.transform import Affine

    profile = {"driver": "GTiff", "width": size, "height": size, "count": 3, "dtype": "uint8", "tiled": True}
    profile.update(blockxsize=256, blockysize=256, compress="deflate", interleave="pixel", crs="EPSG:32632")
    profile.update(transform=Affine(0.5, 0, 500000, 0, -0.5, 5000000))
    paths = folder / f"before-{size}.tif", folder / f"after-{size}.tif"
    for date, path in enumerate(paths):
        rng = np.random.default_rng(date)
        with rasterio.open(path, "w", **profile) as out:
            for row in range(0, size, 256):
                high = min(256, size - row)
                noise = rng.integers(0, 24, (3, high, size), np.uint8)
                ground = np.array([90, 120, 70], np.uint8)[:, None, None] + noise
                lines, cols = np.arange(row, row + high), np.arange(size)
                number = (lines // STEP)[:, None] * 7919 + (cols // STEP)[None] * 104729
                roof = ((lines % STEP < ROOF[1])[:, None] & (cols % STEP < ROOF[0])[None]) & (number % 7 != 3 * date)
                ground[:, roof] = np.array([170, 90, 80], np.uint8)[:, None] + noise[:, roof] // 2
                out.write(ground, window=rasterio.windows.Window(0, row, size, high))
    return paths


class Cheap:
    """Stands in for Nano where only memory is asked for: a cover is a colour, a change a difference."""

    def __init__(self, nano) -> None:
        self._nano = nano

    def __getattr__(self, name):
        return getattr(self._nano, name)

    def see(self, rgb, gsd, cancel=None):
        from types import SimpleNamespace

        red = np.clip(2 * (rgb[:, :1] - rgb[:, 1:2]) + 0.5, 0, 1)
        cover = np.concatenate([red, 0.1 * rgb[:, :2], 1 - red, 0.1 * rgb[:, 1:]], axis=1).astype(np.float32)
        return SimpleNamespace(cover=cover, scenes=np.zeros((len(rgb), len(self.scenes)), np.float32), features=rgb)

    def compare(self, before, after, cancel=None):
        gap = np.abs(after.cover - before.cover)
        return np.concatenate([gap, gap.max(axis=1, keepdims=True)], axis=1)


def compared(engine, paths) -> tuple:
    """(result, seconds) of one comparison as the algorithm makes it."""
    from terralogue.models.conversation import View
    from terralogue.models.experts import change
    from terralogue.models.imagery.opening import open_raster

    begun = time.perf_counter()
    sources = [open_raster(str(path)) for path in paths]
    result = change.run(change.ChangeRequest(View(sources[0]), View(sources[1])), engine.batch)
    for source in sources:
        source.close()
    return result, time.perf_counter() - begun


def an_engine(cache: Path, cheap: bool):
    from terralogue.models.engine import Engine
    from terralogue.models.vision.nano import Nano

    nano = Nano.load(ROOT / "resources" / "nano")
    return Engine(ROOT / "resources", cache, Cheap(nano) if cheap else nano)


def small_pair(repeats: int) -> dict:
    """Median seconds of a fresh pair of 256² pixels, the model loaded."""
    with tempfile.TemporaryDirectory() as folder:
        engine = an_engine(Path(folder) / "cache", False)
        seconds = []
        for number in range(repeats + 1):
            place = Path(folder) / str(number)
            place.mkdir()
            seconds.append(compared(engine, make_pair(place, 256))[1])
        engine.close()
    return {
        "seconds": round(median(seconds[1:]), 3), "best": round(min(seconds[1:]), 3), "first": round(seconds[0], 3),
        "cores": len(os.sched_getaffinity(0)), "load": round(os.getloadavg()[0], 1),
    }


def _rss() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def memory_of(paths, cheap: bool) -> dict:
    """Peak RSS of one run above the RSS after a small run, and by what it was doing."""
    with tempfile.TemporaryDirectory() as folder:
        engine = an_engine(Path(folder) / "cache", cheap)
        compared(engine, make_pair(Path(folder), 512))
        baseline, peak, done = _rss(), 0, threading.Event()

        def watch() -> None:
            nonlocal peak
            while not done.wait(0.02):
                peak = max(peak, _rss())

        watcher = threading.Thread(target=watch)
        watcher.start()
        result, seconds = compared(engine, paths)
        done.set()
        watcher.join()
        engine.close()
    return {
        "baseline_mb": round(baseline / 2**20), "peak_above_mb": round((peak - baseline) / 2**20),
        "seconds": round(seconds, 1), "changes": len(result.features.features), "load": round(os.getloadavg()[0], 1),
    }


def memory(size: int, cheap: bool) -> dict:
    """Peak RSS at ``size`` and at half of it, each in a process of its own."""
    out = {"model": "cheap" if cheap else "nano"}
    with tempfile.TemporaryDirectory() as folder:
        for side in (size // 2, size):
            paths = make_pair(Path(folder), side)
            child = [sys.executable, __file__, "--memory-of", *map(str, paths)] + ["--cheap"] * cheap
            found = subprocess.run(child, check=True, capture_output=True, text=True, timeout=7200)
            out[str(side)] = json.loads(found.stdout)
            for path in paths:
                path.unlink()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--cheap", action="store_true", help="a model that costs nothing")
    parser.add_argument("--pair-only", action="store_true", help="only the small pair")
    parser.add_argument("--memory-of", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    sys.path += [str(ROOT / "build" / "sites" / group) for group in ("core", "headless", "training")]
    if given.memory_of:
        print(json.dumps(memory_of(given.memory_of, given.cheap)))
        return
    found = {"pair_256": small_pair(given.repeats)}
    if not given.pair_only:
        found["memory"] = memory(given.size, given.cheap)
    print(json.dumps(found))


if __name__ == "__main__":
    main()

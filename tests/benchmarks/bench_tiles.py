"""What tiling costs on top of the model: read + stretch + blend + write, against bare ONNX Runtime on the same tiles.

    python tests/benchmarks/bench_tiles.py [--size 4096] [--tile 512] [--repeats 5] [--memory]

Prints one JSON object. Both sides run in this one process, in turn, and medians are compared: the machine may be busy.
``ratio`` is of wall time, ``processor_time_ratio`` of the time all threads spent computing, which others' load moves less.
``--memory`` runs rasters of 10,000² and 20,000² instead and reports the peak RSS above the baseline after load
(with BENCH_CHEAP=1 the model is a mean, which takes seconds instead of minutes; the tiling is the same).
The model is a fixed graph of six 3 × 3 convolutions (16 channels, sigmoid at the end), stored with float16 weights.
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
GRAPH = HERE / "six_convolutions.onnx"


def make_graph(path: Path) -> None:
    """Write the fixed graph (needs the package onnx). Seeded: the same file every time."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    nodes, weights, name = [], [], "tiles"
    channels = [3, 16, 16, 16, 16, 16, 1]
    for layer, (fan_in, fan_out) in enumerate(zip(channels, channels[1:])):
        weight = rng.standard_normal((fan_out, fan_in, 3, 3)) * np.sqrt(2 / (9 * fan_in))
        weights.append(numpy_helper.from_array(weight.astype(np.float16), f"half{layer}"))
        nodes.append(helper.make_node("Cast", [f"half{layer}"], [f"weight{layer}"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Conv", [name, f"weight{layer}"], [f"conv{layer}"], pads=[1, 1, 1, 1]))
        last = fan_out == 1
        name = "scores" if last else f"relu{layer}"
        nodes.append(helper.make_node("Sigmoid" if last else "Relu", [f"conv{layer}"], [name]))
    shape = ["n", 3, "h", "w"], ["n", 1, "h", "w"]
    graph = helper.make_graph(
        nodes,
        "six convolutions",
        [helper.make_tensor_value_info("tiles", TensorProto.FLOAT, shape[0])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape[1])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))


def session():
    """ONNX Runtime as the plugin runs it: all cores, no spinning."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(GRAPH), options, providers=["CPUExecutionProvider"])


def make_raster(path: Path, size: int) -> None:
    """RGB uint8 GeoTIFF, tiled and deflated, like imagery that is delivered: smooth ground with noise, 0.5 m pixels."""
    import rasterio
    from rasterio.transform import Affine

    rng = np.random.default_rng(1)
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 3, "dtype": "uint8", "tiled": True}
    profile.update(blockxsize=256, blockysize=256, compress="deflate", interleave="pixel", crs="EPSG:32632")
    profile.update(transform=Affine(0.5, 0, 500000, 0, -0.5, 5000000))
    with rasterio.open(path, "w", **profile) as out:
        for row in range(0, size, 256):
            high = min(256, size - row)
            noise = rng.integers(0, 32, (3, high, size), np.uint8)
            fields = rng.integers(20, 220, (3, -(-high // 32), -(-size // 32)), np.uint8)
            ground = np.kron(fields, np.ones((1, 32, 32), np.uint8))[:, :high, :size]
            out.write(ground + noise, window=rasterio.windows.Window(0, row, size, high))


def blended(path: Path, tile: int, model, batch: int = 1):
    """End to end: open, stretch, tiles, model, blend, store. Returns (report, seconds)."""
    from terralogue.models.imagery.opening import open_raster
    from terralogue.models.imagery.score_store import ScoreStore
    from terralogue.models.imagery.stretch import measure_stretch
    from terralogue.models.imagery.tiles import blend_tiles, plan_tiles, tile_reader

    begun = time.perf_counter()
    source = open_raster(str(path))
    stretch = measure_stretch(source)
    plan = plan_tiles((source.grid.height, source.grid.width), tile, round(tile * 0.2))
    with ScoreStore.create(None, source.grid, ("bright",)) as store:
        report = blend_tiles(
            tile_reader(source, stretch), lambda x: model.run(None, {"tiles": x})[0], plan, store, batch
        )
    source.close()
    return report, time.perf_counter() - begun


def bare(path: Path, tile: int, model):
    """A function that runs the model alone over all tiles of the plan, held in memory; returns seconds."""
    from terralogue.models.imagery.opening import open_raster
    from terralogue.models.imagery.stretch import measure_stretch
    from terralogue.models.imagery.tiles import plan_tiles, tile_reader

    source = open_raster(str(path))
    read = tile_reader(source, measure_stretch(source))
    plan = plan_tiles((source.grid.height, source.grid.width), tile, round(tile * 0.2))
    tiles = [read(window).rgb[None] for window in plan]
    source.close()

    def run() -> float:
        begun = time.perf_counter()
        for pixels in tiles:
            model.run(None, {"tiles": pixels})
        return time.perf_counter() - begun

    return run


def speed(size: int, tile: int, repeats: int) -> dict:
    """End to end against bare, alternating."""
    model = session()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raster.tif"
        make_raster(path, size)
        run_bare = bare(path, tile, model)
        run_bare()
        blended(path, tile, model)
        floors, totals, inside, processor = [], [], [], []
        for _ in range(repeats):
            started = time.process_time()
            floors.append(run_bare())
            between = time.process_time()
            report, seconds = blended(path, tile, model)
            totals.append(seconds)
            inside.append(report.infer_seconds)
            processor.append((time.process_time() - between) / (between - started))
    floor, total = median(floors), median(totals)
    ratios = sorted(t / f for t, f in zip(totals, floors))
    return {
        "size": size,
        "tiles": report.tiles,
        "bare_seconds": round(floor, 3),
        "end_to_end_seconds": round(total, 3),
        "ratio": round(median(ratios), 3),
        "ratios": [round(r, 3) for r in ratios],
        "processor_time_ratio": round(median(processor), 3),
        "load": round(os.getloadavg()[0], 1),
        "overhead_seconds_per_100_mpx": round((total - floor) / (size * size / 1e8), 2),
        "model_seconds_within": round(median(inside), 3),
    }


def _rss() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def memory_of(path: Path, tile: int) -> dict:
    """Peak RSS of one run above the RSS after everything is loaded and the model has run once."""
    model = session()
    from terralogue.models.imagery.tiles import plan_tiles  # noqa: F401  loaded before the baseline is taken

    model.run(None, {"tiles": np.zeros((1, 3, tile, tile), np.float32)})
    small = path.parent / "small.tif"
    make_raster(small, 2 * tile)
    blended(small, tile, model)
    baseline, peak, done = _rss(), 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.02):
            peak = max(peak, _rss())

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.perf_counter()
    if os.environ.get("BENCH_CHEAP"):
        model = _Cheap()
    blended(path, tile, model)
    done.set()
    watcher.join()
    return {
        "baseline_mb": round(baseline / 2**20),
        "peak_above_mb": round((peak - baseline) / 2**20),
        "seconds": round(time.perf_counter() - begun, 1),
    }


class _Cheap:
    """Stands in for the session where only the memory of tiling is asked for, and minutes of convolution are not."""

    def run(self, _, inputs):
        return [inputs["tiles"].mean(axis=1, keepdims=True)]


def memory(size: int, tile: int) -> dict:
    """Peak RSS at ``size`` and at half of it, each in a process of its own."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        for side in (size // 2, size):
            path = Path(folder) / f"{side}.tif"
            make_raster(path, side)
            child = [sys.executable, __file__, "--memory-of", str(path), "--tile", str(tile)]
            found = subprocess.run(child, check=True, capture_output=True, text=True, timeout=3600)
            out[str(side)] = json.loads(found.stdout)
            path.unlink()
    return out


def _prepare() -> None:
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    sys.path += [str(ROOT / "build" / "sites" / group) for group in ("core", "headless", "training")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--tile", type=int, default=512)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="peak RSS on 20,000² (or --size) instead of speed")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make-graph", action="store_true", help="write the model again (needs onnx)")
    given = parser.parse_args()
    _prepare()
    if given.make_graph:
        make_graph(GRAPH)
    elif given.memory_of:
        print(json.dumps(memory_of(given.memory_of, given.tile)))
    elif given.memory:
        print(json.dumps(memory(20000 if given.size == 4096 else given.size, given.tile)))
    else:
        print(json.dumps(speed(given.size, given.tile, given.repeats)))


if __name__ == "__main__":
    main()

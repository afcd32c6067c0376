"""The shipped graphs on CUDA against the CPU: are outputs equal to 1e-3, how much faster, how much memory.

    python tests/benchmarks/bench_gpu.py [--batch 16] [--repeats 5] [--site FOLDER]

Prints one JSON object; on a machine without a usable GPU it says "not measured" and why. ``--site``: a folder with
onnxruntime-gpu, put first on the path. Both sides run in this one process, in turn, and medians are compared.
``difference``: largest of any output, over that output's largest value. ``memory_mb``: what the card holds more with the
graph loaded and run than before (nvidia-smi), its CUDA context with the first. ``tight``: one batch under a memory limit
that it does not fit; ``rows``: how many at once were found to fit.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
GRAPHS = ROOT / "resources" / "nano"
CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
EQUAL = 1e-3


def card_memory():
    """MB of the first card that are taken; None where nvidia-smi does not say."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return None
    asked = [tool, "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False).stdout.split()
    return int(told[0]) if told and told[0].isdigit() else None


def feeds_of(session, batch: int) -> dict:
    """Noise in 0..1 of a tile of 256 px, and its features at a quarter of that."""
    rng = np.random.default_rng(0)
    feeds = {}
    for name, shape in session.inputs.items():
        side = 256 if "height" in shape else 64
        feeds[name] = rng.random([batch, shape[1], *[side] * (len(shape) - 2)], np.float32)
    return feeds


def compare(path: Path, batch: int, repeats: int) -> dict:
    """One graph on both."""
    from terralogue.models.runtime import Session
    from terralogue.models.runtimes.self_test import difference

    before = card_memory()
    cpu, gpu = Session(path, providers=(CPU,)), Session(path, providers=(CUDA, CPU))
    if gpu.provider != CUDA:
        return {"measured": False, "reason": gpu.fallback}
    feeds = feeds_of(cpu, batch)
    wanted, found = cpu.run(feeds), gpu.run(feeds)
    after = card_memory()
    seconds = {"cpu": [], "gpu": []}
    for _ in range(repeats):
        for name, session in (("cpu", cpu), ("gpu", gpu)):
            begun = time.perf_counter()
            session.run(feeds)
            seconds[name].append(time.perf_counter() - begun)
    off = difference(found, wanted)
    return {
        "measured": True, "difference": float(f"{off:.2g}"), "equal": off <= EQUAL,
        "cpu_tiles_a_second": round(batch / median(seconds["cpu"]), 2),
        "gpu_tiles_a_second": round(batch / median(seconds["gpu"]), 2),
        "ratio": round(median(seconds["cpu"]) / median(seconds["gpu"]), 2),
        "memory_mb": None if before is None or after is None else after - before,
        "ran_on": gpu.provider,
    }


def tight(path: Path, batch: int, megabytes: int) -> dict:
    """What a batch that does not fit comes to."""
    from terralogue.models.runtime import Session
    from terralogue.models.runtimes.choice import Choice, choose
    from terralogue.models.runtimes.self_test import difference

    choose(Choice(memory=megabytes * 1_000_000))
    session = Session(path, providers=(CUDA, CPU))
    choose(Choice())
    feeds = feeds_of(session, batch)
    found = session.run(feeds)
    off = difference(found, Session(path, providers=(CPU,)).run(feeds))
    return {"limit_mb": megabytes, "batch": batch, "rows": min(session._fits.values(), default=batch),
            "ran_on": session.provider, "fallback": session.fallback, "difference": float(f"{off:.2g}")}


def measured(batch: int, repeats: int) -> dict:
    """All graphs, or why not."""
    import onnxruntime

    about = {"onnxruntime": onnxruntime.__version__, "providers": onnxruntime.get_available_providers(), "batch": batch}
    if CUDA not in about["providers"]:
        return {"result": "not measured", "reason": "this onnxruntime has no CUDA provider", **about}
    from terralogue.models.runtimes.ground import ground

    about["ground"] = ground(onnxruntime, CUDA)
    graphs = {name: compare(GRAPHS / f"nano-{name}.onnx", batch, repeats) for name in ("see", "change", "things", "mask")}
    if not graphs["see"]["measured"]:
        return {"result": "not measured", "reason": graphs["see"]["reason"], **about}
    limits = [tight(GRAPHS / "nano-see.onnx", batch, megabytes) for megabytes in (1000, 300, 50)]
    equal = all(found["measured"] and found["equal"] for found in graphs.values())
    return {"result": "equal" if equal else "differs", "graphs": graphs, "tight": limits, **about}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--site", type=Path, help="a folder with onnxruntime-gpu")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    if given.site:
        sys.path.insert(0, str(given.site))
    sys.path += [str(ROOT / "build" / "sites" / group) for group in ("core", "headless")]
    try:
        found = measured(given.batch, given.repeats)
    except ImportError as error:
        found = {"result": "not measured", "reason": str(error)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()

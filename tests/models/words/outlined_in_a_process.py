"""Outlines what words name in a raster, in a process of its own, slowly if asked to, so that a test can kill it.

    python outlined_in_a_process.py ROOT RASTER WORDS CACHE DELAY

Prints a line for each batch that the model saw or searched, then one JSON object: polygons, the scene, the tiles it saw.
"""

import importlib.util
import json
import sys
import time
from pathlib import Path

ROOT, RASTER, WORDS, CACHE, DELAY = sys.argv[1:6]


def package() -> None:
    spec = importlib.util.spec_from_file_location(
        "terralogue", Path(ROOT) / "__init__.py", submodule_search_locations=[ROOT])
    module = importlib.util.module_from_spec(spec)
    sys.modules["terralogue"] = module
    spec.loader.exec_module(module)


def slow(function):
    def slowly(*given, **named):
        time.sleep(float(DELAY))
        print("batch", flush=True)
        return function(*given, **named)

    return slowly


def main() -> None:
    package()
    from fakes import ColourNano

    from terralogue.models.conversation import View
    from terralogue.models.engine import Engine
    from terralogue.models.experts import segment
    from terralogue.models.imagery import blending
    from terralogue.models.imagery.opening import open_raster
    from terralogue.models.maps import long_runs, resumable_stores

    long_runs.WORTH_KEEPING, blending.PANEL = 20, 200
    resumable_stores.Checkpoints.__init__.__defaults__ = (0.0,)
    nano = ColourNano()
    nano.tile, nano.overlap = 64, 16
    nano.see, nano.find = slow(nano.see), slow(nano.find)
    engine = Engine(Path(CACHE), Path(CACHE), nano)
    messages = []
    found = segment.run(
        segment.SegmentRequest(View(open_raster(RASTER)), WORDS), engine.batch,
        lambda _fraction, message="": messages.append(message))
    engine.close()
    polygons = [(f.label, f.pixels, f.score, [r.tolist() for r in f.rings]) for f in found.features.features]
    print(json.dumps({
        "polygons": polygons, "scenes": found.facts["scenes"], "things": found.facts.get("things"), "tiles": nano.tiles,
        "went_on": any("Going on" in m for m in messages)}))


if __name__ == "__main__":
    main()

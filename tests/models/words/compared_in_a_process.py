"""Compares two rasters in a process of its own, slowly if asked to, so that a test can kill it.

    python compared_in_a_process.py ROOT BEFORE AFTER CACHE DELAY

Prints a line for each batch that the model saw, then one JSON object: polygons, and the tiles that the model saw.
"""

import importlib.util
import json
import sys
import time
from pathlib import Path

ROOT, BEFORE, AFTER, CACHE, DELAY = sys.argv[1:6]


def package() -> None:
    spec = importlib.util.spec_from_file_location(
        "terralogue", Path(ROOT) / "__init__.py", submodule_search_locations=[ROOT])
    module = importlib.util.module_from_spec(spec)
    sys.modules["terralogue"] = module
    spec.loader.exec_module(module)


def main() -> None:
    package()
    from fakes import ColourNano

    from terralogue.models.conversation import View
    from terralogue.models.engine import Engine
    from terralogue.models.experts import change
    from terralogue.models.imagery import blending, checkpoints
    from terralogue.models.imagery.opening import open_raster
    from terralogue.models.maps import long_runs, resumable_stores

    long_runs.WORTH_KEEPING, checkpoints.EVERY, blending.PANEL = 20, 0.0, 200
    resumable_stores.Checkpoints.__init__.__defaults__ = (0.0,)
    nano = ColourNano()
    nano.tile, nano.overlap = 64, 16
    see = nano.see

    def slowly(*given, **named):
        time.sleep(float(DELAY))
        print("batch", flush=True)
        return see(*given, **named)

    nano.see = slowly
    engine = Engine(Path(CACHE), Path(CACHE), nano)
    views = [View(open_raster(path)) for path in (BEFORE, AFTER)]
    messages = []
    found = change.run(
        change.ChangeRequest(*views), engine.batch, lambda _fraction, message="": messages.append(message))
    engine.close()
    polygons = [(f.from_label, f.to_label, f.pixels, f.score, [r.tolist() for r in f.rings]) for f in found.features.features]
    print(json.dumps({"polygons": polygons, "tiles": nano.tiles, "went_on": any("Going on" in m for m in messages)}))


if __name__ == "__main__":
    main()

"""Tiles named from words: validation tiles of UC Merced and EuroSAT, by template, alone and together, beside a shuffled control.

``bench_classify.py [FOLDER] [EVERY]``: the folder of the open imagery, and every how many-th tile is looked at. Prints one
JSON object: share named rightly (alone, together), and what "none of these" does when the tile's class is left out of the list.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SETS = {"ucmerced": 0.3, "eurosat_rgb": 10.0}
#: Class names as a user would type them, where the folder is called otherwise.
BARE = {"agricultural": "farmland", "baseballdiamond": "baseball diamond", "denseresidential": "dense residential area",
        "mediumresidential": "medium residential area", "sparseresidential": "sparse residential area",
        "golfcourse": "golf course", "mobilehomepark": "mobile home park", "parkinglot": "parking lot",
        "storagetanks": "storage tanks", "tenniscourt": "tennis court", "AnnualCrop": "annual crops",
        "HerbaceousVegetation": "herbaceous vegetation", "PermanentCrop": "permanent crops", "SeaLake": "sea or lake"}


def package():
    """The checkout as ``terralogue``."""
    if importlib.util.find_spec("terralogue") is None:
        options = {"submodule_search_locations": [str(ROOT)]}
        spec = importlib.util.spec_from_file_location("terralogue", ROOT / "__init__.py", **options)
        sys.modules["terralogue"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)


def tiles(embedder, folder, gsd, every):
    """(n, dim) vectors of validation tiles, (n,) their class, and the names of the classes."""
    from terralogue.models.imagery.opening import open_raster
    from terralogue.models.imagery.stretch import measure_stretch
    from terralogue.models.retrieval.building import look
    from terralogue.models.training.splits import part_of

    names, vectors, truth = sorted(path.name for path in folder.iterdir() if path.is_dir()), [], []
    for number, name in enumerate(names):
        files = [file for file in sorted((folder / name).iterdir()) if part_of(folder.name, file.name) == "validation"]
        for file in files[::every]:
            source = open_raster(str(file), gsd=gsd)
            seen = look(source, source.grid.window, measure_stretch(source), embedder.side)
            source.close()
            vectors.append(embedder.pictures(seen.rgb[None], [seen.gsd])[0])
            truth.append(number)
    return np.stack(vectors), np.array(truth), names


def figures(embedder, vectors, truth, names):
    """Shares named rightly."""
    from terralogue.models.classify.ensembles import ENSEMBLES, class_vectors
    from terralogue.models.classify.naming import named, sigmoid
    from terralogue.models.classify.propagation import propagate

    said, shuffled = [BARE.get(name, name.lower()) for name in names], np.random.default_rng(0).permutation(truth)
    found = {"n": len(truth), "classes": len(names)}
    for ensemble in ENSEMBLES.values():
        words = class_vectors(embedder, said, ensemble)
        best = (vectors @ words.T).argmax(1), propagate(vectors, words, embedder.scale).argmax(1)
        found[ensemble.name] = {
            way: {"top1": round(float((each == truth).mean()), 4), "shuffled": round(float((each == shuffled).mean()), 4)}
            for way, each in zip(("alone", "together"), best)}
    words = class_vectors(embedder, said, ENSEMBLES["georsclip"])
    left_out = []
    for number in range(len(names)):
        others = [other for other in range(len(names)) if other != number]
        left_out.append(named(vectors[truth == number], words[others], embedder, ENSEMBLES["georsclip"]).none.mean())
    found["none"] = {"class left out": round(float(np.mean(left_out)), 4),
                     "class listed": round(float(named(vectors, words, embedder, ENSEMBLES["georsclip"]).none.mean()), 4)}
    found["surest"] = round(float(sigmoid(embedder.scale * (vectors @ words.T).max(1) + embedder.bias).mean()), 4)
    return found


def main():
    """Measure and print."""
    package()
    from terralogue.models.language.text_tower import TextTower
    from terralogue.models.retrieval.embedder import NanoEmbedder
    from terralogue.models.vision.nano import Nano

    given = SimpleNamespace(folder=Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/data/open"),
                            every=int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    resources, found = ROOT / "resources" / "nano", {}
    embedder = NanoEmbedder(Nano.load(resources), TextTower.load(resources))
    for name, gsd in SETS.items():
        folder = given.folder / name
        found[name] = figures(embedder, *tiles(embedder, folder, gsd, given.every)) if folder.is_dir() else "imagery not there"
    print(json.dumps(found))


if __name__ == "__main__":
    main()

"""Masks by simulated clicks on real buildings and tree crowns that no model here was trained on.

    python tests/benchmarks/bench_clicks.py --data /data/open [--number 200] [--sam FOLDER] [--reach 0.15]

Prints one JSON object: mean IoU of 200 buildings (pixels; ``fair_nairobi``, a country left out of training) and of 200 tree
crowns (boxes; the plots of ``neon_trees`` left out) after 1, 3 and 5 clicks, and the share of targets at IoU ≥ 0.5, for
Nano's predictor, for growing a region by colour at each of several reaches, and for a SAM in ``--sam``, if given. The
click rule is that of ``models/masks/clicking.py``; of a crown only its box is known, so the ellipse in it is pointed at.
Buildings that touch count as one where the map does not keep them apart. ``halved`` says what keeping features in half
precision does to the masks, ``seconds`` what one look and one answer take (median).
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
CLICKS = (1, 3, 5)
#: Zoom of the footprints: 0.15 m a pixel. Smallest building in pixels; what covers more of a tile is no single one.
ZOOM, SMALLEST, LARGEST = 20, 150, 0.4
REACHES = (0.06, 0.1, 0.14, 0.2)


def buildings(data: Path, number: int):
    """(rgb, gsd, target) of single buildings: whole in their tile, spread over all tiles."""
    from PIL import Image
    from scipy import ndimage

    found = []
    for path in sorted((data / "fair_nairobi").glob(f"OAM-*-{ZOOM}.jpg")):
        mask = np.asarray(Image.open(path.with_name(path.stem + "_mask.png")).convert("L")) > 0
        rgb = np.asarray(Image.open(path).convert("RGB"))
        lat = np.arctan(np.sinh(np.pi * (1 - 2 * (int(path.stem.split("-")[2]) + 0.5) / 2**ZOOM)))
        gsd = 40075016.686 * np.cos(lat) / (256 * 2**ZOOM)
        pieces, _ = ndimage.label(mask)
        for index, box in enumerate(ndimage.find_objects(pieces), 1):
            target = pieces == index
            (top, bottom), (left, right) = ((axis.start, axis.stop) for axis in box)
            whole = top > 0 and left > 0 and bottom < mask.shape[0] and right < mask.shape[1]
            if whole and SMALLEST <= target.sum() <= LARGEST * target.size:
                found.append((path.stem, rgb, gsd, target, None))
    return spread(found, number)


def crowns(data: Path, number: int):
    """(rgb, gsd, target, box) of crowns whose box lies whole in a held-out plot; the target is the ellipse in it."""
    import rasterio
    from terralogue.models.training.splits import part_of

    found = []
    for path in sorted((data / "neon_trees").glob("*.tif")):
        if part_of("neon_trees", path.name) != "validation":
            continue
        with rasterio.open(path) as file:
            rgb, gsd = np.moveaxis(file.read([1, 2, 3]), 0, -1), abs(file.transform.a)
        height, width = rgb.shape[:2]
        rows, cols = np.mgrid[:height, :width] + 0.5
        for box in ElementTree.parse(path.with_suffix(".xml")).iter("bndbox"):
            x0, y0, x1, y1 = (float(box.find(name).text) for name in ("xmin", "ymin", "xmax", "ymax"))
            if x0 > 0 and y0 > 0 and x1 < width and y1 < height and x1 - x0 >= 10 and y1 - y0 >= 10:
                ellipse = ((cols - (x0 + x1) / 2) / (x1 - x0)) ** 2 + ((rows - (y0 + y1) / 2) / (y1 - y0)) ** 2 <= 0.25
                found.append((path.stem, rgb, gsd, ellipse, (x0, y0, x1, y1)))
    return spread(found, number)


def spread(found, number):
    order = np.random.default_rng(0).permutation(len(found))[:number]
    return [found[index] for index in sorted(order)]


def overlap(mask, target, box) -> float:
    if box is None:
        both = (mask & target).sum() / max(1, (mask | target).sum())
        return float(both)
    if not mask.any():
        return 0.0
    rows, cols = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    x0, y0, x1, y1 = cols[0], rows[0], cols[-1] + 1, rows[-1] + 1
    inter = max(0.0, min(x1, box[2]) - max(x0, box[0])) * max(0.0, min(y1, box[3]) - max(y0, box[1]))
    return float(inter / ((x1 - x0) * (y1 - y0) + (box[2] - box[0]) * (box[3] - box[1]) - inter))


class Timed:
    """An engine with a clock, that looks at each image once."""

    def __init__(self, engine):
        self.engine, self.seen, self.looks, self.answers = engine, {}, [], []

    def look(self, name, rgb, gsd):
        if name not in self.seen:
            started = time.perf_counter()
            self.seen[name] = self.engine.encode(np.moveaxis(rgb, -1, 0).astype(np.float32) / 255, gsd)
            self.looks.append(time.perf_counter() - started)
        return self.seen[name]

    def decode(self, seen, prompt, cancel=None):
        started = time.perf_counter()
        found = self.engine.decode(seen, prompt, cancel)
        self.answers.append(time.perf_counter() - started)
        return found


def measured(engine, targets) -> dict:
    from terralogue.models.masks.clicking import masks_by_click

    timed, rows = Timed(engine), []
    for name, rgb, gsd, target, box in targets:
        masks = masks_by_click(timed, timed.look(name, rgb, gsd), target, max(CLICKS))
        rows.append([overlap(masks[count - 1], target, box) for count in CLICKS])
    table = np.array(rows)
    return {
        "iou": {str(c): round(float(v), 4) for c, v in zip(CLICKS, table.mean(0))},
        "at_half": {str(c): round(float(v), 4) for c, v in zip(CLICKS, (table >= 0.5).mean(0))},
        "seconds": {"look": round(median(timed.looks), 4), "answer": round(median(timed.answers), 4)},
    }


def halved(engine, targets) -> dict:
    """How many pixels of first masks change when features go through the cache on disk, and of how many."""
    from terralogue.models.masks.clicking import next_click
    from terralogue.models.masks.embedding_cache import EmbeddingCache
    from terralogue.models.masks.engine import Prompt

    changed, pixels, worst = 0, 0, 1.0
    with tempfile.TemporaryDirectory() as folder:
        cache = EmbeddingCache(Path(folder), 10**9)
        for number, (_, rgb, gsd, target, _) in enumerate(targets):
            seen = engine.encode(np.moveaxis(rgb, -1, 0).astype(np.float32) / 255, gsd)
            cache.put(f"{number:064x}", seen)
            again = cache.get(f"{number:064x}")
            prompt = Prompt((next_click(target).place,))
            one, two = (engine.decode(what, prompt) for what in (seen, again))
            masks = [found[0].scores >= 0.5 if found else np.zeros(target.shape, bool) for found in (one, two)]
            changed += int((masks[0] != masks[1]).sum())
            pixels += int(masks[0].sum())
            worst = min(worst, overlap(masks[0], masks[1], None) if masks[0].any() else 1.0)
    return {"masks": len(targets), "pixels": pixels, "changed": changed, "worst_iou": round(worst, 5)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--sam", type=Path, help="a folder with an encoder and a decoder, as users install them")
    options = parser.parse_args()
    import conftest  # noqa: F401 - makes the checkout importable as terralogue
    from colour_growing import ColourGrowing

    from terralogue.models.masks.nano_masks import NanoMasks
    from terralogue.models.vision.nano import Nano

    nano = NanoMasks(Nano.load(ROOT / "resources" / "nano"))
    engines = {"nano": nano, **{f"colour {reach}": ColourGrowing(reach) for reach in REACHES}}
    if options.sam is not None:
        from terralogue.models.masks.opening import open_engine

        engines["sam"] = open_engine(options.sam)
    found = {"clicks": list(CLICKS), "model": nano.name, "digest": nano.digest}
    for what, gather in (("buildings", buildings), ("crowns", crowns)):
        targets = gather(options.data, options.number)
        found[what] = {"targets": len(targets), "images": len({name for name, *_ in targets})}
        for name, engine in engines.items():
            found[what][name] = measured(engine, targets)
            print(what, name, found[what][name], file=sys.stderr, flush=True)
    found["halved"] = {name: halved(engine, buildings(options.data, 50)) for name, engine in engines.items()
                       if not name.startswith("colour")}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

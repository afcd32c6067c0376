"""Masks by simulated clicks on real buildings and tree crowns that no model here was trained on.

    python tests/benchmarks/bench_clicks.py --data /data/open [--number 200] [--sam FOLDER]

Prints one JSON object: mean IoU after 1, 3 and 5 clicks of 200 buildings (pixels; of ``fair_nairobi``, a country left out of
training, and as it has fewer, of single footprints left out) and of 200 tree crowns (boxes; the plots of ``neon_trees`` left
out; they hold 172), and the share of targets at IoU ≥ 0.5, for Nano's predictor, for the same when it is told the class in
words, for growing a region by colour at each of several reaches, and for a SAM in ``--sam``, if given. The click rule is
that of ``models/masks/clicking.py``; of a crown only its box is known, so the ellipse in it is pointed at.
Buildings that touch count as one where the map does not keep them apart. ``halved`` says what keeping features in half
precision does to the masks, ``seconds`` what one look and one answer take (median).
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
CLICKS = (1, 3, 5)
#: Zoom of the tiles, 0.15 m a pixel. Smallest building in pixels.
ZOOM, SMALLEST = 20, 150
#: Pixels of the window that every engine is shown, and the share of it that a target spans at most.
SIDE, SPAN = 256, 0.6
REACHES = (0.06, 0.1, 0.14, 0.2)


def footprints(data: Path):
    """(name, whether of the country left out, rgb, mask) of held-out ground: four tiles of a z19 parent side by side."""
    from PIL import Image

    from terralogue.models.training.splits import footprint, part_of

    parents = defaultdict(dict)
    for place in ("fair_nairobi", "fair_zanzibar", "fair_banepa_z21"):
        for path in (data / place).glob(f"OAM-*-{ZOOM}.jpg"):
            if part_of(place, path.name) in ("test", "validation"):
                _, x, y, _ = path.stem.split("-")
                parents[place, footprint(path.stem)][int(x) % 2, int(y) % 2] = path
    for (place, name), tiles in sorted(parents.items()):
        rgb, mask = np.zeros((512, 512, 3), np.uint8), np.zeros((512, 512), bool)
        for (x, y), path in tiles.items():
            part = np.s_[256 * y:256 * y + 256, 256 * x:256 * x + 256]
            rgb[part] = np.asarray(Image.open(path).convert("RGB"))
            mask[part] = np.asarray(Image.open(path.with_name(path.stem + "_mask.png")).convert("L")) > 0
        yield f"{place} {name}", place == "fair_nairobi", rgb, mask


def buildings(data: Path, number: int):
    """Windows around the buildings of the country left out; where they are fewer, of other footprints left out too."""
    from scipy import ndimage

    found, others = [], []
    for name, country, rgb, mask in footprints(data):
        pieces, _ = ndimage.label(mask)
        gsd = ground(name)
        for index, box in enumerate(ndimage.find_objects(pieces), 1):
            target = pieces == index
            if target.sum() >= SMALLEST:
                bounds = box[1].start, box[0].start, box[1].stop, box[0].stop
                (found if country else others).append(window(name, rgb, gsd, target, bounds, False))
    return spread(found, number) + spread(others, max(0, number - len(found)))


def ground(name: str) -> float:
    """Metres a pixel of a footprint."""
    row = int(name.split("-")[-1])
    return 40075016.686 / (256 * 2**ZOOM) / np.cosh(np.pi * (1 - 2 * (row + 0.5) / 2**19))


def crowns(data: Path, number: int):
    """Windows around crowns whose box lies whole in a held-out plot; the target is the ellipse in it."""
    import rasterio

    from terralogue.models.training.splits import part_of

    found = []
    for path in sorted((data / "neon_trees").glob("*.tif")):
        if part_of("neon_trees", path.name) != "validation":
            continue
        with rasterio.open(path) as file:
            rgb, gsd = np.moveaxis(file.read([1, 2, 3]), 0, -1), abs(file.transform.a)
        height, width = rgb.shape[:2]
        if min(height, width) < SIDE:
            continue
        rows, cols = np.mgrid[:height, :width] + 0.5
        for box in ElementTree.parse(path.with_suffix(".xml")).iter("bndbox"):
            x0, y0, x1, y1 = (float(box.find(name).text) for name in ("xmin", "ymin", "xmax", "ymax"))
            if x0 > 0 and y0 > 0 and x1 < width and y1 < height and x1 - x0 >= 10 and y1 - y0 >= 10:
                ellipse = ((cols - (x0 + x1) / 2) / (x1 - x0)) ** 2 + ((rows - (y0 + y1) / 2) / (y1 - y0)) ** 2 <= 0.25
                found.append(window(path.stem, rgb, gsd, ellipse, (x0, y0, x1, y1), True))
    return spread(found, number)


def window(name, rgb, gsd, target, bounds, boxed):
    """(name, rgb, gsd, target, box or None) of ``SIDE`` px around a target: as somebody who points at it zooms."""
    factor = 1
    while max(bounds[2] - bounds[0], bounds[3] - bounds[1]) > SPAN * SIDE * factor and SIDE * factor * 2 <= min(target.shape):
        factor *= 2
    length = SIDE * factor
    left = int(np.clip(round((bounds[0] + bounds[2] - length) / 2), 0, target.shape[1] - length))
    top = int(np.clip(round((bounds[1] + bounds[3] - length) / 2), 0, target.shape[0] - length))
    part = np.s_[top:top + length, left:left + length]
    pixels = rgb[part].reshape(SIDE, factor, SIDE, factor, 3).mean((1, 3)).astype(np.float32) / 255
    mask = target[part].reshape(SIDE, factor, SIDE, factor).mean((1, 3)) >= 0.5
    box = tuple((v - o) / factor for v, o in zip(bounds, (left, top, left, top))) if boxed else None
    return f"{name} {left} {top} {factor}", pixels, gsd * factor, mask, box


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
    """An engine with a clock, that looks at each image once. ``label``: added to every prompt."""

    def __init__(self, engine, label=""):
        self.engine, self.label, self.seen, self.looks, self.answers = engine, label, {}, [], []

    def look(self, name, rgb, gsd):
        if name not in self.seen:
            started = time.perf_counter()
            self.seen[name] = self.engine.encode(np.ascontiguousarray(np.moveaxis(rgb, -1, 0)), gsd)
            self.looks.append(time.perf_counter() - started)
        return self.seen[name]

    def decode(self, seen, prompt, cancel=None):
        started = time.perf_counter()
        found = self.engine.decode(seen, replace(prompt, label=self.label), cancel)
        self.answers.append(time.perf_counter() - started)
        return found


def measured(engine, targets, label="") -> dict:
    from terralogue.models.masks.clicking import masks_by_click

    timed, rows = Timed(engine, label), []
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
    from terralogue.models.masks.engine import Embedding, Prompt
    from terralogue.models.masks.nano_masks import NanoMasks

    changed, pixels, worst = 0, 0, 1.0
    with tempfile.TemporaryDirectory() as folder:
        cache = EmbeddingCache(Path(folder), 10**9)
        for number, (_, rgb, gsd, target, _) in enumerate(targets):
            seen = engine.encode(np.ascontiguousarray(np.moveaxis(rgb, -1, 0)), gsd)
            if isinstance(engine, NanoMasks):  # which keeps half precision itself: compare with what it saw
                whole = np.ascontiguousarray(np.moveaxis(rgb, -1, 0))[None]
                seen = Embedding({"features": engine._nano.see(whole, gsd).features[0]}, seen.shape)
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
        from terralogue.models.masks.installed import entry_of, open_engine

        engines["sam"] = open_engine(entry_of(options.sam))
    found = {"clicks": list(CLICKS), "model": nano.name, "digest": nano.digest}
    for what, gather, label in (("buildings", buildings, "building"), ("crowns", crowns, "tree")):
        targets = gather(options.data, options.number)
        found[what] = {"targets": len(targets), "places": Counter(name.split()[0] for name, *_ in targets)}
        for name, engine in [*engines.items(), ("nano, told the class", nano)]:
            found[what][name] = measured(engine, targets, label if "told" in name else "")
            print(what, name, found[what][name], file=sys.stderr, flush=True)
    found["halved"] = {name: halved(engine, buildings(options.data, 50)) for name, engine in engines.items()
                       if not name.startswith("colour")}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

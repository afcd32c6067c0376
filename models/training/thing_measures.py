"""Held-out figures of things and masks, from the shipped graphs: drawn scenes of unseen layouts and materials, and what
can be checked on real tiles.
"""

from pathlib import Path
from typing import Any, Dict, Iterable, Sequence, Tuple

import numpy as np

from ..metrics.detection import DetectionAgreement
from ..vision.detections import Detection
from ..vision.legend import SCENES_AERIAL, THING_SCALES, THINGS
from ..vision.nano import Nano
from ..vision.prompts import prompt_maps
from .measures import Control, Tiles, as_is
from .thing_batches import presence_of
from .thing_truth import ThingTruth, truth

LOWEST, STEPS = 0.1, tuple(round(0.05 * step, 2) for step in range(3, 15))
#: Balanced accuracy of "is there one" on real tiles, and tiles of either kind, from which a label counts as checked.
PASSED, ENOUGH = 0.85, 12


def anything(images: np.ndarray, gsd: np.ndarray) -> np.ndarray:
    """Every image replaced by another: drawn scenes have a distance each, so none could stay among its like."""
    return np.roll(images, len(images) // 2, 0)


class Drawn:
    """A folder of rendered validation scenes, and what the model finds in each."""

    def __init__(self, nano: Nano, folder: Path, most: int = 512, control: Control = as_is) -> None:
        store = {name: np.load(folder / f"{name}.npy", mmap_mode="r")
                 for name in ("images", "things", "rosters", "complete", "gsd")}
        self.gsd = np.asarray(store["gsd"][:most])
        images = control(np.asarray(store["images"][:most]), self.gsd)
        self.ids, self.rosters = np.asarray(store["things"][:most]), np.asarray(store["rosters"][:most])
        self.truths = [truth(*known) for known in zip(self.ids, self.rosters, store["complete"][:most])]
        self.complete = np.asarray(store["complete"][:most])
        self.nano, self.features, self.found = nano, [], []
        for image, gsd in zip(images, self.gsd):
            seen = nano.see(image[None].astype(np.float32) / 255.0, float(gsd))
            self.features.append(seen.features.astype(np.float16))
            self.found.append(nano.find(seen.features, LOWEST)[0])


def boxes(known: ThingTruth, label: int, roster: np.ndarray) -> np.ndarray:
    """(n, 4) x0, y0, x1, y1 of the true things of one label, in pixels."""
    mine = roster[known.ids] == label
    centre = (known.cells[mine][:, ::-1] + 0.5 + known.shape[mine][:, :2]) * 4
    half = 2.0 ** known.shape[mine][:, 2:] * 2
    return np.concatenate([centre - half, centre + half], 1)


def agreement(rows: Iterable[Tuple[np.ndarray, Sequence[Detection]]]) -> DetectionAgreement:
    """True boxes (n, 4) and what was found, image by image, matched at IoU 0.5."""
    counted = DetectionAgreement()
    for real, found in rows:
        counted.add(np.array([one.box for one in found]), np.array([one.score for one in found]), real)
    return counted


def detection(drawn: Drawn) -> Dict[str, Dict[str, float]]:
    """By label: the threshold of highest F1 at IoU 0.5, that F1, precision, recall, and how often the number in a scene
    is right within one. Only scenes that know all of a label's things count, at scales at which it is looked for.
    """
    figures = {}
    for label, name in enumerate(THINGS):
        finest, coarsest = THING_SCALES[name]
        rows = []
        for index in np.flatnonzero(drawn.complete[:, label] & (drawn.gsd >= finest * 0.7) & (drawn.gsd <= coarsest * 1.05)):
            real = boxes(drawn.truths[index], label, drawn.rosters[index])
            rows.append((real, [one for one in drawn.found[index] if one.label == name]))
        total = sum(len(real) for real, _ in rows)
        if total < 5:
            continue
        best: Tuple[float, float, float, float, float] = (-1.0, 0.5, 0, 0, 0)
        for step in STEPS:
            kept = [(real, [one for one in found if one.score >= step]) for real, found in rows]
            near = float(np.mean([abs(len(f) - len(r)) <= 1 for r, f in kept if len(r) or len(f)] or [0]))
            said = agreement(kept).figures()
            best = max(best, (said["f1"], step, said["precision"], said["recall"], near))
        figures[name] = {"n": total, "f1_50": best[0], "threshold": best[1], "precision": best[2], "recall": best[3],
                         "count_within_1": best[4]}
    return figures


def clicks(drawn: Drawn, most: int = 200, seed: int = 0) -> Dict[str, float]:
    """Mean IoU of masks of single things after 1, 3 and 5 clicks, each put in the middle of what is still wrong; and
    after a box.
    """
    rng, sums, count = np.random.default_rng(seed), np.zeros(4), 0
    for index in rng.permutation(len(drawn.features)):
        known = drawn.truths[index]
        big = [k for k in known.ids if (drawn.ids[index] == k).sum() >= 60]
        if not big or count == most:
            continue
        number = int(rng.choice(big))
        mask = drawn.ids[index] == number
        rows, cols = np.nonzero(mask)
        box = (float(cols.min()), float(rows.min()), float(cols.max() + 1), float(rows.max() + 1))
        features = drawn.features[index].astype(np.float32)
        shape = mask.shape
        inside, outside, ious = [], [], []
        found = np.zeros(shape, bool)
        for _ in range(5):
            wrong = mask & ~found if (mask & ~found).sum() >= (found & ~mask).sum() else found & ~mask
            y, x = _middle(wrong)
            (inside if mask[y, x] else outside).append((x + 0.5, y + 0.5))
            found = drawn.nano.mask(features, prompt_maps(shape, inside, outside)[None])[0] >= 0.5
            ious.append(_iou(found, mask))
        boxed = drawn.nano.mask(features, prompt_maps(shape, box=box)[None])[0] >= 0.5
        sums += (ious[0], ious[2], ious[4], _iou(boxed, mask))
        count += 1
    mean = sums / max(count, 1)
    return {"n": count, "iou 1 click": mean[0], "iou 3 clicks": mean[1], "iou 5 clicks": mean[2], "iou box": mean[3]}


def _middle(mask: np.ndarray) -> Tuple[int, int]:
    """The pixel farthest from the mask's edge."""
    from scipy import ndimage

    depth = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    row, col = np.unravel_index(int(depth.argmax()), mask.shape)
    return int(row), int(col)


def _iou(found: np.ndarray, real: np.ndarray) -> float:
    return float((found & real).sum() / max((found | real).sum(), 1))


def real_presence(nano: Nano, tiles: Tiles, thresholds: Dict[str, float], control: Control = as_is) -> Dict[str, Any]:
    """On held-out UC Merced tiles whose class says that a thing surely stands there or surely not: balanced accuracy of
    "found at least one". A label is ``passed`` from 0.85 with 12 tiles of either kind.
    """
    images = control(np.asarray(tiles.images), tiles.gsd)
    strongest = np.zeros((len(images), len(THINGS)))
    for index, (image, gsd) in enumerate(zip(images, tiles.gsd)):
        for one in nano.find(nano.see(image[None].astype(np.float32) / 255.0, float(gsd)).features, LOWEST)[0]:
            label = THINGS.index(one.label)
            strongest[index, label] = max(strongest[index, label], one.score)
    known = np.stack([presence_of(SCENES_AERIAL[int(scene)]) for scene in tiles.scenes])
    figures = {}
    for label, name in enumerate(THINGS):
        there, not_there = known[:, label] == 1, known[:, label] == 0
        if min(there.sum(), not_there.sum()) < ENOUGH or name not in thresholds:
            continue
        hit = strongest[:, label] >= thresholds[name]
        recall, quiet = float(hit[there].mean()), float((~hit[not_there]).mean())
        figures[name] = {"n": int(there.sum() + not_there.sum()), "found where there": recall, "quiet where not": quiet,
                         "passed": (recall + quiet) / 2 >= PASSED}
    return figures

"""What land cover told beside the pixels is worth: change masks and captions of drawn pairs without it and with it.

The maps told are the true ones with 15 % of their ground wrong, in blocks, and each a pixel beside its place: no user's map
is right everywhere (SECOND-CC judges its semantic stream with true maps alone).
"""

from typing import Any, Dict, List

import numpy as np
from scipy import ndimage

from ..datasets.second_captions import captions
from ..datasets.second_pair import blanked, transitions
from ..datasets.second_palette import CLASSES
from ..maps.land_cover import believed
from ..metrics.captions import caption_figures
from ..metrics.pixels import PixelAgreement
from ..vision.legend import CHANGES, COVERS
from ..vision.nano import Nano
from .change_measures import Drawn
from .wrong_maps import WRONG, corrupted

#: The class of SECOND for each cover: it has no roads of its own.
_SECOND = np.array([CLASSES.index(name) + 1 for name in (
    "building", "non-vegetated ground", "tree", "low vegetation", "non-vegetated ground", "water")], np.uint8)
#: Fewest pixels that a caption speaks of.
_LEAST = 64


def told_cover(nano: Nano, drawn: Drawn, seed: int = 0) -> Dict[str, Any]:
    """F1 of any change and of buildings, of the changed ground the share of which both covers are right, and CIDEr-D (times
    100, the mean over the five sentences) of captions made of what became of what."""
    rng = np.random.default_rng(seed)
    maps = [np.stack([corrupted(cover, rng) for cover in covers]) for covers in (drawn.cover_before, drawn.cover_after)]
    references = [list(captions(_rows(one, two, one != two, float(gsd)))) for one, two, gsd in zip(
        drawn.cover_before, drawn.cover_after, drawn.gsd)]
    figures: Dict[str, Any] = {}
    for name, told in (("seen alone", None), (f"told, {WRONG:.0%} wrong", maps)):
        figures[name] = _figures(nano, drawn, told, references)
    figures["CIDEr-D more with it"] = figures[f"told, {WRONG:.0%} wrong"]["cider_d"] - figures["seen alone"]["cider_d"]
    return figures


def _figures(nano: Nano, drawn: Drawn, told: Any, references: List[List[str]]) -> Dict[str, float]:
    agreements = {"any": PixelAgreement(), "building": PixelAgreement()}
    said, right = [], np.zeros(3)
    for index in range(len(drawn.before)):
        dates = [nano.see_each(images[index:index + 1].astype(np.float32) / 255, [float(drawn.gsd[index])])
                 for images in (drawn.before, drawn.after)]
        if told is not None:
            dates = [believed(seen, _untold(maps[index:index + 1])) for seen, maps in zip(dates, told)]
        score = nano.compare(*dates)[0]
        for label, agreement in agreements.items():
            truth = drawn.truth(label)[index]
            agreement.add(score[CHANGES.index(label)] >= 0.5, truth, np.ones(truth.shape, bool))
        changed = score[-1] >= 0.5
        both = np.logical_and(*(seen.cover[0].argmax(0) == truth[index] for seen, truth in zip(
            dates, (drawn.cover_before, drawn.cover_after))))
        truly = drawn.truth("any")[index]
        right += (both & changed & truly).sum(), truly.sum(), changed.sum()
        covers = [_by_part(seen.cover[0], changed) for seen in dates]
        said.append(captions(_rows(*covers, changed, float(drawn.gsd[index]))))
    found = {f"{label} f1": agreement.figures()["f1"] for label, agreement in agreements.items()}
    found["from and to, recall"] = float(right[0] / right[1])
    found["from and to, precision"] = float(right[0] / max(right[2], 1))
    ciders = [caption_figures(list(sentences), references)["cider_d"] for sentences in zip(*said)]
    return {**found, "cider_d": 100 * float(np.mean(ciders))}


def _by_part(cover: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """(H, W) class indices: every changed part is what most of it is, as the polygons of a change say it."""
    parts, count = ndimage.label(changed)
    means = np.stack([ndimage.mean(plane, parts, np.arange(count + 1)) for plane in cover])
    return np.asarray(means.argmax(0)[parts])


def _untold(maps: np.ndarray) -> np.ndarray:
    return np.where(maps < len(COVERS), maps, -1).astype(np.float32)


def _rows(before: np.ndarray, after: np.ndarray, changed: np.ndarray, gsd: float) -> Any:
    one, two = (_second(cover) for cover in (before, after))
    one[~changed] = 0
    return [row for row in transitions(*blanked(one, two)[:2], gsd) if row.pixels >= _LEAST]


def _second(cover: np.ndarray) -> np.ndarray:
    return np.where(cover < len(COVERS), _SECOND[np.minimum(cover, len(COVERS) - 1)], 0).astype(np.uint8)

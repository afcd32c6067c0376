"""Figures of the change head beside F1 on real pairs: windows, cells, the class asked for, and what light and blur do.

Drawn scenes of the validation part have two dates and are fully known; the same ground twice, changed in light, place or
sharpness alone, has changed nowhere.
"""

import json
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Tuple

import numpy as np
from scipy import ndimage

from ..metrics.pixels import PixelAgreement
from ..vision.legend import CHANGES, COVERS
from ..vision.nano import Nano
from .measures import DatePair, Tiles

#: Sides of windows that changed or not, and cells of a 3 × 3 grid.
WINDOW, CELLS = 128, 3
#: A window or cell has changed where more of it has than the ragged edges of a registration leave.
LEAST = 0.005
#: Shares of a window from which it may be told to have changed.
SHARES = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1)
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))
#: The greatest false share at which recall is read, and at which a channel's threshold is picked.
FALSE_SHARE, FALSE_PICKED = 0.01, 0.003
_BATCH = 4

Change = Callable[[np.ndarray], np.ndarray]


class Drawn(NamedTuple):
    """``before``, ``after`` (n, 3, S, S) uint8; ``cover_before``, ``cover_after`` (n, S, S) class indices; ``gsd`` (n,)."""

    before: np.ndarray
    after: np.ndarray
    cover_before: np.ndarray
    cover_after: np.ndarray
    gsd: np.ndarray

    @classmethod
    def read(cls, folder: Path, most: int = 64) -> "Drawn":
        """The first ``most`` pairs of a rendered set."""
        rows = json.loads((folder / "pairs.json").read_text())[:most]
        images, covers, gsd = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("images", "covers", "gsd"))
        after, cover_after = (np.load(folder / f"after_{name}.npy", mmap_mode="r") for name in ("images", "covers"))
        first = slice(len(rows))
        return cls(np.asarray(images[rows]), np.asarray(after[first]), np.asarray(covers[rows]),
                   np.asarray(cover_after[first]), np.asarray(gsd[rows]))

    def truth(self, label: str) -> np.ndarray:
        """(n, S, S) bool: where ``label`` is on exactly one date; "any": where the cover is another."""
        if label not in COVERS:
            return np.asarray(self.cover_before != self.cover_after)
        index = COVERS.index(label)
        return np.asarray((self.cover_before == index) != (self.cover_after == index))


def brighter(rgb: np.ndarray) -> np.ndarray:
    """30 % more light, on (n, 3, H, W) in 0..1 as all that follow."""
    return np.clip(rgb * 1.3, 0, 1)


def darker(rgb: np.ndarray) -> np.ndarray:
    """30 % less light."""
    return rgb * 0.7


def shifted(rgb: np.ndarray) -> np.ndarray:
    """One pixel down and one to the right; edges repeat."""
    return np.pad(rgb, ((0, 0), (0, 0), (1, 0), (1, 0)), mode="edge")[:, :, :-1, :-1]


def blurred(rgb: np.ndarray) -> np.ndarray:
    """A Gaussian of 1.5 px."""
    return np.asarray(ndimage.gaussian_filter(rgb, (0, 0, 1.5, 1.5)))


PERTURBED: Dict[str, Change] = {"light +30 %": brighter, "light −30 %": darker, "shift 1 px": shifted, "blur 1.5 px": blurred}


def scores(nano: Nano, before: np.ndarray, after: np.ndarray, gsd: np.ndarray,
           change: Change = np.asarray) -> Iterator[np.ndarray]:
    """(7, S, S) of each pair of (n, 3, S, S) uint8, the second date changed by ``change``."""
    for start in range(0, len(before), _BATCH):
        part = slice(start, start + _BATCH)
        metres = [float(value) for value in gsd[part]]
        one = nano.see_each(before[part].astype(np.float32) / 255, metres)
        two = nano.see_each(np.ascontiguousarray(change(after[part].astype(np.float32) / 255), np.float32), metres)
        yield from nano.compare(one, two)


def pick(nano: Nano, drawn: Drawn, tiles: Tiles, building: float) -> Dict[str, float]:
    """A threshold of each channel: the best on ``drawn`` among those at which at most ``FALSE_PICKED`` of ``tiles`` changes
    under what is no change; for buildings the one that real pairs gave. ``nano``: without thresholds of its own."""
    found = list(scores(nano, drawn.before, drawn.after, drawn.gsd))
    same = [score for change in PERTURBED.values() for score in scores(nano, tiles.images, tiles.images, tiles.gsd, change)]
    picked = {"building": building}
    for index, label in enumerate(CHANGES):
        if label in picked:
            continue
        truth = drawn.truth(label)
        allowed = [limit for limit in THRESHOLDS
                   if np.mean([(score[index] >= limit).mean() for score in same]) <= FALSE_PICKED] or [THRESHOLDS[-1]]
        picked[label] = max(allowed, key=lambda limit: _f1([score[index] for score in found], truth, limit))
    return picked


def drawn_changes(nano: Nano, drawn: Drawn) -> Dict[str, Any]:
    """F1 by what changed; of windows and cells; and what asking for another class costs."""
    found = list(scores(nano, drawn.before, drawn.after, drawn.gsd))
    figures: Dict[str, Any] = {}
    best = dict.fromkeys(CHANGES, 0.5)
    for index, label in enumerate(CHANGES):
        figures[f"{label} f1"] = _f1([score[index] for score in found], drawn.truth(label), best[label])
    others = [label for label in COVERS if label != "building"]
    building = drawn.truth("building")
    swapped = [_f1([score[CHANGES.index(label)] for score in found], building, best[label]) for label in others]
    figures["building f1 when another class is asked for, mean"] = float(np.mean(swapped))
    figures["building f1 when any change is asked for"] = _f1([score[-1] for score in found], building, best["any"])
    yes = [score[-1] >= best["any"] for score in found]
    figures[f"changed or not, windows of {WINDOW} px, balanced accuracy"] = windows(yes, drawn.truth("any"))
    figures["building cells of 3 × 3, micro f1"] = cells(
        [score[0] >= best["building"] for score in found], building)
    figures["buildings changed, mean absolute error of the count"] = count_error(
        [score[0] >= best["building"] for score in found], building)
    return figures


def unmoved(nano: Nano, tiles: Tiles, drawn: Drawn) -> Dict[str, Any]:
    """Under each change that is none, "any change" on ``tiles`` and on drawn ground that stayed the same: recall of drawn
    changes, changed in the same way, at the lowest threshold whose false share is at most ``FALSE_SHARE``, and the curve."""
    figures: Dict[str, Any] = {}
    for name, change in PERTURBED.items():
        same = [score[-1] for images, gsd in ((tiles.images, tiles.gsd), (drawn.before, drawn.gsd))
                for score in scores(nano, np.asarray(images), np.asarray(images), np.asarray(gsd), change)]
        real = [score[-1] for score in scores(nano, drawn.before, drawn.after, drawn.gsd, change)]
        truth = drawn.truth("any")
        curve = {limit: (float(np.mean([(score >= limit).mean() for score in same])),
                         _recall(real, truth, limit)) for limit in THRESHOLDS}
        allowed = [limit for limit in THRESHOLDS if curve[limit][0] <= FALSE_SHARE] or [THRESHOLDS[-1]]
        figures[name] = {"threshold": allowed[0], "false share": curve[allowed[0]][0], "recall": curve[allowed[0]][1]}
        figures[name]["curve"] = [[limit, round(false, 4), round(recall, 3)] for limit, (false, recall) in curve.items()]
    return figures


def real_windows(found: Iterable[np.ndarray], pairs: List[DatePair], threshold: float) -> float:
    """Balanced accuracy of "something changed" in windows of real pairs. ``found``: (H, W) scores."""
    return windows([score >= threshold for score in found], [pair.changed for pair in pairs])


def real_windows_by_others(found: List[np.ndarray], pairs: List[DatePair]) -> float:
    """As :func:`real_windows`, but each pair is judged by the threshold and the share of a window that fit the others best."""
    truth = [pair.changed for pair in pairs]
    rules = [(limit, share) for limit in THRESHOLDS for share in SHARES]
    told = [{rule: _told_right(score >= rule[0], mask, rule[1]) for rule in rules} for score, mask in zip(found, truth)]
    return _balanced([
        one[max(rules, key=lambda rule: _balanced([other[rule] for other in told if other is not one]))] for one in told])


def windows(found: Iterable[np.ndarray], truth: Iterable[np.ndarray]) -> float:
    """Mean of the shares of changed and of unchanged windows that are told right; masks (H, W)."""
    return _balanced([_told_right(one, two) for one, two in zip(found, truth)])


def _told_right(found: np.ndarray, truth: np.ndarray, least: float = LEAST) -> List[Tuple[bool, bool]]:
    """(changed, told right) of each window of a pair of masks; told to have changed from a share of ``least`` on."""
    rows = []
    for top in range(0, found.shape[0] - WINDOW + 1, WINDOW):
        for left in range(0, found.shape[1] - WINDOW + 1, WINDOW):
            part = np.s_[top:top + WINDOW, left:left + WINDOW]
            changed = bool(truth[part].mean() >= LEAST)
            rows.append((changed, bool(found[part].mean() >= least) == changed))
    return rows


def _balanced(told: List[List[Tuple[bool, bool]]]) -> float:
    every = [row for rows in told for row in rows]
    parts = [[right for changed, right in every if changed == kind] for kind in (True, False)]
    return float(np.mean([np.mean(part) for part in parts if part]))


def cells(found: Iterable[np.ndarray], truth: Iterable[np.ndarray]) -> float:
    """Micro F1 of the cells of a 3 × 3 grid in which something changed."""
    agreement = PixelAgreement()
    for one, two in zip(found, truth):
        both = [np.array([[part.mean() >= LEAST for part in np.array_split(row, CELLS, 1)]
                          for row in np.array_split(mask, CELLS, 0)]) for mask in (one, two)]
        agreement.add(both[0], both[1], np.ones_like(both[0]))
    return agreement.figures()["f1"]


def count_error(found: Iterable[np.ndarray], truth: Iterable[np.ndarray], least: int = 12) -> Dict[str, float]:
    """Mean absolute error of the number of components of at least ``least`` px, and that of always saying the median."""
    numbers = np.array([[_count(one, least), _count(two, least)] for one, two in zip(found, truth)])
    return {"error": float(np.abs(numbers[:, 0] - numbers[:, 1]).mean()),
            "of the median": float(np.abs(numbers[:, 1] - np.median(numbers[:, 1])).mean())}


def _count(mask: np.ndarray, least: int) -> int:
    labels, _ = ndimage.label(mask, np.ones((3, 3)))
    return int((np.bincount(labels.ravel())[1:] >= least).sum())


def _f1(found: List[np.ndarray], truth: np.ndarray, threshold: float) -> float:
    return _agreement(found, truth, threshold)["f1"]


def _recall(found: List[np.ndarray], truth: np.ndarray, threshold: float) -> float:
    return _agreement(found, truth, threshold)["recall"]


def _agreement(found: List[np.ndarray], truth: np.ndarray, threshold: float) -> Dict[str, float]:
    agreement = PixelAgreement()
    for score, mask in zip(found, truth):
        agreement.add(score >= threshold, mask, np.ones(mask.shape, bool))
    return agreement.figures()


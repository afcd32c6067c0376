"""The light of two dates made alike without erasing change: one straight line a channel, fitted on what looks stable.

A line for the whole image can take away a haze, an exposure or a colour cast, but nothing that happened in a place. The
fit follows the reweighted pixels of IR-MAD (Nielsen, 2007) in its simplest form: bisquare weights of the distance in all
channels at once, and the ratio of deviations as slope, which is the same whichever date is fitted to the other.
"""

from dataclasses import dataclass
from typing import Tuple

import numpy as np

#: Pixels that are fitted, and the fewest that tell anything.
MOST, FEWEST = 20_000, 500
#: Slopes and shares of stable pixels that are believed, and how well these must agree: beyond, it is other ground.
SLOPES, STABLE, AGREE = (0.5, 2.0), 0.3, 0.5
#: Lines are left alone that would move the stable pixels by less than this (of 0..1), or close less of their gap.
NOTICEABLE, CLOSED = 0.03, 0.25
#: Where a pixel's weight reaches zero, in deviations of its distance.
_BISQUARE, _ROUNDS = 4.685, 8


@dataclass(frozen=True)
class Levels:
    """``slope`` × value + ``offset`` in each of three channels (values in 0..1), for date ``date`` (0 before, 1 after).

    ``stable``: share of the pixels that the line was fitted on. ``trusted``: whether applying it is worth while.
    """

    date: int = 1
    slope: Tuple[float, float, float] = (1.0, 1.0, 1.0)
    offset: Tuple[float, float, float] = (0.0, 0.0, 0.0)
    stable: float = 0.0
    trusted: bool = False

    def apply(self, rgb: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """(3, h, w) float32 0..1 with the line applied; invalid pixels stay 0."""
        slope, offset = (np.array(v, np.float32)[:, None, None] for v in (self.slope, self.offset))
        lifted: np.ndarray = np.clip(rgb * slope + offset, 0, 1) * valid
        return lifted.astype(np.float32)


def fit_levels(before: np.ndarray, after: np.ndarray) -> Levels:
    """The line that makes the darker date as bright as the other. Both (n, 3) float 0..1 of the same places.

    Saturated pixels tell nothing and are left out.
    """
    inner = ((before > 0.01) & (before < 0.99) & (after > 0.01) & (after < 0.99)).all(axis=1)
    before, after = (values[inner][::max(1, int(inner.sum()) // MOST)].astype(np.float64) for values in (before, after))
    if len(before) < FEWEST:
        return Levels()
    date = 0 if float(np.median(before.sum(1))) < float(np.median(after.sum(1))) else 1
    dark, bright = (before, after) if date == 0 else (after, before)
    weight = np.ones(len(dark))
    slope, offset = _median_line(dark, bright)
    for _ in range(_ROUNDS):
        gap = (bright - slope * dark - offset) / np.sqrt(1 + slope ** 2)
        spread = 1.4826 * np.median(np.abs(gap), axis=0) + 1e-4
        far = np.sqrt(((gap / spread) ** 2).mean(axis=1)) / _BISQUARE
        weight = np.where(far < 1, (1 - far ** 2) ** 2, 0)
        slope, offset = _line(dark, bright, weight)
    stable = weight > 0.5
    share = float(stable.mean())
    if share < STABLE or not (np.isfinite(slope).all() and SLOPES[0] <= slope.min() and slope.max() <= SLOPES[1]):
        return Levels(date, stable=share)
    return Levels(date, _three(slope), _three(offset), share, _worth(dark[stable], bright[stable], slope, offset))


def _worth(dark: np.ndarray, bright: np.ndarray, slope: np.ndarray, offset: np.ndarray) -> bool:
    """Whether the line moves stable pixels noticeably, closes their gap, and they agree apart from it."""
    lifted = slope * dark + offset
    moved = float(np.abs(lifted - dark).mean())
    gap, left = float(np.abs(bright - dark).mean()), float(np.abs(bright - lifted).mean())
    agree = float(np.corrcoef(dark.sum(1), bright.sum(1))[0, 1]) if dark.std() > 0 < bright.std() else 0.0
    return moved >= NOTICEABLE and left <= (1 - CLOSED) * gap and agree >= AGREE


def _median_line(dark: np.ndarray, bright: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    middle, other = np.median(dark, axis=0), np.median(bright, axis=0)
    spread, wide = (np.median(np.abs(v - m), axis=0) + 1e-3 for v, m in ((dark, middle), (bright, other)))
    slope = np.clip(wide / spread, *SLOPES)
    return slope, other - slope * middle


def _line(dark: np.ndarray, bright: np.ndarray, weight: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Slope and offset of the weighted reduced major axis."""
    weight = weight[:, None] / max(weight.sum(), 1e-9)
    middle, other = (weight * dark).sum(0), (weight * bright).sum(0)
    spread, wide = (np.sqrt((weight * (v - m) ** 2).sum(0)) + 1e-9 for v, m in ((dark, middle), (bright, other)))
    slope = wide / spread
    return slope, other - slope * middle


def _three(values: np.ndarray) -> Tuple[float, float, float]:
    one, two, three = (float(v) for v in values)
    return one, two, three

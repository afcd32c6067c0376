"""Semantic localisation (SeLo): how well a text's heat map falls on the annotated regions. Rsu, Ras, Rda, Rmi.

Protocol and constants of the AIR-SLT benchmark (Yuan et al. 2022) as GeoRSCLIP uses them (SYSTEMS-A 1.5). One figure of
the published script differs by about a grey value: it writes the heat map as JPEG and reads it back.
"""

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np

from .heat_filters import blob_centres, box_blur, maximum_filter, median_blur

MEDIAN = 251
SOFTENED, SOFTENING = 5, 50
NEIGHBOURHOOD = 1000
LEAST_PROBABILITY = 0.5
RADIUS_FACTOR = 1.5
RSU_BETA, RSU_EPSILON = 0.707, 1e-7
RAS_BETA = 3.0
RDA_ETA = 0.5
RMI_WEIGHTS = (0.4, 0.35, 0.25)


@dataclass(frozen=True)
class SeloFigures:
    """All 0..1. ``rsu``: heat on the regions, ``rda``: one centre per region, ``rmi``: both and 1 - ``ras``; larger is
    better. ``ras``: offset of the centres; **smaller** is better."""

    rsu: float
    rda: float
    ras: float
    rmi: float


def selo_figures(heat: np.ndarray, regions: Sequence[np.ndarray]) -> SeloFigures:
    """The figures of one query; the benchmark's are means over queries. ``heat`` (H, W): mean similarity of the windows;
    ``regions``: the annotated ones, each (k, 2) corners (x, y) in pixels.

    Raises ValueError without a region or for regions outside the image.
    """
    probability = probability_map(heat)
    centres = attention_centres(probability)
    rsu = salient_area(probability, region_mask(regions, probability.shape))
    ras, rda = attention_shift(centres, regions), attention_scatter(centres, regions)
    su, shift, scatter = RMI_WEIGHTS
    return SeloFigures(rsu, rda, ras, su * rsu + shift * (1.0 - ras) + scatter * rda)


def probability_map(heat: np.ndarray) -> np.ndarray:
    """``heat`` stretched to 0..1, in 256 steps, median-blurred over 251 pixels; (H, W) float64. A flat one is all 0."""
    low, high = float(heat.min()), float(heat.max())
    if not np.isfinite([low, high]).all():
        raise ValueError("the heat map has a value that is not finite")
    if high <= low:
        return np.zeros(heat.shape)
    grey = (255.0 * ((heat - low) / (high - low))).astype(np.uint8)
    return median_blur(grey, MEDIAN) / 255.0


def salient_area(probability: np.ndarray, mask: np.ndarray) -> float:
    """Rsu, 0..1: ``1 - exp(-0.707 · Σpm / (Σp - Σpm + 1e-7) · (HW - |m|) / |m|)``.

    A flat map that is not 0 scores ``1 - e^-0.707 = 0.507``, so 0.5 is chance.
    """
    area = float(mask.sum())
    if not area:
        raise ValueError("no region inside the image")
    on = float(probability[mask].sum())
    odds = on / (float(probability.sum()) - on + RSU_EPSILON) * (mask.size - area) / area
    return float(1.0 - np.exp(-RSU_BETA * odds))


def attention_shift(centres: Sequence[Tuple[int, int]], regions: Sequence[np.ndarray]) -> float:
    """Ras, 0..1, 0 is best: ``(e^(3o) - 1) / (e^3 - 1)``, ``o`` the mean over regions of offset / radius.

    Offset: mean distance of the centres within the region's radius, or the radius if there is none.
    """
    offsets = []
    for x, y, radius in map(_circle, regions):
        near = [d for d in _distances((x, y), centres) if d <= radius]
        offsets.append(float(np.mean(near)) / radius if near else 1.0)
    return float(np.expm1(RAS_BETA * np.mean(offsets)) / np.expm1(RAS_BETA))


def attention_scatter(centres: Sequence[Tuple[int, int]], regions: Sequence[np.ndarray]) -> float:
    """Rda, 0..1, the mean over regions of: 0 for no centre within the radius, 1 for one, and for n >= 2
    ``0.5 (1 - d / radius) + exp(-0.5 (n + 2))``, ``d`` their mean distance from their own mean."""
    each = []
    for x, y, radius in map(_circle, regions):
        near = [c for c, d in zip(centres, _distances((x, y), centres)) if d <= radius]
        if len(near) < 2:
            each.append(float(len(near)))
            continue
        middle = np.mean(near, axis=0)
        spread = float(np.mean(_distances((middle[0], middle[1]), near))) / radius
        each.append(0.5 * (1.0 - spread) + float(np.exp(-RDA_ETA * (len(near) + 2))))
    return float(np.mean(each))


def attention_centres(probability: np.ndarray) -> List[Tuple[int, int]]:
    """(x, y) of the map's peaks, highest first: largest within 1000 pixels after five 50 × 50 blurs, and p >= 0.5."""
    grey = (probability * 255.0).astype(np.uint8)
    for _ in range(SOFTENED):
        grey = box_blur(grey, SOFTENING)
    peaks = (grey == maximum_filter(grey, NEIGHBOURHOOD)) & (grey > 0)
    centres = [(x, y) for x, y in blob_centres(peaks) if probability[y, x] >= LEAST_PROBABILITY]
    return sorted(centres, key=lambda c: -probability[c[1], c[0]])


def region_mask(regions: Sequence[np.ndarray], shape: Tuple[int, ...]) -> np.ndarray:
    """(H, W) bool: pixels inside an odd number of ``regions``, and those on an outline. Where two regions overlap they
    cancel, as OpenCV fills several polygons at once."""
    if not len(regions):
        raise ValueError("no region")
    inside = np.zeros(shape, bool)
    outline = np.zeros(shape, bool)
    for region in regions:
        corners = np.asarray(region, np.int64)
        for start, end in zip(corners, np.roll(corners, -1, axis=0)):
            _cross(inside, start, end)
            steps = int(np.abs(end - start).max()) + 1
            xs, ys = (np.rint(np.linspace(a, b, steps)).astype(np.int64) for a, b in zip(start, end))
            seen = (xs >= 0) & (ys >= 0) & (xs < shape[1]) & (ys < shape[0])
            outline[ys[seen], xs[seen]] = True
    return inside | outline


def _cross(inside: np.ndarray, start: np.ndarray, end: np.ndarray) -> None:
    """Flip every pixel to the right of one edge; a whole polygon's edges leave its inside flipped."""
    (x0, y0), (x1, y1) = (start, end) if start[1] <= end[1] else (end, start)
    for y in range(max(int(y0), 0), min(int(y1), inside.shape[0])):
        at = int(np.ceil(x0 + (y - y0) * (x1 - x0) / (y1 - y0)))
        inside[y, max(at, 0):] ^= True


def _circle(region: np.ndarray) -> Tuple[int, int, int]:
    """Mean corner and 1.5 × the mean distance of the corners from it, all cut to whole pixels; radius at least 1."""
    corners = np.asarray(region, np.float64)
    x, y = (int(value) for value in corners.mean(axis=0))
    return x, y, max(int(np.mean(_distances((x, y), corners)) * RADIUS_FACTOR), 1)


def _distances(point: Tuple[float, float], others: Sequence[Sequence[float]]) -> List[float]:
    return [float(np.hypot(point[0] - other[0], point[1] - other[1])) for other in others]

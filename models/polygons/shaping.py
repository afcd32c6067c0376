"""Polygons of pixels with the outlines a map wants: fewer corners, right angles, no small holes, no thin parts.

What a polygon counts (``pixels``, ``area_m2``) stays that of its mask; how far its outline is off that is said beside it.
"""

from dataclasses import replace
from typing import List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import QuestionUnclear
from ..features import FeatureSet, MaskFeature, Shape
from .arcs import Arcs, arcs_of, rings_of
from .ground import metres_per_unit
from .holes import without_small_holes
from .lattice import Corners, Lattice, corners_of, ring_areas
from .options import ShapeReport, Shaping
from .outline import Outline
from .squaring import square
from .thinning import finer, thinned
from .width import opened


def shaped(
    features: FeatureSet,
    shaping: Shaping,
    progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> Tuple[FeatureSet, ShapeReport]:
    """``features`` with other outlines, and what that cost; the same object where nothing is asked for.

    Every polygon is valid. Any thread. Raises Cancelled, and QuestionUnclear for metres where the image has no scale.
    """
    report = ShapeReport(len(features.features))
    if shaping.exact:
        return features, report
    if not features.features:
        return replace(features, shapes=()), report
    ground = _ground(features)
    if ground is None and not shaping.in_pixels:
        raise QuestionUnclear("The image has no scale, so outlines cannot be changed by metres. Set its CRS first.")
    found = corners_of(features.features, np.eye(2) if ground is None else ground)
    if found is None:
        report.lattice = False
        return replace(features, shapes=(Shape("exact", 0.0),) * len(features.features)), report
    lattice, corners = found
    metric = _turned((np.eye(2) if ground is None else ground) @ lattice.steps)
    pixel = float(np.sqrt(abs(np.linalg.det(metric))))
    scale = pixel if shaping.in_pixels else 1.0
    items: Sequence[MaskFeature] = features.features
    if shaping.min_width > 0:
        items, corners = _wide(items, lattice, corners, shaping.min_width * scale / pixel, report, cancel)
        if not items:
            return replace(features, features=(), shapes=()), report
    progress(0.2, "Drawing outlines")
    report.corners_before = len(corners.pixel)
    corners = without_small_holes(corners, shaping.fill_holes * scale**2 / pixel**2, shaping.keep_neighbours, report)
    tolerance = shaping.tolerance * scale
    arcs = arcs_of(corners)
    if tolerance > 0:
        kept = thinned(arcs, tolerance, metric, True, cancel)
        pixels = np.array([item.pixels for item in items])
        _within_error(arcs, kept, corners, pixels, shaping.most_error, metric, cancel)
        outlines = _simplified(arcs, kept, corners, len(items))
    else:
        outlines = _left_alone(corners, len(items))
    progress(0.5, "Drawing outlines")
    if shaping.right_angles:
        square(outlines, items, arcs, corners, metric, tolerance or pixel, shaping, report, progress, cancel)
    done = _assembled(items, outlines, lattice, report)
    progress(1.0, "")
    return replace(features, features=tuple(done[0]), shapes=tuple(done[1])), report


def _ground(features: FeatureSet) -> Optional[np.ndarray]:
    boxes = np.array([(item.rings[0].min(axis=0), item.rings[0].max(axis=0)) for item in features.features])
    middle = (boxes[:, 0].min(axis=0) + boxes[:, 1].max(axis=0)) / 2
    return metres_per_unit(features.crs_wkt, middle)


def _turned(metric: np.ndarray) -> np.ndarray:
    """The same metres with rows of pixels due east and columns on their positive side, rounded to nine digits.

    What is found then does not hang on how the raster lies, not even by the last bit.
    """
    square = metric.T @ metric
    wide = np.sqrt(square[0, 0])
    lean = square[0, 1] / wide
    turned = np.array([[wide, lean], [0.0, np.sqrt(max(0.0, square[1, 1] - lean**2))]])
    rounded: np.ndarray = np.round(turned / wide, 9) * float(f"{wide:.9g}")
    return rounded


def _wide(
    items: Sequence[MaskFeature],
    lattice: Lattice,
    corners: Corners,
    width: float,
    report: ShapeReport,
    cancel: Optional[CancelToken],
) -> Tuple[List[MaskFeature], Corners]:
    """The parts of the polygons that are at least ``width`` pixels wide, each a polygon of its own."""
    pixels = np.array([item.pixels for item in items])
    found = opened(corners, pixels, int(np.ceil(width - 1e-6)), cancel)
    report.narrow_pixels = int(pixels.sum()) - sum(part.pixels for part in found)
    report.vanished = len(items) - len({part.number for part in found})
    report.polygons = len(found)
    parts: List[MaskFeature] = []
    for part in found:
        whole = items[part.number]
        area = None if whole.area_m2 is None else whole.area_m2 * part.pixels / whole.pixels
        rings = tuple(lattice.to_crs(np.concatenate([ring, ring[:1]])) for ring in part.rings)
        parts.append(replace(whole, rings=rings, pixels=part.pixels, area_m2=area))
    if not parts:
        return parts, corners
    each = [ring for part in found for ring in part.rings]
    owner = np.repeat(np.arange(len(found)), [len(part.rings) for part in found])
    pixel, start = np.concatenate(each), np.r_[0, np.cumsum([len(ring) for ring in each])]
    return parts, Corners(pixel, lattice.to_crs(pixel), start, owner, np.r_[True, owner[1:] != owner[:-1]])


def _within_error(
    arcs: Arcs,
    kept: np.ndarray,
    corners: Corners,
    pixels: np.ndarray,
    most: float,
    metric: np.ndarray,
    cancel: Optional[CancelToken],
) -> None:
    """Keep more corners where a polygon's area is more than ``most`` off what it was."""
    full = _areas(arcs, np.ones(len(arcs.path), bool), corners, len(pixels))
    owner = np.repeat(corners.owner, np.diff(arcs.ring_start))
    while True:
        off = np.abs(_areas(arcs, kept, corners, len(pixels)) - full) > most * full
        lines = np.zeros(len(arcs.start) - 1, bool)
        lines[arcs.line[off[owner]]] = True
        if not off.any() or not finer(arcs, kept, lines, metric, cancel):
            return


def _areas(arcs: Arcs, kept: np.ndarray, corners: Corners, count: int) -> np.ndarray:
    numbers, start = rings_of(arcs, kept)
    areas: np.ndarray = np.bincount(corners.owner, ring_areas(arcs.place[numbers].astype(np.float64), start), count)
    return areas


def _left_alone(corners: Corners, count: int) -> List[Outline]:
    """Outlines as they are."""
    first = np.searchsorted(corners.owner, np.arange(count + 1)).tolist()
    areas = ring_areas(corners.pixel.astype(np.float64), corners.start)
    found = []
    for one, after in zip(first, first[1:]):
        parts = [slice(int(corners.start[k]), int(corners.start[k + 1])) for k in range(one, after)]
        places = [np.arange(part.start, part.stop) for part in parts]
        pixels, crs = [corners.pixel[part] for part in parts], [corners.crs[part] for part in parts]
        found.append(Outline(pixels, crs, places, float(areas[one:after].sum()), False))
    return found


def _simplified(arcs: Arcs, kept: np.ndarray, corners: Corners, count: int) -> List[Outline]:
    numbers, start = rings_of(arcs, kept)
    _, before = rings_of(arcs, np.ones(len(arcs.path), bool))
    first = np.searchsorted(corners.owner, np.arange(count + 1)).tolist()
    places = arcs.place[numbers]
    areas = ring_areas(places.astype(np.float64), start)
    found = []
    for one, after in zip(first, first[1:]):
        parts = [slice(int(start[k]), int(start[k + 1])) for k in range(one, after)]
        fewer = int(start[after] - start[one]) < int(before[after] - before[one])
        rings = [numbers[part] for part in parts]
        pixels = [places[part] for part in parts]
        found.append(Outline(pixels, [arcs.crs[ring] for ring in rings], rings, float(areas[one:after].sum()), fewer))
    return found


def _assembled(
    items: Sequence[MaskFeature], outlines: Sequence[Outline], lattice: Lattice, report: ShapeReport
) -> Tuple[List[MaskFeature], List[Shape]]:
    done, shapes = [], []
    total = 0.0
    for item, outline in zip(items, outlines):
        error = outline.area / item.pixels - 1
        total += outline.area
        kind = "right angles" if outline.square is not None else outline.kind(item.pixels)
        report.simplified += kind == "simplified"
        report.corners += sum(map(len, outline.shown))
        report.largest_error = max(report.largest_error, abs(error))
        done.append(replace(item, rings=outline.closed(lattice)))
        shapes.append(Shape(kind, error))
    report.area_error = total / sum(item.pixels for item in items) - 1
    return done, shapes

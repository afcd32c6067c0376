"""Facts of individually known things (drawn, mapped or detected), in the shape of the facts of covers."""

import math
from typing import Any, Dict, Iterable, List, Optional, Protocol, Sequence, Tuple

import numpy as np
from affine import Affine

from .cells import IMAGE_NAMES, NORTH_NAMES, CellFrame, cell_of
from .pixel_area import PixelArea
from .view_facts import amount, share

#: How many things of one label are listed, largest first.
LISTED_THINGS = 100
#: A thing whose spread along its main axis is this many times that across it has an orientation worth a word.
ELONGATED = 2.0
_AXES = ("east–west", "north-east–south-west", "north–south", "north-west–south-east")
_IMAGE_AXES = ("horizontal", "rising", "vertical", "falling")


class Known(Protocol):
    """What is needed of a thing: ``box`` (x0, y0, x1, y1) pixels, half open; ``mask`` bool (y1 − y0, x1 − x0)."""

    @property
    def label(self) -> str:
        """Its class."""

    @property
    def box(self) -> Tuple[int, int, int, int]:
        """Pixels, half open."""

    @property
    def mask(self) -> np.ndarray:
        """What of the box it covers."""

    @property
    def colour(self) -> str:
        """A word, "" unknown."""


def plain_frame(shape: Tuple[int, int], north_up: bool) -> CellFrame:
    """The frame of an image of ``shape`` (height, width) without georeference, in pixels; north is up if ``north_up``."""
    height, width = shape
    affine = Affine(1, 0, 0, 0, -1, height) if north_up else Affine(1, 0, 0, 0, 1, 0)
    return CellFrame(affine, (0.0, 0.0, float(width), float(height)), north_up, north_up)


def things_facts(
    things: Sequence[Known],
    shape: Tuple[int, int],
    frame: CellFrame,
    area: Optional[PixelArea] = None,
    complete: Iterable[str] = (),
    scores: Optional[Sequence[float]] = None,
) -> Dict[str, Dict[str, Any]]:
    """JSON-able facts by label, of every label among ``things`` or ``complete``.

    ``shape``: (height, width) of the view in pixels, all of them valid. ``complete``: labels of which all instances are
    known; of others no number and no absence may be stated. ``scores``: certainty 0..1 of each thing; None: all known.
    """
    members: Dict[str, List[int]] = {label: [] for label in sorted(complete)}
    for index, thing in enumerate(things):
        members.setdefault(thing.label, []).append(index)
    known = frozenset(complete)
    return {
        label: _label_facts(indices, things, shape, frame, area, label in known, scores)
        for label, indices in members.items()
    }


def _label_facts(
    indices: List[int], things: Sequence[Known], shape: Tuple[int, int], frame: CellFrame,
    area: Optional[PixelArea], complete: bool, scores: Optional[Sequence[float]],
) -> Dict[str, Any]:
    """Amounts are of the union of the label's things: where two overlap the ground is not counted twice."""
    union = np.zeros(shape, bool)
    for i in indices:
        x0, y0, x1, y1 = things[i].box
        union[y0:y1, x0:x1] |= things[i].mask
    rows = [row_of(things[i], i, frame, area, 1.0 if scores is None else float(scores[i])) for i in indices]
    rows.sort(key=lambda row: (-row["pixels"], row["index"]))
    colours: Dict[str, int] = {}
    for row in rows:
        if row["colour"]:
            colours[row["colour"]] = colours.get(row["colour"], 0) + 1
    facts = amount(int(union.sum()), shape[0] * shape[1], area)
    facts.update({
        "present": bool(indices), "count": len(indices), "count_interval": [len(indices), len(indices)], "about": False,
        "countable": complete, "complete": complete, "min_pixels": 1, "threshold": 0.5,
        "too_small": {"count": 0, "pixels": 0},
        "mean_score": float(np.average([r["score"] for r in rows], weights=[r["pixels"] for r in rows])) if rows else None,
        "largest": rows[:LISTED_THINGS], "cells": occupied_cells(union, frame), "colours": colours, "validation": None,
    })
    return facts


def row_of(thing: Known, index: int, frame: CellFrame, area: Optional[PixelArea], score: float = 1.0) -> Dict[str, Any]:
    """One thing: as the rows of a cover's ``largest``, with its number, box, colour, axis and place in the frame.

    ``at``: its centroid as a fraction of the frame, from the left or west and from the top or north.
    """
    rows, cols = np.nonzero(thing.mask)
    x, y = float(cols.mean()) + thing.box[0], float(rows.mean()) + thing.box[1]
    cell = cell_of(frame.index(np.array([x]), np.array([y]))[0])
    pixels = int(thing.mask.sum())
    size = None if area is None else float(pixels * area.at(np.array([x + 0.5]), np.array([y + 0.5]))[0])
    return {
        "pixels": pixels, "area_m2": size, "score": round(score, 4), "cell": list(cell), "where": frame.name(cell),
        "index": index, "box": [int(v) for v in thing.box], "colour": thing.colour,
        "at": list(_fraction(frame, x + 0.5, y + 0.5)), "axis": axis(thing.mask, frame),
    }


def occupied_cells(mask: np.ndarray, frame: CellFrame) -> List[Dict[str, Any]]:
    """The cells that hold any pixel of ``mask`` (H, W), fullest first; ``share`` is of its own pixels."""
    rows, cols = np.nonzero(mask)
    if not len(rows):
        return []
    pixels = np.bincount(frame.index(cols, rows), minlength=9)
    order = np.argsort(-pixels, kind="stable")
    return [
        {"cell": list(cell_of(i)), "where": frame.names[i], "pixels": int(pixels[i]), "share": share(int(pixels[i]), len(rows))}
        for i in order if pixels[i]
    ]


def axis(mask: np.ndarray, frame: CellFrame) -> str:
    """The line along which a thing lies ("north–south", "horizontal"), from its second moments; "" if it is compact."""
    rows, cols = np.nonzero(mask)
    if len(rows) < 3:
        return ""
    affine = frame.affine
    # As seen with up being up: x to the right or east, y upwards.
    x = affine.a * cols + affine.b * rows
    y = (affine.d * cols + affine.e * rows) * (1 if frame.upward else -1)
    # A pixel is a square, not a point: its own spread is 1/12 along either side.
    own = abs(affine.determinant) / 12
    xx, yy, xy = x.var() + own, y.var() + own, float(np.mean((x - x.mean()) * (y - y.mean())))
    half = math.hypot((xx - yy) / 2, xy)
    long, short = (xx + yy) / 2 + half, (xx + yy) / 2 - half
    # Rounded: of a block twice as long as wide the ratio is 2 but for the last digit.
    if round(math.sqrt(long / max(short, 1e-12)), 6) < ELONGATED:
        return ""
    angle = math.degrees(math.atan2(2 * xy, xx - yy) / 2)
    return (_AXES if frame.north else _IMAGE_AXES)[round(angle / 45) % 4]


def heading(start: Sequence[float], end: Sequence[float], extent: Sequence[float]) -> float:
    """Degrees clockwise from up of ``end`` as seen from ``start``, both ``at`` fractions of ``extent``; nan if the same."""
    across = (end[0] - start[0]) * (extent[2] - extent[0])
    up = (start[1] - end[1]) * (extent[3] - extent[1])
    return math.degrees(math.atan2(across, up)) % 360 if across or up else math.nan


def gap(a: Sequence[float], b: Sequence[float]) -> float:
    """Pixels between two boxes (x0, y0, x1, y1); 0 where they touch or overlap."""
    return math.hypot(max(0, a[0] - b[2], b[0] - a[2]), max(0, a[1] - b[3], b[1] - a[3]))


def cell_names(north: bool) -> Tuple[str, ...]:
    """The nine names in reading order."""
    return NORTH_NAMES if north else IMAGE_NAMES


def _fraction(frame: CellFrame, x: float, y: float) -> Tuple[float, float]:
    mx, my = frame.affine * (x, y)
    xmin, ymin, xmax, ymax = frame.extent
    down = (ymax - my if frame.upward else my - ymin) / (ymax - ymin)
    return round((mx - xmin) / (xmax - xmin), 6), round(down, 6)

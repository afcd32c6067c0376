"""What a phrase chooses among: the things of a class with size, place and colour, and the ground of its landmark."""

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from affine import Affine

from ..facts.cells import CellFrame
from ..facts.components import Components

Box = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Candidate:
    """``index``: in its class's list. ``box``, ``centre``: pixels. ``at``: its centroid as a fraction of the frame, from the
    left or west and from the top or north. ``colour``: as measured, "" unknown. ``area_m2``: None unknown.
    """

    index: int
    label: str
    pixels: int
    box: Box
    centre: Tuple[float, float]
    at: Tuple[float, float]
    colour: str = ""
    area_m2: Any = None

    @property
    def cell(self) -> int:
        """0..8 in reading order."""
        return min(2, max(0, int(self.at[1] * 3))) * 3 + min(2, max(0, int(self.at[0] * 3)))


@dataclass(frozen=True)
class Plane:
    """How pixels lie on the map. ``size``: (width, height) pixels; ``step``: affine whose shift is not used;
    ``upward``: larger map y is further up; ``north``: up is north. ``gsd``: metres a pixel, None unknown.
    """

    size: Tuple[int, int]
    step: Affine
    upward: bool
    north: bool
    gsd: Any = None

    def heading(self, start: Tuple[float, float], end: Tuple[float, float]) -> float:
        """Degrees clockwise from up of pixel ``end`` seen from ``start``; nan if they are the same."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        across = self.step.a * dx + self.step.b * dy
        up = (self.step.d * dx + self.step.e * dy) * (1 if self.upward else -1)
        return math.degrees(math.atan2(across, up)) % 360 if across or up else math.nan


@dataclass(frozen=True)
class Landmark:
    """What a phrase relates things to. ``parts``: (n, 4) float boxes x0, y0, x1, y1 in pixels that together are its ground:
    the box of a thing, the runs of a cover. ``centre``: of a thing, None for ground that has no middle worth the name.
    """

    parts: np.ndarray
    centre: Any = None

    def gap(self, box: Box) -> float:
        """Pixels between its ground and ``box``; 0 where they touch or overlap."""
        across, down = self._apart(box)
        return float(np.hypot(across, down).min())

    def nearest(self, point: Tuple[float, float]) -> Tuple[float, float]:
        """Its place that is nearest to ``point``; its centre, if it has one."""
        if self.centre is not None:
            return float(self.centre[0]), float(self.centre[1])
        x0, y0, x1, y1 = self.parts.T
        xs, ys = np.clip(point[0], x0 + 0.5, x1 - 0.5), np.clip(point[1], y0 + 0.5, y1 - 0.5)
        best = int(np.hypot(xs - point[0], ys - point[1]).argmin())
        return float(xs[best]), float(ys[best])

    def _apart(self, box: Box) -> Tuple[np.ndarray, np.ndarray]:
        x0, y0, x1, y1 = self.parts.T
        across = np.maximum(0, np.maximum(x0 - box[2], box[0] - x1))
        down = np.maximum(0, np.maximum(y0 - box[3], box[1] - y1))
        return across, down


def from_rows(label: str, rows: Sequence[Dict[str, Any]], size: Tuple[int, int]) -> List[Candidate]:
    """Candidates of the rows of ``facts.things``: ``size`` (width, height) of the image they were measured in, in pixels."""
    return [
        Candidate(row["index"], label, row["pixels"], _box(row["box"]), (row["at"][0] * size[0], row["at"][1] * size[1]),
                  (row["at"][0], row["at"][1]), row["colour"], row["area_m2"])
        for row in rows
    ]


def from_parts(label: str, parts: Components, frame: CellFrame, areas: Any, colours: Sequence[str]) -> List[Candidate]:
    """Candidates of components, in their order. ``areas``: (n,) m² or None; ``colours``: n words, or none at all."""
    boxes = component_boxes(parts)
    xmin, ymin, xmax, ymax = frame.extent
    found = []
    for i in range(len(parts)):
        x, y = frame.affine * (float(parts.col[i]), float(parts.row[i]))
        down = (ymax - y if frame.upward else y - ymin) / (ymax - ymin)
        found.append(Candidate(
            i, label, int(parts.pixels[i]), _box(boxes[i]), (float(parts.col[i]), float(parts.row[i])),
            ((x - xmin) / (xmax - xmin), down), colours[i] if colours else "", None if areas is None else float(areas[i])))
    return found


def _box(values: Any) -> Box:
    x0, y0, x1, y1 = (float(value) for value in values)
    return x0, y0, x1, y1


def component_boxes(parts: Components) -> np.ndarray:
    """(n, 4) float64 x0, y0, x1, y1 of each component, in pixel corners' coordinates."""
    boxes = np.tile(np.array([np.inf, np.inf, -np.inf, -np.inf]), (len(parts), 1))
    runs = parts.runs
    np.minimum.at(boxes[:, 0], parts.label, runs.start)
    np.minimum.at(boxes[:, 1], parts.label, runs.row)
    np.maximum.at(boxes[:, 2], parts.label, runs.stop)
    np.maximum.at(boxes[:, 3], parts.label, runs.row + 1)
    return boxes


def ground_of(parts: Components) -> Landmark:
    """All of ``parts`` as one landmark: its runs."""
    runs = parts.runs
    return Landmark(np.stack([runs.start, runs.row, runs.stop, runs.row + 1], axis=1).astype(np.float64))


def thing_of(candidate: Candidate) -> Landmark:
    """One thing as a landmark."""
    return Landmark(np.array([candidate.box], np.float64), candidate.centre)


def plane_of(frame: CellFrame, size: Tuple[int, int], gsd: Any = None) -> Plane:
    """The plane of a frame; ``size`` (width, height) in pixels."""
    return Plane(size, frame.affine, frame.upward, frame.north, gsd)


#: Degrees of the eight winds in the order of reading them off a compass.
WINDS = {name: 45.0 * i for i, name in enumerate(
    ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"))}
SIDES = {"above": 0.0, "right": 90.0, "below": 180.0, "left": 270.0}

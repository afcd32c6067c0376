"""Manifests: one row, one thing to be answered, with its truth."""

import csv
import re
from pathlib import Path
from typing import Collection, Dict, List, Tuple

import numpy as np

from ..conversation import Region
from ..errors import TerralogueError
from ..imagery.grid import Grid
from ..imagery.regions import box_ring
from .images import EvaluationImage

Row = Dict[str, str]
COLUMNS = ("task", "image", "image_after", "concept", "target", "gsd", "question", "region")
#: Between the turns of a dialogue, of which the last is judged.
TURNS = " || "
#: Between reference sentences.
SENTENCES = " | "
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class ManifestError(TerralogueError):
    """The manifest cannot be used; ``line`` counts from 1, the header being line 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Manifest line {line}: {reason}")
        self.line, self.reason = line, reason


def read_rows(manifest: Path, tasks: Collection[str]) -> List[Row]:
    """The rows of ``manifest``. Raises ManifestError for a task not among ``tasks``."""
    with open(manifest, newline="", encoding="utf-8-sig") as handle:
        rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(handle)]
    for line, row in enumerate(rows, 2):
        if row.get("task", "") not in tasks:
            raise ManifestError(line, f"task “{row.get('task', '')}” is not one of {', '.join(tasks)}")
    return rows


def write_rows(manifest: Path, rows: List[Row]) -> None:
    """Write ``rows``; columns that a row leaves out stay empty."""
    with open(manifest, "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)


def boxes_of(text: str) -> np.ndarray:
    """(n, 4) x0, y0, x1, y1 in pixels, from "10 20 30 40; 5 5 9 9"; none from "". Raises ValueError for other numbers."""
    boxes = [[float(value) for value in _NUMBER.findall(part)] for part in text.split(";") if part.strip()]
    if any(len(box) != 4 for box in boxes):
        raise ValueError(f"“{text}” holds something other than boxes of four numbers")
    return np.array(boxes, np.float64).reshape(-1, 4)


def masks_of(target: str, folder: Path) -> Tuple[np.ndarray, ...]:
    """The (H, W) bool masks of a target "things.png#3 7": the pixels of value 3, and those of value 7."""
    name, _, numbers = target.partition("#")
    values = EvaluationImage.values(folder / name)
    return tuple(values == int(number) for number in numbers.split())


def box_of(mask: np.ndarray) -> np.ndarray:
    """(4,) x0, y0, x1, y1 around the true pixels of ``mask``, which has some."""
    rows, cols = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return np.array([cols[0], rows[0], cols[-1] + 1, rows[-1] + 1], np.float64)


def region_of(text: str, grid: Grid) -> Region:
    """"10 20 30 40" (a box) or "15 30" (a click), in pixels, in the units of ``grid``. Raises ValueError for others."""
    numbers = [float(value) for value in _NUMBER.findall(text)]
    if len(numbers) == 2:
        return Region((), grid.affine * (numbers[0], numbers[1]))
    if len(numbers) != 4:
        raise ValueError(f"“{text}” is neither a click nor a box")
    return Region(((box_ring(grid, *numbers),),))

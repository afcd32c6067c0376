"""How far the parts of one cover lie from another, and in which direction."""

from dataclasses import dataclass
from typing import Dict, Optional, Sequence, Tuple

import numpy as np

from .components import Components
from .ground import pixel_steps
from .survey import Survey

#: Pairs (subject, object) that every view's facts hold when both are present.
PAIRS = (
    ("building", "water"), ("building", "tree"), ("building", "paved"), ("water", "tree"), ("water", "paved"),
)
#: Distances are measured on a raster of at most this many pixels a side.
_SIDE = 1024


@dataclass(frozen=True)
class Nearest:
    """``index``: the subject component that is nearest (0 = largest). ``metres``: between nearest pixel centres.

    ``resolution``: metres by which the distance may be off because the raster was reduced; 0 if it was not.
    ``direction``: where the subject lies as seen from the object, "" unknown. ``touching``: they share an edge or corner.
    """

    index: int
    metres: float
    resolution: float
    direction: str
    touching: bool


def nearest(found: Survey, subject: str, target: str, gsd: Optional[float]) -> Optional[Nearest]:
    """The component of ``subject`` nearest to ``target``; None if either is absent or the scale is unknown."""
    ours, theirs = found.patches[subject].kept, found.patches[target].kept
    if gsd is None or not len(ours) or not len(theirs):
        return None
    factor = max(1, -(-max(found.grid.width, found.grid.height) // _SIDE))
    across, down = (step * factor for step in pixel_steps(found.grid, gsd))
    columns = _column_distance(_reduced(theirs, found, factor))
    rows, cols, owner = _outline(ours, factor)
    best, where = _closest(columns, rows, cols, across, down)
    pick = int(np.argmin(best))
    metres = float(np.sqrt(best[pick]))
    touching = metres <= np.hypot(across, down) * 1.001
    direction = found.frame.direction(
        ((where[0][pick] + 0.5) * factor, (where[1][pick] + 0.5) * factor),
        ((cols[pick] + 0.5) * factor, (rows[pick] + 0.5) * factor),
    )
    resolution = 0.0 if factor == 1 else float(2 * np.hypot(across, down))
    return Nearest(int(owner[pick]), metres, resolution, direction, bool(touching))


def relations(found: Survey, gsd: Optional[float], pairs: Sequence[Tuple[str, str]] = PAIRS) -> Dict:
    """JSON-able nearest relations of ``pairs``, keyed "subject to object"."""
    facts = {}
    for subject, target in pairs:
        if subject not in found.patches or target not in found.patches:
            continue
        near = nearest(found, subject, target, gsd)
        if near is not None:
            facts[f"{subject} to {target}"] = {
                "subject": subject, "object": target, "index": near.index, "metres": round(near.metres, 3),
                "resolution_m": round(near.resolution, 3), "direction": near.direction, "touching": near.touching,
            }
    return facts


def _reduced(parts: Components, found: Survey, factor: int) -> np.ndarray:
    """(h, w) bool: blocks of ``factor``² pixels that hold any pixel of ``parts``."""
    mask = np.zeros((-(-found.grid.height // factor), -(-found.grid.width // factor)), bool)
    for cols, rows, _ in parts.runs.chunks():
        mask[rows // factor, cols // factor] = True
    return mask


def _column_distance(mask: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Rows to the nearest set pixel of the same column, and its row; distance is huge in empty columns."""
    height = mask.shape[0]
    rows = np.arange(height)[:, None]
    far = 1 << 20
    above = np.maximum.accumulate(np.where(mask, rows, -far), axis=0)
    below = np.minimum.accumulate(np.where(mask, rows, far)[::-1], axis=0)[::-1]
    place = np.where(rows - above <= below - rows, above, below)
    return np.abs(rows - place), place


def _outline(parts: Components, factor: int) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Distinct (row, col, component) of the reduced pixels of ``parts``. The nearest pixel is always among them."""
    seen = []
    for cols, rows, number in parts.runs.chunks():
        seen.append(np.unique(np.stack([rows // factor, cols // factor, parts.label[number]], axis=1), axis=0))
    points = np.unique(np.concatenate(seen), axis=0)
    return points[:, 0], points[:, 1], points[:, 2]


def _closest(
    columns: Tuple[np.ndarray, np.ndarray], rows: np.ndarray, cols: np.ndarray, across: float, down: float
) -> Tuple[np.ndarray, Tuple[np.ndarray, np.ndarray]]:
    """Squared distance of points to the mask behind ``columns`` (exact for the nearest), and their (col, row) there."""
    distance, place = columns
    width = distance.shape[1]
    best = np.full(len(rows), np.inf)
    near_col = np.zeros(len(rows), np.int64)
    # Walk outwards column by column; only the overall nearest is wanted, so stop once columns are farther off than it.
    for offset in range(width):
        shift = (offset * across) ** 2
        if best.min() <= shift:
            break
        for side in (offset, -offset) if offset else (0,):
            col = cols + side
            index = np.flatnonzero((col >= 0) & (col < width))
            squared = shift + (distance[rows[index], col[index]] * down) ** 2
            closer = squared < best[index]
            best[index[closer]] = squared[closer]
            near_col[index[closer]] = col[index[closer]]
    return best, (near_col, place[rows, near_col])

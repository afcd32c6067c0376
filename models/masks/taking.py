"""From an engine's proposals to what is taken: the mask that the prompts mean, and its exact polygons."""

from dataclasses import dataclass
from typing import List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import Region
from ..errors import PromptOutside
from ..features import MaskFeature
from ..imagery.grid import Window
from ..imagery.polygons import trace
from ..imagery.regions import region_mask
from ..pointing import INSIDE, together
from .engine import MaskEngine, Proposal
from .looking import Look
from .pointing_session import Step, limit_of, prompt_of

#: Fewer pixels are no object.
FEWEST = 4


@dataclass(frozen=True)
class Reading:
    """One way to read the prompts: its polygons (one a piece, in the CRS of the raster), and what it refines."""

    features: Tuple[MaskFeature, ...]
    quality: float
    memory: Optional[np.ndarray]


def readings(
    look: Look, engine: MaskEngine, steps: Tuple[Step, ...], label: str = "", memory: Optional[np.ndarray] = None,
    cancel: Optional[CancelToken] = None, name: str = "",
) -> List[Reading]:
    """What ``steps`` may mean, best first; those without pixels left out. The fast half: the engine only decodes.

    ``memory``: of the reading that the last step refines. ``label``: of the features; an engine that knows the class is told
    it. Raises PromptOutside for a click on a pixel that there is none of, Cancelled.
    """
    prompt = prompt_of(steps, look.grid, label, memory)
    for x, y in prompt.inside:
        if not (0 <= x < look.grid.width and 0 <= y < look.grid.height and look.valid[int(y), int(x)]):
            raise PromptOutside(name, True)
    if not prompt.inside and prompt.box is None:
        return []
    found = (_reading(look, proposal, steps, label) for proposal in engine.decode(look.seen, prompt, cancel))
    return [reading for reading in found if reading is not None]


def _reading(look: Look, proposal: Proposal, steps: Tuple[Step, ...], label: str) -> Optional[Reading]:
    mask = meant(look, proposal.scores, steps)
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    # Traced where it lies only: most objects fill a small part of their window.
    part = Window(int(cols[0]), int(rows[0]), int(cols[-1] - cols[0]) + 1, int(rows[-1] - rows[0]) + 1)
    cut = np.s_[part.row:part.row + part.height, part.col:part.col + part.width]
    polygons = trace(mask[cut].astype(np.int32), look.grid.part(part, (part.height, part.width)),
                     np.asarray(proposal.scores[cut], np.float32), FEWEST)
    features = tuple(
        MaskFeature(one.rings, label, min(1.0, max(0.0, one.score)), one.pixels, one.area_m2)
        for one in sorted(polygons, key=lambda one: -one.pixels))
    return Reading(features, float(proposal.quality), proposal.memory) if features else None


def meant(look: Look, scores: np.ndarray, steps: Tuple[Step, ...]) -> np.ndarray:
    """(H, W) bool: pixels of ``scores`` (H, W) that are taken. Only what there is, within a lasso; of it, what hangs
    together with a click inside, or without one all of a lasso, or the largest piece."""
    mask = (scores >= INSIDE) & look.valid
    limit = limit_of(steps, look.grid)
    if limit is not None:
        mask &= region_mask(Region(((limit,),)), look.grid)
    clicks = prompt_of(steps, look.grid).inside
    if not mask.any() or (not clicks and any(step.kind == "lasso" for step in steps)):
        return mask
    pieces = together(mask, clicks)
    # A click beside what the engine made of it still means the piece that is there.
    return pieces if pieces.any() else together(mask, ())

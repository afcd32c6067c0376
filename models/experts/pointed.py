"""What lies under a click or in a drawn region: one object, or what the region mostly is."""

from typing import List, Tuple

import numpy as np

from ..cancel import no_progress
from ..facts.components import Components
from ..facts.outlines import features_of
from ..facts.selection import cover_selection
from ..language import answers, marks
from ..language.composing import cover as compose_cover
from ..language.composing import view as compose_view
from ..vision.detections import overlap
from . import identify
from .answering import Answering, amount_of
from .segment import component_at

#: Overlap (intersection over union) of a region and a thing's box from which the region is drawn around the thing.
_DRAWN_AROUND = 0.35


def identify_at(state: Answering, point: Tuple[float, float]) -> List[str]:
    """The object under a click: a single thing before the cover it stands on."""
    thing = identify.thing_under(state.request.view, state.measured, state.engine, point, no_progress, state.cancel)
    if thing is not None:
        state.measured = thing.measured
        said = named_part(state, thing.label, thing.part, thing.score)
        return said + ([marks.mark([thing.label])] if thing.drawn_only else [])
    col, row = ~state.measured.found.grid.affine * point
    for name, patches in state.measured.found.patches.items():
        under = component_at(patches.kept, col, row)
        if under is not None:
            part = patches.kept.keep(np.arange(len(patches.kept)) == under)
            return named_part(state, name, part, float(part.score[0]))
    return ["I cannot tell with confidence what this is."]


def named_part(state: Answering, name: str, part: Components, score: float) -> List[str]:
    """One part named with its size and how sure that is; it joins the answer's polygons."""
    facts = cover_selection(amount_of(state, name), part, state.measured.found, state.measured.area)
    state.features += features_of(part, state.measured.found.grid, [name], cancel=state.cancel)
    state.chosen[name] = facts
    state.also["identified"] = {"label": name, "probability": round(score, 4)}
    state.links.append(((answers.one(name),), (0,)))
    return [answers.identified(name, facts, state.request.units), answers.sureness(score)]


def dominant(state: Answering) -> List[str]:
    """What a drawn region mostly is, and how sure that is."""
    said = answers.dominant(state.measured.facts, state.request.units)
    name, cover = compose_view.ranked(state.measured.facts)[0]
    if said[0].startswith("I cannot") or not cover["present"]:
        return said
    state.also["identified"] = {"label": name, "probability": round(cover["mean_score"], 4)}
    return [*said, answers.sureness(cover["mean_score"])]


def single(state: Answering) -> List[str]:
    """The single thing that the region was drawn around, if there is one."""
    spotted, extent = state.measured.facts.get("spotted", ()), np.array(state.measured.facts["extent"])
    for row in spotted:
        x0, y0, x1, y1 = row["box"]
        box = np.array([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
        if overlap(extent, box[None])[0] >= _DRAWN_AROUND:
            return [answers.single(row["label"], row["score"])] + (
                [compose_cover.drawn_only([row["label"]])] if row["drawn_only"] else [])
    return []

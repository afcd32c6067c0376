"""Tiles named in the conversation: the expert with the view's own tiles, and the sentences that say what came of it."""

import re
from dataclasses import replace
from typing import Any, List, Optional, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..estimate import Estimate
from ..language.units import share
from .class_list import read_classes
from .classify import Classified, ClassifyRequest, run
from .naming import NONE
from .tiling import side_for, tiling

#: Tiles from which neighbours are asked: fewer tell little about each other.
_TOGETHER_FROM = 100


def classify_view(
    view: View, text: str, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> Classified:
    """``text``: the classes as they were written. Raises as ``classify.run`` and ``read_classes``."""
    classes = classes_of(text)
    together = estimate(view, engine).tiles >= _TOGETHER_FROM
    found = run(ClassifyRequest(view, classes, together=together), engine, progress, cancel)
    return named_first(found)


def named_first(found: Classified) -> Classified:
    """What has a class goes before what has none: a list shows its first rows."""
    features = found.features
    order = sorted(range(len(features.features)), key=lambda number: features.features[number].label == NONE)
    kept = replace(features, features=tuple(features.features[number] for number in order))
    return replace(found, features=kept, runners=tuple(found.runners[number] for number in order))


def classes_of(text: str) -> Tuple[str, ...]:
    """The classes of a sentence, where "and" and "or" are as good as a comma."""
    return read_classes(re.sub(r"\b(?:and|or)\b", ",", text))


def estimate(view: View, engine: Any) -> Estimate:
    """What :func:`classify_view` would cost: one look at each tile."""
    finest = float(engine.nano.gsd_range[0])
    side = side_for(view.source.grid, view.source.gsd, finest, view.region)
    found: Estimate = engine.estimate_glances(len(tiling(view.source.grid, side, region=view.region).cells))
    return found


def sentences(facts: Any) -> List[str]:
    """What the facts of kind "classes" come to, most ground first."""
    rows = sorted((row for row in facts["classes"] if row["tiles"]), key=lambda row: -row["share"])
    looked = facts["looked"]
    parts = [f"{row['name']} {_tiles(row['tiles'])} ({share(row['share'])})" for row in rows]
    said = [f"I named {_tiles(looked)}: {', '.join(parts)}." if parts else f"I looked at {_tiles(looked)}."]
    if facts["none"]:
        said.append(f"{_tiles(facts['none']).capitalize()} {'is' if facts['none'] == 1 else 'are'} none of these.")
    missing = [row["name"] for row in facts["classes"] if not row["tiles"]]
    if missing:
        said.append(f"No tile looks most like {' or '.join(missing[:5])}.")
    said.append("Each tile gets the class it looks most like as a whole; small things inside it do not count.")
    return said


def links(found: Classified) -> List[Tuple[str, Tuple[int, ...]]]:
    """Each class as the sentences name it, with its tiles."""
    labels = [each.label for each in found.features.features]
    return [
        (f"{row['name']} {_tiles(row['tiles'])}", tuple(i for i, label in enumerate(labels) if label == row["name"]))
        for row in found.facts["classes"] if row["tiles"]]


def _tiles(number: int) -> str:
    return "one tile" if number == 1 else f"{number} tiles"

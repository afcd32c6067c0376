"""Describes one view in words that its facts carry."""

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..language.composing import view as compose_view
from ..language.phrases import scene_words
from ..language.units import Units
from .measured import measure_view


@dataclass(frozen=True)
class CaptionRequest:
    """``detail``: "brief" or "detailed"."""

    view: View
    detail: str = "brief"
    units: Units = Units()


@dataclass(frozen=True)
class CaptionResult:
    """``caption``: plain text, the ``sentences`` joined. ``facts``: what it rests on (JSON-able)."""

    caption: str
    facts: Dict[str, Any]
    sentences: Tuple[str, ...] = ()


def run(
    request: CaptionRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> CaptionResult:
    """Raises what ``Engine.cover`` raises."""
    facts = measure_view(request.view, engine, progress, cancel, spotting=request.detail == "detailed").facts
    sentences = tuple(compose_view.caption(facts, request.detail, request.units))
    return CaptionResult(" ".join(sentences), facts, sentences)


def parts(facts: Dict[str, Any], units: Units) -> Dict[str, Tuple[str, ...]]:
    """What rules say of each part of a detailed caption: the theme, the objects, and how they lie to each other."""
    main = [(name, cover) for name, cover in compose_view.ranked(facts) if cover["share"] >= compose_view.MENTION]
    building = facts["covers"].get("building")
    objects = []
    if building and building["present"]:
        objects.append(compose_view.building_sentence(building, units, True))
    objects += [compose_view.cover_sentence(name, cover, units) for name, cover in main if name != "building"]
    said = {
        "theme": [scene_words(facts["scenes"]), *compose_view.ground_sentences(main[:6], facts)],
        "objects": objects + compose_view.spotted_sentences(facts),
        "relations": compose_view.relation_sentences(facts, units),
    }
    return {name: tuple(sentence for sentence in sentences if sentence) for name, sentences in said.items()}

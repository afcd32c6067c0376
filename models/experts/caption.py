"""Describes one view in words that its facts carry."""

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..language import compose_view
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

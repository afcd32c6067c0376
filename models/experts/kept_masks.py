"""The scores under masks of words, kept: each class's threshold can be moved, and no model runs again."""

import os
import threading
import uuid
from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, no_progress
from ..conversation import View
from ..facts.region_rows import RegionRows
from ..facts.survey import bands
from ..features import FeatureSet
from ..imagery.score_store import ScoreStore
from . import question
from .answering import QuestionRequest
from .segment import chosen_parts

#: Most classes of an answer whose thresholds are offered.
MOST = 4


@dataclass(frozen=True)
class MovedMasks:
    """What an answer says at other thresholds."""

    caption: str
    facts: Dict[str, Any]
    features: FeatureSet


@dataclass(frozen=True)
class MovedMaskAnswer:
    """An answer with another threshold of one class: ``links`` are the words of ``result.caption`` that stand for polygons."""

    threshold: float
    result: MovedMasks
    links: Tuple[Tuple[str, Tuple[int, ...]], ...]


class Holding:
    """An engine that holds on to the maps it gave, so that they live as long as this, and gives them again."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._maps: Dict[Tuple[str, Optional[float]], Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def cover(self, view: View, progress: Any = no_progress, cancel: Any = None, working_gsd: Optional[float] = None) -> Any:
        """See ``Engine.cover``."""
        return self._held(("cover", working_gsd), lambda: self._engine.cover(view, progress, cancel, working_gsd))

    def things(
        self, view: View, label: str, progress: Any = no_progress, cancel: Any = None, working_gsd: Optional[float] = None
    ) -> Any:
        """See ``Engine.things``."""
        return self._held((label, working_gsd), lambda: self._engine.things(view, label, progress, cancel, working_gsd))

    def tuned(
        self, view: View, tuned: Any, progress: Any = no_progress, cancel: Any = None, working_gsd: Optional[float] = None
    ) -> Any:
        """See ``Engine.tuned``."""
        return self._held(
            (tuned.about.label, working_gsd), lambda: self._engine.tuned(view, tuned, progress, cancel, working_gsd))

    def scored(self, label: str) -> Tuple[Any, int]:
        """The map that holds the scores of ``label``, and which of its bands."""
        for (name, _), found in self._maps.items():
            if name == label:
                return found, 0
        cover = next(found for (name, _), found in self._maps.items() if name == "cover")
        return cover, cover.labels.index(label)

    def _held(self, key: Tuple[str, Optional[float]], make: Callable[[], Any]) -> Any:
        if key not in self._maps:
            self._maps[key] = make()
        return self._maps[key]


class KeptMasks:
    """One ``label`` of an answer. ``own``: the model's threshold; ``threshold``: of the answer as it was given.

    Any thread; best on a worker. The score files live as long as this object and the engine. Raises RasterUnreadable once
    the engine is closed.
    """

    def __init__(self, request: QuestionRequest, holding: Holding, label: str, moved: Dict[str, float], lock: Any) -> None:
        """``moved``: the thresholds of all labels of the answer that were moved, shared by them as ``lock`` is."""
        self.label = label
        self._request, self._holding, self._moved, self._lock = request, holding, moved, lock
        self.own = float(question.measured(request, holding).found.thresholds[label])
        self.threshold = self.own

    def count(self, threshold: float, cancel: Optional[CancelToken] = None) -> int:
        """How many polygons of the label :meth:`answer` would have; none is traced. Raises Cancelled."""
        with self._lock:
            found = question.measured(self._with(threshold), self._holding, cancel=cancel)
            return len(chosen_parts(found, self.label, self._request.intent.narrowing))

    def answer(self, threshold: float, cancel: Optional[CancelToken] = None) -> MovedMaskAnswer:
        """The answer at ``threshold`` of this label and those that the others were moved to. Raises Cancelled."""
        with self._lock:
            result = question.run(self._with(threshold), self._holding, cancel=cancel)
            self._moved[self.label] = float(threshold)
            cover, _ = self._holding.scored(self.label)
            facts = {**result.facts, "focus": self._request.intent.focus()}
            view = self._request.view
            features = result.features or FeatureSet("mask", cover.grid.crs_wkt, (), str(facts["model"]), view.source.name)
            return MovedMaskAnswer(
                float(threshold), MovedMasks(" ".join(result.sentences), facts, features), result.links)

    def write(self, path: str, cancel: Optional[CancelToken] = None) -> str:
        """The scores of the label as a GeoTIFF of bytes: 0…254 = score × 254, 255 = unknown or outside the region; the path.

        What stood at ``path`` is replaced once the file is whole. Raises StorageFull, RasterUnreadable, Cancelled.
        """
        found, index = self._holding.scored(self.label)
        inside = RegionRows(self._request.view, found.grid)
        draft = f"{path}.{uuid.uuid4().hex[:8]}.tif"
        with ScoreStore.create(draft, found.grid, (self.label,), tags={"model": str(self._holding.nano.name)}) as store:
            for window in bands(found.grid):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                scores = found.read(window)[index]
                part = inside[window.row:window.row + window.height]
                store.write(window, np.where(part, scores, np.nan)[None])
            store.keep(path)
        return os.path.abspath(path)

    def _with(self, threshold: float) -> QuestionRequest:
        return replace(self._request, thresholds={**self._moved, self.label: float(threshold)})


def kept_masks(request: QuestionRequest, holding: Holding) -> List[KeptMasks]:
    """What can be moved of an answer that outlines plain classes, in the order of their names; [] of any other.

    Of one that found nothing too: a lower threshold may find something.
    """
    intent = request.intent
    if intent.kind not in ("segment", "find") or intent.phrases or not intent.concepts:
        return []
    labels = tuple(dict.fromkeys(name for concept in intent.concepts for name in concept.covers))
    moved: Dict[str, float] = {}
    lock = threading.Lock()
    return [KeptMasks(request, holding, label, moved, lock) for label in labels] if len(labels) <= MOST else []

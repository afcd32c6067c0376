"""A user's model over a view: tiles at the scale it was trained on, scores blended without seams, polygons of its classes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import Region, View
from ..errors import NothingToAnalyse, QuestionUnclear, RasterUnreadable, UnknownConcept
from ..features import FeatureSet, MaskFeature
from ..imagery.grid import Grid
from ..imagery.polygons import mask_features
from ..imagery.score_store import ScoreStore
from ..imagery.stretch import measure_stretch
from ..imagery.tiles import blend_tiles, plan_tiles, tile_reader
from ..maps.keys import iso
from ..maps.working_frame import FramedSource, WorkingFrame
from .boxes import Boxes
from .brought_model import BroughtModel
from .contract import DETECTOR, Contract
from .detecting import box_features, detected
from .resizing import resized

#: Tiles smaller than this show nothing.
_SMALLEST_TILE = 16
#: Scales that differ by less are the same: a metre of a projection is not one on the ground.
_SAME = 1.02
#: Tiles share at most half of themselves, so that each pixel lies in few.
_MOST_OVERLAP = 0.5
#: A box becomes a candidate from this share of the threshold on: a better one beside it may need it to give way.
_CANDIDATE = 0.999


@dataclass(frozen=True)
class Options:
    """What the user sets against the model's own word; None: the model's. ``classes``: names of those that become polygons,
    () all that are something. ``thresholds``: by class, before ``threshold``. ``min_area``: m², 0: the model's pixels.
    ``overlap``: share of a tile.
    """

    classes: Tuple[str, ...] = ()
    threshold: Optional[float] = None
    thresholds: Dict[str, float] = field(default_factory=dict)
    min_area: float = 0.0
    overlap: Optional[float] = None

    def limit(self, label: str, contract: Contract) -> float:
        """Score from which ``label`` counts."""
        own = contract.threshold if self.threshold is None else self.threshold
        return float(self.thresholds.get(label, own))


@dataclass(frozen=True)
class Scale:
    """``factor``: native pixels averaged to a working one; ``tile``: working pixels that become one tile of the model."""

    factor: int
    tile: int

    @classmethod
    def of(cls, contract: Contract, gsd: Optional[float]) -> "Scale":
        """The working pixels that are as large as the model's or the next finer: the rest is resized tile by tile."""
        ratio = contract.gsd / gsd if contract.gsd and gsd else 1.0
        factor = max(1, int(ratio * _SAME))
        rest = ratio / factor
        return cls(factor, max(_SMALLEST_TILE, round(contract.tile * (1.0 if 1 / _SAME < rest < _SAME else rest))))


@dataclass(frozen=True)
class Found:
    """``store``: blended scores, which other thresholds are tried on, of a segmentor; ``boxes`` of a detector, in pixels of
    ``grid``. ``unreadable``: share of the pixels that the source failed to deliver. :meth:`close` removes the scores.
    """

    features: FeatureSet
    grid: Grid
    store: Optional[ScoreStore]
    boxes: Optional[Boxes]
    unreadable: float

    def close(self) -> None:
        """Remove the scores, unless they are kept."""
        if self.store is not None:
            self.store.close()


def run(
    view: View, model: BroughtModel, folder: Path, options: Optional[Options] = None, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> Found:
    """``model`` over ``view``. ``folder``: where the scores are made. Any thread, that of the view's source.

    Raises UnknownConcept (a class that it does not have), QuestionUnclear (a smallest area without a scale),
    NothingToAnalyse, RasterUnreadable, StorageFull, UserModelRefused, Cancelled.
    """
    options = options or Options()
    contract, source = model.contract, view.source
    chosen_labels(model, options)
    if options.min_area > 0 and source.gsd is None:
        raise QuestionUnclear("The image has no scale, so nothing can be chosen by its area. Set its CRS first.")
    scale = Scale.of(contract, source.gsd)
    working = None if source.gsd is None else source.gsd * scale.factor
    frame = WorkingFrame.of(view, scale.tile, (0.0, np.inf), working)
    if frame.window.empty:
        raise NothingToAnalyse(source.name)
    read = tile_reader(FramedSource(source, frame), measure_stretch(source, cancel))
    share = min(contract.overlap if options.overlap is None else options.overlap, _MOST_OVERLAP)
    plan = plan_tiles((frame.grid.height, frame.grid.width), scale.tile, min(round(scale.tile * share), scale.tile - 1))
    seen = (3, contract.tile, contract.tile)
    if contract.kind == DETECTOR:
        lowest = min([options.limit(label, contract) for label in chosen_labels(model, options)] or [contract.threshold])

        def find(rgb: np.ndarray) -> Boxes:
            return model.boxes(resized(rgb, seen[1:]), lowest * _CANDIDATE, cancel)

        boxes, unreadable, valid = detected(read, find, plan, frame.grid, contract, progress, cancel)
        _check_valid(valid, unreadable, source.name)
        features = box_features(boxes, frame.grid, model, options, view.region, chosen_labels(model, options))
        return Found(_feature_set(features, view, model, ""), frame.grid, None, boxes, unreadable)

    def infer(rgb: np.ndarray) -> np.ndarray:
        return np.stack([resized(model.scores(resized(tile, seen[1:]), cancel), tile.shape[1:]) for tile in rgb])

    tags = {"model": contract.name, "digest": model.digest, "source": source.name}
    store = ScoreStore.create(str(Path(folder) / f"{_unused(folder)}.tif"), frame.grid, model.labels, tags=tags)
    try:
        report = blend_tiles(read, infer, plan, store, 1, progress, cancel)
        _check_valid(report.valid, report.unreadable, source.name)
        store.finish()
        features = score_features(store, model, options, view.region, cancel)
        return Found(_feature_set(features, view, model, store.path), frame.grid, store, None, report.unreadable)
    except BaseException:
        store.close()
        raise


def score_features(
    store: ScoreStore, model: BroughtModel, options: Options, region: Optional[Region] = None,
    cancel: Optional[CancelToken] = None,
) -> Tuple[MaskFeature, ...]:
    """Polygons of the classes wanted, exact, from scores that were made before: thresholds move without the model.

    A pixel belongs to the class with the highest score if that reaches the class's threshold; unknown pixels to none.
    """
    contract = model.contract
    rule = "winner" if len(store.labels) > 1 else "threshold"
    features: List[MaskFeature] = []
    smallest = 1 if options.min_area > 0 else contract.smallest
    for label in chosen_labels(model, options):
        limit = options.limit(label, contract)
        features += mask_features(store, label, limit, smallest, region, rule, cancel)
    if options.min_area > 0:
        features = [one for one in features if one.area_m2 is not None and one.area_m2 >= options.min_area]
    return tuple(features)


def chosen_labels(model: BroughtModel, options: Options) -> Tuple[str, ...]:
    """The names of the classes that become polygons. Raises UnknownConcept for one that the model does not have."""
    known: Sequence[str] = model.labels
    if not options.classes:
        return tuple(known[i] for i in model.contract.wanted(len(known)))
    if not known:
        return options.classes
    named = {name.strip().lower(): name for name in known}
    for words in options.classes:
        if words.strip().lower() not in named:
            raise UnknownConcept(words, tuple(known))
    return tuple(dict.fromkeys(named[words.strip().lower()] for words in options.classes))


def _feature_set(features: Tuple[MaskFeature, ...], view: View, model: BroughtModel, scores: str) -> FeatureSet:
    source = view.source
    return FeatureSet("mask", source.grid.crs_wkt, features, model.contract.name, source.name, iso(source), scores)


def _check_valid(valid: int, unreadable: float, name: str) -> None:
    if valid == 0 and unreadable > 0:
        raise RasterUnreadable(name, "the file is damaged or its server does not answer", unreadable)
    if valid == 0:
        raise NothingToAnalyse(name)


def _unused(folder: Path) -> str:
    import uuid

    Path(folder).mkdir(parents=True, exist_ok=True)
    return f"model-{uuid.uuid4().hex}"

"""The expert that names tiles: any class words, a grid of tiles, a label with its score and the runner-up for each."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..conversation import View
from ..errors import UnknownConcept
from ..facts import SCHEMA
from ..facts.pixel_area import PixelArea
from ..features import FeatureSet, MaskFeature
from ..imagery.regions import window_ring
from .ensembles import ENSEMBLES, class_vectors, ensemble_for
from .naming import NONE, TRUE_FROM, Named, named, unknown_names
from .propagation import propagate
from .tile_vectors import TileVectors, tile_vectors
from .tiling import Tiling, side_for, tiling


@dataclass(frozen=True)
class ClassifyRequest:
    """``classes``: of ``class_list.read_classes``; ``side`` and ``overlap``: pixels, side 0 chosen; ``together``: tiles listen
    to the tiles most like them; ``none``: a tile may be none of the classes; ``ensemble``: a name of ``ENSEMBLES``, "" the
    encoder's own.
    """

    view: View
    classes: Tuple[str, ...]
    side: int = 0
    overlap: int = 0
    together: bool = False
    none: bool = True
    ensemble: str = ""
    true_from: float = TRUE_FROM


@dataclass(frozen=True)
class Classified:
    """``features``: a polygon for each tile that shows something, with its score; ``runners``: of each (label, score), "" and
    0 where there is but one class. ``facts``: kind "classes", JSON-able.
    """

    features: FeatureSet
    runners: Tuple[Tuple[str, float], ...]
    facts: Dict[str, Any]


def run(
    request: ClassifyRequest, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
    embedder: Any = None,
) -> Classified:
    """``embedder``: a published encoder; None: the embedded model, which refuses class names that it does not know.

    Tiles that were looked at before, or lie in an index, are not looked at again: other classes cost no run of the encoder.
    Raises UnknownConcept, QuestionUnclear, and what ``tile_vectors`` raises.
    """
    if embedder is None:
        embedder, tower = engine.embedder(), engine.free_words.tower
        strange = unknown_names(request.classes, tower) if tower is not None else None
        if strange is not None:
            raise UnknownConcept(*strange)
    source = request.view.source
    finest = float(getattr(embedder, "finest", 0.0))
    side = request.side or side_for(source.grid, source.gsd, finest, request.view.region)
    tiles = tiling(source.grid, side, request.overlap, request.view.region)
    share = 0.8 if request.together else 1.0

    def looking(fraction: float, message: str = "") -> None:
        progress(share * fraction, message)

    def naming(fraction: float, message: str = "") -> None:
        progress(share + (1 - share) * fraction, message)

    seen = tile_vectors(
        request.view, tiles, embedder, looking, cancel, getattr(engine, "tile_vectors", None), getattr(engine, "indexes", None))
    found = _named(request, seen, embedder, naming, cancel)
    return _result(request, tiles, seen, found, str(embedder.name), side)


def _named(
    request: ClassifyRequest, seen: TileVectors, embedder: Any, progress: Progress, cancel: Optional[CancelToken]
) -> Named:
    ensemble = ENSEMBLES[request.ensemble] if request.ensemble else ensemble_for(embedder, len(request.classes))
    words = class_vectors(embedder, request.classes, ensemble, cancel)
    vectors = seen.vectors[seen.seen]
    found = named(vectors, words, embedder, ensemble, request.none, request.true_from, cancel)
    if not request.together:
        return found
    # What is none of the classes is nobody's neighbour: it would draw a class towards itself.
    own = ~found.none
    probabilities = found.probabilities.copy()
    if own.any():
        probabilities[own] = propagate(vectors[own], words, float(getattr(embedder, "scale", 100.0)), progress, cancel)
    return Named(probabilities, found.none)


def _result(
    request: ClassifyRequest, tiles: Tiling, seen: TileVectors, found: Named, model: str, side: int
) -> Classified:
    source, classes = request.view.source, request.classes
    ground = PixelArea.of(source.grid, source.gsd)
    cells = [cell for cell, there in zip(tiles.cells, seen.seen) if there]
    areas = _areas(ground, [cell.ground for cell in cells])
    features: List[MaskFeature] = []
    runners: List[Tuple[str, float]] = []
    for number, (cell, best, second) in enumerate(zip(cells, found.best, found.second)):
        window, row = cell.ground, found.probabilities[number]
        none = bool(found.none[number])
        # A tile that is none of them has its best class as runner-up, so that a reader can object.
        other = best if none else second
        runner = (classes[other], float(row[other])) if other >= 0 else ("", 0.0)
        features.append(MaskFeature(
            (window_ring(source.grid, window),), NONE if none else classes[best], 0.0 if none else float(row[best]),
            window.width * window.height, None if areas is None else float(areas[number])))
        runners.append(runner)
    iso = source.time.iso if source.time is not None else ""
    kept = FeatureSet("mask", source.grid.crs_wkt, tuple(features), model, source.name, iso)
    return Classified(kept, tuple(runners), _facts(request, kept, seen, len(tiles.cells), side))


def _facts(request: ClassifyRequest, kept: FeatureSet, seen: TileVectors, planned: int, side: int) -> Dict[str, Any]:
    source = request.view.source
    rows = [_row(name, kept.features) for name in request.classes]
    return {
        "schema": SCHEMA, "kind": "classes", "source": source.name, "model": kept.model, "gsd": source.gsd,
        "classes": rows, "none": _row(NONE, kept.features)["tiles"], "looked": len(kept.features),
        "skipped": planned - len(kept.features), "side": side, "together": request.together,
        "encoded": seen.encoded, "unreadable": round(seen.unreadable, 6)}


def _row(name: str, features: Sequence[MaskFeature]) -> Dict[str, Any]:
    own = [each for each in features if each.label == name]
    areas = [each.area_m2 for each in own]
    pixels, every = sum(each.pixels for each in own), sum(each.pixels for each in features)
    return {"name": name, "tiles": len(own), "share": pixels / every if every else 0.0,
            "area_m2": None if any(area is None for area in areas) else float(sum(area or 0.0 for area in areas)),
            "score": round(float(np.mean([each.score for each in own])), 4) if own else None}


def _areas(ground: Optional[PixelArea], windows: Sequence[Any]) -> Optional[np.ndarray]:
    """(n,) m² of windows, by a pixel at the middle of each."""
    if ground is None:
        return None
    cols = np.array([w.col + w.width / 2 for w in windows])
    rows = np.array([w.row + w.height / 2 for w in windows])
    out: np.ndarray = ground.at(cols, rows) * np.array([w.width * w.height for w in windows], float)
    return out

"""The whole of tuning: from an open raster, polygons and a name to a class with the figures that it was measured by."""

import datetime
from dataclasses import dataclass
from typing import Any, Callable, Dict, Tuple

from ...models.cancel import CancelToken
from ...models.concepts import lexicon, shipped, words_of
from ...models.conversation import View
from ...models.errors import TuningImpossible
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import measure_stretch
from ...models.maps.working_frame import FramedSource, WorkingFrame
from ...models.tuned.held_back import held_back
from ...models.tuned.learning import Budget, train
from ...models.tuned.tuned_class import About, TunedClass
from .messages import short_name, tr
from .training_layers import Rings
from .tuning_tiles import Ground, cut

Progress = Callable[[float, str], None]
#: Fewest polygons on the raster: fewer cannot be learned from and measured on.
FEWEST = 6


@dataclass(frozen=True)
class Request:
    """``words``: singular, plural, all words. ``shapes``: the polygons; ``known``: what is labelled completely, both in the
    raster's CRS. ``gsd``: metres, 0 for the model's own. ``most``: tiles."""

    words: Tuple[str, str, Tuple[str, ...]]
    layer: str
    raster: str
    shapes: Tuple[Rings, ...]
    known: Tuple[Rings, ...]
    gsd: float
    most: int
    replaces: bool
    budget: Budget


def tune(
    request: Request, source: RasterSource, engine: Any, progress: Progress, cancel: CancelToken
) -> Tuple[TunedClass, Dict[str, Any]]:
    """The class and a JSON-able report. Any one thread; nothing is written.

    Raises TuningImpossible where there is nothing to learn from, Cancelled, and what reading raises.
    """
    frame = WorkingFrame.of(View(source), engine.nano.tile, engine.nano.gsd_range, request.gsd or None)
    framed = FramedSource(source, frame)
    ground = Ground(frame.grid, request.shapes, request.known)
    layer, raster = short_name(request.layer), short_name(request.raster)
    if not ground.shapes:
        raise TuningImpossible(tr("No polygon of {layer} lies on {raster}.").format(layer=layer, raster=raster))
    if len(ground.shapes) < FEWEST:
        raise TuningImpossible(
            tr("Only {number} polygons of {layer} lie on {raster}; tuning needs {fewest} or more. Map more of them.").format(
                number=len(ground.shapes), layer=layer, raster=raster, fewest=FEWEST))
    progress(0.0, tr("Cutting tiles"))
    tiles = cut(framed, measure_stretch(source, cancel), ground, request.most, request.budget.seed,
                lambda fraction, message="": progress(0.1 * fraction, tr("Cutting tiles")))
    if not tiles.with_class:
        raise TuningImpossible(
            tr("The polygons of {layer} are too small to be seen on {raster}. Choose a finer raster.").format(
                layer=layer, raster=raster))
    splits = held_back(tiles.places, tiles.with_class, tiles.side, request.budget.seed)
    steps = {"Looking at the tiles": tr("Looking at the tiles"), "Learning": tr("Learning"), "Measuring": tr("Measuring")}
    trained = train(
        tiles.tiles, splits, lambda rgb, gsd: engine.features(rgb, gsd, cancel), request.budget,
        lambda fraction, message="": progress(0.1 + 0.9 * fraction, steps.get(message, "")), cancel)
    one, many, words = request.words
    gsd = framed.gsd or 0.0
    about = About(
        one, many, words, request.layer, request.raster,
        datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), engine.nano.digest, gsd,
        trained.threshold, trained.floor * gsd * gsd, request.replaces, trained.held_out, trained.run)
    run = {**trained.run, "tiles_left_out": tiles.left, "polygons": len(ground.shapes), "gsd": gsd}
    return TunedClass(about, trained.head), {
        "class": one, "words": list(words), "layer": request.layer, "raster": request.raster, "model": engine.nano.name,
        "digest": about.model, "before": before(words, engine, trained.held_out), "after": trained.held_out,
        "threshold": trained.threshold, "smallest_m2": round(about.smallest, 2), "run": run, "date": about.date,
    }


def before(words: Tuple[str, ...], engine: Any, held_out: Dict[str, Any]) -> Dict[str, Any]:
    """What the chat did with the class so far: declined it, or answered about a cover or another thing that is not it.

    ``vqa_constant``: what the best answer that never looks gets on the same tiles.
    """
    concept = shipped().get(words_of(words[0]))
    means = [] if concept is None else [lexicon().mass.get(name, name) for name in concept.covers
                                        if name not in lexicon().things or name in engine.nano.things]
    return {"declined": not means, "meant": means, "vqa": None if means else 0.0, "vqa_constant": held_out["vqa_constant"]}

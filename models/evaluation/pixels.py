"""Scenes named from their words alone, covers and things as masks, changes as masks."""

from typing import TYPE_CHECKING, Any, Dict, List, Tuple

import numpy as np

from ..concepts import lexicon, words_of
from ..conversation import View
from ..facts.survey import belonging
from ..metrics.pixels import PixelAgreement
from .manifest import ManifestError

if TYPE_CHECKING:
    from .evaluation import Evaluation

#: Small images are enlarged to about this many pixels a side before their scene is named.
SCENE_SIDE = 128


def scene(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """The best of all targets, matched from their words alone."""
    targets = sorted({run.rows[index]["target"] for index in indices})
    scenes = [scenes_of(target, run.engine.nano.scenes) for target in targets]
    right = 0
    for index in indices:
        logits = _scene_logits(run, index)
        scores = [max((float(logits[k]) for k in known), default=-np.inf) for known in scenes]
        right += targets[int(np.argmax(scores))] == run.rows[index]["target"]
    unmatched = [target for target, known in zip(targets, scenes) if not known]
    found: Dict[str, Any] = {"n": len(indices), "top1": right / len(indices)}
    return {**found, "unmatched": unmatched} if unmatched else found


def _scene_logits(run: "Evaluation", index: int) -> np.ndarray:
    rgb, gsd = run.open(index).rgb(SCENE_SIDE)
    nano = run.engine.nano
    return np.asarray(nano.scene_logits(rgb[None], gsd, nano.see(rgb[None], gsd))[0])


def mask(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Pixels of the concept against the target mask; nodata and alpha 0 left out."""
    agreement = PixelAgreement()
    engine = run.engine
    for index in indices:
        image = run.open(index)
        covers = lexicon_covers(run.rows[index]["concept"])
        things = [name for name in covers if name in lexicon().things]
        cover_map = engine.things(View(image.source), things[0]) if things else engine.cover(View(image.source))
        scores = image.full(cover_map.read(cover_map.grid.window), cover_map.grid)
        found = np.isin(belonging(scores, cover_map.labels, engine.nano.thresholds), covers)
        truth = run.truth(index)
        agreement.add(found, truth, image.valid & ~np.isnan(scores[0]) & same_shape(truth, found))
    figures = agreement.figures()
    return {"n": agreement.n, "iou": figures["iou"], "miou": figures["miou"]}


def change(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Changed pixels; a concept narrows to changes from it or to it."""
    agreement = PixelAgreement()
    for index in indices:
        before, after = run.open(index), run.open(index, "image_after")
        pair = run.engine.change(View(before.source), View(after.source))
        scores = before.full(pair.pair_change.read(pair.grid.window), pair.grid)
        concept = run.rows[index].get("concept", "")
        names = lexicon_covers(concept) if concept else ("any",)
        score = np.nanmax(np.where(np.isnan(scores), 0, scores)[[pair.pair_change.labels.index(n) for n in names]], 0)
        truth = run.truth(index)
        valid = before.valid & ~np.isnan(scores[0]) & same_shape(truth, score)
        agreement.add(score >= run.engine.nano.thresholds["change"], truth, valid)
    figures = agreement.figures()
    return {"n": agreement.n, **{key: figures[key] for key in ("f1", "iou", "precision", "recall")},
            "image_accuracy": agreement.image_accuracy()}


def lexicon_covers(words: str) -> Tuple[str, ...]:
    """The covers that ``words`` name. Raises UnknownConcept."""
    spoken = words_of(words)
    for start in range(len(spoken)):
        concept, _ = lexicon().longest_at(spoken, start)
        if concept is not None and concept.covers:
            return concept.covers
    raise lexicon().unknown(words)


def scenes_of(words: str, scenes: Tuple[str, ...]) -> List[int]:
    """Indices of the scenes that a class name means: "SeaLake", "sea lake", "sea/lake", "harbour"."""
    joined = "".join(character for character in words.lower() if character.isalnum())
    exact = [index for index, name in enumerate(scenes) if name.lower() == joined]
    if exact:
        return exact
    spaced = "".join(f" {c}" if c.isupper() else c for c in words).replace("_", " ").replace("/", " ")
    concept = lexicon().get(words_of(words)) or lexicon().get(words_of(spaced) or [""])
    return [scenes.index(name) for name in (concept.scenes if concept is not None else ()) if name in scenes]


def same_shape(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """All true, of their shape. Raises ManifestError where they differ."""
    if truth.shape != found.shape:
        raise ManifestError(0, f"a target mask has {truth.shape} pixels, its image {found.shape}")
    return np.ones(truth.shape, bool)

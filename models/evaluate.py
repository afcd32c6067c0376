"""The measuring stick: a manifest in, one JSON object of figures out. Runs what the product runs.

``python -m terralogue.models.evaluate MANIFEST.csv [--model FOLDER] [--control random|blank|shuffle]``. Columns
``task,image,image_after,concept,target,gsd``; tasks and figures are listed in docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple

import numpy as np

from .concepts import lexicon, words_of
from .conversation import View
from .engine import Engine
from .errors import TerralogueError
from .evaluation_images import EvaluationImage, open_image, permutation
from .facts.survey import belonging
from .metrics.pixels import PixelAgreement
from .vision.nano import Nano

ROOT = Path(__file__).resolve().parent.parent
Row = Dict[str, str]
CONTROLS = ("", "blank", "shuffle", "random")
#: Small images are enlarged to about this many pixels a side before their scene is named.
SCENE_SIDE = 128


class ManifestError(TerralogueError):
    """The manifest cannot be used; ``line`` counts from 1, the header being line 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Manifest line {line}: {reason}")
        self.line, self.reason = line, reason


class Evaluation:
    """One run over one manifest with one model."""

    def __init__(self, manifest: Path, engine: Engine, control: str = "") -> None:
        """Read ``manifest``. Raises ManifestError for a line that cannot be used."""
        self._engine, self._control = engine, control
        self._folder = manifest.resolve().parent
        with open(manifest, newline="", encoding="utf-8-sig") as handle:
            self._rows: List[Row] = [{key: (value or "").strip() for key, value in row.items() if key}
                                     for row in csv.DictReader(handle)]
        for line, row in enumerate(self._rows, 2):
            if row.get("task", "") not in TASKS:
                raise ManifestError(line, f"task “{row.get('task', '')}” is not one of {', '.join(TASKS)}")
        # A shuffled control shows every question another image of the same task and ground sample distance.
        self._order = permutation([(row["task"], row.get("gsd", "")) for row in self._rows]) if control == "shuffle" else {}

    def run(self) -> Dict[str, Any]:
        """Figures by task, each with ``n``."""
        groups: Dict[str, List[int]] = defaultdict(list)
        for index, row in enumerate(self._rows):
            groups[row["task"]].append(index)
        return {task: TASKS[task](self, indices) for task, indices in groups.items()}

    def open(self, index: int, column: str = "image") -> EvaluationImage:
        """The image of a row under the control in force."""
        shown = self._rows[self._order.get(index, index)]
        gsd = self._rows[index].get("gsd", "")
        return open_image(self._folder / shown[column], float(gsd) if gsd else None, self._control == "blank")

    def _truth(self, index: int) -> np.ndarray:
        return EvaluationImage.mask(self._folder / self._rows[index]["target"])

    def scene(self, indices: List[int]) -> Dict[str, Any]:
        """The best of all targets, matched from their words alone."""
        targets = sorted({self._rows[index]["target"] for index in indices})
        scenes = [_scenes_of(target, self._engine.nano.scenes) for target in targets]
        right = 0
        for index in indices:
            logits = self._scene_logits(index)
            scores = [max((float(logits[k]) for k in known), default=-np.inf) for known in scenes]
            right += targets[int(np.argmax(scores))] == self._rows[index]["target"]
        unmatched = [target for target, known in zip(targets, scenes) if not known]
        found: Dict[str, Any] = {"n": len(indices), "top1": right / len(indices)}
        return {**found, "unmatched": unmatched} if unmatched else found

    def _scene_logits(self, index: int) -> np.ndarray:
        image = self.open(index)
        rgb, gsd = image.rgb(SCENE_SIDE)
        nano = self._engine.nano
        return np.asarray(nano.scene_logits(rgb[None], gsd, nano.see(rgb[None], gsd))[0])

    def mask(self, indices: List[int]) -> Dict[str, Any]:
        """Pixels of the concept against the target mask; nodata and alpha 0 left out."""
        agreement = PixelAgreement()
        for index in indices:
            image = self.open(index)
            covers = lexicon_covers(self._rows[index]["concept"])
            things = [name for name in covers if name in lexicon().things]
            cover_map = self._engine.things(View(image.source), things[0]) if things else self._engine.cover(View(image.source))
            scores = image.full(cover_map.read(cover_map.grid.window), cover_map.grid)
            found = np.isin(belonging(scores, cover_map.labels, self._engine.nano.thresholds), covers)
            truth = self._truth(index)
            agreement.add(found, truth, image.valid & ~np.isnan(scores[0]) & _same_shape(truth, found))
        figures = agreement.figures()
        return {"n": agreement.n, "iou": figures["iou"], "miou": figures["miou"]}

    def change(self, indices: List[int]) -> Dict[str, Any]:
        """Changed pixels; a concept narrows to changes from it or to it."""
        agreement = PixelAgreement()
        for index in indices:
            before, after = self.open(index), self.open(index, "image_after")
            pair = self._engine.change(View(before.source), View(after.source))
            scores = before.full(pair.pair_change.read(pair.grid.window), pair.grid)
            concept = self._rows[index].get("concept", "")
            names = lexicon_covers(concept) if concept else ("any",)
            score = np.nanmax(np.where(np.isnan(scores), 0, scores)[[pair.pair_change.labels.index(n) for n in names]], 0)
            truth = self._truth(index)
            valid = before.valid & ~np.isnan(scores[0]) & _same_shape(truth, score)
            agreement.add(score >= self._engine.nano.thresholds["change"], truth, valid)
        figures = agreement.figures()
        return {"n": agreement.n, **{key: figures[key] for key in ("f1", "iou", "precision", "recall")},
                "image_accuracy": agreement.image_accuracy()}


TASKS: Dict[str, Callable[[Evaluation, List[int]], Dict[str, Any]]] = {
    "scene": Evaluation.scene, "mask": Evaluation.mask, "change": Evaluation.change,
}


def lexicon_covers(words: str) -> Tuple[str, ...]:
    """The covers that ``words`` name. Raises UnknownConcept."""
    spoken = words_of(words)
    for start in range(len(spoken)):
        concept, _ = lexicon().longest_at(spoken, start)
        if concept is not None and concept.covers:
            return concept.covers
    raise lexicon().unknown(words)


def _scenes_of(words: str, scenes: Tuple[str, ...]) -> List[int]:
    """Indices of the scenes that a class name means: "SeaLake", "sea lake", "sea/lake", "harbour"."""
    joined = "".join(character for character in words.lower() if character.isalnum())
    exact = [index for index, name in enumerate(scenes) if name.lower() == joined]
    if exact:
        return exact
    spaced = "".join(f" {c}" if c.isupper() else c for c in words).replace("_", " ").replace("/", " ")
    concept = lexicon().get(words_of(words)) or lexicon().get(words_of(spaced) or [""])
    return [scenes.index(name) for name in (concept.scenes if concept is not None else ()) if name in scenes]


def _same_shape(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    if truth.shape != found.shape:
        raise ManifestError(0, f"a target mask has {truth.shape} pixels, its image {found.shape}")
    return np.ones(truth.shape, bool)


def evaluate(manifest: Path, model: Optional[Path] = None, control: str = "") -> Dict[str, Any]:
    """Figures of the model in ``model`` (default: the shipped one) on ``manifest``, under ``control``."""
    with tempfile.TemporaryDirectory(prefix="terralogue-") as scratch:
        if control == "random":
            from .training.export import export  # needs the training packages

            export(Path(scratch), Path(scratch) / "random", random=True)
            model = Path(scratch) / "random"
        nano = Nano.load(model or ROOT / "resources" / "nano")
        engine = Engine(ROOT / "resources", Path(scratch), nano=nano)
        try:
            return Evaluation(manifest, engine, control).run()
        finally:
            engine.close()


def main() -> int:
    """Print the figures as JSON; 2 and one sentence on stderr if that is impossible."""
    parser = argparse.ArgumentParser(prog="terralogue.models.evaluate", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--model", type=Path, help="folder of an exported model")
    parser.add_argument("--control", choices=CONTROLS, default="")
    options = parser.parse_args()
    try:
        figures = evaluate(options.manifest, options.model, options.control)
    except (TerralogueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(figures, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m terralogue.models.training.validation_set``: the measuring stick's own scenes, with everything known of them.

Writes images and one manifest a task below ``--out`` (never into the repository): rendered scenes of layouts, materials
and wordings that no training saw, real tiles with human sentences, twins that differ in one thing, images of nothing.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..datasets.naming import whole
from ..evaluation.declining import ANSWERABLE, UNANSWERABLE
from ..evaluation.manifest import SENTENCES, Row, write_rows
from ..vision.legend import COVERS, THING_SCALES
from . import validation_images as images
from .scene_chips import scene_chips
from .scenes.bank import load
from .splits import part_of
from .validation_rows import Asked, chosen, shuffled, without_phrase

UCM_GSD = "0.3"
#: Share of the image from which a cover surely came or went, and below which it surely did not.
_CHANGED, _UNCHANGED = 0.02, 0.002
_ASKED = {"added": "Was any {} added", "removed": "Was any {} removed"}


def write(
    work: Path, out: Path, labels: Sequence[str], scenes: int = 120, most: int = 60, pairs: int = 100,
    imagery: Optional[Path] = None, captions: Optional[Path] = None, unknown: Optional[Path] = None, seed: int = 5,
) -> Dict[str, int]:
    """Write the set; returns the number of rows by manifest.

    ``work``: holds the rendered validation scenes. ``labels``: things that the model offers. ``most``: rows of a kind of
    question. ``imagery``: the open archive (twins need its materials, captions its UC Merced tiles). ``captions``: human
    sentences as JSON. ``unknown``: JSON list of things nobody was taught.
    """
    out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    folder = work / "rendered" / "validation"
    asked = [Asked(chip, images.write_chip(chip, out, f"scene{index:03d}"), labels, rng)
             for index, chip in enumerate(scene_chips(folder, range(scenes)))]
    named = [pair for each in asked for pair in each.referring()]
    questions = chosen(asked, labels, most, rng)
    described = [row for each in asked for row in each.captions()]
    brief = [row for row in described if row["task"] == "caption"]
    pointed = [row for each in asked for row in each.pointing()]
    found: Dict[str, List[Row]] = {
        "vqa": [row for row in questions if row["task"] == "vqa"],
        "attribute": [row for row in (*questions, *pointed) if row["task"] == "attribute"],
        "dialogues": [row for each in asked for row in each.dialogue()],
        "refer": [row for _, row in named], "refer-class-only": without_phrase(named), "refer-shuffled": shuffled(named),
        "detect": [row for each in asked for row in each.detecting()],
        "point": [row for row in pointed if row["task"] == "point"],
        "captions": brief, "captions-detailed": [{**row, "question": "Describe this image in detail."} for row in brief],
        "retrieve": [row for row in described if row["task"] == "retrieve"],
        "change": changes(folder, out, rng, most),
        "declined": [*nothing(out, folder, rng, pairs // 5),
                     *unknowns(asked, json.loads(unknown.read_text(encoding="utf-8")) if unknown else (), rng),
                     *({**row, "task": "declined", "target": ANSWERABLE, "concept": "presence"}
                       for row in questions if row["concept"] == "presence")],
    }
    if imagery is not None:
        found["twins"] = twin_rows(imagery, work, out, labels, pairs, seed)
        if captions is not None:
            found["ucm-captions"] = human(imagery, captions, 5)
    for name, rows in found.items():
        write_rows(out / f"{name}.csv", rows)
    return {name: len(rows) for name, rows in found.items()}


def twin_rows(imagery: Path, work: Path, out: Path, labels: Sequence[str], count: int, seed: int) -> List[Row]:
    """Pairs of rows, one after the other: "Is there a car?", with one and without."""
    bank = load(imagery, "validation", work / "rendered" / "scene-bank")
    scales = {name: (max(0.12, THING_SCALES[name][0]), THING_SCALES[name][1]) for name in labels}
    rows: List[Row] = []
    for number, twin in enumerate(images.twins(bank, scales, count, seed)):
        for word, rgb in (("yes", twin.there), ("no", twin.gone)):
            name = f"twin{number:03d}-{word}.tif"
            images.write_image(rgb, out / name, twin.gsd)
            rows.append({"task": "vqa", "image": name, "question": f"Is there a {twin.label} in this image?", "target": word,
                         "concept": f"twin {twin.label}"})
    return rows


def changes(folder: Path, out: Path, rng: np.random.Generator, most: int) -> List[Row]:
    """Whether a cover came or went between both dates of a rendered scene, yes as often as no by cover and direction."""
    store = {name: np.load(folder / f"{name}.npy", mmap_mode="r")
             for name in ("images", "covers", "after_images", "after_covers", "gsd")}
    said: Dict[Tuple[str, str], Dict[str, List[int]]] = {}
    pairs = json.loads((folder / "pairs.json").read_text())
    for number, index in enumerate(pairs):
        before, after = np.asarray(store["covers"][index]), np.asarray(store["after_covers"][number])
        for code, cover in enumerate(COVERS):
            came, went = ((after == code) & (before != code)).mean(), ((before == code) & (after != code)).mean()
            for word, this, other in (("added", came, went), ("removed", went, came)):
                # A roof that leans the other way comes and goes at once: only what is clearly one of both is asked about.
                truth = "yes" if this >= _CHANGED and this > 3 * other else "no" if this <= _UNCHANGED else ""
                if truth:
                    said.setdefault((cover, word), {}).setdefault(truth, []).append(number)
    rows: List[Row] = []
    written = set()
    for (cover, word), answers in sorted(said.items()):
        fewest = min(len(answers.get(truth, ())) for truth in ("yes", "no"))
        for truth in ("yes", "no"):
            for number in rng.permutation(answers.get(truth, []))[:min(fewest, max(1, most // 6))]:
                stem = f"pair{int(number):03d}"
                if stem not in written:
                    gsd = float(store["gsd"][pairs[int(number)]])
                    images.write_image(np.asarray(store["images"][pairs[int(number)]]), out / f"{stem}-before.tif", gsd)
                    images.write_image(np.asarray(store["after_images"][int(number)]), out / f"{stem}-after.tif", gsd)
                    written.add(stem)
                rows.append({"task": "change_vqa", "image": f"{stem}-before.tif", "image_after": f"{stem}-after.tif",
                             "question": f"{_ASKED[word].format(whole(cover))}?", "target": truth, "concept": word})
    return rows


def nothing(out: Path, folder: Path, rng: np.random.Generator, count: int) -> List[Row]:
    """Noise, gradients, drawn maps, and a scene that says of itself that its pixels are 60 m wide."""
    scenes = np.load(folder / "images.npy", mmap_mode="r")
    kinds: Dict[str, Any] = {"noise": images.noise, "gradient": images.gradient, "street map": images.street_map,
                             "scale": lambda draw: np.asarray(scenes[int(draw.integers(len(scenes)))])}
    rows = []
    for kind, make in kinds.items():
        for number in range(count):
            name = f"{kind.replace(' ', '-')}{number:02d}.tif"
            images.write_image(make(rng), out / name, 60.0 if kind == "scale" else 0.3)
            rows.append({"task": "declined", "image": name, "question": "How many buildings are there?",
                         "target": UNANSWERABLE, "concept": kind})
    return rows


def unknowns(asked: Sequence[Asked], things: Sequence[str], rng: np.random.Generator) -> List[Row]:
    """Things that nobody was taught, each asked for in some scene."""
    return [asked[int(rng.integers(len(asked)))].row("declined", f"How many {thing} are there?", UNANSWERABLE, "unknown thing")
            for thing in things]


def human(imagery: Path, captions: Path, most: int) -> List[Row]:
    """Up to ``most`` held-out UC Merced tiles of each class with their five human sentences (evaluation only)."""
    kept: Dict[str, List[Row]] = {}
    for item in json.loads(captions.read_text(encoding="utf-8")):
        group = kept.setdefault(item["class"], [])
        if part_of("ucmerced", item["file"]) == "validation" and len(group) < most:
            group.append({"task": "caption", "image": str((imagery / item["file"]).resolve()), "gsd": UCM_GSD,
                          "concept": item["class"], "target": SENTENCES.join(item["captions"])})
    return [row for group in kept.values() for row in group]


def main() -> None:
    """Write the set and print the number of rows by manifest."""
    parser = argparse.ArgumentParser(prog="terralogue.models.training.validation_set", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("build/validation"))
    parser.add_argument("--model", type=Path, default=Path("resources/nano"), help="model whose things are asked about")
    parser.add_argument("--imagery", type=Path, help="folder of the unzipped open archive")
    parser.add_argument("--captions", type=Path, help="human sentences (ucm_captions.json)")
    parser.add_argument("--unknown", type=Path, default=Path("tests/models/words/unknown_things.json"))
    parser.add_argument("--scenes", type=int, default=120)
    parser.add_argument("--most", type=int, default=60, help="rows of each kind of question")
    parser.add_argument("--pairs", type=int, default=100, help="twins")
    options = parser.parse_args()
    offered = sorted(json.loads((options.model / "manifest.json").read_text())["thing_thresholds"])
    print(json.dumps(write(options.work, options.out, offered, options.scenes, options.most, options.pairs,
                           options.imagery, options.captions, options.unknown if options.unknown.exists() else None)))


if __name__ == "__main__":
    main()

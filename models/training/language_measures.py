"""Figures of the language side for the model card, each beside its controls: what the chat's door answers on the
validation set (``validation_set``). ``python -m terralogue.models.training.language_measures`` prints them.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from ..engine import Engine
from ..evaluate import ROOT, model_under
from ..evaluation.controls import hobbled
from ..evaluation.evaluation import Evaluation
from ..language.decoder import FILES
from ..vision.nano import Nano
from ..voice.loading import Speech
from . import caption_measures
from .language_speed import speed

Figures = Dict[str, Any]
EYES = ("blank", "shuffle", "random")
SPEECH = ("nofacts", "noimage")
FILE = "language.json"
#: Training scenes among which the nearest neighbour is looked for.
_POOL = 300
#: Manifests that are asked again under the controls of the eyes.
_CONTROLLED = ("vqa", "refer", "detect", "attribute", "twins")
#: What a row holds even where nothing was measured.
_EVER = ("n", "pairs", "constant")


class Runs:
    """Manifests of ``validation`` asked of one model under one control after the other, each at most once."""

    def __init__(self, nano: Path, validation: Path, most: Optional[int] = None) -> None:
        """``most``: rows of a manifest, drawn evenly from it; pairs of twins stay together."""
        self.nano, self.validation, self.most = nano, validation, most
        self.speaks = all((nano / name).exists() for name in FILES)
        self._done: Dict[Tuple[str, str], Tuple[Figures, List[Dict[str, str]], Dict[int, Dict[str, Any]]]] = {}

    def has(self, name: str) -> bool:
        """Whether the set holds a manifest with rows."""
        path = self.validation / f"{name}.csv"
        return path.exists() and len(path.read_text(encoding="utf-8").splitlines()) > 1

    def run(self, names: Sequence[str], control: str = "") -> None:
        """Ask several manifests with one engine, whose cache they share."""
        wanted = [name for name in names if self.has(name) and (name, control) not in self._done]
        if not wanted:
            return
        with tempfile.TemporaryDirectory(prefix="terralogue-") as scratch:
            folder = model_under(control, self.nano, Path(scratch))
            engine = Engine(ROOT / "resources", Path(scratch), nano=Nano.load(folder))
            engine.speech = Speech(folder)
            try:
                hobbled(engine, control)
                for name in wanted:
                    evaluation = Evaluation(self.validation / f"{name}.csv", engine, control)
                    evaluation.only(chosen(len(evaluation.rows), self.most))
                    self._done[name, control] = evaluation.run(), evaluation.rows, evaluation.told
            finally:
                engine.close()

    def of(self, name: str, task: str, control: str = "") -> Figures:
        """The figures of a task, {} where there are none."""
        self.run([name], control)
        found = self._done.get((name, control))
        return dict(found[0].get(task, {})) if found is not None else {}

    def answers(self, name: str, control: str = "") -> Iterator[Tuple[Dict[str, str], Dict[str, Any]]]:
        """(row, what was told of it) of every row."""
        self.run([name], control)
        _, rows, told = self._done.get((name, control), ({}, [], {}))
        return ((rows[index], each) for index, each in sorted(told.items()))


def chosen(rows: int, most: Optional[int]) -> List[int]:
    """About ``most`` of ``rows``, evenly, in pairs."""
    if most is None or rows <= most:
        return list(range(rows))
    pairs = np.unique(np.linspace(0, (rows - 1) // 2, max(1, most // 2)).astype(int))
    return [index for pair in pairs for index in (2 * pair, 2 * pair + 1) if index < rows]


def run(nano: Path, work: Path, validation: Optional[Path] = None, most: Optional[int] = None,
        controls: Sequence[str] = EYES) -> Dict[str, Figures]:
    """Figures by title. ``nano``: an exported model; ``work``: holds the rendered scenes; ``validation``: the written set,
    by default beside ``work``. Controls of the decoder are added where the model has one. Raises FileNotFoundError
    without a set.
    """
    validation = validation or work.parent / "validation"
    if not validation.is_dir():
        raise FileNotFoundError(f"no validation set in {validation}: write it with {__package__}.validation_set")
    runs = Runs(nano, validation, most)
    asked = (*controls, *(SPEECH if runs.speaks else ()))
    # One engine a control: a scene that several manifests ask about is looked at once.
    runs.run([path.stem for path in sorted(validation.glob("*.csv"))])
    for control in asked:
        runs.run(["vqa"] if control in SPEECH else _CONTROLLED, control)
    return {
        "language: questions": _questions(runs, asked), "language: phrases and boxes": _phrases(runs, controls),
        "language: captions": _captions(runs, work), "language: declining and searching": _declining(runs),
        "language: speed on one core": speed(nano),
    }


def _beside(runs: Runs, controls: Sequence[str], name: str, task: str, *path: str) -> Figures:
    """One figure with its value under every control."""
    row: Figures = {}
    for control in ("", *controls):
        value: Any = runs.of(name, task, control)
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            row[control or "value"] = value
    return row


def _questions(runs: Runs, controls: Sequence[str]) -> Figures:
    whole = runs.of("vqa", "vqa")
    number = whole.get("n_by_type", {})
    found = {
        "presence, balanced": {"n": number.get("presence"), "constant": 0.5,
                               **_beside(runs, controls, "vqa", "vqa", "balanced", "presence")},
        "count within one, 0 to 10": {"n": number.get("count"), **_beside(runs, controls, "vqa", "vqa", "counts", "within1"),
                                      "constant": whole.get("counts", {}).get("best constant within1")},
        "all types, average": {"n": whole.get("n"), **_beside(runs, controls, "vqa", "vqa", "average"),
                               "constant": whole.get("constant", {}).get("average")},
        "by type": {name: f"{value:.2f} of {number[name]}" for name, value in whole.get("by_type", {}).items()},
        "dialogues": {"n": runs.of("dialogues", "vqa").get("n"), **_beside(runs, (), "dialogues", "vqa", "overall")},
        "changes, average of both directions": {"n": runs.of("change", "change_vqa").get("n"), "constant": 0.5,
                                                **_beside(runs, (), "change", "change_vqa", "average")},
        "twins, both right": _twins(runs, controls),
        "said by the decoder": _spoken(runs),
    }
    return {name: row for name, row in found.items() if any(name not in _EVER for name in row)}


def _twins(runs: Runs, controls: Sequence[str]) -> Figures:
    """Share of pairs of which both were answered rightly. One constant answer gets none."""
    row: Figures = {}
    for control in ("", *(name for name in controls if name == "blank")):
        right = [bool(told.get("right")) for _, told in runs.answers("twins", control)]
        if len(right) > 1:
            row["pairs"] = len(right) // 2
            row[control or "value"] = float(np.mean([a and b for a, b in zip(right[::2], right[1::2])]))
    return row


def _spoken(runs: Runs) -> Figures:
    """Who said the answers of the questions and captions: sentences by the decoder, and by rules in their place."""
    voices = [told.get("voice") for name in ("vqa", "captions", "captions-detailed") for _, told in runs.answers(name)]
    spoken = [voice for voice in voices if isinstance(voice, dict)]
    if not spoken:
        return {}
    total = {key: sum(voice[key] for voice in spoken) for key in ("supported", "hedged", "retried", "composed", "dropped")}
    said = max(1, total["supported"] + total["hedged"] + total["composed"])
    return {"answers": len(voices), "of them by the decoder": len(spoken), **total, "rewritten": total["composed"] / said}


def _phrases(runs: Runs, controls: Sequence[str]) -> Figures:
    kinds = {"acc at .5": "acc50", "pointing": "pointing", "giou": "giou", "both of two right": "both_right",
             "class absent, empty": "class absent right", "attribute absent, empty": "attribute absent right",
             "present, but empty": "false_empty"}
    found: Figures = {title: _beside(runs, controls, "refer", "refer", key) for title, key in kinds.items()}
    found["acc at .5"]["n"] = runs.of("refer", "refer").get("n_one")
    found["acc at .5"]["class only"] = runs.of("refer-class-only", "refer").get("acc50")
    found["giou"]["shuffled phrases"] = runs.of("refer-shuffled", "refer").get("giou")
    found["detection, f1 at .5"] = _beside(runs, controls, "detect", "detect", "f1_50")
    found["detection by class"] = runs.of("detect", "detect").get("by_class", {})
    found["class of what is pointed at"] = {
        **_beside(runs, controls, "attribute", "attribute", "by_type", "class"),
        "constant, all attributes": runs.of("attribute", "attribute").get("constant")}
    found["colour"] = _beside(runs, (), "attribute", "attribute", "by_type", "colour")
    found["clicks, iou"] = {key: runs.of("point", "point").get(key) for key in ("iou_1", "iou_3", "iou_5")}
    return {name: row for name, row in found.items() if any(value is not None for value in row.values())}


def _captions(runs: Runs, work: Path) -> Figures:
    found: Figures = {}
    rows = list(runs.answers("captions"))
    if rows:
        answers = [told["text"] for _, told in rows]
        found["cider_d"] = caption_measures.baselines(
            Nano.load(runs.nano), work / "rendered", [runs.validation / row["image"] for row, _ in rows], answers,
            caption_measures.references_of([row for row, _ in rows]), _POOL if runs.most is None else min(_POOL, 10 * runs.most))
    detailed = [(row["image"], told["text"]) for row, told in runs.answers("captions-detailed")]
    if detailed:
        facts = caption_measures.truths(work / "rendered" / "validation", [image for image, _ in detailed])
        found["claims against the ground truth"] = caption_measures.true_claims(detailed, facts)
        found["the same, shuffled"] = caption_measures.true_claims(detailed, facts, max(1, len(detailed) // 2))
    human = runs.of("ucm-captions", "caption")
    if human:
        found["objects against human sentences"] = {**human["objects"], "n": human["n"]}
    return found


def _declining(runs: Runs) -> Figures:
    declined = runs.of("declined", "declined")
    found: Figures = {key: {**declined.get(f"{key}_by_kind", {}), "all": declined.get(f"on_{key}")}
                      for key in ("unanswerable", "answerable") if f"on_{key}" in declined}
    retrieved = runs.of("retrieve", "retrieve")
    if retrieved:
        keys = ("t2i_r1", "t2i_r5", "i2t_r1", "i2t_r5")
        chance = retrieved.get("chance", {})
        found["places like a description"] = (
            {"unavailable": retrieved["unavailable"]} if "unavailable" in retrieved else
            {"n": retrieved["n"], **{key: retrieved[key] for key in keys}, **{f"chance {key}": chance[key] for key in keys[:2]}})
    return found


def tables(figures: Dict[str, Figures]) -> str:
    """The figures as Markdown, a table a title, a row a figure."""
    lines: List[str] = []
    for title, rows in figures.items():
        lines += [f"### {title[0].upper()}{title[1:]}", "", "| | |", "|---|---|"]
        lines += [f"| {name} | {_inline(row)} |" for name, row in rows.items()] + [""]
    return "\n".join(lines)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_inline(each)}" for name, each in value.items() if each is not None)
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Measure, write ``FILE`` beside the set, print the tables."""
    parser = argparse.ArgumentParser(prog="terralogue.models.training.language_measures", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("resources/nano"))
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--validation", type=Path, default=Path("build/validation"))
    parser.add_argument("--most", type=int, help="rows of each manifest")
    parser.add_argument("--controls", nargs="*", default=list(EYES), choices=EYES)
    options = parser.parse_args()
    figures = run(options.model, options.work, options.validation, options.most, tuple(options.controls))
    (options.validation / FILE).write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    print(tables(figures))


if __name__ == "__main__":
    main()

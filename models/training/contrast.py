"""The whole contrastive head as one command: ``python -m terralogue.models.training.contrast --out DIR`` (after ``glances``).

Caches tokens, trains, picks from how sure a phrase counts as known, exports, and prints figures with their controls. With
``--left-out`` a head of its own is trained without these classes and only their figures are printed.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any, Dict

import numpy as np

from ..datasets.concept_phrases import CONCEPTS, negatives, said
from ..language.bpe import BytePairs
from ..language.text_tower import TextTower
from . import contrast_features, contrast_measures
from .concept_targets import table
from .contrast_export import export_contrast, trained
from .contrast_stage import NAME, train
from .loop import Plan

#: Share of validation wordings that must be accepted; the threshold is as strict as that allows.
ACCEPTED = 0.97


def known_from(tower: TextTower) -> float:
    """The strictest threshold that still takes ``ACCEPTED`` of the validation wordings whose words are known."""
    sure = [tower.meaning(text).sure for name in CONCEPTS for text in said(name, "validation") if not tower.words.strange(text)]
    return round(float(np.clip(np.quantile(sure, 1 - ACCEPTED), 0.05, 0.95)), 3)


def head(options: argparse.Namespace, name: str, left_out: frozenset) -> Path:
    """Cache what is missing and train; returns the weights' path."""
    work, run = options.work, options.work / "runs" / f"seed{options.seed}"
    own = work / "features-contrast"
    contrast_features.cache(work / "packed", run, own)
    sources = contrast_features.load(work / "speech" / "images", own / "train", work / "packed", work / "rendered" / "train",
                                     table(left_out))
    coder = BytePairs.load(options.byte_pairs or work / "speech" / "nano-bpe.json")
    plan = Plan(options.steps, options.seed, 1.5e-3, options.minutes, warm=50, decay=0.05)
    return train(sources, coder, run, plan, name)


def main() -> None:
    """Run it."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, required=True, help="where the head is exported to")
    parser.add_argument("--lists", type=Path, default=Path("tests/models/words"), help="folder of the two lists of phrases")
    parser.add_argument("--byte-pairs", type=Path, help="of the decoder, by default those of the language stages")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--left-out", nargs="*", default=(), help="classes to train without, for their figures")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    name = "-".join((NAME, "without", *options.left_out)) if options.left_out else NAME
    weights = head(options, name, frozenset(options.left_out))
    validation = options.work / "features-contrast" / "validation"
    coder = BytePairs.load(options.byte_pairs or options.work / "speech" / "nano-bpe.json")
    with tempfile.TemporaryDirectory() as scratch:
        export_contrast(trained(weights.parent, name, random=True), coder, Path(scratch))
        random = TextTower.load(Path(scratch))
        export_contrast(trained(weights.parent, name), coder, Path(scratch))
        tower = TextTower.load(Path(scratch))
        threshold = known_from(tower)
    sizes = ("aerial", "aerial-half")
    found: Dict[str, Any]
    if options.left_out:
        found = {"left out": contrast_measures.left_out(tower, validation, options.left_out, sizes),
                 "random weights": contrast_measures.left_out(random, validation, options.left_out, sizes)}
    else:
        found = {"bytes": export_contrast(trained(weights.parent, name), coder, options.out, threshold), "known from": threshold}
        tower = TextTower.load(options.out)
        unknown, paraphrases = (json.loads((options.lists / f"{each}.json").read_text())
                                for each in ("unknown_concepts", "concept_paraphrases"))
        found.update(contrast_measures.figures(tower, validation, unknown, paraphrases))
        found["shuffled pictures"] = contrast_measures.figures(tower, validation, (), {}, shuffled=True)
        found["random weights"] = contrast_measures.figures(random, validation, (), {})
        found["negatives trained on"] = len(negatives())
    (weights.parent / f"{name}-figures.json").write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

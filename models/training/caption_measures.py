"""Captions of validation scenes: against what needs no looking, and claim by claim against the ground truth."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

import numpy as np

from ..datasets.asking import Asker
from ..datasets.captions import brief_caption
from ..datasets.chip import Chip
from ..datasets.chip_facts import chip_facts
from ..datasets.slots import fill
from ..evaluation.manifest import SENTENCES
from ..language.claims.judging import claims_of
from ..language.claims.rows import CONTRADICTED, SUPPORTED
from ..language.claims.truth import truth
from ..language.claims.types import Amount, Claim
from ..metrics.captions import caption_figures
from ..vision.nano import Nano
from .scene_chips import scene_chips

_SCENE = re.compile(r"^scene(\d+)\.")
RELATIONS = ("towards", "near", "touching", "distance")
#: A figure is true within this part of it, or this much in its unit.
_PART, _LEAST = 0.2, {"n": 1.0, "share": 0.05, "m2": 0.0, "px": 0.0, "m": 2.0}


def truths(folder: Path, images: Sequence[str]) -> Dict[str, Dict[str, Any]]:
    """The facts of the rendered scenes among ``images`` ("scene012.tif"), by file name."""
    found: Dict[str, Dict[str, Any]] = {}
    for name in images:
        number = _SCENE.match(name)
        if number is not None and name not in found:
            (chip,) = scene_chips(folder, range(int(number.group(1)), int(number.group(1)) + 1))
            found[name] = chip_facts(chip)
    return found


def true_claims(said: Sequence[Tuple[str, str]], facts: Mapping[str, Dict[str, Any]], shift: int = 0) -> Dict[str, float]:
    """``said``: (image, caption). Share of claims true among those that the ground truth decides; the same of relations,
    and how many relations a caption claims. ``shift``: judged by the truth of the caption so many further on (control).
    """
    names = [image for image, _ in said]
    verdicts: List[Tuple[bool, bool]] = []
    relations = 0
    for place, (_, text) in enumerate(said):
        real = facts[names[(place + shift) % len(names)]]
        claims = set(claims_of(text, facts[names[place]]))
        relations += sum(claim.predicate in RELATIONS for claim in claims)
        for claim in claims:
            verdict, _ = truth(_widened(claim), real)
            if verdict in (SUPPORTED, CONTRADICTED):
                verdicts.append((verdict == SUPPORTED, claim.predicate in RELATIONS))
    related = [right for right, relation in verdicts if relation]
    return {"n": len(verdicts), "true": float(np.mean([right for right, _ in verdicts])) if verdicts else 0.0,
            "relations a caption": relations / max(len(said), 1), "n_relations": len(related),
            "relations true": float(np.mean(related)) if related else 0.0}


def _widened(claim: Claim) -> Claim:
    """``claim`` with room for what a small model measures a little wrong: it is the words that are judged."""
    amount = claim.quantity
    if amount is None:
        return claim
    least = _LEAST.get(amount.unit, 0.0)
    low, high = amount.low - max(least, _PART * amount.low), amount.high + max(least, _PART * amount.high)
    # None is none: no room around a denial.
    return claim if amount.high == 0 else replace(claim, quantity=Amount(max(low, 0.0), high, amount.unit))


def baselines(nano: Nano, rendered: Path, images: Sequence[Path], answers: Sequence[str], references: Sequence[List[str]],
              pool: int = 300) -> Dict[str, float]:
    """CIDEr-D of the answers, of the caption of the training scene that looks most alike, and of shuffled answers."""
    rows = list(described(nano, rendered, pool))
    known = np.stack([vector for vector, _ in rows])
    nearest = [rows[int((known @ vector).argmax())][1] for vector in _vectors_of(nano, images)]
    step = max(1, len(answers) // 2)
    shuffled = [answers[(place + step) % len(answers)] for place in range(len(answers))]
    return {name: float(caption_figures(said, references)["cider_d"])
            for name, said in (("value", answers), ("nearest neighbour", nearest), ("shuffled", shuffled))}


def described(nano: Nano, rendered: Path, pool: int) -> Iterator[Tuple[np.ndarray, str]]:
    """Training scenes as a unit vector each, with the data engine's brief caption."""
    rng = np.random.default_rng(0)
    for chip in scene_chips(rendered / "train", range(pool)):
        text = caption_of(chip, rng)
        if text:
            yield _vector(nano, chip.rgb, chip.gsd), text


def caption_of(chip: Chip, rng: np.random.Generator) -> str:
    """A brief caption of a chip, "" where nothing is known of it."""
    facts = chip_facts(chip)
    return fill(brief_caption(Asker(chip, facts, rng, "train")), facts)


def _vectors_of(nano: Nano, images: Sequence[Path]) -> Iterator[np.ndarray]:
    from ..imagery.opening import open_raster

    for path in images:
        source = open_raster(str(path))
        yield _vector(nano, source.read(source.grid.window).pixels[:3], source.gsd)
        source.close()


def _vector(nano: Nano, rgb: np.ndarray, gsd: Any) -> np.ndarray:
    """(C,) unit vector: the mean of the deepest features that the graph returns."""
    seen = nano.see(rgb[None].astype(np.float32) / 255.0, gsd)
    features = seen.grid if seen.grid is not None else seen.features
    mean = np.asarray(features[0], np.float64).mean((1, 2))
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def references_of(rows: Sequence[Dict[str, str]]) -> List[List[str]]:
    """The reference sentences of caption rows."""
    return [[part.strip() for part in row["target"].split(SENTENCES.strip()) if part.strip()] for row in rows]

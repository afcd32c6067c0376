"""Contrastive stage: words and pictures into one space, on the frozen encoder's cached tokens. Resumable, seeded, averaged.

Each picture is scored against sampled concept phrases with a sigmoid, "unknown" masked: with some sixty concepts most
pictures of a batch share several, so that a softmax over the batch would call true phrases wrong (NANO 5).
"""

from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..datasets.concept_phrases import CONCEPTS, names_of, negatives, phrases, said
from ..datasets.concept_phrases.wordings import CARRIERS
from ..datasets.phrases.bank import kept
from ..language.bpe import BytePairs
from ..language.text_tower import ids_of
from .checkpoint import Average
from .concept_targets import NO, YES
from .contrast_features import Kept
from .loop import Plan, optimise
from .text_tower import Towers

NAME = "contrast"
#: Pictures of each source in a step, phrases they are scored against, and phrases of no concept beside them.
PICTURES = {"aerial": 64, "aerial-half": 40, "satellite": 72, "scenes": 40, "roofs": 8}
PHRASES, NEGATIVES = 128, 96
#: Weights of what a phrase means, and of whether it means anything known.
MEANING, KNOWN = 0.5, 1.0


def train(sources: Dict[str, Kept], coder: BytePairs, run: Path, plan: Plan, name: str = NAME) -> Path:
    """Train on what ``contrast_features.load`` read; returns ``run``/``name``.pt.

    Starts from the weights in ``run`` where there are some: another encoder moves the pictures, not what words mean.
    """
    torch.manual_seed(plan.seed)
    towers = Towers(len(CONCEPTS))
    if (run / f"{name}.pt").exists():
        towers.load_state_dict(torch.load(run / f"{name}.pt", weights_only=True))
    bank = Bank(coder)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        towers.train()
        rng = np.random.default_rng((plan.seed, step))
        drawn = bank.draw(rng)
        texts, known = towers.text(drawn.ids)
        losses = {"see": see_loss(towers, sources, texts[:PHRASES], drawn.concepts, rng)}
        losses["name"] = F.cross_entropy(towers.named(texts[:PHRASES]), drawn.means)
        losses["known"] = F.binary_cross_entropy_with_logits(known, (torch.arange(len(known)) < PHRASES).float())
        loss = losses["see"] + MEANING * losses["name"] + KNOWN * losses["known"]
        return loss, {key: float(value.detach()) for key, value in losses.items()}

    return optimise(towers, towers.parameters(), run, name, plan, step_of)


def see_loss(towers: Towers, pictures: Dict[str, Kept], texts: Tensor, concepts: np.ndarray,
             rng: np.random.Generator) -> Tensor:
    """Mean over what is true plus mean over what is false, of binary cross entropy; ``concepts`` (m,) index of each text."""
    vectors, targets = [], []
    for name, source in pictures.items():
        which = _balanced(source, rng.integers(0, len(source.rows), PICTURES[name]), rng)
        views = rng.integers(0, source.tokens.shape[1], len(which))
        tokens = np.stack([source.tokens[row, view] for row, view in zip(source.rows[which], views)]).astype(np.float32)
        vectors.append(towers.picture(torch.from_numpy(tokens)))
        targets.append(source.targets[which])
    target = torch.from_numpy(np.concatenate(targets)[:, concepts].astype(np.int64))
    true, false = (target == YES).float(), (target == NO).float()
    loss = F.binary_cross_entropy_with_logits(towers.logits(torch.cat(vectors), texts), true, reduction="none")
    return (loss * true).sum() / true.sum().clamp(min=1) + (loss * false).sum() / false.sum().clamp(min=1)


def _balanced(source: Kept, which: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For drawn scenes: half of them chosen so that rare concepts come as often as common ones."""
    if (source.scenes >= 0).any():
        return which
    there = np.flatnonzero((source.targets == YES).any(0))
    for row in range(0, len(which), 2):
        concept = int(rng.choice(there)) if len(there) else 0
        holders = np.flatnonzero(source.targets[:, concept] == YES)
        which[row] = int(rng.choice(holders)) if len(holders) else which[row]
    return which


class Drawn(NamedTuple):
    """``ids`` (PHRASES + NEGATIVES, S) int64; of the first PHRASES the concept each was drawn for, ``concepts``, and
    ``means`` (PHRASES, K), the concepts it may mean, summing to 1."""

    ids: Tensor
    concepts: np.ndarray
    means: Tensor


class Bank:
    """Phrases of the training part, drawn by concept."""

    def __init__(self, coder: BytePairs, part: str = "train") -> None:
        self.coder = coder
        self._bare, self._carried = [said(name, part) for name in CONCEPTS], [phrases(name, part) for name in CONCEPTS]
        meant: Dict[str, List[int]] = {}
        for index, texts in enumerate(self._bare):
            for text in texts:
                meant.setdefault(text, []).append(index)
        self._meant = meant
        self._none = negatives()
        self._carriers = [text for text in CARRIERS if kept(text) == (part == "validation")]
        self._nouns = [noun for name in CONCEPTS for noun in names_of(name)]

    def draw(self, rng: np.random.Generator) -> Drawn:
        """Phrases of each concept about as often, bare and carried, some misspelt; and phrases of none."""
        order = np.concatenate([rng.permutation(len(CONCEPTS)) for _ in range(PHRASES // len(CONCEPTS) + 1)])[:PHRASES]
        texts, means = [], torch.zeros(PHRASES, len(CONCEPTS))
        for row, index in enumerate(order):
            options = self._bare[index] if rng.random() < 0.6 else self._carried[index]
            text = options[int(rng.integers(len(options)))]
            meant = self._meant.get(text, [int(index)])
            means[row, meant] = 1 / len(meant)
            texts.append(misspelt(text, rng) if rng.random() < 0.08 else text)
        texts += [self._negative(rng) for _ in range(NEGATIVES)]
        return Drawn(padded(texts, self.coder), order, means)

    def _negative(self, rng: np.random.Generator) -> str:
        word = self._none[int(rng.integers(len(self._none)))]
        draw = rng.random()
        if draw < 0.3:  # a word that nobody knows, put together from halves of two
            one, other = (str(rng.choice(self._nouns)).split(" ")[-1], word.split(" ")[-1])
            one, other = (one, other) if rng.random() < 0.5 else (other, one)
            word = one[:max(2, len(one) // 2)] + other[len(other) // 2:]
            word = word if word not in self._meant else f"{word}{other[-2:]}"
        elif draw < 0.4:
            word = f"{word} {rng.choice(['on', 'in', 'near', 'and', 'with'])} {rng.choice(self._nouns)}"
        if rng.random() < 0.4:
            word = self._carriers[int(rng.integers(len(self._carriers)))].format(x=word)
        return word


def misspelt(text: str, rng: np.random.Generator) -> str:
    """One letter of a long word left out, or two exchanged."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= 6]
    if long:
        which = int(rng.choice(long))
        at = int(rng.integers(1, len(words[which]) - 2))
        word = words[which]
        words[which] = word[:at] + (word[at + 1] + word[at] + word[at + 2:] if rng.random() < 0.5 else word[at + 1:])
    return " ".join(words)


def padded(texts: Sequence[str], coder: BytePairs) -> Tensor:
    """(n, S) int64 ids of ``texts`` as the tower reads them, padded with 0."""
    ids = [ids_of(text, coder) for text in texts]
    rows = torch.zeros(len(ids), max(map(len, ids)), dtype=torch.int64)
    for row, each in zip(rows, ids):
        row[:len(each)] = torch.tensor(each)
    return rows

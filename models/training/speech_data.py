"""The chips that the decoder learns to speak of, its byte pairs, and its corpora, each made once and kept as a file."""

from pathlib import Path
from typing import List

import numpy as np

from ..datasets.chip import Chip
from ..language import bpe
from .corpus import corpus, texts
from .glances import predicted_facts
from .real_chips import aerial_chips, roof_chips
from .scene_chips import scene_chips

#: Chips whose texts the byte pairs are learnt from: more would only take longer.
SPELT = 120
TEXT, SEEN, BYTE_PAIRS, IMAGES = "text.npz", "seen.npz", "nano-bpe.json", "images"


def training_chips(packed: Path, rendered: Path, scenes: int) -> List[Chip]:
    """The first ``scenes`` rendered ones, aerial tiles, cuts of mapped ground."""
    return [*scene_chips(rendered / "train", range(scenes)), *aerial_chips(packed / "ucmerced-train"),
            *roof_chips(packed / "grounds-train")]


def validation_chips(packed: Path, rendered: Path, scenes: int) -> List[Chip]:
    """Scenes of textures and tiles of places that are in no training chip."""
    return [*scene_chips(rendered / "validation", range(scenes)), *aerial_chips(packed / "ucmerced-validation")]


def write_text(chips: List[Chip], folder: Path, seed: int = 0) -> None:
    """``folder``/nano-bpe.json and text.npz: what stage 0 reads, without image tokens."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    spelt = [chips[int(index)] for index in rng.permutation(len(chips))[:SPELT]]
    coder = bpe.learn(texts(spelt, rng))
    coder.save(folder / BYTE_PAIRS)
    corpus(chips, coder, rng, tokens=0).save(folder / TEXT)


def write_seen(chips: List[Chip], folder: Path, tokens: int = 64, seed: int = 1) -> None:
    """``folder``/seen.npz: the same with image tokens, half of the facts as predicted (``glances.cache`` came before)."""
    coder = bpe.BytePairs.load(folder / BYTE_PAIRS)
    made = corpus(chips, coder, np.random.default_rng(seed), tokens=tokens, predicted=predicted_facts(folder / IMAGES))
    made.save(folder / SEEN)

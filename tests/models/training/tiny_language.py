"""A decoder's shape, a corpus and image tokens that are as small as can be."""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.language import bpe  # noqa: E402
from terralogue.models.training import corpus  # noqa: E402
from terralogue.models.training.decoder_network import Shape  # noqa: E402

TINY = Shape(width=32, layers=2, heads=2, inner=48, rank=2, tokens=4, grid=10, shared=6, query=5)


def write_language(folder, seed):
    """text.npz and views.npz of four drawn chips, and their image tokens (tokens.npy, names.json), in ``folder``."""
    chips = drawn_chips(seed, 4)
    coder = bpe.learn(list(corpus.texts(chips[:1], np.random.default_rng(0))), 500)
    for name, tokens in (("text", 0), ("views", TINY.tokens)):
        corpus.corpus(chips, coder, np.random.default_rng(0), tokens=tokens).save(folder / f"{name}.npz")
    tokens = np.random.default_rng(0).standard_normal((len(chips), 2, TINY.tokens, TINY.grid)).astype(np.float16)
    np.save(folder / "tokens.npy", tokens)
    (folder / "names.json").write_text(json.dumps([chip.name for chip in chips]))

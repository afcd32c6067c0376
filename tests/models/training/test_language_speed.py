"""Speed is measured of real runs: every one of them is made again by the graph alone."""

import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
sys.path.insert(0, str(Path(__file__).parent.parent / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.language import bpe  # noqa: E402
from terralogue.models.training import corpus, language_speed  # noqa: E402
from terralogue.models.training.decoder_export import export_decoder  # noqa: E402
from terralogue.models.training.decoder_network import DecoderNetwork, Shape  # noqa: E402

TINY = Shape(width=32, layers=2, heads=2, inner=48, rank=2, tokens=4, grid=10, shared=6, query=5)


def test_the_decoder_writes_all_its_tokens_and_the_graph_alone_is_not_slower(tmp_path):
    torch.manual_seed(0)
    coder = bpe.learn(list(corpus.texts(drawn_chips(2, 4), np.random.default_rng(0))), 400)
    export_decoder(DecoderNetwork(TINY), coder, tmp_path)
    tokens = np.random.default_rng(0).random((4, 10)).astype(np.float32)
    figures = language_speed._writing(tmp_path, tokens, 3)
    assert 0 < figures["first token, s"] < 60 and figures["tokens a second"] > 0
    assert figures["time against the bare graph"] > 0.5 and figures["prompt, tokens"] > 60


def test_recorded_runs_are_those_that_were_made():
    class Session:
        def run(self, feeds, cancel=None):
            return [feeds["x"] + 1]

    recorded = language_speed.Recorded(Session())
    assert recorded.run({"x": 1}) == [2] and recorded.run({"x": 2}) == [3]
    assert [feeds["x"] for feeds in recorded.feeds] == [1, 2]

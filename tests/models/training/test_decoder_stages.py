"""The language stages: they learn, go on alike after a stop, and change nothing that is meant to stay as it is."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytestmark = pytest.mark.torch
sys.path.insert(0, str(Path(__file__).parent))
from tiny_language import TINY, write_language  # noqa: E402

from terralogue.models.training import bridge_stage, corpus, text_stage  # noqa: E402
from terralogue.models.training.decoder_network import RET, DecoderNetwork, Shape  # noqa: E402
from terralogue.models.training.loop import Plan, schedule  # noqa: E402


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Corpora of a few chips without and with image tokens, cached image tokens, and a trained stage 0."""
    folder = tmp_path_factory.mktemp("language")
    torch.set_num_threads(1)
    write_language(folder, 3)
    text_stage.train(folder / "text.npz", folder / "run", Plan(24, seed=1, rate=1e-2, warm=2), TINY, tokens=800)
    return folder


def _weights(path):
    return torch.load(path, weights_only=True)


def test_text_alone_lowers_the_loss_of_answers(work):
    known = corpus.Corpus.load(work / "text.npz").only(pairs=False)
    torch.manual_seed(1)
    fresh, trained = DecoderNetwork(TINY), DecoderNetwork(TINY)
    trained.load_state_dict(_weights(work / "run" / "words.pt"))
    before, after = (text_stage.measure(network, known, 12) for network in (fresh, trained))
    assert before["loss"] == pytest.approx(np.log(2048), abs=0.3) and after["loss"] < before["loss"] - 1
    assert 0 <= after["answer"] <= after["token"] <= 1
    lines = [json.loads(line) for line in (work / "run" / "words-log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [0, 20] and lines[1]["loss"] < lines[0]["loss"]


def test_a_stage_that_was_stopped_goes_on_as_if_it_had_not_been(work, tmp_path):
    plan = Plan(4, seed=1, rate=1e-2, warm=2)
    text_stage.train(work / "text.npz", tmp_path / "whole", plan, TINY, tokens=400)
    for _ in range(4):  # no minutes at all: one step a call
        text_stage.train(work / "text.npz", tmp_path / "parts", Plan(4, 1, 1e-2, 0.0, 2), TINY, tokens=400)
    whole, parts = (_weights(tmp_path / name / "words.pt") for name in ("whole", "parts"))
    assert all(torch.allclose(whole[name].float(), parts[name].float(), atol=1e-5) for name in whole)
    written = (tmp_path / "whole" / "words.pt").stat().st_mtime_ns
    text_stage.train(work / "text.npz", tmp_path / "whole", plan, TINY, tokens=400)
    assert (tmp_path / "whole" / "words.pt").stat().st_mtime_ns == written


def test_the_bridge_stage_changes_bridge_and_ret_alone(work):
    bridge_stage.train(work / "views.npz", work, work / "run", Plan(3, seed=1, rate=1e-2, warm=1), tokens=400)
    before, after = _weights(work / "run" / "words.pt"), _weights(work / "run" / "bridge.pt")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed == {name for name in before if name.split(".")[0] in bridge_stage.TRAINED} | {"table.weight"}
    rows = torch.arange(len(before["table.weight"]))[(before["table.weight"] != after["table.weight"]).any(1)]
    assert rows.tolist() == [RET]
    assert set(json.loads((work / "run" / "bridge-log.jsonl").read_text().splitlines()[0])) == {
        "step", "caption", "ret", "contrast", "instance", "seconds"}


def test_gradients_reach_the_bridge_and_ret_alone(work):
    network = DecoderNetwork(TINY)
    bridge_stage.freeze(network)
    pairs = corpus.Corpus.load(work / "views.npz").only(pairs=True)
    losses = bridge_stage.retrieval_losses(network, pairs, bridge_stage.ImageTokens(work), np.random.default_rng(0))
    sum(losses.values()).backward()
    touched = {name for name, p in network.named_parameters() if p.grad is not None and p.grad.abs().max() > 0}
    assert {"retrieve.weight", "image.weight", "log_scale", "table.weight"} <= touched
    assert not [name for name in touched if name.startswith(("layers", "norm", "segment"))]
    rows = network.table.weight.grad.abs().sum(1)
    assert rows[RET] > 0 and rows.sum() == rows[RET]


def test_a_chip_that_fits_a_caption_too_is_no_wrong_answer():
    said = [frozenset({("boat", "2")}), frozenset({("boat", "2"), ("scene", "harbour")}), frozenset()]
    has = [frozenset({("boat", "2"), ("car", "1")}), frozenset({("boat", "2"), ("scene", "harbour")}),
           frozenset({("car", "1")}), frozenset({("boat", "2")})]
    assert bridge_stage.also_true(said, has).tolist() == [
        [False, True, False, True], [False, False, False, False], [False, False, False, False]]


def test_image_tokens_are_as_large_as_words_once_matched():
    torch.manual_seed(0)
    network = DecoderNetwork(TINY)
    network.bridge.match(network.table.weight)
    rows = network.bridge(100 * torch.randn(8, TINY.tokens, TINY.grid))
    sizes = [float(x.detach().pow(2).mean().sqrt()) for x in (rows, network.table.weight)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.02)


def test_image_tokens_go_where_their_marks_stand():
    torch.manual_seed(0)
    network = DecoderNetwork(TINY)
    images = torch.randn(2, TINY.tokens, TINY.grid)
    ids = torch.tensor([[1, 3, 3, 3, 3, 40], [3, 3, 3, 3, 41, 42]])
    rows = network.embed(ids, images)
    assert torch.allclose(rows[0, 1:5], network.bridge(images)[0]) and torch.allclose(rows[1, :4], network.bridge(images)[1])
    assert torch.equal(rows[1, 4], network.table.weight[41])


def test_the_rate_rises_then_falls_to_a_fiftieth():
    plan = Plan(1000, warm=50)
    rates = [schedule(step, plan) for step in range(1000)]
    assert rates[0] == pytest.approx(0.02, abs=1e-3) and max(rates) > 0.98 and rates[-1] == pytest.approx(0.02, abs=1e-3)


def test_a_network_is_made_again_from_its_weights_alone():
    assert Shape.of(DecoderNetwork(TINY).state_dict()) == TINY

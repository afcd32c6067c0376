"""The decoder in torch and as a graph: the same words, with and without what was read before, with every expert."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytest.importorskip("onnx", reason="onnx is not installed (group 'training')")
pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

from terralogue.models.language import bpe, decoding  # noqa: E402
from terralogue.models.language.decoder import Decoder  # noqa: E402
from terralogue.models.training import decoder_export, decoder_network  # noqa: E402
from terralogue.models.training.decoder_network import NO_EXPERT, DecoderNetwork, Shape, answer_loss  # noqa: E402

TINY = Shape(width=32, layers=2, heads=2, inner=80, rank=2, tokens=4, grid=10, shared=6, query=5)
CODER = bpe.learn(["How many buildings are there? There are <n:building> buildings."] * 3, 300)


def tiny(seed=0):
    """A random decoder whose adapters do something."""
    torch.manual_seed(seed)
    network = DecoderNetwork(TINY)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(torch.randn_like(parameter) * (0.5 if name.endswith(".b") else 0.2))
            if "norm" in name:
                parameter.copy_(1 + parameter)
    return network.eval()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Weights unrounded in the graph, so that its words can be compared exactly; the table as it is stored."""
    folder = tmp_path_factory.mktemp("decoder")
    network = tiny()
    sizes = decoder_export.export_decoder(network, CODER, folder)
    assert set(sizes) == {"nano-decoder.onnx", "nano-decoder.npz", "nano-bpe.json"}
    (folder / "nano-decoder.onnx").rename(folder / "rounded.onnx")
    decoder_export.write_graph(network, folder / "nano-decoder.onnx", quantised=False)
    with torch.no_grad(), np.load(folder / "nano-decoder.npz") as kept:
        network.table.weight.copy_(torch.from_numpy(kept["table/codes"] * kept["table/scale"][:, None]))
        network.bridge.load_state_dict({name: torch.from_numpy(kept[f"bridge/{name}"]).float()
                                        for name in network.bridge.state_dict()})
    return network, Decoder.load(folder, threads=1), folder


def _prompt(decoder, images=0):
    rng = np.random.default_rng(images)
    tokens = rng.standard_normal((images, TINY.tokens, TINY.grid)).astype(np.float32)
    given = tuple(decoding.Image(str(i), each) for i, each in enumerate(tokens))
    ids = [1, *[decoder_network.IMG] * (TINY.tokens * images), *CODER.encode("How many buildings are there?")]
    return decoding.Prompt(tuple(ids), given)


def _torch_greedy(network, prompt, expert, most):
    """Reads everything again for every token: no past at all."""
    images = torch.from_numpy(np.stack([image.tokens for image in prompt.images])) if prompt.images else None
    ids, logits = list(prompt.ids), []
    barred = decoding._NEVER + list(range(CODER.size, bpe.VOCABULARY))
    with torch.no_grad():
        for _ in range(most):
            read = network(network.embed(torch.tensor([ids]), images), torch.tensor([expert]))
            logits.append(network.words(read.hidden)[0, -1].clone())
            logits[-1][barred] = -np.inf
            ids.append(int(logits[-1].argmax()))
    return ids[len(prompt.ids):], torch.stack(logits)


@pytest.mark.parametrize("images", [0, 1, 2])
@pytest.mark.parametrize("expert", [NO_EXPERT, 0, 2])
def test_the_graph_with_what_it_kept_writes_what_torch_writes_reading_everything_again(exported, images, expert):
    network, decoder, _ = exported
    prompt = _prompt(decoder, images)
    wanted, _ = _torch_greedy(network, prompt, expert, 24)
    found = [t.id for t in decoding.generate(decoding.Conversation(decoder, expert), prompt, decoding.Sampling(24, stop=()))]
    assert found == wanted and len(set(found)) > 2


def test_logits_and_hidden_states_are_close_with_and_without_a_past(exported):
    network, decoder, _ = exported
    prompt = _prompt(decoder, 1)
    embeds = prompt.embeds(decoder)
    with torch.no_grad():
        read = network(network.embed(torch.tensor([prompt.ids]), torch.from_numpy(prompt.images[0].tokens[None])),
                       torch.tensor([1]))
        wanted = network.words(read.hidden)[0].numpy()
    at_once = decoding.Cache(decoder)
    one, every = np.array([1]), np.ones((1, len(embeds)), bool)
    found = at_once.read(embeds[None], every, one)
    assert np.abs(found.logits[0] - wanted).max() < 2e-3 * np.abs(wanted).max()
    by_one = decoding.Cache(decoder)
    steps = [by_one.read(embeds[None, i:i + 1], every[:, :1], one) for i in range(len(embeds))]
    assert np.abs(np.concatenate([s.logits[0] for s in steps]) - wanted).max() < 2e-3 * np.abs(wanted).max()
    assert np.abs(np.concatenate([s.hidden[0] for s in steps]) - read.hidden[0].numpy()).max() < 1e-2


def test_experts_differ_and_a_batch_of_them_writes_what_each_writes_alone(exported):
    _, decoder, _ = exported
    prompt = _prompt(decoder, 1)
    together = decoding.generate_together(decoder, [prompt] * 3, [0, 1, 2], decoding.Sampling(16, stop=()))
    alone = [[t.id for t in decoding.generate(decoding.Conversation(decoder, i), prompt, decoding.Sampling(16, stop=()))]
             for i in range(3)]
    assert [found.ids for found in together] == alone
    assert len({tuple(ids) for ids in alone}) == 3


def test_what_numpy_computes_is_what_torch_computes(exported):
    network, decoder, _ = exported
    images = torch.randn(3, TINY.tokens, TINY.grid)
    hidden = torch.randn(3, TINY.width)
    with torch.no_grad():
        assert np.abs(decoder.bridged(images[0].numpy()) - network.bridge(images)[0].numpy()).max() < 1e-2
        assert np.abs(decoder.picture(images.numpy()) - network.pictures(images).numpy()).max() < 1e-2
        assert np.abs(decoder.place(hidden.numpy()) - network.places(hidden).numpy()).max() < 1e-2
        assert np.abs(decoder.query(hidden.numpy()) - network.segment(hidden).numpy()).max() < 1e-2
    with pytest.raises(ValueError):
        decoder.bridged(np.zeros((TINY.tokens + 1, TINY.grid)))


def test_the_shipped_graph_keeps_to_the_opset_stores_int8_and_no_table_and_says_nearly_the_same(exported):
    import onnx

    _, decoder, folder = exported
    model = onnx.load(str(folder / "rounded.onnx"))
    assert model.ir_version <= 9 and model.opset_import[0].version == 17
    assert not [t.name for t in model.graph.initializer if bpe.VOCABULARY in t.dims]
    rounded = [t for t in model.graph.initializer if t.name.endswith(".int8")]
    assert len(rounded) == 3 * TINY.layers, "the perceptrons; what is smaller than 2,048 weights stays as it is"
    shipped = tmp_copy(folder)
    embeds = _prompt(decoder, 1).embeds(decoder)[None]
    exact, found = (decoding.Cache(d).read(embeds, np.ones(embeds.shape[:2], bool), np.array([0])).logits
                    for d in (decoder, shipped))
    assert 0 < np.abs(found - exact).mean() < 0.05 * np.abs(exact).mean()


def tmp_copy(folder):
    """The decoder of ``folder`` with its rounded graph."""
    import shutil

    other = folder / "shipped"
    other.mkdir()
    for name in ("nano-decoder.npz", "nano-bpe.json"):
        shutil.copy(folder / name, other / name)
    shutil.copy(folder / "rounded.onnx", other / "nano-decoder.onnx")
    return Decoder.load(other, threads=1)


def test_no_word_sees_what_comes_after_it():
    network = tiny()
    ids = torch.randint(30, 280, (1, 12))
    other = ids.clone()
    other[0, 8:] = 99
    with torch.no_grad():
        a, b = network(network.embed(ids)).hidden, network(network.embed(other)).hidden
    assert torch.allclose(a[:, :8], b[:, :8], atol=1e-6) and not torch.allclose(a[:, 8:], b[:, 8:], atol=1e-3)


def test_rotary_scores_depend_on_the_distance_alone():
    torch.manual_seed(0)
    q, k = torch.randn(1, 1, 1, 16), torch.randn(1, 1, 1, 16)
    def score(i, j):
        q_, k_ = (decoder_network.turned(x, *decoder_network.angles(torch.tensor([[p]]), 16)) for x, p in ((q, i), (k, j)))
        return float((q_ * k_).sum())
    assert score(5, 2) == pytest.approx(score(103, 100), abs=1e-4) != pytest.approx(score(5, 3), abs=1e-3)


def test_an_untrained_adapter_changes_nothing():
    torch.manual_seed(0)
    network = DecoderNetwork(TINY).eval()
    embeds = torch.randn(1, 6, TINY.width)
    with torch.no_grad():
        assert torch.equal(network(embeds, torch.tensor([1])).hidden, network(embeds, torch.tensor([NO_EXPERT])).hidden)


def test_the_loss_is_of_the_marked_words_alone_and_is_that_of_chance_before_training():
    torch.manual_seed(0)
    network = DecoderNetwork(TINY).eval()
    ids = torch.randint(30, 280, (2, 9))
    learn = torch.zeros(2, 9, dtype=torch.bool)
    learn[0, 5:7] = True
    hidden = network(network.embed(ids)).hidden
    loss = answer_loss(network, hidden, ids, learn)
    by_hand = network.words(hidden)[0, 4:6].log_softmax(-1)[torch.arange(2), ids[0, 5:7]]
    assert float(loss.detach()) == pytest.approx(-float(by_hand.mean().detach()), abs=1e-5)
    assert float(loss.detach()) == pytest.approx(np.log(2048), abs=0.2)
    assert float(answer_loss(network, hidden, ids, learn & False).detach()) == 0.0


def test_the_full_size_is_five_million():
    network = DecoderNetwork()
    own = sum(p.numel() for name, p in network.named_parameters() if name.startswith(("table", "layers", "norm")))
    assert 4.8e6 < own < 5.5e6

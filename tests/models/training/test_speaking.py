"""The stages that make the decoder speak of what the encoder saw, and the chips that they learn from."""

import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytestmark = pytest.mark.torch
sys.path.insert(0, str(Path(__file__).parent))
from tiny_language import TINY, drawn_chips, write_language  # noqa: E402

from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.language import prompting  # noqa: E402
from terralogue.models.training import bridge_stage, corpus, glances, real_chips, speak_stage, speech_data  # noqa: E402
from terralogue.models.training.decoder_network import DecoderNetwork  # noqa: E402
from terralogue.models.training.heads import Found  # noqa: E402
from terralogue.models.training.loop import Plan  # noqa: E402
from terralogue.models.training.network import NanoNetwork, Output  # noqa: E402
from terralogue.models.training.thing_stage import Heads  # noqa: E402
from terralogue.models.vision.legend import COVERS, SCENES_AERIAL, THINGS  # noqa: E402


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A corpus with image tokens, the tokens, and a bridge that learnt nothing yet."""
    folder = tmp_path_factory.mktemp("speaking")
    torch.set_num_threads(1)
    write_language(folder, 5)
    torch.manual_seed(0)
    torch.save(DecoderNetwork(TINY).state_dict(), folder / "bridge.pt")
    return folder


def _changed(before, after):
    return {name for name in before if not torch.equal(before[name], after[name])}


def test_speaking_moves_everything_but_the_experts_then_they_alone_move(work):
    plan = Plan(5, seed=1, rate=1e-2, warm=1)
    speak_stage.train(work / "views.npz", work, work, plan, tokens=400)
    speak_stage.train_experts(work / "views.npz", work, work, plan, tokens=400)
    bridge, speak, experts = (torch.load(work / f"{name}.pt", weights_only=True) for name in ("bridge", "speak", "experts"))
    first, second = _changed(bridge, speak), _changed(speak, experts)
    assert not any("adapters" in name for name in first) and {"table.weight", "bridge.linear.weight"} <= first
    assert second and all("adapters" in name for name in second)


def test_experts_learn_only_from_parts_of_captions(work, tmp_path):
    known = corpus.Corpus.load(work / "views.npz")
    corpus.Corpus([e for e in known.examples if e.expert == -1], known.has).save(tmp_path / "none.npz")
    torch.save(DecoderNetwork(TINY).state_dict(), tmp_path / "speak.pt")
    with pytest.raises(ValueError, match="no part of a caption"):
        speak_stage.train_experts(tmp_path / "none.npz", work, tmp_path, Plan(1))


def _packed(folder, label):
    folder.mkdir()
    size = label.shape[-1]
    rgb = np.random.default_rng(1).integers(0, 255, (len(label), 3, size, size), np.uint8)
    for name, array in {"images": rgb, "labels": label, "gsd": np.full(len(label), 0.3, np.float32),
                        "scenes": np.array([SCENES_AERIAL.index("denseresidential"), SCENES_AERIAL.index("beach")][:len(label)])
                        }.items():
        np.save(folder / f"{name}.npy", array)
    return folder


def test_an_aerial_chip_knows_its_scene_and_what_cannot_stand_in_it(tmp_path):
    dense, beach = real_chips.aerial_chips(_packed(tmp_path / "aerial", np.zeros((2, 256, 256), np.uint8)))
    assert (dense.scene, beach.scene) == ("dense residential area", "beach")
    assert "tennis court" in beach.complete and "boat" not in beach.complete, "boats may lie at a beach"
    facts = chip_facts(beach)
    assert prompting.facts_text(facts).startswith("beach; image; no ")


def test_cuts_of_mapped_ground_count_their_roofs(tmp_path):
    label = np.zeros((1, 256, 256), np.uint8)
    label[0, 10:30, 10:40], label[0, 100:140, 100:120] = 1, 1
    chip, again = real_chips.roof_chips(_packed(tmp_path / "roofs", label), cuts=2)
    assert [thing.box for thing in chip.things] == [(10, 10, 40, 30), (100, 100, 120, 140)] and chip.name != again.name
    assert chip_facts(chip)["things"]["building"]["count"] == 2


def test_predicted_chips_say_what_the_encoder_sees():
    chip = drawn_chips(5, 1)[0]
    height, width = chip.shape
    cover = torch.zeros(1, len(COVERS), height // 2, width // 2)
    cover[:, COVERS.index("water"), :, : width // 4] = 9.0
    cover[:, COVERS.index("tree"), :, width // 4:] = 9.0
    scene = torch.zeros(1, 31)
    scene[0, SCENES_AERIAL.index("harbor")] = 9.0
    heads = Heads().eval()
    heat, shape = (torch.full((1, n, height // 4, width // 4), value) for n, value in ((len(THINGS), -9.0), (4, 0.0)))
    heat[0, THINGS.index("boat"), 5, 7], shape[0, 2:, 5, 7] = 9.0, 2.0
    heads.things.forward = lambda features: Found(heat, shape)
    seen = Output(cover, scene, torch.zeros(1, 96, height // 4, width // 4), torch.zeros(1, 544, 8, 8))
    made, = glances.predicted([chip], seen, heads, {"boat": 0.4, "car": 0.4})
    assert made.scene == "harbour" and made.complete == {"boat", "car"}
    assert [(thing.label, thing.box) for thing in made.things] == [("boat", (22, 14, 38, 30))]
    facts = chip_facts(made)
    assert facts["covers"]["water"]["share"] == pytest.approx(0.5, abs=0.01) and facts["things"]["car"]["count"] == 0


def test_image_tokens_are_cached_in_two_lights_with_what_is_predicted(tmp_path):
    torch.manual_seed(0)
    network = NanoNetwork()
    torch.save(network.state_dict(), tmp_path / "encoder.pt")
    chips = list(real_chips.aerial_chips(_packed(tmp_path / "aerial", np.zeros((2, 256, 256), np.uint8))))
    glances.cache(chips, tmp_path, tmp_path / "images", {"boat": 0.5})
    known = bridge_stage.ImageTokens(tmp_path / "images")
    assert known.names == tuple(chip.name for chip in chips)
    tokens = np.load(tmp_path / "images" / "tokens.npy")
    assert tokens.shape == (2, glances.LIGHTS, 64, 544) and not np.array_equal(tokens[:, 0], tokens[:, 1])
    facts = glances.predicted_facts(tmp_path / "images")
    assert set(facts) == set(known.names) and set(facts[chips[0].name]["things"]) >= {"boat"}
    speech_data.write_text(chips * 3, tmp_path / "speech", seed=1)
    spoken = corpus.Corpus.load(tmp_path / "speech" / speech_data.TEXT)
    assert spoken.examples and not any(example.views for example in spoken.examples)

"""What is refused when weights are converted, and in which words; how the activation is known, found and held to."""

import json
import os

import numpy as np
import pytest
import tiny_clip

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def state():
    return tiny_clip.clip_state()


def converting(path, out, **options):
    from terralogue.models.dual_encoders.convert import convert

    return convert(path, out, **options)


def refusal(path, out, **options):
    """The reason of the refusal, after which nothing is left of the folder that was to be made."""
    from terralogue.models.errors import WeightsRefused

    with pytest.raises(WeightsRefused) as raised:
        converting(path, out, **options)
    assert not out.exists() or not any(out.iterdir()), "a failed run left files behind"
    assert raised.value.name and "/" not in raised.value.name
    return raised.value.reason


@pytest.fixture
def weights(tmp_path, state):
    """``weights(name, state)``: a file of weights with a vocabulary beside it."""

    def make(name="some.pt", kept=None):
        path = tiny_clip.saved(tmp_path / name, state if kept is None else kept)
        tiny_clip.vocabulary(path.parent)
        return path

    return make


@pytest.mark.parametrize("name, activation", [
    ("RS5M_ViT-H-14.pt", "gelu"), ("RS5M_ViT-B-32_RET-2.pt", "quick_gelu"), ("RS5M_ViT-L-14-336.pt", "quick_gelu"),
    ("SkyCLIP_ViT_B32_top50pct/epoch_20.pt", "gelu"), ("SkyCLIP_ViT_L14_top30pct/epoch_20.pt", "quick_gelu"),
    ("CLIP_ViT_L14_LAION_RS/checkpoints/epoch_20.pt", "quick_gelu"),
])  # fmt: skip
def test_published_files_are_known_by_their_names(tmp_path, state, name, activation):
    from terralogue.models.dual_encoders.activations import activation_of
    from terralogue.models.dual_encoders.layouts import architecture_of

    shapes = {key: tuple(value.shape) for key, value in state.items()}
    found = activation_of(tmp_path / name, architecture_of(shapes, name), {}, "")
    assert found.name == activation and "weights" in found.basis


def test_the_wrong_activation_for_a_known_file_is_refused(weights, tmp_path):
    """GeoRSCLIP's ViT-B-32 with GELU loses four to eight points without a word (SYSTEMS-A 1.1)."""
    said = refusal(weights("RS5M_ViT-B-32.pt"), tmp_path / "out", activation="gelu")
    assert "quick_gelu, not gelu" in said and "OpenAI" in said


def test_a_file_that_does_not_tell_asks(weights, tmp_path):
    said = refusal(weights("RemoteCLIP-ViT-B-32.pt"), tmp_path / "out")
    assert "--activation" in said and "--expect" in said


def test_the_name_of_the_training_run_tells(weights, tmp_path, state):
    path = weights("epoch_3.pt", {"state_dict": state, "name": "2023-model_ViT-B-32-quickgelu-lr_1e-5"})
    assert converting(path, tmp_path / "out")["activation"] == "quick_gelu"


def _expected(folder, state, activation, texts=("a river", "an image of a river", "river image")):
    from terralogue.models.dual_encoders.tokenizing import Tokenizer, clip_tokenizer

    (folder / "t").mkdir(exist_ok=True)
    (folder / "t" / "tokenizer.json").write_text(clip_tokenizer(tiny_clip.MERGES))
    ids = Tokenizer(folder / "t", "clip", tiny_clip.CONTEXT).ids(texts)
    vectors = tiny_clip.reference(state, activation, tiny_clip.pictures(1), ids)[1]
    path = folder / "expected.json"
    path.write_text(json.dumps({text: row.tolist() for text, row in zip(texts, vectors)}))
    return path


@pytest.mark.parametrize("activation", ["quick_gelu", "gelu"])
def test_vectors_of_the_original_program_find_the_activation(weights, tmp_path, state, activation):
    made = converting(weights(), tmp_path / "out", expect=_expected(tmp_path, state, activation))
    assert made["activation"] == activation


def test_a_known_activation_that_its_vectors_contradict_is_refused(weights, tmp_path, state):
    expect = _expected(tmp_path, state, "gelu")
    said = refusal(weights("RS5M_ViT-B-32.pt"), tmp_path / "out", expect=expect)
    assert "behaves as if trained with gelu" in said
    said = refusal(weights(), tmp_path / "out", activation="quick_gelu", expect=expect)
    assert "not quick_gelu (stated by the user)" in said


def test_vectors_of_another_model_are_refused(weights, tmp_path):
    said = refusal(weights(), tmp_path / "out", expect=_expected(tmp_path, tiny_clip.clip_state(5), "gelu"))
    assert "another model" in said
    (tmp_path / "expected.json").write_text("{}")
    assert "no vectors" in refusal(weights(), tmp_path / "out", expect=tmp_path / "expected.json")
    (tmp_path / "expected.json").write_text('{"a river": [1, 2]}')
    assert "2 figures" in refusal(weights(), tmp_path / "out", expect=tmp_path / "expected.json")


def test_a_sign_test_tells_luck_from_knowledge():
    from terralogue.models.dual_encoders.activation_checks import _luck

    assert _luck(0, 0) == 1 and _luck(5, 5) == 1
    assert _luck(10, 0) == pytest.approx(2 / 1024)
    assert _luck(800, 700) == pytest.approx(0.0105, abs=0.002)


def test_pictures_with_their_classes_find_the_activation(monkeypatch, tmp_path):
    """The classes are those that one of the two networks itself gives, so that it must be the one that is found."""
    from terralogue.models.dual_encoders import activation_checks
    from terralogue.models.dual_encoders.layouts import architecture_of
    from terralogue.models.errors import WeightsRefused

    rng = np.random.default_rng(0)
    words = np.eye(4, dtype=np.float32)
    right = rng.random((200, 4)).astype(np.float32)
    wrong = right + 0.15 * rng.standard_normal(right.shape).astype(np.float32)
    shown = right / np.linalg.norm(right, axis=1, keepdims=True)
    truth = shown.argmax(1)
    for name in "abcd":
        (tmp_path / name).mkdir()
    shapes = {name: tuple(value.shape) for name, value in tiny_clip.clip_state().items()}
    monkeypatch.setattr(activation_checks, "_pictures", lambda classes, side: (np.arange(200)[:, None], truth))

    def look(name, rows):
        return {"gelu": right, "quick_gelu": wrong}[name][rows[:, 0]]

    def encode(name, texts):
        assert texts == [f"a satellite image of {each}." for each in "abcd"]
        return words

    found, shares = activation_checks.by_pictures(
        tmp_path, "x.pt", ("quick_gelu", "gelu"), architecture_of(shapes, "x.pt"), encode, look)
    assert found.name == "gelu" and shares["gelu"] == 1.0 > shares["quick_gelu"]
    with pytest.raises(WeightsRefused, match="do not tell the activations apart"):
        activation_checks.by_pictures(
            tmp_path, "x.pt", ("quick_gelu", "gelu"), architecture_of(shapes, "x.pt"), encode,
            lambda name, rows: right[rows[:, 0]])


def test_code_in_a_file_is_not_run(weights, tmp_path):
    import torch

    canary = tmp_path / "canary"

    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(canary),)

    path = weights()
    torch.save({"state_dict": {"x": torch.zeros(1)}, "args": Evil()}, path)
    assert "more than tensors" in refusal(path, tmp_path / "out")
    assert not canary.exists()


@pytest.mark.parametrize("damage, said", [
    (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged or cut short"),
    (lambda path: path.write_bytes(b""), "damaged or cut short"),
    (lambda path: path.write_bytes(b"<html>Not found</html>"), "damaged or cut short"),
    (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 500), "damaged or cut short"),
    (lambda path: path.unlink(), "no such file"),
])  # fmt: skip
def test_damaged_files(weights, tmp_path, damage, said):
    path = weights()
    damage(path)
    assert said in refusal(path, tmp_path / "out", activation="gelu")


def test_other_networks_are_told_what_they_are(weights, tmp_path, state):
    import torch

    resnet = {**state, "visual.layer1.0.conv1.weight": torch.zeros(1)}
    assert "ResNet" in refusal(weights("RemoteCLIP-RN50.pt", resnet), tmp_path / "out", activation="gelu")
    assert "no picture tower" in refusal(weights("a.pt", {"encoder.weight": torch.zeros(3, 3)}), tmp_path / "out")
    assert "no tensors" in refusal(weights("b.pt", {"epoch": 3}), tmp_path / "out")
    missing = {name: value for name, value in state.items() if name != "text_projection"}
    assert "text_projection is missing" in refusal(weights("c.pt", missing), tmp_path / "out", activation="gelu")
    odd = {**state, "visual.positional_embedding": torch.zeros(12, tiny_clip.WIDTH)}
    assert "no square" in refusal(weights("d.pt", odd), tmp_path / "out", activation="gelu")
    missing = {name: value for name, value in state.items() if "resblocks.1.mlp.c_fc.bias" not in name}
    assert "c_fc.bias is missing" in refusal(weights("e.pt", missing), tmp_path / "out", activation="gelu")
    assert "no kind of weights" in refusal(weights("f.onnx"), tmp_path / "out")


def test_a_tokenizer_that_is_missing_or_anothers(weights, tmp_path, monkeypatch):
    from terralogue.models.dual_encoders import vocabularies

    monkeypatch.setattr(vocabularies, "_PACKAGES", ())
    path = weights()
    (path.parent / vocabularies.VOCABULARY).unlink()
    assert "--tokenizer" in refusal(path, tmp_path / "out", activation="gelu")
    assert "there is no nowhere" in refusal(path, tmp_path / "out", activation="gelu", tokenizer=tmp_path / "nowhere")
    short = tiny_clip.vocabulary(tmp_path, tiny_clip.MERGES[:4])
    assert "another model's" in refusal(path, tmp_path / "out", activation="gelu", tokenizer=short)
    short.write_bytes(b"no gzip")
    assert "cannot be read" in refusal(path, tmp_path / "out", activation="gelu", tokenizer=short)
    (tmp_path / "tokenizer.json").write_text("{}")
    assert "cannot be read" in refusal(path, tmp_path / "out", activation="gelu", tokenizer=tmp_path)
    longer = tiny_clip.vocabulary(tmp_path, [*tiny_clip.MERGES, "r a", "r o"])
    assert converting(path, tmp_path / "out", activation="gelu", tokenizer=longer), "OpenAI's file goes on after what is used"


def test_a_folder_that_holds_an_encoder_is_not_written_over(weights, tmp_path):
    from terralogue.models.errors import WeightsRefused

    converting(weights(), tmp_path / "out", activation="gelu")
    before = {each.name: each.read_bytes() for each in (tmp_path / "out").iterdir()}
    with pytest.raises(WeightsRefused, match="another folder"):
        converting(weights(), tmp_path / "out", activation="quick_gelu")
    assert before == {each.name: each.read_bytes() for each in (tmp_path / "out").iterdir()}


def test_the_command(weights, tmp_path, capsys):
    from terralogue.models.dual_encoders.convert import main

    assert main([str(weights()), "--out", str(tmp_path / "out"), "--activation", "gelu"]) == 0
    assert json.loads(capsys.readouterr().out)["activation"] == "gelu"
    assert main([str(weights()), "--out", str(tmp_path / "two")]) == 1
    assert "--activation" in capsys.readouterr().err


@pytest.fixture
def encoder(weights, tmp_path):
    """A folder with a sound encoder."""
    converting(weights(), tmp_path / "out", activation="quick_gelu")
    return tmp_path / "out"


def _unusable(folder):
    from terralogue.models.dual_encoders.encoder import DualEncoder
    from terralogue.models.errors import EncoderUnusable

    with pytest.raises(EncoderUnusable) as raised:
        DualEncoder.load(folder)
    return raised.value.reason


@pytest.mark.parametrize("name", ["picture.onnx", "words.onnx", "tokenizer.json", "manifest.json"])
def test_a_changed_or_missing_file_is_noticed(encoder, name):
    blob = bytearray((encoder / name).read_bytes())
    blob[len(blob) // 2] ^= 1
    (encoder / name).write_bytes(blob)
    assert _unusable(encoder) == f"{name} was changed after it was converted"
    (encoder / name).unlink()
    assert _unusable(encoder) == f"{name} is missing"


def _signed(folder):
    from terralogue.models.catalog.embedded import SUMS, digest_of
    from terralogue.models.dual_encoders.convert import FILES

    (folder / SUMS).write_text("".join(f"{digest_of(folder / each)}  {each}\n" for each in FILES))


def test_a_graph_with_another_activation_fails_the_probe(encoder, tmp_path, state):
    """Golden: rightly signed, right shapes, other activation. Its vectors are not those of the weights."""
    from terralogue.models.dual_encoders import probe
    from terralogue.models.dual_encoders.graphs import write_graphs
    from terralogue.models.dual_encoders.layouts import architecture_of

    deep = {name: value * 2 if ".mlp.c_" in name and name.endswith("weight") else value for name, value in state.items()}
    out = tmp_path / "deep"
    converting(tiny_clip.saved(tmp_path / "deep.pt", deep), out, activation="quick_gelu")
    shapes = {name: tuple(value.shape) for name, value in deep.items()}
    write_graphs(architecture_of(shapes, "x"), "gelu", deep, out, "half")
    _signed(out)
    assert "answers differ" in _unusable(out)
    assert probe.ALLOWED["half"] <= 1e-5


@pytest.mark.parametrize("change", [
    lambda kept: kept.pop("dim"), lambda kept: kept.pop("probe"), lambda kept: kept.update(dim="x"),
    lambda kept: kept.update(side=64), lambda kept: kept["probe"].update(words=[[1, 2]]),
    lambda kept: kept.update(precision="none"),
])  # fmt: skip
def test_a_manifest_that_does_not_fit_is_refused(encoder, change):
    kept = json.loads((encoder / "manifest.json").read_text())
    change(kept)
    (encoder / "manifest.json").write_text(json.dumps(kept))
    _signed(encoder)
    assert _unusable(encoder)


def test_a_folder_that_is_no_encoder(tmp_path):
    assert "SHA256SUMS is missing" in _unusable(tmp_path)
    assert "SHA256SUMS is missing" in _unusable(tmp_path / "nowhere")


def test_running_needs_no_torch(encoder, repository):
    """In a process in which torch, onnx and transformers cannot be imported."""
    import subprocess
    import sys

    code = f"""
import sys
sys.modules.update(dict.fromkeys(("torch", "onnx", "transformers", "open_clip", "safetensors")))
sys.path[:0] = {[path for path in sys.path if path]!r}
import importlib.util
spec = importlib.util.spec_from_file_location("terralogue", {str(repository / "__init__.py")!r},
                                              submodule_search_locations=[{str(repository)!r}])
package = importlib.util.module_from_spec(spec); sys.modules["terralogue"] = package; spec.loader.exec_module(package)
from pathlib import Path
from terralogue.models.dual_encoders.encoder import DualEncoder
print(DualEncoder.load(Path({str(encoder)!r})).words(["a river"]).shape)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == f"(1, {tiny_clip.DIM})", done.stderr[-2000:]

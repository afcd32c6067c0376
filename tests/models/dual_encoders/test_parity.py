"""A converted encoder says what the published network says, computed by layers that share no code with the converter."""

import json

import numpy as np
import pytest
import tiny_clip

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
TEXTS = ["a river", "river image", "an image of a river, a river and another river beside it", "x"]


@pytest.fixture
def converted(tmp_path):
    """``converted("RS5M_ViT-B-32.pt", state, …)``: the loaded encoder."""
    from terralogue.models.dual_encoders.convert import convert
    from terralogue.models.dual_encoders.encoder import DualEncoder

    def make(name, state, out="encoder", **options):
        path = tiny_clip.saved(tmp_path / name, state)
        tiny_clip.vocabulary(path.parent)
        convert(path, tmp_path / out, **options)
        return DualEncoder.load(tmp_path / out, threads=1)

    return make


def ids_of(encoder, texts):
    return encoder._tokenizer.ids(texts)


@pytest.mark.parametrize("activation", ["quick_gelu", "gelu"])
@pytest.mark.parametrize("precision", ["half", "single"])
def test_clip_agrees_with_torchs_own_layers(converted, activation, precision):
    state = tiny_clip.clip_state()
    encoder = converted("some.pt", state, activation=activation, precision=precision)
    rgb = tiny_clip.pictures()
    seen, read = tiny_clip.reference(state, activation, rgb, ids_of(encoder, TEXTS))
    assert tiny_clip.cosines(encoder.pictures(rgb, [None] * 6), seen).min() >= 0.9999
    assert tiny_clip.cosines(encoder.words(TEXTS), read).min() >= 0.9999
    assert np.allclose(encoder.raw_words(TEXTS), read, atol=2e-2, rtol=2e-2), "raw vectors keep their length"
    assert encoder.dim == tiny_clip.DIM and encoder.side == tiny_clip.SIDE and encoder.scale == pytest.approx(100, rel=1e-3)


def test_eight_bits_stay_near(converted):
    state = tiny_clip.clip_state()
    encoder = converted("some.pt", state, activation="gelu", precision="int8")
    rgb = tiny_clip.pictures()
    seen, read = tiny_clip.reference(state, "gelu", rgb, ids_of(encoder, TEXTS))
    assert 0.97 <= tiny_clip.cosines(encoder.pictures(rgb, ()), seen).min() < 0.999999, "it is not eight bits at all"
    assert tiny_clip.cosines(encoder.words(TEXTS), read).min() >= 0.97


def test_a_text_beside_a_longer_one_is_read_as_alone(converted):
    encoder = converted("some.pt", tiny_clip.clip_state(), activation="gelu")
    together = encoder.words(TEXTS)
    assert np.allclose(together, np.concatenate([encoder.words([text]) for text in TEXTS]), atol=1e-5)


@pytest.mark.parametrize("wrap", [
    lambda state: {"state_dict": {f"module.{name}": value for name, value in state.items()}, "epoch": 20, "name": "run"},
    lambda state: {f"module.{name}": value for name, value in state.items()},
    lambda state: {"model": state},
    lambda state: {name: value.half() for name, value in state.items()},
])  # fmt: skip
def test_wrapped_files_are_the_same_network(converted, wrap):
    state = tiny_clip.clip_state()
    plain, rgb = converted("plain.pt", state, "one", activation="gelu"), tiny_clip.pictures()
    wrapped = converted("SkyCLIP_ViT_B32_top50pct/epoch_20.pt", wrap(state), "two")
    assert tiny_clip.cosines(plain.pictures(rgb), wrapped.pictures(rgb)).min() > 0.99999
    assert plain.digest != wrapped.digest, "their names differ, and so do their manifests"


def test_heads_of_vit_h_are_eighty_wide(tmp_path, converted):
    """Sixteen heads on a width of 1,280: taken for 64 wide, they would be twenty, and every vector wrong."""
    from terralogue.models.dual_encoders.layouts import architecture_of

    state = tiny_clip.clip_state(width=1280)
    assert architecture_of({name: tuple(value.shape) for name, value in state.items()}, "x").picture.heads == 16


def _transformers():
    return pytest.importorskip("transformers", reason="transformers is no part of this project: a second reference where it is")


@pytest.mark.parametrize("activation", ["quick_gelu", "gelu"])
def test_transformers_clip(tmp_path, activation):
    """The class of transformers, saved by itself as safetensors with its config."""
    transformers = _transformers()
    import torch

    from terralogue.models.dual_encoders.convert import convert
    from terralogue.models.dual_encoders.encoder import DualEncoder

    torch.manual_seed(1)
    own = {"hidden_size": 64, "intermediate_size": 256, "num_attention_heads": 1, "num_hidden_layers": 2,
           "hidden_act": activation}
    config = transformers.CLIPConfig(
        text_config={**own, "vocab_size": tiny_clip.VOCABULARY, "max_position_embeddings": tiny_clip.CONTEXT,
                     "eos_token_id": tiny_clip.VOCABULARY - 1, "bos_token_id": tiny_clip.VOCABULARY - 2, "pad_token_id": 0},
        vision_config={**own, "hidden_size": 128, "num_attention_heads": 2, "image_size": tiny_clip.SIDE,
                       "patch_size": tiny_clip.PATCH},
        projection_dim=tiny_clip.DIM)
    model = transformers.CLIPModel(config).eval()
    for value in model.parameters():
        value.data += torch.randn_like(value) * 0.1
    model.save_pretrained(tmp_path / "published")
    tiny_clip.vocabulary(tmp_path / "published")
    convert(tmp_path / "published" / "model.safetensors", tmp_path / "encoder")
    encoder = DualEncoder.load(tmp_path / "encoder", threads=1)
    mean, std = (torch.tensor(x).view(3, 1, 1) for x in (
        [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]))
    rgb, ids = tiny_clip.pictures(), torch.from_numpy(ids_of(encoder, TEXTS))
    with torch.no_grad():
        seen = model.get_image_features(pixel_values=(torch.from_numpy(rgb) - mean) / std)
        read = model.get_text_features(input_ids=ids)
    seen, read = (x if torch.is_tensor(x) else x.pooler_output for x in (seen, read))
    assert tiny_clip.cosines(encoder.pictures(rgb), seen.numpy()).min() >= 0.9999
    assert tiny_clip.cosines(encoder.words(TEXTS), read.numpy()).min() >= 0.9999


def siglip_tokenizer(folder, size):
    """A tokenizer.json of pieces, with SigLIP's end mark."""
    pieces = ["</s>", "<unk>", "\u2581", *"abcdefghijklmnopqrstuvwxyz", "\u2581river", "\u2581image", "\u2581a"]
    pieces += [f"\u2581w{n}" for n in range(size - len(pieces))]
    model = {"type": "Unigram", "unk_id": 1, "vocab": [[piece, -1.0 - len(piece) / 100] for piece in pieces]}
    (folder / "tokenizer.json").write_text(json.dumps({"model": model, "added_tokens": []}))


def test_transformers_siglip(tmp_path):
    """Git-RSCLIP's class: attention pooling of the picture, last place of the text, no mask, a bias beside the scale."""
    transformers = _transformers()
    import torch

    from terralogue.models.dual_encoders.convert import convert
    from terralogue.models.dual_encoders.encoder import DualEncoder

    torch.manual_seed(2)
    own = {"hidden_size": 128, "intermediate_size": 256, "num_attention_heads": 2, "num_hidden_layers": 2}
    config = transformers.SiglipConfig(
        text_config={**own, "vocab_size": 40, "max_position_embeddings": 16, "projection_size": 128},
        vision_config={**own, "image_size": tiny_clip.SIDE, "patch_size": tiny_clip.PATCH})
    model = transformers.SiglipModel(config).eval()
    for value in model.parameters():
        value.data += torch.randn_like(value) * 0.1
    model.save_pretrained(tmp_path / "published")
    siglip_tokenizer(tmp_path / "published", 40)
    convert(tmp_path / "published" / "model.safetensors", tmp_path / "encoder")
    encoder = DualEncoder.load(tmp_path / "encoder", threads=1)
    rgb = tiny_clip.pictures()
    ids = torch.from_numpy(ids_of(encoder, TEXTS))
    assert ids.shape == (4, 16)
    with torch.no_grad():
        seen = model.get_image_features(pixel_values=(torch.from_numpy(rgb) - 0.5) / 0.5)
        read = model.get_text_features(input_ids=ids)
    seen, read = (x if torch.is_tensor(x) else x.pooler_output for x in (seen, read))
    assert tiny_clip.cosines(encoder.pictures(rgb), seen.numpy()).min() >= 0.9999
    assert tiny_clip.cosines(encoder.words(TEXTS), read.numpy()).min() >= 0.9999
    assert encoder.bias == pytest.approx(float(model.logit_bias.detach()), abs=1e-4)

"""Published encoders in miniature: weights drawn at random in the layouts of the real files, and the networks themselves
said again with torch's own layers, which share no code with the converter."""

import gzip
from pathlib import Path

import numpy as np

SIDE, PATCH, WIDTH, LAYERS, DIM, TEXT_WIDTH, TEXT_LAYERS, CONTEXT = 32, 8, 128, 3, 48, 64, 2, 24
MERGES = ["r i", "v e", "ri ve", "rive r</w>", "a n", "i m", "im a", "g e</w>", "ima ge</w>"]
VOCABULARY = 512 + len(MERGES) + 2


def vocabulary(folder: Path, merges=MERGES) -> Path:
    """A file like CLIP's bpe_simple_vocab_16e6.txt.gz, with nine merges."""
    path = folder / "bpe_simple_vocab_16e6.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as handle:
        handle.write("\n".join(["#version: 0.2", *merges, ""]))
    return path


def clip_state(seed=0, width=WIDTH, patch=PATCH):
    """A state_dict with open_clip's names."""
    import torch

    torch.manual_seed(seed)

    def draw(*shape, by=0.08):
        return torch.randn(*shape) * by

    state = {
        "visual.conv1.weight": draw(width, 3, patch, patch), "visual.class_embedding": draw(width, by=0.3),
        "visual.positional_embedding": draw((SIDE // patch) ** 2 + 1, width, by=0.3), "visual.proj": draw(width, DIM),
        "token_embedding.weight": draw(VOCABULARY, TEXT_WIDTH, by=0.5), "positional_embedding": draw(CONTEXT, TEXT_WIDTH, by=0.2),
        "text_projection": draw(TEXT_WIDTH, DIM), "logit_scale": torch.tensor(4.6052),
    }
    for name, size in (("visual.ln_pre", width), ("visual.ln_post", width), ("ln_final", TEXT_WIDTH)):
        state.update({f"{name}.weight": 1 + draw(size), f"{name}.bias": draw(size)})
    for prefix, size, layers in (("visual.transformer", width, LAYERS), ("transformer", TEXT_WIDTH, TEXT_LAYERS)):
        for number in range(layers):
            own = f"{prefix}.resblocks.{number}."
            for name, out, into in (("attn.in_proj_", 3 * size, size), ("attn.out_proj.", size, size),
                                    ("mlp.c_fc.", 4 * size, size), ("mlp.c_proj.", size, 4 * size)):
                state.update({f"{own}{name}weight": draw(out, into, by=0.15), f"{own}{name}bias": draw(out)})
            for name in ("ln_1", "ln_2"):
                state.update({f"{own}{name}.weight": 1 + draw(size), f"{own}{name}.bias": draw(size)})
    return state


def _stack(state, prefix, width, layers, activation):
    """torch's own pre-norm encoder with the weights of ``prefix``."""
    import torch

    made = []
    for number in range(layers):
        layer = torch.nn.TransformerEncoderLayer(
            width, width // 64, 4 * width, dropout=0.0, activation=activation, norm_first=True, batch_first=True)
        own = f"{prefix}.resblocks.{number}."
        names = {"self_attn.in_proj_": "attn.in_proj_", "self_attn.out_proj.": "attn.out_proj.", "linear1.": "mlp.c_fc.",
                 "linear2.": "mlp.c_proj.", "norm1.": "ln_1.", "norm2.": "ln_2."}
        layer.load_state_dict({f"{a}{kind}": state[f"{own}{b}{kind}"] for a, b in names.items() for kind in ("weight", "bias")})
        made.append(layer.train())  # eval takes a fused path that knows only two activations; without dropout they are equal
    return made


def activation_named(name):
    import torch

    return (lambda x: x * torch.sigmoid(1.702 * x)) if name == "quick_gelu" else torch.nn.functional.gelu


def reference(state, activation, rgb, ids):
    """(n, dim) of pictures and (m, dim) of ids, by torch's own layers."""
    import torch
    import torch.nn.functional as F

    act = activation_named(activation)
    width, patch = state["visual.conv1.weight"].shape[0], state["visual.conv1.weight"].shape[2]
    with torch.no_grad():
        mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
        std = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)
        x = F.conv2d((torch.from_numpy(rgb) - mean) / std, state["visual.conv1.weight"], stride=patch).flatten(2).mT
        x = torch.cat([state["visual.class_embedding"].expand(len(x), 1, -1), x], 1) + state["visual.positional_embedding"]
        x = F.layer_norm(x, (width,), state["visual.ln_pre.weight"], state["visual.ln_pre.bias"])
        for layer in _stack(state, "visual.transformer", width, LAYERS, act):
            x = layer(x)
        x = F.layer_norm(x[:, 0], (width,), state["visual.ln_post.weight"], state["visual.ln_post.bias"])
        full = torch.zeros(len(ids), CONTEXT, dtype=torch.int64)  # open_clip pads with noughts to the whole context
        full[:, :ids.shape[1]] = torch.from_numpy(ids)
        y = state["token_embedding.weight"][full] + state["positional_embedding"]
        mask = torch.nn.Transformer.generate_square_subsequent_mask(CONTEXT)
        for layer in _stack(state, "transformer", TEXT_WIDTH, TEXT_LAYERS, act):
            y = layer(y, src_mask=mask)
        y = F.layer_norm(y, (TEXT_WIDTH,), state["ln_final.weight"], state["ln_final.bias"])
        y = y[torch.arange(len(y)), full.argmax(1)]
        return (x @ state["visual.proj"]).numpy(), (y @ state["text_projection"]).numpy()


def saved(path: Path, state) -> Path:
    """``state`` as a file of torch's."""
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path)
    return path


def cosines(a, b):
    """(n,) cosines of rows."""
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def pictures(number=6, side=SIDE, seed=0):
    """(n, 3, side, side) float32 0..1."""
    return np.random.default_rng(seed).random((number, 3, side, side), np.float32)

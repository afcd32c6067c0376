"""The two towers of CLIP and of SigLIP as functions of their weights, for torch to trace.

CLIP: Radford et al. 2021, section 2.4, as open_clip lays it out. SigLIP: Zhai et al. 2023, with attention pooling of the
picture (MAP head) and the last token of the text. Weights may be stored in half precision; sums are single.
"""

import math
from typing import Any, Callable, Dict

from .layouts import Architecture, Tower

#: Names of what stands between the two layers of a block.
ACTIVATIONS = ("quick_gelu", "gelu", "gelu_tanh")
#: What pictures are scaled by before the picture tower: OpenAI's means and deviations, and SigLIP's.
MEANS = {"clip": (0.48145466, 0.4578275, 0.40821073), "siglip": (0.5, 0.5, 0.5)}
DEVIATIONS = {"clip": (0.26862954, 0.26130258, 0.27577711), "siglip": (0.5, 0.5, 0.5)}
_EPS = {"clip": 1e-5, "siglip": 1e-6}
Get = Callable[[str], Any]


def picture_tower(architecture: Architecture, activation: str, get: Get) -> Callable[[Any], Any]:
    """A function of pictures (n, 3, side, side), 0..1, to (n, dim), not yet of unit length. ``get``: name → tensor."""
    import torch
    import torch.nn.functional as F

    family, tower = architecture.family, architecture.picture
    mean = torch.tensor(MEANS[family]).reshape(1, 3, 1, 1)
    deviation = torch.tensor(DEVIATIONS[family]).reshape(1, 3, 1, 1)

    def clip(rgb: Any) -> Any:
        x = F.conv2d((rgb - mean) / deviation, get("visual.conv1.weight"), stride=architecture.patch)
        x = x.flatten(2).transpose(1, 2)
        first = get("visual.class_embedding").reshape(1, 1, -1) + torch.zeros_like(x[:, :1])
        x = torch.cat([first, x], 1) + get("visual.positional_embedding")
        x = _norm(x, get, "visual.ln_pre", family)
        x = _blocks(x, tower, "visual.transformer.resblocks.", family, activation, get, None)
        return _norm(x[:, 0], get, "visual.ln_post", family) @ get("visual.proj")

    def siglip(rgb: Any) -> Any:
        name = "vision_model.embeddings.patch_embedding."
        x = F.conv2d((rgb - mean) / deviation, get(f"{name}weight"), get(f"{name}bias"), stride=architecture.patch)
        x = x.flatten(2).transpose(1, 2) + get("vision_model.embeddings.position_embedding.weight")
        x = _blocks(x, tower, "vision_model.encoder.layers.", family, activation, get, None)
        x = _norm(x, get, "vision_model.post_layernorm", family)
        asked = get("vision_model.head.probe") + torch.zeros_like(x[:, :1])
        own = "vision_model.head.attention."
        weight, bias = get(f"{own}in_proj_weight").chunk(3), get(f"{own}in_proj_bias").chunk(3)
        q, k, v = (F.linear(y, w, b) for y, w, b in zip((asked, x, x), weight, bias))
        pooled = F.linear(_attend(q, k, v, tower.heads, None), get(f"{own}out_proj.weight"), get(f"{own}out_proj.bias"))
        y = _norm(pooled, get, "vision_model.head.layernorm", family)
        return (pooled + _mlp(y, get, "vision_model.head.mlp.fc1", "vision_model.head.mlp.fc2", activation))[:, 0]

    return clip if family == "clip" else siglip


def word_tower(architecture: Architecture, activation: str, get: Get) -> Callable[[Any], Any]:
    """A function of token ids (m, tokens) to (m, dim), not yet of unit length.

    CLIP reads a text at its last token, the one with the largest id; SigLIP at its last place, whatever stands there.
    """
    import torch
    import torch.nn.functional as F

    family, tower, context = architecture.family, architecture.words, architecture.context

    def clip(ids: Any) -> Any:
        length = ids.shape[1]
        x = F.embedding(ids, get("token_embedding.weight")) + get("positional_embedding")[:length]
        hidden = torch.full((context, context), -1e9).triu(1)[:length, :length]
        x = _blocks(x, tower, "transformer.resblocks.", family, activation, get, hidden)
        x = _norm(x, get, "ln_final", family)
        last = ids.float().argmax(1).reshape(-1, 1, 1).expand(-1, 1, tower.width)
        return x.gather(1, last)[:, 0] @ get("text_projection")

    def siglip(ids: Any) -> Any:
        x = F.embedding(ids, get("text_model.embeddings.token_embedding.weight"))
        x = x + get("text_model.embeddings.position_embedding.weight")
        x = _blocks(x, tower, "text_model.encoder.layers.", family, activation, get, None)
        x = _norm(x, get, "text_model.final_layer_norm", family)
        return F.linear(x[:, -1], get("text_model.head.weight"), get("text_model.head.bias"))

    return clip if family == "clip" else siglip


def _norm(x: Any, get: Get, name: str, family: str) -> Any:
    import torch.nn.functional as F

    # A whole number: the width is no part of the graph that may change.
    return F.layer_norm(x, (int(x.shape[-1]),), get(f"{name}.weight"), get(f"{name}.bias"), _EPS[family])


def _activated(x: Any, activation: str) -> Any:
    import torch
    import torch.nn.functional as F

    if activation == "quick_gelu":
        return x * torch.sigmoid(1.702 * x)
    return F.gelu(x, approximate="tanh" if activation == "gelu_tanh" else "none")


def _mlp(x: Any, get: Get, first: str, second: str, activation: str) -> Any:
    import torch.nn.functional as F

    x = _activated(F.linear(x, get(f"{first}.weight"), get(f"{first}.bias")), activation)
    return F.linear(x, get(f"{second}.weight"), get(f"{second}.bias"))


def _attend(q: Any, k: Any, v: Any, heads: int, hidden: Any) -> Any:
    n, width = q.shape[0], int(q.shape[2])

    def split(x: Any) -> Any:
        return x.reshape(n, -1, heads, width // heads).transpose(1, 2)

    likeness = split(q) @ split(k).transpose(2, 3) / math.sqrt(width // heads)
    if hidden is not None:
        likeness = likeness + hidden
    return (likeness.softmax(-1) @ split(v)).transpose(1, 2).reshape(n, -1, width)


_NAMES: Dict[str, Dict[str, str]] = {
    "clip": {"first": "ln_1", "second": "ln_2", "out": "attn.out_proj", "up": "mlp.c_fc", "down": "mlp.c_proj"},
    "siglip": {"first": "layer_norm1", "second": "layer_norm2", "out": "self_attn.out_proj", "up": "mlp.fc1", "down": "mlp.fc2"},
}


def _blocks(x: Any, tower: Tower, prefix: str, family: str, activation: str, get: Get, hidden: Any) -> Any:
    import torch.nn.functional as F

    names = _NAMES[family]
    for number in range(tower.layers):
        own = f"{prefix}{number}."
        y = _norm(x, get, f"{own}{names['first']}", family)
        if family == "clip":
            q, k, v = F.linear(y, get(f"{own}attn.in_proj_weight"), get(f"{own}attn.in_proj_bias")).chunk(3, -1)
        else:
            q, k, v = (F.linear(y, get(f"{own}self_attn.{part}_proj.weight"), get(f"{own}self_attn.{part}_proj.bias"))
                       for part in "qkv")
        attended = _attend(q, k, v, tower.heads, hidden)
        x = x + F.linear(attended, get(f"{own}{names['out']}.weight"), get(f"{own}{names['out']}.bias"))
        y = _norm(x, get, f"{own}{names['second']}", family)
        x = x + _mlp(y, get, f"{own}{names['up']}", f"{own}{names['down']}", activation)
    return x

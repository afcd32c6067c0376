"""Files of published weights as named tensors: nothing in them is ever run, and names are brought to one layout.

``.pt``, ``.pth`` and ``.bin`` are read by torch with ``weights_only``, which refuses whatever is not a tensor;
``.safetensors`` by the package of that name.
"""

import json
from pathlib import Path
from typing import Any, Dict, NamedTuple

from ..errors import RuntimeMissing, WeightsRefused

_PICKLES, _SAFE = (".pt", ".pth", ".bin"), ".safetensors"
_PREFIXES = ("module.", "model.", "clip_model.", "_orig_mod.")


class Weights(NamedTuple):
    """``tensors``: by name, in open_clip's layout for CLIP, in transformers' for SigLIP; torch tensors on the CPU.

    ``config``: what a config.json beside the file says, {} without; ``run``: the name of the training run that a checkpoint
    carries, "" without.
    """

    tensors: Dict[str, Any]
    config: Dict[str, Any]
    run: str


def read_weights(path: Path) -> Weights:
    """The weights of ``path``. Raises WeightsRefused with the reason, RuntimeMissing without torch."""
    if not path.is_file():
        raise WeightsRefused(path.name, "there is no such file")
    suffix = path.suffix.lower()
    if suffix not in (*_PICKLES, _SAFE):
        raise WeightsRefused(path.name, f"“{suffix or 'no ending'}” is no kind of weights; take .pt, .pth, .bin or .safetensors")
    found = _safe(path) if suffix == _SAFE else _pickled(path)
    state = found.get("state_dict", found.get("model", found)) if isinstance(found, dict) else {}
    tensors = {_bare(str(name)): value for name, value in state.items() if _is_tensor(value)} if isinstance(state, dict) else {}
    if not tensors:
        raise WeightsRefused(path.name, "it holds no tensors by name")
    run = found.get("name", "") if isinstance(found, dict) else ""
    if "vision_model.pre_layrnorm.weight" in tensors:
        tensors = _as_open_clip(tensors, path.name)
    return Weights(tensors, _config(path), run if isinstance(run, str) else "")


def _pickled(path: Path) -> Any:
    try:
        import torch
    except ImportError as error:
        raise RuntimeMissing("torch") from error
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # RuntimeError, EOFError, KeyError, UnpicklingError: whatever a damaged archive raises
        said = str(error)
        if "TorchScript" in said:
            reason = "it is a TorchScript program, which could run anything; take the file of weights alone"
        elif "Unsupported global" in said or "Unsupported class" in said or "GLOBAL" in said:
            reason = "it holds more than tensors (code, or objects of other programs), so it was not opened"
        else:
            reason = f"it is damaged or cut short ({_line(error)})"
        raise WeightsRefused(path.name, reason) from error


def _safe(path: Path) -> Any:
    try:
        from safetensors.torch import load_file
    except ImportError as error:
        raise RuntimeMissing("safetensors") from error
    try:
        return load_file(str(path))
    except Exception as error:
        raise WeightsRefused(path.name, f"it is damaged or cut short ({_line(error)})") from error


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _is_tensor(value: Any) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype")


def _bare(name: str) -> str:
    """``name`` without what wrappers (distributed training, Lightning, compilation) put before it."""
    while name.startswith(_PREFIXES):
        name = name.split(".", 1)[1]
    return name


def _config(path: Path) -> Dict[str, Any]:
    try:
        found = json.loads((path.parent / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


#: transformers' names of a CLIP block → open_clip's.
_BLOCK = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
          "self_attn.out_proj": "attn.out_proj"}


def _as_open_clip(tensors: Dict[str, Any], file: str) -> Dict[str, Any]:
    """transformers' CLIP in open_clip's layout: queries, keys and values in one matrix, projections the other way round."""
    import torch

    out: Dict[str, Any] = {}
    try:
        for ours, theirs in (("visual.", "vision_model."), ("", "text_model.")):
            number = 0
            while f"{theirs}encoder.layers.{number}.layer_norm1.weight" in tensors:
                old, new = f"{theirs}encoder.layers.{number}.", f"{ours}transformer.resblocks.{number}."
                for kind in ("weight", "bias"):
                    parts = [tensors[f"{old}self_attn.{part}_proj.{kind}"] for part in "qkv"]
                    out[f"{new}attn.in_proj_{kind}"] = torch.cat(parts)
                    out.update({f"{new}{b}.{kind}": tensors[f"{old}{a}.{kind}"] for a, b in _BLOCK.items()})
                number += 1
        for kind in ("weight", "bias"):
            out[f"visual.ln_pre.{kind}"] = tensors[f"vision_model.pre_layrnorm.{kind}"]
            out[f"visual.ln_post.{kind}"] = tensors[f"vision_model.post_layernorm.{kind}"]
            out[f"ln_final.{kind}"] = tensors[f"text_model.final_layer_norm.{kind}"]
        out.update({
            "visual.conv1.weight": tensors["vision_model.embeddings.patch_embedding.weight"],
            "visual.class_embedding": tensors["vision_model.embeddings.class_embedding"],
            "visual.positional_embedding": tensors["vision_model.embeddings.position_embedding.weight"],
            "visual.proj": tensors["visual_projection.weight"].T,
            "token_embedding.weight": tensors["text_model.embeddings.token_embedding.weight"],
            "positional_embedding": tensors["text_model.embeddings.position_embedding.weight"],
            "text_projection": tensors["text_projection.weight"].T, "logit_scale": tensors["logit_scale"]})
    except KeyError as error:
        raise WeightsRefused(file, f"the tensor {error.args[0]} is missing") from error
    return out

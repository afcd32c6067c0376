"""The contrastive head for the plugin: two graphs with int8 weights, and the lexicon of concepts with its byte pairs."""

import json
from pathlib import Path
from typing import Any, Dict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..datasets.concept_phrases import CONCEPTS, said
from ..datasets.concept_phrases.wordings import CARRIERS
from ..language.bpe import BytePairs
from ..language.text_tower import FILES, LEXICON, PICTURE, TEXT
from .contrast_stage import NAME
from .export import IR_VERSION, OPSET, quantise_weights
from .text_tower import GRID, Towers

#: Logit from which a phrase counts as known, before it is picked on validation wordings.
KNOWN_FROM = 0.5


def export_contrast(towers: Towers, coder: BytePairs, out: Path, known_from: float = KNOWN_FROM) -> Dict[str, int]:
    """Write ``text_tower.FILES`` to ``out``; returns their sizes in bytes by name.

    The manifest and digests are the caller's, who knows all files of the model.
    """
    out.mkdir(parents=True, exist_ok=True)
    towers = towers.eval().float()
    _write(towers.text, torch.randint(1, 400, (2, 7)), out / TEXT, "ids", ["vectors", "known"], {0: "n", 1: "length"})
    _write(towers.picture, torch.randn(2, 64, GRID), out / PICTURE, "tokens", ["vectors"], {0: "n", 1: "count"})
    np.savez_compressed(out / LEXICON, **arrays(towers, coder, known_from))
    return {name: (out / name).stat().st_size for name in FILES}


def arrays(towers: Towers, coder: BytePairs, known_from: float = KNOWN_FROM) -> Dict[str, np.ndarray]:
    """What numpy needs besides the graphs: "concepts" (K, d) float16 unit vectors, "merges" (M, 2) uint16 of the byte pairs,
    and "about", JSON: scale and bias of the sigmoid, sharpness of the lexicon, its phrases by concept."""
    about = {
        "scale": float(towers.log_scale.detach().exp().clamp(max=40.0)), "bias": float(towers.bias.detach()),
        "sharpness": float(towers.log_sharpness.detach().exp().clamp(max=40.0)), "known_from": known_from,
        "phrases": {name: list(said(name)) for name in CONCEPTS}, "carriers": list(CARRIERS),
    }
    return {"concepts": F.normalize(towers.concepts.detach(), dim=-1).numpy().astype(np.float16),
            "merges": np.array(coder.merges, np.uint16).reshape(-1, 2),
            "about": np.frombuffer(json.dumps(about).encode(), np.uint8)}


def trained(run: Path, name: str = NAME, random: bool = False) -> Towers:
    """The towers of ``run``/``name``.pt; ``random``: fresh weights (the control that shows what training brought)."""
    torch.manual_seed(1)
    towers = Towers(len(CONCEPTS))
    if not random:
        towers.load_state_dict(torch.load(run / f"{name}.pt", weights_only=True))
    return towers.eval()


def _write(module: nn.Module, example: Any, path: Path, name: str, outputs: list, dynamic: Dict[int, str]) -> None:
    import onnx

    with torch.no_grad():
        torch.onnx.export(module.eval(), (example,), str(path), input_names=[name], output_names=outputs,
                          dynamic_axes={name: dynamic, **{each: {0: "n"} for each in outputs}}, opset_version=OPSET,
                          dynamo=False)
    model = onnx.load(str(path))
    quantise_weights(model)
    quantise_tables(model)
    del model.graph.value_info[:]
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def quantise_tables(model: Any, smallest: int = 2048) -> int:
    """Store tables that rows are gathered from as int8 with a scale a row; returns how many."""
    from onnx import helper, numpy_helper

    graph, count = model.graph, 0
    gathered = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    for tensor in [tensor for tensor in graph.initializer if tensor.name in gathered]:
        table = numpy_helper.to_array(tensor)
        if table.ndim != 2 or table.size < smallest or table.dtype != np.float32:
            continue
        scale = np.maximum(np.abs(table).max(1) / 127.0, 1e-8).astype(np.float32)
        codes = np.clip(np.rint(table / scale[:, None]), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        graph.initializer.extend([numpy_helper.from_array(codes, f"{tensor.name}.int8"),
                                  numpy_helper.from_array(scale, f"{tensor.name}.scale"),
                                  numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{tensor.name}.zero")])
        stored = [f"{tensor.name}.{part}" for part in ("int8", "scale", "zero")]
        graph.node.insert(0, helper.make_node("DequantizeLinear", stored, [tensor.name], axis=0))
        count += 1
    return count

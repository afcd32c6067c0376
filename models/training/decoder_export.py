"""The decoder for the plugin: one ONNX graph with int8 weights, what numpy does around it, and its byte pairs.

The graph takes the word table as an input, so that reading words in and out shares one int8 copy. Its past is what the
caller kept of earlier ``present``; positions of it that are not ``seen`` do not count, so its length may be rounded up.
"""

from pathlib import Path
from typing import Dict, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from ..language.bpe import BytePairs
from ..language.decoder import BYTE_PAIRS, GRAPH, WEIGHTS, inputs
from .decoder_network import DecoderNetwork
from .export import IR_VERSION, OPSET, quantise_weights

OUTPUTS = ("logits", "hidden", "present")


class _Graph(nn.Module):
    def __init__(self, network: DecoderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, embeds: Tensor, seen: Tensor, positions: Tensor, expert: Tensor, table: Tensor,
                *past: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        read = self.network(embeds, expert, list(zip(past[::2], past[1::2])), seen, positions)
        return read.hidden @ table.T, read.hidden, read.present


def export_decoder(network: DecoderNetwork, coder: BytePairs, out: Path) -> Dict[str, int]:
    """Write ``GRAPH``, ``WEIGHTS`` and ``BYTE_PAIRS`` to ``out``; returns their sizes in bytes by name.

    The manifest and digests are the caller's, who knows all files of the model.
    """
    out.mkdir(parents=True, exist_ok=True)
    network = network.eval().float()
    write_graph(network, out / GRAPH)
    np.savez_compressed(out / WEIGHTS, **arrays(network))
    coder.save(out / BYTE_PAIRS)
    return {name: (out / name).stat().st_size for name in (GRAPH, WEIGHTS, BYTE_PAIRS)}


def write_graph(network: DecoderNetwork, path: Path, quantised: bool = True) -> None:
    """The graph of ``decoder.inputs`` and ``OUTPUTS``: n rows, S new positions, C kept ones (at least one, seen or not)."""
    import onnx

    shape = network.shape
    n, new, kept = 2, 3, 5
    names = inputs(shape.layers)
    example = (torch.randn(n, new, shape.width), torch.ones(n, kept, dtype=torch.bool),
               torch.arange(kept, kept + new).expand(n, new).contiguous(), torch.tensor([0, -1]),
               network.table.weight.detach(), *torch.randn(2 * shape.layers, n, shape.heads, kept, shape.head))
    rows, steps = {0: "n"}, {0: "n", 1: "new"}
    dynamic = {"embeds": steps, "seen": {0: "n", 1: "kept"}, "positions": steps, "expert": rows, "logits": steps,
               "hidden": steps, "present": {2: "n", 4: "new"}, **dict.fromkeys(names[5:], {0: "n", 2: "kept"})}
    with torch.no_grad():
        torch.onnx.export(_Graph(network).eval(), example, str(path), input_names=list(names), output_names=list(OUTPUTS),
                          dynamic_axes=dynamic, opset_version=OPSET, dynamo=False)
    model = onnx.load(str(path))
    if quantised:
        quantise_weights(model)
    del model.graph.value_info[:]
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def arrays(network: DecoderNetwork) -> Dict[str, np.ndarray]:
    """What numpy computes: the word table as int8 rows with a scale each, bridge and heads in half precision."""
    shape = network.shape
    table = network.table.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1) / 127.0, 1e-8).astype(np.float32)
    found = {
        "table/codes": np.clip(np.rint(table / scale[:, None]), -127, 127).astype(np.int8), "table/scale": scale,
        "shape": np.array([shape.layers, shape.heads, shape.head, shape.experts], np.int32),
        "log_scale": network.log_scale.detach().numpy().astype(np.float32),
    }
    for part in ("bridge", "retrieve", "segment", "image_norm", "image"):
        for name, value in getattr(network, part).state_dict().items():
            found[f"{part}/{name}"] = value.numpy().astype(np.float16)
    return found

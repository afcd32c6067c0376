"""Trained weights → four ONNX graphs with int8 weights, the manifest and the digests that the plugin verifies.

Opset 17, IR 9, so that onnxruntime 1.19 (Python 3.9) runs them. Weights are int8 per output channel behind
DequantizeLinear: a quarter of the size, folded to float once at load.
"""

import json
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..catalog import embedded
from ..language.decoder import BYTE_PAIRS
from ..vision import overhead
from ..vision.legend import CHANGES, COVERS, MASK_CLASSES, SCENES, THINGS
from .heads import PROMPTS
from .network import ChangeHead, NanoNetwork
from .text_stage import LAST
from .thing_stage import Heads

OPSET, IR_VERSION = 17, 9
NAME, VERSION = "Terralogue Nano", "0.1"
GSD_RANGE = (0.13, 12.0)
#: The last weights of the decoder's stages.
DECODER = f"{LAST}.pt"
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "nano"
GRAPHS = ("nano-see.onnx", "nano-change.onnx", "nano-things.onnx", "nano-mask.onnx")


class _See(nn.Module):
    def __init__(self, network: NanoNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, rgb: Tensor, gsd: Tensor) -> Tuple[Tensor, ...]:
        output = self.network(rgb, gsd)
        full = F.interpolate(output.cover, scale_factor=2.0, mode="bilinear", align_corners=False).softmax(1)
        return full, output.scene, output.features, F.avg_pool2d(output.cover.softmax(1), 2), output.grid


class _Things(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.head = heads.things

    def forward(self, features: Tensor) -> Tuple[Tensor, Tensor]:
        found = self.head(features)
        return found.heat.sigmoid(), found.shape


class _Masks(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.head = heads.masks

    def forward(self, features: Tensor, prompts: Tensor, classes: Tensor) -> Tensor:
        logits = self.head(features, prompts, classes)[:, None]
        return F.interpolate(logits, scale_factor=2.0, mode="bilinear", align_corners=False)[:, 0].sigmoid()


class _Change(nn.Module):
    def __init__(self, head: ChangeHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, before: Tensor, after: Tensor, cover_before: Tensor, cover_after: Tensor) -> Tensor:
        logits = self.head(before, after, cover_before, cover_after)
        return F.interpolate(logits, scale_factor=2.0, mode="bilinear", align_corners=False).sigmoid()


def export(run: Path, out: Path, random: bool = False, speech: Optional[Path] = None) -> None:
    """Write the graphs of ``GRAPHS``, ``manifest.json`` and ``SHA256SUMS`` to ``out``; the decoder too if it is trained.

    ``random``: fresh weights instead of those of ``run`` (the control that shows what training brought). ``speech``: the
    folder of the decoder's byte pairs.
    """
    torch.manual_seed(1)
    network, head, heads = NanoNetwork().eval(), ChangeHead().eval(), Heads().eval()
    if not random:
        for part, name in ((network, "encoder"), (head, "change"), (heads, "things")):
            part.load_state_dict(torch.load(run / f"{name}.pt", weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    rgb, gsd = torch.rand(2, 3, 256, 256), torch.rand(2, 3)
    tile = {0: "n", 2: "height", 3: "width"}
    quarter = {0: "n", 2: "h4", 3: "w4"}
    _write(_See(network), (rgb, gsd), out / "nano-see.onnx", ["rgb", "gsd"],
           ["cover", "scenes", "features", "coarse", "grid"],
           {"rgb": tile, "gsd": {0: "n"}, "cover": tile, "scenes": {0: "n"}, "features": quarter, "coarse": quarter,
            "grid": {0: "n", 2: "h32", 3: "w32"}})
    _, _, features, coarse, _ = _See(network)(rgb, gsd)
    names = ["before", "after", "cover_before", "cover_after"]
    _write(_Change(head), (features, features, coarse, coarse), out / "nano-change.onnx", names, ["change"],
           {**dict.fromkeys(names, quarter), "change": tile})
    prompts, classes = torch.zeros(2, PROMPTS, *features.shape[2:]), torch.zeros(2, len(MASK_CLASSES))
    _write(_Things(heads), (features,), out / "nano-things.onnx", ["features"], ["heat", "shape"],
           dict.fromkeys(("features", "heat", "shape"), quarter))
    _write(_Masks(heads), (features, prompts, classes), out / "nano-mask.onnx", ["features", "prompts", "classes"], ["mask"],
           {"features": quarter, "prompts": quarter, "classes": {0: "n"}, "mask": {0: "n", 1: "height", 2: "width"}})
    if not random and (run / "overhead.pt").exists():
        kept = torch.load(run / "overhead.pt", weights_only=True)
        np.savez_compressed(out / overhead.FILE, **{name: value.numpy() for name, value in kept.items()})
    if speech is not None and (random or (run / DECODER).exists()):
        _export_decoder(run, speech, out, random)
    write_manifest(out, {})


def _export_decoder(run: Path, speech: Path, out: Path, random: bool) -> None:
    from ..language.bpe import BytePairs
    from .decoder_export import export_decoder
    from .decoder_network import DecoderNetwork, Shape

    weights = None if random else torch.load(run / DECODER, weights_only=True)
    network = DecoderNetwork(Shape() if weights is None else Shape.of(weights))
    if weights is not None:
        network.load_state_dict(weights)
    # Weights that were restored speak in the byte pairs that the plugin ships with them.
    spelt = next((folder for folder in (speech, SHIPPED) if (folder / BYTE_PAIRS).exists()), speech)
    export_decoder(network, BytePairs.load(spelt / BYTE_PAIRS), out)


def write_manifest(out: Path, measured: Dict[str, Any]) -> None:
    """``manifest.json`` with what was ``measured`` (thresholds, errors), then ``SHA256SUMS`` over all files."""
    path = out / embedded.MANIFEST
    known = json.loads(path.read_text()) if path.exists() else {}
    manifest = {
        "thresholds": {**dict.fromkeys(COVERS, 0.5), "change": 0.5}, "errors": {}, **known,
        "name": f"{NAME} {VERSION}", "covers": list(COVERS), "scenes": list(SCENES), "changes": list(CHANGES),
        "things": list(THINGS), "mask_classes": list(MASK_CLASSES),
        "gsd_range": list(GSD_RANGE), "licence": "GPL-2.0-or-later; see MODEL_CARD.md for the data", **measured}
    path.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    # What never learnt to speak has no decoder, what never learnt words no text tower.
    names = (*GRAPHS, *(name for name in embedded.LATE if (out / name).exists()), embedded.MANIFEST)
    (out / embedded.SUMS).write_text("".join(f"{embedded.digest_of(out / name)}  {name}\n" for name in names))


def _write(module: nn.Module, example: Tuple[Tensor, ...], path: Path, inputs: list, outputs: list,
           dynamic: Dict[str, Dict[int, str]]) -> None:
    import onnx

    with torch.no_grad():
        torch.onnx.export(module.eval(), example, str(path), input_names=inputs, output_names=outputs,
                          dynamic_axes=dynamic, opset_version=OPSET, dynamo=False)
    model = onnx.load(str(path))
    quantise_weights(model)
    del model.graph.value_info[:]
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def quantise_weights(model: Any, smallest: int = 2048) -> int:
    """Store large Conv, MatMul and Gemm weights of ``model`` as int8 per output channel; returns how many."""
    from onnx import helper, numpy_helper

    graph = model.graph
    axes: Dict[str, int] = {}
    for node in graph.node:
        if node.op_type in ("Conv", "MatMul", "Gemm") and len(node.input) > 1:
            transposed = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
            axes[node.input[1]] = 0 if node.op_type == "Conv" or transposed else -1
    count = 0
    for tensor in [tensor for tensor in graph.initializer if tensor.name in axes]:
        weight = numpy_helper.to_array(tensor)
        if weight.size < smallest:
            continue
        axis = axes[tensor.name] % weight.ndim
        others = tuple(index for index in range(weight.ndim) if index != axis)
        scale = np.maximum(np.abs(weight).max(others) / 127.0, 1e-8).astype(np.float32)
        shape = [1] * weight.ndim
        shape[axis] = -1
        codes = np.clip(np.rint(weight / scale.reshape(shape)), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        graph.initializer.extend([numpy_helper.from_array(codes, f"{tensor.name}.int8"),
                                  numpy_helper.from_array(scale, f"{tensor.name}.scale"),
                                  numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{tensor.name}.zero")])
        graph.node.insert(0, helper.make_node(
            "DequantizeLinear", [f"{tensor.name}.int8", f"{tensor.name}.scale", f"{tensor.name}.zero"], [tensor.name],
            axis=axis))
        count += 1
    return count

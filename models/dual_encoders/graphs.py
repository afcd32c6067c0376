"""The two towers as ONNX graphs: opset 17, IR 9, one file each, so that onnxruntime 1.19 runs them and nothing is external.

Weights are stored in half precision behind a cast unless single is asked for: half the disk, folded once at load, and
even ViT-H-14 stays below the two gigabytes that one file may hold.
"""

import warnings
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

from ..errors import WeightsRefused
from .layouts import Architecture
from .networks import picture_tower, word_tower

PICTURE, WORDS = "picture.onnx", "words.onnx"
OPSET, IR_VERSION = 17, 9
#: "int8": weights of matrix products in eight bits, which halves the time on a processor; "half" is what is published rounded.
PRECISIONS = ("half", "single", "int8")
#: Bytes that one file of ONNX can hold, with some room for the graph itself.
_LARGEST = 2_000_000_000


def write_graphs(architecture: Architecture, activation: str, tensors: Dict[str, Any], folder: Path, precision: str) -> None:
    """``picture.onnx`` and ``words.onnx`` in ``folder``. Raises WeightsRefused for weights too large for one file."""
    import torch

    rgb = torch.zeros(2, 3, architecture.side, architecture.side)
    ids = torch.ones(2, architecture.context, dtype=torch.int64)
    # A text of CLIP may be shorter than its context, which saves most of the time; SigLIP always reads all of it.
    free = {0: "m", 1: "tokens"} if architecture.family == "clip" else {0: "m"}
    for tower, example, name, file, dynamic in (
        (picture_tower, rgb, "rgb", PICTURE, {0: "n"}), (word_tower, ids, "ids", WORDS, free),
    ):
        module = _module(tower, architecture, activation, tensors, precision)
        # Folding would turn the weights in half precision into single ones before they are stored.
        _write(module, example, folder / file, name, dynamic, fold=precision != "half")
        if precision == "int8":
            _to_int8(folder / file)


def _module(tower: Callable, architecture: Architecture, activation: str, tensors: Dict[str, Any], precision: str) -> Any:
    """``tower`` with just the weights that it reads, as they are to be stored."""
    import torch

    kept = torch.float16 if precision == "half" else torch.float32

    class Module(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.tower = tower(architecture, activation, self.get)

        def get(self, name: str) -> Any:
            """A weight in single precision, from the buffer that stores it."""
            own = name.replace(".", "_")
            if own not in self._buffers:
                if name not in tensors:
                    raise KeyError(name)
                value = tensors[name].detach().float().contiguous()
                self.register_buffer(own, value.to(kept) if value.ndim > 1 else value)
            return self._buffers[own].float()

        def forward(self, x: Any) -> Any:
            """The tower."""
            return self.tower(x)

    module = Module().eval()
    probe = (torch.zeros(1, 3, architecture.side, architecture.side) if tower is picture_tower
             else torch.ones(1, architecture.context, dtype=torch.int64))
    with torch.no_grad():
        module(probe)  # reads every weight once, so that all are there before the graph is traced
    size = sum(buffer.numel() * buffer.element_size() for buffer in module.buffers())
    if size > _LARGEST:
        raise WeightsRefused("the model", f"{size / 1e9:.1f} GB do not fit one file; store them in half precision")
    return module


def _write(module: Any, example: Any, path: Path, name: str, dynamic: Dict[int, str], fold: bool) -> None:
    import onnx
    import torch

    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, (example,), str(path), input_names=[name], output_names=["vectors"],
            dynamic_axes={name: dynamic, "vectors": {0: dynamic[0]}}, opset_version=OPSET,
            dynamo=False, do_constant_folding=fold)
    model = onnx.load(str(path))
    del model.graph.value_info[:]
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _to_int8(path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    draft = path.with_suffix(".int8.onnx")
    quantize_dynamic(
        str(path), str(draft), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"])
    draft.replace(path)


def vectors_of(
    architecture: Architecture, activation: str, tensors: Dict[str, Any]
) -> Tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """(pictures, ids) → arrays, both towers run by torch in single precision: what the graphs are compared with."""
    import torch

    picture = picture_tower(architecture, activation, lambda name: tensors[name].float())
    words = word_tower(architecture, activation, lambda name: tensors[name].float())

    def run(tower: Callable) -> Callable[[Any], Any]:
        def call(array: Any) -> Any:
            with torch.no_grad():
                return tower(torch.from_numpy(array)).numpy()

        return call

    return run(picture), run(words)

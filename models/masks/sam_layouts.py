"""Which export of the SAM family a pair of graphs is, told from the names and shapes of their inputs and outputs.

Known: Segment Anything and what kept its interface, such as MobileSAM (Kirillov et al. 2023; Zhang et al. 2023), SAM 2 and
2.1 (Ravi et al. 2024), EfficientSAM in one graph or two (Xiong et al. 2023).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Optional, Sequence, Tuple

from ..errors import UserModelRefused
from .graph_file import FLOAT, INT64, UINT8, GraphFile, Port

#: What exporters call the same input.
_ALIASES = {
    "coords": ("point_coords", "batched_point_coords"),
    "labels": ("point_labels", "batched_point_labels"),
    "memory": ("mask_input", "input_masks"),
    "has_memory": ("has_mask_input", "has_input_masks"),
    "size": ("orig_im_size", "original_image_size"),
    "image": ("batched_images",),
}
_MASKS = ("masks", "output_masks")
_QUALITY = ("iou_predictions", "iou_pred")
_LOW = ("low_res_masks", "low_res_logits")
#: The side of the published models' frame, for graphs that do not state it.
_SIDE = 1024


@dataclass(frozen=True)
class Layout:
    """``side``: of the square frame that the encoder looks at; ``stretched``: the window fills it, else it keeps its shape.

    ``pixels``: what the encoder reads, "normalised", "bytes" (0..255) or "unit" (0..1); ``last``: channels come last.
    ``own_size``: it takes windows of any size as they are, and clicks in their pixels. ``names``: role → name of a decoder's
    input or output; ``passed``: what the encoder hands to the decoder, its output → the decoder's input.
    ``queries``: points come with one more dimension, of the objects asked for. ``single``: one graph does both.
    """

    family: str
    encoder: GraphFile
    decoder: GraphFile
    names: Dict[str, str]
    passed: Dict[str, str]
    side: int = _SIDE
    stretched: bool = False
    own_size: bool = False
    pixels: str = "normalised"
    last: bool = False
    queries: bool = False

    @property
    def single(self) -> bool:
        """Whether one graph does both."""
        return self.encoder.path == self.decoder.path

    @property
    def folder(self) -> Path:
        """Where its graphs are."""
        return self.decoder.path.parent

    @property
    def files(self) -> Tuple[str, ...]:
        """Names of all its files, without repetition."""
        return tuple(dict.fromkeys((*self.encoder.files, *self.decoder.files)))


def layout_of(graphs: Sequence[GraphFile]) -> Layout:
    """The layout of one graph or two, in any order. Raises UserModelRefused where it is none that is known."""
    decoders = [graph for graph in graphs if _name(graph.inputs, "coords") and _name(graph.inputs, "labels")]
    if len(decoders) != 1:
        raise _task(graphs[0] if not decoders else decoders[1], "one encoder and one decoder with points are needed")
    decoder = decoders[0]
    others = [graph for graph in graphs if graph is not decoder]
    names = {role: name for role in _ALIASES if (name := _name(decoder.inputs, role))}
    for role, known in (("masks", _MASKS), ("quality", _QUALITY), ("low", _LOW)):
        found = next((name for name in known if name in decoder.outputs), None)
        if found:
            names[role] = found
    if "masks" not in names or "quality" not in names:
        raise _task(decoder, f"its outputs are {sorted(decoder.outputs)}, expected masks and iou_predictions")
    if ("memory" in names) != ("has_memory" in names):
        raise _task(decoder, "mask_input comes without has_mask_input")
    if not others:
        return _one_graph(decoder, names)
    encoder = others[0]
    if len(encoder.inputs) != 1:
        raise _task(encoder, f"an encoder has one input, this has {sorted(encoder.inputs)}")
    passed = _passed(encoder, decoder, names)
    if names["coords"] == "batched_point_coords":
        cells = decoder.inputs[next(iter(passed.values()))].shape[-1:]
        side = 16 * cells[0] if cells and isinstance(cells[0], int) and cells[0] > 0 else _SIDE
        return Layout("EfficientSAM", encoder, decoder, names, passed, side, own_size=True, pixels="unit", queries=True)
    port = next(iter(encoder.inputs.values()))
    last = bool(port.shape) and port.shape[-1] == 3 and (len(port.shape) < 4 or port.shape[1] != 3)
    channels = port.shape[-1] if last else port.shape[-3] if len(port.shape) >= 3 else 0
    if port.kind not in (FLOAT, UINT8) or len(port.shape) not in (3, 4) or (isinstance(channels, int) and channels != 3):
        raise _task(encoder, f"it reads {port.shape}, expected an image of three bands")
    side = _side(encoder, port, last)
    pixels = "bytes" if last or port.kind == UINT8 else _pixels(encoder)
    two = len(passed) == 3
    return Layout("SAM 2" if two else "SAM", encoder, decoder, names, passed, side, stretched=two, pixels=pixels, last=last)


def _one_graph(graph: GraphFile, names: Dict[str, str]) -> Layout:
    if "image" not in names:
        raise _task(graph, "this is a decoder alone; its encoder is needed too")
    extra = set(graph.inputs) - {names[role] for role in ("image", "coords", "labels")}
    if extra:
        raise _task(graph, f"it has inputs that are not known: {sorted(extra)}")
    return Layout("EfficientSAM", graph, graph, names, {}, own_size=True, pixels="unit", queries=True)


def _passed(encoder: GraphFile, decoder: GraphFile, names: Dict[str, str]) -> Dict[str, str]:
    wanted = [name for name in decoder.inputs if name not in names.values()]
    if len(wanted) == 1 and len(encoder.outputs) == 1:
        # Exporters name a single embedding as they like.
        passed = {next(iter(encoder.outputs)): wanted[0]}
    else:
        passed = {name: name for name in wanted if name in encoder.outputs}
    if not wanted or set(passed.values()) != set(wanted) or len(wanted) > 3:
        raise _task(decoder, f"it reads {sorted(wanted)}, the encoder gives {sorted(encoder.outputs)}")
    for name, target in passed.items():
        gives, takes = encoder.outputs[name].shape, decoder.inputs[target].shape
        fixed = [(a, b) for a, b in zip(gives, takes) if isinstance(a, int) and isinstance(b, int)]
        if gives and takes and (len(gives) != len(takes) or any(a != b for a, b in fixed)):
            raise _task(decoder, f"it reads {target} of {takes}, the encoder gives {gives}: they are of two models")
    return passed


def _side(encoder: GraphFile, port: Port, last: bool) -> int:
    height, width = port.shape[-3:-1] if last else port.shape[-2:]
    fixed = [size for size in (height, width) if isinstance(size, int) and size > 0]
    if len(fixed) == 2 and fixed[0] != fixed[1]:
        raise _task(encoder, f"it reads windows of {height} × {width} pixels, expected a square")
    return fixed[0] if fixed else _SIDE


def _pixels(encoder: GraphFile) -> str:
    """What it reads, from the arithmetic on its input before the first layer: none means that it expects normalised pixels."""
    name = next(iter(encoder.inputs))
    for operator, inputs, outputs in encoder.steps:
        if name not in inputs:
            continue
        if operator in ("Sub", "Div", "Mul", "Add"):
            constants = [abs(value) for other in inputs for value in encoder.small.get(other, ())]
            if not constants:
                return "bytes"
            if operator == "Mul":
                return "bytes" if max(constants) < 0.1 else "unit"
            return "bytes" if max(constants) > 10 else "unit"
        if operator not in ("Cast", "Transpose", "Identity", "Pad", "Unsqueeze", "Resize"):
            break
        name = outputs[0]
    return "normalised"


def _name(ports: Dict[str, Port], role: str) -> Optional[str]:
    return next((name for name in _ALIASES[role] if name in ports), None)


def _task(graph: GraphFile, reason: str) -> UserModelRefused:
    return UserModelRefused(str(graph.path), "task", reason)


#: What numpy calls the element types that decoders read.
KINDS = {FLOAT: "float32", UINT8: "uint8", 6: "int32", INT64: "int64", 10: "float16", 11: "float64"}

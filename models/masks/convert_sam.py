"""Checkpoints of segment-anything (.pth) to the two graphs that :mod:`.sam_onnx` runs, on the user's machine.

    python -m terralogue.models.masks.convert_sam CHECKPOINT --out FOLDER

Needs torch, onnx, onnxscript and segment-anything, which are imported here alone. Checkpoints are read as tensors only:
nothing in them is run.
"""

import argparse
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, List, Mapping, Optional

from ..catalog import embedded
from ..errors import TerralogueError, UserModelRefused
from .graph_file import GraphFile
from .sam_shapes import SamShape, shape_of

ENCODER, DECODER = "encoder.onnx", "decoder.onnx"
#: What every supported onnxruntime reads.
_OPSET = 17
_NAMES = {768: "SAM ViT-B", 1024: "SAM ViT-L", 1280: "SAM ViT-H"}


def convert(checkpoint: Path, out: Path, name: str = "") -> Path:
    """Write the graphs, manifest.json and SHA256SUMS of ``checkpoint`` into the folder ``out``, which it makes; returns it.

    Minutes and about 6 × the checkpoint's size in memory. Raises UserModelRefused; then nothing is left in ``out``.
    """
    out = Path(out)
    sam, shape = load(Path(checkpoint))
    out.mkdir(parents=True, exist_ok=True)
    before = set(out.iterdir())
    try:
        names: List[str] = []
        for file, export in ((ENCODER, export_encoder), (DECODER, export_decoder)):
            export(sam, out / file)
            # Weights of more than 2 GB (ViT-H) do not fit one file: the exporter lays them beside it.
            names += GraphFile.read(out / file).files
        manifest = {
            "name": name or _NAMES.get(shape.width, f"SAM of {shape.width} channels"), "family": "SAM", "side": shape.side,
            "source": {"file": Path(checkpoint).name, "sha256": embedded.digest_of(Path(checkpoint))},
        }
        (out / embedded.MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        sums = "".join(f"{embedded.digest_of(out / file)}  {file}\n" for file in (*names, embedded.MANIFEST))
        (out / embedded.SUMS).write_text(sums, encoding="utf-8")
    except BaseException:
        for path in set(out.iterdir()) - before:
            path.unlink(missing_ok=True)
        raise
    return out


def load(checkpoint: Path) -> Any:
    """(the ``Sam`` of a checkpoint with its weights, its :class:`SamShape`). Raises UserModelRefused."""
    torch = _torch(checkpoint)
    if not checkpoint.is_file():
        raise UserModelRefused(str(checkpoint), "missing", "there is no such file")
    try:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserModelRefused(str(checkpoint), "damaged", reason) from error
    if not isinstance(state, dict) or not all(hasattr(value, "shape") for value in state.values()):
        raise UserModelRefused(str(checkpoint), "task", "it holds more than the weights of one model")
    try:
        shape = shape_of({name: tuple(value.shape) for name, value in state.items()})
    except ValueError as error:
        raise UserModelRefused(str(checkpoint), "task", str(error)) from error
    sam = build(shape, checkpoint)
    try:
        sam.load_state_dict(state)
    except RuntimeError as error:
        raise UserModelRefused(str(checkpoint), "task", str(error).splitlines()[0]) from error
    return sam.eval(), shape


def build(shape: SamShape, path: Path = Path("checkpoint")) -> Any:
    """A ``segment_anything.modeling.Sam`` of ``shape``, weights random. Raises UserModelRefused without the package."""
    from functools import partial

    torch = _torch(path)
    modeling = _segment_anything(path)
    encoder = modeling.ImageEncoderViT(
        img_size=shape.side, patch_size=shape.patch, embed_dim=shape.width, depth=shape.depth, num_heads=shape.heads,
        mlp_ratio=shape.mlp_ratio, out_chans=shape.channels, qkv_bias=True,
        norm_layer=partial(torch.nn.LayerNorm, eps=1e-6), use_rel_pos=True, window_size=shape.window,
        global_attn_indexes=shape.whole)
    grid = shape.side // shape.patch
    prompts = modeling.PromptEncoder(
        embed_dim=shape.channels, image_embedding_size=(grid, grid), input_image_size=(shape.side, shape.side),
        mask_in_chans=shape.mask_channels)
    masks = modeling.MaskDecoder(
        num_multimask_outputs=shape.masks - 1,
        transformer=modeling.TwoWayTransformer(
            depth=shape.decoder_depth, embedding_dim=shape.channels, num_heads=8, mlp_dim=shape.decoder_mlp),
        transformer_dim=shape.channels, iou_head_depth=3, iou_head_hidden_dim=shape.quality_width)
    return modeling.Sam(image_encoder=encoder, prompt_encoder=prompts, mask_decoder=masks)


def export_encoder(sam: Any, path: Path) -> None:
    """The image encoder: ``image`` (1, 3, S, S), normalised → ``image_embeddings`` (1, C, S / 16, S / 16)."""
    import torch

    side = sam.image_encoder.img_size
    _export(sam.image_encoder, (torch.zeros(1, 3, side, side),), path, ["image"], ["image_embeddings"], {})


def export_decoder(sam: Any, path: Path) -> None:
    """Prompt encoder and mask decoder with the inputs and outputs of segment-anything's own export, all masks kept."""
    import torch

    onnx = sys.modules["segment_anything.utils.onnx"].SamOnnxModel(sam, return_single_mask=False)
    side, grid = sam.image_encoder.img_size, sam.prompt_encoder.image_embedding_size
    dummies: Dict[str, Any] = {
        "image_embeddings": torch.zeros(1, sam.prompt_encoder.embed_dim, *grid),
        "point_coords": torch.rand(1, 3, 2) * side,
        "point_labels": torch.tensor([[1.0, 0.0, -1.0]]),
        "mask_input": torch.zeros(1, 1, 4 * grid[0], 4 * grid[1]),
        "has_mask_input": torch.ones(1),
        "orig_im_size": torch.tensor([side * 3 / 4, float(side)]),
    }
    axes = {"point_coords": {1: "points"}, "point_labels": {1: "points"}}
    _export(onnx, tuple(dummies.values()), path, list(dummies), ["masks", "iou_predictions", "low_res_masks"], axes)


def _export(
    module: Any, inputs: Any, path: Path, names: List[str], outputs: List[str], axes: Mapping[str, Mapping[int, str]]
) -> None:
    import warnings

    import torch

    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        # The decoder resizes to a size that is an input, which only the older exporter follows.
        torch.onnx.export(
            module.eval(), inputs, str(path), input_names=names, output_names=outputs, opset_version=_OPSET,
            dynamic_axes=dict(axes), dynamo=False)


def _torch(path: Path) -> Any:
    try:
        import torch
    except ImportError as error:
        raise UserModelRefused(str(path), "converter", "torch is not installed") from error
    return torch


def _segment_anything(path: Path) -> Any:
    """``segment_anything.modeling``. Of torchvision the package imports a resizing and boxes that no model needs."""
    missing = None
    try:
        import torchvision  # noqa: F401
    except (ImportError, RuntimeError):
        missing = _without_torchvision()
    try:
        import segment_anything.modeling
        import segment_anything.utils.onnx
    except ImportError as error:
        raise UserModelRefused(str(path), "converter", "segment-anything is not installed") from error
    finally:
        for name in missing or ():
            sys.modules.pop(name, None)
    return segment_anything.modeling


def _without_torchvision() -> List[str]:
    names = ["torchvision", "torchvision.transforms", "torchvision.transforms.functional", "torchvision.ops",
             "torchvision.ops.boxes"]
    for name in names:
        sys.modules[name] = module = ModuleType(name)
        module.__path__ = []
        for unused in ("resize", "to_pil_image", "batched_nms", "box_area"):
            setattr(module, unused, None)
    return names


def main(arguments: Optional[List[str]] = None) -> int:
    """The command; 0 on success, 1 with one line on stderr."""
    parser = argparse.ArgumentParser(prog="convert_sam", description="A segment-anything checkpoint to ONNX.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder of the engine, which is made")
    parser.add_argument("--name", default="", help="as it is listed in the panel")
    options = parser.parse_args(arguments)
    try:
        print(convert(options.checkpoint, options.out, options.name))
    except TerralogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

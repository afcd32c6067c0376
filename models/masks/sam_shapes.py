"""The sizes of a Segment Anything model, read from the shapes of its weights (Kirillov et al. 2023, appendix A)."""

import re
from dataclasses import dataclass
from typing import Mapping, Tuple

Shapes = Mapping[str, Tuple[int, ...]]


@dataclass(frozen=True)
class SamShape:
    """``side``: pixels of the frame; ``width``, ``depth``, ``heads``: of the encoder; ``window``: cells of a local block,
    0 for none; ``whole``: indices of the blocks that look at everything; ``channels``: of the embedding; ``masks``: tokens.
    """

    side: int
    patch: int
    width: int
    depth: int
    heads: int
    mlp_ratio: float
    window: int
    whole: Tuple[int, ...]
    channels: int
    mask_channels: int
    masks: int
    decoder_depth: int
    decoder_mlp: int
    quality_width: int


def shape_of(shapes: Shapes) -> SamShape:
    """The sizes behind a checkpoint's ``shapes``, name → shape. Raises ValueError, a clause, where it is none of SAM's."""
    try:
        return _shape_of(shapes)
    except (KeyError, IndexError) as error:
        raise ValueError(
            "it is not a checkpoint of segment-anything with a ViT encoder (vit_b, vit_l, vit_h); others come as ONNX"
        ) from error


def _shape_of(shapes: Shapes) -> SamShape:
    width, bands, patch, _ = shapes["image_encoder.patch_embed.proj.weight"]
    _, grid, across, _ = shapes["image_encoder.pos_embed"]
    if bands != 3 or grid != across:
        raise ValueError("its encoder does not read square images of three bands")
    depth = _count(shapes, r"image_encoder\.blocks\.(\d+)\.norm1\.weight")
    reaches = [shapes[f"image_encoder.blocks.{index}.attn.rel_pos_h"] for index in range(depth)]
    full = 2 * grid - 1
    local = {reach for reach, _ in reaches if reach != full}
    if len(local) > 1:
        raise ValueError("its blocks look at windows of different sizes")
    return SamShape(
        side=grid * patch, patch=patch, width=width, depth=depth, heads=width // reaches[0][1],
        mlp_ratio=shapes["image_encoder.blocks.0.mlp.lin1.weight"][0] / width,
        window=(local.pop() + 1) // 2 if local else 0,
        whole=tuple(index for index, (reach, _) in enumerate(reaches) if reach == full),
        channels=shapes["image_encoder.neck.0.weight"][0],
        mask_channels=shapes["prompt_encoder.mask_downscaling.6.weight"][1],
        masks=shapes["mask_decoder.mask_tokens.weight"][0],
        decoder_depth=_count(shapes, r"mask_decoder\.transformer\.layers\.(\d+)\.norm1\.weight"),
        decoder_mlp=shapes["mask_decoder.transformer.layers.0.mlp.lin1.weight"][0],
        quality_width=shapes["mask_decoder.iou_prediction_head.layers.0.weight"][0],
    )


def _count(shapes: Shapes, pattern: str) -> int:
    found = {int(match.group(1)) for match in (re.fullmatch(pattern, name) for name in shapes) if match}
    if found != set(range(len(found))) or not found:
        raise KeyError(pattern)
    return len(found)

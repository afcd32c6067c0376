"""What network a file of weights holds, read from the names and shapes of its tensors alone.

Three layouts are known: open_clip's (GeoRSCLIP, SkyCLIP, RemoteCLIP), transformers' CLIP, and transformers' SigLIP
(Git-RSCLIP). Only the number of heads cannot be seen in a shape; it follows from the width, as in every published size.
"""

import math
from dataclasses import dataclass
from typing import Mapping, Tuple

from ..errors import WeightsRefused

Shapes = Mapping[str, Tuple[int, ...]]
#: Widths of towers whose heads are not 64 wide: ViT-H, -g and -bigG of open_clip, So400m of SigLIP.
_HEADS = {1280: 16, 1408: 16, 1664: 16, 1152: 16}
#: (width of the picture tower, patch) → the name that open_clip gives the size.
_NAMES = {(768, 32): "ViT-B-32", (768, 16): "ViT-B-16", (1024, 14): "ViT-L-14", (1024, 16): "ViT-L-16",
          (1280, 14): "ViT-H-14", (1408, 14): "ViT-g-14", (1664, 14): "ViT-bigG-14", (1152, 14): "ViT-SO400M-14"}
_CLIP, _SIGLIP = "clip", "siglip"


@dataclass(frozen=True)
class Tower:
    """A transformer: ``width`` of its tokens, number of ``layers`` and ``heads``."""

    width: int
    layers: int
    heads: int


@dataclass(frozen=True)
class Architecture:
    """``family``: "clip" or "siglip"; ``dim``: of the shared space; pictures are ``side`` pixels in patches of ``patch``.

    ``context``: tokens of a text at most; ``vocabulary``: how many there are to choose from.
    """

    family: str
    dim: int
    side: int
    patch: int
    picture: Tower
    words: Tower
    context: int
    vocabulary: int

    @property
    def name(self) -> str:
        """As open_clip calls the size, "ViT-B-32"; widths and patch where it has no name for it."""
        known = _NAMES.get((self.picture.width, self.patch), f"ViT-{self.picture.width}-{self.patch}")
        return f"{known}-{self.side}" if known == "ViT-L-14" and self.side != 224 else known


def architecture_of(shapes: Shapes, file: str) -> Architecture:
    """The network whose tensors have ``shapes``, names as ``weights.read_weights`` gives them; ``file``: for errors.

    Raises WeightsRefused for what is none of the known ones, in words that say what it is where that can be told.
    """
    if "visual.conv1.weight" in shapes and "visual.layer1.0.conv1.weight" in shapes:
        raise WeightsRefused(file, "its picture tower is a ResNet; only vision transformers are converted")
    if "visual.trunk.patch_embed.proj.weight" in shapes:
        raise WeightsRefused(file, "its picture tower is one of timm's; take the model in transformers' layout")
    try:
        if "visual.conv1.weight" in shapes:
            return _open_clip(shapes)
        if "vision_model.head.probe" in shapes:
            return _siglip(shapes)
    except KeyError as error:
        raise WeightsRefused(file, f"the tensor {error.args[0]} is missing") from error
    except (ValueError, ZeroDivisionError) as error:
        raise WeightsRefused(file, f"its shapes do not fit each other: {error}") from error
    raise WeightsRefused(file, "it holds neither CLIP nor SigLIP: no picture tower was found")


def _open_clip(shapes: Shapes) -> Architecture:
    width, _, patch, _ = shapes["visual.conv1.weight"]
    tokens = shapes["visual.positional_embedding"][0]
    context, text_width = shapes["positional_embedding"]
    vocabulary = shapes["token_embedding.weight"][0]
    dim = shapes["visual.proj"][1]
    if shapes["text_projection"] != (text_width, dim):
        raise ValueError(f"the text projection is {shapes['text_projection']}, not {(text_width, dim)}")
    return Architecture(
        _CLIP, dim, _grid(tokens - 1) * patch, patch,
        _tower(shapes, width, "visual.transformer.resblocks.", "ln_1.weight"),
        _tower(shapes, text_width, "transformer.resblocks.", "ln_1.weight"), context, vocabulary)


def _siglip(shapes: Shapes) -> Architecture:
    width, _, patch, _ = shapes["vision_model.embeddings.patch_embedding.weight"]
    tokens = shapes["vision_model.embeddings.position_embedding.weight"][0]
    context, text_width = shapes["text_model.embeddings.position_embedding.weight"]
    vocabulary = shapes["text_model.embeddings.token_embedding.weight"][0]
    dim = shapes["text_model.head.weight"][0]
    if dim != width:
        raise ValueError(f"pictures have {width} figures, texts {dim}")
    return Architecture(
        _SIGLIP, dim, _grid(tokens) * patch, patch,
        _tower(shapes, width, "vision_model.encoder.layers.", "layer_norm1.weight"),
        _tower(shapes, text_width, "text_model.encoder.layers.", "layer_norm1.weight"), context, vocabulary)


def _grid(patches: int) -> int:
    side = math.isqrt(max(patches, 0))
    if side == 0 or side * side != patches:
        raise ValueError(f"{patches} patches are no square")
    return side


def _tower(shapes: Shapes, width: int, prefix: str, last: str) -> Tower:
    layers = 0
    while f"{prefix}{layers}.{last}" in shapes:
        if shapes[f"{prefix}{layers}.{last}"] != (width,):
            raise ValueError(f"{prefix}{layers} is not {width} wide")
        layers += 1
    if layers == 0:
        raise KeyError(f"{prefix}0.{last}")
    return Tower(width, layers, heads_of(width))


def heads_of(width: int) -> int:
    """Heads of a published tower of ``width``: 64 wide each, but for the few that are listed. Raises ValueError."""
    if width in _HEADS:
        return _HEADS[width]
    if width % 64:
        raise ValueError(f"a width of {width} does not divide into heads")
    return width // 64

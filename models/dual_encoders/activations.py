"""Which activation published weights were trained with. It cannot be seen in a tensor, and the wrong one costs points silently.

OpenAI's CLIP has QuickGELU, LAION's GELU; what was trained on from either keeps it (SYSTEMS-A 1.1, SYSTEMS-B 4.1). RemoteCLIP
does not say, so that its activation is stated by the user or found by a check.
"""

import re
from pathlib import Path
from typing import Any, Dict, NamedTuple, Optional

from ..errors import WeightsRefused
from .layouts import Architecture

#: Folder and file, in lower case → activation, and on what it was trained.
_KNOWN = (
    (r"rs5m_vit-b-32", "quick_gelu", "GeoRSCLIP's ViT-B-32 was trained on from OpenAI's weights"),
    (r"rs5m_vit-l-14", "quick_gelu", "GeoRSCLIP's ViT-L-14 follows its ViT-B-32, from OpenAI's weights"),
    (r"rs5m_vit-h-14", "gelu", "GeoRSCLIP's ViT-H-14 was trained on from LAION's weights"),
    (r"skyclip_vit_?b_?32", "gelu", "SkyCLIP's ViT-B-32 was trained on from LAION's weights"),
    (r"(?:sky)?clip_vit_?l_?14", "quick_gelu", "SkyCLIP's ViT-L-14 was trained on from OpenAI's weights"),
)
#: What a config.json of transformers calls it.
_HIDDEN = {"quick_gelu": "quick_gelu", "gelu": "gelu", "gelu_pytorch_tanh": "gelu_tanh"}
_UNKNOWN = ("which activation it was trained with cannot be seen in it; give --activation quick_gelu (trained on from OpenAI's "
            "weights) or gelu (from LAION's), or have it found with --expect or --check")


class Activation(NamedTuple):
    """``name``: one of ``networks.ACTIVATIONS``, "" if unknown; ``basis``: how that is known, for the manifest."""

    name: str
    basis: str


def activation_of(
    path: Path, architecture: Architecture, config: Dict[str, Any], run: str, stated: Optional[str] = None, sought: bool = False
) -> Activation:
    """How the layers of ``path`` are joined. ``stated``: by the user; ``sought``: a check will find what is not known here.

    Raises WeightsRefused if nobody knows, or if what the user states is not what the file is known to have.
    """
    known = _known(path, architecture, config, run)
    if stated is None:
        if not known.name and not sought:
            raise WeightsRefused(path.name, _UNKNOWN)
        return known
    if known.name and known.name != stated:
        raise WeightsRefused(path.name, f"it has {known.name}, not {stated}: {known.basis}; leave --activation out")
    return known if known.name else Activation(stated, "stated by the user")


def _known(path: Path, architecture: Architecture, config: Dict[str, Any], run: str) -> Activation:
    if architecture.family == "siglip":
        return Activation("gelu_tanh", "SigLIP has no other")
    said = config.get("vision_config", {}) if isinstance(config.get("vision_config"), dict) else {}
    if str(said.get("hidden_act")) in _HIDDEN:
        return Activation(_HIDDEN[str(said["hidden_act"])], "said by the config.json beside the weights")
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}".lower()
    for pattern, activation, why in _KNOWN:
        if re.search(pattern, name):
            return Activation(activation, why)
    if "quickgelu" in run.lower():
        return Activation("quick_gelu", f"the training run was called {run[:80]}")
    if architecture.name in ("ViT-H-14", "ViT-g-14", "ViT-bigG-14"):
        return Activation("gelu", f"{architecture.name} was only ever published with LAION's weights")
    return Activation("", "")

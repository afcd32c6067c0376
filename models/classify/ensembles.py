"""What carries a class name when a tower reads it: the templates of published protocols, and the mean over them.

GeoRSCLIP: 105 templates, three kinds of image in 35 wordings each, whose vectors are averaged as the tower gives them.
SkyScript: two templates, whose vectors are averaged at unit length (SYSTEMS-A 1.5, SYSTEMS-B 4.1).
"""

from dataclasses import dataclass
from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..language.text_tower import PROMPTS

_KINDS = (("a", "remote sensing image"), ("an", "aerial image"), ("a", "satellite image"))
_OF_THE_IMAGE = ("low resolution", "bad", "cropped", "bright", "dark", "close-up", "black and white", "jpeg corrupted", "blurry",
                 "good")
_OF_THE_THING = ("large", "nice", "small", "weird", "cool")


@dataclass(frozen=True)
class Ensemble:
    """``templates`` hold {} for the class; ``unit``: their vectors are brought to unit length before they are averaged."""

    name: str
    templates: Tuple[str, ...]
    unit: bool = True


def _georsclip() -> Tuple[str, ...]:
    found = []
    for article, kind in _KINDS:
        found += [f"{article} {kind} of {word} {{}}." for word in ("many", "a", "the", "the hard to see", "a hard to see")]
        found += [f"a {quality} {kind} of {word} {{}}." for quality in _OF_THE_IMAGE for word in ("the", "a")]
        found += [f"{article} {kind} of {word} {quality} {{}}." for quality in _OF_THE_THING for word in ("the", "a")]
    return tuple(found)


ENSEMBLES: Dict[str, Ensemble] = {each.name: each for each in (
    Ensemble("name", ("{}",)),
    Ensemble("nano", PROMPTS),
    Ensemble("skyscript", ("a satellite photo of {}.", "a satellite image of {}")),
    Ensemble("georsclip", _georsclip(), unit=False),
)}  # fmt: skip


#: Classes from which 105 texts each would take longer than the tiles.
_MANY = 60


def ensemble_for(embedder: Any, classes: int = 1) -> Ensemble:
    """The one that an encoder was measured with: GeoRSCLIP's own, SkyScript's two for other published ones.

    Nano names UC Merced and EuroSAT tiles better with GeoRSCLIP's 105 than with its own five (bench_classify.py).
    """
    if hasattr(embedder, "finest"):  # only Nano knows at which distances it was trained
        return ENSEMBLES["georsclip" if classes <= _MANY else "nano"]
    return ENSEMBLES["georsclip" if "rs5m" in str(embedder.name).lower().replace("-", "") else "skyscript"]


def plain_name(name: str) -> str:
    """A class name as the protocols say it: lower case, spaces for _ and /."""
    return " ".join(name.lower().replace("_", " ").replace("/", " ").split())


def class_vectors(
    embedder: Any, names: Sequence[str], ensemble: Ensemble, cancel: Optional[CancelToken] = None
) -> np.ndarray:
    """(classes, dim) float32 unit vectors. Raises ValueError for a name without a letter or figure, Cancelled."""
    raw = None if ensemble.unit else getattr(embedder, "raw_words", None)
    read = embedder.words if raw is None else raw
    rows = []
    for name in names:
        # A name may hold braces: it is put in, never formatted.
        mean = read([template.replace("{}", plain_name(name)) for template in ensemble.templates], cancel).mean(0)
        rows.append(mean / max(float(np.linalg.norm(mean)), 1e-12))
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, embedder.dim), np.float32)

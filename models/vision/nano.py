"""Terralogue Nano at run time: what one tile shows, and what changed between two tiles of the same ground.

Knows tiles, not rasters: reading, stretching and blending belong to ``imagery`` and ``engine``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import ModelUnreadable
from ..runtime import Session
from .legend import CHANGES, COVERS, SCENES, gsd_code


@dataclass(frozen=True)
class Seen:
    """``cover`` (n, 6, H, W) float32 probabilities, summing to 1; ``scenes`` (n, 31) float32 logits.

    ``features`` (n, C, H/4, W/4) and ``coarse`` (n, 6, H/4, W/4, cover probabilities) are what the change head reads.
    """

    cover: np.ndarray
    scenes: np.ndarray
    features: np.ndarray
    coarse: np.ndarray


class Nano:
    """The embedded model. :meth:`see` and :meth:`compare` are cancellable and safe on any thread, one at a time."""

    tile = 256
    overlap = 64

    def __init__(self, see: Session, change: Session, manifest: Dict[str, Any], digest: str) -> None:
        self._see, self._change = see, change
        self._manifest = manifest
        self.digest = digest
        self.covers: Tuple[str, ...] = COVERS
        self.scenes: Tuple[str, ...] = SCENES
        wanted = {"rgb", "gsd"}
        if set(see.inputs) != wanted:
            raise ModelUnreadable(str(see.path), f"inputs are {sorted(see.inputs)}, expected {sorted(wanted)}")
        if manifest.get("covers") != list(COVERS) or manifest.get("changes") != list(CHANGES):
            raise ModelUnreadable(str(see.path), "its classes are not those of this version")

    @classmethod
    def load(cls, folder: Path, threads: Optional[int] = None) -> Nano:
        """Verify digests, then load both graphs. Raises ModelMissing, ModelDigestError, ModelUnreadable, RuntimeMissing."""
        digests = embedded.verify(folder)
        manifest = embedded.manifest(folder)
        return cls(Session(folder / "nano-see.onnx", threads), Session(folder / "nano-change.onnx", threads), manifest,
                   f"sha256:{digests['nano-see.onnx']}")

    @property
    def name(self) -> str:
        """Name and version, as results carry it."""
        return str(self._manifest["name"])

    @property
    def provider(self) -> str:
        """The ONNX Runtime provider that runs it."""
        return self._see.provider

    @property
    def fallback(self) -> str:
        """Why a faster provider does not run it, "" if none was passed over."""
        return self._see.fallback

    @property
    def gsd_range(self) -> Tuple[float, float]:
        """Ground sample distances, in metres, at which it was trained and measured."""
        low, high = self._manifest["gsd_range"]
        return float(low), float(high)

    @property
    def thresholds(self) -> Dict[str, float]:
        """Score from which a pixel is taken as the cover (or "change"), picked on validation places."""
        return {name: float(value) for name, value in self._manifest["thresholds"].items()}

    @property
    def errors(self) -> Dict[str, Any]:
        """Validation errors by cover, from the model card."""
        return dict(self._manifest.get("errors", {}))

    def see(self, rgb: np.ndarray, gsd: Optional[float], cancel: Optional[CancelToken] = None) -> Seen:
        """What each tile shows. ``rgb`` (n, 3, H, W) float32 in 0..1, H and W multiples of 32; ``gsd`` in metres."""
        return self.see_each(rgb, [gsd] * len(rgb), cancel)

    def see_each(self, rgb: np.ndarray, gsd: Sequence[Optional[float]], cancel: Optional[CancelToken] = None) -> Seen:
        """As :meth:`see`, with a ground sample distance per tile."""
        feeds = {"rgb": np.ascontiguousarray(rgb, np.float32), "gsd": gsd_code(gsd)}
        cover, scenes, features, coarse = self._see.run(feeds, cancel)
        return Seen(cover, scenes, features, coarse)

    def compare(self, before: Seen, after: Seen, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(n, 7, H, W) probability that each cover is present on exactly one date; the last channel: any change."""
        feeds = {"before": before.features, "after": after.features,
                 "cover_before": before.coarse, "cover_after": after.coarse}
        return self._change.run(feeds, cancel)[0]

"""Terralogue Nano at run time: what one tile shows, and what changed between two tiles of the same ground.

Knows tiles, not rasters: reading, stretching and blending belong to ``imagery`` and ``engine``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import ModelUnreadable
from ..runtime import Session
from .detections import Detection, peaks
from .legend import CHANGES, COVERS, MASK_CLASSES, SATELLITE_GSD, SCENES, THINGS, gsd_code


@dataclass(frozen=True)
class Seen:
    """``cover`` (n, 6, H, W) float32 probabilities, summing to 1; ``scenes`` (n, 31) float32 logits.

    ``features`` (n, C, H/4, W/4) and ``coarse`` (n, 6, H/4, W/4, cover probabilities) are what the change head reads.
    ``grid`` (n, 544, H/32, W/32) float32: what the decoder of language reads; None from a graph without it.
    """

    cover: np.ndarray
    scenes: np.ndarray
    features: np.ndarray
    coarse: np.ndarray
    grid: Optional[np.ndarray] = None


class Nano:
    """The embedded model. :meth:`see` and :meth:`compare` are cancellable and safe on any thread, one at a time."""

    tile = 256
    overlap = 64

    def __init__(
        self, see: Session, change: Session, things: Session, mask: Session, manifest: Dict[str, Any], digest: str
    ) -> None:
        self._see, self._change, self._things, self._mask = see, change, things, mask
        self._manifest = manifest
        self._powers = _powers(manifest.get("change_thresholds") or {})
        self.digest = digest
        self.covers: Tuple[str, ...] = COVERS
        self.scenes: Tuple[str, ...] = SCENES
        wanted = {"rgb", "gsd"}
        if set(see.inputs) != wanted:
            raise ModelUnreadable(str(see.path), f"inputs are {sorted(see.inputs)}, expected {sorted(wanted)}")
        expected = {"covers": COVERS, "changes": CHANGES, "things": THINGS, "mask_classes": MASK_CLASSES}
        missing = {"cover", "scenes", "features", "coarse"} - set(see.outputs)
        if missing:
            raise ModelUnreadable(str(see.path), f"outputs {sorted(missing)} are missing")
        if any(manifest.get(key) != list(names) for key, names in expected.items()):
            raise ModelUnreadable(str(see.path), "its classes are not those of this version")

    @classmethod
    def load(cls, folder: Path, threads: Optional[int] = None) -> Nano:
        """Verify digests, then load the graphs. Raises ModelMissing, ModelDigestError, ModelUnreadable, RuntimeMissing."""
        digests = embedded.verify(folder)
        manifest = embedded.manifest(folder)
        see, change, things, mask = (
            Session(folder / f"nano-{name}.onnx", threads) for name in ("see", "change", "things", "mask"))
        return cls(see, change, things, mask, manifest, f"sha256:{digests['nano-see.onnx']}")

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
    def runs_on(self) -> Dict[str, Tuple[str, str]]:
        """By name of a graph, the provider that runs it and why not a faster one."""
        graphs = {"see": self._see, "change": self._change, "things": self._things, "mask": self._mask}
        return {name: (graph.provider, graph.fallback) for name, graph in graphs.items()}

    @property
    def gsd_range(self) -> Tuple[float, float]:
        """Ground sample distances, in metres, at which it was trained and measured."""
        low, high = self._manifest["gsd_range"]
        return float(low), float(high)

    @property
    def has_grid(self) -> bool:
        """Whether :meth:`see` returns ``grid``: the image tokens of the decoder of language and of the retrieval."""
        return "grid" in self._see.outputs

    @property
    def thresholds(self) -> Dict[str, float]:
        """Score from which a pixel is taken as the cover (or "change"), picked on validation places."""
        return {name: float(value) for name, value in self._manifest["thresholds"].items()}

    @property
    def things(self) -> Tuple[str, ...]:
        """The labels that it finds well enough to be asked for, as measured on validation scenes."""
        return tuple(self._manifest.get("thing_thresholds", {}))

    def thing_threshold(self, label: str) -> float:
        """Score from which a peak counts as a thing of ``label``, picked on validation scenes; 2 (never) if unmeasured."""
        return float(self._manifest.get("thing_thresholds", {}).get(label, 2.0))

    def checked(self, label: str) -> bool:
        """Whether things of ``label`` passed a check on real imagery; else they were learnt from drawn scenes only."""
        return bool(self._manifest.get("thing_checks", {}).get(label, {}).get("passed", False))

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
        found = dict(zip(self._see.outputs, self._see.run(feeds, cancel)))
        return Seen(found["cover"], found["scenes"], found["features"], found["coarse"], found.get("grid"))

    def grids(
        self, rgb: np.ndarray, gsd: Sequence[Optional[float]], cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """``Seen.grid`` alone, (n, 544, H/32, W/32) float32, in less time: heads that nobody asked for do not run.

        Raises ModelUnreadable for a graph without it.
        """
        if not self.has_grid:
            raise ModelUnreadable(self.name, "it has no image tokens; its graph has no output “grid”")
        feeds = {"rgb": np.ascontiguousarray(rgb, np.float32), "gsd": gsd_code(gsd)}
        return np.asarray(self._see.run(feeds, cancel, ["grid"])[0])

    def scene_logits(
        self, rgb: np.ndarray, gsd: Optional[float], seen: Seen, cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """(n, 31) scene logits of tiles already ``seen``, averaged with those of the tiles at half their size.

        Half the pixels show the layout of a place, all of them its texture: together more tiles are named rightly (model
        card). Satellite tiles, and sides that half do not fit the encoder's stride, keep the logits they have.
        """
        height, width = rgb.shape[2:]
        if gsd is None or gsd > SATELLITE_GSD / 2 or height % 64 or width % 64:
            return seen.scenes
        half = rgb.reshape(len(rgb), 3, height // 2, 2, width // 2, 2).mean((3, 5))
        return (seen.scenes + self.see(half, gsd * 2, cancel).scenes) / 2

    def compare(self, before: Seen, after: Seen, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(n, 7, H, W) scores in 0..1 that each cover is present on exactly one date; the last channel: any change.

        Each channel is raised to the power that takes its own threshold to one half, so that one threshold serves all: what
        is sure of a roof is not what is sure of grass.
        """
        feeds = {"before": before.features, "after": after.features,
                 "cover_before": before.coarse, "cover_after": after.coarse}
        scores = self._change.run(feeds, cancel)[0]
        return scores if self._powers is None else np.asarray(scores ** self._powers)

    def with_change_thresholds(self, thresholds: Mapping[str, float]) -> "Nano":
        """The same graphs with other thresholds of :meth:`compare`, by channel of ``legend.CHANGES``; those left out: 0.5."""
        manifest = {**self._manifest, "change_thresholds": dict(thresholds)}
        return Nano(self._see, self._change, self._things, self._mask, manifest, self.digest)

    def find(self, features: np.ndarray, threshold: float, cancel: Optional[CancelToken] = None) -> List[List[Detection]]:
        """The things in each tile whose score reaches ``threshold``, boxes in pixels of the tile, best first.

        ``features`` (n, 96, H/4, W/4) of :class:`Seen`.
        """
        heat, shape = self._things.run({"features": np.ascontiguousarray(features, np.float32)}, cancel)
        return [peaks(tile, form, THINGS, threshold) for tile, form in zip(heat, shape)]

    def mask(
        self, features: np.ndarray, prompts: np.ndarray, label: str = "", cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """(n, H, W) scores 0..1 of what is pointed at in one tile or several.

        ``features`` (n, 96, H/4, W/4) of :class:`Seen`; ``prompts`` (n, 3, H/4, W/4) of ``prompts.prompt_maps``;
        ``label``: a name of ``legend.MASK_CLASSES``; with empty prompts, all of it is meant.
        """
        classes = np.zeros((len(prompts), len(MASK_CLASSES)), np.float32)
        if label:
            classes[:, MASK_CLASSES.index(label)] = 1.0
        feeds = {"features": np.ascontiguousarray(features), "prompts": np.ascontiguousarray(prompts, np.float32),
                 "classes": classes}
        return np.asarray(self._mask.run(feeds, cancel)[0])


def _powers(thresholds: Mapping[str, float]) -> Optional[np.ndarray]:
    """(7, 1, 1) exponents that take each channel's threshold to 0.5; None where all are 0.5. Raises ModelUnreadable."""
    limits = np.array([float(thresholds.get(name, 0.5)) for name in CHANGES])
    if not ((limits > 0) & (limits < 1)).all():
        raise ModelUnreadable("manifest.json", "a threshold of change is not between 0 and 1")
    if (limits == 0.5).all():
        return None
    return np.asarray((np.log(0.5) / np.log(limits)).astype(np.float32)[:, None, None])

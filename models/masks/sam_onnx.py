"""Encoder and decoder of the SAM family as a mask engine: whichever export they are, windows and clicks in, masks out."""

import hashlib
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import ModelUnreadable, UserModelRefused
from ..runtime import Session
from .engine import Embedding, Prompt, Proposal
from .sam_frame import Frame, normalised
from .sam_layouts import KINDS, Layout

#: The labels that the family gives points: a click, a click outside, the corners of a box, no point at all.
INSIDE, OUTSIDE, CORNERS, NOTHING = 1.0, 0.0, (2.0, 3.0), -1.0
#: The last so many clicks count: every one is a token of attention, and thousands say no more than these.
_MOST = 128
#: EfficientSAM reads so many points, and none outside.
_MOST_EFFICIENT = 6
#: Only so many masks are proposed.
_PROPOSALS = 3


class SamMasks:
    """A :class:`~.engine.MaskEngine` over the graphs of a :class:`Layout`. One thread at a time; loaded by :meth:`load`."""

    def __init__(self, layout: Layout, name: str, digest: str, encoder: Optional[Session], decoder: Session) -> None:
        self._layout, self._encoder, self._decoder = layout, encoder, decoder
        self.name, self.digest, self.side = name, digest, layout.side

    @classmethod
    def load(
        cls, layout: Layout, name: str, digests: Optional[Mapping[str, str]] = None, threads: Optional[int] = None
    ) -> "SamMasks":
        """Load the graphs. ``digests``: of its files, as checked; None: they are made here.

        Raises UserModelRefused (a file without a digest, a graph that ONNX Runtime refuses), RuntimeMissing.
        """
        unlisted = [file for file in layout.files if digests is not None and file not in digests]
        if unlisted:
            raise UserModelRefused(str(layout.folder / unlisted[0]), "changed", "it is not listed in SHA256SUMS")
        known = digests or {file: embedded.digest_of(layout.folder / file) for file in layout.files}
        joined = hashlib.sha256("".join(known[file] for file in sorted(layout.files)).encode()).hexdigest()
        encoder = None if layout.single else _session(layout.encoder.path, threads)
        return cls(layout, name, f"sha256:{joined}", encoder, _session(layout.decoder.path, threads))

    @property
    def family(self) -> str:
        """Which export of the family it is."""
        return self._layout.family

    @property
    def provider(self) -> str:
        """The ONNX Runtime provider that runs the encoder, the slow half; of one graph that does both, that one."""
        return (self._encoder or self._decoder).provider

    @property
    def fallback(self) -> str:
        """Why not a faster provider, "" if none was passed over."""
        return (self._encoder or self._decoder).fallback

    def encode(self, rgb: np.ndarray, gsd: Optional[float] = None, cancel: Optional[CancelToken] = None) -> Embedding:
        """Look at ``rgb`` (3, H, W) float32 in 0..1 of any size; ``gsd`` is not read. Raises Cancelled, UserModelRefused."""
        shape = rgb.shape[1], rgb.shape[2]
        layout, frame = self._layout, Frame(self._layout, shape)
        image = frame.image(np.asarray(rgb, np.float32))
        if self._encoder is None:
            # One graph does both: what it saw is the window itself.
            return Embedding({"image": image}, shape)
        (name, port), = layout.encoder.inputs.items()
        fed = normalised(image, layout, len(port.shape)).astype(KINDS[port.kind])
        found = dict(zip(self._encoder.outputs, self._run(self._encoder, {name: fed}, cancel)))
        return Embedding({target: found[source] for source, target in layout.passed.items()}, shape)

    def decode(self, seen: Embedding, prompt: Prompt, cancel: Optional[CancelToken] = None) -> List[Proposal]:
        """Masks, best first: of one click alone up to three, the part, the thing and what it belongs to, as the model ranks
        them; of more, the one that its decoder keeps for prompts without doubt, if it has one. Words are not understood.
        """
        if not prompt.inside and prompt.box is None:
            return []
        layout, frame = self._layout, Frame(self._layout, seen.shape)
        points, labels = self._points(prompt, frame)
        feeds = dict(seen.arrays)
        if layout.single:
            feeds = {layout.names["image"]: seen.arrays["image"][None]}
        feeds[layout.names["coords"]] = points[None, None] if layout.queries else points[None]
        feeds[layout.names["labels"]] = labels[None, None] if layout.queries else labels[None]
        if "memory" in layout.names:
            feeds[layout.names["memory"]], known = self._memory(prompt)
            feeds[layout.names["has_memory"]] = np.array([known], np.float32)
        if "size" in layout.names:
            feeds[layout.names["size"]] = np.array(seen.shape)
        ports = layout.decoder.inputs
        fed = {name: np.ascontiguousarray(value, KINDS.get(ports[name].kind, "float32")) for name, value in feeds.items()}
        found = dict(zip(self._decoder.outputs, self._run(self._decoder, fed, cancel)))
        return self._proposals(found, prompt, frame, seen.shape)

    def _points(self, prompt: Prompt, frame: Frame) -> Tuple[np.ndarray, np.ndarray]:
        """(n, 2) and (n,) float32: where in the frame, and what is there."""
        efficient = self._layout.family == "EfficientSAM"
        corners = [] if prompt.box is None else [prompt.box[:2], prompt.box[2:]]
        room = (_MOST_EFFICIENT if efficient else _MOST) - len(corners)
        clicks = [(point, INSIDE) for point in prompt.inside]
        if not efficient:
            clicks += [(point, OUTSIDE) for point in prompt.outside]
        clicks = clicks[-room:]
        # Without a box the family's decoders were trained with one point that is none.
        listed = [*clicks, *zip(corners, CORNERS)] if corners else [*clicks, (None, NOTHING)]
        places = [(0.0, 0.0) if point is None else frame.place(point) for point, _ in listed]
        return np.array(places, np.float32), np.array([label for _, label in listed], np.float32)

    def _memory(self, prompt: Prompt) -> Tuple[np.ndarray, float]:
        """(1, 1, h, w) float32 logits of the mask that is refined, and whether there is one (1.0) or not (0.0)."""
        shape = [size for size in self._layout.decoder.inputs[self._layout.names["memory"]].shape[-2:] if isinstance(size, int)]
        wanted = tuple(shape) if len(shape) == 2 else (self._layout.side // 4,) * 2
        memory = prompt.memory
        if memory is None or memory.shape[-2:] != wanted:
            return np.zeros((1, 1, *wanted), np.float32), 0.0
        return np.asarray(memory, np.float32).reshape(1, 1, *wanted), 1.0

    def _proposals(
        self, found: Dict[str, np.ndarray], prompt: Prompt, frame: Frame, shape: Tuple[int, int]
    ) -> List[Proposal]:
        names = self._layout.names
        masks = found[names["masks"]]
        masks = np.asarray(masks.reshape(-1, *masks.shape[-2:]), np.float32)
        quality = np.asarray(found[names["quality"]], np.float32).reshape(-1)
        low = found.get(names.get("low", ""))
        framed = not self._layout.own_size and (low is not None or "size" not in names)
        if low is not None and framed:
            # Full masks of some exports are cut as the image was with which they were traced: these are not.
            masks = np.asarray(low.reshape(-1, *low.shape[-2:]), np.float32)
        memory = masks if "memory" in names else None
        if len(quality) < len(masks) or not np.isfinite(quality).all():
            raise UserModelRefused(str(self._decoder.path), "task", f"{len(masks)} masks with {len(quality)} qualities")
        proposals = []
        for index in self._order(quality[:len(masks)], prompt):
            logits = frame.mask(masks[index]) if framed else masks[index]
            if logits.shape != shape or not np.isfinite(logits).all():
                raise UserModelRefused(str(self._decoder.path), "task", f"its masks are not numbers of {shape} pixels")
            scores = 1 / (1 + np.exp(-np.clip(logits, -60, 60)))
            if self._layout.family == "EfficientSAM" and any(_on(scores, point) for point in prompt.outside):
                continue
            if (scores >= 0.5).any():
                kept = None if memory is None else memory[index].copy()[None]
                proposals.append(Proposal(scores, float(np.clip(quality[index], 0, 1)), kept))
        return proposals

    def _order(self, quality: np.ndarray, prompt: Prompt) -> List[int]:
        """Indices of the masks to propose. Of four masks the first is the one for prompts that leave no doubt."""
        doubt = len(prompt.inside) + len(prompt.outside) == 1 and prompt.box is None and prompt.memory is None
        ranked = [int(index) for index in np.argsort(-quality, kind="stable")]
        if len(quality) == 4:
            ranked = [index for index in ranked if index] if doubt else [0]
        return ranked[:_PROPOSALS]

    def _run(self, session: Session, feeds: Dict[str, np.ndarray], cancel: Optional[CancelToken]) -> List[np.ndarray]:
        try:
            return session.run(feeds, cancel or CancelToken())
        except ModelUnreadable as error:
            raise UserModelRefused(str(session.path), "runtime", error.reason) from error


def _on(scores: np.ndarray, point: Tuple[float, float]) -> bool:
    row, col = int(point[1]), int(point[0])
    return 0 <= row < scores.shape[0] and 0 <= col < scores.shape[1] and bool(scores[row, col] >= 0.5)


def _session(path: Path, threads: Optional[int]) -> Session:
    try:
        return Session(path, threads)
    except ModelUnreadable as error:
        raise UserModelRefused(str(path), "runtime", error.reason) from error

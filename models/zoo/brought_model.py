"""A user's model, loaded: tiles in the layer's colours in, probabilities or boxes out."""

from pathlib import Path
from typing import List, Optional

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import ModelUnreadable, UserModelRefused
from ..masks.graph_file import GraphFile
from ..masks.sam_layouts import KINDS
from ..runtime import Session
from .boxes import Boxes, boxes_of
from .contract import SEGMENTOR, Contract, read_contract
from .resizing import resized

#: Probabilities leave 0..1 by rounding only.
_ROUNDING = 1e-3


class BroughtModel:
    """Loaded by :meth:`load`. ``scores`` and ``boxes`` are cancellable; one thread at a time.

    ``channels``: classes of its output; of a segmentor with one, the two sides of a yes are one class.
    """

    def __init__(self, contract: Contract, session: Session, digest: str) -> None:
        self.contract, self._session, self.digest = contract, session, digest
        self._activation = ""
        self.channels = 0
        if contract.kind == SEGMENTOR:
            self._look_at_output()
        self.labels = self._labels()

    @classmethod
    def load(cls, path: Path, threads: Optional[int] = None) -> "BroughtModel":
        """Read its contract, then load it. Raises UserModelRefused, RuntimeMissing."""
        contract = read_contract(path)
        digest = embedded.digest_of(Path(path))
        for name in GraphFile.read(Path(path)).external:
            digest += embedded.digest_of(Path(path).parent / name)
        try:
            session = Session(Path(path), threads)
        except ModelUnreadable as error:
            raise UserModelRefused(str(path), "runtime", error.reason) from error
        return cls(contract, session, f"sha256:{digest}")

    @property
    def provider(self) -> str:
        """The ONNX Runtime provider that runs it."""
        return self._session.provider

    @property
    def fallback(self) -> str:
        """Why not a faster provider, "" if none was passed over."""
        return self._session.fallback

    def scores(self, rgb: np.ndarray, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(3, T, T) float32 in 0..1 → (channels, T, T) float32 in 0..1. Raises Cancelled, UserModelRefused."""
        found = self._activated(self._run(rgb, cancel)[0][0])
        return resized(found, rgb.shape[1:])

    def boxes(self, rgb: np.ndarray, threshold: float, cancel: Optional[CancelToken] = None) -> Boxes:
        """(3, T, T) float32 in 0..1 → the boxes from ``threshold`` on, in pixels of the tile; overlapping ones too."""
        return boxes_of(self._run(rgb, cancel), self.contract, threshold)

    def _run(self, rgb: np.ndarray, cancel: Optional[CancelToken]) -> List[np.ndarray]:
        contract = self.contract
        image = rgb if contract.channels == 3 else rgb.mean(axis=0, keepdims=True)
        if contract.mean:
            mean, deviation = (np.array(v, np.float32)[:, None, None] for v in (contract.mean, contract.deviation))
            image = (image - mean) / deviation
        elif KINDS[contract.input_kind] == "uint8":
            image = np.round(image * 255)
        (name,) = self._session.inputs
        feeds = {name: np.ascontiguousarray(image[None], KINDS[contract.input_kind])}
        try:
            return self._session.run(feeds, cancel or CancelToken())
        except ModelUnreadable as error:
            raise UserModelRefused(str(contract.path), "runtime", error.reason) from error

    def _activated(self, found: np.ndarray) -> np.ndarray:
        if self._activation == "numbers" and found.ndim == 3 and len(found) == 1:
            # It gives the number of a class: each becomes a score of its own, which can be blended.
            return np.asarray(found == np.arange(self.channels)[:, None, None], np.float32)
        if found.ndim != 3 or (self.channels and len(found) != self.channels):
            raise UserModelRefused(str(self.contract.path), "task", f"its output is of shape {found.shape}")
        found = np.asarray(found, np.float32)
        if self._activation == "sigmoid":
            return np.asarray(1 / (1 + np.exp(-np.clip(found, -60, 60))))
        if self._activation == "softmax":
            found = np.exp(found - found.max(axis=0, keepdims=True))
            found /= found.sum(axis=0, keepdims=True)
        return np.clip(found, 0, 1)

    def _look_at_output(self) -> None:
        """Whether it gives probabilities or what becomes them is seen on noise, once: every tile is then read alike."""
        side = self.contract.tile
        noise = np.random.default_rng(0).random((3, side, side), np.float32)
        found = self._run(noise, None)[0]
        if found.ndim != 4:
            raise UserModelRefused(str(self.contract.path), "task", f"its output is of shape {found.shape}")
        if not np.isfinite(found).all():
            raise UserModelRefused(str(self.contract.path), "task", "its output is not numbers")
        if found.dtype.kind in "iu" and found.shape[1] == 1 and len(self.contract.classes) > 2:
            self._activation, self.channels = "numbers", len(self.contract.classes)
            return
        if found.min() < -_ROUNDING or found.max() > 1 + _ROUNDING:
            self._activation = "softmax" if found.shape[1] > 1 else "sigmoid"
        self.channels = int(found.shape[1])

    def _labels(self) -> List[str]:
        contract, count = self.contract, self.channels
        if contract.kind == SEGMENTOR and count == 1 and len(contract.classes) == 2:
            # Of a yes and a no, the model gives the yes.
            return [contract.classes[1]]
        if contract.kind == SEGMENTOR and count == 1 and not contract.classes:
            return [contract.name]
        return [contract.label(i) for i in range(count or len(contract.classes))]

"""A class learned on the user's own layer: how it is called, how good it is, its head, and the one file it is kept in."""

import hashlib
import io
import json
import math
import os
import struct
import uuid
import zipfile
import zlib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple

import numpy as np

from ..errors import TunedClassUnreadable, TunedForAnotherModel
from .head import ARRAYS, Head

#: The ending of the files.
ENDING = ".nano-class"
#: Of the file's form; another is not read.
FORM = 1
#: No file is larger, packed or unpacked: a head takes 40 kB.
_LARGEST = 4_000_000
_ABOUT = "about"
#: What reading a damaged archive may raise: RuntimeError for parts that claim to be encrypted, NotImplementedError (one of
#: them) for unknown packing.
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error)
#: A view may be so much coarser than the imagery learned on, and is averaged down where it is finer.
COARSER = 1.5


@dataclass(frozen=True)
class About:
    """What is said of a class, JSON-able.

    ``label``: in the singular, as facts and layers have it; ``plural``, ``words``: lower-case words it is asked for by;
    ``replaces``: they may mean something else in the shipped words, and the user chose that they mean this. ``layer``,
    ``raster``: names of what it was learned from; ``date``: ISO 8601. ``model``: digest of the base model. ``gsd``: metres
    a pixel as learned, 0 unknown. ``threshold``: score 0..1 from which a pixel belongs; ``smallest``: m² of the smallest
    component that is kept. ``held_out``: figures on ground held back, as ``figures.measured`` gives them. ``rights``: of
    the file.
    """

    label: str
    plural: str
    words: Tuple[str, ...]
    layer: str
    raster: str
    date: str
    model: str
    gsd: float
    threshold: float
    smallest: float
    replaces: bool = False
    held_out: Mapping[str, Any] = field(default_factory=dict)
    run: Mapping[str, Any] = field(default_factory=dict)
    rights: str = "Learned from the layer and the raster named here; their licences bind whoever passes it on."

    @property
    def scales(self) -> Tuple[float, float]:
        """Metres a pixel between which it is looked for: finer imagery is averaged down, coarser is refused."""
        return self.gsd, self.gsd * COARSER


@dataclass(frozen=True)
class TunedClass:
    """``digest``: of all that is in it; equal for equal classes. Any thread."""

    about: About
    head: Head

    @property
    def digest(self) -> str:
        """SHA-256 of the class and its weights."""
        mark = hashlib.sha256(_json(self.about).encode())
        for name, array in sorted(self.head.arrays().items()):
            mark.update(name.encode() + np.ascontiguousarray(array, np.float32).tobytes())
        return mark.hexdigest()

    def save(self, path: Path) -> None:
        """Write it: as a whole or not at all. Raises OSError."""
        path = Path(path)
        body = io.BytesIO()
        text = np.frombuffer(json.dumps({"form": FORM, "digest": self.digest, **asdict(self.about)}).encode(), np.uint8)
        np.savez_compressed(body, **{_ABOUT: text}, **self.head.arrays())  # type: ignore[arg-type]
        draft = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
        try:
            draft.write_bytes(body.getvalue())
            os.replace(draft, path)
        finally:
            if draft.exists():
                draft.unlink()

    @classmethod
    def load(cls, path: Path, model: Optional[str] = None) -> "TunedClass":
        """Read it; ``model``: digest of the base model that is to run it, None: any.

        Raises TunedClassUnreadable (damaged, foreign or of another form) and TunedForAnotherModel.
        """
        path = Path(path)
        try:
            found = cls._read(path)
        except TunedClassUnreadable:
            raise
        except _DAMAGE as error:
            raise TunedClassUnreadable(path.name, str(error) or type(error).__name__) from error
        if model is not None and found.about.model != model:
            raise TunedForAnotherModel(path.name, found.about.model, model)
        return found

    @classmethod
    def _read(cls, path: Path) -> "TunedClass":
        if path.stat().st_size > _LARGEST:
            raise TunedClassUnreadable(path.name, "it is too large for one class")
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise TunedClassUnreadable(path.name, "it is too large for one class")
        with np.load(path, allow_pickle=False) as arrays:
            data = json.loads(bytes(arrays[_ABOUT].astype(np.uint8)).decode())
            parts = {name: np.asarray(arrays[name], np.float32) for name in ARRAYS}
        if not isinstance(data, dict) or data.pop("form", None) != FORM:
            raise TunedClassUnreadable(path.name, "it has another form than this version writes")
        digest = data.pop("digest", "")
        found = cls(_about(data, path.name), _head(parts, path.name))
        if found.digest != digest:
            raise TunedClassUnreadable(path.name, "its digest does not fit")
        return found


def _json(about: About) -> str:
    return json.dumps(asdict(about), sort_keys=True)


def _about(data: Dict[str, Any], name: str) -> About:
    known = {one.name for one in fields(About)}
    if set(data) != known:
        raise TunedClassUnreadable(name, f"its parts are not those expected: {sorted(set(data) ^ known)}"[:200])
    texts = all(isinstance(data[key], str) for key in ("label", "plural", "layer", "raster", "date", "model", "rights"))
    words = isinstance(data["words"], list) and all(isinstance(word, str) and word for word in data["words"])
    numbers = all(
        isinstance(data[key], (int, float)) and math.isfinite(data[key]) and data[key] >= 0
        for key in ("gsd", "threshold", "smallest"))
    figures = all(isinstance(data[key], dict) for key in ("held_out", "run"))
    if not (texts and words and numbers and figures and data["words"] and 0 < data["threshold"] < 1):
        raise TunedClassUnreadable(name, "what it says of itself cannot be read")
    return About(**{**data, "words": tuple(data["words"]), "replaces": data["replaces"] is True})


def _head(parts: Dict[str, np.ndarray], name: str) -> Head:
    if any(parts[key].ndim != number or not np.isfinite(parts[key]).all() for key, number in ARRAYS.items()):
        raise TunedClassUnreadable(name, "its weights are damaged")
    d, k = parts["w1"].shape
    if parts["mean"].shape != (d,) or parts["scale"].shape != (d,) or parts["b1"].shape != (k,) or parts["w2"].shape != (k,):
        raise TunedClassUnreadable(name, "its weights do not fit each other")
    return Head(**parts)

"""The pictures of a data set: one PNG per chip under a name that every file system takes."""

import hashlib
import re
from pathlib import Path
from typing import Callable, Dict

import numpy as np

from ..chip import Chip
from .output import write_whole
from .png import encode_png

Encode = Callable[[np.ndarray], bytes]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def file_stem(name: str) -> str:
    """``name`` for a file: letters, digits, "_" and "-" only, at most 80; a hash keeps changed names apart.

    Without dots, since webdataset ends a sample's key at the first.
    """
    safe = _UNSAFE.sub("_", name)[:80]
    if safe == name and not _RESERVED.match(safe) and safe == safe.lower():
        return safe
    # Capitals too: two names that differ in case alone are one file on Windows and macOS.
    return f"{safe[:70]}_{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


class Pictures:
    """Writes each chip's picture once, into ``images/`` of ``folder``. ``encode``: (3, H, W) uint8 to the bytes of a PNG."""

    def __init__(self, folder: Path, encode: Encode = encode_png) -> None:
        self._folder, self._encode = folder, encode
        self._seen: Dict[str, bytes] = {}

    def put(self, chip: Chip) -> str:
        """The picture's path relative to the data set, written if it is new.

        Raises ``ValueError`` if another chip of the same name has other pixels.
        """
        digest = hashlib.sha256(str(chip.rgb.shape).encode() + np.ascontiguousarray(chip.rgb).tobytes()).digest()
        name = f"images/{file_stem(chip.name)}.png"
        if name in self._seen:
            if self._seen[name] != digest:
                raise ValueError(f"two different chips are called “{chip.name}”")
            return name
        self._seen[name] = digest
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, self._encode(chip.rgb))
        return name

    def bytes_of(self, chip: Chip) -> bytes:
        """The same picture for an archive."""
        return self._encode(chip.rgb)

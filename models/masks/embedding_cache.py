"""What engines saw of windows, kept on disk: the second click, tomorrow or in another QGIS, never encodes.

Knows files and arrays; what an engine sees and when it is worth keeping is not its business.
"""

import hashlib
import logging
import os
import re
import struct
import tempfile
import threading
import time
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Dict, List, Optional, Tuple

import numpy as np

from .engine import Embedding

if TYPE_CHECKING:  # the options clear the cache before any package but numpy is there
    from ..imagery.grid import Window

log = logging.getLogger(__name__)

#: Raised whenever older files can no longer be read, or mean something else.
FORMAT = 1
_SUFFIX, _DRAFT = ".seen.npz", ".part"
_SHAPE, _HALVED, _ARRAY = "shape", "halved", "array-"
#: Arrays of float32 from this many values are kept in half precision: coordinates and scales are fewer, features more.
_MANY = 4096
#: Seconds after which the draft of a process that died is removed.
_ABANDONED = 3600.0
#: What reading a file that is no whole entry raises, all told.
_DAMAGED = (
    OSError, EOFError, ValueError, KeyError, IndexError, OverflowError, MemoryError, NotImplementedError, RuntimeError,
    struct.error, zlib.error, zipfile.BadZipFile,
)


def embedding_key(fingerprint: str, window: "Window", out_shape: Tuple[int, int], engine_digest: str) -> str:
    """The key of what an engine saw of ``window`` (native pixels) of the source with ``fingerprint``, at ``out_shape``."""
    return _digest("seen", FORMAT, fingerprint, window, tuple(out_shape), engine_digest)


class EmbeddingCache:
    """At most ``most_bytes`` of files in ``folder``; least recently used goes first. Any thread, several processes.

    Never raises: what cannot be written or read is a miss and a line in the log. Features are kept in half precision
    (float32 of 4096 values or more that fit); all else comes back to the bit. One file an entry, a .npz without objects,
    put in place as a whole.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = Path(folder), int(most_bytes)
        self._lock = threading.Lock()

    def get(self, key: str) -> Optional[Embedding]:
        """What was put under ``key``, now the most recently used; None if there is none, or it is damaged and gone now."""
        path = self._path(key)
        try:
            with open(path, "rb") as file:
                found = _read(file)
        except FileNotFoundError:
            return None
        except _DAMAGED as error:
            log.warning("An image seen before must be looked at again, its file %s is damaged: %s", path.name, error)
            _remove(path)
            return None
        try:
            os.utime(path)
        except OSError:  # gone by now, or a read-only folder: then its age does not matter
            log.debug("%s cannot be touched", path.name)
        return found

    def put(self, key: str, seen: Embedding) -> None:
        """Keep ``seen``, as far as the disk and ``most_bytes`` allow."""
        path = self._path(key)
        try:
            arrays = _arrays(seen)
        except ValueError as error:
            log.warning("What was seen of an image is not kept: %s", error)
            return
        if sum(array.nbytes for array in arrays.values()) > self.most_bytes:
            return
        draft = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            number, draft = tempfile.mkstemp(_DRAFT, path.name, self.folder)
            with os.fdopen(number, "wb") as file:
                np.savez(file, **arrays)
            os.replace(draft, path)
        except (OSError, ValueError, struct.error, zipfile.LargeZipFile) as error:
            log.warning("What was seen of an image is not kept in %s: %s", self.folder, error)
            if draft is not None:
                _remove(Path(draft))
        self._shrink(self.most_bytes, path)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(size for _, size, _ in self._entries())

    def clear(self) -> None:
        """Remove every entry; files that another process holds open stay until they are closed."""
        self._shrink(0)

    def _path(self, key: str) -> Path:
        # A name of digits and letters: keys of other shapes must not reach the file system.
        name = key if re.fullmatch(r"[0-9a-f]{16,128}", key) else _digest("key", key)
        return self.folder / f"{name}{_SUFFIX}"

    def _shrink(self, most: int, newest: Optional[Path] = None) -> None:
        with self._lock:
            entries = sorted(self._entries(), key=lambda entry: (entry[2] == newest, entry[0]))
            left = sum(size for _, size, _ in entries)
            for _, size, path in entries:
                if left <= most:
                    break
                if _remove(path):
                    left -= size

    def _entries(self) -> List[Tuple[float, int, Path]]:
        """(time of last use, bytes, path); drafts of processes that died are removed on the way."""
        found = []
        try:
            with os.scandir(self.folder) as files:
                for file in files:
                    try:
                        about = file.stat(follow_symlinks=False)
                    except OSError:  # another process removed it meanwhile
                        continue
                    if file.name.endswith(_SUFFIX):
                        found.append((about.st_mtime, about.st_size, Path(file.path)))
                    elif file.name.endswith(_DRAFT) and time.time() - about.st_mtime > _ABANDONED:
                        _remove(Path(file.path))
        except OSError:
            return found
        return found


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _arrays(seen: Embedding) -> Dict[str, np.ndarray]:
    arrays = {_SHAPE: np.array([FORMAT, *seen.shape], np.int64)}
    halved = []
    for name, array in seen.arrays.items():
        if array.dtype.hasobject:
            raise ValueError(f"{name} holds objects")
        if array.dtype == np.float32 and array.size >= _MANY and np.abs(array).max() < np.finfo(np.float16).max:
            array = array.astype(np.float16)
            halved.append(name)
        arrays[_ARRAY + name] = array
    arrays[_HALVED] = np.array(halved, dtype=str)
    return arrays


def _read(file: IO[bytes]) -> Embedding:
    """Raises what ``_DAMAGED`` lists. Nothing is unpacked, so that no file can ask for more memory than its own size."""
    with zipfile.ZipFile(file) as archive:
        if any(part.compress_type != zipfile.ZIP_STORED for part in archive.infolist()):
            raise ValueError("it is packed")
    file.seek(0)
    with np.load(file, allow_pickle=False) as found:
        number, height, width = (int(value) for value in found[_SHAPE])
        if number != FORMAT:
            raise ValueError(f"it has format {number}")
        halved = set(found[_HALVED].tolist())
        arrays = {}
        for entry in found.files:
            if entry.startswith(_ARRAY):
                name = entry[len(_ARRAY):]
                arrays[name] = found[entry].astype(np.float32) if name in halved else found[entry]
    return Embedding(arrays, (height, width))


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return True
    except OSError as error:
        log.debug("%s stays: %s", path.name, error)
        return False
    return True

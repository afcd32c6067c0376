"""A folder for files of one engine, removed with it, and by the next one if its process was killed."""

import shutil
import time
import uuid
from pathlib import Path
from typing import Optional

from .file_lock import FileLock

_PREFIX = "scores-"
#: Seconds for which a folder without a lock is taken for one that is just being made.
_YOUNG = 60.0


class Scratch:
    """``path``: the folder, this one's alone. Left-overs of processes that died are removed on the way."""

    def __init__(self, cache: Path) -> None:
        self.path = Path(cache) / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock: Optional[FileLock] = FileLock.taken(self.path / "lock")
        for folder in Path(cache).glob(_PREFIX + "*"):
            _sweep(folder)

    def close(self) -> None:
        """Remove the folder. Safe to call twice."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(folder: Path) -> None:
    try:
        if time.time() - folder.stat().st_mtime < _YOUNG:
            return
        lock = FileLock.taken(folder / "lock")
    except OSError:
        return
    if lock is not None:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)

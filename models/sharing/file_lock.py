"""A lock between processes that the system lets go of when its holder dies, however it dies."""

import sys
from pathlib import Path
from typing import IO, Optional


class FileLock:
    """Held from :meth:`taken` to :meth:`release` or the end of the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Optional[IO[bytes]] = file

    @classmethod
    def taken(cls, path: Path) -> "Optional[FileLock]":
        """The lock over ``path`` (created if need be), or None while somebody else holds it. Raises OSError."""
        file = open(path, "a+b")
        try:
            if sys.platform == "win32":
                import msvcrt

                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
        return cls(file)

    def release(self) -> None:
        """Let others have it. Safe to call twice."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

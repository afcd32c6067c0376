"""Vectors on disk: an .npy of half floats that only ever grows, and that a kill leaves readable."""

import os
from pathlib import Path
from typing import Optional, Sequence

import numpy as np

#: Bytes of the head: numpy's own, padded, so that it can be written anew in place when rows are added.
HEAD = 128


class VectorFile:
    """(rows, dim) float16, row by row. ``rows`` is what the GeoPackage beside it has committed; anything beyond is the rest
    of a run that was killed, and is written over. One thread at a time.
    """

    def __init__(self, path: Path, dim: int, rows: int) -> None:
        self.path, self.dim, self.rows = Path(path), dim, rows

    def create(self) -> None:
        """A file of no rows. Raises OSError."""
        with open(self.path, "wb") as file:
            file.write(_head(0, self.dim))

    @property
    def whole(self) -> bool:
        """Whether every committed row is in the file."""
        try:
            return self.path.stat().st_size >= HEAD + self.rows * self.dim * 2
        except OSError:
            return False

    def append(self, vectors: np.ndarray) -> None:
        """Add (n, dim) rows and see them to the disk. Raises OSError, and then keeps the rows there were."""
        body = np.ascontiguousarray(vectors, np.float16)
        if body.ndim != 2 or body.shape[1] != self.dim:
            raise ValueError(f"vectors of shape {body.shape} in a file of {self.dim}")
        with open(self.path, "r+b") as file:
            file.seek(HEAD + self.rows * self.dim * 2)
            file.write(body.tobytes())
            file.truncate()
            file.seek(0)
            file.write(_head(self.rows + len(body), self.dim))
            file.flush()
            os.fsync(file.fileno())
        self.rows += len(body)

    def mapped(self) -> np.ndarray:
        """(rows, dim) float16, read as it is used. Raises OSError, ValueError."""
        if not self.rows:
            return np.zeros((0, self.dim), np.float16)
        return np.memmap(self.path, np.float16, "r", HEAD, (self.rows, self.dim))

    def read(self, rows: Optional[Sequence[int]] = None) -> np.ndarray:
        """(n, dim) float32: all rows, or these. Raises OSError, ValueError, IndexError."""
        stored = self.mapped()
        return np.asarray(stored if rows is None else stored[np.asarray(rows, np.int64)], np.float32)


def _head(rows: int, dim: int) -> bytes:
    about = f"{{'descr': '<f2', 'fortran_order': False, 'shape': ({rows}, {dim}), }}"
    return b"\x93NUMPY\x01\x00" + (HEAD - 10).to_bytes(2, "little") + about.ljust(HEAD - 11).encode() + b"\n"

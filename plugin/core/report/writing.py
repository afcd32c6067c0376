"""A report to a file: written under a temporary name in the same folder, read back, renamed. A worker's job."""

import errno
from pathlib import Path
from typing import Iterable

from ..errors import ExportFailed
from ..export_target import ExportTarget


def write_whole(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write ``pieces`` as ``path``, replacing what is there. Raises ExportFailed, or what ``pieces`` raises; then
    nothing is left of it and an older file is as it was.
    """
    path = Path(path)
    target = ExportTarget(path, "report", True)
    try:
        length = _write(target, pieces)
        if length == 0 or target.draft.stat().st_size != length:
            raise ExportFailed("disk-full", path.name, "the file written is shorter than the report")
        target.finish()
    finally:
        target.abandon()
    return path


def _write(target: ExportTarget, pieces: Iterable[bytes]) -> int:
    """Write the draft and read it back piece by piece; its length."""
    name = target.path.name
    lengths = []
    marks = []
    try:
        with open(target.draft, "wb") as file:
            for piece in pieces:
                file.write(piece)
                lengths.append(len(piece))
                marks.append(hash(piece))
        with open(target.draft, "rb") as file:
            for length, mark in zip(lengths, marks):
                if hash(file.read(length)) != mark:
                    raise ExportFailed("disk-full", name, "what was written cannot be read back")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise ExportFailed("disk-full" if full else "incomplete", name, str(error)) from error
    return sum(lengths)

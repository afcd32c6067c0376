"""What tells one map from another: pixels, place, scale, model."""

import hashlib
from typing import Tuple

from ..imagery.source import RasterSource
from .working_frame import WorkingFrame


def digest(*parts: object) -> str:
    """SHA-256 of the parts' representation as hex; equal for equal parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def place(frame: WorkingFrame) -> Tuple[object, ...]:
    """Where the working pixels of ``frame`` lie, and how many native ones make one."""
    return tuple(frame.grid.affine), frame.grid.width, frame.grid.height, frame.factor


def iso(source: RasterSource) -> str:
    """Date of ``source``, ISO 8601, "" if unknown."""
    return source.time.iso if source.time is not None else ""

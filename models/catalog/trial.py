"""Trying a model: its digests, then one tiny input through it, so that what cannot work is known before it is needed."""

import time
from pathlib import Path
from typing import Dict, Optional

import numpy as np

from ..cancel import CancelToken
from ..errors import TerralogueError, UserModelRefused
from . import embedded
from .entries import ENCODERS, MASKS
from .store import Installed
from .word_files import word_files


def try_model(model: Installed, threads: Optional[int] = None, cancel: Optional[CancelToken] = None) -> Dict[str, object]:
    """Load ``model`` and run one tiny input; {"ran": bool, "seconds", "provider", "fallback", "said"}. Seconds, on a worker.

    Of language models the files are checked and nothing is run ("ran" False): loading one takes gigabytes. Raises
    UserModelRefused, EncoderUnusable, RuntimeMissing, Cancelled.
    """
    cancel = cancel or CancelToken()
    start = time.monotonic()
    if model.kind == MASKS:
        provider, fallback, said = _masks(model.path, threads, cancel)
    elif model.kind == ENCODERS:
        provider, fallback, said = _encoder(model.path, threads, cancel)
    else:
        embedded.verify_users(model.path)
        word_files(model.path)
        provider, fallback, said = "", "", "its files are whole; it was not run"
    seconds = round(time.monotonic() - start, 3)
    return {"ran": bool(provider), "seconds": seconds, "provider": provider, "fallback": fallback, "said": said}


def _masks(folder: Path, threads: Optional[int], cancel: CancelToken) -> "tuple[str, str, str]":
    from ..masks.engine import Prompt
    from ..masks.installed import entry_of, open_engine

    engine = open_engine(entry_of(folder), threads)
    rgb = np.full((3, 64, 64), 0.2, np.float32)
    rgb[:, 16:48, 16:48] = 0.9
    found = engine.decode(engine.encode(rgb, None, cancel), Prompt(inside=((32.0, 32.0),)), cancel)
    if not found or any(one.scores.shape != (64, 64) or not np.isfinite(one.scores).all() for one in found):
        raise UserModelRefused(str(folder), "task", "its masks are not those of the window")
    provider, fallback = (str(getattr(engine, name, "")) for name in ("provider", "fallback"))
    return provider, fallback, f"{len(found)} masks of a click"


def _encoder(folder: Path, threads: Optional[int], cancel: CancelToken) -> "tuple[str, str, str]":
    from ..dual_encoders.encoder import DualEncoder

    encoder = DualEncoder.load(folder, threads)
    words = encoder.words(["a river"], cancel)
    if words.shape != (1, encoder.dim) or not np.isfinite(words).all():
        raise UserModelRefused(str(folder), "task", "its vectors are not numbers")
    return encoder.provider, encoder.fallback, f"vectors of {encoder.dim} numbers"


def whole(folder: Path) -> str:
    """Why the shipped model in ``folder`` is not as it was shipped, "" if it is."""
    try:
        embedded.verify(folder)
    except TerralogueError as error:
        return str(error)
    return ""

"""Arrays of a model's part from one file, without pickles."""

from pathlib import Path
from typing import Dict, Sequence

import numpy as np

from ..errors import ModelMissing, ModelUnreadable


def all_there(folder: Path, names: Sequence[str]) -> None:
    """Raises ModelMissing for the first of ``names`` that is no file in ``folder``."""
    for name in names:
        if not (folder / name).is_file():
            raise ModelMissing(str(folder / name))


def read_arrays(path: Path) -> Dict[str, np.ndarray]:
    """The arrays of an .npz by name. Raises ModelUnreadable for a damaged one."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except Exception as error:  # OSError, ValueError, BadZipFile, zlib.error: whatever a damaged archive raises
        raise ModelUnreadable(str(path), f"{type(error).__name__}: {error}") from error

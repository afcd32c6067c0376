"""Where knowledge bases are kept: a folder of the user's QGIS profile, one file each."""

import os
import re
from pathlib import Path
from typing import Tuple

from qgis.core import QgsApplication

ENDING = ".knowledge"
#: Names that Windows keeps for itself.
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def folder() -> Path:
    """The folder; it need not be there yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "terralogue" / "knowledge"


def kept() -> Tuple[Path, ...]:
    """All bases of the profile, by name. Any thread."""
    return tuple(sorted(path for path in folder().glob(f"*{ENDING}") if not path.name.startswith(("_", "."))))


def path_of(name: str) -> Path:
    """The file of a base called ``name``, whose other letters than these become underscores."""
    plain = re.sub(r"[^\w\- ]+", "_", " ".join(name.split()), flags=re.UNICODE).strip(" _.")[:80] or "knowledge"
    return folder() / ((f"{plain}_" if plain.lower() in _RESERVED else plain) + ENDING)


def remove(path: Path) -> None:
    """Delete one base. Raises OSError."""
    os.remove(path)

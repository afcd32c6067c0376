"""The tile indexes that this user has: folders listed in the settings, new ones in the profile unless told otherwise."""

import json
import re
from pathlib import Path
from typing import List, Tuple

from qgis.core import QgsApplication

from .. import settings as user

#: Folders that are remembered.
MOST = 200
_UNSAFE = re.compile(r"[^\w\- ]+")


def folders() -> Tuple[Path, ...]:
    """Those that are listed and still there, in the order in which they were made. Any thread."""
    return tuple(path for path in _listed() if (path / "index.gpkg").is_file())


def add(folder: Path) -> None:
    """List ``folder``, last."""
    _write([path for path in _listed() if path != Path(folder)] + [Path(folder)])


def remove(folder: Path) -> None:
    """Forget ``folder``; its files stay."""
    _write([path for path in _listed() if path != Path(folder)])


def new_folder(name: str) -> Path:
    """A folder in the profile that is not there yet, for an index of what is called ``name``."""
    place = Path(QgsApplication.qgisSettingsDirPath()) / "terralogue" / "indexes"
    stem = " ".join(_UNSAFE.sub(" ", name).split())[:60] or "index"
    taken = {path.name.lower() for path in place.glob("*")} if place.is_dir() else set()
    number, found = 1, stem
    while found.lower() in taken:
        number += 1
        found = f"{stem} {number}"
    return place / found


def _listed() -> List[Path]:
    try:
        found = json.loads(user.tile_indexes.value() or "[]")
    except ValueError:
        return []
    return [Path(path) for path in found if isinstance(path, str) and path] if isinstance(found, list) else []


def _write(paths: List[Path]) -> None:
    user.tile_indexes.setValue(json.dumps([str(path) for path in paths[-MOST:]], ensure_ascii=False))

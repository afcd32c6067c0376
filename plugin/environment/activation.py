"""Makes an installed group importable by appending its folder: what QGIS already has keeps its place."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass

from .groups import GROUPS, find_lock


@dataclass(frozen=True)
class Activation:
    """``ok``: every module of the group can be found. ``path``: the folder appended, "" if none of ours is in use."""

    ok: bool
    message: str
    path: str


def activate(group: str = "core") -> Activation:
    """Append the folder of ``group`` to ``sys.path`` if it is installed. Quick; any thread; imports nothing.

    A group that the distribution or the user installed otherwise is accepted as it is.
    """
    lock = find_lock(group)
    path = ""
    if lock is not None and lock.folder.is_dir():
        path = str(lock.folder)
        if path not in sys.path:
            sys.path.append(path)
            importlib.invalidate_caches()
    missing = [module for module in GROUPS[group].modules if not _found(module)]
    if not missing:
        return Activation(True, f"The {group} packages are ready.", path)
    if lock is None:
        version = "%d.%d" % sys.version_info[:2]
        return Activation(
            False,
            f"The {group} packages ({', '.join(missing)}) are not installed, and no tested set exists for "
            f"Python {version} on this platform. Install them by hand where QGIS finds them.",
            path,
        )
    return Activation(False, f"The {group} packages ({', '.join(missing)}) are not installed yet.", path)


def _found(module: str) -> bool:
    """Whether an import would find code: a folder without any is all that a half-deleted package leaves."""
    try:
        spec = importlib.util.find_spec(module)
        return spec is not None and spec.origin is not None
    except (ImportError, ValueError):
        return False

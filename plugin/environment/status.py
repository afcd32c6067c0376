"""Says which version of each package is really used, from where, and whether another copy stands in front of ours."""

import importlib.metadata
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Optional

from .activation import activate
from .groups import find_lock


@dataclass(frozen=True)
class PackageStatus:
    """``version``/``path``: of the copy that an import gets; both "" if there is none.

    ``shadowed_by``: "" or a sentence: another version comes before ours on ``sys.path`` and is used instead.
    """

    name: str
    version: str
    path: str
    shadowed_by: str = ""


def status(groups: Iterable[str] = ("core",)) -> List[PackageStatus]:
    """One entry per package of ``groups``, and numpy, which is always QGIS's own. Any thread; imports nothing heavy."""
    found = [_of("numpy", None)]
    for group in groups:
        activate(group)
        lock = find_lock(group)
        folder = lock.folder if lock is not None and lock.folder.is_dir() else None
        found += [_of(name, folder) for name, _version in (lock.packages() if lock is not None else ())]
    return found


def _of(name: str, folder: Optional[Path]) -> PackageStatus:
    used = _first(name, sys.path)
    ours = _first(name, [str(folder)]) if folder is not None else None
    if used is None:
        return PackageStatus(name, "", "")
    where = str(used.locate_file(""))
    if ours is None or ours.version == used.version or _same(where, folder):
        return PackageStatus(name, used.version, where)
    return PackageStatus(
        name, used.version, where, f"{name} {used.version} in {where} is used instead of {ours.version} in {folder}"
    )


def _first(name: str, path: List[str]) -> Optional[importlib.metadata.Distribution]:
    """The first distribution called ``name`` along ``path``: the one whose modules an import finds."""
    return next(iter(importlib.metadata.distributions(name=name, path=[p for p in path if p])), None)


def _same(one: str, other: Optional[Path]) -> bool:
    return other is not None and Path(one).resolve() == other.resolve()

"""The models that are on disk beside the shipped one: which they are, what of them can be used, how much disk they take.

A model is a folder with ``manifest.json`` and ``SHA256SUMS``; what it is, its manifest says. ``origin.json``, written when
it came, says from where, and whether its digests were published or are those of the day it was imported.
"""

import json
import os
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

from ..errors import ModelInUse, TerralogueError
from ..sharing.file_lock import FileLock
from . import embedded
from .entries import ENCODERS, FOLDERS, JOBS, MASKS
from .names import plain

ORIGIN = "origin.json"
INCOMING = "incoming"
#: Beginnings of folders on their way out, and in.
_GONE, TAKING = ".deleted-", "taking-"
_A_DAY = 86_400.0
#: Where trust in the digests comes from.
PUBLISHED, FIRST_USE = "published", "first use"


@dataclass(frozen=True)
class Installed:
    """``key``: its folder's name, by which it is chosen. ``entry``: id of the catalogue's entry that it is of, "" of none.

    ``size``: bytes on disk. ``trust``: PUBLISHED, FIRST_USE, "" unknown. ``problem``: why it cannot be used, an English
    clause; "" if nothing is known against it.
    """

    key: str
    kind: str
    path: Path
    title: str
    size: int
    entry: str = ""
    licence: str = ""
    trust: str = ""
    date: str = ""
    problem: str = ""


def kind_of(manifest: Mapping[str, Any]) -> str:
    """The kind of model that ``manifest`` is of, "" unknown."""
    family = str(manifest.get("family") or "")
    if manifest.get("kind") in FOLDERS:
        return str(manifest["kind"])
    if family in ("clip", "siglip") and {"dim", "side", "context"} <= set(manifest):
        return ENCODERS
    return MASKS if "SAM" in family else ""


def size_of(folder: Path) -> int:
    """Bytes of all files below ``folder``; 0 where there is none."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total


class ModelStore:
    """Over ``root``, which need not be there. Reads manifests, no weights: milliseconds a model, any thread."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def folder(self, kind: str) -> Path:
        """Where models of ``kind`` lie."""
        return self.root / FOLDERS[kind]

    @property
    def incoming(self) -> Path:
        """Where models are put together before they are whole."""
        return self.root / INCOMING

    def installed(self, kind: Optional[str] = None) -> List[Installed]:
        """The models of ``kind``, or all, by title."""
        found: List[Installed] = []
        for each in FOLDERS if kind is None else (kind,):
            try:
                below = [path for path in self.folder(each).iterdir() if path.is_dir() and not path.name.startswith(".")]
            except OSError:
                continue
            found.extend(_look(path, each) for path in below)
        return sorted(found, key=lambda one: (one.kind, one.title.lower(), one.key))

    def of(self, kind: str, key: str) -> Optional[Installed]:
        """The model of that key, None without."""
        return next((one for one in self.installed(kind) if one.key == key), None)

    def vacant(self, kind: str, title: str) -> Path:
        """A folder for a model called ``title`` that is not there yet."""
        place, stem = self.folder(kind), plain(title)
        taken = {path.name.lower() for path in place.iterdir()} if place.is_dir() else set()
        number, name = 1, stem
        while name.lower() in taken:
            number += 1
            name = f"{stem} {number}"
        return place / name

    def size(self) -> int:
        """Bytes of everything here, also of what was begun."""
        return sum(size_of(self.folder(kind)) for kind in FOLDERS) + size_of(self.incoming)

    def delete(self, model: Installed, chosen: Mapping[str, str]) -> None:
        """Delete ``model``. ``chosen``: job → key of the model that does it. Raises ModelInUse; then nothing is deleted."""
        for job, key in chosen.items():
            if key == model.key and JOBS.get(job) == model.kind:
                raise ModelInUse(model.title, job)
        if model.path.parent != self.folder(model.kind):
            raise ValueError(f"{model.path} is no model of this store")
        if in_use(model.path):
            raise ModelInUse(model.title)
        gone = model.path.with_name(f"{_GONE}{uuid.uuid4().hex[:12]}")
        try:
            # At once, or not at all: Windows refuses while a file in it is open.
            os.replace(model.path, gone)
        except OSError as error:
            raise ModelInUse(model.title) from error
        shutil.rmtree(gone, ignore_errors=True)
        _mark(model.path).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what an earlier deletion could not, and what imports left whose process was killed."""
        left = [path for kind in FOLDERS for path in self.folder(kind).glob(f"{_GONE}*")]
        left += [path for path in self.incoming.glob(f"{TAKING}*") if _age(path) > _A_DAY]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def hold(folder: Path) -> Optional[FileLock]:
    """Mark the model in ``folder`` as in use until released or the process ends; None where somebody else has."""
    try:
        return FileLock.taken(_mark(folder))
    except OSError:
        return None


def in_use(folder: Path) -> bool:
    """Whether a process holds the model in ``folder``."""
    if not _mark(folder).exists():
        return False
    try:
        lock = FileLock.taken(_mark(folder))
    except OSError:
        return False
    if lock is not None:
        lock.release()
    return lock is None


def _mark(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.in-use")


def _look(folder: Path, kind: str) -> Installed:
    title, problem, origin = folder.name, "", _origin(folder)
    try:
        manifest = embedded.manifest(folder) if (folder / embedded.MANIFEST).is_file() else {}
        title = str(manifest.get("name") or title)
        found = kind_of(manifest)
        if found and found != kind:
            problem = f"it is of the kind “{found}” and lies among “{kind}”"
        elif not (folder / embedded.SUMS).is_file() and not (kind == MASKS and any(folder.glob("*.onnx"))):
            problem = f"{embedded.SUMS} is missing"
        elif kind == MASKS:
            from ..masks.installed import entry_of

            problem = entry_of(folder).problem
    except TerralogueError as error:
        problem = str(error)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
    told = {key: str(origin.get(key) or "") for key in ("entry", "licence", "trust", "date")}
    return Installed(folder.name, kind, folder, str(origin.get("title") or title), size_of(folder), problem=problem, **told)


def _origin(folder: Path) -> Dict[str, Any]:
    try:
        told = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}

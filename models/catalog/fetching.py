"""A model of the catalogue from its server into the store: all files, each verified, then taken in as a whole."""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Optional

from ..cancel import CancelToken, Progress, no_progress
from ..errors import DownloadFailed, UserModelRefused
from ..sharing.file_lock import FileLock
from .archives import unpack
from .download import UNWRITABLE, download, leftovers, within
from .entries import Entry
from .store import Installed, ModelStore
from .taking_in import take_in
from .transfer import Fetch

_LOCK = ".lock"


def install(
    entry: Entry, store: ModelStore, fetch: Optional[Fetch], progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, wait: "Optional[Callable[[float, CancelToken], None]]" = None,
) -> Installed:
    """Fetch the files of ``entry`` and take the model into ``store``. Minutes: on a worker.

    A pause (``cancel``) keeps what came; the next call goes on. ``fetch`` None: the network is not used. Raises
    DownloadFailed (of kind "locked" while another QGIS does the same), StorageFull, Cancelled, and as ``take_in``.
    """
    if not entry.downloadable:
        raise ValueError(f"{entry.id} has no published digests: it is imported, not fetched")
    _convertible(entry)
    folder = store.incoming / entry.id
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock.taken(folder / _LOCK)
    except OSError as error:
        kind = "read-only" if error.errno in UNWRITABLE else "path"
        raise DownloadFailed(entry.title, kind, str(error)) from error
    if lock is None:
        raise DownloadFailed(entry.title, "locked", "another QGIS fetches it")
    try:
        total, before = sum(part.size for part in entry.parts), 0
        for part in entry.parts:
            share = within(progress, 0.9 * before / total, 0.9 * (before + part.size) / total)
            download(part, folder, fetch, entry.hosts, share, cancel, wait)
            before += part.size
        source = _source(entry, folder, cancel)
        kept = take_in(source, entry.kind, store, entry, progress=within(progress, 0.9, 1.0), cancel=cancel)
    finally:
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)
    return kept


def _convertible(entry: Entry) -> None:
    """Raises UserModelRefused before anything is fetched that could not be converted here."""
    missing = [name for name in entry.needs if find_spec(name.replace("-", "_")) is None] if entry.converter else []
    if missing:
        raise UserModelRefused(entry.title, "converter", f"{', '.join(missing)} are not installed")


def begun(entry: Entry, store: ModelStore) -> int:
    """Bytes of ``entry`` that an earlier call left: what a click on Resume need not fetch again."""
    folder = store.incoming / entry.id
    whole = sum(part.size for part in entry.parts if (folder / part.name).is_file())
    return whole + sum(leftovers(part, folder) for part in entry.parts)


def forget(entry: Entry, store: ModelStore) -> None:
    """Drop what an earlier call left, unless it is being fetched. Raises DownloadFailed of kind "locked"."""
    folder = store.incoming / entry.id
    if not folder.is_dir():
        return
    lock = FileLock.taken(folder / _LOCK)
    if lock is None:
        raise DownloadFailed(entry.title, "locked", "another QGIS fetches it")
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)


def _source(entry: Entry, folder: Path, cancel: Optional[CancelToken]) -> Path:
    """Where the model's files lie: those of an archive are unpacked beside it."""
    archives = [part for part in entry.parts if part.members]
    for part in archives:
        inside = folder / "unpacked"
        shutil.rmtree(inside, ignore_errors=True)
        inside.mkdir()
        unpack(folder / part.name, inside, [member.name for member in part.members], cancel=cancel)
        return inside
    return folder / entry.parts[0].name if len(entry.parts) == 1 else folder

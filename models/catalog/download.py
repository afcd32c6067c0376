"""One file from a server: resumed where it stopped, held to its size and digest, kept under its name only when whole."""

import errno
import json
import os
import shutil
import time
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence

from ..cancel import CancelToken, Progress, no_progress
from ..errors import Cancelled, DownloadFailed, StorageFull
from . import embedded
from .entries import Part
from .transfer import Ask, Fetch, Reply, ask

#: Tries after which it is given up, counted anew from each that brings something.
TRIES = 5
#: Longest that a server is waited for, in seconds.
_PATIENCE = 60.0
#: Disk that is left to others.
_SPARE = 50_000_000
#: Numbers of errors that say that a disk is full, and that a place cannot be written.
FULL, UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), (errno.EACCES, errno.EPERM, errno.EROFS)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<script")


def download(
    part: Part, folder: Path, fetch: Optional[Fetch], hosts: Sequence[str] = (), progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, wait: "Optional[Callable[[float, CancelToken], None]]" = None,
) -> Path:
    """Fetch ``part`` into ``folder``, which is there; its path. A file that is there already and right is not fetched again.

    ``fetch`` None: nothing is asked of the network. What came before a pause (``cancel``) or a lost connection is kept as
    ``<name>.part`` and continued by the next call. Worker thread. Raises DownloadFailed, StorageFull; Cancelled with
    ``kept``.
    """
    return _Download(part, folder, hosts, progress, cancel or CancelToken(), wait or waiting).run(fetch)


def waiting(seconds: float, cancel: CancelToken) -> None:
    """Wait, unless cancelled. Raises Cancelled."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        cancel.raise_if_cancelled()
        time.sleep(min(0.1, max(0.0, end - time.monotonic())))
    cancel.raise_if_cancelled()


def within(progress: Progress, start: float, end: float) -> Progress:
    """A progress whose 0..1 is ``start``..``end`` of ``progress``."""

    def told(done: float, said: str = "") -> None:
        progress(start + (end - start) * done, said)

    return told


def leftovers(part: Part, folder: Path) -> int:
    """Bytes of ``part`` that an earlier call left in ``folder``."""
    path = folder / f"{part.name}.part"
    return path.stat().st_size if path.is_file() else 0


class _Download:
    def __init__(
        self, part: Part, folder: Path, hosts: Sequence[str], progress: Progress, cancel: CancelToken,
        wait: Callable[[float, CancelToken], None],
    ) -> None:
        self._part, self._hosts, self._progress, self._cancel, self._wait = part, hosts, progress, cancel, wait
        self._whole = folder / part.name
        self._path, self._note = folder / f"{part.name}.part", folder / f"{part.name}.part.json"
        self._resumed = False

    def run(self, fetch: Optional[Fetch]) -> Path:
        try:
            if self._whole.is_file() and embedded.digest_of(self._whole) == self._part.sha256:
                return self._whole
            if fetch is None:
                raise DownloadFailed(self._part.name, "offline", "the network is not to be used")
            self._fetch_all(fetch)
            return self._whole
        except Cancelled as error:
            error.kept = self._path.is_file()
            raise
        except OSError as error:
            raise self._unwritten(error) from error

    def _fetch_all(self, fetch: Fetch) -> None:
        self._room()
        failed, before = 0, self._start()
        while True:
            self._cancel.raise_if_cancelled()
            try:
                if self._start() < self._part.size:
                    self._fetch(fetch)
                return self._keep()
            except DownloadFailed as error:
                if error.kind == "digest" and self._resumed:
                    # Parts of two versions of the file: once from the start.
                    self._resumed, pause = False, 0.0
                elif error.kind not in ("network", "busy"):
                    self._forget()
                    raise
                else:
                    failed = 1 if self._start() > before else failed + 1
                    pause = error.wait or min(_PATIENCE, 2.0 ** (failed - 1))
                    if failed >= TRIES or pause > _PATIENCE:
                        raise
                before = self._start()
                self._wait(pause, self._cancel)

    def _fetch(self, fetch: Fetch) -> None:
        start = self._start()
        reply = ask(fetch, Ask(self._part.address, start, self._tag() if start else ""), self._part.name, self._hosts,
                    self._cancel)
        try:
            self._look_at(reply, start)
            if reply.status == 200:
                start = 0
            self._resumed = self._resumed or start > 0
            self._write(reply, start)
        finally:
            reply.close()

    def _look_at(self, reply: Reply, start: int) -> None:
        """Raise unless the bytes that follow are those that were asked for."""
        name, status = self._part.name, reply.status
        if status == 416:
            self._forget()
            raise DownloadFailed(name, "network", "the server does not continue it")
        if status in (408, 429, 500, 502, 503, 504):
            raise DownloadFailed(name, "busy", f"status {status}", _seconds(reply.headers.get("retry-after", "")))
        if status not in (200, 206):
            raise DownloadFailed(name, "status", f"status {status}")
        if reply.headers.get("content-type", "").lower().startswith("text/html"):
            raise DownloadFailed(name, "portal", "a web page came")
        if status == 206 and not reply.headers.get("content-range", "").replace(" ", "").startswith(f"bytes{start}-"):
            self._forget()
            raise DownloadFailed(name, "network", "the server continues it elsewhere")
        told = reply.headers.get("content-length", "")
        if told.isdigit() and int(told) + (start if status == 206 else 0) != self._part.size:
            raise DownloadFailed(name, "length", f"it is of {told} bytes, expected {self._part.size}")

    def _write(self, reply: Reply, start: int) -> None:
        tag = reply.headers.get("etag", "")
        tag = "" if tag.startswith("W/") else tag or reply.headers.get("last-modified", "")
        self._note.write_text(json.dumps({"digest": self._part.digest, "tag": tag}), encoding="utf-8")
        done = start
        with open(self._path, "r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            for block in self._blocks(reply.body):
                if done == 0 and block.lstrip()[:16].lower().startswith(_PAGES):
                    raise DownloadFailed(self._part.name, "portal", "a web page came")
                done += len(block)
                if done > self._part.size:
                    raise DownloadFailed(self._part.name, "length", f"more than {self._part.size} bytes came")
                file.write(block)
                self._progress(done / self._part.size, "")
            file.flush()
            os.fsync(file.fileno())
        if done < self._part.size:
            raise DownloadFailed(self._part.name, "network", f"it ended at {done} of {self._part.size} bytes")

    def _blocks(self, body: Iterator[bytes]) -> Iterator[bytes]:
        for block in body:
            self._cancel.raise_if_cancelled()
            if block:
                yield block

    def _keep(self) -> None:
        found = embedded.digest_of(self._path)
        if found != self._part.sha256:
            self._forget()
            raise DownloadFailed(self._part.name, "digest", f"its digest is {found}")
        os.replace(self._path, self._whole)
        self._note.unlink(missing_ok=True)

    def _start(self) -> int:
        """Bytes that are there of this very file."""
        if not self._path.is_file():
            return 0
        size = self._path.stat().st_size
        if size > self._part.size or self._told().get("digest") != self._part.digest:
            self._forget()
            return 0
        return size

    def _tag(self) -> str:
        return str(self._told().get("tag") or "")

    def _told(self) -> dict:
        try:
            told = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _forget(self) -> None:
        for path in (self._path, self._note):
            path.unlink(missing_ok=True)

    def _room(self) -> None:
        needed, free = self._part.size - self._start(), shutil.disk_usage(self._whole.parent).free
        if needed + _SPARE > free:
            raise StorageFull(needed + _SPARE, free)

    def _unwritten(self, error: OSError) -> Exception:
        if error.errno in FULL:
            # What would fill the disk is taken away again; the rest could not be fetched to it anyway.
            self._forget()
            return StorageFull(self._part.size, shutil.disk_usage(self._whole.parent).free)
        kind = "read-only" if error.errno in UNWRITABLE else "path"
        return DownloadFailed(self._part.name, kind, str(error))


def _seconds(told: str) -> float:
    """Of a Retry-After header, at least 1; 0 for none. A date is not waited for exactly."""
    if not told.strip():
        return 0.0
    return max(1.0, float(told)) if told.strip().isdigit() else 30.0

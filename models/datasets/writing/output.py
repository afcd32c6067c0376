"""The folder a data set is written to: files appear whole and all at once, or not at all; a manifest says what is in it."""

import hashlib
import json
import os
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Callable, Dict, List, Optional, Tuple, Type

_PART = ".part"


class Tally:
    """What one format wrote and what it left out, by reason."""

    def __init__(self) -> None:
        self.written: "Counter[str]" = Counter()
        self.dropped: "Counter[str]" = Counter()

    def as_json(self) -> Dict[str, Dict[str, int]]:
        """``written`` and ``dropped`` in the order of their names."""
        return {
            kind: {name: n for name, n in sorted(counts.items()) if n}
            for kind, counts in (("written", self.written), ("dropped", self.dropped))
        }


class JsonArray:
    """Items of one JSON array, written as they come: memory does not grow with their number."""

    def __init__(self, handle: IO[bytes], head: str = "", tail: str = "") -> None:
        self._handle, self._tail, self.length = handle, tail, 0
        handle.write(f"{head}[".encode())

    def add(self, item: Any) -> None:
        """Append one item. Raises ``ValueError`` for NaN and infinity, which are no JSON."""
        text = json.dumps(item, ensure_ascii=False, allow_nan=False)
        self._handle.write((",\n" if self.length else "\n").encode() + text.encode("utf-8", "backslashreplace"))
        self.length += 1

    def close(self) -> None:
        """Write what ends the array."""
        self._handle.write(f"\n]{self._tail}\n".encode())


class Output:
    """``with Output(folder) as out``: files opened here replace those of their name when the block ends without an error.

    An error, a cancel among them, leaves no half-written file behind. One thread.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tallies: Dict[str, Tally] = {}
        self.about: Dict[str, Any] = {}
        self._open: Dict[str, Tuple[Path, IO[bytes]]] = {}
        self._arrays: Dict[str, JsonArray] = {}
        self._closing: List[Callable[[], None]] = []

    def tally(self, form: str) -> Tally:
        """The tally of a format."""
        return self.tallies.setdefault(form, Tally())

    def file(self, name: str) -> IO[bytes]:
        """The file ``name`` (relative, ``/``), opened for writing once."""
        if name not in self._open:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open[name] = path, open(path.with_name(path.name + _PART), "wb")  # noqa: SIM115
        return self._open[name][1]

    def array(self, name: str, head: str = "", tail: str = "") -> JsonArray:
        """The JSON array in the file ``name``, between ``head`` and ``tail``."""
        if name not in self._arrays:
            self._arrays[name] = JsonArray(self.file(name), head, tail)
        return self._arrays[name]

    def finish(self, name: str) -> None:
        """Close a file to which nothing is added any more; it appears with the others."""
        handle = self._open[name][1]
        if not handle.closed:
            handle.flush()
            os.fsync(handle.fileno())
            handle.close()

    def before_end(self, closing: Callable[[], None]) -> None:
        """Call ``closing()`` when all samples are in."""
        self._closing.append(closing)

    def manifest(self) -> Dict[str, Any]:
        """Counts and reasons by format, and size and SHA-256 of every file closed so far."""
        return {
            **self.about,
            "formats": {form: tally.as_json() for form, tally in sorted(self.tallies.items())},
            "files": {name: _digest(self.folder / name) for name in sorted(self._open) if name != "manifest.json"},
        }

    def __enter__(self) -> "Output":
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            for path, handle in self._open.values():
                handle.close()
                path.with_name(path.name + _PART).unlink(missing_ok=True)

    def _finish(self) -> None:
        for closing in self._closing:
            closing()
        for array in self._arrays.values():
            array.close()
        for name in self._open:
            self.finish(name)
        for path, _ in self._open.values():
            os.replace(path.with_name(path.name + _PART), path)
        text = json.dumps(self.manifest(), ensure_ascii=False, indent=2) + "\n"
        write_whole(self.folder / "manifest.json", text.encode("utf-8", "backslashreplace"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either there as a whole or not at all."""
    part = path.with_name(path.name + _PART)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _digest(path: Path) -> Dict[str, Any]:
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}

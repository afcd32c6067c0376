"""The mask engines that a user keeps in a folder: which there are, which of them cannot be used and why, and opening one.

An engine is a folder with ``manifest.json`` and ``SHA256SUMS`` (what ``convert_sam`` writes), a folder with an encoder
and a decoder, or one graph that does both. Nothing is loaded to list them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from ..catalog import embedded
from ..errors import TerralogueError, UserModelRefused
from .engine import MaskEngine
from .graph_file import GraphFile
from .sam_layouts import Layout, layout_of


@dataclass(frozen=True)
class EngineEntry:
    """One engine on disk: its ``name`` as the user reads it, the ``path`` of its folder, ``files`` of its graphs in it.

    ``problem``: why it cannot be used, an English sentence; "" if it can. ``error``: the same as an error with a type.
    """

    name: str
    path: Path
    files: Tuple[str, ...] = ()
    problem: str = ""
    error: Optional[TerralogueError] = None

    @property
    def verified(self) -> bool:
        """Whether its files are listed with digests, by which they are checked when it is opened."""
        return (self.path / embedded.SUMS).is_file()


def list_engines(folder: Path) -> List[EngineEntry]:
    """The engines in the folders below ``folder`` and in itself, by name; none where there is no such folder.

    Reads the graphs' outlines, not their weights: milliseconds each, any thread. Never raises for what it finds.
    """
    try:
        below = sorted(path for path in Path(folder).iterdir() if path.is_dir())
    except OSError:
        return []
    found = [entry_of(path) for path in (Path(folder), *below) if any(path.glob("*.onnx"))]
    return sorted(found, key=lambda entry: entry.name.lower())


def entry_of(folder: Path) -> EngineEntry:
    """The engine in ``folder``, with its problem if it has one. Never raises."""
    name = folder.name
    files: Tuple[str, ...] = ()
    try:
        if (folder / embedded.MANIFEST).is_file():
            manifest = embedded.manifest(folder)
            name = str(manifest.get("name") or name)
        files = _graphs(folder)
        _layout(folder, files)
    except TerralogueError as error:
        return EngineEntry(name, folder, files, str(error), error)
    except OSError as error:
        unreadable = UserModelRefused(str(folder), "damaged", str(error))
        return EngineEntry(name, folder, files, str(unreadable), unreadable)
    return EngineEntry(name, folder, files)


def entry_of_files(first: Path, second: Optional[Path] = None) -> EngineEntry:
    """The engine of an encoder and a decoder in one folder, in either order, or of one graph that does both.

    What the user picks by hand. Never raises: the problem is in the entry.
    """
    files = (first.name,) if second is None else (first.name, second.name)
    try:
        if second is not None and second.parent != first.parent:
            raise UserModelRefused(str(second), "task", "encoder and decoder must lie in the same folder")
        _layout(first.parent, files)
    except TerralogueError as error:
        return EngineEntry(first.stem, first.parent, files, str(error), error)
    return EngineEntry(first.stem, first.parent, files)


def open_engine(entry: EngineEntry, threads: Optional[int] = None) -> MaskEngine:
    """Check digests and load: seconds, so on a worker thread. Raises ``entry.error``, UserModelRefused, RuntimeMissing."""
    if entry.error is not None:
        raise entry.error
    from .sam_onnx import SamMasks

    digests = embedded.verify_users(entry.path) if entry.verified else None
    # Looked at again: between listing and loading a file can be exchanged.
    return SamMasks.load(_layout(entry.path, entry.files), entry.name, digests, threads)


def _graphs(folder: Path) -> Tuple[str, ...]:
    """The names of the one or two graphs of ``folder``."""
    names = tuple(sorted(path.name for path in folder.glob("*.onnx")))
    if not names:
        raise UserModelRefused(str(folder), "missing", "it holds no .onnx file")
    if len(names) > 2:
        raise UserModelRefused(str(folder), "task", f"it holds {len(names)} graphs; keep one encoder and one decoder in a folder")
    return names


def _layout(folder: Path, files: Tuple[str, ...]) -> Layout:
    graphs = [GraphFile.read(folder / name) for name in files]
    return layout_of(graphs)

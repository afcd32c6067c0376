"""Zip archives from elsewhere: looked through before anything is written, and unpacked to where they are put, nowhere else."""

import shutil
import stat
import zipfile
import zlib
from pathlib import Path
from typing import List, Optional, Sequence, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..errors import ArchiveRefused, StorageFull
from .names import steps_below

#: Members, bytes of all of them, and how many times as large a member may become: beyond, it is no archive of a model.
MOST_MEMBERS = 10_000
MOST_BYTES = 64_000_000_000
MOST_TIMES = 200
_BLOCK = 1 << 20
_SMALL = 10_000_000


def unpack(
    archive: Path, folder: Path, wanted: Optional[Sequence[str]] = None, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None,
) -> List[Path]:
    """Unpack ``archive`` into the empty ``folder``; the files. ``wanted``: members by name, None: all of them.

    Raises ArchiveRefused before anything is written for a member that is absolute, leads out, is a link or comes twice, for
    too many of them, or too much; StorageFull; Cancelled.
    """
    cancel = cancel or CancelToken()
    try:
        with zipfile.ZipFile(archive) as opened:
            members = _checked(opened, archive.name)
            if wanted is not None:
                missing = sorted(set(wanted) - {member.filename for member, _ in members})
                if missing:
                    raise ArchiveRefused(archive.name, f"it holds no {missing[0]}")
                members = [pair for pair in members if pair[0].filename in wanted]
            needed = sum(member.file_size for member, _ in members)
            free = shutil.disk_usage(folder).free
            if needed > free:
                raise StorageFull(needed, free)
            return _write(opened, members, archive.name, folder, max(needed, 1), progress, cancel)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        # RuntimeError: a member that is encrypted.
        raise ArchiveRefused(archive.name, f"it is damaged, or packed in a way that is not read ({error})") from error


def _checked(opened: zipfile.ZipFile, name: str) -> "List[Tuple[zipfile.ZipInfo, Tuple[str, ...]]]":
    infos = opened.infolist()
    if len(infos) > MOST_MEMBERS:
        raise ArchiveRefused(name, f"it holds {len(infos)} members")
    found, seen = [], set()
    for info in infos:
        # As it stands in the archive: the module has made slashes of a Windows path's backslashes already.
        said = str(getattr(info, "orig_filename", info.filename))
        steps = tuple(steps_below(said))
        if not steps or "\\" in said:
            raise ArchiveRefused(name, f"the member “{said[:60]}” leads out of its folder")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise ArchiveRefused(name, f"the member “{said[:60]}” is a link")
        if info.is_dir():
            continue
        key = "/".join(steps).lower()
        if key in seen:
            raise ArchiveRefused(name, f"the member “{said[:60]}” comes twice")
        seen.add(key)
        if info.file_size > max(_SMALL, MOST_TIMES * info.compress_size):
            raise ArchiveRefused(name, f"the member “{said[:60]}” is packed suspiciously small")
        found.append((info, steps))
    if sum(info.file_size for info, _ in found) > MOST_BYTES:
        raise ArchiveRefused(name, "it would become too large")
    return found


def _write(
    opened: zipfile.ZipFile, members: "List[Tuple[zipfile.ZipInfo, Tuple[str, ...]]]", name: str, folder: Path, needed: int,
    progress: Progress, cancel: CancelToken,
) -> List[Path]:
    done, files = 0, []
    for info, steps in members:
        path = folder.joinpath(*steps)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        with opened.open(info) as source, open(path, "xb") as target:
            for block in iter(lambda: source.read(_BLOCK), b""):  # noqa: B023 - read within this turn
                cancel.raise_if_cancelled()
                written += len(block)
                if written > info.file_size:
                    raise ArchiveRefused(name, f"the member “{info.filename[:60]}” is larger than it says")
                target.write(block)
                progress((done + written) / needed, "")
        done += written
        files.append(path)
    return files

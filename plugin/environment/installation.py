"""Installs groups of packages: into a temporary folder, probed in a child process, renamed only when all of it works."""

import json
import os
import shutil
import uuid
from datetime import datetime
from pathlib import Path
from typing import Callable, Iterable, List, Optional

from .activation import Activation, activate
from .errors import InstallCancelled, InstallError
from .groups import GROUPS, Lock, find_lock
from .interpreter import find_python
from .ladder import rungs
from .paths import data_folder, sites_folder
from .process import Failed, Log, child_environment, run

Progress = Callable[[float, str], None]

#: Left behind by a killed installation or by a removal while a library was loaded (Windows); swept at the next one.
_TEMPORARY = ".unfinished-"


def install(
    groups: Iterable[str] = ("core",),
    progress: Progress = lambda fraction, message: None,
    cancelled: Callable[[], bool] = lambda: False,
    log: Log = lambda line: None,
    offline_folder: Optional[str] = None,
    proxy: str = "",
    again: bool = False,
) -> List[Activation]:
    """Install, verify and activate ``groups``; groups that are there and whole are only activated. Worker thread, minutes.

    ``offline_folder``: a folder of wheels, used instead of the network. ``again``: replace even what looks whole, because
    it did not import; the old copy stays until the new one has been verified. The log is also kept in the data folder.
    Raises :class:`InstallError` or :class:`InstallCancelled`; then nothing was changed.
    """
    names = list(groups)
    done = []
    with _Log(log) as write:
        for index, name in enumerate(names):

            def part(fraction: float, message: str, index: int = index) -> None:
                progress((index + fraction) / len(names), message)

            lock = find_lock(name)
            if lock is None:
                raise InstallError(activate(name).message)
            if again or not lock.folder.is_dir() or not activate(name).ok:
                _install(lock, part, cancelled, write, Path(offline_folder) if offline_folder else None, proxy)
            part(1.0, "")
            done.append(activate(name))
    return done


def remove(groups: Optional[Iterable[str]] = None) -> List[str]:
    """Delete what was installed (all groups if None), of every version; returns the folders removed.

    Raises :class:`InstallError` if a folder cannot be moved away (on Windows: its libraries are loaded).
    """
    wanted = set(GROUPS if groups is None else groups)
    removed = []
    for folder in sorted(sites_folder().glob("*-*-cp*")):
        if folder.name.split("-")[0] not in wanted:
            continue
        _set_aside(folder)
        removed.append(str(folder))
    return removed


def _set_aside(folder: Path) -> None:
    """Delete an installed folder, whole or not at all; nothing to do where there is none. Raises InstallError."""
    if not folder.is_dir():
        return
    trash = folder.with_name(_TEMPORARY + uuid.uuid4().hex[:8])
    try:
        os.replace(folder, trash)
    except OSError as error:
        raise InstallError("The packages are in use. Restart QGIS and try again before asking a question.",
                           str(error)) from error  # fmt: skip
    shutil.rmtree(trash, ignore_errors=True)


def _install(
    lock: Lock, progress: Progress, cancelled: Callable[[], bool], log: Log, offline: Optional[Path], proxy: str
) -> None:
    progress(0.0, "Looking for Python")
    replaced = lock.folder if lock.folder.is_dir() else None
    python = find_python()
    _check_space(lock)
    temporary = sites_folder() / (_TEMPORARY + uuid.uuid4().hex[:8])
    try:
        _fetch(lock, python, temporary, progress, cancelled, log, offline, proxy)
        progress(0.85, "Testing the packages")
        _refuse_numpy(temporary)
        _probe(lock, python, temporary, cancelled, log)
        if replaced is not None:
            _set_aside(replaced)
        _keep(temporary, lock, log)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_space(lock: Lock) -> None:
    try:
        sites_folder().mkdir(parents=True, exist_ok=True)
        for left in sites_folder().glob(_TEMPORARY + "*"):
            # Another QGIS may be installing right now: only what is a day old is certainly left over.
            if datetime.now().timestamp() - left.stat().st_mtime > 86400:
                shutil.rmtree(left, ignore_errors=True)
        free = shutil.disk_usage(sites_folder()).free / 1e6
    except OSError as error:
        raise InstallError(f"The folder {sites_folder()} cannot be written. Set TERRALOGUE_PACKAGES to another one.",
                           str(error)) from error  # fmt: skip
    needed = lock.group.disk_mb * 1.5
    if free < needed:
        raise InstallError(f"{needed:.0f} MB are needed in {sites_folder()}, {free:.0f} MB are free. Free some space first.")


def _fetch(
    lock: Lock, python: str, target: Path, progress: Progress, cancelled: Callable[[], bool], log: Log,
    offline: Optional[Path], proxy: str,
) -> None:  # fmt: skip
    """Try each installer of the ladder until one has filled ``target``."""
    failures: List[str] = []
    count = max(1, len(lock.packages()))
    for rung in rungs(python):
        seen = 0

        def follow(line: str) -> None:
            nonlocal seen
            log(line)
            if line.lstrip().startswith(("Collecting", "Downloading", "Downloaded", "Processing")):
                seen += 1
                progress(min(0.8, 0.05 + 0.7 * seen / (2 * count)), line.strip()[:80])

        command = rung.command(python, lock.path, target, offline)
        log(f"{rung.name}: {' '.join(command)}")
        progress(0.05, f"Installing {lock.group.name} packages with {rung.name}")
        try:
            run(command, follow, cancelled, child_environment(proxy))
        except Failed as error:
            failures.append(f"{rung.name}: {error}")
            shutil.rmtree(target, ignore_errors=True)
            continue
        return
    if not failures:
        raise InstallError("Neither uv nor pip was found for QGIS's Python. On Debian or Ubuntu: "
                           "sudo apt install python3-pip, then try again.")  # fmt: skip
    hint = ("The CPU build of torch must lie in a folder named by PIP_FIND_LINKS. " if lock.group.name == "training"
            else "")  # fmt: skip
    raise InstallError(
        f"The {lock.group.name} packages could not be installed. {hint}Check the network or proxy, or install from a "
        "folder of wheels.",
        "\n\n".join(failures),
    )


def _refuse_numpy(folder: Path) -> None:
    """A second numpy beside QGIS's breaks GDAL's and rasterio's bindings; a lock that brings one is wrong."""
    if (folder / "numpy").exists():
        raise InstallError("The package set would bring its own numpy, which breaks QGIS. Nothing was installed.")


def _probe(lock: Lock, python: str, folder: Path, cancelled: Callable[[], bool], log: Log) -> None:
    script = Path(__file__).with_name("probe.py")
    try:
        run([python, "-I", str(script), str(folder), *lock.group.modules], log, cancelled)
    except Failed as error:
        raise InstallError(
            f"The {lock.group.name} packages were downloaded but do not run on this computer. Nothing was installed.",
            str(error),
        ) from error
    if cancelled():
        raise InstallCancelled()


def _keep(temporary: Path, lock: Lock, log: Log) -> None:
    facts = {"group": lock.group.name, "lock": f"sha256:{lock.digest}", "packages": dict(lock.packages())}
    (temporary / "terralogue.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    try:
        os.replace(temporary, lock.folder)
    except OSError as error:
        if not lock.folder.is_dir():  # otherwise a second QGIS was faster and its copy is as good
            raise InstallError(f"The packages could not be moved to {lock.folder}. Close other programs and try again.",
                               str(error)) from error  # fmt: skip
    log(f"Installed {lock.folder}")


class _Log:
    """Hands lines to the caller and keeps them in ``log/install.log``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def __enter__(self) -> Log:
        folder = data_folder() / "log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / "install.log").open("a", encoding="utf-8")
        except OSError as error:
            raise InstallError(f"The folder {folder} cannot be written. Set TERRALOGUE_PACKAGES to another one.",
                               str(error)) from error  # fmt: skip
        return self._write

    def _write(self, line: str) -> None:
        self._file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}\n")
        self._log(line)

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

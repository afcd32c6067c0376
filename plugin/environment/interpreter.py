"""Finds the Python interpreter behind QGIS: inside QGIS ``sys.executable`` is the QGIS program, not Python."""

import os
import sys
from pathlib import Path
from typing import Iterator

from .errors import InstallError
from .process import Failed, output_of

#: Names a Python, so that a wrong guess is not started: ``qgis -c …`` would open a second QGIS.
_NAMES = ("python3.{minor}", "python3", "python", "python3.exe", "python.exe")


def find_python() -> str:
    """Path of an interpreter with the same version as the running one.

    Raises :class:`InstallError` if there is none; starts each candidate once (about 20 ms). Worker thread.
    """
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    wanted = "%d.%d" % sys.version_info[:2]
    tried = []
    for candidate in _candidates():
        if candidate in tried:
            continue
        tried.append(candidate)
        try:
            if output_of([candidate, "-I", "-c", question], timeout=20).strip() == wanted:
                return candidate
        except Failed:
            continue
    raise InstallError(
        f"No Python {wanted} was found beside QGIS. Install the packages into a folder from a command line instead "
        "(see the README), then restart QGIS.",
        "Looked at: " + ", ".join(tried),
    )


def _candidates() -> Iterator[str]:
    names = [name.format(minor=sys.version_info[1]) for name in _NAMES]
    running = getattr(sys, "_base_executable", "") or sys.executable or ""
    if Path(running).name.lower().startswith("python"):
        yield running
    folders = []
    for prefix in (sys.base_prefix, sys.prefix, sys.exec_prefix, os.environ.get("PYTHONHOME", "")):
        if prefix:
            folders += [Path(prefix) / "bin", Path(prefix)]
    if running:  # macOS: QGIS.app/Contents/MacOS/QGIS has its Python in MacOS/bin; Windows: bin beside qgis-bin.exe
        folders += [Path(running).parent / "bin", Path(running).parent]
    for folder in folders:
        for name in names:
            if (folder / name).is_file():
                yield str(folder / name)

"""The ways to install a lock, best first: a given uv, ``python -m uv``, uv on PATH, pip, pip of a private venv."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional

from .paths import data_folder
from .process import Failed, output_of

#: A path to uv; "off" leaves uv out of the ladder.
GIVEN_UV = "TERRALOGUE_UV"


@dataclass(frozen=True)
class Rung:
    """One installer: ``name`` for the log, ``program`` as the start of its command line, ``uv`` for its dialect."""

    name: str
    program: List[str]
    uv: bool

    def command(self, python: str, lock: Path, target: Path, offline_folder: Optional[Path] = None) -> List[str]:
        """Install exactly ``lock`` into ``target``: digests required, nothing resolved, nothing compiled."""
        common = ["--target", str(target), "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
        offline = ["--no-index", "--find-links", str(offline_folder)] if offline_folder else []
        if self.uv:
            # Copies, not links into uv's cache: a file damaged here must not damage the one a repair would take.
            return [*self.program, "pip", "install", "--python", python, "--no-progress", "--color", "never",
                    "--link-mode", "copy", *(["--offline"] if offline else []), *offline, *common]  # fmt: skip
        return [*self.program, "install", "--no-compile", "--progress-bar", "off", *offline, *common]


def rungs(python: str) -> Iterator[Rung]:
    """The installers present, best first; each is tested by asking its version. ``python``: see find_python()."""
    given = os.environ.get(GIVEN_UV, "")
    if given != "off":
        on_path = shutil.which("uv")
        for name, program in (
            ("uv (given)", [given] if given else None),
            ("python -m uv", [python, "-m", "uv"]),
            ("uv", [on_path] if on_path else None),
        ):
            if program and _works([*program, "--version"]):
                yield Rung(name, program, uv=True)
    if _works([python, "-I", "-m", "pip", "--version"]):
        yield Rung("pip", [python, "-I", "-m", "pip"], uv=False)
        return
    private = _private_pip(python)
    if private:
        yield Rung("pip of a private environment", [private, "-I", "-m", "pip"], uv=False)


def _works(command: List[str]) -> bool:
    try:
        output_of(command)
    except Failed:
        return False
    return True


def _private_pip(python: str) -> Optional[str]:
    """Python of a virtual environment made only to have pip: Debian's own interpreter comes without."""
    home = data_folder() / "pip"
    program = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not program.exists() and not _works([python, "-I", "-m", "venv", str(home)]):
        shutil.rmtree(home, ignore_errors=True)
        return None
    return str(program) if _works([str(program), "-I", "-m", "pip", "--version"]) else None

"""Runs a child process that can be cancelled, with its lines handed on as they come and a scrubbed environment."""

import os
import queue
import subprocess
import sys
import threading
from typing import Callable, Dict, List, Optional

from .errors import InstallCancelled

Log = Callable[[str], None]

#: Set by QGIS, by other plugins or by a virtual environment; each of them breaks or redirects a foreign Python.
_FOREIGN = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONUSERBASE", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "VIRTUAL_ENV",
            "PIP_REQUIRE_VIRTUALENV", "PIP_REQUIREMENT", "PIP_CONSTRAINT", "UV_CONSTRAINT", "UV_SYSTEM_PYTHON",
            "GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "LD_PRELOAD")  # fmt: skip

#: uv does not read pip's settings; what an administrator set for pip should hold for both.
_PIP_TO_UV = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_CERT": "SSL_CERT_FILE",
}


class Failed(Exception):
    """The process could not start, or ended with an error; the text holds its last lines."""


def child_environment(proxy: str = "") -> Dict[str, str]:
    """The environment for pip, uv and probes: proxies and certificates stay, foreign Python settings go."""
    environment = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    if sys.platform != "win32":  # OSGeo4W's python.exe needs PYTHONHOME; elsewhere it belongs to QGIS alone
        environment.pop("PYTHONHOME", None)
    for pip_name, uv_name in _PIP_TO_UV.items():
        if environment.get(pip_name) and not environment.get(uv_name):
            environment[uv_name] = environment[pip_name]
    if proxy:
        environment.update({"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "ALL_PROXY": proxy})
    environment.update({"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"})
    return environment


def output_of(command: List[str], timeout: float = 60) -> str:
    """Standard output of a short command. Raises :class:`Failed`."""
    try:
        done = subprocess.run(  # nosec B603 - a list, no shell; the program is an interpreter or uv found by us
            command, capture_output=True, timeout=timeout, env=child_environment(), stdin=subprocess.DEVNULL,
            text=True, encoding="utf-8", errors="replace", creationflags=_hidden(), check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(str(error)) from error
    if done.returncode != 0:
        raise Failed((done.stderr or done.stdout).strip()[-2000:])
    return done.stdout


def run(command: List[str], log: Log, cancelled: Callable[[], bool], environment: Optional[Dict[str, str]] = None) -> None:
    """Run ``command`` to its end and hand each line to ``log``; worker thread.

    Raises :class:`InstallCancelled` within 0.2 s of ``cancelled()``, :class:`Failed` on a non-zero exit.
    """
    try:
        child = subprocess.Popen(  # nosec B603 - as above
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            encoding="utf-8", errors="replace", env=environment or child_environment(), creationflags=_hidden(),
        )  # fmt: skip
    except OSError as error:
        raise Failed(str(error)) from error
    lines: "queue.Queue[Optional[str]]" = queue.Queue()

    def read() -> None:
        for line in child.stdout or ():
            lines.put(line.rstrip())
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    last: List[str] = []
    try:
        while True:
            if cancelled():
                raise InstallCancelled()
            try:
                line = lines.get(timeout=0.1)
            except queue.Empty:
                continue
            if line is None:
                break
            last = [*last[-29:], line]
            log(line)
    finally:
        if child.poll() is None and (cancelled() or sys.exc_info()[0] is not None):
            child.kill()
        child.wait()
    if child.returncode != 0:
        raise Failed("\n".join(last) or f"exit code {child.returncode}")


def _hidden() -> int:
    """No console window flashes up on Windows."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)

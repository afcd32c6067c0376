"""Where packages live: one folder per user that outlives plugin upgrades, one sub-folder per lock and interpreter."""

import os
import platform
import sys
from pathlib import Path

#: Overrides the data folder, for instance on a shared drive or in tests.
OVERRIDE = "TERRALOGUE_PACKAGES"


def data_folder() -> Path:
    """The user's folder for Terralogue; may not exist yet. Kept short: Windows paths end at 260 characters."""
    override = os.environ.get(OVERRIDE, "")
    if override:
        return Path(override).expanduser().resolve()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME", "") or str(Path.home() / ".local" / "share")
    return Path(base) / "terralogue"


def sites_folder() -> Path:
    """The folder that holds one sub-folder per installed lock."""
    return data_folder() / "sites"


def platform_tag() -> str:
    """The running machine as the locks name it, e.g. ``linux_x86_64``; compiled packages fit only their own."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"{system}_{machine}"


def interpreter_tag() -> str:
    """The running interpreter as the locks name it, e.g. ``cp311``."""
    return f"cp{sys.version_info[0]}{sys.version_info[1]}"

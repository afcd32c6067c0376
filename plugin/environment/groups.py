"""The sets of packages and their locks: which versions, with which digests, for which interpreter and platform."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from .paths import interpreter_tag, platform_tag, sites_folder

LOCKS = Path(__file__).resolve().parent / "locks"


@dataclass(frozen=True)
class Group:
    """``requirements``: what is asked for; the lock pins all of it. ``modules``: what must import afterwards.

    ``download_mb``/``disk_mb``: measured on Linux with Python 3.11; other platforms differ by a few MB.
    """

    name: str
    purpose: str
    requirements: Tuple[str, ...]
    modules: Tuple[str, ...]
    download_mb: int
    disk_mb: int


GROUPS = {
    group.name: group
    for group in (
        Group("core", "run the models", ("onnxruntime", "affine<3"), ("onnxruntime", "affine"), 22, 66),
        Group("headless", "read rasters without QGIS", ("rasterio", "shapely"), ("rasterio", "shapely"), 28, 98),
        Group("documents", "read PDF documents", ("pypdf>=5",), ("pypdf",), 1, 2),
        Group("vectors", "search more than 300,000 tiles quickly", ("faiss-cpu",), ("faiss",), 30, 115),
        Group(
            "training",
            "train the models",
            ("torch==2.13.0", "onnx", "onnxscript", "pillow", "scipy", "segment-anything"),
            ("torch", "onnx", "PIL", "scipy"),
            270,
            1000,
        ),
        Group(
            "dev",
            "check and test this repository",
            ("pytest", "pytest-qgis", "ruff", "mypy", "import-linter", "bandit", "detect-secrets"),
            ("pytest", "mypy", "importlinter", "bandit", "detect_secrets"),
            45,
            170,
        ),
    )
}


@dataclass(frozen=True)
class Lock:
    """A requirements file with a digest for every package, made for one interpreter and platform."""

    group: Group
    path: Path
    tag: str

    @property
    def digest(self) -> str:
        """The first 12 hex digits of the lock's SHA-256, the same for LF and CRLF checkouts."""
        text = self.path.read_bytes().replace(b"\r\n", b"\n")
        return hashlib.sha256(text).hexdigest()[:12]

    @property
    def folder(self) -> Path:
        """Where this lock is (to be) installed; exists only if the installation was verified."""
        return sites_folder() / f"{self.group.name}-{self.digest}-{self.tag}"

    def packages(self) -> List[Tuple[str, str]]:
        """(name, version) of every package in the lock."""
        return re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", self.path.read_text(encoding="utf-8"), re.MULTILINE)


def find_lock(group: str) -> Optional[Lock]:
    """The lock of ``group`` for the running interpreter and platform; None if none was made for it."""
    tag = f"{interpreter_tag()}-{platform_tag()}"
    path = LOCKS / f"{group}-{tag}.txt"
    return Lock(GROUPS[group], path, tag) if path.is_file() else None

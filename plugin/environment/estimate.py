"""What an installation will cost, told before it starts: sizes, packages and their licences."""

from dataclasses import dataclass
from typing import Iterable, Tuple

from .activation import activate
from .groups import GROUPS, find_lock

#: SPDX identifiers as the packages declare them.
LICENCES = {
    "affine": "BSD-3-Clause",
    "attrs": "MIT",
    "certifi": "MPL-2.0",
    "click": "BSD-3-Clause",
    "click-plugins": "BSD-3-Clause",
    "cligj": "BSD-3-Clause",
    "coloredlogs": "MIT",
    "flatbuffers": "Apache-2.0",
    "humanfriendly": "MIT",
    "mpmath": "BSD-3-Clause",
    "onnxruntime": "MIT",
    "packaging": "Apache-2.0 OR BSD-2-Clause",
    "protobuf": "BSD-3-Clause",
    "pyparsing": "MIT",
    "rasterio": "BSD-3-Clause",
    "shapely": "BSD-3-Clause",
    "sympy": "BSD-3-Clause",
    "torch": "BSD-3-Clause",
    "onnx": "Apache-2.0",
    "onnxscript": "MIT",
    "pillow": "MIT-CMU",
    "scipy": "BSD-3-Clause",
}


@dataclass(frozen=True)
class Estimate:
    """Sizes in MB (10^6 bytes), measured on Linux; ``packages``: (name, version, licence or "" if not known here)."""

    download_mb: int
    disk_mb: int
    packages: Tuple[Tuple[str, str, str], ...]
    folder: str


def estimate(groups: Iterable[str] = ("core",), again: bool = False) -> Estimate:
    """What installing ``groups`` would add; those that are there and whole count nothing unless ``again``. Quick; any thread."""
    download = disk = 0
    packages = []
    folders = []
    for name in groups:
        lock = find_lock(name)
        if lock is None:
            continue
        folders.append(str(lock.folder))
        if lock.folder.is_dir() and not again and activate(name).ok:
            continue
        download += GROUPS[name].download_mb
        disk += GROUPS[name].disk_mb
        packages += [(package, version, LICENCES.get(package, "")) for package, version in lock.packages()]
    return Estimate(download, disk, tuple(packages), ", ".join(folders))

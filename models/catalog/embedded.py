"""The embedded model's files: listed with digests in ``SHA256SUMS``, each verified before it is loaded."""

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, Optional, Sequence

from ..errors import ModelDigestError, ModelMissing, ModelUnreadable, UserModelRefused
from ..language import decoder, text_tower
from ..vision import overhead

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
#: Files of parts without which the rest works, and which are checked when they are needed.
LATE = (*decoder.FILES, *text_tower.FILES, *overhead.FILES)


def digest_of(path: Path) -> str:
    """SHA-256 of a file as hex."""
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def verify(folder: Path, names: Optional[Sequence[str]] = None) -> Dict[str, str]:
    """Check files that ``folder``/SHA256SUMS lists; returns name → digest.

    ``names``: those that are about to be loaded; None: all but ``LATE``. Raises ModelMissing for an absent file or list and
    for a name that is not listed, ModelDigestError for a changed file, ModelUnreadable for a listed name that points outside
    the folder.
    """
    listed = _listed(folder)
    wanted = [name for name in listed if name not in LATE] if names is None else names
    for name in wanted:
        path = folder / name
        if name not in listed or not path.is_file():
            raise ModelMissing(str(path))
        found = digest_of(path)
        if found != listed[name]:
            raise ModelDigestError(str(path), listed[name], found)
    return {name: listed[name] for name in wanted}


def verify_users(folder: Path) -> Dict[str, str]:
    """As :func:`verify`, of a model that the user has put or taken in there. Raises UserModelRefused."""
    try:
        return verify(folder)
    except ModelMissing as error:
        raise UserModelRefused(error.path, "missing", f"it is listed in {SUMS}") from error
    except ModelDigestError as error:
        raise UserModelRefused(error.path, "changed", "its digest differs") from error
    except UserModelRefused:
        raise
    except ModelUnreadable as error:
        raise UserModelRefused(error.path, "elsewhere", error.reason) from error


def _listed(folder: Path) -> Dict[str, str]:
    sums = folder / SUMS
    if not sums.is_file():
        raise ModelMissing(str(sums))
    digests = {}
    for line in sums.read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        path = folder / name
        if not name or path.parent != folder or path.is_symlink():
            raise ModelUnreadable(str(path), "the list of digests names a file outside the model's folder")
        digests[name] = expected
    return digests


def manifest(folder: Path) -> Dict[str, Any]:
    """The manifest of a verified folder. Raises ModelUnreadable if it is not a JSON object."""
    try:
        loaded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnreadable(str(folder / MANIFEST), str(error)) from error
    if not isinstance(loaded, dict):
        raise ModelUnreadable(str(folder / MANIFEST), "not a JSON object")
    return loaded

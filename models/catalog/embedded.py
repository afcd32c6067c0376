"""The embedded model's files: listed with digests in ``SHA256SUMS``, verified before anything is loaded."""

import hashlib
import json
from pathlib import Path
from typing import Any, Dict

from ..errors import ModelDigestError, ModelMissing, ModelUnreadable

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"


def digest_of(path: Path) -> str:
    """SHA-256 of a file as hex."""
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def verify(folder: Path) -> Dict[str, str]:
    """Check every file that ``folder``/SHA256SUMS lists; returns name → digest.

    Raises ModelMissing for an absent file or list, ModelDigestError for a changed file, ModelUnreadable for a name
    that points outside the folder.
    """
    sums = folder / SUMS
    if not sums.is_file():
        raise ModelMissing(str(sums))
    digests = {}
    for line in sums.read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        path = folder / name
        if not name or path.parent != folder or path.is_symlink():
            raise ModelUnreadable(str(path), "the list of digests names a file outside the model's folder")
        if not path.is_file():
            raise ModelMissing(str(path))
        found = digest_of(path)
        if found != expected:
            raise ModelDigestError(str(path), expected, found)
        digests[name] = found
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

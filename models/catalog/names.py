"""Names of files that come from elsewhere: kept only where they are plain names on every system, Windows too."""

import re
from typing import List

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 150


def is_plain(name: str) -> bool:
    """Whether ``name`` is one file's or folder's name: no path, no drive, no stream, nothing that Windows reserves."""
    return bool(
        name and len(name) <= _LONGEST and name not in (".", "..") and not _FORBIDDEN.search(name)
        and not name.endswith((".", " ")) and not name.startswith((" ", "~")) and not _RESERVED.fullmatch(name)
    )


def steps_below(path: str) -> List[str]:
    """The folders and the name of ``path``, which stays below where it is put; [] for one that does not.

    Slashes of either kind part folders: what is one name on Linux is a path on Windows.
    """
    steps = path.replace("\\", "/").split("/")
    if steps and steps[-1] == "":
        steps.pop()
    return steps if steps and all(is_plain(step) for step in steps) else []


def plain(text: str, other: str = "model") -> str:
    """``text`` as a plain name, for a folder that is named after a title."""
    name = " ".join(re.sub(r"[^\w\-. ]+", " ", text).split())[:60].strip(" .~")
    return name if is_plain(name) else other

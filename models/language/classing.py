"""Questions that give a list of classes to name the ground with: "classify this into forest, field and water"."""

import re
from typing import Optional

_RULE = re.compile(
    r"^(?:please |can you |could you )?(?:classify|categori[sz]e|sort|divide)\b(?P<what>.{0,60}?)\b(?:into|in|as|by|with)\b"
    r"(?: the)?(?: (?:classes|categories|types))?:?\s+(?P<classes>.+)$")


def classes_asked(plain: str) -> Optional[str]:
    """The list as it was written; None: no such question. ``plain``: lower case. One class is no list."""
    found = _RULE.match(plain)
    if found is None:
        return None
    classes = re.sub(r"[\s,]+please$", "", found.group("classes").strip(" .!?"))
    return classes[:2000] if re.search(r",|\band\b|\bor\b", classes) else None

"""Questions that give a list of classes to name the ground with: "classify this into forest, field and water"."""

import re
from typing import Optional

_PLEASE = r"^(?:please |can you |could you )?"
_NAME = r"(?:classify|categori[sz]e|sort|divide)\b"
_TILE = r"(?:(?:each|every|all|the|all the|each of the) )?tiles?"
_RULES = tuple(re.compile(rule) for rule in (
    _PLEASE + _NAME + r".{0,60}?\b(?:into|in|as|by|with)\b(?: the)?(?: (?:classes|categories|types))?:?\s+(?P<classes>.+)$",
    _PLEASE + _NAME + r"[^:]{0,60}:\s*(?P<classes>.+)$",
    _PLEASE + r"(?:label|tag|name) " + _TILE + r" (?:as|with|by|:)\s*(?P<classes>.+)$",
    r"^(?:which|what) class (?:is|has|fits|describes) " + _TILE + r"\s*[:,]\s*(?P<classes>.+)$",
    r"^which of (?P<classes>.+?),? (?:is|are|fits|fit|describes) (?:each|every|the) tiles?\s*\??$",
))


def classes_asked(plain: str) -> Optional[str]:
    """The list as it was written; None: no such question. ``plain``: lower case. One class is no list."""
    found = next((found for found in (rule.match(plain) for rule in _RULES) if found is not None), None)
    if found is None:
        return None
    classes = re.sub(r"[\s,]+please$", "", found.group("classes").strip(" .!?"))
    return classes[:2000] if re.search(r",|\band\b|\bor\b", classes) else None

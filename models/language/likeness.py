"""Questions for places that look like something: like a description, or like what is shown."""

import re
from typing import Optional

_PLACES = r"(?:places?|spots?|sites?|locations?|areas?|regions?|scenes?|views?|parts?|corners?|images?|pictures?|chips?)"
_LIKE = r"(?:that (?:look|are) like|which (?:look|are) like|looking like|similar to|resembling|like)"
_RULES = (
    re.compile(rf"\b(?:show|find|give|get|list|locate|search|look)\b.{{0,24}}\b{_PLACES}\b.{{0,12}}?\b{_LIKE}\b\s+(?P<what>.+)$"),
    re.compile(rf"\bwhere else\b.{{0,60}}?\b{_LIKE}\b\s+(?P<what>.+)$"),
    re.compile(rf"\b(?:what|which) other {_PLACES}\b.{{0,24}}?\b{_LIKE}\b\s+(?P<what>.+)$"),
    re.compile(rf"^(?:please )?(?:show |find |bring up |give )?(?:me )?(?:any |some )?(?:other|more)(?: {_PLACES})?"
               rf"(?: that)? {_LIKE}\b\s+(?P<what>.+)$"),
    re.compile(rf"\b(?:similar|alike) {_PLACES}\b(?P<what>)"),
    re.compile(rf"\b{_PLACES} (?:that look like|similar to|resembling|that resemble|which resemble) "
               r"(?P<what>(?:this|that|it)\b.*)$"),
    re.compile(rf"^(?:are|is) there (?:any )?(?:other|more) {_PLACES}\b.{{0,12}}?\b{_LIKE}\b\s+(?P<what>.+)$"),
)
_ITSELF = re.compile(rf"(?:this|that|it|these|here|the one|what (?:is|i see) here)(?: (?:one|here|view|image|{_PLACES}))?$")


def likeness(plain: str) -> Optional[str]:
    """What the places asked for look like, "" for what is shown itself; None: no such question. ``plain``: lower case."""
    for rule in _RULES:
        found = rule.search(plain)
        if found is not None:
            what = re.sub(r"\s+please$", "", found.group("what").strip(" .!?,;:\"'"))
            return "" if not what or _ITSELF.match(what) else what[:200]
    return None

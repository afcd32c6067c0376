"""Text from models, layers and files made safe to show: nothing invisible can reorder or hide what is read."""

import re
import unicodedata

#: Control, format and surrogate characters, except line feed, tab and the joiners that scripts and emoji need.
_KEEP = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f"}
_REPLACEMENT = "\ufffd"
_SUSPECT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def visible_text(text: str, limit: int = 20000) -> str:
    """``text`` with bidi overrides, NULs and lone surrogates shown as “\ufffd”, and at most ``limit`` characters."""

    def replace(match: "re.Match") -> str:
        return match.group() if match.group() in _KEEP else _REPLACEMENT

    text = _SUSPECT.sub(replace, text.replace("\r\n", "\n"))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(text: str, limit: int = 120) -> str:
    """``text`` for a label or a list item: one line, no controls, at most ``limit`` characters."""
    return visible_text(" ".join(unicodedata.normalize("NFC", visible_text(text)).split()), limit)


def plain_tip(text: str) -> str:
    """``text`` for a tool tip: Qt takes whatever looks like a tag for HTML there, and would open the pictures it names."""
    return text.replace("<", "‹")

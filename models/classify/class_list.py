"""The classes that a user typed, as a list: one a line, or between commas."""

import re
from typing import Dict, Tuple

from ..errors import QuestionUnclear

#: Classes that are told apart at once, and letters of a name.
MOST, LONGEST = 500, 120
_SEPARATORS = re.compile(r"[\n\r;]+")


def read_classes(text: str) -> Tuple[str, ...]:
    """Names in their order, each once whatever its capitals. Text is data: nothing in a name means anything but the name.

    Lines count where there is more than one of them, else commas (and an "and" before the last). Raises QuestionUnclear for
    none, too many, or a name without a letter or figure.
    """
    lines = [line for line in _SEPARATORS.split(text) if line.strip()]
    parts = lines if len(lines) > 1 else re.split(r",|\band\b(?=[^,]*$)" if "," in text else r",", text)
    names: Dict[str, str] = {}
    for part in parts:
        name = " ".join(part.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").split()).strip(" .,:\"'“”")
        if not name:
            continue
        if not any(letter.isalnum() for letter in name):
            raise QuestionUnclear(f"“{name[:20]}” is no name of a class. Write words, one class a line.")
        if len(name) > LONGEST:
            raise QuestionUnclear(f"“{name[:30]}…” is too long for the name of a class. Write one class a line.")
        names.setdefault(name.lower(), name)
    if not names:
        raise QuestionUnclear("Name the classes, for example forest, field, water.")
    if len(names) > MOST:
        raise QuestionUnclear(f"{len(names)} classes are too many; name at most {MOST}.")
    return tuple(names.values())

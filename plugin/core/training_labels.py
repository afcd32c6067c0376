"""Class names as the data engine can speak them: any text of a user goes in, the same text comes out of every sentence.

Builders and checker read sentences word by word, in lower case, with marks such as ``<n:…>`` in them. A name with such
marks, capitals, digits or emoji is spoken in stand-in letters meanwhile, which :meth:`Spelling.restored` takes back.
"""

import dataclasses
import unicodedata
from typing import Any, Dict, Iterable, List

from ...models.datasets.chip import Chip, Dialogue, Turn

#: Longest name, in characters, and most words that sentences are read with.
_LONGEST, _WORDS = 80, 4
#: Marks that turn the direction of the text around them.
_TURNS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)))
#: Letters without case that no name here has: the Yi syllables.
_STAND_INS = range(0xA000, 0xA48D)


def class_name(value: Any) -> str:
    """The class that an attribute says: one line, no marks that control text; "" for none.

    "Storage_Tank" and "storage tank" are one class; other capitals stay ("A320"). A bare number is "class 7".
    """
    text = "" if value is None else str(value)
    text = "".join(sign for sign in text if sign not in _TURNS)
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs") else sign for sign in text)
    text = " ".join(text.replace("_", " ").split())[:_LONGEST].strip()
    if text and text.replace(".", "").replace("-", "").isdigit():
        return f"class {text}"
    # A capital in front is how a column is written, not how a sentence is.
    plain = all(word[1:] == word[1:].lower() for word in text.split())
    return text.lower() if plain and not any(sign.isdigit() for sign in text) else text


class Spelling:
    """Stand-ins for the signs of ``labels`` that are not plain lower-case letters. Any thread."""

    def __init__(self, labels: Iterable[str]) -> None:
        labels = sorted(set(labels))
        used = {ord(sign) for label in labels for sign in label}
        free = iter([code for code in _STAND_INS if code not in used])
        self._to: Dict[str, Dict[int, str]] = {}
        self._back: Dict[int, str] = {}
        codes: Dict[str, str] = {}
        for label in labels:
            crowded = len(label.split()) > _WORDS
            odd = sorted({sign for sign in label if not (sign.isalpha() and sign == sign.lower().upper().lower())})
            table = {}
            for sign in odd:
                if sign == " " and not crowded:
                    continue
                if sign not in codes:
                    codes[sign] = chr(next(free))
                    self._back[ord(codes[sign])] = sign
                table[ord(sign)] = codes[sign]
            self._to[label] = table

    def spoken(self, label: str) -> str:
        """``label`` in letters that sentences can be made of and read with. KeyError: not one of the labels."""
        return label.translate(self._to[label])

    def restored(self, text: str) -> str:
        """``text`` with every stand-in taken back."""
        return text.translate(self._back)

    def chip(self, chip: Chip) -> Chip:
        """``chip`` with its real class names."""
        things = tuple(dataclasses.replace(thing, label=self.restored(thing.label)) for thing in chip.things)
        return dataclasses.replace(chip, things=things, complete=frozenset(map(self.restored, chip.complete)))

    def dialogue(self, dialogue: Dialogue) -> Dialogue:
        """``dialogue`` in the user's words."""
        turns: List[Turn] = [
            dataclasses.replace(
                turn, question=self.restored(turn.question), answer=self.restored(turn.answer), slots=self.restored(turn.slots)
            )
            for turn in dialogue.turns
        ]
        return Dialogue(dialogue.chips, tuple(turns))

"""What labels are called: one of them, several, as a whole. Covers take the words of the shipped lexicon."""

from typing import Sequence

from ..concepts import lexicon

_SAME = frozenset({"aircraft", "sheep"})
_IRREGULAR = {"person": "people", "man": "men", "foot": "feet", "leaf": "leaves", "wharf": "wharves"}
#: Covers spoken of as an amount, not as a number of things.
_AMOUNTS = frozenset({"paved", "low vegetation", "bare", "water"})


def one(label: str) -> str:
    """The singular: "storage tank"; of covers that are no things their patches: "water surface"."""
    return lexicon().spoken[label][0] if is_amount(label) else label


def many(label: str) -> str:
    """The plural."""
    return lexicon().spoken[label][1] if is_amount(label) else plural(label)


def counted(label: str, number: int) -> str:
    """The form that goes with ``number``, without it."""
    return one(label) if number == 1 else many(label)


def whole(label: str) -> str:
    """All of it together: "paved ground", "storage tanks"."""
    return lexicon().mass[label] if label in lexicon().mass else plural(label)


def is_amount(label: str) -> bool:
    """True for what takes singular verbs as a whole: water, bare ground."""
    return label in _AMOUNTS


def verb(label: str, singular: str, several: str) -> str:
    """The verb form that goes with :func:`whole`."""
    return singular if is_amount(label) else several


def plural(noun: str) -> str:
    """The English plural of ``noun``; only its last word changes."""
    head, _, last = noun.rpartition(" ")
    start = f"{head} " if head else ""
    if last in _SAME:
        return noun
    if last in _IRREGULAR:
        return start + _IRREGULAR[last]
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if last.endswith("y") and last[-2:-1] not in ("a", "e", "i", "o", "u", ""):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def article(noun: str) -> str:
    """"a building", "an aeroplane"."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def joined(parts: Sequence[str], word: str = "and") -> str:
    """"a", "a and b", "a, b and c"."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"

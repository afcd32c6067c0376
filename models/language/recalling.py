"""What facts say of just the things that a question names: set beside it, a small decoder need not look for them.

Looking a figure up in a long line is what takes a network of a few million weights longest to learn; copying from beside
the question it learns at once. Training builds its examples with the same function.
"""

import re
from functools import lru_cache
from typing import Dict, List, Tuple

from .claims.tokens import labels_of
from .prompting import Facts, known, single, subject_line

#: Subjects set beside a question: those it names, or the largest where it names none; single things of each.
NAMED, LARGEST, ROWS = 3, 3, 2
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LONGEST = 3


def recalled(facts: Facts, text: str) -> str:
    """"water 35% spread 8; no boat; tree 4 2% mostly north 2, green 4; tree green west 12 40": of each label that ``text``
    names its number, share, place and colours, that there is none, or that it is unknown, and its largest ones where they are
    known one by one. Of a text that names nothing, the same of the largest subjects.
    """
    subjects = known(facts)
    labels = named(text, tuple(subjects))[:NAMED]
    if not labels:
        present = [label for label, subject in subjects.items() if subject["present"]][:LARGEST]
        return "; ".join(subject_line(label, subjects[label]) for label in present)
    parts: List[str] = []
    for label in labels:
        subject = subjects.get(label)
        if subject is None:
            parts.append(f"{label} unknown")
            continue
        parts.append(subject_line(label, subject) if subject["present"] else f"no {label}")
        parts += [single(label, row) for row in subject["largest"][:ROWS] if "at" in row]
    return "; ".join(parts)


def named(text: str, labels: Tuple[str, ...]) -> List[str]:
    """The labels that ``text`` names, in its order, each once; longer names go before shorter ones."""
    nouns = _nouns(tuple(sorted(labels)))
    words = _WORD.findall(text.lower())
    found: List[str] = []
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            label = nouns.get(" ".join(words[start:start + length]))
            if label is not None:
                found.append(label)
                start += length - 1
                break
        start += 1
    return list(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _nouns(labels: Tuple[str, ...]) -> Dict[str, str]:
    return {noun: label for noun, (label, _) in labels_of({"things": dict.fromkeys(labels)}).items()}

"""Choices that look random and are the same on every machine and run: taken from a hash of what they are about."""

import hashlib
from typing import List, Sequence, TypeVar

T = TypeVar("T")


def fraction(*about: object) -> float:
    """A number in [0, 1) that depends on ``about`` alone."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in about).encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def shuffled(items: Sequence[T], *about: object) -> List[T]:
    """``items`` in an order that depends on ``about`` alone."""
    return [items[i] for i in sorted(range(len(items)), key=lambda i: (fraction(*about, i), i))]

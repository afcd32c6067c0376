"""Expands the banks into wordings and splits them by hash of their core, so that no core of validation is trained on."""

import hashlib
import re
from functools import lru_cache
from itertools import product
from typing import Tuple

from .answers import ANSWERS
from .commands import COMMANDS
from .questions import QUESTIONS

PARTS = ("train", "validation")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
#: One core in so many is kept for validation.
_KEPT = 4


def tasks() -> Tuple[str, ...]:
    """All tasks that there are wordings of."""
    return tuple(sorted({**QUESTIONS, **COMMANDS}))


@lru_cache(maxsize=None)
def wordings(task: str, part: str = "train") -> Tuple[str, ...]:
    """Every question of ``task`` for ``part`` ("train" or "validation"), with ``{names}`` still to be filled in.

    KeyError: no such task. ValueError: no such part.
    """
    if part not in PARTS:
        raise ValueError(f"no part {part!r}: {PARTS}")
    bank = QUESTIONS[task] if task in QUESTIONS else COMMANDS[task]
    cores = sorted({core for text in bank["cores"] for core in expand(text)})
    chosen = [core for core in cores if kept(core) == (part == "validation")]
    said = []
    for opener, core, closer in product(bank.get("openers", ("",)), chosen, bank.get("closers", ("",))):
        text = f"{opener} {core}{closer}".strip() if opener else f"{core}{closer}"
        said.append(text[:1].upper() + text[1:])
    return tuple(dict.fromkeys(said))


def fillings(task: str) -> Tuple[str, ...]:
    """The sentences that answer ``task``, with ``{names}`` and slots still to be filled in."""
    return tuple(text for answer in ANSWERS[task] for text in expand(answer))


def expand(text: str) -> Tuple[str, ...]:
    """All texts that ``[a|b|]`` choices in ``text`` stand for."""
    found = _CHOICE.search(text)
    if found is None:
        return (re.sub(r"\s+", " ", text).strip(),)
    return tuple(
        whole
        for part in found.group(1).split("|")
        for whole in expand(text[: found.start()] + part + text[found.end() :])
    )


def kept(core: str) -> bool:
    """True if a core is kept for validation: stable whatever else is in the bank."""
    return int.from_bytes(hashlib.sha256(core.encode()).digest()[:4], "big") % _KEPT == 0

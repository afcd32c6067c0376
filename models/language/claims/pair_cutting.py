"""A sentence about two dates cut into what it opens with and clauses of one verb each."""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .pair_types import Event, PairClaim
from .pair_words import SILENT, TABLES
from .tokens import Token, tokens

_VERBS = frozenset((
    "way", "became", "replaced", "changed", "same", "grew", "covers", "is", "exists", "different",
))
_LISTED = re.compile(r"([\w][\w -]*?)\s*:\s*\[([^\]]*)\]\.?")


@dataclass
class PairReading:
    """The claims of a sentence, and what could not be read. ``event``, ``covers``: what a further "they" means."""

    claims: List[PairClaim] = field(default_factory=list)
    unread: List[str] = field(default_factory=list)
    event: Optional[Event] = None
    covers: Tuple[str, ...] = ()
    #: Cells that the sentence opens with, where the facts are not of that part already.
    lead: Tuple[str, ...] = ()


def grid(sentence: str, facts: Dict[str, Any], reading: PairReading) -> PairReading:
    """ChangeChat's lists of cells: "buildings: ['top-left', 'center-center']."."""
    rest = _LISTED.sub("", sentence).strip(" .")
    if rest:
        reading.unread.append(rest)
    for name, listed in _LISTED.findall(sentence):
        label = [token for token in tokens(name, facts, TABLES, SILENT) if token.kind != "comma"]
        if [token.kind for token in label] != ["label"]:
            reading.unread.append(name)
            continue
        cells = tuple(cell.strip(" '\"") for cell in listed.split(",") if cell.strip())
        reading.claims.append(PairClaim("grid", Event("balance", (label[0].value,)), cells=cells))
    return reading


def lead(found: List[Token], facts: Dict[str, Any], reading: PairReading) -> List[Token]:
    """The sentence without the cells that it opens with: "In the north, …"."""
    at = 0
    while at < len(found) and found[at].kind in ("cell", "comma"):
        at += 1
    cells = tuple(token.value for token in found[:at] if token.kind == "cell")
    if not cells:
        return found
    if (facts.get("focus") or {}).get("cells") is None:
        reading.lead = cells
    else:
        reading.claims.append(PairClaim("scope", Event("changed"), cells=cells))
    return found[at:]


def scope(found: List[Token], reading: PairReading) -> List[Token]:
    """What a sentence says of the part it is about: "among changes of at least 100 m², …"."""
    start = next((at for at, token in enumerate(found) if token.kind == "among"), None)
    if start is None:
        return found
    at, bound = start + 1, 0
    while at < len(found) and found[at].kind in ("change", "bound", "m2", "px", "comma", "pronoun"):
        token = found[at]
        if token.kind == "bound":
            bound = token.value
        elif token.kind in ("m2", "px") and bound:
            reading.claims.append(PairClaim("scope", Event("changed"), quantity=token.value, sign=bound))
            bound = 0
        elif token.kind == "comma" and not (at + 1 < len(found) and found[at + 1].kind == "bound"):
            at += 1
            break
        at += 1
    return found[:start] + found[at:]


def both_ways(found: Sequence[Token]) -> List[Token]:
    """The same with "added or removed" as one token."""
    merged: List[Token] = []
    for token in found:
        joined = len(merged) > 1 and merged[-1].kind == "comma" and merged[-1].text in ("or", "and", "nor")
        if token.kind == "way" and joined and merged[-2].kind == "way":
            ways = merged[-2].value if isinstance(merged[-2].value, tuple) else (merged[-2].value,)
            del merged[-1]
            merged[-1] = Token("way", (*ways, token.value), f"{merged[-1].text} or {token.text}")
        else:
            merged.append(token)
    return merged


def clauses(found: Sequence[Token]) -> List[List[Token]]:
    """Clauses of one verb each, as far as commas and "and" part them."""
    chunks: List[List[Token]] = [[]]
    for token in found:
        if token.kind in ("comma", "stop"):
            chunks.append([token])
        else:
            chunks[-1].append(token)
    parts: List[List[Token]] = [[]]
    for chunk in chunks:
        new = chunk[:1] and chunk[0].kind == "stop"
        if new or (_has_verb(parts[-1]) and _has_verb(chunk)):
            parts.append([])
        parts[-1] += chunk
    return [part for part in parts if any(token.kind not in ("comma", "stop") for token in part)]


def _has_verb(chunk: Sequence[Token]) -> bool:
    return any(token.kind in _VERBS for token in chunk)

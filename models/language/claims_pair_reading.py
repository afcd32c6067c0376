"""One sentence about two dates to typed claims: cut at its verbs into clauses, each read by what its verb says."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .claims_pair_notes import note
from .claims_pair_types import ANY, Event, PairClaim
from .claims_pair_words import SILENT, TABLES
from .claims_tokens import Token, tokens
from .claims_types import Amount

_VERBS = frozenset((
    "way", "became", "replaced", "changed", "same", "grew", "covers", "is", "exists", "different",
))
#: What is said of things on one date only.
_ONE_DATE = frozenset(("towards", "near", "far", "touching", "closest", "colour", "axis", "scene", "m", "density", "spread"))
_AMOUNTS = ("m2", "px", "share")
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


@dataclass
class _Item:
    """A noun of a clause. ``amount``: said before it ("300 m² of trees")."""

    cover: str
    at: int
    number: Optional[Amount] = None
    none: bool = False
    rank: int = 0
    amount: Optional[Amount] = None


def read_pair_sentence(sentence: str, facts: Dict[str, Any], before: Optional[PairReading] = None) -> PairReading:
    """Claims of one ``sentence``; ``before``: the reading of the sentence before it."""
    reading = PairReading(event=before.event if before else None, covers=before.covers if before else ())
    if "[" in sentence:
        return _grid(sentence, facts, reading)
    noted = note(sentence, reading.covers)
    if noted is not None:
        reading.claims.append(noted)
        return reading
    found = tokens(sentence, facts, TABLES, SILENT)
    reading.unread = [token.text for token in found if token.kind == "unknown"]
    if reading.unread:
        return reading
    if found and found[0].kind in ("yes", "no") and (len(found) == 1 or found[1].kind in ("comma", "stop")):
        reading.claims.append(PairClaim("answer", Event("changed"), found[0].kind == "yes"))
        found = found[2:]
    found = _scope(_lead(found, facts, reading), reading)
    for clause in _clauses(_both_ways(found)):
        _Clause(clause, reading).read()
    if not reading.claims and not reading.unread:
        reading.unread.append("no claim")
    return reading


def _grid(sentence: str, facts: Dict[str, Any], reading: PairReading) -> PairReading:
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


def _lead(found: List[Token], facts: Dict[str, Any], reading: PairReading) -> List[Token]:
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


def _scope(found: List[Token], reading: PairReading) -> List[Token]:
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


def _both_ways(found: Sequence[Token]) -> List[Token]:
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


def _clauses(found: Sequence[Token]) -> List[List[Token]]:
    """Clauses of one verb each, as far as commas and "and" part them."""
    chunks: List[List[Token]] = [[]]
    for token in found:
        if token.kind in ("comma", "stop"):
            chunks.append([token])
        else:
            chunks[-1].append(token)
    clauses: List[List[Token]] = [[]]
    for chunk in chunks:
        new = chunk[:1] and chunk[0].kind == "stop"
        if new or (_has_verb(clauses[-1]) and _has_verb(chunk)):
            clauses.append([])
        clauses[-1] += chunk
    return [clause for clause in clauses if any(token.kind not in ("comma", "stop") for token in clause)]


def _has_verb(chunk: Sequence[Token]) -> bool:
    return any(token.kind in _VERBS for token in chunk)


class _Clause:
    """One clause: its nouns with what was said before each, its amounts, cells and negation; then its frame."""

    def __init__(self, found: Sequence[Token], reading: PairReading) -> None:
        self.reading = reading
        self.found = [token for token in found if token.kind != "mainly"]
        self.items: List[_Item] = []
        self.amounts: List[Tuple[int, Amount]] = []
        self.cells: List[str] = []
        self.negated = self.about = self.used = False
        self.number: Optional[Amount] = None
        self.none = False
        self.kinds = {token.kind for token in self.found}

    def lost(self, what: str) -> None:
        self.reading.unread.append(what)

    def add(self, predicate: str, event: Event, **more: Any) -> None:
        self.used = True
        self.reading.claims.append(PairClaim(predicate, event, **more))

    def read(self) -> None:
        self._scan()
        if self.reading.unread:
            return
        for kinds, frame in (
            (("became", "replaced"), self._became), (("most",), self._most), (("grew",), self._grew), (("way",), self._moved),
            (("before", "after"), self._on_dates), (("same",), self._same), (("still", "different"), self._still),
        ):
            if self.kinds & set(kinds):
                frame()
                return
        if {"from", "to"} <= self.kinds and len(self.items) >= 2:
            self._became()
        elif "changed" in self.kinds or any(item.cover == ANY for item in self.items) or "compared" in self.kinds:
            self._changed()
        elif not self.items and self.reading.event is not None:
            self._of_event(self.reading.event)
        elif not self.items and self.reading.covers and self.amounts:
            self.lost("an amount of nothing")
        else:
            self.lost("no event")

    def _scan(self) -> None:
        rank, ordinal, bound = 0, 0, 0
        waiting: Optional[Amount] = None
        for at, token in enumerate(self.found):
            kind = token.kind
            if kind in ("label", "change", "nothing") or (kind == "pronoun" and (self.number is not None or rank)):
                covers = self.reading.covers if kind == "pronoun" else (token.value if kind == "label" else ANY,)
                if not covers:
                    self.lost(token.text)
                for cover in covers:
                    none = self.none or kind == "nothing"
                    self.items.append(_Item(cover, at, self.number, none, rank * max(ordinal, 1), waiting))
                self.number, waiting, rank, ordinal = None, None, 0, 0
            elif kind == "n":
                number = token.value
                self.number = Amount(number.low, 1e12, "n") if bound > 0 else Amount(0, number.high, "n") if bound < 0 else number
                bound = 0
            elif kind in _AMOUNTS:
                ahead = self.found[at + 1:at + 2]
                if ahead and ahead[0].kind == "label" and not ("before" in self.kinds and "after" in self.kinds):
                    waiting = token.value
                else:
                    self.amounts.append((at, token.value))
            elif kind == "cell":
                self.cells.append(token.value)
            elif kind == "no":
                self.none = True
            elif kind == "not":
                self.negated = True
            elif kind == "about":
                self.about = True
            elif kind == "rank":
                rank = token.value
            elif kind == "ordinal":
                ordinal = token.value
            elif kind == "bound":
                bound = token.value
            elif kind in _ONE_DATE:
                self.lost(token.text)
        if waiting is not None or rank or ordinal or bound:
            self.lost("left over")
        # Commas between nouns keep a "no", any other joint would have made a new clause.

    # Frames.
    def _moved(self) -> None:
        """Something came or went."""
        if self.kinds & {"more", "equal"} and len([t for t in self.found if t.kind == "way"]) == 2:
            self._more()
            return
        ways = [way for t in self.found if t.kind == "way" for way in (t.value if isinstance(t.value, tuple) else (t.value,))]
        # "There are changes: …": a change that came is a change.
        items = [item for item in self.items if item.cover != ANY or item.none] or (
            [_Item(cover, -1, self.number) for cover in self.reading.covers])
        self.number = None
        if not items:
            self.lost("nothing that came or went")
        several = len(items) * len(ways) > 1
        if several and (self.amounts or any(item.number for item in items) and len(ways) > 1):
            self.lost("an amount of several")
        for item in items:
            for way in ways:
                event = Event(way, (item.cover,), rank=item.rank)
                self._item(item, event)
                if not (item.none or self.negated):
                    self._of_event(event)
        self.reading.covers = tuple(item.cover for item in items)
        self.reading.event = None if several or not items else Event(ways[0], (items[0].cover,), rank=items[0].rank)

    def _item(self, item: _Item, event: Event) -> None:
        """What a noun itself says: that there is some, how many, how much."""
        if item.none or self.negated:
            self._none(event)
            if item.number is not None and item.number.high > 1:
                self.lost("a number of none")
            return
        if item.number is not None and not item.rank:
            self.add("count", event, quantity=item.number, about=self.about)
        else:
            self.add("present", event)
        if item.amount is not None:
            own = item.amount.unit == "share"
            self.add("own" if own else "area", event, quantity=item.amount, about=self.about)

    def _none(self, event: Event) -> None:
        """There is none of it, or none in the cells of the clause."""
        cells = (*self.reading.lead, *self.cells)
        if cells:
            self.add("cells", event, cells=cells, polarity=False)
        else:
            self.add("present", event, polarity=False)

    def _of_event(self, event: Event) -> None:
        """Amounts and cells of the clause, said of ``event``."""
        if self.reading.lead:
            self.add("cells", event, cells=self.reading.lead)
        region = "region" in self.kinds
        for _, amount in self.amounts:
            predicate = "area" if amount.unit != "share" else "share" if region or event.kind == "changed" else "own"
            self.add(predicate, event, quantity=amount, about=self.about)
        if self.cells:
            self.add("cells", event, cells=tuple(self.cells), polarity=not self.negated)
        for kind, predicate in (("all over", "all over"), ("nine", "all over")):
            if kind in self.kinds:
                self.add(predicate, event, sign=9 if kind == "nine" else 7)
        if self.number is not None:
            self.add("count", event, quantity=self.number, about=self.about)
            self.number = None
        if not self.used:
            self.lost("nothing said")

    def _became(self) -> None:
        """What became of what."""
        verb = next((at for at, t in enumerate(self.found) if t.kind in ("became", "replaced")), None)
        items = [item for item in self.items if item.cover != ANY]
        if verb is None:
            to = max(at for at, t in enumerate(self.found) if t.kind == "to")
            first, second = [i for i in items if i.at < to], [i for i in items if i.at > to]
        else:
            first, second = [i for i in items if i.at < verb], [i for i in items if i.at > verb]
            if self.found[verb].kind == "replaced":
                first, second = second, first
        if not first:
            first = [_Item(cover, -1, self.number) for cover in self.reading.covers[:1]]
            self.number = None
        if len(first) * len(second) != 1 or self.number is not None:
            self.lost("what became of what")
            return
        event = Event("became", (first[0].cover,), second[0].cover)
        for item in (first[0], second[0]):
            if item.number is not None or item.amount is not None or item.none:
                self._item(item, event)
        if not self.used:
            self.add("present", event, polarity=not self.negated)
        if not self.negated:
            self._of_event(event)
        self.reading.event, self.reading.covers = event, (second[0].cover,)

    def _more(self) -> None:
        """More of it came than went."""
        token = next(t for t in self.found if t.kind in ("more", "equal"))
        sign, basis = token.value if token.kind == "more" else (0, token.value)
        ways = [t.value for t in self.found if t.kind == "way"]
        covers = tuple(item.cover for item in self.items if item.cover != ANY) or self.reading.covers
        if set(ways) != {"added", "removed"} or not covers:
            self.lost(token.text)
            return
        sign = sign if ways[0] == "added" else -sign
        self.add("more", Event("balance", covers), sign=sign, basis=basis or "n", polarity=not self.negated)
        self.reading.covers = covers

    def _most(self) -> None:
        """Of all covers it gained, lost or changed the most."""
        ways = [t.value for t in self.found if t.kind == "way"]
        items = [item for item in self.items if item.cover != ANY]
        if len(items) != 1 or len(ways) > 1:
            self.lost("most")
            return
        event = Event(ways[0] if ways else "balance", (items[0].cover,))
        self.add("most", event, polarity=not self.negated)
        for amount in [items[0].amount, *(amount for _, amount in self.amounts)]:
            if amount is not None:
                self.add("area", event, quantity=amount, about=self.about)

    def _grew(self) -> None:
        """A cover grew or shrank: by how much, from how much to how much."""
        token = next(t for t in self.found if t.kind == "grew")
        covers = tuple(item.cover for item in self.items if item.cover != ANY) or self.reading.covers
        if len(covers) != 1:
            self.lost(token.text)
            return
        event = Event("balance", covers)
        self.add("grew", event, sign=token.value, polarity=not self.negated)
        amounts = [amount for _, amount in self.amounts]
        if {"from", "to"} <= self.kinds and len(amounts) == 2:
            for kind, amount in zip(("before", "after"), amounts):
                self.add(_predicate(amount), Event(kind, covers), quantity=amount, about=self.about)
        elif len(amounts) == 1 and "to" not in self.kinds:
            self.add("area", event, quantity=amounts[0], about=self.about)
        elif amounts:
            self.lost("amounts of growth")
        self.reading.covers = covers

    def _on_dates(self) -> None:
        """How much of a cover there was and is."""
        covers = tuple(item.cover for item in self.items if item.cover != ANY)
        dates = [(at, t.kind) for at, t in enumerate(self.found) if t.kind in ("before", "after")]
        if not covers:
            if "changed" in self.kinds or self.items or "same" in self.kinds:
                self._changed()
                return
            covers = self.reading.covers
        if len(set(covers)) != 1:
            self.lost("dates of several")
            return
        said = [*self.amounts, *((item.at, item.amount) for item in self.items if item.amount is not None)]
        first = bool(dates) and bool(said) and dates[0][0] < min(at for at, _ in said)
        if not said and any(item.none for item in self.items) or (self.negated and not said):
            for _, kind in dates:
                self.add("present", Event(kind, covers[:1]), polarity=False)
        elif len(said) == len(dates):
            for (_, amount), (_, kind) in zip(sorted(said, key=lambda one: one[0]), dates):
                self.add(_predicate(amount), Event(kind, covers[:1]), quantity=amount, about=self.about)
        elif not said and not first and self.items:
            for _, kind in dates:
                self.add("present", Event(kind, covers[:1]))
        else:
            self.lost("amounts and dates")
        self.reading.covers = covers[:1]

    def _same(self) -> None:
        if self.items and any(item.cover != ANY for item in self.items):
            for item in self.items:
                for way in ("added", "removed"):
                    if item.cover != ANY and not self.negated:
                        self.add("present", Event(way, (item.cover,)), polarity=False)
            if not self.used:
                self.lost("not the same")
            return
        shares = [amount for _, amount in self.amounts if amount.unit == "share"]
        if shares:
            self.add("share", Event("changed"), polarity=self.negated, quantity=shares[0], about=self.about)
            return
        self.add("present", Event("changed"), polarity=self.negated)

    def _still(self) -> None:
        """Looks different, but is what it was; or is still there."""
        items = [item for item in self.items if item.cover != ANY]
        covers = {item.cover for item in items}
        if "different" in self.kinds and len(covers) == 1:
            event = Event("became", (items[0].cover,), items[0].cover)
            self._item(items[0], event)
            if self.amounts or self.cells:
                self._of_event(event)
        elif "different" in self.kinds and not covers:
            self._changed()
        elif len(covers) == 1 and not self.amounts and not self.cells:
            self.add("present", Event("after", tuple(covers)), polarity=not (self.negated or items[0].none))
        else:
            self.lost("still")

    def _changed(self) -> None:
        """All changes together, or those of a cover."""
        covers = [item for item in self.items if item.cover != ANY]
        event = Event("changed", tuple(item.cover for item in covers) or (ANY,), rank=next((i.rank for i in self.items), 0))
        none = any(item.none for item in self.items) or self.negated
        if "compared" in self.kinds:
            for _, amount in self.amounts:
                self.add("known", Event("changed"), quantity=amount)
            self.amounts = []
        for item in self.items:
            if item.number is not None and not item.none:
                self.add("count", replace(event, rank=0), quantity=item.number, about=self.about)
            if item.amount is not None:
                self.add("area" if item.amount.unit != "share" else "own", event, quantity=item.amount, about=self.about)
        if none and any(amount.unit == "share" for _, amount in self.amounts):
            self.add("share", event, polarity=False, quantity=self.amounts[0][1], about=self.about)
            return
        if none:
            self._none(event)
            if self.amounts:
                self.lost("an amount of none")
            return
        self.add("present", event)
        self._of_event(event)
        self.reading.event, self.reading.covers = event, tuple(item.cover for item in covers)


def _predicate(amount: Amount) -> str:
    return "share" if amount.unit == "share" else "area"

"""One sentence about two dates to typed claims: each of its clauses is read by what its verb says."""

import re
from dataclasses import replace
from typing import Any, Dict, Optional

from .pair_clause import Clause, Item
from .pair_cutting import PairReading, both_ways, clauses, grid, lead, scope
from .pair_notes import note
from .pair_types import ANY, Event, PairClaim
from .pair_words import SILENT, TABLES
from .tokens import tokens
from .types import Amount

#: "I noticed that one building …": not "that one".
_SEEN_THAT = re.compile(r"\b(see|seen|say|found|noticed|notice|appears|seems) that\b", re.IGNORECASE)


def read_pair_sentence(sentence: str, facts: Dict[str, Any], before: Optional[PairReading] = None) -> PairReading:
    """Claims of one ``sentence``; ``before``: the reading of the sentence before it."""
    reading = PairReading(event=before.event if before else None, covers=before.covers if before else ())
    if "[" in sentence:
        return grid(sentence, facts, reading)
    noted = note(sentence, reading.covers)
    if noted is not None:
        reading.claims.append(noted)
        return reading
    found = tokens(_SEEN_THAT.sub(r"\1", sentence), facts, TABLES, SILENT)
    reading.unread = [token.text for token in found if token.kind == "unknown"]
    if reading.unread:
        return reading
    if found and found[0].kind in ("yes", "no") and (len(found) == 1 or found[1].kind in ("comma", "stop")):
        reading.claims.append(PairClaim("answer", Event("changed"), found[0].kind == "yes"))
        found = found[2:]
    found = scope(lead(found, facts, reading), reading)
    for clause in clauses(both_ways(found)):
        _Frames(clause, reading).read()
    if not reading.claims and not reading.unread:
        reading.unread.append("no claim")
    return reading


class _Frames(Clause):
    """A clause and the frames that its verb may open."""

    def read(self) -> None:
        self.scan()
        if self.reading.unread:
            return
        moved = {"from", "to"} <= self.kinds and len([item for item in self.items if item.cover != ANY]) == 2
        if moved and "grew" not in self.kinds:
            self._became()
            return
        if "same" in self.kinds:
            self._same()
            return
        for kinds, frame in (
            (("became", "replaced"), self._became), (("most",), self._most), (("grew",), self._grew), (("way",), self._moved),
            (("before", "after"), self._on_dates), (("still", "different"), self._still),
        ):
            if self.kinds & set(kinds):
                frame()
                return
        if "changed" in self.kinds or any(item.cover == ANY for item in self.items) or "compared" in self.kinds:
            self._changed()
        elif not self.items and self.reading.event is not None:
            self.of_event(self.reading.event)
        elif not self.items and self.reading.covers and self.amounts:
            self.lost("an amount of nothing")
        else:
            self.lost("no event")

    # Frames.
    def _moved(self) -> None:
        """Something came or went."""
        if self.kinds & {"more", "equal"} and len([t for t in self.found if t.kind == "way"]) == 2:
            self._more()
            return
        said = [way for t in self.found if t.kind == "way" for way in (t.value if isinstance(t.value, tuple) else (t.value,))]
        ways = list(dict.fromkeys(said))  # "new buildings appeared" says one thing
        # "There are changes: …": a change that came is a change.
        items = [item for item in self.items if item.cover != ANY or item.none] or (
            [Item(cover, -1, self.number) for cover in self.reading.covers])
        self.number = None
        if not items:
            self.lost("nothing that came or went")
        several = len(items) * len(ways) > 1
        if several and (self.amounts or any(item.number for item in items) and len(ways) > 1):
            self.lost("an amount of several")
        for item in items:
            for way in ways:
                event = Event(way, (item.cover,), rank=item.rank)
                self.of_item(item, event)
                if not (item.none or self.negated):
                    self.of_event(event)
        self.reading.covers = tuple(item.cover for item in items)
        self.reading.event = None if several or not items else Event(ways[0], (items[0].cover,), rank=items[0].rank)

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
            first = [Item(cover, -1, self.number) for cover in self.reading.covers[:1]]
            self.number = None
        if len(first) * len(second) != 1 or self.number is not None:
            self.lost("what became of what")
            return
        event = Event("became", (first[0].cover,), second[0].cover)
        for item in (first[0], second[0]):
            if item.number is not None or item.amount is not None or item.none:
                self.of_item(item, event)
        if not self.used:
            self.add("present", event, polarity=not self.negated)
        if not self.negated:
            self.of_event(event)
        self.reading.event, self.reading.covers = event, (second[0].cover,)

    def _more(self) -> None:
        """More of it came than went."""
        token = next(t for t in self.found if t.kind in ("more", "equal"))
        sign, basis = token.value if token.kind == "more" else (0, token.value)
        ways = [t.value for t in self.found if t.kind == "way"]
        covers = tuple(dict.fromkeys(item.cover for item in self.items if item.cover != ANY)) or self.reading.covers
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
        if len(items) != 1 or len(ways) > 1 or items[0].number is not None:
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
        if len(covers) != 1 or any(item.number is not None for item in self.items):
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
        if len(set(covers)) != 1 or any(item.number is not None for item in self.items):
            self.lost("dates of several, or numbers")
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
            self.of_item(items[0], event)
            if self.amounts or self.cells:
                self.of_event(event)
        elif "different" in self.kinds and not covers:
            self._changed()
        elif "all" in self.kinds and covers and not (self.amounts or self.cells or self.negated):
            for cover in sorted(covers):
                self.add("present", Event("removed", (cover,)), polarity=False)
        elif len(covers) == 1 and not self.amounts and not self.cells:
            self.add("present", Event("after", tuple(covers)), polarity=not (self.negated or items[0].none))
        else:
            self.lost("still")

    def _changed(self) -> None:
        """All changes together, or those of a cover."""
        covers = [item for item in self.items if item.cover != ANY]
        event = Event("changed", tuple(item.cover for item in covers) or (ANY,), rank=next((i.rank for i in self.items), 0))
        none = any(item.none for item in self.items) or self.negated or (self.none and not self.items)
        if "compared" in self.kinds:
            for _, amount in self.amounts:
                self.add("known", Event("changed"), quantity=amount)
            self.amounts = []
        for item in self.items:
            if item.number is not None and not item.none and not item.rank:
                self.add("count", replace(event, rank=0), quantity=item.number, about=self.about)
            if item.amount is not None:
                self.add("area" if item.amount.unit != "share" else "own", event, quantity=item.amount, about=self.about)
        if none and any(amount.unit == "share" for _, amount in self.amounts):
            self.add("share", event, polarity=False, quantity=self.amounts[0][1], about=self.about)
            return
        if none:
            self.none_of(event)
            if self.amounts:
                self.lost("an amount of none")
            return
        self.add("present", event)
        self.of_event(event)
        self.reading.event, self.reading.covers = event, tuple(item.cover for item in covers)


def _predicate(amount: Amount) -> str:
    return "share" if amount.unit == "share" else "area"

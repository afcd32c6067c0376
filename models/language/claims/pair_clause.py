"""One clause of a sentence about two dates: its nouns with what is said of each, its amounts, cells and negation."""

from dataclasses import dataclass
from typing import Any, List, Optional, Sequence, Tuple

from .pair_cutting import PairReading
from .pair_types import ANY, Event, PairClaim
from .tokens import Token
from .types import Amount

#: What is said of things on one date only.
_ONE_DATE = frozenset(("towards", "near", "far", "touching", "closest", "colour", "axis", "scene", "m", "density", "spread"))
_AMOUNTS = ("m2", "px", "share")


@dataclass
class Item:
    """A noun of a clause. ``amount``: said before it ("300 m² of trees")."""

    cover: str
    at: int
    number: Optional[Amount] = None
    none: bool = False
    rank: int = 0
    amount: Optional[Amount] = None


class Clause:
    """What a clause holds, scanned from left to right, and the claims that a noun or an event makes with it."""

    def __init__(self, found: Sequence[Token], reading: PairReading) -> None:
        self.reading = reading
        self.found = [token for token in found if token.kind != "mainly"]
        self.items: List[Item] = []
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

    def scan(self) -> None:
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
                    self.items.append(Item(cover, at, self.number, none, rank * max(ordinal, 1), waiting))
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
        if self.number is not None and len(self.items) == 1 and self.items[0].number is None:
            # "The number of new buildings is 3"
            self.items[0].number, self.number = self.number, None
        # More than what, and than when, is read by one frame only.
        two = len([token for token in self.found if token.kind == "way"]) == 2
        if self.kinds & {"more", "equal", "than"} and not two and "same" not in self.kinds:
            self.lost("a comparison")

    def of_item(self, item: Item, event: Event) -> None:
        """What a noun itself says: that there is some, how many, how much."""
        if item.none or self.negated:
            self.none_of(event)
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

    def none_of(self, event: Event) -> None:
        """There is none of it, or none in the cells of the clause."""
        cells = (*self.reading.lead, *self.cells)
        if cells:
            self.add("cells", event, cells=cells, polarity=False)
        else:
            self.add("present", event, polarity=False)

    def of_event(self, event: Event) -> None:
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

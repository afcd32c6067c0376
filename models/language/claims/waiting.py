"""What a scan over tokens keeps until the noun it belongs to is read: numbers, colours, ranks, negations."""

import math
from dataclasses import dataclass, field, replace
from typing import Any, List, Optional, Tuple

from .tokens import Token
from .types import Amount, Claim, Subject


@dataclass
class Reading:
    """The claims of a sentence, ``said`` True/False if it begins with yes or no, and what could not be read."""

    claims: List[Claim] = field(default_factory=list)
    said: Optional[bool] = None
    unread: List[str] = field(default_factory=list)
    subject: Optional[Subject] = None


class Waiting:
    """State of the scan: ``subject`` spoken of, modifiers and amounts that wait for a noun, a relation for its object."""

    def __init__(self, found: List[Token], reading: Reading) -> None:
        self.found, self.reading = found, reading
        self.subject = None if reading.subject is None else replace(reading.subject, cells=())
        self.introduced = False
        self.fresh()

    def fresh(self) -> None:
        self.number: Optional[Amount] = None
        self.about = self.none = self.negated = False
        self.colour, self.rank, self.ordinal = "", 0, 0
        self.cells: List[str] = []
        self.amounts: List[Amount] = []
        self.relation: Optional[Token] = None
        self.distance: Optional[Amount] = None
        self.compared: Optional[Token] = None
        self.than = self.exists = self.copula = self.covers = False
        self.bound = 0
        self.pair: Optional[Tuple[Subject, Subject]] = None
        self.side = 0

    def lost(self, what: str) -> None:
        self.reading.unread.append(what)

    def add(self, predicate: str, subject: Optional[Subject], **more: Any) -> None:
        self.reading.claims.append(Claim(predicate, subject, **more))

    def next_is(self, at: int, *kinds: str) -> bool:
        return at + 1 < len(self.found) and self.found[at + 1].kind in kinds

    def noun_follows(self, at: int) -> bool:
        """True if a noun comes before anything but copulas and modifiers: "12 % of it is water"."""
        passed = ("is", "covers", "colour", "about", "mainly", "exists")
        for token in self.found[at + 1:]:
            if token.kind not in passed:
                return token.kind == "label" or (token.kind in ("share", "m2", "px"))
        return False

    # What narrows a noun that is still to come.
    def on_n(self, token: Token, at: int) -> None:
        if self.number is not None:
            self.lost(token.text)
        self.number = token.value
        if not self.noun_or_modifier(at) and self.pair is not None:
            # "more cars than ships: 5 against 3"
            self.add("count", self.pair[self.side], quantity=self.number, about=self.about)
            self.number = None
        elif not self.noun_or_modifier(at) and self.subject is not None and self.next_is(at, "colour", "is"):
            # "3 are red": of those spoken of.
            ahead = [t for t in self.found[at + 1:at + 3] if t.kind == "colour"]
            if ahead:
                self.add("count", replace(self.subject, colour=ahead[0].value), quantity=token.value, about=self.about)
                self.number, self.skip_colour = None, True

    def on_against(self, token: Token, at: int) -> None:
        if self.pair is None:
            self.lost(token.text)
        self.side = 1

    skip_colour = False

    def noun_or_modifier(self, at: int) -> bool:
        for token in self.found[at + 1:]:
            if token.kind == "label":
                return True
            if token.kind not in ("colour", "rank", "ordinal", "about"):
                return False
        return False

    def on_bound(self, token: Token, at: int) -> None:
        self.bound = token.value

    def bounded(self) -> Optional[Amount]:
        """The number that waits, as what it may be."""
        if self.number is None or not self.bound:
            return self.number
        value = self.number.low
        return Amount(value, math.inf, "n") if self.bound > 0 else Amount(0, value, "n")

    def on_about(self, token: Token, at: int) -> None:
        self.about = True

    def on_mainly(self, token: Token, at: int) -> None:
        pass

    def on_rank(self, token: Token, at: int) -> None:
        ahead = self.noun_or_modifier(at) or self.next_is(at, "pronoun", "colour")
        if not ahead and self.subject is not None:
            # "the red one is the largest"
            self.add("rank", self.subject, object=token.value * max(self.ordinal, 1), polarity=self.polarity())
            return
        self.rank = token.value * max(self.ordinal, 1)
        self.ordinal = 0

    def on_ordinal(self, token: Token, at: int) -> None:
        self.ordinal = token.value

    def on_colour(self, token: Token, at: int) -> None:
        if self.skip_colour:
            self.skip_colour = False
        elif self.noun_or_modifier(at) or self.next_is(at, "pronoun", "label"):
            self.colour = f"{self.colour} {token.value}".strip()
        elif self.subject is not None:
            if self.next_is(at, "colour"):
                self.colour = token.value
                return
            self.add("colour", self.subject, object=f"{self.colour} {token.value}".strip(), polarity=self.polarity())
            self.colour = ""
        else:
            self.lost(token.text)

    def on_no(self, token: Token, at: int) -> None:
        if token.text in ("absent", "missing", "nowhere") and self.introduced:
            self.deny(self.negated)
        else:
            self.none = True

    def deny(self, there: bool = False) -> None:
        """What was just named is not there; ``there``: "not absent"."""
        for i in range(len(self.reading.claims) - 1, -1, -1):
            if self.reading.claims[i].predicate == "present":
                self.reading.claims[i] = replace(self.reading.claims[i], polarity=there)
                break
        self.negated = False

    def on_not(self, token: Token, at: int) -> None:
        self.negated = True

    def on_from(self, token: Token, at: int) -> None:
        self.lost(token.text)

    def on_closest(self, token: Token, at: int) -> None:
        self.lost(token.text)

    def on_yes(self, token: Token, at: int) -> None:
        pass

    def on_cue(self, token: Token, at: int) -> None:
        pass

    def polarity(self) -> bool:
        value, self.negated = not self.negated, False
        return value

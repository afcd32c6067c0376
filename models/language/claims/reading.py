"""One sentence to typed claims: a scan over its tokens that keeps the thing spoken of and what waits for one."""

from dataclasses import replace
from typing import Any, Dict, Optional, Tuple

from .tokens import Token, tokens
from .types import Amount, Subject
from .waiting import Reading, Waiting


def read_sentence(sentence: str, facts: Dict[str, Any], subject: Optional[Subject] = None) -> Reading:
    """Claims of one ``sentence``; ``subject``: what "it" and "they" mean at its beginning."""
    found = tokens(sentence, facts)
    reading = Reading(unread=[token.text for token in found if token.kind == "unknown"], subject=subject)
    if found and found[0].kind in ("yes", "no") and (len(found) == 1 or found[1].kind in ("comma", "stop")):
        reading.said = found[0].kind == "yes"
        found = found[2:]
    if not reading.unread:
        _Scan(found, reading).run()
    return reading


class _Scan(Waiting):
    """Nouns become subjects or objects, verbs and amounts become claims about them."""

    def run(self) -> None:
        at = 0
        while at < len(self.found):
            token = self.found[at]
            handler = getattr(self, f"on_{token.kind}", None)
            if handler is None:
                self.lost(token.text)
            else:
                handler(token, at)
            at += 1
        self.on_stop(None, at)
        self.reading.subject = self.subject or self.reading.subject
        if not self.reading.claims and self.reading.said is None and not self.reading.unread:
            self.lost("no claim")

    # The noun itself.
    def on_label(self, token: Token, at: int) -> None:
        subject = self.named(token, at)
        after = [t.kind for t in self.found[at + 1:at + 3]]
        if self.number is not None and after == ["is", "colour"] and not subject.colour:
            # "3 of the cars are red", "3 cars are red"
            self.subject = subject
            self.add("count", replace(subject, colour=self.found[at + 2].value), quantity=self.number, about=self.about)
            self.number = None
            del self.found[at + 1:at + 3]
            return
        waiting = self.relation or (self.compared if self.than else None)
        if waiting is not None and self.subject is not None:
            self.relate(waiting, subject)
            return
        if self.compared is not None and self.subject is not None and self.compared.text.startswith("outnumber"):
            self.relate(self.compared, subject)
            return
        self.begin(subject, at)

    def named(self, token: Token, at: int) -> Subject:
        """The subject that ``token`` and what was said before it name; looks ahead for what narrows it further."""
        order, nearest = (0, ""), ""
        if self.next_is(at, "from") and self.ordinal:
            order = (self.ordinal, self.found[at + 1].value)
            del self.found[at + 1]
        elif self.ordinal:
            self.lost("ordinal")
        if self.next_is(at, "closest") and at + 2 < len(self.found) and self.found[at + 2].kind == "label":
            nearest = self.found[at + 2].value
            del self.found[at + 1:at + 3]
        definite = token.definite and not token.plural
        subject = Subject(token.value, token.plural, definite, self.colour, self.rank, order, (), nearest)
        self.colour, self.rank, self.ordinal = "", 0, 0
        return subject

    def begin(self, subject: Subject, at: int) -> None:
        """A new thing to speak of, with how many there are of it and the amounts that waited for it."""
        self.subject, self.introduced = subject, True
        counted = self.number is not None and not self.amounts
        if counted or (self.exists and not (subject.rank or subject.order[0])):
            cells = tuple(self.cells) or self.cells_ahead(at)
            narrowed = replace(subject, cells=cells)
        else:
            narrowed = subject
        if self.compared is not None:
            pass
        elif (self.none or self.negated) and (not counted or (self.negated and self.is_one())):
            self.add("present", narrowed, polarity=False)
            # "no cars, ships or ponds": until another joint than a comma or "or".
            self.none, self.negated = True, False
        elif counted and self.next_is(at, "density"):
            self.add("density", subject, quantity=self.number, about=self.about)
        elif counted and not (subject.rank or subject.order[0]):
            self.add("count", narrowed, quantity=self.bounded(), about=self.about)
        elif not self.amounts or not any(a.high == 0 for a in self.amounts):
            self.add("present", narrowed)
        if self.cells and narrowed is subject:
            self.add("cell", subject, object=tuple(self.cells), polarity=self.polarity())
        for amount in self.amounts:
            self.amount(amount)
        self.number, self.amounts, self.cells, self.about = None, [], [], False

    def is_one(self) -> bool:
        """"Not a single one"."""
        return self.number is not None and self.number.high == 1

    def cells_ahead(self, at: int) -> Tuple[str, ...]:
        """Cells right after the noun, with no verb between: "3 cars in the north"."""
        if not self.next_is(at, "cell"):
            return ()
        cells = []
        while self.next_is(at, "cell"):
            cells.append(self.found[at + 1].value)
            del self.found[at + 1]
            if self.next_is(at, "comma") and at + 2 < len(self.found) and self.found[at + 2].kind == "cell":
                del self.found[at + 1]
        return tuple(cells)

    def on_pronoun(self, token: Token, at: int) -> None:
        if self.next_is(at, "cue"):
            return
        if self.subject is None:
            self.lost(token.text)
        elif self.rank or self.colour or self.ordinal:
            self.on_label(Token("label", self.subject.label, token.text, False, True), at)
        elif self.relation is not None and self.subject.nearest:
            self.relate(self.relation, Subject(self.subject.nearest, many=True))
        elif self.number is not None and [t.kind for t in self.found[at + 1:at + 3]] == ["is", "colour"]:
            # "3 of them are red"
            colour = self.found[at + 2].value
            del self.found[at + 1:at + 3]
            self.add("count", replace(self.subject, colour=colour), quantity=self.number, about=self.about)
            self.number = None

    # What is said of it.
    def amount(self, amount: Amount) -> None:
        predicate = "share" if amount.unit == "share" else "area"
        subject = self.subject if self.pair is None else self.pair[self.side]
        self.add(predicate, subject, quantity=amount, about=self.about, polarity=self.polarity())
        self.about = False

    def on_share(self, token: Token, at: int) -> None:
        if self.subject is None or self.noun_follows(at):
            self.amounts.append(token.value)
        else:
            self.amount(token.value)

    on_m2 = on_px = on_share

    def on_m(self, token: Token, at: int) -> None:
        self.distance = token.value

    def on_cell(self, token: Token, at: int) -> None:
        self.cells.append(token.value)
        ahead = self.found[at + 1:at + 3]
        if ahead and (ahead[0].kind == "cell" or (ahead[0].kind == "comma" and len(ahead) > 1 and ahead[1].kind == "cell")):
            return
        if self.subject is not None and self.introduced:
            self.add("cell", self.subject, object=tuple(self.cells), polarity=self.polarity())
            self.cells = []
        elif self.subject is not None and not self.cell_first(at):
            self.add("cell", self.subject, object=tuple(self.cells), polarity=self.polarity())
            self.cells = []

    def cell_first(self, at: int) -> bool:
        """True if the sentence begins with the place and names the thing afterwards."""
        return any(token.kind == "label" for token in self.found[at + 1:])

    def on_relation(self, token: Token, at: int) -> None:
        if self.relation is not None or self.subject is None:
            self.lost(token.text)
        self.relation = token

    on_towards = on_near = on_far = on_touching = on_relation

    def relate(self, token: Token, other: Subject) -> None:
        kind = token.kind
        if kind in ("more", "equal"):
            sign, basis = token.value if kind == "more" else (0, token.value)
            basis = basis or ("area" if self.covers else "n")
            # "Ships are less numerous than cars" holds without any ship.
            last = self.reading.claims[-1] if self.reading.claims else None
            if last is not None and last.predicate == "present" and last.subject == self.subject and last.polarity:
                self.reading.claims.pop()
            self.add("more", self.subject, object=(sign, basis, other), polarity=self.polarity())
            self.compared, self.than = None, False
            if self.subject is not None:
                self.pair = (self.subject, other)
            return
        if kind == "touching":
            self.add("touching", self.subject, object=other, polarity=self.polarity())
        elif kind in ("near", "far"):
            self.add("near", self.subject, object=other, polarity=self.polarity() == (kind == "near"))
        else:
            self.add("towards", self.subject, object=(token.value, other), polarity=self.polarity())
        if not other.many:
            self.add("present", other)
        if self.distance is not None:
            self.add("distance", self.subject, object=other, quantity=self.distance, about=self.about)
        self.relation = self.distance = None
        self.about = False

    def on_more(self, token: Token, at: int) -> None:
        self.compared = token

    on_equal = on_more

    def on_than(self, token: Token, at: int) -> None:
        if self.compared is not None:
            self.than = True

    def on_axis(self, token: Token, at: int) -> None:
        if self.subject is None:
            self.lost(token.text)
        else:
            self.add("axis", self.subject, object=token.value, polarity=self.polarity())

    def on_spread(self, token: Token, at: int) -> None:
        if self.subject is None:
            self.lost(token.text)
        else:
            self.add("spread", self.subject, object=token.value, polarity=self.polarity())

    def on_density(self, token: Token, at: int) -> None:
        if not (self.reading.claims and self.reading.claims[-1].predicate == "density"):
            self.lost(token.text)

    def on_scene(self, token: Token, at: int) -> None:
        self.add("scene", None, object=token.value, polarity=self.polarity())

    # Verbs and joints.
    def on_exists(self, token: Token, at: int) -> None:
        if self.negated and self.introduced and self.subject is not None and not self.noun_follows(at):
            self.deny()
        self.exists = True

    def on_is(self, token: Token, at: int) -> None:
        self.copula = True

    def on_covers(self, token: Token, at: int) -> None:
        self.covers = True

    def on_comma(self, token: Token, at: int) -> None:
        if token.text in ("and", "but", "while", "whereas", ":"):
            self.none = False

    def on_stop(self, token: Optional[Token], at: int) -> None:
        left = [self.relation, self.number, self.distance, self.compared, *self.amounts, self.colour, self.rank, self.ordinal]
        left += list(self.cells)
        if any(left) or self.negated:
            self.lost("left over")
        self.introduced = False
        self.fresh()

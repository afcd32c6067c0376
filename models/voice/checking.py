"""One sentence of the decoder's: its slots filled, its claims judged, and from that whether and how it is said."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

from ..language.answers import inner
from ..language.claims.judging import BLOCKED, Judged, judge
from ..language.claims.judging import sentences as parts_of
from ..language.claims.rows import CONTRADICTED, SUPPORTED, about
from ..language.claims.types import Claim, Subject
from ..language.phrases import LOW_SCORE, upper
from ..language.prompting import known
from ..language.slots import filled
from ..language.units import Units
from .asked import Asked, said_rightly

Facts = Dict[str, Any]
HEDGED, DROPPED, REFUSED = "hedged", "dropped", "refused"
#: What may be said with "perhaps" of things that are there: the picture shows it, facts do not.
_SEEN_ONLY = frozenset(("near", "towards", "touching", "colour", "axis"))
_YES_NO = re.compile(r"^(yes|no)\b[,.:;!]?\s*", re.IGNORECASE)
#: How a whole sentence ends.
ENDS = (".", "!", "?", ".)", ".”")
_MARKUP = re.compile(r"[<>\[\]{}|\\`*_#]")
#: Claims that one sentence may make again.
_REPEATED = 2
#: Probability of the likeliest scene from which it is said without "perhaps".
_SURE_SCENE = 0.6


@dataclass(frozen=True)
class Checked:
    """``text``: what is said, "" for nothing. ``outcome``: supported, hedged, dropped (of no harm, of no use) or refused
    (contradicted or not understood). ``claims``: of a supported one. ``raw``: as written, with slots.
    """

    raw: str
    text: str
    outcome: str
    reason: str = ""
    claims: Tuple[Claim, ...] = ()


class Checker:
    """Checks the sentences of one answer in order. ``seen``: the decoder saw the picture, and may say "perhaps" of it."""

    def __init__(self, facts: Facts, asked: Asked, units: Units, seen: bool) -> None:
        self._facts, self._asked, self._units, self._seen = facts, asked, units, seen
        self._known = known(facts)
        self._before = ""
        self._said: List[str] = []

    def check(self, raw: str) -> Checked:
        """The verdict on the next sentence ``raw``, with slots. Never raises for what a model may write."""
        plain = raw.strip()
        if not any(letter.isalnum() for letter in plain):
            return Checked(raw, "", DROPPED, "it says nothing")
        plain = plain if plain.endswith(ENDS) else f"{plain}."
        try:
            metric, shown = (filled(plain, self._known, units, hedged=True) for units in (Units(), self._units))
        except (KeyError, ValueError) as error:
            return Checked(raw, "", REFUSED, f"a slot that cannot be filled: {error}")
        if _MARKUP.search(metric) or any(unicodedata.category(letter)[0] == "C" for letter in metric):
            return Checked(raw, "", REFUSED, "marks that are no words")
        opened = _YES_NO.match(metric)
        sure = ""
        if opened is not None:
            right = said_rightly(self._asked, opened.group(1).lower() == "yes", self._facts)
            if right is False:
                return Checked(raw, "", REFUSED, "its yes or no is wrong")
            if right is None:
                metric, shown = (upper(_YES_NO.sub("", text)) for text in (metric, shown))
            elif opened.group(1).lower() == "yes" and self._doubtful():
                sure = "Probably yes: "
        judged = self._judged(metric)
        worst = next((one for one in judged if one.verdict in (CONTRADICTED, BLOCKED)), None)
        if worst is not None:
            return Checked(raw, "", REFUSED, worst.reason)
        claims = tuple(claim for one in judged for claim in one.claims)
        if len(claims) - len(set(claims)) > _REPEATED:
            return Checked(raw, "", REFUSED, "it repeats itself")
        if judged and all(one.verdict == SUPPORTED for one in judged):
            return self._supported(raw, metric, shown, sure, claims)
        if self._seen and judged and all(one.verdict == SUPPORTED or self._visible(one) for one in judged):
            self._before = metric
            return Checked(raw, f"Perhaps: {inner(shown)}", HEDGED)
        return Checked(raw, "", DROPPED, next((one.reason for one in judged if one.verdict != SUPPORTED), "no claim"))

    def _supported(self, raw: str, metric: str, shown: str, sure: str, claims: Tuple[Claim, ...]) -> Checked:
        if metric.lower() in self._said:
            return Checked(raw, "", DROPPED, "said already")
        self._said.append(metric.lower())
        self._before = metric
        if sure:
            shown = sure + inner(_YES_NO.sub("", shown))
        elif any(claim.predicate == "scene" for claim in claims) and not self._sure_scene():
            shown = f"Perhaps: {inner(shown)}"
        return Checked(raw, shown, SUPPORTED, "", claims)

    def _judged(self, text: str) -> List[Judged]:
        """Verdicts on ``text`` after what was said before it, which "it" and "they" may mean."""
        before = parts_of(self._before)
        whole = judge(f"{self._before} {text}".strip(), self._facts)
        mine = whole[len(before):]
        return mine if [one.sentence for one in mine] == parts_of(text) else judge(text, self._facts)

    def _visible(self, judged: Judged) -> bool:
        """Whether a sentence that the facts are silent on gives no figure and only says how things look that are there."""
        if not judged.claims or any(letter.isdigit() for letter in judged.sentence):
            return False
        return all(claim.quantity is None and claim.predicate in _SEEN_ONLY | {"present"} and self._there(claim)
                   for claim in judged.claims) and any(claim.predicate in _SEEN_ONLY for claim in judged.claims)

    def _there(self, claim: Claim) -> bool:
        sides: List[Optional[Subject]] = [claim.subject]
        other = claim.object[-1] if isinstance(claim.object, tuple) and claim.object else claim.object
        sides += [other] if isinstance(other, Subject) else []
        if len(sides) == 2 and sides[0] == sides[1]:
            return False  # nothing lies north of itself
        facts = [None if side is None else about(side.label, self._facts) for side in sides]
        return all(one is not None and one["present"] for one in facts)

    def _doubtful(self) -> bool:
        facts = [about(label, self._facts) for label in self._asked.labels]
        scores = [one["mean_score"] for one in facts if one is not None and one["mean_score"] is not None]
        return bool(scores) and min(scores) < LOW_SCORE

    def _sure_scene(self) -> bool:
        return any(scene["probability"] >= _SURE_SCENE for scene in self._facts["scenes"])

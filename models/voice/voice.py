"""Answers in the decoder's words: written sentence by sentence, checked, and composed where it fails."""

import time
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import Turn
from ..language.bpe import BOS, RET
from ..language.claims.judging import judge
from ..language.claims.types import Claim
from ..language.decoder import NO_EXPERT, Decoder
from ..language.decoding import Conversation, Image, Prompt
from ..language.prompting import EXPERTS, Exchange, View, asked_ids, prompt
from ..language.recalling import recalled
from ..language.units import Units
from .asked import Asked, answered
from .checking import REFUSED, SUPPORTED, Checker
from .drafting import Drafting
from .memory import Memory, same_view
from .report import Report

Facts = Dict[str, Any]
#: Tokens of an answer, and of a description that is searched for, at most.
_MOST, _DESCRIBED = 128, 96


@dataclass(frozen=True)
class Told:
    """What one answer is written from. ``facts``: measured, of one view; ``image``: its tokens, None for facts alone.

    ``composed``: the sentences that rules made of the facts, said where the decoder fails. ``requests``: by expert's
    name, what a user wants it to do instead of its own request.
    """

    asked: Asked
    facts: Facts
    composed: Tuple[str, ...]
    image: Optional[Image] = None
    history: Tuple[Turn, ...] = ()
    requests: Mapping[str, str] = field(default_factory=dict)
    units: Units = Units()

    @property
    def key(self) -> str:
        """Equal for equal views."""
        return self.image.key if self.image is not None else str(self.facts["key"])


@dataclass
class Said:
    """Filled while an answer is said. ``exchange``: its tokens, for :meth:`Voice.remember`."""

    report: Report = field(default_factory=Report)
    exchange: Optional[Exchange] = None


class Voice:
    """One decoder. Any thread; several answers may be under way. ``experts``: False leaves all to the shared weights."""

    def __init__(self, decoder: Decoder, model: str = "", experts: bool = True) -> None:
        self.decoder, self.model, self.experts = decoder, model, experts
        self.memory = Memory(decoder)

    def answer(self, told: Told, said: Said, cancel: Optional[CancelToken] = None) -> Iterator[str]:
        """The sentences of an answer, each as soon as it is written and checked; ``said`` is filled on the way.

        Sentences are held back until those so far really answer. Raises Cancelled, PromptTooLong.
        """
        started, report = time.monotonic(), said.report
        expert = self._expert(told)
        self.begin(report, told, "" if expert == NO_EXPERT else EXPERTS[expert].name)
        text = self._question(told, expert)
        question, report.cut = asked_ids(self.decoder.coder, text, recalled(told.facts, text))
        history = self.memory.exchanges(same_view(told.history, told.facts), told.facts)
        whole = prompt(self.decoder.coder, [View(told.image, told.facts)], question, history)
        checker = Checker(told.facts, told.asked, told.units, told.image is not None)
        claims: List[Claim] = []
        held: List[str] = []
        done, failed = False, False
        try:
            with self.memory.conversation(told.key, expert) as conversation:
                drafting = Drafting(conversation, whole, told.facts, checker, report, _MOST)
                for found in drafting.checked(cancel):
                    failed = found.outcome == REFUSED
                    claims += found.claims if found.outcome == SUPPORTED else ()
                    held += [found.text] if found.text else []
                    done = done or answered(told.asked, claims)
                    if done:
                        yield from held
                        held = []
                if done:
                    said.exchange = Exchange(question, tuple(drafting.ids))
            if not done:
                report.why("what was written does not answer the question")
            for sentence in told.composed if not done else unsaid(told, claims) if failed else ():
                report.composed += 1
                yield sentence
        finally:
            report.seconds += time.monotonic() - started

    def remember(self, turn: Turn, said: Said) -> None:
        """Keep an answered turn as tokens, so that the next one reads on from it."""
        if said.exchange is not None:
            self.memory.remember(turn, said.exchange)

    def retrieval(self, text: str, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(shared,) unit vector of a described place, to be compared with :meth:`picture`. Raises Cancelled."""
        coder = self.decoder.coder
        ids = (coder.id(BOS), *asked_ids(coder, text)[0][:_DESCRIBED], coder.id(RET))
        read, _ = Conversation(self.decoder).read(Prompt(ids), cancel)
        return np.asarray(self.decoder.place(read.hidden[0, -1:])[0])

    def picture(self, tokens: np.ndarray) -> np.ndarray:
        """(shared,) unit vector of a view's image tokens (t, grid)."""
        return np.asarray(self.decoder.picture(tokens[None])[0])

    def begin(self, report: Report, told: Told, expert: str) -> None:
        """Fill in what is known of an answer before it is written."""
        report.model, report.expert, report.picture = self.model, expert, told.image is not None

    def _expert(self, told: Told) -> int:
        """Who answers: the expert of such questions if the user gave it a request of its own, else the shared weights.

        Experts have learnt to describe, and no question: of 80 questions in unseen words they answered fewer.
        """
        expert = told.asked.expert
        asked = self.experts and expert != NO_EXPERT and bool(told.requests.get(EXPERTS[expert].name))
        return expert if asked else NO_EXPERT

    def _question(self, told: Told, expert: int) -> str:
        """The question as its expert reads it: after its word and the request that the user gave it."""
        if expert == NO_EXPERT:
            return told.asked.text
        name, word, _ = EXPERTS[expert]
        return f"{word} {told.requests[name]} {told.asked.text}"


def unsaid(told: Told, claims: Sequence[Claim]) -> List[str]:
    """The composed sentences of a description about what no claim was made of yet."""
    if told.asked.kind != "caption":
        return []
    spoken = {_about(claim) for claim in claims}
    found = []
    for sentence in told.composed:
        mentioned = {_about(claim) for one in judge(sentence, told.facts) for claim in one.claims}
        if mentioned - spoken:
            found.append(sentence)
            spoken |= mentioned
    return found


def _about(claim: Claim) -> str:
    return claim.subject.label if claim.subject is not None else claim.predicate

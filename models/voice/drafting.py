"""Sentences from the decoder, each checked as soon as it is written; a refused one is written once more, otherwise."""

from typing import Iterator, List, Optional, Sequence

from ..cancel import CancelToken
from ..language.bpe import PART_WORDS, RET, SEG, BytePairs
from ..language.constraints import Both, Slots, Without
from ..language.decoding import Constraint, Conversation, Prompt, Sampling, Written, generate
from ..language.prompting import Facts, answered_ids, slot_labels
from ..language.sentences import sentences
from .checking import DROPPED, ENDS, REFUSED, Checked, Checker
from .report import Report

#: Sentences of one answer at most, and of those that may be written a second time.
MOST_SENTENCES, MOST_RETRIES = 10, 2
#: How the second attempt is sampled.
_AGAIN = 0.7


class Drafting:
    """Writes one answer. ``ids`` afterwards: its tokens as far as they were said, for the turns to come."""

    def __init__(self, conversation: Conversation, prompt: Prompt, facts: Facts, checker: Checker, report: Report,
                 most: int) -> None:
        """``most``: tokens of the answer."""
        self._conversation, self._prompt, self._checker, self._report = conversation, prompt, checker, report
        self._coder: BytePairs = conversation.decoder.coder
        self._words = words_only(self._coder, facts)
        self._most = most
        self._kept: List[str] = []
        self._whole = True
        self._draft = Written()

    @property
    def ids(self) -> Sequence[int]:
        """As they were written where all was said at the first attempt, else coded anew from what was said."""
        return tuple(self._draft.ids) if self._whole else answered_ids(self._coder, self._text)

    def checked(self, cancel: Optional[CancelToken] = None, draft: Optional[Written] = None) -> Iterator[Checked]:
        """Each sentence with its verdict; ends after one that was refused twice. ``draft``: the first attempt, if it is
        written already. Raises Cancelled between tokens, PromptTooLong."""
        if draft is None:
            source = self._attempt((), None, cancel)
        else:
            source, self._draft, self._whole = sentences(self._coder, draft.ids), draft, False
        again, retries, number = False, 0, 0
        while number < MOST_SENTENCES:
            raw = next(source, None)
            if raw is None:
                return
            found = self._verdict(raw)
            if found.outcome == REFUSED and not again and retries < MOST_RETRIES:
                self._report.retried += 1
                self._report.why(found.reason)
                again, retries, self._whole = True, retries + 1, False
                source = self._attempt(answered_ids(self._coder, self._text), raw, cancel, seed=retries)
                continue
            again, number = False, number + 1
            self._report.count(found)
            yield found
            if found.outcome == REFUSED:
                self._whole = False
                return
            if found.text:
                self._kept.append(raw)
            else:
                self._whole = False

    def _verdict(self, raw: str) -> Checked:
        if not self._draft.complete and not raw.rstrip().endswith(ENDS):
            return Checked(raw, "", DROPPED, "cut off")
        return self._checker.check(raw)

    @property
    def _text(self) -> str:
        return " ".join(raw.strip() for raw in self._kept)

    def _attempt(self, before: Sequence[int], refused: Optional[str], cancel: Optional[CancelToken], seed: int = 0
                 ) -> Iterator[str]:
        """Sentences that go on from the tokens ``before``; ``refused``: what must not be written again."""
        constraint: Constraint = self._words
        sampling = Sampling(most=self._most)
        if refused is not None:
            first = self._coder.encode(f"{' ' if before else ''}{refused.strip()}")[:1]
            constraint = Both(self._words, Without(first, until=1))
            sampling = Sampling(most=self._most, temperature=_AGAIN, seed=seed)
        self._draft = Written()
        prompt = Prompt((*self._prompt.ids, *before), self._prompt.images)
        return sentences(self._coder, self._tokens(prompt, sampling, constraint, cancel))

    def _tokens(self, prompt: Prompt, sampling: Sampling, constraint: Constraint, cancel: Optional[CancelToken]
                ) -> Iterator[int]:
        for token in generate(self._conversation, prompt, sampling, constraint, cancel, self._draft):
            self._report.tokens += 1
            yield token.id


def words_only(coder: BytePairs, facts: Facts) -> Constraint:
    """Words, and slots that ``facts`` can fill: no retrieval, no masks, no names of parts."""
    marks = [coder.id(mark) for mark in (RET, SEG, *PART_WORDS)]
    return Both(Slots(coder, slot_labels(facts)), Without(marks))

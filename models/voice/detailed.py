"""The detailed caption: three experts write its parts at once, each part checked, composed where it fails.

The parts are RSICap's (theme, objects, relations) and the experts RS-MoE's: one adapter each over shared weights.
"""

import time
from dataclasses import replace
from typing import Iterator, List, Mapping, Optional, Sequence, Tuple

from ..cancel import CancelToken
from ..language.claims.types import Claim
from ..language.decoder import NO_EXPERT
from ..language.decoding import Conversation, Sampling, Written, generate_together
from ..language.prompting import EXPERTS, Expert, View, asked_ids, prompt
from ..language.recalling import recalled
from .asked import Asked
from .checking import REFUSED, SUPPORTED, Checker
from .drafting import Drafting, words_only
from .report import Report
from .voice import Told, Voice, unsaid

#: Tokens of one part at most.
_MOST = 96
#: Name of a part and one of its sentences; None after the last.
Piece = Tuple[str, Optional[str]]


def detailed(voice: Voice, told: Told, composed: Mapping[str, Sequence[str]], report: Report,
             cancel: Optional[CancelToken] = None) -> Iterator[Piece]:
    """The parts in order, sentence by sentence. ``composed``: by part, what rules say; a part that neither the decoder nor
    the rules can fill is left out. Raises Cancelled, PromptTooLong.
    """
    started = time.monotonic()
    voice.begin(report, told, ", ".join(expert.name for expert in EXPERTS) if voice.experts else "")
    coder, decoder = voice.decoder.coder, voice.decoder
    texts = [f"{expert.word} {_request(expert, told)}" for expert in EXPERTS]
    asked = [asked_ids(coder, text, recalled(told.facts, text)) for text in texts]
    report.cut = any(cut for _, cut in asked)
    prompts = [prompt(coder, [View(told.image, told.facts)], ids) for ids, _ in asked]
    rows = [index if voice.experts else NO_EXPERT for index in range(len(EXPERTS))]
    try:
        drafts = generate_together(decoder, prompts, rows, Sampling(most=_MOST), words_only(coder, told.facts), cancel)
        report.tokens += sum(len(draft.ids) for draft in drafts)
        for expert, row, each, draft in zip(EXPERTS, rows, prompts, drafts):
            checker = Checker(told.facts, Asked("caption", (), ""), told.units, told.image is not None)
            drafting = Drafting(Conversation(decoder, row), each, told.facts, checker, report, _MOST)
            spoken = 0
            for sentence in _part(drafting, draft, told, composed.get(expert.name, ()), report, cancel):
                spoken += 1
                yield expert.name, sentence
            if spoken:
                yield expert.name, None
    finally:
        report.seconds += time.monotonic() - started


def _part(drafting: Drafting, draft: Written, told: Told, composed: Sequence[str], report: Report,
          cancel: Optional[CancelToken]) -> Iterator[str]:
    claims: List[Claim] = []
    failed, spoken = False, False
    for found in drafting.checked(cancel, draft):
        failed = found.outcome == REFUSED
        claims += found.claims if found.outcome == SUPPORTED else ()
        if found.text:
            spoken = True
            yield found.text
    instead = unsaid(replace(told, composed=tuple(composed)), claims) if spoken and failed else composed if not spoken else ()
    for sentence in instead:
        report.composed += 1
        yield sentence


def _request(expert: Expert, told: Told) -> str:
    return told.requests.get(expert.name, "").strip() or expert.request

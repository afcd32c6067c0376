"""Sentences about two dates: figures of all, changed and unchanged pairs, and "no change" read from a sentence."""

from typing import Any, Collection, Dict, Optional, Sequence

from .captions import COCO, CaptionProtocol, caption_figures
from .decisions import binary_figures
from .tokens import change_words

#: The five sentences of unchanged pairs: LEVIR-CC, and SECOND-CC, which writes "is" (SYSTEMS-B 3.5).
LEVIR_UNCHANGED = (
    "the scene is the same as before", "there is no difference", "the two scenes seem identical",
    "no change has occurred", "almost nothing has changed",
)
SECOND_UNCHANGED = LEVIR_UNCHANGED[:3] + ("no change is occurred", "almost nothing is changed")


def change_caption_figures(
    answers: Sequence[str], references: Sequence[Sequence[str]], changed: Sequence[bool],
    protocol: CaptionProtocol = COCO, vocabulary: Optional[Collection[str]] = None,
) -> Dict[str, Any]:
    """``caption_figures`` of ``all``, ``changed`` and ``unchanged`` pairs; a part without a pair is left out.

    Each part has its own idf weights, as the papers' scripts do: ``all`` is not a mean of the parts. Unchanged pairs
    share five sentences, so on them BLEU is near 1 for any model that says "no change", and they lift ``all``.
    """
    if len(changed) != len(answers):
        raise ValueError(f"{len(answers)} answers but {len(changed)} flags")
    parts = {
        "all": list(range(len(answers))),
        "changed": [index for index, flag in enumerate(changed) if flag],
        "unchanged": [index for index, flag in enumerate(changed) if not flag],
    }
    return {
        name: caption_figures([answers[i] for i in chosen], [references[i] for i in chosen], protocol, vocabulary)
        for name, chosen in parts.items() if chosen or name == "all"
    }


def change_said(answer: str, unchanged: Sequence[str] = LEVIR_UNCHANGED) -> bool:
    """False if ``answer`` is one of the ``unchanged`` sentences, full stop and case aside; any other text is "changed",
    an empty one and a free "nothing changed here" included."""
    return " ".join(change_words(answer.lower())) not in unchanged


def change_said_figures(
    answers: Sequence[str], changed: Sequence[bool], unchanged: Sequence[str] = LEVIR_UNCHANGED,
) -> Dict[str, float]:
    """``binary_figures`` of "changed" as read from captions (DeltaVLM's notebook; SYSTEMS-B 1.6)."""
    return binary_figures([change_said(answer, unchanged) for answer in answers], changed)

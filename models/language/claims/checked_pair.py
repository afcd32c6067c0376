"""What was composed about two dates, read back and judged before it is said."""

from typing import Any, Dict, List, Optional, Sequence, Tuple

from .judging import BLOCKED, judge_changes
from .rows import CONTRADICTED

#: What a check says of words that are right.
AGREES = "each was read back and agrees with the facts"
#: What is said where nothing may be said.
NO_WORDS = "I measured the change, but what I would say of it does not agree with what I measured."


def checked(sentences: Sequence[str], facts: Dict[str, Any], intent: Any) -> Tuple[List[str], str]:
    """The ``sentences`` that their facts do not contradict, and who spoke, for the record.

    ``intent``: of the question, which tells what an opening yes means.
    """
    said: List[str] = []
    understood = 0
    for sentence in sentences:
        verdicts = {judged.verdict for judged in judge_changes(sentence, facts, yes_is_change(intent))}
        if CONTRADICTED not in verdicts:
            said.append(sentence)
            understood += BLOCKED not in verdicts
    share = AGREES if understood == len(sentences) else f"{understood} of {len(sentences)} agree with the facts"
    return said or [NO_WORDS], f"composed sentences ({share})"


def yes_is_change(intent: Any) -> Optional[bool]:
    """Whether yes to a question means that something changed (True) or that nothing did (False); None: neither."""
    of_one_way = intent.direction and not intent.concepts
    if intent.kind != "changed" or of_one_way or intent.manner & {"more", "less", "still"}:
        return None
    return "same" not in intent.manner

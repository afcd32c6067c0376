"""The mark of what was learned from rendered scenes alone, so that nobody takes it for checked."""

from typing import Any, Dict, List, Sequence

from .phrases import listed, mass, upper, verb

#: Covers that no check on real labels was passed for (model card, Limits). Water and trees were checked on real imagery,
#: buildings on places left out.
RENDERED_COVERS = ("paved", "low vegetation", "bare")
MARK = "rendered only"


def rendered_only(labels: Sequence[str], facts: Dict[str, Any]) -> List[str]:
    """Those of ``labels`` that were found and passed no check on real imagery."""
    things = facts.get("things", {})
    found = []
    for label in dict.fromkeys(labels):
        amount = things.get(label) or facts["covers"].get(label)
        marked = things[label].get("drawn_only", True) if label in things else label in RENDERED_COVERS
        if marked and amount and amount.get("present"):
            found.append(label)
    return found


def mark(labels: Sequence[str]) -> str:
    """The sentence that carries the mark."""
    several = len(labels) > 1 or verb(labels[0], "are", "is") == "are"
    named = upper(listed([mass(label) for label in labels]))
    return (f"{named} {'are' if several else 'is'} marked “{MARK}”: learned from drawn scenes, without a passed check on real "
            "imagery. Look before you rely on it.")

"""What an answer about a tuned class says of where it comes from and how good it is."""

from typing import Any, Dict, List, Sequence

from .phrases import listed, mass, upper, verb
from .units import share


def tuned_notes(labels: Sequence[str], facts: Dict[str, Any]) -> List[str]:
    """One sentence for each of ``labels`` that was tuned; ``facts``: of the view."""
    tuned = facts.get("tuned", {})
    return [_note(label, tuned[label]) for label in labels if label in tuned]


def _note(label: str, tuned: Dict[str, Any]) -> str:
    held = tuned["held_out"]
    figures = []
    if "iou" in held:
        figures.append(f"what I marked and what was there overlapped by {share(held['iou'])} (intersection over union)")
    if "presence" in held:
        figures.append(f"{share(held['presence'])} of the tiles were told right with or without")
    learned = f"{upper(mass(label))} {verb(label, 'were', 'was')} tuned on your layer “{tuned['layer']}”"
    return f"{learned}; on ground held back, {listed(figures)}." if figures else f"{learned}."

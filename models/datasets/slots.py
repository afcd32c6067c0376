"""Slots of the data engine's answers, filled from the facts of a chip."""

from typing import Any, Dict, Optional

from ..language.slots import SLOT, filled, slots_of
from ..language.units import Units
from .chip_facts import subjects

__all__ = ["SLOT", "fill", "slots_of", "subjects"]


def fill(text: str, facts: Dict[str, Any], units: Optional[Units] = None) -> str:
    """``text`` with its slots filled from ``facts``; see ``language.slots.filled`` for what it raises."""
    return filled(text, subjects(facts), units)

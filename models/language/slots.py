"""Slots: what stands for a figure or a place in an answer until code fills it in from facts."""

import re
from typing import Any, Dict, List, Mapping, Optional, Tuple

from .phrases import place
from .units import Units, count, share

SLOT = re.compile(r"(in the )?<(n|share|area|cell):([^<>]+)>")


def filled(text: str, known: Mapping[str, Dict[str, Any]], units: Optional[Units] = None, hedged: bool = False) -> str:
    """``text`` with ``<n:x>``, ``<share:x>``, ``<area:x>`` and ``<cell:x>`` as numbers with units and as names of cells.

    ``known``: facts by label. ``hedged``: a number whose interval is wide is said with "about". "in the <cell:x>" becomes
    the phrase that English has for the cell ("at the top left"). KeyError: x is not known. ValueError: a cell of something
    absent.
    """
    units = units or Units()

    def value(found: "re.Match[str]") -> str:
        before, kind, label = found.group(1) or "", found.group(2), found.group(3)
        facts = known[label]
        if kind == "n":
            about = "about " if hedged and facts.get("about") else ""
            return before + about + count(facts["count"])
        if kind == "share":
            return before + share(facts["share"])
        if kind == "area":
            return before + units.area(facts["area_m2"], facts["pixels"])
        if not facts["cells"]:
            raise ValueError(f"no cell holds any {label}")
        where = facts["cells"][0]["where"]
        return place(where) if before else where

    return SLOT.sub(value, text)


def slots_of(text: str) -> List[Tuple[str, str]]:
    """(kind, label) of every slot in ``text``, in order."""
    return [(found.group(2), found.group(3)) for found in SLOT.finditer(text)]

"""Slots: what stands for a figure or a place in an answer until code fills it in from facts."""

import re
from typing import Any, Dict, List, Optional, Tuple

from ..language.phrases import place
from ..language.units import Units, count, share
from .chip_facts import subjects

Facts = Dict[str, Any]
SLOT = re.compile(r"(in the )?<(n|share|area|cell):([^<>]+)>")


def fill(text: str, facts: Facts, units: Optional[Units] = None) -> str:
    """``text`` with ``<n:x>``, ``<share:x>``, ``<area:x>`` and ``<cell:x>`` as numbers with units and as names of cells.

    "in the <cell:x>" becomes the phrase that English has for the cell ("at the top left"). KeyError: the facts do not
    know x. ValueError: a cell of something absent.
    """
    known, units = subjects(facts), units or Units()

    def value(found: "re.Match[str]") -> str:
        before, kind, label = found.group(1) or "", found.group(2), found.group(3)
        cover = known[label]
        if kind == "n":
            return before + count(cover["count"])
        if kind == "share":
            return before + share(cover["share"])
        if kind == "area":
            return before + units.area(cover["area_m2"], cover["pixels"])
        if not cover["cells"]:
            raise ValueError(f"no cell holds any {label}")
        where = cover["cells"][0]["where"]
        return place(where) if before else where

    return SLOT.sub(value, text)


def slots_of(text: str) -> List[Tuple[str, str]]:
    """(kind, label) of every slot in ``text``, in order."""
    return [(found.group(2), found.group(3)) for found in SLOT.finditer(text)]

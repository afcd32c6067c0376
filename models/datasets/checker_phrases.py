"""Reads a phrase that names things ("the second red car from the left") and looks them up among measured things."""

import math
import re
from typing import Any, Dict, List, Optional, Tuple

from .chip import Chip

Rows = List[Dict[str, Any]]
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_WINDS = {"north": 0, "north-east": 45, "east": 90, "south-east": 135, "south": 180, "south-west": 225, "west": 270,
          "north-west": 315}
_SIDES = {"above": 0, "to the right of": 90, "below": 180, "to the left of": 270}
_CELL = re.compile(r"^(?:in|at|on) the ((?:north|south)-(?:west|east)|north|south|west|east|centre|(?:top|bottom) (?:left|right)"
                   r"|top|bottom|left|right)\b")
_SIDE = re.compile(r"^from the (north|south|west|east|left|right|top|bottom)\b")
_NEAR = 0.1


def forms_of(label: str) -> Tuple[str, ...]:
    """How a label may be written: itself and its plurals, by the plainest rules."""
    return (f"{label}s", f"{label}es", f"{label[:-1]}ies", label)


def first_label(text: str, chip: Chip) -> Tuple[str, int, int]:
    """The label that ``text`` names first, and where it begins and ends; ("", -1, -1) without one."""
    known = {thing.label for thing in chip.things} | chip.complete | set(chip.cover_names)
    best = ("", -1, -1)
    for label in known:
        for form in (*forms_of(label), *_SPOKEN.get(label, ())):
            found = re.search(rf"\b{re.escape(form)}\b", text)
            if found and (best[1] < 0 or (found.start(), -found.end()) < (best[1], -best[2])):
                best = (label, found.start(), found.end())
    return best


_SPOKEN = {"paved": ("paved ground",), "bare": ("bare ground",), "water": ("water",)}


def named(phrase: str, chip: Chip, facts: Dict[str, Any]) -> Optional[Rows]:
    """The things that ``phrase`` fits, word for word; None if it cannot be read."""
    text = phrase.strip().lower()
    label, start, end = first_label(text, chip)
    if not label or label not in facts["things"]:
        return None
    colour, rank, number = "", 0, 0
    before = re.sub(r"^(?:the|an?|\d+)\b", "", text[:start].strip()).split()
    for word in before:
        if word in _ORDER:
            number = _ORDER[word]
        elif word in ("largest", "smallest"):
            rank = (number or 1) * (1 if word == "largest" else -1)
            number = 0
        else:
            colour = word
    rows = [row for row in facts["things"][label]["largest"] if not colour or row["colour"] == colour]
    rest = text[end:].strip()
    while rest:
        cell, side = _CELL.match(rest), _SIDE.match(rest)
        if cell:
            rows, rest = [row for row in rows if row["where"] == cell.group(1)], rest[cell.end():].strip()
        elif side and number:
            rows, rest, number = _nth(rows, number, side.group(1)), rest[side.end():].strip(), 0
        else:
            related = _related(rest, rows, chip, facts)
            if related is None:
                return None
            rows, rest = related, ""
    if number:
        return None
    return _sized(rows, rank)


def _sized(rows: Rows, rank: int) -> Rows:
    if not rank:
        return rows
    ordered = sorted(rows, key=lambda row: row["pixels"], reverse=rank > 0)
    return ordered[abs(rank) - 1:abs(rank)]


def _nth(rows: Rows, number: int, side: str) -> Rows:
    key = 0 if side in ("left", "right", "west", "east") else 1
    backwards = side in ("right", "east", "bottom", "south")
    return sorted(rows, key=lambda row: row["at"][key], reverse=backwards)[number - 1:number]


def _related(rest: str, rows: Rows, chip: Chip, facts: Dict[str, Any]) -> Optional[Rows]:
    found = re.match(r"^(near|above|below|to the (?:left|right) of|[a-z-]+ of) (the .+)$", rest)
    if not found:
        return None
    relation, others = found.group(1), named(found.group(2), chip, facts)
    if others is None or len(others) != 1:
        return None
    return [row for row in rows if row is not others[0] and lies(row, others[0], relation, facts)]


def lies(a: Dict[str, Any], b: Dict[str, Any], relation: str, facts: Dict[str, Any]) -> bool:
    """Whether ``a`` lies in ``relation`` to ``b``: within half a sector of the direction, or within a tenth of the view."""
    width, height = facts["size"]
    if relation == "near":
        (x0, y0, x1, y1), (u0, v0, u1, v1) = a["box"], b["box"]
        return math.hypot(max(0, x0 - u1, u0 - x1), max(0, y0 - v1, v0 - y1)) <= _NEAR * max(width, height)
    centre, half = (_SIDES[relation], 45.0) if relation in _SIDES else (_WINDS[relation[:-3]], 22.5)
    dx, up = (a["at"][0] - b["at"][0]) * width, (b["at"][1] - a["at"][1]) * height
    return abs((math.degrees(math.atan2(dx, up)) - centre + 180) % 360 - 180) <= half

"""Whether a claim about two dates agrees with the facts of the pair: supported, contradicted or unknown, with the reason."""

import math
from typing import Any, Dict, List, Optional, Sequence

from ...concepts import lexicon, words_of
from .pair_notes import judge_note, within
from .pair_types import ANY, PairClaim
from .rows import LOOSE, SUPPORTED, UNKNOWN, Facts, Verdict, fact
from .words import CELLS

_WAYS = ("added", "removed")
_SIDES = ("north", "south", "west", "east", "top", "bottom", "left", "right")
#: ChangeChat's names of the nine cells in reading order.
_GRID = tuple(f"{row}-{col}" for row in ("top", "center", "bottom") for col in ("left", "center", "right"))


def pair_truth(claim: PairClaim, facts: Facts, yes_is_change: Optional[bool] = None) -> Verdict:
    """The verdict on ``claim`` and why. ``facts``: of a pair, with "focus" where they are of a part of the change only.

    ``yes_is_change``: what yes means to the question: that something changed, that nothing did, or None, not known.
    """
    if claim.predicate == "answer":
        if yes_is_change is None:
            return SUPPORTED, ""
        return fact((facts["changed"]["count"] > 0) == (claim.polarity == yes_is_change), "its yes or no is wrong")
    if claim.predicate not in ("scope", "note") and not _within_focus(claim, facts):
        return UNKNOWN, "the facts are of other changes only"
    return _JUDGES[claim.predicate](claim, facts)


def _within_focus(claim: PairClaim, facts: Facts) -> bool:
    """Whether the narrowed facts hold all that ``claim`` is about."""
    focus = facts.get("focus") or {}
    named = {cover for words in focus.get("things", ()) for cover in _covers(words)}
    kind, covers = claim.event.kind, set(claim.event.covers)
    if kind in ("before", "after") or not named:
        known = True
    elif kind == "became":
        known = bool({*covers, claim.event.other} & named)
    else:
        known = covers == {ANY} or covers <= named
    direction = focus.get("direction", "")
    return known and not (direction and kind in _WAYS and kind != direction and named)


def _covers(words: str) -> Sequence[str]:
    concept = lexicon().get(words_of(words)) if words_of(words) else None
    return concept.covers if concept is not None else ()


def _parts(claim: PairClaim, facts: Facts) -> Optional[List[Facts]]:
    """The rows of the facts that an event's amounts are the sum of; None where they are not known."""
    event = claim.event
    if event.rank:
        return None
    covers = [facts["covers"].get(cover) for cover in event.covers if cover != ANY]
    if any(cover is None for cover in covers):
        return None
    if event.kind == "became":
        return [row for row in facts["transitions"] if (row["from"], row["to"]) == (event.covers[0], event.other)]
    if event.kind == "changed" and not covers:
        return [facts["changed"]]
    if event.kind in _WAYS and not covers:
        return [cover[event.kind] for cover in facts["covers"].values()]
    if event.kind in ("changed", "balance"):
        return [cover[way] for cover in covers for way in _WAYS]
    return [cover[event.kind] for cover in covers]


def _ranked(claim: PairClaim, facts: Facts) -> Optional[Facts]:
    """The one change that a ranking names; None where it is not listed."""
    event, focus = claim.event, facts.get("focus") or {}
    part = facts["changed"] if event.covers == (ANY,) else facts["covers"][event.covers[0]].get(event.kind)
    if part is None:
        return None
    rows, rank = part["largest"], event.rank
    if focus.get("rank"):
        return rows[0] if focus["rank"] == rank and rows else None
    if rank < 0 and len(rows) < part["count"]:
        return None
    return rows[rank - 1] if 0 < rank <= len(rows) else rows[rank] if rank < 0 and -rank <= len(rows) else None


def _present(claim: PairClaim, facts: Facts) -> Verdict:
    if claim.event.rank:
        row, changes = _ranked(claim, facts), facts["changed"]["count"]
        if not claim.polarity and ((facts.get("focus") or {}).get("rank") == claim.event.rank or not changes):
            return fact(not changes, "there is one")
        return (SUPPORTED, "") if row is not None and claim.polarity else (UNKNOWN, "its rank is not known")
    parts = _parts(claim, facts)
    if parts is None:
        return UNKNOWN, "it is not among the facts"
    there = any(part["pixels"] for part in parts)
    return fact(there == claim.polarity, f"there is {'some' if there else 'none'}")


def _count(claim: PairClaim, facts: Facts) -> Verdict:
    parts = _parts(claim, facts)
    if parts is None or claim.quantity is None or claim.event.kind in ("before", "after"):
        return UNKNOWN, "its number is not known"
    if any(facts["covers"][cover]["countable"] is False for cover in claim.event.covers if cover == "building"):
        return UNKNOWN, "cannot be told apart"
    number = sum(part["count"] for part in parts)
    loose = math.ceil(LOOSE * number) if claim.about else 0
    return fact(within(claim.quantity, number, loose), f"there are {number}")


def _area(claim: PairClaim, facts: Facts) -> Verdict:
    key = "pixels" if claim.quantity is not None and claim.quantity.unit == "px" else "area_m2"
    row = _ranked(claim, facts) if claim.event.rank else None
    parts = [row] if row is not None else None if claim.event.rank else _parts(claim, facts)
    if parts is None or claim.quantity is None or any(part[key] is None for part in parts):
        return UNKNOWN, "its area is not known"
    value = sum(part[key] for part in parts)
    values = [value]
    if claim.event.kind == "balance" and claim.sign == 0:
        values += [abs(net) for net in _nets(claim, facts, key)]
    # Rounding of each part adds up: a pixel more or less is no other figure.
    said = claim.quantity
    return fact(any(within(said, one, LOOSE * one if claim.about else 0.0) for one in values), f"it measures {value}")


def _nets(claim: PairClaim, facts: Facts, key: str) -> List[float]:
    """What a cover grew by, as the changes have it and as the dates have it."""
    nets = []
    for first, second in (("removed", "added"), ("before", "after")):
        parts = [(facts["covers"][cover][first][key], facts["covers"][cover][second][key]) for cover in claim.event.covers]
        if all(a is not None and b is not None for a, b in parts):
            nets.append(sum(b - a for a, b in parts))
    return nets


def _share(claim: PairClaim, facts: Facts) -> Verdict:
    parts = _parts(claim, facts)
    if parts is None or claim.quantity is None:
        return UNKNOWN, "its share is not known"
    value = sum(part["share"] for part in parts)
    value = value if claim.polarity else 1 - value
    return fact(within(claim.quantity, value, LOOSE * value if claim.about else 0.0), f"its share is {value:.4f}")


def _own(claim: PairClaim, facts: Facts) -> Verdict:
    """"12 % of the trees were removed"."""
    parts = _parts(claim, facts)
    cover = facts["covers"].get(claim.event.covers[0])
    if parts is None or cover is None or claim.quantity is None:
        return UNKNOWN, "its share is not known"
    whole = cover["after" if claim.event.kind == "added" else "before"]["pixels"]
    if not whole:
        return UNKNOWN, "there was none"
    value = sum(part["pixels"] for part in parts) / whole
    return fact(within(claim.quantity, value, LOOSE * value if claim.about else 0.0), f"that is {value:.3f} of it")


def _cells(claim: PairClaim, facts: Facts) -> Verdict:
    if claim.event.rank:
        row = _ranked(claim, facts)
        if row is None:
            return UNKNOWN, "its rank is not known"
        return fact((row["where"] in claim.cells) == claim.polarity, f"it lies in {row['where']}")
    parts = _parts(claim, facts)
    if parts is None or any("cells" not in part for part in parts):
        return UNKNOWN, "its place is not known"
    held: Dict[str, float] = {}
    for part in parts:
        for cell in part["cells"]:
            held[cell["where"]] = held.get(cell["where"], 0) + cell["pixels"]
    if not held:
        return fact(not claim.polarity, "there is none")
    named = [held.get(cell, 0) for cell in claim.cells]
    right = min(named) > 0 and max(named) >= max(held.values())
    if not claim.polarity:
        sides = [cell for cell in claim.cells if cell in _SIDES]
        some = any(named) or any(side in cell for side in sides for cell in held)
        return fact(not some, "some of it lies there")
    if not right and _side(claim.cells, held):
        right = True
    return fact(right, f"most lies in {max(held, key=lambda cell: held[cell])}")


def _side(cells: Sequence[str], held: Facts) -> bool:
    """"In the north" for what lies in cells of the north."""
    if len(cells) != 1 or cells[0] not in _SIDES:
        return False
    total = sum(held.values())
    return sum(pixels for cell, pixels in held.items() if cells[0] in cell) >= 0.67 * total


def _all_over(claim: PairClaim, facts: Facts) -> Verdict:
    parts = _parts(claim, facts)
    if parts is None or any("cells" not in part for part in parts):
        return UNKNOWN, "its place is not known"
    cells = {cell["where"] for part in parts for cell in part["cells"]}
    return fact(len(cells) >= claim.sign, f"{len(cells)} cells hold some")


def _grid_cells(claim: PairClaim, facts: Facts) -> Verdict:
    cover = facts["covers"].get(claim.event.covers[0])
    if cover is None:
        return UNKNOWN, "it is not among the facts"
    held = {_GRID[(row["cell"][0] - 1) * 3 + row["cell"][1] - 1] for way in _WAYS for row in cover[way]["cells"]}
    return fact(set(claim.cells) == held and len(set(claim.cells)) == len(claim.cells), f"it lies in {sorted(held)}")


def _more(claim: PairClaim, facts: Facts) -> Verdict:
    key = "count" if claim.basis == "n" else "pixels"
    if claim.basis == "n" and claim.event.covers != ("building",):
        return UNKNOWN, "not counted one by one"
    came, went = (sum(facts["covers"][cover][way][key] for cover in claim.event.covers) for way in _WAYS)
    return fact((((came > went) - (came < went)) == claim.sign) == claim.polarity, f"{came} against {went}")


def _most(claim: PairClaim, facts: Facts) -> Verdict:
    ways = (claim.event.kind,) if claim.event.kind in _WAYS else _WAYS
    held = {name: sum(cover[way]["pixels"] for way in ways) for name, cover in facts["covers"].items()}
    top = max(held.values())
    return fact((held.get(claim.event.covers[0], 0) == top > 0) == claim.polarity, f"{max(held, key=lambda n: held[n])} did")


def _grew(claim: PairClaim, facts: Facts) -> Verdict:
    signs = {(net > 0) - (net < 0) for net in _nets(claim, facts, "pixels")}
    if len(signs) > 1 and signs != {0, claim.sign}:
        return UNKNOWN, "the dates and the changes point different ways"
    return fact((claim.sign in signs) == claim.polarity, f"it went {signs}")


def _known(claim: PairClaim, facts: Facts) -> Verdict:
    share = facts["valid"]["share"]
    return fact(claim.quantity is not None and within(claim.quantity, share), f"{share:.4f} could be compared")


def _scope(claim: PairClaim, facts: Facts) -> Verdict:
    focus = facts.get("focus") or {}
    if claim.cells:
        # In reading order; only an image's centre has no name of its own.
        names = CELLS[:9] if facts["frame"] == "north" else (*CELLS[9:13], "centre", *CELLS[13:])
        wanted = {names[cell] for cell in focus["cells"]}
        side = claim.cells[0] if len(claim.cells) == 1 and len(wanted) == 3 else None
        right = set(claim.cells) == wanted or (side in _SIDES and all(side in cell for cell in wanted))
        return fact(right, f"they are of {sorted(wanted)}")
    limit = focus.get("min_area_m2" if claim.sign > 0 else "max_area_m2")
    if limit is None or claim.quantity is None:
        return UNKNOWN, "the facts are not narrowed by size"
    return fact(within(claim.quantity, limit), f"they are narrowed to {limit} m²")


_JUDGES: Dict[str, Any] = {
    "present": _present, "count": _count, "area": _area, "share": _share, "own": _own, "cells": _cells, "all over": _all_over,
    "grid": _grid_cells, "more": _more, "most": _most, "grew": _grew, "known": _known, "scope": _scope,
    "note": judge_note,
}

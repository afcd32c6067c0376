"""Sentences about two dates, composed from their facts."""

from typing import Any, Dict, List, Sequence

from .phrases import counted, known_caveats, listed, mass, places, upper, validation, verb
from .units import Units, count, share

Facts = Dict[str, Any]
WAYS = ("added", "removed")
#: Share of a cover from which a difference between two ways of measuring it is worth a word.
DISAGREEMENT = 0.02


def changed_sentence(facts: Facts, units: Units) -> str:
    """How much changed and where, or the plain no, limited to what could be compared."""
    changed = facts["changed"]
    if changed["count"]:
        amount = units.area(changed["area_m2"], changed["pixels"])
        return f"{upper(share(changed['share']))} of the region changed ({amount}), {places(changed['cells'])}."
    if facts["valid"]["share"] >= 0.995:
        return "I see no change between the two dates."
    return f"I see no change in the {share(facts['valid']['share'])} of the region that could be compared."


def describe_sentences(facts: Facts, detail: str, units: Units) -> List[str]:
    """What changed: amount and place, things that came and went, what became of what."""
    said = [changed_sentence(facts, units)]
    if not facts["changed"]["count"]:
        return said
    said += came_and_went("building", facts, units, quiet=True)
    rows = [row for row in facts["transitions"] if "building" not in (row["from"], row["to"]) or detail == "detailed"]
    said += transition_sentences(rows[:2 if detail == "brief" else 5], units)
    if detail == "detailed":
        said.append(validation("change", facts.get("validation")))
    return said


def came_and_went(name: str, facts: Facts, units: Units, direction: str = "", quiet: bool = False) -> List[str]:
    """How many of a cover were added and removed; areas only, where they cannot be counted. ``quiet``: not of none."""
    cover = facts["covers"][name]
    parts = [(way, cover[way]) for way in WAYS if direction in ("", way) and not (quiet and not cover[way]["count"])]
    if not any(part["count"] for _, part in parts):
        return [f"I see no {mass(name)} {listed([way for way, _ in parts], 'or')}."] if parts else []
    return [_one_way(name, way, part, cover["countable"], units) for way, part in parts]


def _one_way(name: str, way: str, part: Facts, countable: bool, units: Units) -> str:
    if not part["count"]:
        return f"No {mass(name)} {verb(name, 'were', 'was')} {way}."
    amount = units.area(part["area_m2"], part["pixels"])
    if countable:
        were = "was" if part["count"] == 1 else "were"
        return f"{upper(counted(name, part['count']))} {were} {way} ({amount}), {places(part['cells'])}."
    return f"{amount} of {mass(name)} was {way}, {places(part['cells'])}."


def transition_sentences(rows: Sequence[Facts], units: Units) -> List[str]:
    """What became of what, largest first."""
    return [_transition(row, units.area(row["area_m2"], row["pixels"])) for row in rows]


def _transition(row: Facts, amount: str) -> str:
    if row["from"] != row["to"]:
        return f"{amount} of {mass(row['from'])} became {mass(row['to'])}."
    return f"{amount} of {mass(row['from'])} looks different but is still {mass(row['to'])}."


def balance_sentence(name: str, facts: Facts, units: Units) -> str:
    """How much of a cover there is on each date; said to be rough where that and the changes point different ways.

    The dates are read one by one and the changes together: two measurements, which a small model need not make alike.
    """
    cover = facts["covers"][name]
    before, after = (units.area(cover[date]["area_m2"], cover[date]["pixels"]) for date in ("before", "after"))
    said = f"In all, {mass(name)} covered {before} before and {after} after."
    moved = cover["added"]["pixels"] - cover["removed"]["pixels"]
    grown = cover["after"]["pixels"] - cover["before"]["pixels"]
    notable = DISAGREEMENT * max(cover["before"]["pixels"], cover["after"]["pixels"])
    if moved * grown < 0 and min(abs(moved), abs(grown)) > notable:
        said += " The changes point the other way: take both as rough."
    return said


def answer(intent: Any, facts: Facts, covers: Sequence[str], detail: str, units: Units) -> List[str]:
    """The sentences that answer ``intent`` (of a pair) about ``covers`` (none: everything), caveats last.

    ``facts`` are those of the narrowed change: all numbers come from them.
    """
    if covers:
        said = _about(intent.kind, intent.direction, facts, covers, units)
    else:
        said = _about_all(intent.kind, facts, detail, units)
    return [sentence for sentence in said + known_caveats(facts, units) if sentence]


def _about_all(kind: str, facts: Facts, detail: str, units: Units) -> List[str]:
    changed = facts["changed"]
    plain = changed_sentence(facts, units)
    if kind in ("describe", "help"):
        return describe_sentences(facts, detail, units)
    if not changed["count"]:
        return [f"No, {plain}" if kind == "changed" else plain]
    if kind == "changed":
        return [f"Yes: {plain[:1].lower()}{plain[1:]}"]
    if kind == "where":
        return [f"The changes lie {places(changed['cells'])}."]
    if kind == "transitions":
        return transition_sentences(facts["transitions"][:6], units)
    number = changed["count"]
    if kind == "count":
        changes = "one change" if number == 1 else f"{count(number)} separate changes"
        return [f"I see {changes}.", *came_and_went("building", facts, units, quiet=True)]
    if kind == "segment":
        amount = units.area(changed["area_m2"], changed["pixels"])
        changes = "one change" if number == 1 else f"{count(number)} changes"
        return [f"I outlined {changes}, {amount}, {places(changed['cells'])}."]
    return [plain]


def _about(kind: str, direction: str, facts: Facts, covers: Sequence[str], units: Units) -> List[str]:
    moved = [s for name in covers for s in came_and_went(name, facts, units, direction)]
    if kind == "changed":
        if not facts["changed"]["count"]:
            return ["No.", *moved]
        return ["Yes.", *(s for name in covers for s in came_and_went(name, facts, units, direction, quiet=True))]
    if kind == "where":
        return _where(direction, facts, covers) or moved
    if kind == "transitions":
        end = {"added": "to", "removed": "from"}.get(direction)
        rows = [row for row in facts["transitions"] if end is None or row[end] in covers]
        return transition_sentences(rows[:6], units) or moved
    if kind in ("area", "describe") and not direction:
        moved += [balance_sentence(name, facts, units) for name in covers]
    if kind == "count" and "building" in covers and facts["covers"]["building"]["countable"] and facts["changed"]["count"] > 1:
        moved.append("Touching buildings that changed together count as one.")
    if "building" in covers:
        moved.append(validation("change", facts.get("validation")))
    return moved


def _where(direction: str, facts: Facts, covers: Sequence[str]) -> List[str]:
    return [
        f"{upper(mass(name))} {verb(name, 'were', 'was')} {way} {places(facts['covers'][name][way]['cells'])}."
        for name in covers for way in WAYS
        if direction in ("", way) and facts["covers"][name][way]["count"]
    ]

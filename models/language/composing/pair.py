"""Sentences about two dates, composed from their facts."""

from dataclasses import replace
from typing import Any, Dict, List, Sequence

from ..answers import inner
from ..phrases import counted, known_caveats, listed, mass, places, upper, validation, verb
from ..units import Units, count, share
from .alignment import alignment_sentences
from .pair_manner import by_class, every_cell, grid, lead, led, most_of, ranked, weighed

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
        number = facts["changed"]["count"]
        if number > 1:
            said.insert(1, f"There are {count(number)} separate changes.")
            said.append(f"{upper(inner(ranked(1, (), facts, units)))}")
        said += [balance_sentence(name, facts, units) for name in _notable(facts)]
        said.append(validation("change", facts.get("validation")))
    return said


def _notable(facts: Facts) -> List[str]:
    """The covers, at most two, of which most came or went."""
    held = {name: sum(cover[way]["pixels"] for way in WAYS) for name, cover in facts["covers"].items()}
    return [name for name in sorted(held, key=lambda name: -held[name])[:2] if held[name]]


def came_and_went(
    name: str, facts: Facts, units: Units, direction: str = "", quiet: bool = False, patches: bool = False
) -> List[str]:
    """How many of a cover were added and removed; areas only, where they cannot be counted. ``quiet``: not of none;
    ``patches``: the number of those too that are no single things.
    """
    cover = facts["covers"][name]
    parts = [(way, cover[way]) for way in WAYS if direction in ("", way) and not (quiet and not cover[way]["count"])]
    if not any(part["count"] for _, part in parts):
        return [f"I see no {mass(name)} {listed([way for way, _ in parts], 'or')}."] if parts else []
    counts = cover["countable"] or (patches and name != "building")
    return [_one_way(name, way, part, counts, units) for way, part in parts]


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
    units = replace(units, asked=intent.unit) if intent.unit else units
    detail = "detailed" if "detailed" in intent.manner else detail
    if covers:
        said = _about(intent, facts, covers, units)
    else:
        said = _about_all(intent, facts, detail, units)
    if not (intent.kind == "where" and "grid" in intent.manner):
        said = led([sentence for sentence in said if sentence], lead(intent.narrowing, facts, units))
    said = said + alignment_sentences(facts, units, detail)
    return [sentence for sentence in said + known_caveats(facts, units) if sentence]


def _about_all(intent: Any, facts: Facts, detail: str, units: Units) -> List[str]:
    kind, changed = intent.kind, facts["changed"]
    plain = changed_sentence(facts, units)
    if kind == "where" and "grid" in intent.manner:
        return [grid(facts, [name for name, cover in facts["covers"].items() if any(cover[w]["count"] for w in WAYS)])]
    if not changed["count"]:
        if kind == "changed":
            return [f"{'Yes' if 'same' in intent.manner else 'No'}, {inner(plain)}"]
        return [plain]
    if kind == "changed" and intent.direction:
        said = _one_direction(intent.direction, facts, units)
        none = said[0].startswith("I see nothing")
        return ["Yes." if none == ("same" in intent.manner) else "No.", *said]
    if kind == "changed":
        return [f"{'No' if 'same' in intent.manner else 'Yes'}: {inner(plain)}"]
    if intent.narrowing.rank and kind != "transitions":
        return [ranked(intent.narrowing.rank, (), facts, units)]
    if "most" in intent.manner and kind in ("describe", "area"):
        return _most(intent.direction, facts, units)
    if kind in ("describe", "area") and intent.direction:
        return _one_direction(intent.direction, facts, units)
    if kind in ("describe", "help"):
        return describe_sentences(facts, detail, units)
    if kind == "where":
        return [f"The changes lie {every_cell(changed['cells']) if 'cells' in intent.manner else places(changed['cells'])}."]
    if kind == "transitions":
        return transition_sentences(facts["transitions"][:6], units)
    number = changed["count"]
    if kind == "count":
        return _counted(intent.direction, facts, units)
    if kind == "segment":
        amount = units.area(changed["area_m2"], changed["pixels"])
        changes = "one change" if number == 1 else f"{count(number)} changes"
        return [f"I outlined {changes}, {amount}, {places(changed['cells'])}."]
    return [plain]


def _most(direction: str, facts: Facts, units: Units) -> List[str]:
    name = most_of(direction, facts)
    if not name:
        return [f"I see nothing {direction or 'added or removed'}."]
    did = {"added": "gained", "removed": "lost"}.get(direction, "changed")
    return [f"Of all covers, {mass(name)} {did} the most.", *came_and_went(name, facts, units, direction, quiet=True)]


def _counted(direction: str, facts: Facts, units: Units) -> List[str]:
    number = facts["changed"]["count"]
    changes = "one change" if number == 1 else f"{count(number)} separate changes"
    said = [f"I see {changes}.", *came_and_went("building", facts, units, direction, quiet=True)]
    return said + [by_class(way, facts) for way in WAYS if direction in ("", way) and facts["in_range"]]


def _one_direction(direction: str, facts: Facts, units: Units) -> List[str]:
    """What came, or what went, cover by cover."""
    held = {name: cover[direction]["pixels"] for name, cover in facts["covers"].items() if cover[direction]["count"]}
    names = sorted(held, key=lambda name: -held[name])
    said = [sentence for name in names for sentence in came_and_went(name, facts, units, direction)]
    return said or [f"I see nothing {direction}."]


def _about(intent: Any, facts: Facts, covers: Sequence[str], units: Units) -> List[str]:
    kind, direction, manner, any_change = intent.kind, intent.direction, intent.manner, bool(facts["changed"]["count"])
    patches = kind == "count" and facts["in_range"]
    moved = [s for name in covers for s in came_and_went(name, facts, units, direction, patches=patches)]
    if kind == "where" and "grid" in manner:
        return [grid(facts, covers)]
    if kind == "changed" and manner & {"more", "less"} and any_change:
        return [*weighed("more" in manner, covers, facts), *moved]
    if kind == "changed" and "still" in manner:
        return [*(_still(name, facts, units) for name in covers), *moved]
    if kind == "changed":
        yes = any_change != ("same" in manner)
        if not any_change:
            return ["Yes." if yes else "No.", *moved]
        quiet = (s for name in covers for s in came_and_went(name, facts, units, direction, quiet=True))
        return ["Yes." if yes else "No.", *quiet]
    if intent.narrowing.rank and kind != "transitions":
        if any_change or abs(intent.narrowing.rank) > 1:
            return [ranked(intent.narrowing.rank, covers, facts, units)]
        return moved
    if kind == "where":
        return _where(direction, facts, covers, "cells" in manner) or moved
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


def _still(name: str, facts: Facts, units: Units) -> str:
    """Whether there is any on the later date, with how much there was and is."""
    cover = facts["covers"][name]
    if not cover["before"]["pixels"] and not cover["after"]["pixels"]:
        return f"No: I see no {mass(name)} on either date."
    return f"{'Yes' if cover['after']['pixels'] else 'No'}: {inner(balance_sentence(name, facts, units))}"


def _where(direction: str, facts: Facts, covers: Sequence[str], every: bool) -> List[str]:
    return [
        f"{upper(mass(name))} {verb(name, 'were', 'was')} {way} "
        f"{(every_cell if every else places)(facts['covers'][name][way]['cells'])}."
        for name in covers for way in WAYS
        if direction in ("", way) and facts["covers"][name][way]["count"]
    ]

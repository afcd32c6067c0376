"""Sentences about two dates, composed from their facts."""

from typing import Any, Dict, List, Sequence

from .phrases import counted, known_caveats, listed, mass, noun, places, upper, validation, verb
from .units import Units, count, share

Facts = Dict[str, Any]


def changed_sentences(facts: Facts, units: Units) -> List[str]:
    """Did anything change, how much, where."""
    changed = facts["changed"]
    if not changed["count"]:
        compared = "" if facts["valid"]["share"] >= 0.995 else f" in the {share(facts['valid']['share'])} of the region that could be compared"
        return [f"No, I see no change{compared}."]
    return [
        f"Yes: {share(changed['share'])} of the region changed ({units.area(changed['area_m2'], changed['pixels'])}), "
        f"{places(changed['cells'])}."
    ]


def describe_sentences(facts: Facts, detail: str, units: Units) -> List[str]:
    """What changed: amount and place, things that came and went, what became of what."""
    if not facts["changed"]["count"]:
        return [unchanged_sentence(facts)]
    changed = facts["changed"]
    said = [
        f"{upper(share(changed['share']))} of the region changed ({units.area(changed['area_m2'], changed['pixels'])}), "
        f"{places(changed['cells'])}."
    ]
    said += came_and_went("building", facts, units, quiet=True)
    rows = [row for row in facts["transitions"] if "building" not in (row["from"], row["to"]) or detail == "detailed"]
    said += transition_sentences(rows[:2 if detail == "brief" else 5], units)
    if detail == "detailed":
        said.append(validation("building", facts.get("validation")))
    return [sentence for sentence in said if sentence]


def unchanged_sentence(facts: Facts) -> str:
    """The plain no, limited to what could be compared."""
    if facts["valid"]["share"] >= 0.995:
        return "I see no change between the two dates."
    return f"I see no change in the {share(facts['valid']['share'])} of the region that could be compared."


def came_and_went(name: str, facts: Facts, units: Units, direction: str = "", quiet: bool = False) -> List[str]:
    """How many of a cover were added and removed; areas only, where they cannot be counted."""
    cover = facts["covers"][name]
    parts = []
    for word, key in (("added", "added"), ("removed", "removed")):
        part = cover[key]
        if (direction and direction != key) or (quiet and not part["count"]):
            continue
        parts.append((word, part))
    if not parts:
        return []
    if not any(part["count"] for _, part in parts):
        return [f"I see no {mass(name)} that {verb(name, 'were', 'was')} {listed([word for word, _ in parts], 'or')}."]
    return [_one_way(name, word, part, cover["countable"], units) for word, part in parts]


def _one_way(name: str, word: str, part: Facts, countable: bool, units: Units) -> str:
    if not part["count"]:
        return f"No {noun(name, 2)} {verb('building', 'were', 'was')} {word}."
    where = places(part["cells"])
    amount = units.area(part["area_m2"], part["pixels"])
    if countable:
        were = "was" if part["count"] == 1 else "were"
        return f"{upper(counted(name, part['count']))} {were} {word} ({amount}), {where}."
    return f"{amount} of {mass(name)} {verb('water', 'were', 'was')} {word}, {where}."


def transition_sentences(rows: Sequence[Facts], units: Units) -> List[str]:
    """What became of what, largest first."""
    return [
        f"{units.area(row['area_m2'], row['pixels'])} of {mass(row['from'])} became {mass(row['to'])}."
        if row["from"] != row["to"] else
        f"{units.area(row['area_m2'], row['pixels'])} of {mass(row['from'])} looks different but is still {mass(row['to'])}."
        for row in rows
    ]


def balance_sentence(name: str, facts: Facts, units: Units) -> str:
    """How much of a cover there is on each date."""
    cover = facts["covers"][name]
    before, after = cover["before"], cover["after"]
    grew = "more" if after["pixels"] > before["pixels"] else "less" if after["pixels"] < before["pixels"] else "the same"
    return (
        f"{upper(mass(name))} {verb(name, 'cover', 'covers')} {units.area(before['area_m2'], before['pixels'])} before and "
        f"{units.area(after['area_m2'], after['pixels'])} after: {grew}."
    )


def answer(intent: Any, facts: Facts, covers: Sequence[str], detail: str, units: Units) -> List[str]:
    """The sentences that answer ``intent`` (of a pair) about ``covers`` (none: everything), caveats last.

    ``facts`` are those of the narrowed change: all numbers come from them.
    """
    said = _answer(intent.kind, intent.direction, facts, covers, detail, units)
    return [sentence for sentence in said + known_caveats(facts, units) if sentence]


def _answer(kind: str, direction: str, facts: Facts, covers: Sequence[str], detail: str, units: Units) -> List[str]:
    changed = facts["changed"]
    if not covers:
        if kind == "changed":
            return changed_sentences(facts, units)
        if kind == "where":
            return [f"The changes lie {places(changed['cells'])}."] if changed["count"] else [unchanged_sentence(facts)]
        if kind in ("area", "segment") or (kind == "transitions" and not changed["count"]):
            return changed_sentences(facts, units)[:1] if changed["count"] else [unchanged_sentence(facts)]
        if kind == "transitions":
            return transition_sentences(facts["transitions"][:6], units)
        if kind == "count":
            return count_all(facts, units)
        return describe_sentences(facts, detail, units)
    if kind == "changed":
        lead = "Yes." if changed["count"] else "No."
        return [lead] + [s for name in covers for s in came_and_went(name, facts, units, direction, bool(changed["count"]))]
    if kind == "where":
        said = []
        for name in covers:
            for way in ("added", "removed"):
                part = facts["covers"][name][way]
                if direction in ("", way) and part["count"]:
                    lies = "lie" if name in ("building", "tree") else "lies"
                    said.append(f"The {mass(name)} {way} {lies} {places(part['cells'])}.")
        return said or [s for name in covers for s in came_and_went(name, facts, units, direction)]
    if kind == "transitions":
        rows = [row for row in facts["transitions"] if not direction or row["to" if direction == "added" else "from"] in covers]
        return transition_sentences(rows[:6], units) or [s for name in covers for s in came_and_went(name, facts, units, direction)]
    said = [s for name in covers for s in came_and_went(name, facts, units, direction)]
    if kind in ("area", "describe") and not direction:
        said += [balance_sentence(name, facts, units) for name in covers]
    if kind == "count" and any(name == "building" for name in covers) and facts["covers"]["building"]["countable"]:
        said.append("Touching buildings that changed together are counted as one." if changed["count"] > 1 else "")
    return said


def count_all(facts: Facts, units: Units) -> List[str]:
    """How many changes, when nothing particular was named."""
    if not facts["changed"]["count"]:
        return [unchanged_sentence(facts)]
    number = facts["changed"]["count"]
    return [f"{count(number)} {'place' if number == 1 else 'places'} changed."] + came_and_went("building", facts, units, quiet=True)

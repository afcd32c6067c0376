"""Sentences about several dates, composed from their facts."""

from typing import Any, Dict, List, Sequence

from ..phrases import listed, places, scale_caveat, upper, validation
from ..units import Units, count, share
from .pair import came_and_went, transition_sentences

Facts = Dict[str, Any]


def answer(
    facts: Facts, covers: Sequence[str], direction: str, detail: str, units: Units, narrowed: bool = False
) -> List[str]:
    """What happened when, about ``covers`` (none: everything); ``direction``: "added", "removed" or "". Caveats last.

    ``narrowed``: the facts are of less than every change for another reason; nothing is said of the rest.
    """
    such = "such " if covers or direction or narrowed else ""
    said = [_opening(facts, such, units)]
    changed = [period for period in facts["periods"] if period["changed"] and period["changed"]["count"]]
    if changed:
        said.append(_peak(facts, changed, units))
        said += _by_period(facts, covers, direction, such, detail, units)
        said.append(_flicker(facts, units))
    said += [_laid(facts), *_unknown(facts)]
    if detail == "detailed" and changed:
        said.append(validation("change", facts.get("validation")))
    said.append(scale_caveat(facts, units))
    return [sentence for sentence in said if sentence]


def between(period: Facts) -> str:
    """"between 2015-06-01 and 2020"."""
    return f"between {day(period['start'])} and {day(period['end'])}"


def day(iso: str) -> str:
    """The date without its time of day."""
    return iso[:10]


def _opening(facts: Facts, such: str, units: Units) -> str:
    dates, total = facts["dates"], facts["total"]
    span = f"from {day(dates[0]['time'])} to {day(dates[-1]['time'])}"
    if not total["count"]:
        part = "" if all(period["known"]["share"] >= 0.995 for period in facts["periods"]) else " in what could be compared"
        return f"I see no {such}change{part} on {count(len(dates))} dates {span}."
    changes = f"one {such}change" if total["count"] == 1 else f"{count(total['count'])} {such}changes"
    return f"On {count(len(dates))} dates {span} I see {changes}, {units.area(total['area_m2'], total['pixels'])} in all."


def _peak(facts: Facts, changed: Sequence[Facts], units: Units) -> str:
    period = facts["periods"][facts["most"]]
    if len(changed) == 1:
        return f"All of it fell {between(period)}, {places(period['changed']['cells'])}."
    part = "Most change" if 2 * period["changed"]["pixels"] > facts["total"]["pixels"] else "The largest part"
    amount = units.area(period["changed"]["area_m2"], period["changed"]["pixels"])
    return f"{part} fell {between(period)}: {amount}, {places(period['changed']['cells'])}."


def _by_period(
    facts: Facts, covers: Sequence[str], direction: str, such: str, detail: str, units: Units
) -> List[str]:
    said = []
    for number, period in enumerate(facts["periods"]):
        changed = period["changed"]
        if changed is None:
            said.append(f"Nothing could be compared {between(period)}: no pixel is known on both dates.")
            continue
        if not changed["count"]:
            seen = period["known"]["share"]
            part = "" if seen >= 0.995 else f", in the {share(seen)} of the region that could be compared"
            said.append(f"{f'No {such}change was seen' if such else 'Nothing changed'} {between(period)}{part}.")
            continue
        moved = [s for name in covers or ("building",) for s in came_and_went(name, period, units, direction, quiet=True)]
        if number != facts["most"] and not such:
            amount = units.area(changed["area_m2"], changed["pixels"])
            said.append(f"{upper(between(period))}, {amount} changed, {places(changed['cells'])}.")
        said += [f"{upper(between(period))}, {sentence[:1].lower()}{sentence[1:]}" for sentence in moved]
        if detail == "detailed" and not covers:
            said += transition_sentences(period["transitions"][:2], units)
    return said


def _flicker(facts: Facts, units: Units) -> str:
    back, total = facts["flicker"], facts["total"]
    if not back["count"]:
        return ""
    amount = units.area(back["area_m2"], back["pixels"])
    are = "is" if back["count"] == 1 else "are"
    return (
        f"{upper(count(back['count']))} of the {count(total['count'])} {are} of ground that changed and changed back "
        f"({amount}): that may be light or season, so look there first."
    )


def _laid(facts: Facts) -> str:
    """Which dates were moved onto the first, and by how much."""
    moved = [
        f"{day(date['time'])} by {date['alignment']['shift']['pixels']:.1f} pixels"
        for date in facts["dates"] if "alignment" in date and date["alignment"]["shift"]["applied"]
    ]
    return f"To lie on the first date, I moved {listed(moved)}." if moved else ""


def _unknown(facts: Facts) -> List[str]:
    return [
        f"{upper(share(date['unknown']['share']))} of the region is not known on {day(date['time'])}, and is left out of the "
        "figures beside that date."
        for date in facts["dates"] if date["unknown"]["share"] >= 0.0005
    ]

"""Sentences about two dates for questions of a certain manner: the largest, the most, more or less, still, cell by cell."""

import re
from typing import Any, Dict, List, Sequence

from ...concepts import lexicon
from ...facts.cells import IMAGE_NAMES, NORTH_NAMES
from .. import changechat
from ..answers import inner, part_name
from ..phrases import counted, listed, mass, noun, place, places, upper, verb
from ..units import Units

Facts = Dict[str, Any]
WAYS = ("added", "removed")
_ORDINALS = {2: "second ", 3: "third ", 4: "fourth "}


def ranked(rank: int, covers: Sequence[str], facts: Facts, units: Units) -> str:
    """The one change that is left of a ranking, or that there is none; of facts of several changes, the largest."""
    named = f"{_ORDINALS.get(abs(rank), '')}{'largest' if rank > 0 else 'smallest'}"
    changed = facts["changed"]
    if not changed["count"]:
        return f"I see no {named} change{f' of {listed([mass(name) for name in covers])}' if covers else ''}."
    row = changed["largest"][0]
    amount, where = units.area(row["area_m2"], row["pixels"]), place(row["where"])
    if changed["count"] > 1:
        return f"The {named} change measures {amount} and lies {where}."
    move = facts["transitions"][0]
    way = "added" if move["to"] in covers else "removed"
    if len(covers) == 1 and move["from"] != move["to"]:
        return f"The {named} {noun(covers[0], 1)} {way} measures {amount} and lies {where}."
    became = f"{mass(move['from'])} became {mass(move['to'])}"
    if move["from"] == move["to"]:
        became = f"{mass(move['from'])} {verb(move['from'], 'look', 'looks')} different"
    return f"The {named} change measures {amount} and lies {where}: {became}."


def most_of(direction: str, facts: Facts) -> str:
    """The cover that lost, gained or changed the most, by area; "" where none did."""
    ways = (direction,) if direction else WAYS
    held = {name: sum(cover[way]["pixels"] for way in ways) for name, cover in facts["covers"].items()}
    name = max(held, key=lambda label: held[label])
    return name if held[name] else ""


def by_class(way: str, facts: Facts) -> str:
    """How many of each cover but buildings came or went; "" for none."""
    numbers = {name: cover[way]["count"] for name, cover in facts["covers"].items() if name != "building" and cover[way]["count"]}
    said = listed([counted(name, number) for name, number in numbers.items()])
    return f"{upper(said)} {'was' if list(numbers.values()) == [1] else 'were'} {way}." if said else ""


def weighed(more: bool, covers: Sequence[str], facts: Facts) -> List[str]:
    """Yes or no to "is there more than before?", from what came and what went."""
    by_count = tuple(covers) == ("building",) and facts["covers"]["building"]["countable"]
    key = "count" if by_count else "pixels"
    came, went = (sum(facts["covers"][name][way][key] for name in covers) for way in WAYS)
    yes = "Yes" if (came > went if more else came < went) else "No"
    what = listed([mass(name) for name in covers])
    if by_count:
        compared = "as many buildings were added as" if came == went else (
            f"{'more' if came > went else 'fewer'} buildings were added than")
    elif came == went:
        compared = f"the same area of {what} was added as"
    else:
        compared = f"a {'larger' if came > went else 'smaller'} area of {what} was added than"
    return [f"{yes}: {compared} removed."]


def grid(facts: Facts, covers: Sequence[str]) -> str:
    """The cells of each cover's changes as ChangeChat lists them; rows and columns of the map from its top left."""
    held = {}
    for name in covers:
        rows = [row for way in WAYS for row in facts["covers"][name][way]["cells"]]
        kind = changechat.Kind(lexicon().spoken[name][0], mass(name))
        held[kind] = frozenset((row["cell"][0] - 1) * 3 + row["cell"][1] - 1 for row in rows)
    return changechat.cells(held) if held else "I see no change in any cell."


def every_cell(cells: Sequence[Facts]) -> str:
    """All cells that hold something, fullest first."""
    if len(cells) == 9:
        return "in all nine cells"
    return places([{**cell, "share": 1 / (len(cells) + 8)} for cell in cells], len(cells)).replace("mainly ", "")


def lead(narrowing: Any, facts: Facts, units: Units) -> str:
    """What an answer was narrowed to, as the words that it opens with; "" for nothing. A rank is said in the sentence."""
    said = []
    if narrowing.cells is not None and len(narrowing.cells) < 9:
        names = NORTH_NAMES if facts["frame"] == "north" else IMAGE_NAMES
        said.append(part_name([names[cell] for cell in sorted(narrowing.cells)]))
    limits = [f"of {word} {units.area(limit)}" for word, limit in
              (("at least", narrowing.min_area), ("at most", narrowing.max_area)) if limit is not None]
    if limits:
        said.append(f"among changes {' and '.join(limits)}")
    return ", ".join(said)


def led(said: List[str], opening: str) -> List[str]:
    """``said`` with ``opening`` before what is said first, after a yes or no."""
    if not opening or not said:
        return said
    said = [sentence.replace("of the region", "of that part").replace("all over the region", "all over it") for sentence in said]
    if not opening.startswith("among"):
        said = [sentence.replace("In all, ", "In that part, ") for sentence in said]
    first = 1 if said[0] in ("Yes.", "No.") and len(said) > 1 else 0
    answered = re.match(r"(?:Yes|No)[:,] ", said[first])
    start = answered.group(0) if answered else ""
    if "that part" not in said[first] and said[first].endswith(f"), {opening}."):
        return said
    rest = inner(said[first][len(start):])
    said[first] = f"{start}{opening}, {rest}" if start else f"{upper(opening)}, {rest}"
    return said

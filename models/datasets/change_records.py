"""ChangeChat's records of one tile: five types that rules make, and open questions; and the reading of all of them back.

Where something was removed the counts say so in a second sentence; ChangeChat itself knows only what is new.
"""

from typing import Any, Dict, List, Mapping, Sequence, Tuple

from ..language import changechat
from ..language.changechat import Kind
from .change_captions import TileChange
from .change_rules import KindChange

#: Types of records; the last part of each record's id.
TYPES = ("caption", "binary", "count", "location", "open", "dialogue")


def records(
    name: str, pictures: Tuple[str, str], tile: TileChange, captions: Sequence[str], open_answers: Sequence[Tuple[str, str]]
) -> List[Tuple[str, Dict[str, Any]]]:
    """(type, record) of everything that is said of a tile; ``pictures``: paths of both dates in the data set.

    One record a caption and an open question; the detailed description of the dialogue is the first two captions.
    """
    kinds = tuple(tile)
    changed = any(change.new or change.removed for change in tile.values())
    total = {kind: change.new + change.removed for kind, change in tile.items()}
    turns: List[Tuple[str, List[Tuple[str, str]]]] = [
        *(("caption", [(changechat.DESCRIBE, caption)]) for caption in captions),
        ("binary", [(changechat.JUDGE, changechat.yes_no(changed))]),
        ("count", [(changechat.how_many(kinds), counts(tile))]),
        ("location", [(changechat.where(kinds), changechat.cells({kind: change.cells for kind, change in tile.items()}))]),
        *(("open", [pair]) for pair in open_answers),
        ("dialogue", [
            (changechat.JUDGE, changechat.yes_no(changed)),
            (changechat.count_separately(kinds), changechat.counted_separately(total)),
            (changechat.IN_DETAIL, " ".join((captions[0], captions[-1]))),
        ]),
    ]
    found, seen = [], dict.fromkeys(TYPES, 0)
    for kind_of, said in turns:
        ending = f"_{seen[kind_of]}" if kind_of in ("caption", "open") else ""
        seen[kind_of] += 1
        found.append((kind_of, changechat.record(f"{name}_{kind_of}{ending}", pictures, changed, said)))
    return found


def counts(tile: TileChange) -> str:
    """What is new, and in a second sentence what was removed, if anything was."""
    new = {kind: change.new for kind, change in tile.items()}
    removed = {kind: change.removed for kind, change in tile.items()}
    said = [changechat.counts(new)] if any(new.values()) or not any(removed.values()) else []
    return " ".join([*said, changechat.counts(removed, "removed")] if any(removed.values()) else said)


def read_back(kind_of: str, entry: Mapping[str, Any], tile: Mapping[Kind, KindChange]) -> bool:
    """Whether a rule-made record of ``kind_of``, read by ChangeChat's parsers, says what ``tile`` holds.

    Captions and open answers are for ``change_checker``. Raises ValueError for what cannot be read at all.
    """
    kinds = tuple(tile)
    changed = any(change.new or change.removed for change in tile.values())
    turns = changechat.turns_of(entry)
    answers = [answer for _, answer in turns]
    if entry["changeflag"] != int(changed):
        return False
    if kind_of in ("binary", "dialogue") and changechat.read_yes_no(answers[0]) is not changed:
        return False
    if kind_of == "dialogue":
        total = {kind: change.new + change.removed for kind, change in tile.items()}
        return len(turns) == 3 and changechat.read_counts(answers[1], kinds) == total
    if kind_of == "count":
        return _numbers(answers[0], kinds, "new") == {kind: change.new for kind, change in tile.items()} and _numbers(
            answers[0], kinds, "removed"
        ) == {kind: change.removed for kind, change in tile.items()}
    if kind_of == "location":
        return changechat.read_cells(answers[0], kinds) == {kind: change.cells for kind, change in tile.items()}
    return True


def _numbers(answer: str, kinds: Sequence[Kind], way: str) -> Dict[Kind, int]:
    """A way of which an answer says nothing did not happen."""
    return {kind: number or 0 for kind, number in changechat.read_counts(answer, kinds, way).items()}

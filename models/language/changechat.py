"""ChangeChat's canonical prompts and answers about two dates: written, and read back (SYSTEMS-B 1.5).

Knows words only. The classes are given: LEVIR-CC's are :data:`ROADS_AND_BUILDINGS`. Cells are 0..8 in reading order from
the top left of the tile.
"""

import re
from dataclasses import dataclass
from typing import AbstractSet, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

#: The nine cells in reading order.
CELLS = (
    "top-left", "top-center", "top-right", "center-left", "center-center", "center-right", "bottom-left", "bottom-center",
    "bottom-right",
)
DESCRIBE = "Please briefly describe the changes in these two images."
JUDGE = "Please judge whether these two images have changed. Please answer yes or no."
#: The last turn of a dialogue, after :data:`JUDGE` and :func:`count_separately`.
IN_DETAIL = "Based on the above analysis, please describe the changes of these two images in detail."
#: What stands for the two pictures, before the first question of a record.
PICTURES = "<image> <image> "
#: What came and what went. ChangeChat counts only what is new; "removed" is this project's.
WAYS = ("new", "removed")


@dataclass(frozen=True)
class Kind:
    """What one and several things of a class are called, in lower case: ("road", "roads")."""

    one: str
    many: str

    def __post_init__(self) -> None:
        for form in (self.one, self.many):
            if re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*", form) is None or form != form.lower():
                raise ValueError(f"“{form}” is no name of a class: lower-case words only")
            if {"and", "or", "no", "new", "removed"} & set(form.split()):
                raise ValueError(f"“{form}” could not be read back: leave out “and”, “or”, “no”, “new” and “removed”")

    def form(self, number: int) -> str:
        """The form that goes with ``number``."""
        return self.one if number == 1 else self.many


ROADS_AND_BUILDINGS = (Kind("road", "roads"), Kind("building", "buildings"))


def how_many(kinds: Sequence[Kind]) -> str:
    """The prompt of the counts."""
    return f"Please determine how many {_joined([kind.many for kind in kinds])} have changed?"


def where(kinds: Sequence[Kind]) -> str:
    """The prompt of the cells; it names the classes backwards, as the original does."""
    named = _joined([kind.many for kind in reversed(kinds)])
    return (
        f"Please indicate the locations where changes have occurred in the {named}, using a 3x3 grid (namely, 'top', "
        "'center', and 'bottom' vertically and 'left', 'center', 'right' horizontally)."
    )


def count_separately(kinds: Sequence[Kind]) -> str:
    """The second turn of a dialogue."""
    return f"If changes have occurred, count the number of {_joined([kind.one for kind in kinds])} changes separately."


def yes_no(changed: bool) -> str:
    """The answer to :data:`JUDGE`."""
    return "Yes" if changed else "No"


def counts(numbers: Mapping[Kind, int], way: str = "new") -> str:
    """The answer to :func:`how_many`: "There are 2 new roads and 1 new building."; without any the zero forms.

    Raises ValueError for a ``way`` other than :data:`WAYS` and for negative numbers.
    """
    _check(numbers, way)
    if not any(numbers.values()):
        nothing = _joined([kind.many for kind in numbers], "or")
        return f"There are no changes in {nothing}." if way == "new" else f"There are no removed {nothing}."
    first = next(iter(numbers.values()))
    said = _joined([f"{number} {way} {kind.form(number)}" for kind, number in numbers.items()])
    return f"There {'is' if first == 1 else 'are'} {said}."


def counted_separately(numbers: Mapping[Kind, int]) -> str:
    """The answer to :func:`count_separately`; without any "No roads has changed, and no buildings has changed."."""
    _check(numbers, "new")
    said = [
        f"{number} {kind.form(number)} {'has' if number == 1 else 'have'} changed" if number else f"no {kind.many} has changed"
        for kind, number in numbers.items()
    ]
    text = f"{', '.join(said[:-1])}, and {said[-1]}." if len(said) > 1 else f"{said[0]}."
    return text[:1].upper() + text[1:]


def cells(held: Mapping[Kind, AbstractSet[int]]) -> str:
    """The answer to :func:`where`: ``roads: ['top-left', 'top-center']. buildings: [].``."""
    named = {kind: ", ".join(f"'{CELLS[cell]}'" for cell in sorted(numbers)) for kind, numbers in held.items()}
    return " ".join(f"{kind.many}: [{listed}]." for kind, listed in named.items())


def read_yes_no(answer: str) -> Optional[bool]:
    """Whether ``answer`` says that something changed; None if it does not begin with yes or no."""
    found = re.match(r"\s*(yes|no)\b", answer.lower())
    return None if found is None else found.group(1) == "yes"


def read_counts(answer: str, kinds: Sequence[Kind], way: str = "new") -> Dict[Kind, Optional[int]]:
    """Numbers that ``answer`` gives, of either kind of count, also after DeltaVLM's processor; None: it gives none.

    ``way``: "removed" reads only what is said to be removed; "new" what is new or has changed.
    """
    text = " ".join(answer.lower().split())
    named = _named(kinds)
    found: Dict[Kind, Optional[int]] = dict.fromkeys(kinds)
    for number, said, form in re.findall(rf"\b(\d+|no) (?:(new|removed) )?{_pattern(named)}", text):
        if (said or "new") == way:
            found[named[form]] = 0 if number == "no" else int(number)
    nothing = re.search(r"\bno (?:changes in|new) (.*)" if way == "new" else r"\bno removed (.*)", text)
    if nothing is not None and not re.search(r"\d", text):
        found.update((named[form], 0) for form in re.findall(_pattern(named), nothing.group(1)))
    return found


def read_cells(answer: str, kinds: Sequence[Kind]) -> Dict[Kind, Optional[FrozenSet[int]]]:
    """Cells by class, also after DeltaVLM's processor, which drops colons and full stops; None: none are listed.

    Raises ValueError for a cell of no known name.
    """
    named = _named(kinds)
    found: Dict[Kind, Optional[FrozenSet[int]]] = dict.fromkeys(kinds)
    for form, listed in re.findall(rf"{_pattern(named)}\s*:?\s*\[([^\]]*)\]", answer.lower()):
        names = [name.strip(" '\"") for name in listed.split(",") if name.strip()]
        unknown = [name for name in names if name not in CELLS]
        if unknown:
            raise ValueError(f"“{unknown[0]}” is no cell")
        found[named[form]] = frozenset(CELLS.index(name) for name in names)
    return found


def record(name: str, pictures: Tuple[str, str], changed: bool, turns: Sequence[Tuple[str, str]]) -> Dict[str, object]:
    """One record of the data set: id, the two pictures, changeflag, questions and answers in turn."""
    said: List[Dict[str, str]] = []
    for number, (question, answer) in enumerate(turns):
        said.append({"from": "human", "value": question if number else PICTURES + question})
        said.append({"from": "gpt", "value": answer})
    return {"id": name, "image": list(pictures), "changeflag": int(changed), "conversations": said}


def turns_of(entry: Mapping[str, object]) -> Tuple[Tuple[str, str], ...]:
    """Questions, without the pictures, and answers of a record. Raises ValueError where they do not alternate."""
    said = entry.get("conversations")
    if not isinstance(said, list) or len(said) % 2 or [turn.get("from") for turn in said] != ["human", "gpt"] * (len(said) // 2):
        raise ValueError("a record's conversation is not questions and answers in turn")
    values = [str(turn["value"]) for turn in said]
    return tuple((question.replace("<image>", "").strip(), answer) for question, answer in zip(values[::2], values[1::2]))


def _check(numbers: Mapping[Kind, int], way: str) -> None:
    if way not in WAYS:
        raise ValueError(f"“{way}” is none of {', '.join(WAYS)}")
    if not numbers or min(numbers.values()) < 0:
        raise ValueError("counts are of at least one class and never negative")


def _named(kinds: Sequence[Kind]) -> Dict[str, Kind]:
    """Every form and its class. Raises ValueError for a form of two classes."""
    named: Dict[str, Kind] = {}
    for kind in kinds:
        for form in (kind.one, kind.many):
            if named.setdefault(form, kind) != kind:
                raise ValueError(f"“{form}” names two classes")
    return named


def _pattern(named: Mapping[str, Kind]) -> str:
    """Any of the forms as one group, "water tanks" before "water"."""
    return rf"(?<![\w-])({'|'.join(sorted(map(re.escape, named), key=len, reverse=True))})(?![\w-])"


def _joined(parts: Sequence[str], word: str = "and") -> str:
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"

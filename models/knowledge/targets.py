"""Which features of a base a question is about: those that fulfil its conditions, and those at the place it points at."""

from typing import List, Optional, Sequence, Set, Tuple

import numpy as np

from .asking import Asked, Condition
from .base import Base
from .material import Picture
from .question_words import YES
from .retrieving import Where, features_at
from .wording import key_of

_COMPARE = {
    "more": lambda a, b: a > b, "less": lambda a, b: a < b, "least": lambda a, b: a >= b, "most": lambda a, b: a <= b,
    "equal": lambda a, b: a == b,
}


def fulfilling(base: Base, condition: Condition) -> Set[int]:
    """Features that fulfil one condition. "not" and "none" hold of every feature of the column's layer that has no such
    value, whatever else it has."""
    found: Set[int] = set()
    for field in condition.fields:
        if condition.how in ("is", "not"):
            true = condition.key == "yes"
            found |= set(_true(base, field) if true else base.features_with(field, condition.key, condition.words))
        elif condition.how in ("some", "none"):
            found |= set(base.features_having(field))
        else:
            compare = _COMPARE[condition.how]
            found |= {feature for feature, number, _ in base.numbers(field) if compare(number, condition.number)}
    if condition.how in ("not", "none"):
        return {id_ for field in condition.fields for id_ in base.features_of(base.fields[field].source)} - found
    return found


def population(base: Base, conditions: Sequence[Condition], fields: Sequence[int] = ()) -> Tuple[int, ...]:
    """All features of the layers that the columns belong to; of every layer where no column is named."""
    ids = {base.fields[field].source for one in conditions for field in one.fields}
    ids |= {base.fields[field].source for field in fields}
    chosen = sorted(ids) if ids else [id_ for id_, source in base.sources.items() if source.kind != "document"]
    return tuple(feature for id_ in chosen for feature in base.features_of(id_))


def meant(base: Base, conditions: Sequence[Condition], among: Sequence[int]) -> Tuple[int, ...]:
    """Those of ``among`` that fulfil every condition."""
    left = set(among)
    for condition in conditions:
        left &= fulfilling(base, condition)
    return tuple(id_ for id_ in among if id_ in left)


def within(base: Base, ids: Sequence[int], where: Where) -> Tuple[int, ...]:
    """Features whose middle lies in the box asked about."""
    boxes = base.boxes(ids)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    west, south, east, north = where.degrees
    with np.errstate(invalid="ignore"):
        inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return tuple(id_ for id_, here in zip(ids, inside) if here)


def pointed_at(
    base: Base, asked: Asked, where: Optional[Where], picture: Optional[Picture]
) -> Optional[int]:
    """The one feature at the place asked about that fulfils the conditions, None if there is none."""
    near = [id_ for id_, _ in features_at(base, where, picture)]
    wanted: List[int] = near
    if asked.conditions:
        wanted = list(meant(base, asked.conditions, near))
    with_field = [id_ for id_ in wanted if not asked.fields or _source_of(base, id_) in _sources(base, asked.fields)]
    return with_field[0] if with_field else None


def _source_of(base: Base, feature: int) -> int:
    return base.feature(feature).source


def _sources(base: Base, fields: Sequence[int]) -> Set[int]:
    return {base.fields[field].source for field in fields}


def _true(base: Base, field: int) -> List[int]:
    return [feature for word in YES for feature in base.features_with(field, key_of(word))]

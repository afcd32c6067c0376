"""Questions about single chips, each with the answer that its facts give, in words no two parts share."""

from typing import List, Sequence, Tuple

import numpy as np

from .asking import Asker
from .balance import Posed, balanced
from .chip import Chip, Dialogue
from .chip_facts import chip_facts
from .questions_amount import amount_questions, number_of_colour
from .questions_place import place_questions

#: Every type of question, as ``Turn.task`` names it.
TYPES: Tuple[str, ...] = (
    "presence", "count", "comparison", "more ground", "area", "share", "position", "place of one", "relation", "near", "colour",
    "number of colour", "orientation", "spread", "density", "scene",
)


def questions(chip: Chip, rng: np.random.Generator, part: str = "train") -> List[Posed]:
    """All that can be asked of ``chip``; not yet balanced. Absence and numbers only of labels all of whose things are known."""
    ask = Asker(chip, chip_facts(chip), rng, part)
    return [*amount_questions(ask), *number_of_colour(ask), *place_questions(ask)]


def question_set(chips: Sequence[Chip], rng: np.random.Generator, part: str = "train", most: int = 12) -> List[Dialogue]:
    """One dialogue of one turn for each question: yes/no balanced by label over all chips, at most ``most`` a chip."""
    posed: List[Posed] = []
    owner: List[str] = []
    for chip in chips:
        asked = questions(chip, rng, part)
        chosen = sorted(rng.permutation(len(asked))[:most])
        posed += [asked[int(i)] for i in chosen]
        owner += [chip.name] * len(chosen)
    kept = {id(item) for item in balanced(posed, rng)}
    return [Dialogue((name,), (item.turn,)) for name, item in zip(owner, posed) if id(item) in kept]

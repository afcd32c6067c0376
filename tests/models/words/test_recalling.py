"""What is set beside a question: the facts of the things it names, in its order, and nothing of others."""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent.parent / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.chip import Chip, Thing  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.language import bpe  # noqa: E402
from terralogue.models.language.prompting import asked_ids  # noqa: E402
from terralogue.models.language.recalling import named, recalled  # noqa: E402


def facts():
    car, pool = (Thing(label, (x, 10, x + 10, 20), np.ones((10, 10), bool), "red") for label, x in
                 (("car", 20), ("swimming pool", 70)))
    known = frozenset({"car", "swimming pool", "boat"})
    return chip_facts(Chip("c", np.zeros((3, 90, 90), np.uint8), (car, pool), known, gsd=1.0))


def test_only_what_is_named_is_set_beside_a_question():
    assert recalled(facts(), "How many cars are there?") == "car 1 1% mostly north-west 1, red 1; car red north-west 27 16"
    assert recalled(facts(), "Any boats?") == "no boat"


def test_a_thing_that_was_not_measured_is_unknown_and_not_absent():
    assert recalled(facts(), "Are there trees or boats?") == "tree unknown; no boat"


def test_a_question_that_names_nothing_is_given_the_largest():
    beside = recalled(facts(), "What is to be seen?")
    assert "car 1" in beside and "swimming pool 1" in beside and "boat" not in beside


def test_longer_names_go_before_the_words_in_them():
    labels = ("swimming pool", "car", "storage tank")
    assert named("a Storage Tank beside the swimming pools and CARS, cars", labels) == ["storage tank", "swimming pool", "car"]
    assert named("", labels) == []


def test_it_follows_the_question_and_is_not_cut_with_it():
    coder = bpe.learn(["How many cars are there? no boat"] * 3, 300)
    ids, cut = asked_ids(coder, "cars " * 400, "no boat")
    assert cut and coder.decode(ids).endswith("[FACTS]no boat")
    assert asked_ids(coder, "cars?")[0] == asked_ids(coder, "cars?", "")[0]


def test_what_a_question_asks_for_can_be_read_beside_it():
    for chip in drawn_chips(4, 12):
        known = chip_facts(chip)
        for label, thing in known["things"].items():
            beside = recalled(known, f"How many {label} are there?")
            if thing["complete"]:
                assert beside.startswith(f"{label} {thing['count']}" if thing["count"] else f"no {label}"), (label, beside)

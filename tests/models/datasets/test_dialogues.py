"""Dialogues: references mean what was spoken of, differences are those of the two images, retrieval asks for places."""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.chip import Chip, Thing  # noqa: E402
from terralogue.models.datasets.dialogues import conversation, dialogues, difference, retrieval  # noqa: E402


def block(label, x0, y0, x1, y1, colour=""):
    return Thing(label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)


def cars(number, name="c", complete=("car",)):
    things = tuple(block("car", 5 + 15 * i, 5 + 12 * i, 9 + 16 * i, 9 + 13 * i, ("red", "blue")[i % 2]) for i in range(number))
    return Chip(name, np.zeros((3, 100, 120), np.uint8), things, frozenset(complete), gsd=0.5)


def test_it_and_the_second_one_mean_the_things_spoken_of():
    seen = set()
    for seed in range(12):
        talk = conversation(cars(5), np.random.default_rng(seed))
        assert talk.turns[0].task == "count" and "5" in talk.turns[0].answer
        for before, turn in zip(talk.turns, talk.turns[1:]):
            seen.add(turn.task)
            assert " car" not in turn.question
            if turn.task == "colour of it":
                assert turn.refers == before.refers
            if turn.task == "the largest of them":
                assert turn.refers == (4,) and "in the centre" in turn.answer
            if turn.task == "the second one":
                assert turn.refers == (3,)
    assert seen >= {"share of them", "how many of them", "the largest of them", "the second one", "colour of it"}


def test_a_chip_with_nothing_to_talk_about_makes_no_conversation():
    assert conversation(cars(1), np.random.default_rng(0)) is None
    assert conversation(cars(5, complete=()), np.random.default_rng(0)) is None


def test_differences_are_those_of_labels_that_both_images_know():
    made = difference(cars(2, "a"), cars(5, "b"), np.random.default_rng(0))
    assert made.chips == ("a", "b")
    assert made.turns[0].answer in ("There are 5 cars instead of 2.", "The first image has 2 cars, this one 5.")
    assert "<n:car>" in made.turns[0].slots
    same = difference(cars(2, "a"), cars(2, "b"), np.random.default_rng(0)).turns[0].answer
    unknown = difference(cars(2, "a"), cars(5, "b", complete=()), np.random.default_rng(0)).turns[0].answer
    assert same == unknown == "Nothing that I can count differs from the first image."


def test_retrieval_asks_for_places_and_answers_with_the_mark():
    for chip in drawn_chips(1, 8):
        turn = retrieval(chip, np.random.default_rng(0), "validation")
        assert turn.answer.count("[RET]") == 1 and "<" not in turn.question


def test_every_chip_gets_its_dialogues():
    chips = drawn_chips(1, 6)
    made = dialogues(chips, np.random.default_rng(0))
    assert sum(len(d.chips) == 2 for d in made) == 5
    assert sum(d.turns[0].task == "retrieve" for d in made) == 6

"""Phrases name exactly what they are meant to, judged by a plain reading of the chip's own masks."""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.chip import Chip, Thing  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.phrases import tasks, wordings  # noqa: E402
from terralogue.models.datasets.phrases_of_things import Phrase, fitting, unique  # noqa: E402
from terralogue.models.datasets.referring import NOTHING, referrals, referring_turns  # noqa: E402


def block(label, x0, y0, x1, y1, colour=""):
    return Thing(label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)


def five_cars():
    cars = (block("car", 5, 5, 15, 15, "red"), block("car", 100, 5, 106, 11, "red"), block("car", 5, 80, 11, 86, "blue"),
            block("car", 55, 45, 67, 57, "blue"), block("car", 104, 82, 110, 88, "white"), block("pond", 50, 5, 60, 15, "green"))
    chip = Chip("c", np.zeros((3, 96, 120), np.uint8), cars, frozenset({"car", "pond", "ship"}), gsd=0.5)
    return chip, chip_facts(chip)


def named(phrase, facts):
    found = unique(phrase, facts)
    return None if found is None else found["index"]


def test_each_way_of_narrowing_names_the_right_car():
    _, facts = five_cars()
    assert named(Phrase("car", "white"), facts) == 4
    assert named(Phrase("car", "red", rank=1), facts) == 0
    assert named(Phrase("car", rank=1), facts) == 3
    assert named(Phrase("car", cell="south-west"), facts) == 2
    assert named(Phrase("car", relation="east of", other="pond"), facts) == 1
    assert named(Phrase("car", "blue", order=(1, "east")), facts) == 3
    assert Phrase("car", "red", rank=1).said() == "the largest red car"
    assert Phrase("car", order=(2, "west")).said() == "the second car from the west"


def test_a_phrase_that_fits_two_or_only_just_one_is_not_unique():
    _, facts = five_cars()
    assert named(Phrase("car", "red"), facts) is None
    # Two cars 6 × 6 pixels: neither is the smallest.
    assert named(Phrase("car", rank=-1), facts) is None
    assert len(fitting(Phrase("car"), facts)) == 5


def test_a_thing_of_unknown_colour_may_have_the_colour_asked_for():
    chip, _ = five_cars()
    facts = chip_facts(Chip("d", chip.rgb, (*chip.things, block("car", 30, 30, 40, 40)), chip.complete, gsd=0.5))
    assert named(Phrase("car", "white"), facts) is None and len(fitting(Phrase("car", "white"), facts)) == 1


def test_phrases_are_unique_and_absent_ones_fit_nothing():
    rng = np.random.default_rng(3)
    seen = []
    for chip in drawn_chips(1, 60):
        facts = chip_facts(chip)
        for referral in referrals(chip, facts, rng):
            seen.append(referral)
            fits = [{row["index"] for row in fitting(phrase, facts)} for phrase in referral.phrases]
            assert sorted(set().union(*fits)) == sorted(referral.things), referral
            assert all(chip.things[i].label in {p.label for p in referral.phrases} for i in referral.things)
            if referral.kind.endswith("absent"):
                assert referral.things == () and all(p.label in chip.complete for p in referral.phrases)
    kinds = {referral.kind for referral in seen}
    assert kinds == {"one", "pair", "class absent", "attribute absent"}
    ways = {kind for referral in seen for phrase in referral.phrases for kind in phrase.kinds}
    assert ways == {"colour", "cell", "rank", "order", "relation"}


def test_most_phrases_have_two_distractors_where_the_chip_allows():
    rng = np.random.default_rng(4)
    hard = []
    for chip in drawn_chips(2, 60):
        facts = chip_facts(chip)
        crowded = any(t["complete"] and t["count"] >= 3 for t in facts["things"].values())
        hard += [r.distractors >= 2 for r in referrals(chip, facts, rng) if r.kind == "one" and crowded]
    assert len(hard) > 60 and np.mean(hard) >= 0.7


def test_masks_are_asked_for_and_nothing_is_marked_where_nothing_fits():
    rng = np.random.default_rng(0)
    chip, facts = five_cars()
    for referral in referrals(chip, facts, rng):
        turn = referring_turns(referral, rng, "validation")
        assert turn.answer.count("[SEG]") == len(referral.things) and referral.said in turn.question
        assert (turn.answer == NOTHING) == (not referral.things)


def test_wordings_are_wide_and_never_shared_between_training_and_validation():
    for task in tasks():
        train, validation = set(wordings(task, "train")), set(wordings(task, "validation"))
        assert not train & validation
        assert len(train | validation) >= 25 and len(validation) >= 5, task

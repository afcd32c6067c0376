"""Questions: every type is asked, balanced, from known facts only, in wordings that parts do not share."""

import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.balance import balanced  # noqa: E402
from terralogue.models.datasets.chip import Chip, Thing  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.questions import TYPES, question_set, questions  # noqa: E402
from terralogue.models.datasets.slots import fill  # noqa: E402
from terralogue.models.datasets.task_words import task_turns  # noqa: E402


@lru_cache(maxsize=1)
def asked():
    rng = np.random.default_rng(8)
    chips = drawn_chips(8, 40)
    return [(chip, posed) for chip in chips for posed in questions(chip, rng)]


def block(label, x0, y0, x1, y1, colour=""):
    return Thing(label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)


def test_every_type_is_asked_and_answers_are_fillings_of_their_slots():
    assert {posed.turn.task for _, posed in asked()} == set(TYPES)
    for chip, posed in asked()[::7]:
        assert posed.turn.answer == fill(posed.turn.slots, chip_facts(chip))


def test_yes_and_no_are_equally_many_of_every_label():
    kept = balanced([posed for _, posed in asked()], np.random.default_rng(0))
    tally = Counter((posed.about, posed.truth) for posed in kept if posed.truth in ("yes", "no"))
    assert len(tally) > 20
    for (about, word), number in tally.items():
        assert tally[about, "no" if word == "yes" else "yes"] == number, about


def test_no_number_is_much_commoner_than_others():
    posed = [posed for _, posed in asked()]
    counts = Counter(p.truth for p in balanced(posed, np.random.default_rng(0)) if p.turn.task == "count")
    before = Counter(p.truth for p in posed if p.turn.task == "count")
    assert len(counts) == len(before) >= 7
    assert max(counts.values()) <= 1.5 * float(np.median(list(before.values())))


def test_absence_is_asked_of_completely_known_labels_only():
    for chip, posed in asked():
        task, label = posed.about
        if task == "presence" and posed.truth == "no":
            assert label in chip.complete or label in chip.cover_names


def test_covers_of_a_chip_that_is_partly_unknown_are_not_asked_about():
    covers = np.zeros((60, 60), np.uint8)
    covers[0, 0] = 255
    chip = Chip("c", np.zeros((3, 60, 60), np.uint8), (block("car", 0, 0, 5, 5),), frozenset({"car"}), covers, ("water", "tree"))
    assert {posed.about[1] for posed in questions(chip, np.random.default_rng(0))} == {"car"}


def test_a_set_keeps_its_balance_and_its_chips():
    chips = drawn_chips(9, 12)
    made = question_set(chips, np.random.default_rng(0), "validation", most=20)
    assert made and {d.chips[0] for d in made} <= {chip.name for chip in chips}
    said = Counter(d.turns[0].answer[:3].lower().strip(",.") for d in made if d.turns[0].task == "presence")
    assert said["yes"] == said["no"] > 0


def test_task_words_come_with_boxes_in_hundredths():
    chip = Chip("c", np.zeros((3, 100, 200), np.uint8), (block("car", 20, 10, 40, 30, "red"),), frozenset({"car", "ship"}))
    turns = {turn.task: turn for turn in task_turns(chip, np.random.default_rng(1))}
    assert turns["detection"].answer == "<p>1 car</p> {<10><10><20><30>}"
    assert turns["detection"].slots == "<p><n:car> car</p> {<10><10><20><30>}"
    assert turns["identify"].answer == "a red car" and "{<10><10><20><30>}" in turns["identify"].question
    assert turns["grounding"].question.startswith("[grounding] ") and turns["detection"].question.startswith("[detection] ")
    answers = {turn.answer for turn in task_turns(chip, np.random.default_rng(1)) if turn.task == "refer"}
    assert answers == {"{<10><10><20><30>}", "Nothing here fits that."}


def test_the_same_seed_asks_the_same():
    chip = drawn_chips(3, 1)[0]
    once, again = ([p.turn for p in questions(chip, np.random.default_rng(4))] for _ in range(2))
    assert once == again

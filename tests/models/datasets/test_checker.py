"""The checker agrees with all that the builders write, and with nothing that was made wrong."""

import re
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent))
from drawn_chips import COLOURS, drawn_chips  # noqa: E402

from terralogue.models.datasets.captions import caption_turns  # noqa: E402
from terralogue.models.datasets.checker import Measures, check, check_dialogue  # noqa: E402
from terralogue.models.datasets.checker_measures import connected, measured  # noqa: E402
from terralogue.models.datasets.chip import Dialogue  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.dialogues import dialogues  # noqa: E402
from terralogue.models.datasets.questions import questions  # noqa: E402
from terralogue.models.datasets.referring import referrals, referring_turns  # noqa: E402
from terralogue.models.datasets.task_words import task_turns  # noqa: E402

CELLS = ("north-west", "north-east", "south-west", "south-east", "top left", "top right", "bottom left", "bottom right",
         "north", "south", "east", "west", "centre", "top", "bottom", "left", "right")


@lru_cache(maxsize=1)
def corpus():
    """(chips by name, every dialogue of every builder) of 55 chips, wordings of both parts."""
    rng = np.random.default_rng(11)
    chips = drawn_chips(11, 55)
    found = []
    for i, chip in enumerate(chips):
        part = ("train", "validation")[i % 2]
        turns = [posed.turn for posed in questions(chip, rng, part)] + caption_turns(chip, rng, part)
        turns += task_turns(chip, rng, part)
        turns += [referring_turns(referral, rng, part) for referral in referrals(chip, chip_facts(chip), rng)]
        found += [Dialogue((chip.name,), (turn,)) for turn in turns]
    return {chip.name: chip for chip in chips}, found + dialogues(chips, rng, "validation")


def test_every_answer_agrees_with_the_masks():
    chips, made = corpus()
    measures = Measures(chips)
    wrong, tasks, total = [], set(), 0
    for dialogue in made:
        for turn, checked in zip(dialogue.turns, check_dialogue(dialogue, measures)):
            total += 1
            tasks.add(turn.task)
            if checked.verdict != "agree":
                wrong.append((turn.question, turn.answer, checked))
    assert wrong == []
    assert total >= 3000 and len(tasks) >= 25, (total, tasks)


def spoiled(turn, rng):
    """(kind, answer) with one planted error, for each kind that the answer has something to spoil of."""
    answer = turn.answer
    found = []
    number = re.fullmatch(r"\D*?(\b\d+\b)(?! ?%|\.| of| ?m²| ?ha| ?km²|,| pixels| against)\D*", answer)
    if turn.task in ("count", "number of colour", "how many of them", "detection") and number:
        i, j = number.span(1)
        found.append(("count", answer[:i] + str(int(number.group(1)) + int(rng.integers(1, 4))) + answer[j:]))
    if turn.task in ("place of one", "the largest of them", "the second one", "position"):
        cell = next((name for name in CELLS if re.search(rf"\b{name}\b", answer) and name not in turn.question.lower()), "")
        if cell:
            north = cell in CELLS[:4] + CELLS[8:13]
            others = [name for name in (CELLS[:4] if north else CELLS[4:8]) if name != cell]
            found.append(("cell", re.sub(rf"\b{cell}\b", others[int(rng.integers(len(others)))], answer)))
    if re.match(r"(?i)yes\b", answer):
        found.append(("yes/no", ("No" if answer[0] == "Y" else "no") + answer[3:]))
    elif re.match(r"(?i)no\b[,.]?", answer) and turn.task in ("presence", "comparison", "more ground", "near"):
        found.append(("yes/no", ("Yes" if answer[0] == "N" else "yes") + answer[2:]))
    if turn.task in ("colour", "colour of it", "identify"):
        colour = [name for name in COLOURS if re.search(rf"\b{name}\b", answer)][-1]
        others = [name for name in COLOURS if name != colour]
        at = answer.rindex(colour)
        found.append(("colour", answer[:at] + others[int(rng.integers(len(others)))] + answer[at + len(colour):]))
    box = re.search(r"\{<(\d+)><(\d+)><(\d+)><(\d+)>\}", answer)
    if box:
        moved = [int(v) + (3 if int(box.group(1)) < 50 else -3) for v in box.groups()]
        found.append(("box", answer[:box.start()] + "{" + "".join(f"<{v}>" for v in moved) + "}" + answer[box.end():]))
    return found


def test_every_planted_error_is_caught():
    chips, made = corpus()
    measures, rng = Measures(chips), np.random.default_rng(5)
    caught, missed = {}, []
    for dialogue in made:
        if len(dialogue.chips) > 1:
            continue
        for i, turn in enumerate(dialogue.turns):
            for kind, answer in spoiled(turn, rng):
                turns = (*dialogue.turns[:i], replace(turn, answer=answer))
                verdict = check_dialogue(Dialogue(dialogue.chips, turns), measures)[-1]
                caught[kind] = caught.get(kind, 0) + 1
                if verdict.verdict == "agree":
                    missed.append((kind, turn.question, turn.answer, answer))
    assert missed == []
    assert set(caught) == {"count", "cell", "yes/no", "colour", "box"} and min(caught.values()) >= 50, caught


def test_two_images_a_wrong_and_a_missing_difference_are_caught():
    chips, made = corpus()
    measures = Measures(chips)
    pairs = [d for d in made if len(d.chips) == 2 and " instead of " in d.turns[0].answer]
    assert len(pairs) > 20
    for pair in pairs:
        turn = pair.turns[0]
        wrong = re.sub(r"(\d+)(?= [a-z %]+ instead of)", lambda found: str(int(found.group(1)) + 7), turn.answer, count=1)
        for answer in (wrong, " ".join(re.split(r"(?<=[.]) (?=[A-Z])", turn.answer)[1:]) or "Nothing that I can count differs."):
            assert check_dialogue(Dialogue(pair.chips, (replace(turn, answer=answer),)), measures)[0].verdict != "agree", answer


def test_an_answer_about_something_else_or_in_unknown_words_does_not_agree():
    chips, _ = corpus()
    chip = next(c for c in chips.values() if {"car", "ship"} <= c.complete and c.named("car") and not c.named("ship"))
    number = len(chip.named("car"))
    assert check(chip, "How many cars are there?", f"There {'is' if number == 1 else 'are'} {number} cars.").verdict == "agree"
    assert check(chip, "How many cars are there?", "There are no ships.").verdict == "disagree"
    assert check(chip, "How many cars are there?", f"There are {number} glorious cars.").verdict == "unparsed"


def test_the_checkers_own_patches_are_those_of_a_flood_fill():
    rng = np.random.default_rng(0)
    for _ in range(20):
        mask = rng.random((12, 17)) < 0.55
        left, sizes = {tuple(p) for p in np.argwhere(mask)}, []
        while left:
            stack, size = [left.pop()], 0
            while stack:
                y, x = stack.pop()
                size += 1
                near = {(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)} & left
                left -= near
                stack += near
            sizes.append(size)
        assert connected(mask) == sorted(sizes, reverse=True)


def test_the_checkers_measures_are_those_of_the_facts():
    for chip in drawn_chips(2, 10):
        ours, facts = measured(chip), chip_facts(chip)
        for label, thing in facts["things"].items():
            assert ours["things"][label]["count"] == thing["count"] and ours["things"][label]["pixels"] == thing["pixels"]
            assert [row["axis"] for row in sorted(ours["things"][label]["largest"], key=lambda r: r["index"])] == [
                row["axis"] for row in sorted(thing["largest"], key=lambda r: r["index"])]
        for name, cover in facts["covers"].items():
            assert ours["covers"][name]["share"] == cover["share"] and ours["covers"][name]["count"] == cover["count"]

"""Captions on a chip whose truth is known by hand; slots; parts."""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parent))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.asking import Asker  # noqa: E402
from terralogue.models.datasets.captions import brief_caption, caption_turns, detailed_caption  # noqa: E402
from terralogue.models.datasets.chip import Chip, Thing  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.slots import fill, slots_of  # noqa: E402


def block(label, x0, y0, x1, y1, colour=""):
    return Thing(label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)


def harbour():
    covers = np.full((90, 120), 1, np.uint8)
    covers[:45] = 0
    things = (block("ship", 5, 5, 15, 11), block("ship", 20, 5, 26, 9), block("storage tank", 100, 70, 110, 80, "white"))
    return Chip("h", np.zeros((3, 90, 120), np.uint8), things, frozenset({"ship", "storage tank", "car"}), covers,
                ("water", "paved"), 0.5, True, "harbour")


def asker(seed=0, chip=None):
    chip = chip or harbour()
    return Asker(chip, chip_facts(chip), np.random.default_rng(seed), "train")


def test_a_brief_caption_names_the_place_and_counts_its_things():
    said = {fill(brief_caption(asker(seed)), asker().facts) for seed in range(10)}
    assert said == {"A harbour with 2 ships and 1 storage tank.", "This looks like a harbour; I see 2 ships and 1 storage tank."}


def test_a_detailed_caption_has_three_parts_with_what_belongs_there():
    caption = detailed_caption(asker(1))
    assert [name for name, _ in caption.parts] == ["theme", "objects", "relations"]
    assert "harbour" in caption.theme[0] and any("<share:water>" in s for s in caption.theme)
    assert any("<n:ship>" in s and "<cell:ship>" in s for s in caption.objects)
    filled = fill(caption.text, asker().facts)
    assert "Theme: " in filled and "\nObjects: " in filled and "\nRelations: " in filled and "<" not in filled
    assert "50 %" in filled and "in the north-west" in filled and "north-west of" in filled or "south-east of" in filled


def test_absence_is_only_said_of_labels_that_are_known_completely():
    chip = harbour()
    partial = Chip(chip.name, chip.rgb, chip.things, frozenset({"ship"}), gsd=0.5)
    for seed in range(20):
        text = detailed_caption(asker(seed, partial)).text
        assert "storage tank" not in text and "car" not in text and "water" not in text


def test_every_figure_of_a_label_is_a_slot_and_the_answer_is_its_filling():
    rng = np.random.default_rng(2)
    for chip in drawn_chips(5, 12):
        facts = chip_facts(chip)
        for turn in caption_turns(chip, rng, "validation"):
            assert turn.answer == fill(turn.slots, facts) and "<" not in turn.answer
            assert slots_of(turn.slots) or "<" not in turn.slots
    assert fill("in the <cell:ship>: <n:ship>, <area:ship>, <share:water>", asker().facts) == "in the north-west: 2, 21 m², 50 %"


def test_a_chip_of_which_nothing_is_known_gets_no_caption():
    assert caption_turns(Chip("e", np.zeros((3, 9, 9), np.uint8)), np.random.default_rng(0)) == []

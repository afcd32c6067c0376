"""Facts of things, on chips whose truth is known by hand."""

import json

import numpy as np

from terralogue.models.datasets.chip import Chip, Thing
from terralogue.models.datasets.chip_facts import chip_facts, subjects
from terralogue.models.facts.things import axis, gap, heading, plain_frame


def block(label, x0, y0, x1, y1, colour=""):
    return Thing(label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)


def chip(things, complete=("car",), north_up=True, gsd=0.5):
    return Chip("c", np.zeros((3, 90, 120), np.uint8), tuple(things), frozenset(complete), gsd=gsd, north_up=north_up)


def test_counts_areas_and_shares_of_things():
    facts = chip_facts(chip([block("car", 0, 0, 10, 6, "red"), block("car", 100, 80, 104, 90, "red")]))["things"]["car"]
    assert (facts["count"], facts["pixels"], facts["area_m2"]) == (2, 100, 25.0)
    assert facts["share"] == 100 / (90 * 120)
    assert [row["pixels"] for row in facts["largest"]] == [60, 40]
    assert facts["colours"] == {"red": 2}


def test_ground_under_two_things_of_a_label_is_counted_once():
    facts = chip_facts(chip([block("car", 0, 0, 10, 10), block("car", 5, 0, 15, 10)]))["things"]["car"]
    assert facts["pixels"] == 150 and facts["count"] == 2


def test_cells_are_named_by_north_or_by_the_image():
    things = [block("car", 0, 0, 10, 6), block("car", 100, 80, 120, 90)]
    north = chip_facts(chip(things))["things"]["car"]
    image = chip_facts(chip(things, north_up=False))["things"]["car"]
    assert [row["where"] for row in north["largest"]] == ["south-east", "north-west"]
    assert [row["where"] for row in image["largest"]] == ["bottom right", "top left"]
    assert north["cells"][0]["where"] == "south-east"


def test_a_complete_label_without_things_is_absent_and_others_are_not_spoken_of():
    facts = chip_facts(chip([block("ship", 0, 0, 5, 5)]))
    assert not facts["things"]["car"]["present"] and facts["things"]["car"]["complete"]
    assert set(subjects(facts)) == {"car"}


def test_without_a_scale_there_are_no_areas():
    assert chip_facts(chip([block("car", 0, 0, 5, 5)], gsd=None))["things"]["car"]["area_m2"] is None


def test_long_things_have_an_axis_and_compact_ones_none():
    frame, image = plain_frame((90, 120), True), plain_frame((90, 120), False)
    assert axis(np.ones((3, 20), bool), frame) == "east–west"
    assert axis(np.ones((20, 3), bool), frame) == "north–south"
    assert axis(np.ones((20, 3), bool), image) == "vertical"
    assert axis(np.eye(30, dtype=bool), frame) == "north-west–south-east"
    assert axis(np.eye(30, dtype=bool)[::-1], frame) == "north-east–south-west"
    assert axis(np.ones((8, 9), bool), frame) == ""


def test_heading_turns_clockwise_from_up_and_gap_is_between_boxes():
    assert heading((0.5, 0.5), (0.5, 0.1), (0, 0, 10, 10)) == 0
    assert heading((0.5, 0.5), (0.9, 0.5), (0, 0, 10, 10)) == 90
    assert gap((0, 0, 4, 4), (7, 8, 9, 9)) == 5 and gap((0, 0, 4, 4), (4, 0, 6, 4)) == 0


def test_facts_are_json_and_covers_have_the_shape_of_things():
    covers = np.zeros((90, 120), np.uint8)
    made = Chip("c", np.zeros((3, 90, 120), np.uint8), (block("car", 0, 0, 5, 5),), frozenset({"car"}), covers, ("water",), 1.0)
    facts = chip_facts(made)
    json.dumps(facts)
    assert facts["covers"]["water"]["share"] == 1.0
    assert set(facts["covers"]["water"]) <= set(facts["things"]["car"])

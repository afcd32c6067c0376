"""Roofs outlined by eye: what they tell of a tile, and what they leave open."""

import numpy as np

from terralogue.models.training import labels, outlines, splits

OPEN = labels.UNKNOWN & ~labels.WATER
SQUARE = [[20, 20], [40, 20], [40, 40], [20, 40]]


def told(window=(0, 0, 64, 64), roofs=(SQUARE,), unsure=()):
    drawn = {"window": list(window), "roofs": list(roofs), "unsure": list(unsure)}
    return outlines.outlined(np.full((64, 64), OPEN, np.uint8), drawn)


def test_a_roof_is_told_inside_its_edge_and_denied_beyond_it():
    label = told()
    assert (label[22:38, 22:38] == labels.BUILDING).all()
    assert (label[:17] & labels.BUILDING == 0).all() and (label[:17] == OPEN & ~labels.BUILDING).all()


def test_pixels_at_an_edge_may_be_either():
    assert (told()[19:21, 25:35] == labels.UNKNOWN).all()


def test_beyond_the_window_no_roof_is_denied_but_those_outlined_are_told():
    label = told(window=(0, 0, 10, 10))
    assert (label[30, 30], label[60, 60]) == (labels.BUILDING, OPEN)


def test_what_may_be_a_roof_is_left_open():
    assert (told(roofs=(), unsure=(SQUARE,))[25:35, 25:35] == labels.UNKNOWN).all()


def test_ground_of_a_class_that_only_holds_buildings_is_not_left_without_a_cover():
    label = outlines.outlined(np.full((64, 64), labels.BUILDING, np.uint8), {"window": [0, 0, 64, 64], "roofs": []})
    assert (label == labels.UNKNOWN & ~labels.BUILDING).all()


def test_every_outline_lies_on_its_tile_and_has_an_area():
    for name, drawn in outlines.read().items():
        for ring in (*drawn["roofs"], *drawn["unsure"]):
            x, y = np.array(ring, float).T
            area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
            assert area > 9 and -4 <= min(x.min(), y.min()) and max(x.max(), y.max()) <= 260, (name, ring)


def test_tiles_are_outlined_to_learn_from_and_to_judge_by():
    parts = [splits.part_of("ucmerced", f"{name}.jpg") for name in outlines.read()]
    assert parts.count("train") >= 30 and parts.count("validation") >= 4

"""Peaks, boxes, prompts: where a cell says a thing is, the box lies there, to the pixel."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.facts.instances import instance_patches
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.tiles import plan_tiles
from terralogue.models.maps.thing_map import cores
from terralogue.models.vision.detections import Detection, distinct, overlap, peaks
from terralogue.models.vision.legend import MASK_CLASSES, THING_SCALES, THINGS
from terralogue.models.vision.prompts import prompt_maps


def _maps(label, row, col, box, size=16, score=0.9):
    heat, shape = np.full((len(THINGS), size, size), 0.01, np.float32), np.zeros((4, size, size), np.float32)
    heat[THINGS.index(label), row, col] = score
    x0, y0, x1, y1 = box
    shape[:, row, col] = ((x0 + x1) / 8 - col - 0.5, (y0 + y1) / 8 - row - 0.5, np.log2((x1 - x0) / 4), np.log2((y1 - y0) / 4))
    return heat, shape


def test_a_peak_becomes_the_box_that_was_encoded():
    heat, shape = _maps("car", 5, 7, (22, 17, 39, 27))
    (found,) = peaks(heat, shape, THINGS, 0.3)
    assert found.label == "car" and found.score == pytest.approx(0.9)
    assert found.box == pytest.approx((22, 17, 39, 27)) and found.centre == pytest.approx((30.5, 22))


def test_the_slope_of_a_peak_is_no_second_thing():
    heat, shape = _maps("boat", 5, 7, (22, 17, 39, 27))
    heat[THINGS.index("boat"), 5, 8] = 0.8
    assert len(peaks(heat, shape, THINGS, 0.3)) == 1
    heat[THINGS.index("boat"), 5, 9] = 0.85
    assert len(peaks(heat, shape, THINGS, 0.3)) == 2


def test_of_two_boxes_on_the_same_thing_the_better_stays():
    one, same, other = (Detection("car", s, b) for s, b in ((.9, (0, 0, 10, 10)), (.5, (1, 0, 11, 10)), (.4, (20, 0, 30, 10))))
    assert distinct([same, other, one]) == [one, other]
    assert overlap(np.array((0, 0, 10, 10.0)), np.array([(5, 0, 15, 10.0)]))[0] == pytest.approx(1 / 3)


def test_every_point_lies_in_the_core_of_exactly_one_tile():
    plan = plan_tiles((700, 1000), 256, 64)
    parts = cores(plan)
    for x, y in np.random.default_rng(0).uniform((0, 0), (1000, 700), (500, 2)):
        own = [w for w, (left, top, right, bottom) in zip(plan, parts) if left <= x < right and top <= y < bottom]
        assert len(own) == 1
        assert own[0].col <= x <= own[0].col + 256 and own[0].row <= y <= own[0].row + 256


def test_a_box_prompt_fills_its_cells_and_clicks_stand_where_they_fell():
    maps = prompt_maps((64, 64), inside=[(10, 30)], outside=[(50, 6)], box=(8, 16, 24, 30))
    assert maps.shape == (3, 16, 16)
    assert np.unravel_index(maps[0].argmax(), (16, 16)) == (7, 2) and np.unravel_index(maps[1].argmax(), (16, 16)) == (1, 12)
    assert (maps[2][4:7, 2:6] == 1).all() and maps[2].sum() * 16 == pytest.approx(16 * 14)
    beyond = prompt_maps((64, 64), box=(-20, -20, 8, 400))
    assert beyond[2][:, :2].all() and not beyond[2][:, 2:].any()


def test_ground_between_two_things_goes_to_the_nearer():
    class Reader:
        grid = Grid(40, 20, Affine.identity(), "")
        labels = ("car",)

        def read(self, window):
            ground = np.zeros((1, 20, 40), np.float32)
            ground[0, 5:13, 4:36] = 0.9
            return ground[:, window.row:window.row + window.height]

    boxes = {0.9: (4, 5, 20, 13), 0.35: (20, 5, 36, 13), 0.25: (4, 15, 9, 19)}
    cars = [Detection("car", score, box) for score, box in boxes.items()]
    patches = instance_patches(Reader(), cars, 0.3)
    assert patches.kept.pixels.tolist() == [128, 128] and patches.count_interval == (1, 3)
    assert sorted(patches.kept.col.tolist()) == pytest.approx([12, 28])


def test_every_thing_can_be_asked_for_and_has_a_scale():
    assert set(THINGS) <= set(MASK_CLASSES) and set(THING_SCALES) == set(THINGS)
    assert all(finest < coarsest for finest, coarsest in THING_SCALES.values())

"""Every object of a view: each once, whole across windows, exact, never on pixels that are not there."""

import numpy as np
import pytest
from colour_objects import SameColour
from fakes import ArraySource, ground

from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Region, View
from terralogue.models.errors import Cancelled, NothingToAnalyse
from terralogue.models.imagery.grid import Window
from terralogue.models.masks.everything import Rules, everything, objects_of
from terralogue.models.masks.instances import Instance, distinct, joined

RULES = Rules(points=12, least=9)
RANGE = (0.1, 1.2)
WHOLE = Window(0, 0, 32, 20)


def scene(height=300, width=420, valid=None):
    """Blocks of many sizes and colours, one of them over several windows of 128 px."""
    pixels, rng = ground(height, width), np.random.default_rng(3)
    blocks = [(20, 20, 30, 40), (20, 100, 12, 200), (80, 30, 150, 60), (80, 150, 20, 20), (150, 200, 100, 110),
              (260, 330, 20, 70)]
    for row, col, tall, wide in blocks:
        pixels[:, row:row + tall, col:col + wide] = rng.integers(0, 90, 3)[:, None, None].astype(np.uint8)
    return ArraySource(pixels, valid=valid), blocks


def test_every_block_is_one_polygon_though_windows_cut_it():
    source, blocks = scene()
    found = everything(View(source), SameColour(), RANGE, rules=RULES).features
    sizes = sorted(tall * wide for _, _, tall, wide in blocks)
    # The meadow is one object too, in every window of which it fills no more than the share that a thing may.
    assert set(sizes) <= {one.pixels for one in found}
    for one in found:
        assert one.label == "object" and one.pixels == round(_area(one.rings) / source.grid.pixel_area)


def test_polygons_do_not_overlap_and_small_ones_lie_on_top():
    source, _ = scene()
    source.pixels[:, 180:192, 230:242] = 255
    found = everything(View(source), SameColour(), RANGE, rules=RULES).features
    assert any(one.pixels == 144 for one in found)
    assert any(one.pixels == 100 * 110 - 144 and len(one.rings) == 2 for one in found)
    assert sum(one.pixels for one in found) <= 300 * 420


def test_the_extent_and_the_windows_do_not_matter_away_from_borders():
    source, blocks = scene()
    whole = {one.pixels for one in everything(View(source), SameColour(), RANGE, rules=RULES).features}
    for shift in (7,):
        corners = ((shift, shift), (420, shift), (420, 300), (shift, 300), (shift, shift))
        region = Region(((np.array([source.grid.affine * corner for corner in corners]),),))
        part = {one.pixels for one in everything(View(source, region), SameColour(), RANGE, rules=RULES).features}
        assert {tall * wide for _, _, tall, wide in blocks} <= part
    other = SameColour()
    other.side = 192
    assert {tall * wide for _, _, tall, wide in blocks} <= whole & {
        one.pixels for one in everything(View(source), other, RANGE, rules=RULES).features}


def test_pixels_that_are_not_there_are_in_no_object():
    valid = np.ones((300, 420), bool)
    valid[:, 60:80] = False
    source, _ = scene(valid=valid)
    found = everything(View(source), SameColour(), RANGE, rules=RULES).features
    assert 150 * 30 in {one.pixels for one in found}, "the block is cut where pixels are missing"
    with pytest.raises(NothingToAnalyse):
        everything(View(scene(valid=np.zeros((300, 420), bool))[0]), SameColour(), RANGE)


def test_what_is_unsure_or_soft_is_left_out():
    source, _ = scene()
    rgb, valid = source.pixels[:, :128, :128].astype(np.float32) / 255, np.ones((128, 128), bool)
    for engine, number in ((SameColour(), 2), (SameColour(quality=0.5), 0), (SameColour(soft=True), 0)):
        assert len(objects_of(engine, engine.encode(rgb), valid, Rules(points=6, least=9))) == number


def test_points_inside_what_is_found_are_not_asked_again():
    source, _ = scene()
    rgb = source.pixels[:, :128, :128].astype(np.float32) / 255
    engine = SameColour()
    found = objects_of(engine, engine.encode(rgb), np.ones((128, 128), bool), Rules(points=16, least=9, most=1.0))
    assert engine.asked < 0.2 * 256 and len(found) >= 3


def test_the_smallest_area_is_one_of_the_ground():
    source, blocks = scene()
    found = everything(View(source), SameColour(), RANGE, rules=RULES, min_area=500.0).features
    assert found and all(one.area_m2 >= 500.0 for one in found)


def test_it_can_be_stopped_between_points():
    source, token = scene()[0], CancelToken()

    class Stopping(SameColour):
        def decode(self, seen, prompt, cancel=None):
            token.cancel()
            return super().decode(seen, prompt, cancel)

    engine = Stopping()
    with pytest.raises(Cancelled):
        everything(View(source), engine, RANGE, cancel=token, rules=RULES)
    assert engine.asked == 1


def test_of_masks_that_agree_the_best_stays():
    block = np.ones((10, 10), bool)
    near = Instance(1, 0, block, 0.8)
    kept = distinct([near, Instance(0, 0, block, 0.9), Instance(40, 0, block, 0.7)], 0.6)
    assert [(one.col, one.quality) for one in kept] == [(0, 0.9), (40, 0.7)]


def test_halves_of_different_objects_are_not_joined():
    left, right = Window(0, 0, 20, 20), Window(12, 0, 20, 20)
    upper, lower = np.zeros((20, 20), bool), np.zeros((20, 20), bool)
    upper[2:6, 5:], lower[12:16, :10] = True, True
    found = joined([(left, [Instance.of(upper, 0, 0, 0.9)]), (right, [Instance.of(lower, 12, 0, 0.8)])], 0.6, WHOLE)
    assert len(found) == 2
    same = np.zeros((20, 20), bool)
    same[2:6, :10] = True
    found = joined([(left, [Instance.of(upper, 0, 0, 0.9)]), (right, [Instance.of(same, 12, 0, 0.8)])], 0.6, WHOLE)
    assert len(found) == 1 and found[0].pixels == 4 * 17


def test_what_a_window_cuts_and_its_neighbour_sees_whole_is_left_to_the_neighbour():
    left, right = Window(0, 0, 20, 20), Window(12, 0, 20, 20)
    cut, border = np.zeros((20, 20), bool), np.zeros((20, 20), bool)
    cut[5:9, 14:], border[:4, 14:18] = True, True
    mine = [Instance.of(cut, 0, 0, 0.9), Instance.of(border, 0, 0, 0.9)]
    assert len(joined([(left, mine)], 0.6, WHOLE)) == 2, "nobody else looked there"
    assert [one.pixels for one in joined([(left, mine), (right, [])], 0.6, WHOLE)] == [16], (
        "at the border of the raster nothing is cut")


def _area(rings):
    return abs(sum(0.5 * float(np.dot(r[:-1, 0], r[1:, 1]) - np.dot(r[1:, 0], r[:-1, 1])) for r in rings))

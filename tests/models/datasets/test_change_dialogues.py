"""ChangeChat's rules on tiles drawn by hand, what is said of them, and a checker that finds what is wrong."""

import numpy as np
import pytest

from terralogue.models.datasets.change_captions import captions
from terralogue.models.datasets.change_checker import TileChecker
from terralogue.models.datasets.change_questions import open_questions
from terralogue.models.datasets.change_records import TYPES, counts, read_back, records
from terralogue.models.datasets.change_rules import CellRule, by_components, by_things, cells_of, floor_pixels, parts_of
from terralogue.models.datasets.chip import Thing
from terralogue.models.language.changechat import Kind

ANY = CellRule()
ROAD, BUILDING = Kind("road", "roads"), Kind("building", "buildings")
SIDE = 96


def _mask(*boxes, side=SIDE):
    mask = np.zeros((side, side), bool)
    for x0, y0, x1, y1 in boxes:
        mask[y0:y1, x0:x1] = True
    return mask


def _thing(x0, y0, x1, y1):
    return Thing("building", (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool))


def _flooded(mask):
    """Sizes of 8-connected parts by flooding, one pixel at a time."""
    left, sizes = mask.copy(), []
    while left.any():
        first = tuple(np.argwhere(left)[0])
        left[first], stack, size = False, [first], 0
        while stack:
            row, col = stack.pop()
            size += 1
            for r in range(max(0, row - 1), min(mask.shape[0], row + 2)):
                for c in range(max(0, col - 1), min(mask.shape[1], col + 2)):
                    if left[r, c]:
                        left[r, c] = False
                        stack.append((r, c))
        sizes.append(size)
    return sorted(sizes, reverse=True)


def _random_tile(rng, rule=ANY):
    found = {}
    for kind in (ROAD, BUILDING, Kind("tree", "trees"), Kind("water surface", "water surfaces"))[:2 + 2 * int(rng.integers(2))]:
        boxes = [[(x, y, x + int(rng.integers(2, 14)), y + int(rng.integers(2, 14)))
                  for x, y in rng.integers(0, SIDE - 14, (int(rng.integers(0, 4)), 2)).tolist()] for _ in range(2)]
        came, gone = (_mask(*some) for some in boxes)
        found[kind] = by_components(came, gone & ~came, 6, rule)
    return found


def test_pixels_that_share_a_corner_are_one_part_as_in_a_flood():
    assert len(parts_of(np.eye(4, dtype=bool))) == 1
    rng = np.random.default_rng(0)
    for _ in range(100):
        mask = rng.random(rng.integers(1, 15, 2)) < rng.random()
        assert parts_of(mask).pixels.tolist() == _flooded(mask)


def test_components_of_five_pixels_are_no_change_and_of_six_are():
    came = _mask((0, 0, 5, 1), (10, 10, 12, 13))
    found = by_components(came, _mask(), floor_pixels(None, 0.5), CellRule())
    assert (found.new, found.removed, found.small, found.pixels) == (1, 0, 1, 6)
    assert not found.came[0].any(), "what is left out as too small changes neither flag nor cells"
    assert found.cells == {0}


def test_the_smallest_area_is_in_square_metres():
    assert floor_pixels(3.0, 0.5) == 12 and floor_pixels(3.1, 0.5) == 13 and floor_pixels(0.0, 0.5) == 1
    with pytest.raises(ValueError):
        floor_pixels(3.0, None)


def test_a_pixel_belongs_to_the_cell_of_its_centre_and_thresholds_are_of_pixels_and_of_the_cell():
    assert cells_of(_mask((31, 31, 33, 33))) == {0, 1, 3, 4}
    assert cells_of(_mask((85, 0, 86, 1), side=256)) == {1}, "centre 85.5 of 256 lies beyond a third"
    mask = _mask((0, 0, 16, 32), (40, 40, 41, 41))
    assert cells_of(mask, CellRule(2)) == {0} and cells_of(mask, CellRule(1, 0.5)) == {0}
    assert cells_of(mask, CellRule(1, 0.51)) == frozenset()


def test_things_of_a_layer_are_counted_where_more_of_them_than_the_share_is_on_one_date_only():
    shifted, extended = (_thing(10, 10, 30, 30), _thing(11, 10, 31, 30)), (_thing(50, 50, 60, 60), _thing(50, 50, 60, 64))
    touching = _thing(70, 10, 80, 20), _thing(80, 10, 90, 20)
    gone = _thing(5, 70, 20, 80)
    before, after = [shifted[0], extended[0], gone], [shifted[1], extended[1], *touching]
    found = by_things(before, after, (SIDE, SIDE), 6, 0.5, CellRule())
    assert (found.new, found.removed) == (2, 1), "houses that touch are two in a layer"
    assert found.small == 3, "a shifted outline on both dates, and an extension"
    assert found.came.sum() == 200 and found.went.sum() == 150
    assert by_things(before, after, (SIDE, SIDE), 6, 0.25, CellRule()).new == 3


def test_swapped_dates_swap_what_came_and_went_and_equal_dates_have_neither():
    rng = np.random.default_rng(5)
    one, other = ([_thing(x, y, x + 9, y + 7) for x, y in rng.integers(0, 80, (6, 2)).tolist()] for _ in range(2))
    there, back = (by_things(*pair, (SIDE, SIDE), 6, 0.5, ANY) for pair in ((one, other), (other, one)))
    assert (there.new, there.removed, there.cells) == (back.removed, back.new, back.cells) and there.new + there.removed
    assert (there.came == back.went).all() and (there.went == back.came).all()
    same = by_things(one, one, (SIDE, SIDE), 6, 0.0, ANY)
    assert (same.new, same.removed, same.pixels, same.cells, same.small) == (0, 0, 0, frozenset(), 0)


def test_counts_are_said_in_changechat_s_words_and_what_was_removed_in_a_sentence_of_its_own():
    def tile(new, removed):
        boxes = [[(12 * i, y, 12 * i + 6, y + 6) for i in range(number)] for y, number in ((0, new), (40, removed))]
        return {ROAD: by_components(_mask(), _mask(), 6, CellRule()),
                BUILDING: by_components(_mask(*boxes[0]), _mask(*boxes[1]), 6, CellRule())}

    assert counts(tile(2, 0)) == "There are 0 new roads and 2 new buildings."
    assert counts(tile(2, 1)).endswith("There are 0 removed roads and 1 removed building.")
    assert counts(tile(0, 0)) == "There are no changes in roads or buildings."
    assert "no changes" not in counts(tile(0, 1))


def test_every_record_reads_back_and_every_answer_is_confirmed():
    rng = np.random.default_rng(1)
    seen = dict.fromkeys(TYPES, 0)
    for number in range(200):
        rule = CellRule(int(rng.integers(1, 30)), float(rng.choice([0.0, 0.02])))
        tile = _random_tile(rng, rule)
        checker, said = TileChecker(tile, rule), captions(tile)
        asked = open_questions(tile, rule, rng)
        assert len(said) == 5 and all(checker.caption(text) for text in said), said
        assert asked and all(checker.answer(*pair) for pair in asked), asked
        for kind_of, entry in records(f"t{number}", ("A.png", "B.png"), tile, said, asked):
            assert read_back(kind_of, entry, tile), entry
            assert entry["conversations"][0]["value"].startswith("<image> <image> ")
            seen[kind_of] += 1
    assert min(seen.values()) >= 200 and seen["caption"] == 1000


def test_what_is_said_of_one_tile_is_refused_of_another():
    rng = np.random.default_rng(2)
    refused = checked = 0
    for _ in range(100):
        one, other = _random_tile(rng), _random_tile(rng)
        for text in captions(one):
            true = _truth(one) == _truth(other)
            refused += not true and not TileChecker(other, CellRule()).caption(text)
            checked += not true
    assert checked > 300 and refused >= 0.98 * checked


def test_captions_of_many_classes_name_the_three_largest_changes_and_say_that_there_are_others():
    boxes = {"road": (0, 0, 20, 20), "tree": (30, 0, 40, 10), "lake": (50, 0, 60, 12), "field": (0, 40, 5, 45)}
    tile = {Kind(name, f"{name}s"): by_components(_mask(box), _mask(), 6, ANY) for name, box in boxes.items()}
    said, checker = captions(tile), TileChecker(tile, ANY)
    assert said[0] == "There is 1 new road, 1 new tree, 1 new lake and 1 new field."
    assert said[1] == "Among other changes, 1 road has been added, 1 tree has been added and 1 lake has been added."
    assert all("field" not in text and checker.caption(text) for text in said[1:]) and checker.caption(said[0])
    assert not checker.caption(said[1].replace("Among other changes, ", "")), "as if these were all"
    assert not checker.caption("Among other changes, 1 field has been removed.")


def test_a_caption_of_places_that_leaves_out_a_class_is_refused():
    tile = {kind: by_components(_mask(box), _mask(), 6, ANY)
            for kind, box in ((ROAD, (0, 0, 9, 9)), (BUILDING, (80, 80, 90, 90)))}  # fmt: skip
    checker = TileChecker(tile, ANY)
    assert checker.caption("Roads have changed in the top-left, buildings in the bottom-right.")
    assert not checker.caption("Roads have changed in the top-left.")
    assert checker.caption("Among other changes, roads have changed in the top-left.")


def test_a_class_that_changed_in_all_nine_cells_did_so_all_over_the_scene():
    tile = {BUILDING: by_components(np.ones((SIDE, SIDE), bool), _mask(), 6, ANY)}
    checker = TileChecker(tile, ANY)
    assert captions(tile)[4] == "Buildings have changed all over the scene." and checker.caption(captions(tile)[4])
    part = {BUILDING: by_components(_mask((0, 0, 9, 9)), _mask(), 6, ANY)}
    assert not TileChecker(part, ANY).caption("Buildings have changed all over the scene.")


def _truth(tile):
    return [(change.new, change.removed, change.cells, change.pixels) for change in tile.values()]


@pytest.mark.parametrize("question, answer", [
    ("How many buildings have been added?", "2 buildings have been added."),
    ("How many buildings have been added?", "1 building has been removed."),
    ("How many buildings have been added?", "1 building has been added by pirates."),
    ("Have any roads been added?", "Yes, no roads have been added."),
    ("Where have buildings changed?", "Buildings have changed in the top-left and top-right."),
    ("Has anything changed in the center-center?", "Yes."),
    ("Has anything changed in the top-left?", "No."),
    ("What share of the scene has changed?", "About 5 % of the scene has changed."),
    ("What share of the scene has changed?", "Nothing has changed."),
    ("Which changed most: roads or buildings?", "The roads changed most."),
    ("Why did it change?", "1 building has been added."),
])  # fmt: skip
def test_a_false_or_unreadable_answer_is_not_confirmed(question, answer):
    nothing = by_components(_mask(), _mask(), 6, CellRule())
    tile = {ROAD: nothing, BUILDING: by_components(_mask((0, 0, 10, 10)), _mask(), 6, CellRule())}
    checker = TileChecker(tile, CellRule())
    assert not checker.answer(question, answer)
    assert checker.answer("How many buildings have been added?", "1 building has been added.")
    assert checker.answer("What share of the scene has changed?", "About 1.1 % of the scene has changed.")
    assert not checker.caption("There is 1 new road.") and not checker.caption("There is no difference.")
    assert not checker.caption("Roads have changed in the top-left."), "and buildings are not named"

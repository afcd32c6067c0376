"""Things told apart one by one: counted once each, outlined to the pixel, declined where pixels are too coarse."""

import numpy as np
import pytest
from answered import mismatches, unfounded
from fakes import ArraySource, ColourNano, ground, park

from terralogue.models.conversation import Region, View
from terralogue.models.engine import Engine


@pytest.fixture
def lot():
    """Seven cars of 8 x 16 px in the north-west, two of them side by side; 0.25 m pixels."""
    places = [(10, 10), (10, 40), (30, 10), (30, 40), (50, 10), (80, 20), (80, 36)]
    return ArraySource(park(ground(), "car", places), gsd=0.25)


def test_cars_are_counted_and_outlined_to_the_pixel(ask, lot):
    answer = ask("How many cars are there?", lot)
    assert "I count 7 cars" in answer.text and not unfounded(answer.text, answer.facts)
    assert answer.facts["things"]["car"]["count"] == 7 and not mismatches(answer.facts)
    assert [f.pixels for f in answer.features] == [128] * 7 and answer.labels == ["car"]


def test_two_that_touch_stay_two(ask):
    pair = ArraySource(park(ground(), "car", [(100, 100), (100, 116)]), gsd=0.25)
    answer = ask("Outline the cars", pair)
    assert [f.pixels for f in answer.features] == [128, 128]


def test_one_on_the_seam_of_two_tiles_is_one(ask, nano):
    pixels = ground(300, 900)
    places = [(20 + 12 * k, 3 + 50 * j) for k in range(18) for j in range(17)]
    answer = ask("How many cars are there?", ArraySource(park(pixels, "car", places), gsd=0.25))
    assert answer.facts["things"]["car"]["count"] == len(places)
    assert {f.pixels for f in answer.features} == {128}
    assert nano.tiles > 4, "the view must take several tiles for this to mean anything"


def test_only_those_in_the_region_count(ask, lot):
    x, y = 500000, 5_000_000
    ring = np.array([(x, y), (x + 20, y), (x + 20, y - 6), (x, y - 6), (x, y)], float)
    answer = ask("How many cars are there?", lot, region=Region(((ring,),)))
    assert answer.facts["things"]["car"]["count"] == 2


def test_pixels_too_coarse_to_tell_cars_apart_are_said_so(ask):
    answer = ask("How many cars are there?", ArraySource(ground(), gsd=2.0))
    assert answer.provenance["declined"] and "2 m wide" in answer.text and "0.4 m" in answer.text


def test_what_was_learnt_from_drawings_only_is_said_so(ask, lot):
    assert "drawn scenes" in ask("How many cars are there?", lot).text
    assert "drawn scenes" not in ask("How many boats are there?", lot).text


def test_none_is_none(ask, lot):
    answer = ask("Are there any boats?", lot)
    assert answer.text.startswith("No") and not answer.features


def test_a_second_question_about_them_runs_no_model(ask, lot, nano):
    first = ask("How many cars are there?", lot)
    calls = nano.calls
    answer = ask("Where are they?", lot, history=[first.turn("How many cars are there?")])
    assert nano.calls == calls and "north-west" in answer.text and len(answer.features) == 7


def test_between_two_dates_single_cars_are_not_followed(ask, lot):
    answer = ask("How many cars were added?", lot, ArraySource(ground(), gsd=0.25, name="later"))
    assert answer.provenance["declined"] and "cars" in answer.text


def test_another_kind_of_thing_in_the_same_view_runs_no_encoder_again(ask, lot, nano):
    ask("How many cars are there?", lot)
    tiles = nano.tiles
    ask("How many boats are there?", lot)
    assert nano.tiles == tiles


def test_a_kind_of_thing_in_a_view_already_covered_is_found_without_reading_its_pixels(ask, lot, nano):
    ask("How many buildings are there?", lot)
    reads = lot.reads
    assert ask("How many cars are there?", lot).facts["things"]["car"]["count"] == 7
    assert lot.reads == reads


def test_where_the_view_has_holes_things_are_the_same_whether_or_not_it_was_covered_before(tmp_path):
    valid = np.ones((300, 700), bool)
    valid[:, 60:70] = valid[:, 400:] = False
    pixels = park(ground(300, 700), "car", [(10, 10), (40, 76), (100, 300), (200, 500)])
    found = []
    for covered in (False, True):
        engine = Engine(tmp_path, tmp_path / str(covered), ColourNano())
        view = View(ArraySource(pixels, gsd=0.25, valid=valid))
        if covered:
            engine.cover(view)
        things = engine.things(view, "car")
        found.append((things.detections, things.read(things.grid.window)))
        engine.close()
    assert found[0][0] == found[1][0] and len(found[0][0]) == 3, "the one beyond the raster's valid part is not there"
    assert np.array_equal(found[0][1], found[1][1], equal_nan=True) and np.isnan(found[0][1][0, :, 400:]).all()


def test_a_region_drawn_around_one_thing_is_named_after_it(ask, lot):
    x, y = 500000 + 40 * 0.25, 5_000_000 - 10 * 0.25
    ring = np.array([(x, y), (x + 4, y), (x + 4, y - 2), (x, y - 2), (x, y)], float)
    answer = ask("What is this?", lot, region=Region(((ring,),)))
    assert answer.text.startswith("This looks like a car.")
    wide = np.array([(x - 8, y + 2), (x + 60, y + 2), (x + 60, y - 40), (x - 8, y - 40), (x - 8, y + 2)], float)
    assert "looks like a car" not in ask("What is this?", lot, region=Region(((wide,),))).text


def test_a_detailed_description_names_single_things_by_number(ask, lot):
    answer = ask("Describe this", lot, detail="detailed")
    assert not mismatches(answer.facts)
    assert "I also make out 7 cars." in answer.text and "drawn scenes" in answer.text


def test_a_kind_that_the_model_finds_too_badly_is_declined(ask, lot):
    answer = ask("How many aircraft are there?", lot)
    assert answer.provenance["declined"] and "aircraft" in answer.text and not answer.features

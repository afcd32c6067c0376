"""*find*, *segment* and *where is* with phrases, from text to text: the right things, their boxes, numbers that are theirs."""

import numpy as np
import pytest
from answered import mismatches, unfounded
from fakes import COLOURS, ArraySource, ground, paint, park, town

from terralogue.models.language.boxes import parse as read_boxes


def village():
    """0.5 m pixels: a road across the middle, a pond in the south-west, houses of 400, 1,200 and 600 px around them."""
    pixels = ground()
    paint(pixels, "paved", (148, 156), (0, 400))
    paint(pixels, "water", (240, 290), (20, 80))
    paint(pixels, "building", (20, 40), (20, 40))
    paint(pixels, "building", (20, 50), (300, 340))
    paint(pixels, "building", (200, 220), (100, 130))
    return ArraySource(pixels)


@pytest.fixture
def lot():
    """Seven cars of 8 × 16 px in the north-west, two of them side by side; 0.25 m pixels."""
    places = [(10, 10), (10, 40), (30, 10), (30, 40), (50, 10), (80, 20), (80, 36)]
    return ArraySource(park(ground(), "car", places), gsd=0.25)


def sound(answer):
    """Words, facts and polygons of an answer agree."""
    assert unfounded(answer.text, answer.facts) == [] and mismatches(answer.facts) == []
    for label, facts in answer.facts["selection"].items():
        mine = [f for f in answer.features if f.label == label]
        assert (len(mine), sum(f.pixels for f in mine)) == (facts["count"], facts["pixels"])
    for row, boxes in zip(answer.facts["referring"], answer.facts["boxes"]):
        assert boxes["of"] == row["count"] == len(boxes["boxes"])
        assert [list(box) for group in read_boxes(boxes["text"]) for box in group.boxes] == boxes["boxes"]
    for link in answer.links:
        assert link.words in answer.text and max(link.features) < len(answer.features)
    return answer


def test_find_all_gives_the_number_the_boxes_and_the_mark(ask, lot):
    answer = sound(ask("Find all cars", lot))
    assert answer.text.startswith("I found 7 cars") and [f.pixels for f in answer.features] == [128] * 7
    assert answer.facts["boxes"][0]["text"].startswith("<p>cars</p> {<")
    assert "rendered only" in answer.text
    # (10, 10) is the first car: 16 px of 400 wide and 8 of 300 high, from the upper left corner.
    assert [3, 3, 7, 6] in answer.facts["boxes"][0]["boxes"]


def test_what_passed_a_check_carries_no_mark(ask, lot):
    assert "rendered only" not in ask("Find all boats", lot).text
    assert "rendered only" not in ask("find every house", village()).text
    assert "rendered only" in ask("find the roads", village()).text


@pytest.mark.parametrize(("text", "pixels", "said"), [
    ("find all buildings", [1200, 600, 400], "I found 3 buildings"),
    ("find the largest building", [1200], "the largest building: it measures 300 m²"),
    ("Segment the large building north of the road", [1200], "I outlined the large building north of the paved ground"),
    ("where is the small house north of the street?", [400], "I found the small building north of"),
    ("find the building nearest to the water", [600], "nearest to the water"),
    ("outline the second building from the west", [600], "second building from the west"),
    ("find the two largest houses", [1200, 600], "I found 2"),
    ("locate the building south of the road", [600], "stands in the south"),
    ("find the houses north of the road", [1200, 400], "I found 2 buildings north of"),
    ("find buildings larger than 140 m²", [1200, 600], "I found 2 buildings"),
    ("please find the easternmost roof", [1200], "first building from the east"),
])
def test_phrases_choose_what_they_say(ask, text, pixels, said):
    answer = sound(ask(text, village()))
    assert [f.pixels for f in answer.features] == pixels
    assert said in answer.text.replace("water surface", "water").replace("patch of paved ground", "paved ground")
    assert answer.links or text == "find buildings larger than 140 m²"


def test_the_distance_said_is_the_one_between_the_pixels(ask):
    answer = ask("find the building nearest to the water", village())
    # Columns 79 and 100, rows 240 and 219: 21 px each way, half a metre a pixel.
    assert answer.facts["referring"][0]["metres"] == pytest.approx(0.5 * np.hypot(21, 21), rel=0.01)
    assert "15 m from the water" in answer.text


@pytest.mark.parametrize(("text", "missing", "said"), [
    ("find all boats", "class", "I see no boats here."),
    ("find the car near the lake", "landmark", "I see no water here"),
    ("find the blue car", "colour", "None of the 7 cars is blue."),
    ("find the third car from the left in the south", "cell", "None of the 7 cars lies in the south."),
    ("find the car on the lawn in the east", "cell", "None of the 7 cars lies in the east."),
])
def test_what_is_not_there_gives_nothing_and_says_what_is_missing(ask, lot, text, missing, said):
    answer = ask(text, lot)
    assert [row["missing"] for row in answer.facts["referring"]] == [missing]
    assert said in answer.text and answer.features == () and mismatches(answer.facts) == []
    assert unfounded(answer.text, answer.facts) == []


def test_colours_are_those_of_the_pixels(ask):
    """The fake model sees two shades of magenta as cars; colour words come from the image alone."""
    pixels = ground()
    red = COLOURS[0]
    paint(pixels, "building", (20, 60), (20, 60))
    source = ArraySource(pixels)
    assert [f.pixels for f in ask("find the red house", source).features] == [1600]
    assert ask("find the blue house", source).facts["referring"][0]["missing"] == "colour"
    assert tuple(red) == (230, 60, 60)


def test_two_phrases_are_answered_one_by_one(ask):
    answer = sound(ask("segment the easternmost building and the small building south of the road", village()))
    assert [row["count"] for row in answer.facts["referring"]] == [1, 1] and len(answer.features) == 2


def test_things_that_the_model_finds_too_badly_are_declined_with_what_it_knows(ask, lot):
    answer = ask("find all aircraft", lot)
    assert answer.provenance["declined"] and "aircraft" in answer.text and not answer.features
    assert ask("find the red cow left of the barn", lot).provenance["declined"]


def test_pixels_too_coarse_for_cars_are_said_so(ask):
    answer = ask("find all cars", ArraySource(town(), gsd=2.0))
    assert answer.provenance["declined"] and "0.4 m" in answer.text


def test_without_scale_and_crs_places_are_those_of_the_picture(ask):
    pixels = village().pixels
    answer = ask("find the building to the left of the water", ArraySource(pixels, epsg=None))
    assert answer.facts["referring"][0]["missing"] == "relation"
    answer = ask("find the second building from the top", ArraySource(pixels, epsg=None))
    assert [f.area_m2 for f in answer.features] == [None] and "pixels" in answer.text


def test_find_them_takes_up_what_was_asked_before(ask):
    first = ask("How many buildings are there?", village())
    answer = ask("find them", village(), history=[first.turn("How many buildings are there?")])
    assert len(answer.features) == 3 and answer.text.startswith("I found 3 buildings")


def test_it_means_the_one_that_was_found_not_all_of_its_class(ask, nano):
    first = ask("find the building nearest to the water", village())
    calls = nano.calls
    answer = sound(ask("How large is it?", village(), history=[first.turn("find the building nearest to the water")]))
    assert [f.pixels for f in answer.features] == [600] and "150 m²" in answer.text and nano.calls == calls
    outlined = ask("outline it", village(), history=[answer.turn("How large is it?")])
    assert [f.pixels for f in outlined.features] == [600] and outlined.text.startswith("I outlined")
    every = ask("How many buildings are there?", village(), history=[outlined.turn("outline it")])
    assert "I count 3 buildings" in every.text

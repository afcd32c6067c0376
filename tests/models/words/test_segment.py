"""Outlining by words, clicks and boxes: what comes back is what is there, as exact polygons."""

from dataclasses import replace

import numpy as np
import pytest
from fakes import ArraySource, ColourNano, ground, paint, park, town

from terralogue.models.conversation import View
from terralogue.models.errors import QuestionUnclear, UnknownConcept
from terralogue.models.experts.segment import SegmentRequest, run

#: Centre of the first house (rows 8–24, columns 8–38 of 0.5 m pixels) and a place in the lake.
HOUSE, LAKE = (500009.0, 4999992.0), (500170.0, 4999870.0)


def segment(engine, pixels=None, words="", **options):
    source = options.pop("source", None) or ArraySource(town() if pixels is None else pixels)
    return run(SegmentRequest(View(source), words, **options), engine).features.features


def village():
    """Houses of 320, 600 and 1,200 px, the largest in the south-east."""
    pixels = ground()
    paint(pixels, "building", (10, 26), (10, 30))
    paint(pixels, "building", (10, 30), (300, 330))
    return paint(pixels, "building", (250, 280), (350, 390))


def test_words_bring_every_object_exactly_once(engine):
    houses = segment(engine, words="the houses")
    assert [(f.label, f.pixels) for f in houses] == [("building", 320)] * 12
    for house in houses:
        assert len(house.rings) == 1 and house.score > 0.9
        assert house.area_m2 == pytest.approx(80, rel=2e-3)
        width, height = np.ptp(house.rings[0], axis=0)
        assert (width, height) == (10, 8)


def test_several_things_come_in_the_order_they_were_named(engine):
    assert [f.label for f in segment(engine, words="water and trees")] == ["water", "tree"]
    everything = segment(engine, words="everything")
    assert {f.label for f in everything} == {"building", "tree", "water", "low vegetation"}
    assert sum(f.pixels for f in everything) == 300 * 400


@pytest.mark.parametrize(("words", "sizes"), [
    ("the largest building", [1200]), ("the smallest house", [320]), ("the second largest building", [600]),
    ("buildings larger than 100 m²", [1200, 600]), ("buildings smaller than 100 m2", [320]),
    ("houses between the trees larger than 0.02 ha", [1200]), ("buildings in the north", [600, 320]),
    ("buildings in the north-west", [320]), ("buildings in the south-eastern corner", [1200]),
    ("the largest building in the north", [600]), ("the fifth largest building", []),
])
def test_words_narrow_what_is_outlined(engine, words, sizes):
    assert [f.pixels for f in segment(engine, village(), words)] == sizes


def test_a_click_takes_the_thing_under_it_and_an_unwanted_one_leaves_it_out(engine):
    (house,) = segment(engine, points=((*HOUSE, True),))
    assert (house.label, house.pixels) == ("building", 320)
    assert segment(engine, words="water", points=((*HOUSE, True),)) == ()
    assert len(segment(engine, words="buildings", points=((*HOUSE, False),))) == 11
    both = segment(engine, points=((*HOUSE, True), (*LAKE, True)))
    assert {f.label for f in both} == {"building", "water"}
    assert segment(engine, points=((400000.0, 4999990.0, True),)) == ()


def test_a_click_finds_small_things_that_a_search_leaves_out(engine):
    pixels = paint(ground(), "building", (20, 23), (20, 23))
    assert segment(engine, pixels, "buildings") == ()
    (tiny,) = segment(engine, pixels, points=((500010.7, 4999989.3, True),))
    assert tiny.pixels == 9


def test_a_box_takes_what_has_its_centre_inside(engine):
    row = (500000.0, 4999984.0, 500200.0, 5000000.0)
    assert [f.label for f in segment(engine, words="buildings", boxes=(row,))] == ["building"] * 4
    assert segment(engine, words="buildings", boxes=((0.0, 0.0, 1.0, 1.0),)) == ()


def test_threshold_and_smallest_size_are_those_asked_for(tmp_path):
    from terralogue.models.engine import Engine

    class Unsure(ColourNano):
        def see(self, rgb, gsd, cancel=None):
            seen = super().see(rgb, gsd, cancel)
            seen.cover[:, 0] *= 0.6
            return seen

    engine = Engine(tmp_path, tmp_path / "cache", Unsure())
    assert len(segment(engine, words="buildings", threshold=0.5)) == 12
    assert segment(engine, words="buildings", threshold=0.7) == ()
    assert segment(engine, words="buildings", min_area=81) == ()
    assert len(segment(engine, words="buildings", min_area=79)) == 12
    with pytest.raises(QuestionUnclear, match="scale"):
        segment(engine, source=ArraySource(town(), epsg=None, name="plain"), words="buildings", min_area=79)
    engine.close()


def test_threshold_and_smallest_size_hold_for_single_things_too(tmp_path):
    from terralogue.models.engine import Engine

    class Unsure(ColourNano):
        def find(self, features, threshold, cancel=None):
            found = [[replace(one, score=0.15 + 0.005 * (one.box[2] - one.box[0])) for one in tile]
                     for tile in super().find(features, threshold)]
            return [[one for one in tile if one.score >= threshold] for tile in found]

    nano = Unsure()
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    pixels = park(park(ground(), "car", [(10, 10), (40, 10)], (8, 16)), "car", [(100, 100)], (16, 32))
    source = ArraySource(pixels, gsd=0.25)  # 8 m² with a score of .23 twice, 32 m² with one of .31

    def cars(**options):
        return [f.pixels for f in segment(engine, source=source, words="cars", **options)]

    assert cars() == [512]
    assert cars(threshold=0.2) == [512, 128, 128] and cars(threshold=0.32) == []
    assert cars(threshold=0.2, min_area=7.9) == [512, 128, 128] and cars(threshold=0.2, min_area=8.2) == [512]
    assert cars(min_area=33) == []
    (small,) = segment(engine, source=source, words="cars", threshold=0.2, points=((500003.5, 4999997.0, True),))
    assert small.pixels == 128
    engine.close()


def test_finer_pixels_than_things_need_are_encoded_once_and_at_their_scale_alone(engine, nano):
    pixels = park(ground(240, 240), "car", [(20, 20), (80, 80)], (40, 80))
    found = segment(engine, source=ArraySource(pixels, gsd=0.05), words="cars")
    assert len(found) == 2 and nano.tiles == 1, "240 px of 5 cm are 80 px of 15 cm"


@pytest.mark.parametrize("words", ["cows", "solar panels", "xyzzy", "airports", "wind turbines"])
def test_what_cannot_be_outlined_is_declined(engine, words):
    with pytest.raises(UnknownConcept) as raised:
        segment(engine, words=words)
    assert raised.value.nearest


def test_nothing_asked_for_and_sizes_without_scale_are_asked_back(engine):
    with pytest.raises(QuestionUnclear):
        segment(engine, words="  ")
    plain = ArraySource(town(), epsg=None)
    with pytest.raises(QuestionUnclear, match="scale"):
        segment(engine, source=plain, words="buildings larger than 100 m²")
    assert {f.area_m2 for f in segment(engine, source=plain, words="buildings")} == {None}


@pytest.mark.parametrize(("words", "sizes"), [
    ("the large house and the lake", [1200, 4000]),
    ("the house north of the water", [600]),
    ("the largest building", [1200]),
    ("the house west of the lake", [320]),
    ("houses and water", [320, 600, 1200, 4000]),
])
def test_what_is_named_by_more_than_its_class_is_outlined_alone(engine, words, sizes):
    pixels = paint(village(), "water", (120, 160), (280, 380))
    found = segment(engine, pixels, words=words)
    assert sorted(feature.pixels for feature in found) == sizes


def test_what_no_thing_is_like_is_an_empty_result_with_its_facts(engine):
    found = run(SegmentRequest(View(ArraySource(village())), "the house north of the water"), engine)
    assert found.features.features == () and found.features.crs_wkt and found.facts["referring"][0]["missing"]


def test_the_smallest_area_holds_for_what_is_named_by_more(engine):
    pixels = paint(village(), "water", (120, 160), (280, 380))
    found = segment(engine, pixels, words="the houses north of the water", min_area=100.0)
    assert [feature.pixels for feature in found] == [600]

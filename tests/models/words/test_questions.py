"""Questions about one date, from text to text: the right sentence, the right polygons, numbers that are facts."""

import numpy as np
import pytest
from answered import mismatches, unfounded
from fakes import ArraySource, ground, paint, town

from terralogue.models.conversation import Region
from terralogue.models.language.units import Units

#: Question, what its answer says, what it points at.
ASKED = [
    ("What is here?", "Low vegetation covers 84 % of the ground, water 8 %", []),
    ("What kind of place is this?", "This looks like a dense residential area. It is hardly built-up", []),
    ("What land covers are there?", "I see low vegetation (84 %), water (8 %), trees (5 %) and buildings (3.2 %).", []),
    ("Are there any houses?", "Yes, 12 buildings: they cover 3.2 % of the region, in the north-west.", ["building"]),
    ("Is there a car park?", "does not look like a parking lot", []),
    ("Is there a golf course?", "I cannot tell “golf course” from other low vegetation", ["low vegetation"]),
    ("Is there an airport?", "The place as a whole does not look like", []),
    ("Is there any paved ground?", "No, I see no paved ground here.", []),
    ("How many buildings are there?", "I count 12 buildings. Roofs that touch count as one.", ["building"]),
    ("How many trees are there?", "I cannot tell single trees apart. Trees form one patch of 1,500 m².", ["tree"]),
    ("How many lakes are there?", "Water forms one surface of 2,400 m².", ["water"]),
    ("How many buildings are in the south?", "I see no buildings in the south.", []),
    ("How many buildings larger than 70 m² are there?", "12 buildings are larger than 70 m². Together they cover 961 m²",
     ["building"]),
    ("How many buildings larger than 100 m² are there?", "None of the 12 buildings is larger than 100 m².", []),
    ("Where is the water?", "Water lies in the south-east.", ["water"]),
    ("Where are the buildings?", "Buildings stand in the north-west. The largest building measures 80 m²", ["building"]),
    ("How large is the lake?", "Water covers 2,400 m², 8 % of the region.", ["water"]),
    ("What is the area of the trees and the water?", "Together that is 3,900 m², 13 % of the region.", ["tree", "water"]),
    ("What percentage is forest?", "Trees cover 1,500 m², 5 % of the region.", ["tree"]),
    ("How large is this area?", "The region measures 3 ha.", []),
    ("Is there more water than forest?", "Water covers more ground than trees: 2,400 m² (8 %) against 1,500 m² (5 %).",
     ["tree", "water"]),
    ("Are there more roads than buildings?", "Buildings cover 961 m² (3.2 %); I see no paved ground.", ["building"]),
    ("How far is the nearest building from the water?", "The nearest building stands 110 m north-west of the water.",
     ["building"]),
    ("How close is the lake to the roads?", "I see no paved ground here.", []),
    ("Segment the buildings", "I outlined 12 buildings, 961 m² in all.", ["building"]),
    ("Outline the roads and the water", "I outlined the water: 2,400 m², 8 % of the region. I see no paved ground to outline.",
     ["water"]),
    ("Map all land cover", "I see no paved ground or bare ground", ["building", "low vegetation", "tree", "water"]),
    ("What is this?", "This is mostly low vegetation: 84 % of it", []),
]


@pytest.mark.parametrize(("text", "said", "labels"), ASKED, ids=[row[0] for row in ASKED])
def test_every_kind_of_question_is_answered_in_words_and_polygons(ask, text, said, labels):
    answer = ask(text, ArraySource(town()))
    if text != "Map all land cover":
        assert said in answer.text
    assert answer.labels == labels
    assert unfounded(answer.text, answer.facts) == []
    assert mismatches(answer.facts) == []
    for link in answer.links:
        assert link.words in answer.text and max(link.features) < len(answer.features)
    assert bool(answer.links) == bool(labels) or text.startswith("Is there more")


def test_the_detailed_caption_tells_more_and_nothing_twice(ask):
    brief, detailed = (ask("Describe this place", ArraySource(town()), detail=detail) for detail in ("brief", "detailed"))
    assert len(detailed.text) > len(brief.text)
    for said in ("12 buildings (961 m²) stand in the north-west.", "Water (2,400 m²) lies in the south-east.",
                 "I see no paved ground or bare ground.", "overlapped by 57 %"):
        assert said in detailed.text
    sentences = detailed.text.split(". ")
    assert len(set(sentences)) == len(sentences)
    assert unfounded(detailed.text, detailed.facts) == []


def test_the_polygons_are_the_figures(ask):
    answer = ask("How much of the area is covered by water and trees?", ArraySource(town()))
    for name, cover in answer.facts["selection"].items():
        mine = [f for f in answer.features if f.label == name]
        assert sum(f.pixels for f in mine) == cover["pixels"]
        assert sum(f.area_m2 for f in mine) == pytest.approx(cover["area_m2"], rel=1e-6)
        assert len(mine) == cover["count"]


def test_a_region_is_all_that_is_asked_about(ask):
    ring = np.array([[0, 0], [70, 0], [70, -45], [0, -45], [0, 0]]) + (500000.0, 5000000.0)
    answer = ask("How many buildings are there?", ArraySource(town()), region=Region(((ring,),)))
    assert answer.facts["covers"]["building"]["count"] == 12
    assert answer.facts["region"]["pixels"] == 140 * 90
    assert answer.facts["covers"]["water"]["count"] == 0


def test_a_click_is_told_what_lies_under_it(ask):
    click = Region((), (500009.0, 4999992.0))
    answer = ask("What is this?", ArraySource(town()), region=click)
    assert answer.text == "This is a building of 80 m². I am 99 % sure."
    (house,) = answer.features
    assert house.pixels == 320 and answer.links[0].words == "building"
    assert ask("What is this?", ArraySource(town()), region=Region((), (500170.0, 4999870.0))).labels == ["water"]


def test_a_dialogue_refers_to_what_was_said_and_costs_no_second_look(ask, nano):
    source = ArraySource(town())
    first = ask("Where is the lake?", source)
    calls = nano.calls
    second = ask("How large is it?", source, history=(first.turn("Where is the lake?"),))
    assert "Water covers 2,400 m²" in second.text and nano.calls == calls
    third = ask("And the trees?", source, history=(second.turn("How large is it?"),))
    assert "Trees cover 1,500 m²" in third.text


def test_counts_and_areas_of_buildings_carry_their_error_and_those_of_water_do_not(ask, nano, monkeypatch):
    monkeypatch.setattr(nano, "errors", {"building": {"iou": 0.5, "precision": 0.7, "recall": 0.6}})
    said = "the model found 60 % of the ground that buildings cover and 70 % of what it marked was right."
    assert said in ask("How many buildings are there?", ArraySource(town())).text
    assert said in ask("How large is the roof area?", ArraySource(town())).text
    assert "never saw" not in ask("How large is the lake?", ArraySource(town())).text


def test_ranks_are_said_as_asked(ask):
    pixels = paint(ground(), "building", (10, 26), (10, 30))
    paint(pixels, "building", (250, 280), (350, 390))
    said = ask("How big is the largest building?", ArraySource(pixels))
    assert said.text.startswith("The largest building measures 300 m² and stands in the south-east.")
    assert [f.pixels for f in said.features] == [1200] and said.links[0].words == "building"
    assert "second largest building measures 80 m²" in ask("How big is the second largest building?", ArraySource(pixels)).text
    assert "only 2 buildings" in ask("Where is the third largest building?", ArraySource(pixels)).text


def test_figures_come_in_the_units_of_the_project(ask):
    answer = ask("How large is the lake?", ArraySource(town()), units=Units("imperial"))
    assert "25,900 sq ft" in answer.text
    assert unfounded(answer.text, answer.facts) == []


def test_without_a_scale_sizes_are_pixels_and_nothing_is_counted(ask):
    plain = ArraySource(town(), epsg=None)
    answer = ask("How many buildings are there?", plain)
    assert "I cannot count buildings here" in answer.text and "no scale" in answer.text
    assert "3,840 pixels" in answer.text and mismatches(answer.facts) == []
    assert "no scale" not in ask("Where is the water?", plain).text


def test_without_a_crs_nobody_knows_where_north_is(ask):
    answer = ask("Where is the water?", ArraySource(town(), epsg=None))
    assert "at the bottom right" in answer.text and answer.facts["frame"] == "image"


def test_pixels_coarser_than_the_model_was_measured_at_are_not_counted(ask):
    answer = ask("How many buildings are there?", ArraySource(town(), gsd=10.0))
    assert "I cannot count buildings here" in answer.text and "coarser than the 0.1 m to 1.2 m" in answer.text
    assert unfounded(answer.text, answer.facts) == []


def test_missing_pixels_are_said_and_are_in_no_share(ask):
    valid = np.ones((300, 400), bool)
    valid[:, 200:] = False
    answer = ask("How much of the area is covered by trees?", ArraySource(town(), valid=valid))
    assert "50 % of the region is not known at all" in answer.text
    assert answer.facts["covers"]["tree"]["share"] == pytest.approx(6000 / 60000)
    assert sum(cover["pixels"] for cover in answer.facts["covers"].values()) <= 60000


def test_a_place_that_is_mostly_uncertain_is_called_so(ask, nano, monkeypatch):
    sure = nano.see

    def unsure(rgb, gsd, cancel=None):
        seen = sure(rgb, gsd, cancel)
        seen.cover[:, :5] *= 0.45
        return seen

    monkeypatch.setattr(nano, "see", unsure)
    answer = ask("What is here?", ArraySource(town()))
    assert "For 92 % of the ground I cannot tell the cover. I see water (8 %)." in answer.text
    assert unfounded(answer.text, answer.facts) == []
    assert "built-up" not in ask("What kind of place is this?", ArraySource(town())).text
    assert "that I am sure of, but there may be some" in ask("Are there any buildings?", ArraySource(town())).text


def test_the_checker_of_numbers_sees_a_wrong_one(ask):
    answer = ask("How many buildings are there?", ArraySource(town()))
    assert unfounded(answer.text.replace("12", "13"), answer.facts) == ["13"]
    assert unfounded("Water covers 2,500 m², 61 % of the region.", answer.facts) == ["2,500 m²", "61 %"]
    assert mismatches({**answer.facts, "covers": {}, "extra": 1, "gsd": "0.5"})

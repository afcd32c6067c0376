"""Captions from metadata: seasons, zones and places are right, and nothing unknown is ever said."""

from dataclasses import replace

import numpy as np
import pytest

from terralogue.models.datasets.chip import Chip, Origin, Thing
from terralogue.models.datasets.meta_captions import (
    load_templates,
    meta_captions,
    shipped_templates,
    slots_in,
    slots_of,
    timestamp,
)
from terralogue.models.datasets.relative_location import relative_location
from terralogue.models.datasets.seasons import season
from terralogue.models.datasets.utm import utm_zone

EXTRA = {"cloud_cover": "12", "target_azimuth": "141.25", "off_nadir": "7.5", "scan_direction": "Forward"}
FULL = Origin(time="2016-06-09T15:20:00", latitude=-33.9, longitude=18.4, country="South Africa", city="Cape Town",
              extra=EXTRA)
THING = Thing("storage_tank", (100, 100, 200, 250), np.ones((150, 100), bool))
CHIP = Chip("c", np.zeros((3, 300, 300), np.uint8), (THING,), gsd=0.3, scene="harbour", origin=FULL)


@pytest.mark.parametrize("latitude, time, words", [
    (50, "2020-01-15", "winter"), (50, "2020-03", "spring"), (50, "2020-08-31", "summer"), (50, "2020-11", "autumn"),
    (50, "2020-12", "winter"), (-34, "2020-12-24", "summer"), (-34, "2020-07", "winter"), (-34, "2020-04", "autumn"),
    (-34, "2020-09", "spring"), (10, "2020-07", ""), (-10, "2020-07", ""), (10.01, "2020-07", "summer"),
    (-10.01, "2020-07", "winter"), (None, "2020-07", ""), (50, "2020", ""), (50, "", ""), (50, "2020-13", ""),
])
def test_season_of_both_hemispheres_and_none_near_the_equator(latitude, time, words):
    assert season(latitude, time) == words


@pytest.mark.parametrize("latitude, longitude, zone", [
    (48.2, 16.4, "33N"), (-33.9, 18.4, "34S"), (0, 0, "31N"), (-0.01, -0.01, "30S"), (0, -180, "1N"), (0, 180, "1N"),
    (0, 179.9, "60N"), (0, 366, "32N"),
    (60.4, 5.3, "32N"), (60.4, 2.9, "31N"), (55.9, 5.3, "31N"), (64, 5.3, "31N"), (63.9, 11.9, "32N"),  # Norway
    (78.2, 8.9, "31N"), (78.2, 9, "33N"), (78.2, 20.9, "33N"), (78.2, 21, "35N"), (78.2, 33, "37N"),  # Svalbard
    (78.2, 41.9, "37N"), (78.2, 42, "38N"), (71.9, 9, "32N"), (84, 15, "33N"),
    (84.1, 15, ""), (-80, 15, "33S"), (-80.1, 15, ""),
])
def test_utm_zone_with_the_exceptions_of_norway_and_svalbard(latitude, longitude, zone):
    assert utm_zone(latitude, longitude) == zone


@pytest.mark.parametrize("box, words", [
    ((110, 110, 190, 280), "center and bottom-center blocks"), ((0, 0, 90, 90), "top-left block"),
    ((0, 0, 100, 100), "top-left block"), ((0, 0, 101, 100), "top-left and top-center blocks"),
    ((0, 0, 300, 300), "top-left and top-center blocks"), ((250, 150, 300, 299), "bottom-right and center-right blocks"),
    ((300, 300, 310, 310), ""),
])
def test_location_names_a_second_cell_only_where_the_box_reaches_it(box, words):
    assert relative_location(box, (300, 300)) == words


@pytest.mark.parametrize("time, words", [
    ("2016-06-09T15:20:00", "at 15 o'clock on June 9, 2016"), ("2016-06-09T15:20:00.5Z", "at 15 o'clock on June 9, 2016"),
    ("2016-06-09", "on June 9, 2016"), ("2016-06", "in June 2016"), ("2016", "in 2016"), ("", ""), ("yesterday", ""),
])
def test_time_is_said_as_exactly_as_it_is_known(time, words):
    assert timestamp(time) == words


def test_all_slots_of_a_fully_known_chip():
    assert slots_of(CHIP, THING) == {
        "place": "Cape Town, South Africa", "season": "winter", "season_first": "Winter", "class_label": "storage tank",
        "relative_location": "center and bottom-center blocks", "ground_sample_distance": "0.30 m", "utm_zone": "34S",
        "timestamp": "at 15 o'clock on June 9, 2016", "timestamp_first": "At 15 o'clock on June 9, 2016",
        "cloud_cover_rate": "12 %", "target_azimuth": "141.2°", "off_nadir": "7.5°", "scan_direction": "forward",
    }


def test_sixty_sentences_or_more_and_each_comes_out_whole_when_everything_is_known():
    templates = shipped_templates()
    assert len(templates) >= 60 and len({slots_in(t) for t in templates}) >= 40
    made = meta_captions(CHIP, THING, most=len(templates))
    assert len(set(made)) == len(templates)
    assert all("{" not in text and "}" not in text and text[0].isupper() for text in made)


@pytest.mark.parametrize("origin", [
    Origin(), Origin(country="Kenya"), Origin(time="2020-05"), Origin(time="2020-05", latitude=1.0, longitude=36.8),
    replace(FULL, extra={"cloud_cover": "nan", "off_nadir": "much", "target_azimuth": "400"}),
])
def test_only_sentences_whose_slots_are_all_known_are_used(origin):
    chip = replace(CHIP, gsd=None, origin=origin)
    known = slots_of(chip)
    made = meta_captions(chip, most=100)
    assert len(made) == sum(slots_in(t) <= known.keys() for t in shipped_templates()) < len(shipped_templates())
    assert not any(word in text for text in made for word in ("nan", "None", "  ", "much", "400"))


def test_nothing_known_gives_no_caption():
    assert meta_captions(replace(CHIP, gsd=None, scene="", origin=Origin())) == []


def test_the_choice_is_the_seeds_alone():
    one = [meta_captions(CHIP, THING, seed)[0] for seed in range(30)]
    assert one == [meta_captions(CHIP, THING, seed)[0] for seed in range(30)]
    assert len(set(one)) > 10


def test_a_sentence_with_an_unknown_slot_is_refused(tmp_path):
    path = tmp_path / "own.json"
    path.write_text('{"templates": ["A view of {colour}."]}')
    with pytest.raises(ValueError, match="colour"):
        load_templates(path)

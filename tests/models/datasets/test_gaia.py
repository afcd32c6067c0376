"""GAIA records: rule-clean, schema-valid and true to the metadata, whatever of it is known."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from terralogue.models.datasets.acronyms import introduced, unexplained
from terralogue.models.datasets.appearance import appearance, colour_word
from terralogue.models.datasets.chip import Chip, Origin, Thing
from terralogue.models.datasets.gaia import KEYS, gaia_record, schema_faults
from terralogue.models.datasets.gaia_resolution import resolution_class
from terralogue.models.datasets.gaia_rules import CAPTION_RULES, RECORD_RULES, faults
from terralogue.models.datasets.json_schema import violations

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs" / "gaia.schema.json").read_text(encoding="utf-8"))
COVERS = ("building", "paved", "tree", "low vegetation", "bare", "water")
CLEAN = {
    "id": "a", "image_src": "a.png", "image_alt": "", "credits": "", "location": None, "lat": None, "lon": None,
    "tag": ["farmland", "water", "trees"], "resolution": "High", "satellite": ["Sentinel-2"], "sensor": ["MSI"],
    "modalities": ["multispectral"],
    "captions": [
        "The image showcases: Fields of dark green crops lying north of a broad river.",
        "The image showcases: Multispectral data from Sentinel-2 at a high spatial resolution over farmland.",
        "The image showcases: Settlements scattered along roads that meet close to the centre.",
        "The image showcases: Water flowing eastwards, brighter near its sandy southern bank.",
        "The image showcases: Land recorded by Sentinel-2 and its MultiSpectral Instrument (MSI) from orbit.",
    ],
}


def _with(index, text):
    captions = list(CLEAN["captions"])
    captions[index] = text
    return {**CLEAN, "captions": captions}


#: What breaks each rule, and nothing but that rule.
BROKEN = {
    "five_captions": {**CLEAN, "captions": CLEAN["captions"][:4]},
    "distinct": _with(2, "The image showcases: Fields of dark green crops lying north of a wide river."),
    "resolution_told": _with(1, "The image showcases: Multispectral data from Sentinel-2 over plain farmland."),
    "three_tags": {**CLEAN, "tag": ["water", "Water", "trees"]},
    "start": _with(0, "The image showcases: The fields of dark green crops beside a broad river."),
    "complete": _with(0, "The image showcases: Fields of dark green crops beside {river} and road."),
    "no_dates": _with(0, "The image showcases: Fields of dark green crops on June 9 beside a river."),
    "no_coordinates": _with(0, "The image showcases: Fields of dark green crops at 48.2 N beside a river."),
    "no_events": _with(0, "The image showcases: Fields of dark green crops flattened by a hurricane."),
    "no_credits": _with(0, "The image showcases: Fields of dark green crops, courtesy of the provider."),
    "no_photograph": _with(0, "The image showcases: Fields of dark green crops in an aerial photograph."),
    "no_image_resolution": _with(0, "The image showcases: Fields of dark green crops in 512 x 512 points."),
    "no_subjective": _with(0, "The image showcases: Fields of beautiful green crops north of a broad river."),
    "no_fancy": _with(0, "The image showcases: Fields of green crops, a tapestry north of the river."),
    "sensor_with_satellite": _with(4, "The image showcases: Land recorded by a MultiSpectral Instrument (MSI) in orbit."),
    "sensor_named": _with(4, "The image showcases: Land recorded by Sentinel-2 and its sensor from a high orbit."),
    "satellite_true": _with(4, "The image showcases: Land recorded by Landsat from its orbit around the Earth."),
    "modality_true": _with(0, "The image showcases: Fields of crops in radar data, north of a broad river."),
    "resolution_true": _with(0, "The image showcases: Fields of crops at very high spatial resolution along a river."),
    "acronyms": _with(0, "The image showcases: Fields of crops with a high NDVI north of a broad river."),
}


def test_a_clean_record_keeps_every_rule_and_the_schema():
    assert faults(CLEAN) == [] and schema_faults(CLEAN) == []


def test_every_rule_has_a_record_that_breaks_it():
    assert set(BROKEN) == {*RECORD_RULES, *CAPTION_RULES}


@pytest.mark.parametrize("rule", BROKEN)
def test_breaking_one_rule_is_found_as_that_rule_alone(rule):
    assert {name for name, _ in faults(BROKEN[rule])} == {rule}


@pytest.mark.parametrize("text", [
    "The image showcases: fields of dark green crops beside a broad river.",
    "The image shows: Fields of dark green crops beside a broad river.",
    "The image showcases: Three fields of dark green crops beside a broad river.", "", "The image showcases:",
])
def test_start_needs_the_phrase_and_a_capitalised_noun(text):
    assert "start" in {name for name, _ in faults(_with(0, text))}


@pytest.mark.parametrize("words", ["in 2019", "on 9 June", "on 3rd of May", "20190609", "9.6.2019", "2019-06-09"])
def test_dates_in_any_form_are_found_and_the_month_may_alone_is_not(words):
    dated = _with(0, f"The image showcases: Fields of green crops seen {words} by a river.")
    assert "no_dates" in {name for name, _ in faults(dated)}
    assert faults(_with(0, "The image showcases: Fields of dark green crops that may lie north of a river.")) == []


def _random_chip(seed):
    """Anything known or not, names with dates, markup and banned words among them."""
    pick = np.random.default_rng(seed)
    some = lambda *options: options[pick.integers(len(options))]
    height, width = (int(v) for v in pick.integers(1, 80, 2))
    labels = some((), ("building",), ("storage_tank", "small vehicle"), ("Photo point", "HGV parking"), ("Hurricane 2019",))
    things = []
    for label in labels:
        for _ in range(int(pick.integers(0, 30))):
            x, y = int(pick.integers(0, width)), int(pick.integers(0, height))
            w, h = int(pick.integers(1, width - x + 1)), int(pick.integers(1, height - y + 1))
            things.append(Thing(label, (x, y, x + w, y + h), np.ones((h, w), bool)))
    shape = (height, width)
    mixed = pick.choice([*range(some(1, 2, 6)), 255], shape).astype(np.uint8)
    covers = some(None, mixed, np.full(shape, 255, np.uint8))
    origin = Origin(
        source=some("", "Open imagery 2019"), time=some("", "2016-06-09", "2016"),
        latitude=some(None, 0.0, -33.9, 78.2), longitude=some(None, 18.4, 190.0),
        country=some("", "USA"), city=some("", "Wien"),
        satellite=some("", "Sentinel-2", "Landsat 8", "WorldView-3", "GF-2", "SPOT 2000", "S2A_20190609"),
        sensor=some("", "MSI", "OLI, TIRS", "XYZ-9", "digital camera"),
        modality=some("", "multispectral", "optical", "SAR; radar"),
    )
    return Chip(
        f"chip{seed}", pick.integers(0, some(1, 60, 256), (3, height, width)).astype(np.uint8), tuple(things),
        frozenset(labels) if pick.random() < 0.7 else frozenset(), covers, COVERS if covers is not None else (),
        some(None, 0.1, 4.0, 10.0, 30.5, 1000.0), some(True, False),
        some("", "harbour", "dense_residential", "unknown", "Battle site"), origin,
    )


def test_two_hundred_random_combinations_of_metadata_all_pass_linter_and_schema():
    validator = None
    if importlib.util.find_spec("jsonschema"):
        from jsonschema import Draft202012Validator
        validator = Draft202012Validator(SCHEMA)
    for seed in range(200):
        record = gaia_record(_random_chip(seed), seed=seed)
        assert (faults(record), schema_faults(record)) == ([], []), record
        assert tuple(record) == KEYS and json.loads(json.dumps(record)) == record
        assert validator is None or not list(validator.iter_errors(record))


def test_records_are_the_same_again_and_differ_between_seeds():
    chip = _random_chip(5)
    assert gaia_record(chip, seed=1) == gaia_record(chip, seed=1)
    assert len({tuple(gaia_record(chip, seed=seed)["captions"]) for seed in range(10)}) > 1


def test_sentinel_2_is_told_as_the_metadata_says_it():
    origin = Origin(satellite="Sentinel-2", sensor="MSI", modality="multispectral", latitude=48.2, longitude=16.4,
                    time="2020-06-09", city="Wien", country="Austria", source="Copernicus")
    things = tuple(Thing("storage_tank", (1 + 9 * i, 1, 7 + 9 * i, 7), np.ones((6, 6), bool)) for i in range(3))
    covers = np.where(np.arange(30)[:, None] < 10, 5, 3).repeat(30, axis=1).astype(np.uint8)
    rgb = np.full((3, 30, 30), 90, np.uint8)
    chip = Chip("s2", rgb, things, frozenset({"storage_tank"}), covers, COVERS, 10.0, True, "farmland", origin)
    record = gaia_record(chip)
    first = record["captions"][0]
    assert "Sentinel-2" in first and "MultiSpectral Instrument (MSI)" in first and "high spatial resolution" in first
    text = " ".join(record["captions"])
    assert "three storage tanks" in text and "low vegetation (67 %)" in text and "water concentrated in the north" in text
    assert (record["resolution"], record["lat"], record["lon"]) == ("High", 48.2, 16.4)
    assert record["location"] == "Wien, Austria" and record["tag"] == ["farmland", "low vegetation", "water"]


def test_numbers_are_told_only_where_every_object_is_known():
    chip = _random_chip(0)
    things = tuple(Thing("ship", (0, 0, 1, 1), np.ones((1, 1), bool)) for _ in range(5))
    unsure = replace(chip, things=things, complete=frozenset(), covers=None, cover_names=(), scene="")
    assert not any("ship" in text for seed in range(20) for text in gaia_record(unsure, seed=seed)["captions"])


@pytest.mark.parametrize("gsd, name", [
    (0.1, "Very High"), (4.0, "Very High"), (4.01, "High"), (10, "High"), (30, "High"), (31, "Moderate"), (300, "Moderate"),
    (1000, "Low"), (None, None), (0, None), (float("nan"), None),
])
def test_resolution_classes_have_stated_limits(gsd, name):
    assert resolution_class(gsd) == name


def test_acronyms_count_as_introduced_only_behind_the_words_they_stand_for():
    assert unexplained("The Normalized Difference Vegetation Index (NDVI) is high; NDVI tells.") == ""
    assert unexplained("NDVI first, then Normalized Difference Vegetation Index (NDVI).") == "NDVI"
    assert unexplained("Some other words (NDVI).") == "NDVI"
    assert unexplained("GF-2 saw it", "GF-2") == ""
    assert introduced("ETM+") == "Enhanced Thematic Mapper Plus (ETM+)" and introduced("XYZ-9") == ""
    assert introduced("HyperScout") == "HyperScout"


def test_looks_are_measured():
    rgb = np.zeros((3, 30, 30), np.uint8)
    rgb[:, :10, 20:] = 240
    looks = appearance(rgb)
    assert (looks.brightest, looks.brightness, looks.saturation) == (2, "dark", "low")
    colours = [(20, 120, 30), (30, 40, 180), (128, 128, 128), (150, 100, 60), (5, 5, 5)]
    assert [colour_word(np.array(c)) for c in colours] == ["green", "blue", "grey", "brown", "black"]
    with pytest.raises(ValueError):
        appearance(np.zeros((3, 0, 4), np.uint8))


@pytest.mark.parametrize("change, words", [
    ({"lat": 91}, "out of range"), ({"lat": "48"}, "must be"), ({"captions": ["x"] * 5}, "repeats"),
    ({"more": 1}, "no key more"),
    ({"resolution": "high"}, "one of"), ({"tag": []}, "0 items"), ({"id": ""}, "too short"), ({"lat": True}, "must be"),
])
def test_the_schema_refuses_what_is_wrong(change, words):
    assert any(words in fault for fault in schema_faults({**CLEAN, **change}))


def test_a_missing_key_is_named_and_an_unknown_keyword_is_an_error():
    assert schema_faults({k: v for k, v in CLEAN.items() if k != "lon"}) == ["record lacks lon"]
    with pytest.raises(ValueError, match="oneOf"):
        violations(1, {"oneOf": []})

"""Captions with metadata: what the layer tells is in them, what it does not tell is not, numbers are those of the pixels."""

import json
import re

from answered import mismatches
from fakes import ArraySource, ground, town

from terralogue.models.datasets.gaia import schema_faults
from terralogue.models.datasets.gaia_rules import faults
from terralogue.models.imagery.platform import platform_of
from terralogue.models.imagery.source import AcquisitionTime


def told(pixels=None, tags=None, **options):
    source = ArraySource(town() if pixels is None else pixels, **options)
    source.tags = tags or {}
    return source


SENTINEL = {"SATELLITE": "Sentinel-2", "SENSOR": "MSI", "CITY": "Wien", "COUNTRY": "Austria", "MODALITY": "multispectral"}


def test_five_captions_and_a_record_that_keep_every_rule(ask):
    answer = ask("Give me captions with metadata", told(tags=SENTINEL))
    record = answer.facts["gaia"]
    assert len(record["captions"]) == 5 and answer.text == " ".join(record["captions"])
    assert faults(record) == [] and schema_faults(record) == [] and mismatches(answer.facts) == []
    assert json.loads(json.dumps(record)) == record
    assert record["satellite"] == ["Sentinel-2"] and record["location"] == "Wien, Austria"
    assert record["resolution"] == "Very High" and "Sentinel-2" in answer.text


def test_what_the_layer_does_not_tell_is_left_out(ask):
    record = ask("metadata captions", told()).facts["gaia"]
    assert (record["satellite"], record["sensor"], record["modalities"], record["location"]) == ([], [], [], None)
    assert not re.search("satellite|sensor", " ".join(record["captions"]), re.IGNORECASE)
    bare = ask("metadata captions", told(epsg=None, name="plain")).facts["gaia"]
    assert (bare["lat"], bare["lon"], bare["resolution"]) == (None, None, None)
    assert "spatial resolution" not in " ".join(bare["captions"])


def test_the_place_is_that_of_the_region(ask):
    record = ask("metadata captions", told()).facts["gaia"]
    # UTM 32N, 500 km east is its central meridian at 9°; 5,000 km north lies at 45.15°.
    assert abs(record["lon"] - 9.0) < 0.01 and abs(record["lat"] - 45.15) < 0.02


def test_shares_in_the_captions_are_those_of_the_facts(ask):
    answer = ask("metadata captions", told())
    known = answer.facts["known_cover"]
    said = dict(re.findall(r"(low vegetation|water|trees|buildings) \((\d+) %\)", answer.text))
    names = {"trees": "tree", "buildings": "building"}
    assert said and all(int(v) == max(1, round(100 * known[names.get(k, k)]["share"])) for k, v in said.items())
    for name, part in known.items():
        assert part["pixels"] == answer.facts["covers"][name]["pixels"]


def test_a_time_read_from_the_files_name_is_no_metadata(ask):
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import View
    from terralogue.models.experts.metadata import _origin

    source = told(iso="2019-06-09")
    source.time = AcquisitionTime("2019-06-09", "file name")

    class Measured:
        found = type("F", (), {"grid": ArraySource(ground(), epsg=None).grid})
        facts = {"extent": [0, 0, 1, 1]}

    assert CancelToken is not None and _origin(View(source), Measured()).time == ""


def test_detail_metadata_makes_a_plain_caption_one_with_metadata(ask):
    assert "gaia" in ask("Describe this place", told(), detail="metadata").facts
    assert "gaia" not in ask("How many buildings are there?", told(), detail="metadata").facts


def test_tags_of_products_are_read_and_noise_is_not():
    assert platform_of({"SPACECRAFT_ID": "LANDSAT_8", "SENSOR_ID": "OLI_TIRS"}).satellite == "Landsat 8"
    assert platform_of({"satelliteid": "WV02"}).satellite == "WorldView-2"
    assert platform_of({"SATELLITE": "unknown", "PLATFORM": "Sentinel-2A"}).satellite == "Sentinel-2A"
    assert platform_of({"SENSOR": "x" * 500, "CITY": "a\nb\x00c"}).sensor == ""
    assert platform_of({}).satellite == ""

"""Captions from tags: the examples published with SkyScript, and what must never be said."""

import json
from collections import Counter

import numpy as np
import pytest

from terralogue.models.datasets import groundability
from terralogue.models.datasets.chip import Chip, Thing
from terralogue.models.datasets.groundability import Groundability, load, shipped
from terralogue.models.datasets.tags import NO_HEAD, described, joined, tag_caption


def _thing(box, **tags):
    mask = np.ones((box[3] - box[1], box[2] - box[0]), bool)
    return Thing("thing", box, mask, tags={key.replace("__", ":"): value for key, value in tags.items()})


def _chip(*things, gsd=0.1):
    return Chip("c", np.zeros((3, 64, 64), np.uint8), things, gsd=gsd)


PLANT = {"power": "plant", "plant__source": "solar", "plant__method": "thermal"}
FIELD = {"landuse": "farmland", "crop": "cotton"}
LINE = {"power": "minor_line", "cables": "3", "voltage": "16000"}


@pytest.mark.parametrize("form, things, published", [
    ("single", [PLANT], "power plant, plant source of solar, plant method of thermal"),
    ("single", [FIELD], "landuse of farmland, crop of cotton"),
    ("multiple", [FIELD], "landuse of farmland with crop of cotton"),
    ("multiple", [{"power": "pole"}, LINE],
     "power pole, surrounded by power minor line with cables of 3 and voltage of 16000"),
    ("multiple", [{"amenity": "fountain"}, {"natural": "tree"}, {"highway": "footway"}],
     "amenity of fountain, surrounded by natural tree; road of footway"),
    ("multiple", [{"man_made": "pier"}, {"waterway": "river"}], "man made pier, surrounded by waterway of river"),
])
def test_the_six_published_captions_come_out_of_their_tags(form, things, published):
    placed = [_thing((20 + 8 * i, 20, 26 + 8 * i, 26), **tags) for i, tags in enumerate(things)]
    assert getattr(tag_caption(_chip(*placed), 0), form) == published


def test_tags_that_cannot_be_seen_are_not_said_but_counted():
    dropped = Counter()
    tags = {"building": "church", "name": "St. Mary", "addr:street": "High Street", "x": "1"}
    said = described(tags, 0.5, dropped=dropped)
    assert said.single == "building of church"
    assert dropped == {groundability.UNSEEN: 2, groundability.UNLISTED: 1}


def test_what_the_pixels_are_too_coarse_for_is_not_said():
    dropped = Counter()
    chip = _chip(_thing((0, 0, 9, 9), power="pole"), _thing((9, 9, 20, 20), natural="wood"), gsd=10.0)
    assert tag_caption(chip, 0, dropped=dropped) is None
    assert tag_caption(chip, 1, dropped=dropped).multiple == "natural wood"
    assert dropped[groundability.TOO_COARSE] == 2 and dropped[NO_HEAD] == 2


def test_without_a_scale_nothing_is_said():
    dropped = Counter()
    assert described({"natural": "wood"}, None, dropped=dropped) is None
    assert dropped[groundability.NO_SCALE] == 1


def test_an_attribute_without_a_visible_head_is_no_caption():
    assert described({"surface": "asphalt", "name": "A 1"}, 0.1) is None


def test_columns_of_a_table_are_renamed_to_keys():
    assert described({"KIND": "orchard"}, 0.3, columns={"KIND": "landuse"}).single == "landuse of orchard"


def test_several_values_and_yes_are_read_as_words():
    said = described({"highway": "service", "bridge": "yes", "surface": "asphalt;gravel"}, 0.2)
    assert said.single == "road of service, bridge is yes, surface of asphalt and gravel"


def test_surroundings_are_nearest_first_said_once_and_never_the_centre_again():
    centre, tree = _thing((30, 30, 34, 34), leisure="pitch"), {"natural": "tree"}
    chip = _chip(_thing((0, 0, 4, 4), highway="path"), centre, _thing((36, 30, 40, 34), **tree),
                 _thing((50, 30, 54, 34), **tree), _thing((24, 30, 28, 34), leisure="pitch"))
    assert tag_caption(chip, 1).multiple == "leisure of pitch, surrounded by natural tree; road of path"


def test_the_shipped_table_is_broad_and_every_head_has_a_default():
    table = shipped()
    assert table.entries >= 200
    assert set(table.heads) <= set(table.tags) and all("*" in table.tags[key] for key in table.heads)
    assert table.largest_gsd("highway", "motorway") == 10 and table.largest_gsd("amenity", "bank") == 0


def test_a_table_of_ones_own_is_used_and_a_wrong_one_names_its_entry(tmp_path):
    own = {"classes": [1], "heads": ["k"], "nouns": ["k"], "spoken": {"k": "kiosk"}, "tags": {"k": {"red": 1}}}
    path = tmp_path / "own.json"
    path.write_text(json.dumps(own))
    assert described({"k": "red"}, 0.5, load(path)).head == "kiosk red"
    own["tags"]["k"]["red"] = 3
    with pytest.raises(ValueError, match="k=red"):
        Groundability.read(own)
    path.write_text("{}")
    with pytest.raises(ValueError, match="own.json"):
        load(path)


def test_a_caption_without_surroundings_has_no_dangling_words():
    said = described({"natural": "tree"}, 0.1)
    assert joined(said, []).multiple == joined(said, []).single == "natural tree"

"""No place may leak from one part into another, and a label may only say what its source knows."""


import numpy as np

from terralogue.models.training import labels, splits
from terralogue.models.vision.legend import COVERS, SCENES_AERIAL, SCENES_SATELLITE


def test_all_zooms_of_one_footprint_fall_into_the_same_part():
    z19 = "OAM-319292-270960-19"
    z20 = f"OAM-{319292 * 2 + 1}-{270960 * 2}-20"
    z21 = f"OAM-{319292 * 4 + 3}-{270960 * 4 + 2}-21_mask"
    assert {splits.footprint(name) for name in (z19, z20, z21)} == {"319292-270960"}
    assert len({splits.part_of("fair_zanzibar", f"x/{name}.jpg") for name in (z19, z20, z21)}) == 1


def test_the_held_out_country_never_trains():
    parts = {splits.part_of("fair_nairobi", f"OAM-{x}-5-21.jpg") for x in range(500)}
    assert parts == {"test"}


def test_a_fifth_of_the_scene_tiles_validates():
    parts = [splits.part_of("ucmerced", f"ucmerced/forest/forest{n:02d}.jpg") for n in range(100)]
    assert parts.count("validation") == 20


def test_every_class_with_a_label_set_is_a_known_scene():
    assert set(labels.AERIAL_SETS) <= set(SCENES_AERIAL) and set(labels.SATELLITE_SETS) == set(SCENES_SATELLITE)
    for name in labels.BUILDING_FREE:
        assert not labels.AERIAL_SETS[name] & labels.BUILDING, f"{name} is called building-free and may hold buildings"


def test_colour_narrows_open_sets_and_never_touches_certain_ones():
    rgb = np.zeros((3, 1, 3), np.uint8)
    rgb[:, 0, 0] = 60, 140, 50  # green
    rgb[:, 0, 1] = 160, 140, 170  # grey and bright
    rgb[:, 0, 2] = 60, 140, 50  # green roof
    label = np.array([[labels.UNKNOWN & ~labels.BUILDING, labels.UNKNOWN & ~labels.BUILDING, labels.BUILDING]], np.uint8)
    narrowed = labels.narrowed_by_colour(rgb, label)[0]
    assert narrowed[0] == labels.TREE | labels.LOW
    assert narrowed[1] & (labels.TREE | labels.LOW) == 0 and narrowed[1] & labels.PAVED
    assert narrowed[2] == labels.BUILDING


def test_a_bit_for_every_cover_fits_the_label_type():
    assert labels.UNKNOWN == 2 ** len(COVERS) - 1 <= 255

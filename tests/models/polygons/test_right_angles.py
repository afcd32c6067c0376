"""Right angles: rectangles come back as rectangles, nearer to the truth than their pixels, and circles are refused."""

from dataclasses import replace

import numpy as np
import pytest

from terralogue.models.polygons.options import Shaping
from terralogue.models.polygons.shaping import shaped

shapely = pytest.importorskip("shapely", reason="shapely judges the polygons: install the group headless")

RIGHT = Shaping(right_angles=True, in_pixels=True)
HOUSES = {
    "rectangle": [(-20, -10), (20, -10), (20, 10), (-20, 10)],
    "small": [(-5, -3.5), (5, -3.5), (5, 3.5), (-5, 3.5)],
    "angled": [(-20, -15), (20, -15), (20, 0), (0, 0), (0, 15), (-20, 15)],
    "winged": [(-24, -18), (24, -18), (24, 18), (10, 18), (10, -4), (-10, -4), (-10, 18), (-24, 18)],
}


def largest(features):
    return max(features.features, key=lambda one: one.pixels)


def overlap(one, other):
    return shapely.intersection(one, other).area / shapely.union(one, other).area


def cosines(ring):
    steps = np.diff(np.concatenate([ring, ring[1:2]]), axis=0)
    return (steps[1:] * steps[:-1]).sum(1) / np.hypot(*steps[1:].T) / np.hypot(*steps[:-1].T)


@pytest.mark.parametrize("degrees", [0, 7, 20, 37, 45, 63, 81])
@pytest.mark.parametrize("name", HOUSES)
def test_houses_get_their_corners_back(polygons_of, house, name, degrees):
    mask, true = house(HOUSES[name], degrees)
    given = polygons_of(mask)
    found, report = shaped(given, RIGHT)
    assert report.squared == 1 and not report.refused
    one, pixels = largest(found), largest(given)
    assert np.abs(cosines(one.rings[0])).max() < 1e-9
    assert len(one.rings[0]) - 1 == len(HOUSES[name])
    polygon = shapely.Polygon(one.rings[0])
    assert polygon.is_valid and polygon.area == pytest.approx(one.pixels, rel=1e-9)
    truth = shapely.Polygon(true * (1, -1))
    # The pixels of an upright house are a house already.
    assert overlap(polygon, truth) >= overlap(shapely.Polygon(pixels.rings[0]), truth) - (0.002 if degrees % 90 else 1e-9)


def test_a_mask_of_rectangles_comes_back_as_rectangles(polygons_of):
    rng = np.random.default_rng(0)
    labels = np.zeros((400, 400), np.int32)
    for row in range(0, 400, 40):
        for col in range(0, 400, 40):
            high, wide = rng.integers(3, 30, 2)
            labels[row + 3 : row + 3 + high, col + 3 : col + 3 + wide] = 1
    given = polygons_of(labels)
    found, report = shaped(given, RIGHT)
    assert report.squared == 100 and report.overlap == pytest.approx(1) and report.largest_error < 1e-12
    for before, after in zip(given.features, found.features):
        assert sorted(map(tuple, np.round(after.rings[0][:-1], 9))) == sorted(map(tuple, before.rings[0][:-1]))


def test_noise_on_the_walls_is_taken_off(polygons_of, house):
    mask, true = house(HOUSES["winged"], 25)
    rng = np.random.default_rng(3)
    edge = np.zeros(mask.shape, bool)
    for axis in (0, 1):
        for step in (-1, 1):
            edge |= mask != np.roll(mask, step, axis)
    noisy = np.where(edge & (rng.random(mask.shape) < 0.25), 1 - mask, mask).astype(np.int32)
    exact = largest(polygons_of(noisy))
    found, report = shaped(replace(polygons_of(noisy), features=(exact,)), Shaping(2.0, True, 20, in_pixels=True))
    assert report.squared == 1
    truth = shapely.Polygon(true * (1, -1))
    before = overlap(shapely.Polygon(exact.rings[0], exact.rings[1:]), truth)
    after = overlap(shapely.Polygon(largest(found).rings[0]), truth)
    assert len(largest(found).rings[0]) - 1 <= 10 and after > before + 0.01


@pytest.mark.parametrize("name, corners", [
    ("circle", [(18 * np.cos(t), 18 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 60, endpoint=False)]),
    ("triangle", [(-25, -12), (25, -12), (0, 26)]),
])  # fmt: skip
def test_what_has_no_right_angles_keeps_its_outline(polygons_of, house, name, corners):
    given = polygons_of(house(corners, 11)[0])
    found, report = shaped(given, RIGHT)
    assert report.squared == 0 and report.refused == {"shape": 1}
    assert shapely.Polygon(found.features[0].rings[0]).equals(shapely.Polygon(given.features[0].rings[0]))
    assert found.shapes[0].kind == "exact" and found.shapes[0].area_error == 0


def test_a_courtyard_stays_one(polygons_of, house):
    mask, true = house([(-25, -20), (25, -20), (25, 20), (-25, 20)], 17)
    yard, hole = house([(-10, -8), (10, -8), (10, 8), (-10, 8)], 17)
    found, report = shaped(polygons_of(mask - yard), RIGHT)
    (one,) = found.features
    assert report.squared == 1 and [len(ring) for ring in one.rings] == [5, 5]
    polygon = shapely.Polygon(one.rings[0], one.rings[1:])
    truth = shapely.Polygon(true * (1, -1), [hole * (1, -1)])
    assert polygon.is_valid and overlap(polygon, truth) > 0.97 and polygon.area == pytest.approx(one.pixels)


def test_trees_and_water_have_no_walls(polygons_of, house):
    mask, _ = house(HOUSES["rectangle"], 30)
    _, report = shaped(polygons_of(mask, names=lambda value: "tree"), RIGHT)
    assert report.squared == 0 and report.refused == {}


def test_houses_with_a_common_wall_keep_it_unless_told_otherwise(polygons_of, house):
    mask, _ = house([(-25, -10), (0, -10), (0, 10), (-25, 10)], 30)
    other, _ = house([(0, -10), (25, -10), (25, 10), (0, 10)], 30)
    labels = mask + 2 * other * (1 - mask)
    found, report = shaped(polygons_of(labels), RIGHT)
    assert report.refused == {"touching": 2} and report.squared == 0
    found, report = shaped(polygons_of(labels), Shaping(right_angles=True, in_pixels=True, keep_neighbours=False))
    assert report.squared == 2
    assert all(shapely.Polygon(one.rings[0]).is_valid for one in found.features)


def test_right_angles_never_swallow_a_neighbour(polygons_of, house):
    # A house whose notch holds a shed: with the notch closed the shed would lie inside.
    mask = np.zeros((60, 60), np.int32)
    mask[10:40, 10:50] = 1
    mask[10:13, 28:31] = 0
    mask[10, 29] = 2
    mask[11:13, 28:31] = 0
    found, report = shaped(polygons_of(mask), Shaping(tolerance=3.0, right_angles=True, in_pixels=True))
    big, small = sorted(found.features, key=lambda one: -one.pixels)
    one, other = shapely.Polygon(big.rings[0]), shapely.Polygon(small.rings[0])
    assert shapely.intersection(one, other).area < 1e-9

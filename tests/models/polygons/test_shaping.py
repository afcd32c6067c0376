"""Outlines made simpler: always valid, neighbours never part or overlap, and the area error said is the one there is."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled, QuestionUnclear
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.models.polygons.options import Shaping
from terralogue.models.polygons.shaping import shaped

shapely = pytest.importorskip("shapely", reason="shapely judges the polygons: install the group headless")

#: Corners that touch, rings in rings, bridges of one pixel, combs, a spiral, one pixel alone.
UGLY = {
    "diagonal": ["#.#.#", ".#.#.", "#.#.#", ".#.#.", "#.#.#"],
    "rings in rings": ["#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######"],
    "bridge": ["###....###", "###....###", "##########", "###....###", "###....###"],
    "hole at a corner": ["####", "#.##", "##.#", "####"],
    "hole and shell meet": ["###.", "#.##", "##.#", ".###"],
    "comb": ["#.#.#.#.#", "#.#.#.#.#", "#########"],
    "spiral": ["#######", "......#", "#####.#", "#...#.#", "#.###.#", "#.....#", "#######"],
    "alone": ["...", ".#.", "..."],
    "stairs": ["#....", "##...", "###..", "####.", "#####"],
}
EVERY = [
    Shaping(tolerance=1.0, in_pixels=True),
    Shaping(tolerance=3.0, in_pixels=True, most_error=1.0),
    Shaping(right_angles=True, in_pixels=True),
    Shaping(tolerance=1.5, right_angles=True, fill_holes=4, min_width=2, in_pixels=True),
    Shaping(fill_holes=1000, in_pixels=True),
    Shaping(right_angles=True, in_pixels=True, keep_neighbours=False),
]


def judged(features):
    polygons = np.array([shapely.Polygon(one.rings[0], one.rings[1:]) for one in features.features])
    valid = shapely.is_valid(polygons)
    assert valid.all(), [shapely.is_valid_reason(one) for one in polygons[~valid]][:3]
    assert all((ring[0] == ring[-1]).all() for one in features.features for ring in one.rings)
    return polygons


@pytest.mark.parametrize("shaping", EVERY, ids=range(len(EVERY)))
@pytest.mark.parametrize("name", UGLY)
def test_ugly_masks_stay_valid(polygons_of, name, shaping):
    labels = np.array([[cell == "#" for cell in row] for row in UGLY[name]], np.int32)
    for other in (labels, 1 - labels, labels + 1):
        found, report = shaped(polygons_of(other), shaping)
        judged(found)
        assert report.polygons == len(found.features) == len(found.shapes)


@pytest.mark.parametrize("shaping", EVERY[:5], ids=range(5))
@pytest.mark.parametrize("classes, smoothing", [(2, 0), (3, 1), (3, 4), (4, 8)])
@pytest.mark.parametrize("seed", range(2))
def test_noise_stays_valid_and_neighbours_never_overlap(polygons_of, blobs, shaping, classes, smoothing, seed):
    found, _ = shaped(polygons_of(blobs(classes, 70, seed, smoothing)), shaping)
    polygons = judged(found)
    assert shapely.union_all(polygons).area == pytest.approx(shapely.area(polygons).sum(), abs=1e-6)


@pytest.mark.parametrize("tolerance", [0.8, 1.5, 4.0])
@pytest.mark.parametrize("turn", [0, 37])
def test_where_everything_is_covered_no_gap_opens(polygons_of, blobs, tolerance, turn):
    labels = blobs(4, 90, 1, 5) + 1
    affine = Affine.translation(500000, 5000000) * Affine.rotation(turn) * Affine.scale(0.3, -0.3)
    found, report = shaped(polygons_of(labels, affine), Shaping(tolerance=tolerance, in_pixels=True, most_error=1.0))
    polygons = judged(found)
    whole = shapely.union_all(polygons)
    holes = sum(shapely.Polygon(ring).area for ring in getattr(whole, "interiors", ()))
    assert whole.geom_type == "Polygon" and holes < 1e-6
    assert report.corners < 0.9 * report.corners_before
    # Only the raster's own corners may be cut, where no line ends.
    assert labels.size * 0.09 - 4 * 0.09 * (tolerance + 1) ** 2 < whole.area <= labels.size * 0.09 + 1e-5
    assert whole.area == pytest.approx(shapely.area(polygons).sum(), abs=1e-5)
    for i, j in zip(*shapely.STRtree(polygons).query(polygons, predicate="overlaps")):
        assert shapely.intersection(polygons[i], polygons[j]).area < 1e-6


@pytest.mark.parametrize("shaping", EVERY, ids=range(len(EVERY)))
def test_the_area_error_said_is_the_one_measured(polygons_of, blobs, shaping):
    given = polygons_of(blobs(3, 120, 4, 5), Affine(0.3, 0, 500000, 0, -0.3, 5000000))
    found, report = shaped(given, shaping)
    areas = shapely.area(judged(found)) / 0.09
    pixels = np.array([one.pixels for one in found.features])
    errors = np.array([shape.area_error for shape in found.shapes])
    np.testing.assert_allclose(areas / pixels - 1, errors, atol=2e-4)  # coordinates of five million have so many digits
    assert report.area_error == pytest.approx(areas.sum() / pixels.sum() - 1, abs=2e-5)
    assert report.largest_error == pytest.approx(np.abs(errors).max())
    kinds = [shape.kind for shape in found.shapes]
    assert kinds.count("simplified") == report.simplified and kinds.count("right angles") == report.squared
    assert report.narrow_pixels == sum(one.pixels for one in given.features) - pixels.sum()


def test_no_corner_left_out_is_farther_than_the_tolerance(polygons_of, blobs):
    given = polygons_of(blobs(2, 150, 2, 8), Affine(0.5, 0, 0, 0, -0.5, 0))
    found, _ = shaped(given, Shaping(tolerance=2.0, in_pixels=True))
    for before, after in zip(given.features, judged(found)):
        away = shapely.distance(after.boundary, shapely.points(np.concatenate(before.rings)))
        assert away.max() <= 1.0 + 1e-9


def test_no_polygon_loses_more_area_than_it_may(polygons_of, blobs):
    given = polygons_of(blobs(3, 120, 5, 3))
    loose, _ = shaped(given, Shaping(tolerance=2.0, in_pixels=True, most_error=1.0))
    tight, report = shaped(given, Shaping(tolerance=2.0, in_pixels=True, most_error=0.05))
    assert max(abs(shape.area_error) for shape in loose.shapes) > 0.3
    assert max(abs(shape.area_error) for shape in tight.shapes) <= 0.05 + 1e-12 and report.simplified > 50


@pytest.mark.parametrize("shaping", EVERY, ids=range(len(EVERY)))
def test_a_mask_moved_by_some_pixels_gives_the_same_outlines_moved(polygons_of, blobs, shaping):
    labels = np.zeros((150, 150), np.int32)
    labels[10:100, 12:102] = blobs(3, 90, 6, 5)
    one, _ = shaped(polygons_of(labels), shaping)
    other, _ = shaped(polygons_of(np.roll(labels, (23, 31), (0, 1))), shaping)
    assert len(one.features) == len(other.features)
    for a, b in zip(one.features, other.features):
        assert len(a.rings) == len(b.rings)
        for ring, moved in zip(a.rings, b.rings):
            assert sorted(map(tuple, np.round(ring + (31, -23), 6))) == sorted(map(tuple, np.round(moved, 6)))


@pytest.mark.parametrize("shaping", EVERY, ids=range(len(EVERY)))
@pytest.mark.parametrize("turn", [Affine.rotation(37), Affine.rotation(90), Affine.scale(1, -1)],
                         ids=["37°", "90°", "south-up"])
def test_a_turned_raster_gives_the_same_outlines_turned(polygons_of, blobs, shaping, turn):
    labels = blobs(3, 60, 7, 5)
    one, said = shaped(polygons_of(labels), shaping)
    other, again = shaped(polygons_of(labels, turn * Affine(1, 0, 0, 0, -1, 0)), shaping)
    assert said == again or said.squared == again.squared and said.area_error == pytest.approx(again.area_error)
    for a, b in zip(one.features, other.features):
        for ring, turned in zip(a.rings, b.rings):
            expected = np.array([turn * tuple(point) for point in ring])
            np.testing.assert_allclose(turned, expected, atol=1e-6)


def test_nothing_asked_for_is_the_same_object(polygons_of, blobs):
    given = polygons_of(blobs(2, 30, 0, 2))
    found, report = shaped(given, Shaping())
    assert found is given and report.area_error == 0


def test_exact_corners_keep_every_bit(polygons_of):
    labels = np.zeros((40, 40), np.int32)
    labels[5:9, 5:30], labels[20:24, 3:9] = 1, 2
    affine = Affine.translation(500000.123, 5000000.987) * Affine.rotation(37) * Affine.scale(0.1, -0.1)
    given = polygons_of(labels, affine)
    found, _ = shaped(given, Shaping(tolerance=1.0, in_pixels=True))
    for before, after in zip(given.features, found.features):
        assert {tuple(p) for p in after.rings[0]} == {tuple(p) for p in before.rings[0]}


def test_small_holes_go_and_large_ones_and_those_with_something_in_them_stay(polygons_of):
    labels = np.ones((40, 40), np.int32)
    labels[3:5, 3:5], labels[10:20, 10:20], labels[30:34, 30:34], labels[31, 31] = 0, 0, 0, 2
    found, report = shaped(polygons_of(labels), Shaping(fill_holes=20, in_pixels=True))
    big = max(found.features, key=lambda one: one.pixels)
    assert len(big.rings) == 3 and report.holes == 1 and big.pixels == 1600 - 4 - 100 - 16
    found, report = shaped(polygons_of(labels), Shaping(fill_holes=20, in_pixels=True, keep_neighbours=False))
    big = max(found.features, key=lambda one: one.pixels)
    assert len(big.rings) == 2 and report.holes == 2


def test_a_bridge_that_is_too_narrow_parts_two_houses_and_pixels_are_those_of_each(polygons_of):
    labels = np.zeros((20, 40), np.int32)
    labels[5:15, 3:13], labels[5:15, 25:35], labels[9:11, 13:25] = 1, 1, 1
    given = polygons_of(labels)
    assert len(given.features) == 1
    found, report = shaped(given, Shaping(min_width=3, in_pixels=True))
    assert [one.pixels for one in found.features] == [100, 100] and report.narrow_pixels == 24
    assert shapely.area(judged(found)).tolist() == [100, 100]
    same, report = shaped(given, Shaping(min_width=2, in_pixels=True))
    assert [one.pixels for one in same.features] == [224] and report.narrow_pixels == 0
    none, report = shaped(given, Shaping(min_width=11, in_pixels=True))
    assert none.features == () and report.vanished == 1


def test_things_on_top_of_each_other_are_opened_one_by_one(polygons_of):
    one, other = np.zeros((2, 30, 30), np.int32)
    one[5:15, 5:15], other[8:20, 8:20], other[2:8, 9] = 1, 1, 1
    both = polygons_of(one).features + polygons_of(other).features
    found, _ = shaped(FeatureSet("mask", "", both, "m", "s"), Shaping(min_width=3, in_pixels=True))
    assert sorted(one.pixels for one in found.features) == [100, 144]


def test_metres_need_a_scale_and_follow_the_ground(polygons_of, house):
    labels, _ = house([(-20, -10), (20, -10), (20, 10), (-20, 10)], 20)
    with pytest.raises(QuestionUnclear):
        shaped(polygons_of(labels), Shaping(tolerance=1.0))
    pytest.importorskip("rasterio", reason="rasterio knows the CRS headless")
    from terralogue.models.imagery.gdal_backends import gdal

    # At 60° north a degree of longitude is half as long: pixels of 1e-5° × 5e-6° are 0.56 m squares.
    degrees = polygons_of(labels, Affine(1e-5, 0, 10, 0, -5e-6, 60), gdal().wkt("EPSG:4326"))
    found, report = shaped(degrees, Shaping(right_angles=True))
    assert report.squared == 1
    ring = found.features[0].rings[0] * (1e5, 2e5)
    steps = np.diff(ring, axis=0)
    cosine = (steps[1:] * steps[:-1]).sum(1) / np.hypot(*steps[1:].T) / np.hypot(*steps[:-1].T)
    assert np.abs(cosine).max() < 0.01, "right on the ground, not in degrees"


def test_drawn_boxes_are_left_alone(polygons_of):
    ring = np.array([[0, 0], [3.1, 0.2], [5, 4], [1, 5], [0, 0]], float)
    given = FeatureSet("mask", "", (MaskFeature((ring,), "ship", 1.0, 20, None),), "m", "s")
    found, report = shaped(given, Shaping(tolerance=1.0, in_pixels=True))
    assert found.features == given.features and not report.lattice and found.shapes[0].kind == "exact"


def test_it_stops_when_told(polygons_of, blobs):
    token = CancelToken()
    token.cancel()
    for shaping in EVERY[:4]:
        with pytest.raises(Cancelled):
            shaped(polygons_of(blobs(3, 80, 0, 3)), shaping, cancel=token)

"""Two dates on one grid."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.conversation import Region, View
from terralogue.models.errors import CrsMissing, DatesDisjoint, NothingToAnalyse
from terralogue.models.imagery.geodesy import transform_points
from terralogue.models.imagery.grid import Window
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.pairs import common_frame
from terralogue.models.imagery.regrid import Regridded, at_gsd

UTM = Affine(1, 0, 500000, 0, -1, 5000000)


def smooth(bands, height, width):
    """A landscape that can be resampled: the same function of place at any pixel size."""
    row, col = np.mgrid[0:height, 0:width]
    return np.stack([120 + 60 * np.sin((col + 40 * b) / 25) + 50 * np.cos(row / 31) for b in range(bands)])


def views(*paths):
    return [View(open_raster(p)) for p in paths]


def test_the_same_layer_twice_is_read_as_it_is(backend, write, noise):
    path = write("a.tif", noise(3, 70, 90))
    before, after = views(path, path)
    pair = common_frame(before, after)
    assert pair.before is before.source and pair.after is after.source
    np.testing.assert_array_equal(*(s.read(pair.grid.window).pixels for s in (pair.before, pair.after)))


def test_whole_pixel_shifts_are_not_resampled(backend, write, noise):
    truth = noise(3, 70, 90, "uint16")
    one = write("a.tif", truth, affine=UTM)
    two = write("b.tif", truth[:, 5:, 8:], affine=UTM * Affine.translation(8, 5))
    pair = common_frame(*views(one, two))
    assert (pair.grid.width, pair.grid.height) == (82, 65)
    for source in (pair.before, pair.after):
        np.testing.assert_array_equal(source.read(pair.grid.window).pixels, truth[:, 5:, 8:])
    part = pair.after.read(Window(3, 4, 10, 11))
    np.testing.assert_array_equal(part.pixels, truth[:, 9:20, 11:21])


def test_the_coarser_grid_is_kept_and_the_finer_averaged(backend, write, noise):
    truth = noise(1, 80, 120)
    fine = write("a.tif", truth, affine=UTM)
    coarse = write("b.tif", noise(1, 20, 30, seed=1), affine=UTM * Affine.scale(4))
    for order in ((fine, coarse), (coarse, fine)):
        pair = common_frame(*views(*order))
        assert (pair.grid.width, pair.grid.height) == (30, 20)
        sources = {s.name: s for s in (pair.before, pair.after)}
        assert not isinstance(sources["b.tif"], Regridded)
        mean = np.floor(truth.reshape(1, 20, 4, 30, 4).mean(axis=(2, 4)) + 0.5)
        np.testing.assert_array_equal(sources["a.tif"].read(pair.grid.window).pixels, mean)


def test_another_crs_meets_within_a_fraction_of_a_pixel(backend, write):
    from terralogue.models.imagery.gdal_backends import gdal

    wkt, mercator = gdal().wkt("EPSG:32632"), gdal().wkt("EPSG:3857")
    before = write("a.tif", smooth(3, 400, 500).astype(np.float32), affine=UTM)
    corner = transform_points(np.array([[500000.0, 5000000.0]]), wkt, mercator)[0]
    # The same landscape, sampled pixel by pixel in Mercator: no warper is its own judge.
    grid = Affine.translation(corner[0] - 20, corner[1] + 20) * Affine.scale(1.4, -1.4)
    col, row = np.meshgrid(np.arange(400) + 0.5, np.arange(330) + 0.5)
    places = transform_points(np.stack(grid * (col.ravel(), row.ravel()), axis=1), mercator, wkt)
    x, y = places[:, 0] - 500000 - 0.5, 5000000 - places[:, 1] - 0.5
    pixels = np.stack([120 + 60 * np.sin((x + 40 * b) / 25) + 50 * np.cos(y / 31) for b in range(3)])
    after = write("b.tif", pixels.reshape(3, 330, 400).astype(np.float32), affine=grid, crs="EPSG:3857")
    pair = common_frame(*views(before, after))
    assert pair.grid.crs_wkt == open_raster(before).grid.crs_wkt
    one, two = (s.read(pair.grid.window) for s in (pair.before, pair.after))
    both = one.valid & two.valid
    assert both.mean() > 0.95
    # 0.1 px off on slopes of 2.4 and 1.6 per pixel would show as 0.2 on average.
    assert np.abs(one.pixels - two.pixels)[:, both].mean() < 0.1


def test_a_rotated_date_is_turned_and_its_corners_are_unknown(backend, write):
    before = write("a.tif", smooth(1, 200, 200).astype(np.float32), affine=UTM)
    turned = UTM * Affine.translation(100, 100) * Affine.rotation(30) * Affine.translation(-100, -100)
    col, row = np.meshgrid(np.arange(200) + 0.5, np.arange(200) + 0.5)
    x, y = ~UTM * (turned * (col, row))
    pixels = (120 + 60 * np.sin((x - 0.5) / 25) + 50 * np.cos((y - 0.5) / 31))[None]
    after = write("b.tif", pixels.astype(np.float32), affine=turned)
    pair = common_frame(*views(before, after))
    one, two = (s.read(pair.grid.window) for s in (pair.before, pair.after))
    assert not two.valid[0, 0] and two.valid[100, 100]
    both = one.valid & two.valid
    # The outermost pixels of the turned date have neighbours on one side only.
    inner = both[1:-1, 1:-1].copy()
    for down, right in ((0, 1), (2, 1), (1, 0), (1, 2)):
        inner &= both[down : down + 198, right : right + 198]
    assert inner.mean() > 0.8
    assert np.abs(one.pixels - two.pixels)[:, 1:-1, 1:-1][:, inner].max() < 0.5


def test_south_up_and_north_up_agree(backend, write, noise):
    truth = noise(2, 40, 50)
    one = write("a.tif", truth, affine=UTM)
    two = write("b.tif", truth[:, ::-1], affine=Affine(1, 0, 500000, 0, 1, 5000000 - 40))
    pair = common_frame(*views(one, two))
    np.testing.assert_array_equal(*(s.read(pair.grid.window).pixels for s in (pair.before, pair.after)))


def test_nodata_stays_unknown_through_resampling(backend, write):
    truth = np.full((1, 80, 80), 100, np.uint8)
    truth[0, :40] = 0
    one = write("a.tif", truth, affine=UTM, nodata=0)
    two = write("b.tif", np.full((1, 50, 50), 90, np.uint8), affine=UTM * Affine.scale(1.3) * Affine.rotation(3))
    pair = common_frame(*views(one, two))
    image = pair.before.read(pair.grid.window)
    assert set(np.unique(image.pixels[0][image.valid])) == {100}
    assert 0.3 < image.valid.mean() < 0.6


def test_dates_that_do_not_meet_are_refused_with_both_extents(backend, write, noise):
    one = write("a.tif", noise(1, 50, 50), affine=UTM)
    two = write("b.tif", noise(1, 50, 50), affine=UTM * Affine.translation(50, 0))
    far = write("c.tif", noise(1, 50, 50), affine=Affine(1, 0, 1e6, 0, -1, 5e6), crs="EPSG:3857")
    with pytest.raises(DatesDisjoint) as caught:
        common_frame(*views(one, two))
    assert caught.value.before == (500000, 4999950, 500050, 5000000)
    assert caught.value.after == (500050, 4999950, 500100, 5000000)
    with pytest.raises(DatesDisjoint) as caught:
        common_frame(*views(one, far))
    assert caught.value.after[0] != pytest.approx(1e6), "the second extent is in the CRS of the first"


def test_corners_whose_boxes_meet_but_not_they_are_disjoint(backend, write, noise):
    one = write("a.tif", noise(1, 50, 50), affine=UTM)
    diamond = UTM * Affine.translation(80, 80) * Affine.rotation(45) * Affine.translation(-25, -25)
    with pytest.raises(DatesDisjoint):
        common_frame(*views(one, write("b.tif", noise(1, 50, 50), affine=diamond)))


def test_one_shared_pixel_runs(backend, write, noise):
    one, two = noise(1, 50, 50), noise(1, 50, 50, seed=1)
    pair = common_frame(
        *views(write("a.tif", one, affine=UTM), write("b.tif", two, affine=UTM * Affine.translation(49, 49)))
    )
    assert (pair.grid.width, pair.grid.height) == (1, 1)
    assert pair.before.read(pair.grid.window).pixels[0, 0, 0] == one[0, 49, 49]
    assert pair.after.read(pair.grid.window).pixels[0, 0, 0] == two[0, 0, 0]


def test_a_missing_crs_is_never_guessed(backend, write, noise):
    one, two = write("a.tif", noise(1, 9, 9)), write("b.tif", noise(1, 9, 9), crs=None)
    for order, name in (((one, two), "b.tif"), ((two, one), "b.tif")):
        with pytest.raises(CrsMissing) as caught:
            common_frame(*views(*order))
        assert caught.value.name == name


def test_two_plain_pictures_share_their_pixels(backend, write, noise):
    paths = [write(n, noise(3, 20, 30, seed=i), affine=None, crs=None) for i, n in enumerate(("a.tif", "b.tif"))]
    pair = common_frame(*views(*paths))
    assert (pair.grid.width, pair.grid.height) == (30, 20) and not isinstance(pair.after, Regridded)


def test_regions_cut_the_frame(backend, write, noise):
    before, after = views(write("a.tif", noise(1, 90, 90), affine=UTM), write("b.tif", noise(1, 90, 90), affine=UTM))
    ring = np.array([[10, -10], [30, -10], [30, -40], [10, -40], [10, -10.0]]) + (500000, 5000000)
    pair = common_frame(View(before.source, Region(((ring,),))), after)
    assert pair.grid.extent == (500010, 4999960, 500030, 4999990)
    with pytest.raises(NothingToAnalyse):
        common_frame(View(before.source, Region(((ring + 1000,),))), after)


def test_another_ground_sample_distance_covers_the_same_ground(backend, write, noise):
    source = open_raster(write("a.tif", noise(3, 300, 400), affine=UTM))
    assert at_gsd(source, source.gsd * 1.005) is source
    coarse = at_gsd(source, 2.7)
    assert coarse.grid.extent == pytest.approx(source.grid.extent, abs=1e-6)
    assert coarse.gsd == pytest.approx(2.7, rel=0.01)
    assert coarse.fingerprint() != source.fingerprint()
    whole = coarse.read(coarse.grid.window)
    assert whole.valid.all()
    part = coarse.read(Window(20, 30, 40, 50))
    np.testing.assert_array_equal(part.pixels, whole.pixels[:, 30:80, 20:60])
    # Rounding halves upwards, as GDAL's own averages do, lifts the mean of 2 × 2 integers by an eighth.
    assert whole.pixels.mean() == pytest.approx(source.read(source.grid.window).pixels.mean(), abs=0.2)

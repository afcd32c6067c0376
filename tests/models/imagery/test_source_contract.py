"""What every raster file must read as, through osgeo and through rasterio alike."""

import os

import numpy as np
import pytest
from affine import Affine

from terralogue.models.errors import UnsupportedPixels
from terralogue.models.imagery.grid import Window
from terralogue.models.imagery.opening import open_raster

rasterio = pytest.importorskip("rasterio")


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"])
def test_pixels_come_in_their_own_dtype(backend, write, noise, dtype):
    truth = noise(3, 40, 50, dtype)
    source = open_raster(write("a.tif", truth))
    image = source.read(Window(5, 7, 20, 10))
    assert image.pixels.dtype == truth.dtype
    np.testing.assert_array_equal(image.pixels, truth[:, 7:17, 5:25])
    assert image.valid.all() and image.unreadable == 0
    assert image.grid.affine * (0, 0) == source.grid.affine * (5, 7)


def test_a_window_beyond_the_edges_is_invalid_outside(backend, write, noise):
    truth = noise(1, 30, 30)
    image = open_raster(write("a.tif", truth)).read(Window(-5, 20, 40, 20))
    expected = np.zeros((20, 40), bool)
    expected[:10, 5:35] = True
    np.testing.assert_array_equal(image.valid, expected)
    np.testing.assert_array_equal(image.pixels[0][expected].reshape(10, 30), truth[0, 20:])
    assert not image.pixels[0][~expected].any()


def test_an_integer_nodata_value_is_invalid(backend, write, noise):
    truth = noise(3, 20, 20)
    truth[:, :, :10] = 255
    image = open_raster(write("a.tif", truth, nodata=255)).read(Window(0, 0, 20, 20))
    np.testing.assert_array_equal(image.valid, ~(truth == 255).any(axis=0))


def test_nodata_that_the_dtype_cannot_hold_marks_nothing(backend, write, noise, tmp_path):
    path = write("a.tif", noise(1, 8, 8))
    vrt = tmp_path / "a.vrt"
    vrt.write_text(
        f'<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="Byte" band="1"><NoDataValue>-9999'
        f'</NoDataValue><SimpleSource><SourceFilename relativeToVRT="0">{path}</SourceFilename><SourceBand>1'
        "</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    assert open_raster(str(vrt)).read(Window(0, 0, 8, 8)).valid.all()


def test_each_band_may_have_its_own_nodata(backend, write, noise, tmp_path):
    truth = noise(3, 8, 8) % 200 + 5
    truth[0, 0, 0], truth[1, 1, 1], truth[2, 2, 2] = 1, 2, 3
    path = write("a.tif", truth)
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{n}"><NoDataValue>{n}</NoDataValue><SimpleSource><SourceFilename '
        f'relativeToVRT="0">{path}</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>'
        for n in (1, 2, 3)
    )
    vrt = tmp_path / "a.vrt"
    vrt.write_text(f'<VRTDataset rasterXSize="8" rasterYSize="8">{bands}</VRTDataset>')
    image = open_raster(str(vrt)).read(Window(0, 0, 8, 8))
    expected = np.ones((8, 8), bool)
    expected[[0, 1, 2], [0, 1, 2]] = False
    np.testing.assert_array_equal(image.valid, expected)


@pytest.mark.parametrize("nodata", [None, float("nan"), -3.4028234663852886e38])
def test_nan_and_infinity_are_invalid_with_or_without_declared_nodata(backend, write, noise, nodata):
    truth = noise(2, 20, 20, "float32")
    truth[0, 0, 0], truth[0, 1, 1], truth[1, 2, 2] = np.nan, np.inf, -np.inf
    expected = np.isfinite(truth).all(axis=0)
    if nodata is not None and nodata < -1:
        truth[:, 3, 3] = nodata
        expected[3, 3] = False
    path = write("a.tif", truth, nodata=nodata)
    image = open_raster(path, band_roles=[(1, "gray"), (2, "other")]).read(Window(0, 0, 20, 20))
    np.testing.assert_array_equal(image.valid, expected)


def test_alpha_zero_is_invalid_and_alpha_is_no_colour(backend, write, noise):
    truth = noise(4, 20, 20)
    truth[3] = np.random.default_rng(5).choice([0, 1, 255], (20, 20))
    source = open_raster(write("a.tif", truth, colours=("red", "green", "blue", "alpha")))
    assert [b.role for b in source.bands] == ["red", "green", "blue"]
    image = source.read(Window(0, 0, 20, 20))
    np.testing.assert_array_equal(image.valid, truth[3] != 0)
    assert image.pixels.shape[0] == 3


def test_gray_with_alpha(backend, write, noise):
    truth = noise(2, 9, 9)
    truth[1, :4] = 0
    image = open_raster(write("a.tif", truth, colours=("gray", "alpha"))).read(Window(0, 0, 9, 9))
    np.testing.assert_array_equal(image.valid, truth[1] != 0)


def test_a_mask_band_is_used(backend, write, noise):
    mask = np.random.default_rng(2).random((20, 20)) > 0.3
    image = open_raster(write("a.tif", noise(3, 20, 20), mask=mask)).read(Window(0, 0, 20, 20))
    np.testing.assert_array_equal(image.valid, mask)


def test_a_palette_becomes_rgb_and_its_transparent_entries_invalid(backend, write):
    index = np.array([[[0, 1], [2, 3]]], np.uint8)
    palette = {0: (10, 20, 30, 255), 1: (40, 50, 60, 255), 2: (70, 80, 90, 255), 3: (1, 2, 3, 255)}
    source = open_raster(write("a.tif", index, palette=palette, nodata=3))
    image = source.read(Window(0, 0, 2, 2))
    assert [b.role for b in source.bands] == ["red", "green", "blue"]
    np.testing.assert_array_equal(image.pixels[:, 0, 1], (40, 50, 60))
    np.testing.assert_array_equal(image.valid, [[True, True], [True, False]])


def test_one_bit_pixels(backend, write):
    truth = (np.random.default_rng(0).random((1, 33, 33)) > 0.5).astype(np.uint8)
    image = open_raster(write("a.tif", truth, nbits=1)).read(Window(0, 0, 33, 33))
    # GDAL gives such files a palette of black and white.
    np.testing.assert_array_equal(image.pixels, np.repeat(truth * 255, 3, axis=0))


def test_thirteen_bands_with_names_give_red_green_blue(backend, write, noise):
    truth = noise(13, 6, 6, "uint16")
    names = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12"]
    source = open_raster(write("a.tif", truth, names=names))
    assert [(b.number, b.role) for b in source.bands] == [(4, "red"), (3, "green"), (2, "blue")]
    np.testing.assert_array_equal(source.read(Window(0, 0, 6, 6)).pixels, truth[[3, 2, 1]])


def test_blue_green_red_files_are_read_in_the_order_of_their_colours(backend, write, noise):
    truth = noise(3, 6, 6)
    source = open_raster(write("a.tif", truth, colours=("blue", "green", "red")))
    np.testing.assert_array_equal(source.read(Window(0, 0, 6, 6)).pixels, truth[::-1])


def test_chosen_roles_win(backend, write, noise):
    truth = noise(4, 6, 6)
    source = open_raster(write("a.tif", truth), band_roles=[(4, "red"), (1, "green"), (2, "blue")])
    np.testing.assert_array_equal(source.read(Window(0, 0, 6, 6)).pixels, truth[[3, 0, 1]])
    assert source.fingerprint() != open_raster(source.path).fingerprint()


def test_two_bands_without_names_are_gray(backend, write, noise):
    source = open_raster(write("a.tif", noise(2, 6, 6)))
    assert [(b.number, b.role) for b in source.bands] == [(1, "gray")]


def test_complex_pixels_are_refused(backend, write):
    path = write("a.tif", np.ones((1, 4, 4), np.complex64))
    with pytest.raises(UnsupportedPixels, match="complex"):
        open_raster(path)


def test_coarser_reads_average(backend, write, noise):
    truth = noise(3, 64, 96, "uint16")
    image = open_raster(write("a.tif", truth)).read(Window(0, 0, 96, 64), (16, 24))
    mean = truth.reshape(3, 16, 4, 24, 4).mean(axis=(2, 4))
    np.testing.assert_array_equal(image.pixels, np.floor(mean + 0.5))
    assert image.grid.affine.a == pytest.approx(0.4)


def test_coarser_reads_by_a_fraction_keep_the_mean(backend, write, noise):
    truth = noise(1, 100, 130, "float64")
    image = open_raster(write("a.tif", truth)).read(Window(10, 10, 110, 70), (33, 47))
    assert image.pixels.mean() == pytest.approx(truth[0, 10:80, 10:120].mean(), rel=1e-12)


def test_nodata_does_not_bleed_into_averages(backend, write):
    truth = np.full((1, 64, 64), 100, np.uint8)
    truth[:, :, 30:] = 0
    image = open_raster(write("a.tif", truth, nodata=0)).read(Window(0, 0, 64, 64), (16, 16))
    assert set(np.unique(image.pixels[0][image.valid])) == {100}
    np.testing.assert_array_equal(image.valid[0], np.arange(16) < 8)  # column 7 is half valid: 28, 29 of 28…31


def test_overviews_are_used_when_reading_coarser(backend, write, tmp_path):
    path = write("a.tif", np.full((1, 512, 512), 10, np.uint8), overviews=[2, 4], tiled=True)
    other = write("b.tif", np.full((1, 128, 128), 99, np.uint8))
    # An overview that differs from its raster shows who was read.
    with rasterio.open(path, "r+", overview_level=1) as overview, rasterio.open(other) as marked:
        overview.write(marked.read())
    source = open_raster(path)
    assert source.read(Window(0, 0, 512, 512), (128, 128)).pixels.mean() == 99
    assert source.read(Window(0, 0, 512, 512), (512, 512)).pixels.mean() == 10


def test_finer_reads_do_not_depend_on_the_window(backend, write, noise):
    source = open_raster(write("a.tif", noise(3, 40, 40)))
    whole = source.read(Window(0, 0, 40, 40), (100, 100)).pixels
    part = source.read(Window(10, 20, 20, 10), (25, 50)).pixels
    np.testing.assert_array_equal(part, whole[:, 50:75, 25:75])


@pytest.mark.parametrize(
    "affine",
    [
        Affine.translation(500000, 5000000) * Affine.rotation(37) * Affine.scale(0.1, -0.1),
        Affine(0.1, 0, 500000, 0, 0.1, 5000000),
        Affine(0.1, 0, 500000, 0, -0.2, 5000000),
    ],
    ids=["rotated", "south-up", "non-square"],
)
def test_the_true_geotransform_is_kept(backend, write, noise, affine):
    truth = noise(1, 12, 15)
    source = open_raster(write("a.tif", truth, affine=affine))
    np.testing.assert_allclose(tuple(source.grid.affine), tuple(affine), rtol=1e-14)
    np.testing.assert_array_equal(source.read(source.grid.window).pixels, truth)


def test_without_georeference_the_frame_is_that_of_qgis(backend, write, noise):
    source = open_raster(write("a.tif", noise(1, 10, 20), affine=None, crs=None))
    assert source.grid.extent == (0, -10, 20, 0)
    assert source.grid.crs_wkt == "" and source.gsd is None
    assert open_raster(source.path, gsd=0.5).gsd == 0.5


def test_a_crs_can_be_given(backend, write, noise):
    path = write("a.tif", noise(1, 10, 20), crs=None)
    assert open_raster(path).grid.crs_wkt == ""
    assert open_raster(path, crs_wkt="EPSG:32632").gsd == pytest.approx(0.1, rel=1e-3)


def test_cog_and_vrt(backend, write, noise, tmp_path):
    truth = noise(3, 600, 700)
    cog = write("cog.tif", truth, driver="COG")
    np.testing.assert_array_equal(open_raster(cog).read(Window(550, 500, 100, 90)).pixels, truth[:, 500:590, 550:650])
    vrt = tmp_path / "a.vrt"
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{n}"><SimpleSource><SourceFilename relativeToVRT="1">cog.tif'
        f"</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n in (1, 2, 3)
    )
    vrt.write_text(f'<VRTDataset rasterXSize="700" rasterYSize="600">{bands}</VRTDataset>')
    source = open_raster(str(vrt))
    before = source.fingerprint()
    np.testing.assert_array_equal(source.read(Window(0, 0, 50, 60)).pixels, truth[:, :60, :50])
    os.utime(cog, ns=(1, 1))
    assert source.fingerprint() != before, "a VRT's pixels are those of its files"


def test_the_fingerprint_follows_the_file_the_crs_and_nothing_else(backend, write, noise):
    path = write("a.tif", noise(1, 10, 10))
    first = open_raster(path).fingerprint()
    assert open_raster(path).fingerprint() == first
    assert open_raster(path, crs_wkt="EPSG:32633").fingerprint() != first
    os.utime(path, ns=(5, 5))
    assert open_raster(path).fingerprint() != first


@pytest.mark.parametrize(
    ("name", "tags", "expected"),
    [
        ("naip_20180704.tif", {}, ("2018-07-04", "file name")),
        ("scene_2019-08.tif", {}, ("2019-08", "file name")),
        ("m_3812243_ne_10_1_2016.tif", {}, ("2016", "file name")),
        ("OAM-386683-220234-19.tif", {}, None),
        ("a_20180704.tif", {"TIFFTAG_DATETIME": "2017:05:06 07:08:09"}, ("2017-05-06T07:08:09", "tags")),
        ("plain.tif", {}, None),
    ],
)
def test_time_comes_from_tags_then_from_the_name_and_never_from_the_file_system(
    backend, write, noise, name, tags, expected
):
    found = open_raster(write(name, noise(1, 4, 4), tags=tags)).time
    assert (found and (found.iso, found.basis)) == expected


def test_reading_prints_nothing(backend, write, noise, capfd):
    source = open_raster(write("a.tif", noise(3, 40, 40), affine=None, crs=None))
    source.read(source.grid.window)
    source.close()
    assert capfd.readouterr() == ("", "")


def test_both_backends_tell_the_same_facts(write, noise, monkeypatch):
    pytest.importorskip("osgeo")
    truth = noise(4, 300, 500, "int16")
    truth[:, 100:200, 100:300] = -7
    path = write("a.tif", truth, nodata=-7, overviews=[2, 4], names=("nir", "red", "green", "blue"))
    seen = []
    for name in ("osgeo", "rasterio"):
        monkeypatch.setenv("TERRALOGUE_GDAL", name)
        source = open_raster(path)
        images = [source.read(w, s) for w, s in ((Window(-9, 3, 300, 200), None), (source.grid.window, (75, 125)))]
        seen.append((source.grid.affine, source.bands, source.gsd, source.fingerprint()[:0], images))
    one, two = seen
    assert one[:2] == two[:2] and one[2] == pytest.approx(two[2], rel=1e-12)
    for a, b in zip(one[4], two[4]):
        np.testing.assert_array_equal(a.pixels, b.pixels)
        np.testing.assert_array_equal(a.valid, b.valid)

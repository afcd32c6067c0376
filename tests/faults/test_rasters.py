"""Bad rasters, from the file to the answer: a typed error or an honest sentence, never a figure made of missing pixels."""

import sys
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

sys.path.append(str(Path(__file__).resolve().parents[1] / "models" / "words"))

osgeo_gdal = pytest.importorskip("osgeo.gdal", reason="GDAL's own bindings write the rasters (apt: python3-gdal)")

from answered import Answer, mismatches, unfounded  # noqa: E402
from fakes import COLOURS, ColourNano, paint, town  # noqa: E402

from terralogue.models.assistant import Assistant  # noqa: E402
from terralogue.models.cancel import CancelToken  # noqa: E402
from terralogue.models.conversation import Question, View  # noqa: E402
from terralogue.models.engine import Engine  # noqa: E402
from terralogue.models.errors import (  # noqa: E402
    CrsMissing,
    DatesDisjoint,
    NothingToAnalyse,
    RasterUnreadable,
    UnsupportedPixels,
)
from terralogue.models.experts.segment import SegmentRequest, run  # noqa: E402
from terralogue.models.imagery.gdal_backends import gdal  # noqa: E402
from terralogue.models.imagery.opening import open_raster  # noqa: E402

UTM = Affine(0.5, 0, 500000, 0, -0.5, 5_000_000)
TYPES = {"uint8": "GDT_Byte", "uint16": "GDT_UInt16", "int16": "GDT_Int16", "float32": "GDT_Float32", "complex64": "GDT_CFloat32"}


class BrightNano(ColourNano):
    """Bright is building, dark is low vegetation: what is left of a scene in every dtype."""

    def see(self, rgb, gsd, cancel=None):
        seen = super().see(rgb, gsd, cancel)
        seen.cover[:] = 0
        bright = rgb.mean(axis=1) > 0.5
        seen.cover[:, 0], seen.cover[:, 3] = bright, ~bright
        return seen


@pytest.fixture
def nano():
    return ColourNano()


@pytest.fixture
def engine(tmp_path, nano, monkeypatch):
    monkeypatch.setenv("TERRALOGUE_GDAL", "osgeo")
    built = Engine(tmp_path, tmp_path / "cache", nano)
    yield built
    built.close()
    assert not list((tmp_path / "cache").iterdir())


@pytest.fixture
def write(tmp_path):
    """``write(name, pixels (bands, H, W), affine=, crs=, nodata=, palette=, options=)`` → path."""

    def make(name, pixels, affine=UTM, crs="EPSG:32632", nodata=None, palette=None, options=()):
        path = str(tmp_path / name)
        kind = getattr(osgeo_gdal, TYPES[str(pixels.dtype)])
        count, height, width = pixels.shape
        file = osgeo_gdal.GetDriverByName("GTiff").Create(path, width, height, count, kind, list(options))
        if affine is not None:
            file.SetGeoTransform(affine.to_gdal())
        if crs:
            file.SetProjection(gdal().wkt(crs) if crs.startswith("EPSG") else crs)
        for number, plane in enumerate(pixels, 1):
            band = file.GetRasterBand(number)
            if palette:
                table = osgeo_gdal.ColorTable()
                for index, colour in palette.items():
                    table.SetColorEntry(index, colour)
                band.SetColorTable(table)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            band.WriteArray(plane)
        file = None  # closed: written
        return path

    return make


def ask(engine, text, *paths):
    views = tuple(View(open_raster(path)) for path in paths)
    answer = Answer(list(Assistant(engine).ask(Question(text, views), CancelToken())))
    assert mismatches(answer.facts) == [] and unfounded(answer.text, answer.facts) == []
    return answer


def houses(engine, path):
    return run(SegmentRequest(View(open_raster(path)), "buildings"), engine).features.features


def test_without_a_crs_sizes_are_pixels_and_no_polygon_has_an_area(engine, write):
    answer = ask(engine, "How many buildings are there?", write("a.tif", town(), crs=None))
    assert "I cannot count buildings" in answer.text and "no scale" in answer.text
    assert len(answer.features) == 12 and {f.area_m2 for f in answer.features} == {None}
    assert answer.found.crs_wkt == ""


@pytest.mark.parametrize("crs", [
    'LOCAL_CS["site",UNIT["metre",1]]',
    'ENGCRS["x",EDATUM["x"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["m",1]]',
])
def test_a_crs_of_nowhere_on_earth_gives_no_area(engine, write, crs):
    answer = ask(engine, "How large is the lake?", write("a.tif", town(), crs=crs))
    assert "pixels" in answer.text and "m²" not in answer.text
    assert {f.area_m2 for f in answer.features} == {None}


def test_a_broken_crs_is_none(engine, write, tmp_path):
    path = write("a.tif", town())
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{n}"><SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename>'
        f"<SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>" for n in (1, 2, 3)
    )
    vrt = tmp_path / "a.vrt"
    vrt.write_text(
        f'<VRTDataset rasterXSize="400" rasterYSize="300"><SRS>PROJCS["nonsense"</SRS>'
        f"<GeoTransform>500000, 0.5, 0, 5000000, 0, -0.5</GeoTransform>{bands}</VRTDataset>"
    )
    answer = ask(engine, "How many buildings are there?", str(vrt))
    assert "no scale" in answer.text and len(answer.features) == 12
    with pytest.raises(CrsMissing):
        ask(engine, "What changed?", path, str(vrt))


def test_dates_of_which_one_has_no_crs_are_refused_by_name(engine, write):
    one, two = write("a.tif", town()), write("b.tif", town(), crs=None)
    for paths in ((one, two), (two, one)):
        with pytest.raises(CrsMissing) as raised:
            ask(engine, "What changed?", *paths)
        assert raised.value.name == "b.tif"


def test_dates_that_do_not_meet_are_refused_with_both_extents(engine, write):
    far = write("b.tif", town(), affine=UTM * Affine.translation(5000, 0))
    with pytest.raises(DatesDisjoint) as raised:
        ask(engine, "What changed?", write("a.tif", town()), far)
    assert raised.value.before == (500000, 4999850, 500200, 5000000)
    assert raised.value.after == (502500, 4999850, 502700, 5000000)


@pytest.mark.parametrize(("dtype", "nodata"), [("uint8", 0), ("uint16", 65535), ("float32", float("nan")), ("float32", -9999.0)])
def test_all_nodata_is_nothing_to_analyse(engine, write, nano, dtype, nodata):
    path = write("a.tif", np.full((3, 60, 60), nodata, dtype), nodata=nodata)
    with pytest.raises(NothingToAnalyse):
        ask(engine, "What is here?", path)
    with pytest.raises(NothingToAnalyse):
        ask(engine, "What changed?", write("b.tif", town()[:, :60, :60]), path)
    assert nano.calls == 0


def test_nan_without_nodata_is_unknown_ground(engine, write):
    pixels = town().astype("float32")
    pixels[:, :, :200] = np.nan
    pixels[0, 0, 399] = np.inf
    answer = ask(engine, "How much of the area is covered by water?", write("a.tif", pixels))
    assert "50 % of the region is not known at all" in answer.text
    assert answer.facts["valid"]["pixels"] == 300 * 200 - 1
    assert sum(cover["pixels"] for cover in answer.facts["covers"].values()) <= 300 * 200


def truncated(path, share):
    size = Path(path).stat().st_size
    with open(path, "r+b") as file:
        file.truncate(int(size * share))
    return path


def test_a_truncated_file_that_opens_is_read_in_part_and_says_so(engine, write):
    path = truncated(write("a.tif", town(), options=("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64")), 0.6)
    source = open_raster(path)
    assert (source.grid.width, source.grid.height) == (400, 300), "GDAL opens it as whole"
    answer = ask(engine, "How many buildings are there?", path)
    unread = answer.facts["unreadable"]["share"]
    assert 0.2 < unread < 0.6 and "of the region could not be read" in answer.text
    assert answer.facts["valid"]["share"] <= 1 - unread + 1e-9
    assert answer.facts["covers"]["water"]["pixels"] == 0, "the lake lies where the file ends"


@pytest.mark.parametrize("order", [0, 1])
def test_a_truncated_date_is_never_called_unchanged(engine, write, order):
    options = ("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64")
    paths = [write("a.tif", town(), options=options), truncated(write("b.tif", town(), options=options), 0.6)]
    answer = ask(engine, "Did anything change?", *(paths[::-1] if order else paths))
    assert "of the region that could be compared" in answer.text and "could not be read" in answer.text
    assert answer.facts["changed"]["pixels"] == 0 and answer.facts["valid"]["share"] < 0.8


def test_a_file_of_which_nothing_can_be_read_is_unreadable(engine, write):
    path = write("a.tif", town(), options=("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"))
    with open(path, "r+b") as file:
        header = file.read(8)
        offset = int.from_bytes(header[4:8], "little")
    # The directory stays, every block is gone.
    damaged = bytearray(Path(path).read_bytes())
    if offset < 4096:
        damaged = damaged[:4096]
    Path(path).write_bytes(bytes(damaged))
    with pytest.raises(RasterUnreadable) as raised:
        ask(engine, "What is here?", path)
    assert raised.value.name == "a.tif"


@pytest.mark.parametrize("content", [b"", b"this is no raster", b"II*\x00\x08\x00\x00\x00"])
def test_files_that_are_no_rasters_are_refused_by_name_without_their_folder(engine, tmp_path, content):
    path = tmp_path / "a.tif"
    path.write_bytes(content)
    with pytest.raises(RasterUnreadable) as raised:
        ask(engine, "What is here?", str(path))
    assert raised.value.name == "a.tif" and str(tmp_path) not in str(raised.value)


def test_complex_pixels_are_no_image(engine, write):
    with pytest.raises(UnsupportedPixels):
        ask(engine, "What is here?", write("a.tif", np.ones((1, 9, 9), np.complex64)))


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (5, 7)])
def test_the_smallest_rasters_are_answered(engine, write, shape):
    pixels = np.broadcast_to(COLOURS[5][:, None, None], (3, *shape)).copy()
    path = write("a.tif", pixels)
    answer = ask(engine, "What is here?", path)
    assert answer.facts["valid"]["pixels"] == shape[0] * shape[1]
    assert sum(f.pixels for f in houses(engine, path)) == 0
    again = ask(engine, "What changed?", path, path)
    assert again.facts["changed"]["pixels"] == 0


@pytest.fixture
def bright(tmp_path, monkeypatch):
    """An engine whose model sees bright things."""
    monkeypatch.setenv("TERRALOGUE_GDAL", "osgeo")
    built = Engine(tmp_path, tmp_path / "bright", BrightNano())
    yield built
    built.close()


@pytest.mark.parametrize(("dtype", "nodata"), [
    ("uint8", 0), ("uint16", 65535), ("int16", -9999), ("float32", float("nan")), ("float32", -3.4028234663852886e38),
])
def test_every_dtype_with_nodata_gives_the_mask_of_bytes(bright, write, dtype, nodata):
    content = np.full((3, 300, 400), 30.0)
    content[:, 100:140, 100:150] = 200
    content[:, 200:230, 300:320] = 200
    pixels = (content * (1 if dtype == "uint8" else 10)).astype(dtype)
    pixels[:, :, 380:] = nodata
    path = write("a.tif", pixels, nodata=nodata)
    assert [f.pixels for f in houses(bright, path)] == [2000, 600]
    facts = ask(bright, "How many buildings are there?", path).facts
    assert facts["unknown"]["pixels"] == 300 * 20 and facts["covers"]["building"]["pixels"] == 2600


def test_a_palette_is_seen_in_its_colours(engine, write):
    index = np.zeros((1, 300, 400), np.uint8)
    index[0, 100:120, 50:80] = 1
    index[0, 250:, :] = 2
    colours = {0: 3, 1: 0, 2: 5}
    palette = {entry: (*(int(v) for v in COLOURS[cover]), 255) for entry, cover in colours.items()}
    answer = ask(engine, "Outline the buildings and the water", write("a.tif", index, palette=palette))
    assert [(f.label, f.pixels) for f in answer.features] == [("building", 600), ("water", 50 * 400)]


@pytest.mark.parametrize("affine", [
    Affine.translation(500000, 5_000_000) * Affine.rotation(37) * Affine.scale(0.5, -0.5),
    Affine(0.5, 0, 500000, 0, 0.5, 4_999_850),
    Affine(0.5, 0, 500000, 0, -0.25, 5_000_000),
], ids=["rotated 37°", "south-up", "non-square"])
def test_the_true_geotransform_carries_every_polygon(engine, write, affine):
    pixels = town()
    path = write("a.tif", pixels, affine=affine)
    found = houses(engine, path)
    assert [f.pixels for f in found] == [320] * 12
    for house in found:
        x, y = house.rings[0][:-1].T
        area = abs(np.sum((x - x[0]) * np.roll(y - y[0], -1) - (y - y[0]) * np.roll(x - x[0], -1))) / 2
        assert area == pytest.approx(320 * abs(affine.determinant), rel=1e-6)
    corners = {tuple(np.round(~affine * tuple(point))) for house in found for point in house.rings[0]}
    assert (8.0, 8.0) in corners and (28.0, 24.0) in corners


def test_a_rotated_date_is_compared_only_where_both_have_pixels(engine, write):
    turned = UTM * Affine.translation(200, 150) * Affine.rotation(30) * Affine.translation(-200, -150)
    ground = np.broadcast_to(COLOURS[3][:, None, None], (3, 300, 400)).copy()
    answer = ask(engine, "Did anything change?", write("a.tif", ground), write("b.tif", ground, affine=turned))
    assert answer.facts["changed"]["pixels"] == 0
    assert 0.5 < answer.facts["valid"]["share"] < 0.95 and "that could be compared" in answer.text


def test_the_same_layer_twice_has_changed_nowhere_whatever_the_model_says(engine, nano, write):
    nano.compare = lambda before, after, cancel=None: np.full((len(before.cover), 7, 256, 256), 0.9, np.float32)
    path = write("a.tif", town())
    answer = ask(engine, "What changed?", path, path)
    assert answer.facts["changed"]["pixels"] == 0 and answer.features == ()
    changed = ask(engine, "What changed?", path, write("b.tif", paint(town(), "bare", (0, 300), (0, 400))))
    assert changed.facts["changed"]["pixels"] > 0, "the model would have called it changed"


def test_a_file_that_is_replaced_is_looked_at_again(engine, nano, write):
    path = write("a.tif", town())
    assert len(houses(engine, path)) == 12
    calls = nano.calls
    write("a.tif", paint(town(), "low vegetation", (0, 100), (0, 200)))
    assert houses(engine, path) == () and nano.calls > calls

"""What is found, in which order, where and when; and where the heat lies."""

import numpy as np
import pytest
from colour_embedder import Colours

from terralogue.models.conversation import Region
from terralogue.models.errors import IndexEmpty, IndexForAnotherModel, QuestionUnclear
from terralogue.models.imagery.gdal_source import GdalSource
from terralogue.models.imagery.geodesy import transform_points
from terralogue.models.imagery.opening import open_raster
from terralogue.models.retrieval import searching
from terralogue.models.retrieval.building import build
from terralogue.models.retrieval.geometry import inside
from terralogue.models.retrieval.heat import heat_of
from terralogue.models.retrieval.index import TileIndex
from terralogue.models.retrieval.inputs import rasters_of
from terralogue.models.retrieval.ranking import Wanted
from terralogue.models.retrieval.searching import Query, Search

RED, BLUE, WHITE = (250, 20, 20), (20, 20, 250), (250, 250, 250)


@pytest.fixture
def search(tmp_path):
    """``search(*paths)`` → an open :class:`Search` over them."""
    opened = []

    def make(*paths, embedder=None):
        embedder = embedder or Colours()
        index = TileIndex.create(tmp_path / f"index{len(opened)}", embedder)
        build(index, rasters_of(paths), embedder)
        opened.append(Search(index, embedder))
        return opened[-1]

    yield make
    for one in opened:
        one.index.close()


def square(west, south, east, north) -> Region:
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)], float)
    return Region(((corners,),))


def there(x0, y0, x1, y1) -> Region:
    """A box in EPSG:32632 as a region of longitudes and latitudes."""
    ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], float)
    return Region(((transform_points(ring, "EPSG:32632", "EPSG:4326"),),))


def test_words_find_the_place_that_looks_like_them(search, field):
    found = search(field("a.tif", 1000, 1000, [(RED, 512, 256, 256), (BLUE, 0, 700, 256)])).find(Query("red"))
    assert (found[0].window.row, found[0].window.col) == (512, 256)
    assert [place.score for place in found] == sorted((place.score for place in found), reverse=True)


def test_no_two_finds_show_the_same_ground(search, field):
    found = search(field("a.tif", 1000, 1000, [(RED, 200, 200, 500)])).find(Query("red"), 50)
    for number, one in enumerate(found):
        for other in found[:number]:
            shared = one.window.intersection(other.window)
            smaller = min(one.window.width * one.window.height, other.window.width * other.window.height)
            assert shared.width * shared.height <= searching.SAME * smaller


def test_searching_runs_no_encoder_of_pictures(search, field):
    one = search(field("a.tif", 600, 600, [(RED, 0, 0, 256)]))
    before = one.embedder.seen
    one.find(Query("red"))
    one.find(Query("blue"))
    one.scores(Query("red"), one.records[1].id)
    assert one.embedder.seen == before


def test_what_is_to_be_absent_pushes_a_place_back(search, field):
    paths = [field("red.tif", 64, 64, [(RED, 0, 0, 64)]), field("both.tif", 64, 64, [(RED, 0, 0, 64), (BLUE, 0, 0, 40)])]
    found = search(*paths).find(Query("red without blue"))
    assert [place.raster.name for place in found] == ["red.tif", "both.tif"]
    assert search(*paths).find(Query("anywhere without blue land"))


def test_absence_with_a_calibrated_tower_is_a_product_of_probabilities():
    vectors = np.eye(3, dtype=np.float32)
    wanted = Wanted(vectors[0], vectors[1], 4.0, -1.0)
    chance = lambda cosine: 1 / (1 + np.exp(-(4 * cosine - 1)))
    expected = [chance(1) * (1 - chance(0)), chance(0) * (1 - chance(1)), chance(0) * (1 - chance(0))]
    assert np.allclose(wanted.scores(vectors), expected)


@pytest.mark.parametrize("words", ["", "   ", "?!"])
def test_a_query_of_nothing_is_asked_back(search, field, words):
    with pytest.raises(QuestionUnclear):
        search(field("a.tif", 64, 64)).find(Query(words))


def test_a_region_narrows_the_search(search, field):
    path = field("a.tif", 1000, 1000, [(RED, 0, 0, 256), (RED, 744, 744, 256)])
    found = search(path).find(Query("red", region=there(500500, 4999000, 501000, 4999500)), 1)
    assert found[0].window.col >= 500


def test_a_region_smaller_than_a_tile_finds_the_tile_around_it(search, field):
    found = search(field("a.tif", 600, 600)).find(Query("green", region=there(500200, 4999790, 500201, 4999791)))
    assert all(p.window.col <= 200 <= p.window.col + p.window.width for p in found)


def test_a_region_elsewhere_is_empty_and_said_so(search, field):
    with pytest.raises(IndexEmpty):
        search(field("a.tif", 300, 300)).find(Query("red", region=square(-50, -50, -49, -49)))


@pytest.mark.parametrize("since, until, wanted", [
    ("", "", {"a_20190501.tif", "b_20210501.tif", "c.tif"}), ("2020", "", {"b_20210501.tif"}),
    ("", "2020", {"a_20190501.tif"}), ("2019-05-01", "2019-05-01", {"a_20190501.tif"}),
    ("2019", "2021-05", {"a_20190501.tif", "b_20210501.tif"})])
def test_a_span_of_time_narrows_the_search(search, field, since, until, wanted):
    paths = [field(name, 64, 64) for name in ("a_20190501.tif", "b_20210501.tif", "c.tif")]
    assert {p.raster.name for p in search(*paths).find(Query("green", since=since, until=until))} == wanted


def test_an_example_finds_its_like_and_not_itself(search, field):
    one = search(field("a.tif", 1000, 1000, [(RED, 0, 0, 256), (RED, 512, 512, 256)]))
    first = one.find(Query("red"), 1)[0]
    example = one.vectors_of([first.tile])[0]
    second = one.find(Query(picture=example, apart=(first.raster.id, first.window)), 1)[0]
    assert {(p.window.row, p.window.col) for p in (first, second)} == {(0, 0), (512, 512)}


def test_likes_and_dislikes_move_the_search(search, field):
    paths = [field(f"{name}.tif", 64, 64, [(colour, 0, 0, 64)])
             for name, colour in (("red", RED), ("pink", (250, 120, 120)), ("blue", BLUE), ("sky", (120, 120, 250)))]
    one = search(*paths)
    ids = {place.raster.name: place.tile for place in one.find(Query("white"))}
    liked = one.find(Query("white", liked=(ids["blue.tif"],), disliked=(ids["red.tif"],)))
    assert {place.raster.name for place in liked[:2]} == {"blue.tif", "sky.tif"}
    other = one.find(Query("white", liked=(ids["red.tif"],), disliked=(ids["blue.tif"],)))
    assert {place.raster.name for place in other[:2]} == {"red.tif", "pink.tif"}


def test_tiles_liked_that_are_gone_are_no_error(search, field):
    assert search(field("a.tif", 64, 64)).find(Query("green", liked=(999, -1)))


def test_another_embedder_is_refused(search, field):
    one = search(field("a.tif", 64, 64))
    other = Colours()
    other.digest = "sha256:other"
    with pytest.raises(IndexForAnotherModel):
        Search(one.index, other)


def test_an_index_of_nothing_is_said_to_be_empty(tmp_path):
    with TileIndex.create(tmp_path / "none", Colours()) as index, pytest.raises(IndexEmpty):
        Search(index, Colours())


def test_a_damaged_vector_does_not_come_first(search, field):
    one = search(field("a.tif", 600, 600, [(RED, 0, 0, 256)]))
    row = int(one.ids[-1]) - 1
    with open(one.index.vectors.path, "r+b") as file:
        file.seek(128 + row * Colours.dim * 2)
        file.write(np.full(Colours.dim, np.nan, np.float16).tobytes())
    again = Search(one.index, one.embedder)
    assert np.isfinite([place.score for place in again.find(Query("red"))]).all()


def test_the_index_tells_when_it_was_added_to(search, field):
    one = search(field("a.tif", 64, 64))
    assert one.current
    build(one.index, rasters_of([field("b.tif", 64, 64)]), one.embedder)
    assert not one.current


@pytest.mark.parametrize("bound", ["EXACT_TILES", "EXACT_BYTES"])
def test_beyond_the_limit_the_same_is_found_from_the_disk(search, field, monkeypatch, bound):
    path = field("a.tif", 1000, 1000, [(RED, 512, 256, 256)])
    wanted = [place.tile for place in search(path).find(Query("red"))]
    monkeypatch.setattr(searching, bound, 3)
    monkeypatch.setattr(searching, "usable", lambda: False)
    monkeypatch.setattr(searching, "_ROWS", 7)
    assert [place.tile for place in search(path).find(Query("red"))] == wanted


def test_the_outline_of_a_find_is_the_raster_s_own(search, field):
    path = field("a.tif", 600, 600, [(RED, 256, 0, 256)])
    place = search(path).find(Query("red"), 1)[0]
    source = open_raster(path)
    assert isinstance(source, GdalSource)
    ring = np.array([source.grid.affine * corner for corner in ((0, 256), (256, 256), (256, 512), (0, 512), (0, 256))])
    assert np.allclose(place.ring, ring)


def test_heat_is_the_mean_of_the_windows_over_each_place(search, field):
    one = search(field("a.tif", 700, 900, [(RED, 400, 500, 200)]))
    raster = one.records[1]
    windows, scores = one.scores(Query("red"), raster.id)
    heat = heat_of(raster.grid, windows, scores)
    high, wide = heat.mean.shape
    rng = np.random.default_rng(1)
    for _ in range(50):
        row, col = int(rng.integers(high)), int(rng.integers(wide))
        x, y = (col + 0.5) * 900 / wide, (row + 0.5) * 700 / high
        edge = 900 / wide
        covering = [score for (c, r, w, h), score in zip(windows, scores) if c <= x < c + w and r <= y < r + h]
        near = any(min(abs(x - c), abs(x - c - w), abs(y - r), abs(y - r - h)) < edge for c, r, w, h in windows)
        if not near:
            assert heat.mean[row, col] == pytest.approx(np.mean(covering), abs=1e-5)
    x, y = heat.peak()
    assert 500500 <= x <= 500700 and 4999400 <= y <= 4999600


def test_heat_is_written_where_it_belongs(search, field, tmp_path):
    one = search(field("a.tif", 700, 900, [(RED, 400, 500, 200)]))
    raster = one.records[1]
    heat = heat_of(raster.grid, *one.scores(Query("red"), raster.id))
    path = heat.write(str(tmp_path / "heat.tif"), {"model": "Colours"})
    source = open_raster(path)
    assert np.allclose(source.grid.extent, raster.grid.extent)
    values = source.read(source.grid.window).pixels[0]
    assert values.min() == 0 and values.max() == 254
    assert sorted(p.name for p in tmp_path.glob("heat*")) == ["heat.tif"]


def test_flat_heat_is_no_error():
    from affine import Affine

    from terralogue.models.imagery.grid import Grid

    grid = Grid(64, 64, Affine(1, 0, 0, 0, -1, 0), "")
    heat = heat_of(grid, np.array([[0, 0, 64, 64]]), np.array([0.3], np.float32))
    assert (heat.relative == 0).all() and heat.peak() == (32, -32)


def test_holes_of_a_region_are_outside():
    shell, hole = (square(*box).polygons[0][0] for box in ((0, 0, 10, 10), (4, 4, 6, 6)))
    region = Region(((shell, hole),))
    assert inside(square(1, 1, 2, 2).polygons[0][0], region)
    assert not inside(square(8, 20, 9, 21).polygons[0][0], region)
    assert not inside(square(4.4, 4.4, 4.6, 4.6).polygons[0][0], region)

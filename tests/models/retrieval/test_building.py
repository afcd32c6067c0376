"""An index is complete, survives a kill at any moment, and looks again only at what changed."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest
from colour_embedder import Colours

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import (
    Cancelled,
    IndexBusy,
    IndexForAnotherModel,
    IndexUnreadable,
    NothingToAnalyse,
    RasterUnreadable,
    StorageFull,
)
from terralogue.models.retrieval import index as index_module
from terralogue.models.retrieval.building import build, estimate
from terralogue.models.retrieval.index import TileIndex
from terralogue.models.retrieval.inputs import again, rasters_of
from terralogue.models.retrieval.tiling import windows


@pytest.fixture
def made(tmp_path):
    """``made(paths)`` → an index of them, an embedder and the report."""

    def make(paths, embedder=None, name="index"):
        embedder = embedder or Colours()
        folder = tmp_path / name
        there = (folder / index_module.FILE).exists()
        index = TileIndex.open(folder, embedder) if there else TileIndex.create(folder, embedder)
        return index, embedder, build(index, rasters_of(paths), embedder)

    return make


def content(index):
    """What an index says, without the numbers of its rows."""
    rows = index.tiles()
    vectors = index.vectors.read(rows[:, 0] - 1)
    return sorted((*map(int, row[2:]), *np.round(vector, 3).tolist()) for row, vector in zip(rows, vectors))


def test_every_window_of_every_raster_is_in_it(made, field):
    paths = [field("a.tif", 700, 900), field("b.tif", 300, 300)]
    index, embedder, report = made(paths)
    planned = sum(len(windows(record.grid, record.gsd)) for record in index.records())
    assert planned == len(index.tiles()) == report.encoded == embedder.seen
    assert all(record.finished and record.looked == record.planned for record in index.records())


def test_the_vectors_are_those_of_the_tiles(made, field):
    index, _, _ = made([field("a.tif", 600, 600, [((255, 0, 0), 0, 0, 256)])])
    rows = index.tiles()
    vectors = index.vectors.read(rows[:, 0] - 1)
    redness = {tuple(row[2:]): vector[0] for row, vector in zip(rows.tolist(), vectors)}
    assert max(redness, key=redness.get) == (0, 0, 256, 256)


def test_the_npy_can_be_read_by_anybody(made, field):
    index, _, _ = made([field("a.tif", 300, 300)])
    read = np.load(index.vectors.path, allow_pickle=False)
    assert read.shape == (index.vectors.rows, Colours.dim) and read.dtype == np.float16
    assert np.array_equal(read.astype(np.float32), index.vectors.read())


def test_a_second_run_reads_no_tile(made, field):
    paths = [field("a.tif", 700, 700)]
    made(paths)
    _, embedder, report = made(paths)
    assert embedder.seen == 0 and report.kept == 1


def test_images_go_through_the_model_in_whole_batches_across_files(made, field):
    paths = [field(f"{number:02}.tif", 64, 64) for number in range(40)]
    _, embedder, _ = made(paths)
    assert embedder.batches == [8, 8, 8, 8, 8]


def test_what_a_stop_left_is_gone_on_with(made, field, tmp_path):
    path = field("a.tif", 1000, 1000)
    whole, _, _ = made([path], name="whole")
    index = TileIndex.create(tmp_path / "stopped", Colours())
    with pytest.raises(Cancelled) as stopped:
        build(index, rasters_of([path]), Colours(cancel_after=32), every=0)
    assert stopped.value.kept
    left = len(index.tiles())
    assert 0 < left < len(whole.tiles())
    second = Colours()
    build(index, rasters_of([path]), second, every=0)
    assert second.seen == len(whole.tiles()) - left
    assert content(index) == content(whole)


def test_a_kill_costs_seconds_not_the_index(made, field, tmp_path):
    path = field("a.tif", 1100, 1100)
    folder = tmp_path / "killed"
    script = textwrap.dedent(f"""
        import sys, time
        sys.path[:0] = {[os.path.dirname(__file__), *sys.path]!r}
        from pathlib import Path
        from colour_embedder import Colours
        from terralogue.models.retrieval.building import build
        from terralogue.models.retrieval.index import TileIndex
        from terralogue.models.retrieval.inputs import rasters_of
        class Slow(Colours):
            def pictures(self, *given):
                time.sleep(0.03)
                return super().pictures(*given)
        index = TileIndex.create(Path({str(folder)!r}), Slow())
        print("begun", flush=True)
        build(index, rasters_of([{path!r}]), Slow(), every=0)
    """)
    whole, _, _ = made([path], name="whole")
    for attempt in range(4):
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ})
        child.stdout.readline()
        time.sleep(0.05 + 0.1 * attempt)
        child.send_signal(signal.SIGKILL)
        child.wait()
        index = TileIndex.open(folder, Colours())
        rows = index.tiles()
        assert index.vectors.whole and len(rows) == len({tuple(row[1:]) for row in rows.tolist()})
        build(index, rasters_of([path]), Colours())
        assert content(index) == content(whole)
        index.close()
        for file in folder.iterdir():
            file.unlink()


def test_of_a_raster_that_changed_only_the_changed_tiles_are_looked_at(made, field):
    path = field("a.tif", 1000, 1000)
    index, _, first = made([path])
    index.close()
    import rasterio

    with rasterio.open(path, "r+") as raster:
        pixels = raster.read()
        pixels[:, :64, :64] = 200
        raster.write(pixels)
    os.utime(path, (1, 1))
    index, embedder, report = made([path])
    assert 0 < embedder.seen < first.encoded / 2
    assert report.reused == first.encoded - embedder.seen
    assert len(index.tiles()) == first.encoded
    fresh, _, _ = made([path], name="fresh")
    assert content(index) == content(fresh)


def test_a_raster_that_moved_is_known_again(made, field, tmp_path):
    path = field("old/a.tif", 600, 600)
    index, _, first = made([path])
    index.close()
    (tmp_path / "new").mkdir()
    os.rename(path, tmp_path / "new" / "a.tif")
    index, embedder, report = made([str(tmp_path / "new" / "a.tif")])
    assert embedder.seen == 0 and report.reused == first.encoded
    assert [record.path for record in index.records()] == [str(tmp_path / "new" / "a.tif")]


def test_another_raster_under_the_name_of_one_that_is_gone_keeps_no_tile_of_it(made, field, tmp_path):
    path = field("old/a.tif", 600, 600)
    index, _, _ = made([path])
    index.close()
    os.remove(path)
    other = field("new/a.tif", 600, 600, [((250, 10, 10), 0, 0, 600)])
    index, embedder, report = made([other])
    assert report.reused == 0 and embedder.seen == len(index.tiles())


def test_one_unreadable_file_does_not_stop_the_others(made, field, tmp_path):
    good = field("good.tif", 300, 300)
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"this is no image")
    index, _, report = made([good, str(bad)])
    assert list(report.refused) == ["bad.tif"] and report.rasters == 1
    assert [record.name for record in index.records()] == ["good.tif"]


def test_nothing_but_unreadable_files_is_an_error(made, tmp_path):
    bad = tmp_path / "bad.tif"
    bad.write_bytes(b"")
    with pytest.raises(RasterUnreadable):
        made([str(bad)])


def test_a_raster_of_nothing_is_an_error(made, field):
    with pytest.raises(NothingToAnalyse):
        made([field("a.tif", 300, 300, [((0, 0, 0), 0, 0, 300)], nodata=0)])


def test_empty_tiles_are_left_out(made, field):
    index, embedder, report = made([field("a.tif", 512, 1024, [((0, 0, 0), 0, 0, 512)], nodata=0)])
    assert report.empty > 0 and len(index.tiles()) == embedder.seen == report.encoded
    assert all(row[2] + row[4] > 512 for row in index.tiles().tolist())


def test_an_image_without_a_place_is_indexed_all_the_same(made, field):
    index, _, _ = made([field("a.tif", 300, 300, crs=None, transform=None)])
    assert index.rings(index.tiles()[:, 0]) == [None] * len(index.tiles())


def test_the_outlines_lie_where_the_tiles_do(made, field):
    from terralogue.models.imagery.geodesy import transform_points

    index, _, _ = made([field("a.tif", 300, 300)])
    rows = index.tiles()
    for row, ring in zip(rows.tolist(), index.rings(rows[:, 0])):
        there = transform_points(ring, "EPSG:4326", "EPSG:32632")
        wanted = 500000 + row[2], 5000000 - row[3]
        assert np.allclose(there[0], wanted, atol=1e-3)


def test_other_programs_read_the_geopackage(made, field):
    gdal = pytest.importorskip("osgeo.ogr")
    index, _, _ = made([field("a.tif", 700, 700)])
    count = len(index.tiles())
    index.close()
    layer = (source := gdal.Open(str(index.folder / index_module.FILE))).GetLayerByName("tiles")
    assert layer.GetFeatureCount() == count and layer.GetSpatialRef().GetAuthorityCode(None) == "4326"
    west, east, south, north = layer.GetExtent()
    layer.SetSpatialFilterRect(west - 1, south - 1, west + (east - west) / 100, north + 1)
    assert 0 < layer.GetFeatureCount() < count
    assert source is not None


def test_two_builders_do_not_write_at_once(made, field):
    index, embedder, _ = made([field("a.tif", 300, 300)])
    other = TileIndex.open(index.folder)
    other.take()
    with pytest.raises(IndexBusy):
        build(index, rasters_of([]), embedder)
    other.close()
    build(index, rasters_of([]), embedder)


def test_an_index_of_another_model_is_not_mixed_up(made, field):
    index, _, _ = made([field("a.tif", 300, 300)])
    other = Colours()
    other.digest = "sha256:other"
    with pytest.raises(IndexForAnotherModel):
        TileIndex.open(index.folder, other)


@pytest.mark.parametrize("damage", ["no vectors", "short vectors", "no database", "half a database", "text", "no table"])
def test_a_half_written_index_is_refused(made, field, damage):
    index, _, _ = made([field("a.tif", 700, 700)])
    index.close()
    vectors, database = index.vectors.path, index.folder / index_module.FILE
    if damage == "no vectors":
        vectors.unlink()
    elif damage == "short vectors":
        os.truncate(vectors, vectors.stat().st_size // 2)
    elif damage == "no database":
        database.unlink()
    elif damage == "half a database":
        os.truncate(database, database.stat().st_size // 2)
    elif damage == "text":
        database.write_text("this is no database, but long enough to be taken for one" * 9)
    else:
        with sqlite3.connect(database) as connection:
            connection.execute("DROP TABLE about")
    with pytest.raises(IndexUnreadable):
        TileIndex.open(index.folder).tiles()


def test_a_path_in_a_foreign_index_does_not_lead_out_of_its_folder(made, field):
    index, _, _ = made([field("a.tif", 300, 300)])
    index.close()
    with sqlite3.connect(index.folder / index_module.FILE) as connection:
        connection.execute("UPDATE about SET value = '../../secret.npy' WHERE key = 'vectors'")
    with pytest.raises(IndexUnreadable):
        TileIndex.open(index.folder)


def test_a_full_disk_leaves_the_index_as_it_was(made, field, monkeypatch):
    index, _, _ = made([field("a.tif", 300, 300)])
    before = content(index)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index.vectors, "append", full)
    with pytest.raises(StorageFull):
        build(index, rasters_of([field("b.tif", 300, 300)]), Colours())
    monkeypatch.undo()
    assert content(index) == before and len(index.records()) == 1
    build(index, rasters_of([field("b.tif", 300, 300)]), Colours())
    assert len(index.records()) == 2


def test_hostile_names_are_names(made, field):
    name = "'); DROP TABLE tiles;-- <b>.tif"
    index, _, _ = made([field(name, 300, 300)])
    assert index.records()[0].name == name and len(index.tiles())


def test_a_stop_before_the_first_tile_is_heeded(made, field):
    cancel = CancelToken()
    cancel.cancel()
    index, embedder, _ = made([field("a.tif", 300, 300)])
    with pytest.raises(Cancelled):
        build(index, rasters_of([field("b.tif", 300, 300)]), embedder, cancel=cancel)


def test_an_index_can_be_brought_up_to_date_from_itself(made, field):
    index, embedder, _ = made([field("a.tif", 300, 300)])
    report = build(index, [again(record) for record in index.records()], embedder)
    assert report.kept == 1


def test_the_estimate_counts_the_tiles_there_will_be(made, field):
    index, embedder, report = made([field("a.tif", 700, 900)])
    record = index.records()[0]
    assert estimate([(record.grid, record.gsd)], embedder, 0.5).tiles == report.encoded


def test_images_without_georeference_take_the_resolution_given(made, field, tmp_path):
    path = field("a.tif", 64, 64, crs=None, transform=None)
    index = TileIndex.create(tmp_path / "given", Colours())
    build(index, rasters_of([path], gsd=10.0), Colours())
    assert index.records()[0].gsd == 10.0

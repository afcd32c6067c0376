"""Parts of an index: together they are the whole, whatever is killed in between, and joining doubles nothing."""

from types import SimpleNamespace

import numpy as np
import pytest
from colour_embedder import Colours

from terralogue.models.errors import Cancelled, IndexEmpty, IndexForAnotherModel
from terralogue.models.retrieval import joining
from terralogue.models.retrieval.building import build
from terralogue.models.retrieval.embed import folder_of, run, shard_of
from terralogue.models.retrieval.index import TileIndex
from terralogue.models.retrieval.inputs import rasters_of
from terralogue.models.retrieval.joining import join
from terralogue.models.retrieval.searching import Query, Search


@pytest.fixture
def images(field, tmp_path):
    """A folder of seven rasters, one of them red."""
    for number in range(7):
        field(f"images/{number}.tif", 300 + 20 * number, 300, [((250, 20, 20), 0, 0, 256)] if number == 4 else ())
    return str(tmp_path / "images")


def engine(embedder=None):
    return SimpleNamespace(batch=SimpleNamespace(embedder=lambda: embedder or Colours()))


def content(index):
    names = {record.id: record.name for record in index.records()}
    rows = index.tiles()
    vectors = index.vectors.read(rows[:, 0] - 1)
    return sorted((names[int(row[1])], *map(int, row[2:]), *np.round(v, 3).tolist()) for row, v in zip(rows, vectors))


def whole(images, tmp_path):
    index = TileIndex.create(tmp_path / "whole", Colours())
    build(index, rasters_of([images]), Colours())
    return index


def test_the_parts_are_the_whole(images, tmp_path):
    for number in range(3):
        run(tmp_path / "out", [images], number, 3, None, False, engine())
    said = join(tmp_path / "out", Colours())
    assert said["missing"] == said["unfinished"] == []
    with TileIndex.open(tmp_path / "out" / "index") as index:
        assert content(index) == content(whole(images, tmp_path))
        assert Search(index, Colours()).find(Query("red"), 1)[0].raster.name == "4.tif"
        assert index.rings(index.tiles()[:1, 0])[0] is not None


def test_joining_twice_doubles_nothing(images, tmp_path):
    for number in range(2):
        run(tmp_path / "out", [images], number, 2, None, False, engine())
    first = join(tmp_path / "out", Colours())
    assert join(tmp_path / "out", Colours())["tiles"] == first["tiles"]


def test_a_part_that_was_stopped_goes_on_and_nothing_is_lost_or_doubled(images, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(out, [images], 0, 2, None, False, engine())
    monkeypatch.setattr("terralogue.models.retrieval.building.EVERY", 0.0)
    with pytest.raises(Cancelled):
        run(out, [images], 1, 2, None, False, engine(Colours(cancel_after=8)))
    early = join(out, Colours())
    assert early["missing"] == [] and early["rasters"] < 7
    run(out, [images], 1, 2, None, False, engine())
    assert join(out, Colours())["rasters"] == 7
    with TileIndex.open(out / "index") as index:
        assert content(index) == content(whole(images, tmp_path))


def test_a_join_that_was_killed_is_made_good(images, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(out, [images], 0, 1, None, False, engine())
    monkeypatch.setattr(joining, "_ROWS", 3)
    commit, calls = TileIndex.commit, []

    def dying(self, batch):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        commit(self, batch)

    monkeypatch.setattr(TileIndex, "commit", dying)
    with pytest.raises(KeyboardInterrupt):
        join(out, Colours())
    monkeypatch.setattr(TileIndex, "commit", commit)
    join(out, Colours())
    with TileIndex.open(out / "index") as index:
        assert content(index) == content(whole(images, tmp_path))


def test_a_part_that_is_not_there_is_named(images, tmp_path):
    run(tmp_path / "out", [images], 1, 3, None, False, engine())
    assert join(tmp_path / "out", Colours())["missing"] == ["0/3", "2/3"]


def test_no_part_and_a_part_of_another_model_are_errors(images, tmp_path):
    with pytest.raises(IndexEmpty):
        join(tmp_path, Colours())
    run(tmp_path / "out", [images], 0, 1, None, False, engine())
    other = Colours()
    other.digest = "sha256:other"
    with pytest.raises(IndexForAnotherModel):
        join(tmp_path / "out", other)


@pytest.mark.parametrize("text", ["8/8", "-1/2", "1", "a/b", "0/0"])
def test_a_part_that_cannot_be_is_refused(text):
    with pytest.raises(ValueError):
        shard_of(text)


def test_geoparquet_holds_every_tile(images, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is optional")
    said = run(tmp_path / "out", [images], 0, 1, None, True, engine())
    table = parquet.read_table(said["parquet"])
    with TileIndex.open(folder_of(tmp_path / "out", 0, 1)) as index:
        assert table.num_rows == len(index.tiles()) and b"geo" in table.schema.metadata
        assert np.allclose(np.array(table["vector"].to_pylist()[:3]), index.vectors.read([0, 1, 2]), atol=1e-3)

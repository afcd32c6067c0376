"""Large indexes with faiss: what is found is what comparing everything finds."""

import numpy as np
import pytest
from affine import Affine
from colour_embedder import Colours

from terralogue.models.imagery.grid import Grid
from terralogue.models.retrieval import approximate, searching
from terralogue.models.retrieval.index import Batch, Record, Tile, TileIndex
from terralogue.models.retrieval.searching import Query, Search
from terralogue.models.retrieval.tiling import Window

pytest.importorskip("faiss", reason="faiss is optional: install the group vectors")
NUMBER = 4000


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """4,000 tiles side by side with vectors drawn at random."""
    made = TileIndex.create(tmp_path_factory.mktemp("large") / "index", Colours())
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((NUMBER, Colours.dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nowhere = np.full((5, 2), np.nan)
    tiles = [Tile(1, Window(256 * (n % 80), 256 * (n // 80), 256, 256), 1.0, str(n), nowhere) for n in range(NUMBER)]
    grid = Grid(256 * 80, 256 * 50, Affine(1, 0, 0, 0, -1, 0), "")
    made.commit(Batch([Record(1, "a.tif", "a.tif", grid, 1.0, "", "mark")], tiles, vectors, [], {}, [1]))
    yield made
    made.close()


@pytest.mark.parametrize("cells_from", [10, 10**9])
def test_the_best_places_are_those_of_comparing_everything(index, monkeypatch, tmp_path, cells_from):
    exact = Search(index, Colours())
    monkeypatch.setattr(searching, "EXACT_TILES", 100)
    monkeypatch.setattr(approximate, "CELLS_FROM", cells_from)
    monkeypatch.setattr(approximate, "CELLS", 16)
    quick = Search(index, Colours(), tmp_path)
    assert quick._matrix is None and (quick._approximate.probes > 0) == (cells_from == 10)
    rng = np.random.default_rng(1)
    shared = []
    for _ in range(20):
        query = Query(picture=rng.standard_normal(Colours.dim).astype(np.float32))
        wanted, found = ({place.tile for place in search.find(query, 20)} for search in (exact, quick))
        shared.append(len(wanted & found) / 20)
    assert np.mean(shared) >= 0.98
    assert [p.tile for p in quick.find(Query("red without blue"), 5)]


def test_what_was_made_is_kept_for_the_next_time_and_a_damaged_file_is_made_anew(index, monkeypatch, tmp_path):
    monkeypatch.setattr(searching, "EXACT_TILES", 100)
    Search(index, Colours(), tmp_path)
    kept, = tmp_path.glob("*.faiss")
    monkeypatch.setattr(approximate, "_made", lambda *_: pytest.fail("it was made again"))
    Search(index, Colours(), tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(searching, "EXACT_TILES", 100)
    kept.write_bytes(b"no index")
    assert Search(index, Colours(), tmp_path).find(Query("red"), 3)


def test_a_filter_is_obeyed(index, monkeypatch, tmp_path):
    monkeypatch.setattr(searching, "EXACT_TILES", 100)
    search = Search(index, Colours(), tmp_path)
    among = np.arange(1, NUMBER + 1, 2)
    found = search._approximate.candidates(np.eye(Colours.dim, dtype=np.float32)[0], 50, among)
    assert len(found) == 50 and (found % 2 == 1).all()

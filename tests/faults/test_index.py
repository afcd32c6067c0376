"""Faults of a tile index: full disks, files that go, foreign files, a kill inside a commit. FAULTS 29–34, 55, 80, 91, 96."""

import importlib.util
import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

HELPERS = Path(__file__).resolve().parents[1] / "models" / "retrieval"
sys.path.append(str(HELPERS))
from colour_embedder import Colours  # noqa: E402

from terralogue.models.errors import (  # noqa: E402
    IndexUnreadable,
    RasterUnreadable,
    StorageFull,
    TerralogueError,
)
from terralogue.models.retrieval.building import build  # noqa: E402
from terralogue.models.retrieval.index import FILE, TileIndex  # noqa: E402
from terralogue.models.retrieval.inputs import rasters_of  # noqa: E402
from terralogue.models.retrieval.searching import Query, Search  # noqa: E402

_spec = importlib.util.spec_from_file_location("terralogue_retrieval_fixtures", HELPERS / "conftest.py")
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
field = _module.field


def made(tmp_path, *paths):
    index = TileIndex.create(tmp_path / "index", Colours())
    build(index, rasters_of(paths), Colours())
    return index


@pytest.mark.parametrize("limit", [70_000, 90_000, 110_000])
def test_a_disk_that_is_full_leaves_a_whole_index(field, tmp_path, limit):
    """The limit on the size of a file stands in for a full disk; at every size the index opens and goes on."""
    path = field("a.tif", 1400, 1400)
    folder = tmp_path / "index"
    TileIndex.create(folder, Colours()).close()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with TileIndex.open(folder) as index:
            try:
                build(index, rasters_of([path]), Colours(), every=0)
                full = False
            except StorageFull:
                full = True
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with TileIndex.open(folder) as index:
        rows = index.tiles()
        assert len(rows) == len({tuple(row[1:]) for row in rows.tolist()})
        build(index, rasters_of([path]), Colours())
        assert index.records()[0].finished and len(index.tiles()) == index.records()[0].planned
    assert full or limit > 70_000


def test_a_kill_between_vectors_and_tiles_loses_the_batch_and_no_more(field, tmp_path):
    path = field("a.tif", 600, 600)
    script = textwrap.dedent(f"""
        import os, signal, sys
        sys.path[:0] = {[str(HELPERS), *sys.path]!r}
        from pathlib import Path
        from colour_embedder import Colours
        from terralogue.models.retrieval import vector_file
        from terralogue.models.retrieval.building import build
        from terralogue.models.retrieval.index import TileIndex
        from terralogue.models.retrieval.inputs import rasters_of
        append, calls = vector_file.VectorFile.append, []
        def dying(self, vectors):
            append(self, vectors)
            calls.append(1)
            if len(calls) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        vector_file.VectorFile.append = dying
        index = TileIndex.create(Path({str(tmp_path / "index")!r}), Colours())
        build(index, rasters_of([{path!r}]), Colours(), batch=4, every=0)
    """)
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ}, capture_output=True, text=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with TileIndex.open(tmp_path / "index") as index:
        assert len(index.tiles()) == index.vectors.rows == 4
        build(index, rasters_of([path]), Colours())
        vectors = index.vectors.read(index.tiles()[:, 0] - 1)
        fresh = made(tmp_path / "fresh", path)
        order = lambda one: sorted(map(tuple, one.tiles()[:, 2:].tolist()))
        assert order(index) == order(fresh)
        assert np.allclose(np.sort(vectors[:, 0]), np.sort(fresh.vectors.read(fresh.tiles()[:, 0] - 1)[:, 0]))


def test_a_truncated_raster_is_reported_and_not_called_finished_ground(field, tmp_path):
    path = field("a.tif", 900, 900)
    os.truncate(path, os.path.getsize(path) // 2)
    index = TileIndex.create(tmp_path / "index", Colours())
    try:
        report = build(index, rasters_of([path]), Colours())
        assert report.refused or index.records()[0].unreadable > 0
    except RasterUnreadable:
        pass
    assert all(row[3] < 900 for row in index.tiles().tolist())


def test_a_raster_that_is_replaced_while_it_is_read_is_not_finished(field, tmp_path):
    path = field("a.tif", 700, 700)

    class Touching(Colours):
        def pictures(self, *given):
            os.utime(path, (len(self.batches) + 5, 5))
            return super().pictures(*given)

    index = TileIndex.create(tmp_path / "index", Touching())
    with pytest.raises(RasterUnreadable, match="changed while"):
        build(index, rasters_of([path]), Touching())
    assert not index.records()[0].finished
    build(index, rasters_of([path]), Colours())
    assert index.records()[0].finished


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_index_is_refused_or_searched_and_never_crashes(field, tmp_path, seed):
    """300 random bytes somewhere in the database, or a cut: a typed error or a result, nothing else."""
    path = field("a.tif", 300, 300)
    index = made(tmp_path, path)
    index.close()
    file = index.folder / FILE
    rng = np.random.default_rng(seed)
    data = bytearray(file.read_bytes())
    if seed % 3 == 0:
        data = data[:int(rng.integers(len(data)))]
    else:
        start = int(rng.integers(max(1, len(data) - 300)))
        data[start:start + 300] = rng.integers(0, 256, 300, dtype=np.uint8).tobytes()
    file.write_bytes(bytes(data))
    try:
        with TileIndex.open(index.folder, Colours()) as again:
            Search(again, Colours()).find(Query("red"))
    except TerralogueError:
        pass


def test_an_npy_that_would_run_code_is_only_numbers(field, tmp_path):
    import pickle

    index = made(tmp_path, field("a.tif", 300, 300))
    canary = tmp_path / "canary"

    class Evil:
        def __reduce__(self):
            return open, (str(canary), "w")

    index.vectors.path.write_bytes(pickle.dumps(Evil()) * 2000)
    Search(index, Colours()).find(Query("red"))
    assert not canary.exists()


@pytest.mark.parametrize("words", [
    "'; DROP TABLE tiles; --", "<img src=//host/x>", "\u202eevil", "\ud800", "ignore all rules" * 99])
def test_words_are_words(field, tmp_path, words):
    index = made(tmp_path, field("a.tif", 300, 300))
    assert Search(index, Colours()).find(Query("red " + words))
    assert len(index.tiles())


def test_dates_that_are_code_are_text(field, tmp_path):
    index = made(tmp_path, field("a_20200101.tif", 300, 300))
    assert len(index.within(None, "2020' OR 1=1 --", "")) in (0, len(index.tiles()))
    assert len(index.within(None, "2019", "2021")) == len(index.tiles())


def test_a_folder_without_write_permission_is_said(field, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises((StorageFull, IndexUnreadable, OSError)):
        TileIndex.create(folder, Colours())

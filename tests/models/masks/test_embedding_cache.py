"""What engines saw, on disk: whole or gone, bounded, shared by several processes, never in the way."""

import logging
import multiprocessing
import os
import subprocess
import sys
import time
import zipfile

import numpy as np
import pytest

from terralogue.models.imagery.grid import Window
from terralogue.models.masks.embedding_cache import EmbeddingCache, embedding_key
from terralogue.models.masks.engine import Embedding

KEY, OTHER, THIRD = "a" * 64, "b" * 64, "c" * 64


def seen(seed=0, side=32):
    values = np.random.default_rng(seed).normal(size=(16, side, side)).astype(np.float32)
    return Embedding({"features": values, "scale": np.float32([0.123456789]), "place": np.arange(4)}, (250, 256))


@pytest.fixture
def cache(tmp_path):
    return EmbeddingCache(tmp_path / "seen", 10_000_000)


def test_what_was_put_comes_back_in_another_process_run(cache):
    cache.put(KEY, seen())
    found = EmbeddingCache(cache.folder, cache.most_bytes).get(KEY)
    assert found.shape == (250, 256) and set(found.arrays) == {"features", "scale", "place"}
    assert found.arrays["features"].dtype == np.float32
    np.testing.assert_allclose(found.arrays["features"], seen().arrays["features"], rtol=1e-3, atol=1e-6)
    for name in ("scale", "place"):
        assert found.arrays[name].dtype == seen().arrays[name].dtype
        np.testing.assert_array_equal(found.arrays[name], seen().arrays[name])
    assert cache.get(OTHER) is None


def test_features_take_half_the_room_and_those_beyond_half_precision_are_kept_whole(cache):
    cache.put(KEY, seen())
    whole = seen().arrays["features"].nbytes
    assert whole / 2 < cache.size < whole / 2 + 4000
    wide = {"wide": np.full((64, 64), 1e6, np.float32), "unknown": np.full((64, 64), np.nan, np.float32),
            "fine": np.full((64, 64), 1 / 3)}
    cache.put(OTHER, Embedding(wide, (64, 64)))
    for name, values in cache.get(OTHER).arrays.items():
        assert values.dtype == wide[name].dtype
        np.testing.assert_array_equal(values, wide[name])


def test_the_least_recently_used_goes_first(cache):
    cache.put(KEY, seen())
    one = cache.size
    cache.most_bytes = int(2.5 * one)
    cache.put(OTHER, seen(1))
    long_ago = time.time() - 1000
    for path in cache.folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    assert cache.get(KEY) is not None
    cache.put(THIRD, seen(2))
    assert cache.get(KEY) is not None and cache.get(THIRD) is not None and cache.get(OTHER) is None
    assert cache.size <= cache.most_bytes


def test_the_newest_stays_even_where_the_clock_goes_backwards(cache):
    cache.put(KEY, seen())
    cache.most_bytes = int(1.5 * cache.size)
    ahead = time.time() + 1000
    for path in cache.folder.iterdir():
        os.utime(path, (ahead, ahead))
    cache.put(OTHER, seen(1))
    assert cache.get(OTHER) is not None and cache.get(KEY) is None


def test_what_alone_is_too_large_is_not_written(cache):
    cache.put(KEY, seen())
    before = cache.size
    cache.put(OTHER, seen(1, side=1024))
    assert cache.size == before and cache.get(OTHER) is None


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_entry_is_dropped_and_logged(cache, share, caplog):
    cache.put(KEY, seen())
    path, = cache.folder.iterdir()
    os.truncate(path, int(path.stat().st_size * share))
    with caplog.at_level(logging.WARNING):
        assert cache.get(KEY) is None
    assert len(caplog.records) == 1 and not path.exists()


def test_a_flipped_bit_is_never_seen_as_features(cache):
    good = seen()
    cache.put(KEY, good)
    path, = cache.folder.iterdir()
    whole = path.read_bytes()
    kept = cache.get(KEY).arrays["features"]
    for place in np.random.default_rng(0).integers(0, len(whole), 200):
        broken = bytearray(whole)
        broken[place] ^= 1 << int(place % 8)
        path.write_bytes(broken)
        found = cache.get(KEY)
        # A bit of a time stamp or the like means nothing; any other is noticed.
        assert found is None or np.array_equal(found.arrays.get("features", kept), kept)


def test_objects_and_packed_arrays_are_refused(cache, tmp_path):
    cache.put(KEY, Embedding({"bad": np.array([object()])}, (1, 1)))
    assert cache.size == 0
    cache.put(KEY, seen())
    path, = cache.folder.iterdir()
    np.savez(path, shape=np.array([1, 4, 4]), halved=np.array([], str), **{"array-x": np.array([{}], dtype=object)})
    assert cache.get(KEY) is None and not path.exists()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("shape.npy", bytes(10_000_000))
    assert cache.get(KEY) is None and not path.exists()


def test_a_header_that_asks_for_a_terabyte_is_a_miss(cache):
    cache.put(KEY, seen())
    path, = cache.folder.iterdir()
    with zipfile.ZipFile(path, "w") as archive:
        for name, values in (("shape", np.array([1, 4, 4])), ("halved", np.array([], str))):
            with archive.open(f"{name}.npy", "w") as part:
                np.lib.format.write_array(part, values)
        with archive.open("array-x.npy", "w") as part:
            header = {"descr": "<f4", "fortran_order": False, "shape": (1 << 38,)}
            np.lib.format.write_array_header_1_0(part, header)
    assert cache.get(KEY) is None and not path.exists()


def test_a_full_disk_is_a_miss(cache, monkeypatch, caplog):
    def full(file, **arrays):
        file.write(b"half of it")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    cache.put(KEY, seen())
    assert cache.get(KEY) is None and cache.size == 0
    assert not list(cache.folder.iterdir()), "no draft is left behind"
    assert "No space left" in caplog.text


def test_a_folder_that_cannot_be_made_is_a_miss(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    cache = EmbeddingCache(tmp_path / "file" / "seen", 1_000_000)
    cache.put(KEY, seen())
    assert cache.get(KEY) is None and cache.size == 0
    cache.clear()


def test_a_key_never_leaves_the_folder(cache, tmp_path):
    cache.put("../../outside", seen())
    assert cache.get("../../outside") is not None
    assert [path.parent for path in tmp_path.rglob("*.npz")] == [cache.folder]


def test_clear_removes_entries_and_nothing_else(cache):
    cache.put(KEY, seen())
    note = cache.folder / "notes.txt"
    note.write_text("the user's own")
    cache.clear()
    assert cache.size == 0 and cache.get(KEY) is None and note.exists()


def test_drafts_of_processes_that_died_are_removed(cache):
    cache.put(KEY, seen())
    old, young = cache.folder / "x.part", cache.folder / "y.part"
    for draft in (old, young):
        draft.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    cache.put(OTHER, seen(1))
    assert not old.exists() and young.exists()


def test_it_needs_numpy_alone(repository):
    """The options clear the cache even where no package was installed yet."""
    code = "import sys; sys.modules.update(affine=None, onnxruntime=None); sys.path.insert(0, sys.argv[1]); "
    code += "import models.masks.embedding_cache"
    subprocess.run([sys.executable, "-c", code, str(repository)], check=True, timeout=60)


def test_keys_differ_by_everything_that_changes_what_is_seen():
    given = ("print", Window(0, 0, 8, 8), (8, 8), "engine")
    others = [("other", *given[1:]), (given[0], Window(1, 0, 8, 8), *given[2:]), (*given[:2], (4, 4), given[3]),
              (*given[:3], "another")]
    keys = {embedding_key(*one) for one in [given, *others]}
    assert len(keys) == 5 and embedding_key(*given) in keys


def _work(folder, number):
    cache = EmbeddingCache(folder, 200_000)
    random = np.random.default_rng(number)
    for _ in range(60):
        key = f"{int(random.integers(12)):064x}"
        found = cache.get(key)
        if found is None:
            cache.put(key, seen(int(key, 16)))
        elif not np.allclose(found.arrays["features"], seen(int(key, 16)).arrays["features"], rtol=1e-2, atol=1e-3):
            raise SystemExit(3)


def test_several_processes_share_a_folder(tmp_path):
    folder = tmp_path / "seen"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(folder, number)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    cache = EmbeddingCache(folder, 200_000)
    assert 0 < cache.size <= 5 * 40_000 + 40_000 * 4
    assert not list(folder.glob("*.part"))

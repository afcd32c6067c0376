"""Scores on disk: what goes in comes out, unknown stays unknown, nothing is left behind."""

import os

import numpy as np
import pytest
from affine import Affine

from terralogue.models.errors import StorageFull
from terralogue.models.imagery.grid import Grid, Window
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.score_store import ScoreStore, level, quantise

GRID = Grid(700, 300, Affine(0.1, 0, 500000, 0, -0.1, 5000000), "")


def test_scores_come_back_to_a_step_of_254(backend, tmp_path):
    scores = np.random.default_rng(0).random((2, 300, 700), np.float32)
    valid = np.random.default_rng(1).random((300, 700)) > 0.2
    with ScoreStore.create(str(tmp_path / "s.tif"), GRID, ("tree", "water")) as store:
        store.write(GRID.window, scores, valid)
        found = store.read(GRID.window)
        np.testing.assert_array_equal(np.isnan(found), np.broadcast_to(~valid, found.shape))
        assert np.abs(found - scores)[:, valid].max() <= 0.5 / 254 + 1e-6
        outside = store.read(Window(690, -10, 20, 20))
        assert np.isnan(outside[:, :10]).all() and np.isnan(outside[:, :, 10:]).all()


def test_what_was_never_written_is_unknown(backend, tmp_path):
    with ScoreStore.create(str(tmp_path / "s.tif"), GRID, ("tree",)) as store:
        store.write(Window(0, 0, 700, 256), np.ones((1, 256, 700)))
        assert np.isnan(store.read(Window(0, 256, 700, 44))).all()
        assert (store.read(Window(0, 0, 700, 256)) == 1).all()


def test_a_store_is_temporary_until_it_is_kept(backend, tmp_path):
    store = ScoreStore.create(None, GRID, ("tree",))
    path = store.path
    store.write(GRID.window, np.full((1, 300, 700), 0.5))
    store.close()
    store.close()
    assert not os.path.exists(path)
    with ScoreStore.create(None, GRID, ("tree", "water"), tags={"MODEL": "abc"}) as store:
        path = store.path
        store.write(GRID.window, np.full((2, 300, 700), 0.5))
        store.keep(str(tmp_path / "kept.tif"))
        assert not os.path.exists(path)
        assert store.read(Window(0, 0, 1, 1))[0, 0, 0] == pytest.approx(0.5)
    kept = open_raster(str(tmp_path / "kept.tif"), band_roles=[(2, "gray")])
    assert kept.bands[0].name == "water"
    assert kept.read(Window(0, 0, 5, 5)).pixels[0, 0, 0] == 127


def test_too_little_room_is_said_before_anything_is_written(backend, tmp_path):
    path = tmp_path / "s.tif"
    with pytest.raises(StorageFull) as caught:
        ScoreStore.create(str(path), GRID, ("tree",), quota=1000)
    assert caught.value.available == 1000 and caught.value.needed >= 700 * 300
    assert not path.exists()


def test_the_estimate_holds_for_scores_that_do_not_compress(backend, tmp_path):
    with ScoreStore.create(str(tmp_path / "s.tif"), GRID, ("a", "b", "c")) as store:
        store.write(GRID.window, np.random.default_rng(0).random((3, 300, 700)))
        store.finish()
        assert os.path.getsize(store.path) <= ScoreStore.estimate(GRID, 3)


def test_a_plain_image_is_stored_without_a_word(backend, tmp_path, capfd, recwarn):
    grid = Grid(30, 20, Affine(1, 0, 0, 0, -1, 0), "")
    with ScoreStore.create(str(tmp_path / "s.tif"), grid, ("a",)) as store:
        store.write(grid.window, np.full((1, 20, 30), 0.5))
        store.finish()
        assert store.read(grid.window)[0, 0, 0] == pytest.approx(0.5)
    assert capfd.readouterr() == ("", "") and not list(recwarn)


def test_a_score_never_crosses_its_own_threshold_by_being_stored():
    for threshold in np.linspace(0, 1, 255):
        assert quantise(np.full((1, 1, 1), threshold))[0, 0, 0] >= level(threshold)
    assert quantise(np.array([[[np.nan, -1, 2]]])).ravel().tolist() == [255, 0, 254]

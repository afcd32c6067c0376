"""Tiles and blending, with models simple enough that the right raster is known."""

import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest
from affine import Affine

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.imagery import tiles
from terralogue.models.imagery.blending import Blend
from terralogue.models.imagery.grid import Grid, Window
from terralogue.models.imagery.opening import open_raster
from terralogue.models.imagery.polygons import mask_features
from terralogue.models.imagery.score_store import ScoreStore
from terralogue.models.imagery.stretch import Stretch, measure_stretch
from terralogue.models.imagery.tiles import TilePixels, blend_tiles, plan_tiles, tile_reader

PLAIN = Stretch((0.0, 0.0, 0.0), (255.0, 255.0, 255.0), (0, 0, 0))


def blurred(tiles):
    """A model that looks 2 px around itself: the mean of a 5 × 5 neighbourhood, zeros beyond the tile."""
    padded = np.pad(tiles[:, :1], ((0, 0), (0, 0), (2, 2), (2, 2)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(2, 3))
    return windows.mean(axis=(4, 5))


def run(source, infer, tile, overlap, labels=("bright",), batch=1, **options):
    plan = plan_tiles((source.grid.height, source.grid.width), tile, overlap)
    store = ScoreStore.create(None, source.grid, labels)
    report = blend_tiles(tile_reader(source, PLAIN), infer, plan, store, batch, **options)
    scores = store.read(source.grid.window)
    return scores, report, store


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 300), (64, 64), (65, 64), (200, 131), (1000, 999)])
@pytest.mark.parametrize("overlap", [0, 1, 16, 63])
def test_tiles_cover_everything_with_at_least_the_overlap(height, width, overlap):
    if overlap == 63 and height * width > 50000:
        pytest.skip("a million tiles teach nothing more")
    plan = plan_tiles((height, width), 64, overlap)
    covered = np.zeros((max(height, 64), max(width, 64)), int)
    for w in plan:
        assert (w.width, w.height) == (64, 64) and w.row >= 0 and w.col >= 0
        covered[w.row : w.row + 64, w.col : w.col + 64] += 1
    assert covered.min() >= 1
    for starts in (sorted({w.row for w in plan}), sorted({w.col for w in plan})):
        assert all(64 - (b - a) >= overlap for a, b in zip(starts, starts[1:]))
        assert starts[-1] == max(0, (height if starts == sorted({w.row for w in plan}) else width) - 64)


def test_four_thousand_pixels_make_a_hundred_tiles():
    assert len(plan_tiles((4096, 4096), 512, 102)) == 100


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (40, 40), (300, 517), (512, 512)])
@pytest.mark.parametrize(("tile", "overlap"), [(64, 0), (64, 16), (96, 50)])
def test_blending_what_is_equal_changes_nothing(write, noise, shape, tile, overlap):
    source = open_raster(write("a.tif", noise(1, *shape)))
    scores, report, store = run(source, lambda x: x[:, :1], tile, overlap)
    expected = source.read(source.grid.window).pixels / 255
    assert np.abs(scores - expected).max() <= 0.5 / 254 + 1e-5
    assert report.valid == report.pixels == shape[0] * shape[1]
    store.close()


@pytest.mark.parametrize("panel", [1, 150, 200, 10000])
def test_panels_of_columns_leave_no_trace(noise, panel):
    height, width, size = 200, 700, 64
    plan = plan_tiles((height, width), size, 16)
    truth = noise(2, height, width).astype(np.float32) / 255
    valid = truth[0] > 0.1
    out = np.zeros((2, height, width), np.uint8)
    written = np.zeros((height, width), int)

    def emit(window, values):
        area = np.s_[window.row : window.row + window.height, window.col : window.col + window.width]
        out[(slice(None), *area)] = values
        written[area] += 1

    blend = Blend(plan, (height, width), 2, emit, panel)
    rng = np.random.default_rng(0)
    expected = {}
    for w in blend.order:
        area = np.s_[w.row : w.row + size, w.col : w.col + size]
        # Every tile errs by its own constant: only right weights give the right mixture.
        error = expected.setdefault((w.row, w.col), float(rng.random()) * 0.1) if panel == 10000 else 0.0
        blend.add(truth[(slice(None), *area)] + np.float32(error), valid[area])
    blend.close()
    assert (written == 1).all() and sorted(blend.order, key=lambda w: (w.row, w.col)) == plan
    assert blend.valid_pixels == valid.sum()
    known = out[:, valid] / 254
    assert np.abs(known - truth[:, valid]).max() <= (0.11 if panel == 10000 else 0.003)
    assert (out[:, ~valid] == 255).all()


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("prefetch", [True, False])
def test_another_tile_size_gives_the_same_scores_away_from_the_borders(write, noise, batch, prefetch):
    source = open_raster(write("a.tif", noise(1, 300, 420)))
    one, _, _ = run(source, blurred, 64, 16, batch=batch, prefetch=prefetch)
    two, _, _ = run(source, blurred, 128, 32)
    # Tile borders see zeros beyond them, at most 2 px deep, where the weight is at most 2.5 / 16.
    assert np.abs(one - two)[:, 4:-4, 4:-4].max() < 0.1
    smooth = run(source, blurred, 420, 0)[0]
    inner = np.s_[:, 4:-4, 4:-4]
    assert np.median(np.abs(one - smooth)[inner]) <= 1 / 254


def test_shifting_the_extent_gives_the_same_mask(write, noise):
    square = noise(1, 300, 300) // 8
    square[0, 100:180, 120:200] = 230
    source = open_raster(write("a.tif", square))
    moved = open_raster(write("b.tif", square[:, 7:, 13:]))
    one = run(source, blurred, 64, 16)[0] > 0.5
    two = run(moved, blurred, 64, 16)[0] > 0.5
    np.testing.assert_array_equal(one[:, 7:, 13:][:, 4:-4, 4:-4], two[:, 4:-4, 4:-4])


def test_a_model_that_is_wrong_at_its_edges_leaves_no_step(write):
    source = open_raster(write("a.tif", np.full((1, 400, 400), 100, np.uint8)))
    place = np.abs(np.linspace(-1, 1, 100))
    bias = np.maximum(place[:, None], place[None, :]) ** 8 * 0.5  # half too much at the rim of a tile

    def biased(tiles):
        return np.full((len(tiles), 1, 100, 100), 0.4) + bias

    scores, _, _ = run(source, biased, 100, 40)
    inner = scores[0, 60:-60, 60:-60]
    steps = max(np.abs(np.diff(inner, axis=0)).max(), np.abs(np.diff(inner, axis=1)).max())
    assert steps < 0.03  # without feathering: 0.5
    assert inner.max() < 0.6


def test_class_two_survives_tiling_where_averaged_labels_would_not(write):
    pixels = np.full((1, 300, 300), 20, np.uint8)
    pixels[0, 100:200, 100:200] = 240
    source = open_raster(write("a.tif", pixels))

    def three(tiles):
        bright = (tiles[:, :1] > 0.5).astype(np.float32)
        return np.concatenate([0.8 * (1 - bright), np.full_like(bright, 0.1), bright * 0.9], axis=1)

    _, _, store = run(source, three, 64, 13, ("ground", "water", "roof"))
    found = {name: mask_features(store, name, 0.5, rule="winner") for name in store.labels}
    assert [f.pixels for f in found["roof"]] == [10000]
    assert found["water"] == []
    assert [f.pixels for f in found["ground"]] == [80000]


def test_nodata_is_never_foreground_and_its_tiles_never_reach_the_model(write):
    pixels = np.full((3, 256, 256), 10, np.uint8)
    pixels[:, :, :128] = 255
    source = open_raster(write("a.tif", pixels, nodata=255))
    seen = []

    def bright(tiles):
        seen.append(len(tiles))
        return np.ones((len(tiles), 1, *tiles.shape[2:]), np.float32)

    scores, report, store = run(source, bright, 64, 0, batch=4)
    assert np.isnan(scores[0, :, :128]).all() and (scores[0, :, 128:] == 1).all()
    assert sum(seen) == 8 and report.valid == 256 * 128
    assert sum(f.pixels for f in mask_features(store, 0)) == 256 * 128


def test_the_reader_applies_the_layers_stretch(write, noise):
    source = open_raster(write("a.tif", noise(3, 80, 80, "uint16")))
    stretch = measure_stretch(source)
    tile = tile_reader(source, stretch)(Window(60, 60, 64, 64))
    assert isinstance(tile, TilePixels) and tile.rgb.shape == (3, 64, 64)
    assert not tile.rgb[:, 20:].any() and not tile.valid[20:].any() and tile.valid[:20, :20].all()


def test_cancel_stops_within_a_batch(write, noise):
    source = open_raster(write("a.tif", noise(1, 500, 500)))
    cancel = CancelToken()
    calls = []

    def slow(tiles):
        calls.append(time.perf_counter())
        if len(calls) == 3:
            cancel.cancel()
        return tiles[:, :1]

    store = ScoreStore.create(None, source.grid, ("a",))
    with pytest.raises(Cancelled):
        blend_tiles(tile_reader(source, PLAIN), slow, plan_tiles((500, 500), 64, 16), store, cancel=cancel)
    assert len(calls) == 3
    store.close()


def test_an_error_of_the_model_comes_through(write, noise):
    source = open_raster(write("a.tif", noise(1, 200, 200)))
    store = ScoreStore.create(None, source.grid, ("a",))
    plan = plan_tiles((200, 200), 64, 16)
    with pytest.raises(ZeroDivisionError):
        blend_tiles(tile_reader(source, PLAIN), lambda x: 1 / 0, plan, store)
    with pytest.raises(ValueError, match="classes"):
        blend_tiles(tile_reader(source, PLAIN), lambda x: x, plan, store)
    store.close()


@pytest.mark.parametrize("waits", [True, False])
def test_reading_that_waits_gets_a_thread_and_reading_that_computes_does_not(write, noise, waits, monkeypatch):
    source = open_raster(write("a.tif", noise(1, 200, 200)))
    read, threads, clock = tile_reader(source, PLAIN), [], {"wall": 0.0, "own": 0.0}
    times = SimpleNamespace(perf_counter=lambda: clock["wall"], thread_time=lambda: clock["own"])
    monkeypatch.setattr(tiles, "time", times)

    def slowly(window):
        threads.append(threading.current_thread())
        clock["wall"] += 1.0
        clock["own"] += 0.0 if waits else 1.0
        return read(window)

    plan = plan_tiles((200, 200), 64, 16)
    with ScoreStore.create(None, source.grid, ("bright",)) as store:
        blend_tiles(slowly, blurred, plan, store)
    assert len(threads) == len(plan) and threads[0] is threading.current_thread()
    assert all((thread is not threads[0]) == waits for thread in threads[1:])


def test_progress_runs_to_one(write, noise):
    source = open_raster(write("a.tif", noise(1, 200, 200)))
    seen = []
    run(source, lambda x: x[:, :1], 64, 16, progress=lambda f, m: seen.append(f))
    assert seen == sorted(seen) and seen[-1] == 1


def test_a_store_of_another_grid_does_not_hang(write):
    grid = Grid(100, 100, Affine(1, 0, 0, 0, -1, 0), "")
    with ScoreStore.create(None, grid, ("a",)) as store:
        with pytest.raises(ValueError, match="grid"):
            blend_tiles(lambda w: None, lambda x: x, [Window(50, 0, 64, 64), Window(0, 0, 64, 64)], store)

"""The engine: one encoding per view, bounded caches, priority, cancel, scale, broken and missing pixels."""

import threading
import time

import numpy as np
import pytest
from fakes import ArraySource, ColourNano, ground, paint, town

from terralogue.models.cancel import CancelToken, no_progress
from terralogue.models.conversation import Region, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled, DatesDisjoint, NothingToAnalyse, RasterUnreadable
from terralogue.models.imagery.grid import Window
from terralogue.models.sharing.priority_lock import PriorityLock
from terralogue.models.vision.legend import COVERS


def box(xmin, ymin, xmax, ymax):
    ring = np.array([(xmin, ymin), (xmin, ymax), (xmax, ymax), (xmax, ymin), (xmin, ymin)], float)
    return Region(((ring,),))


def test_a_view_asked_about_twice_is_encoded_once(engine, nano):
    source = ArraySource(town())
    first = engine.cover(View(source), no_progress, None)
    calls = nano.calls
    assert calls > 0
    assert engine.cover(View(source), no_progress, None) is first
    assert engine.cover(View(ArraySource(town())), no_progress, None) is first
    assert nano.calls == calls


def test_two_threads_that_want_the_same_view_encode_it_once(tmp_path):
    nano = ColourNano(delay=0.1)
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(engine.cover(View(ArraySource(town())), no_progress, None)))
        for _ in range(3)
    ]
    [t.start() for t in threads]
    [t.join(20) for t in threads]
    assert len(found) == 3 and found[0] is found[1] is found[2]
    assert nano.tiles == 4
    engine.close()


def test_scores_are_those_of_the_pixels(engine):
    cover = engine.cover(View(ArraySource(town())), no_progress, None)
    scores = cover.read(cover.grid.window)
    assert (scores.argmax(axis=0) == 0).sum() == 12 * 320
    assert cover.scenes[0][0] == "denseresidential"


def test_a_region_is_seen_with_context_and_on_the_rasters_own_pixels(engine):
    source = ArraySource(ground(1000, 1000))
    cover = engine.cover(View(source, box(500100, 4999800, 500110, 4999810)), no_progress, None)
    assert cover.grid.width == cover.grid.height == 256
    assert cover.grid.affine.a == 0.5
    offset = ~source.grid.affine * (cover.grid.affine.c, cover.grid.affine.f)
    assert offset[0] == pytest.approx(round(offset[0]), abs=1e-6)


def test_finer_pixels_are_averaged_by_whole_numbers_and_coarser_ones_are_not_invented(engine):
    fine = engine.cover(View(ArraySource(ground(700, 701), gsd=0.03)), no_progress, None)
    assert fine.grid.affine.a == pytest.approx(0.12)
    assert fine.gsd == pytest.approx(0.12, rel=1e-2)
    assert (fine.grid.width, fine.grid.height) == (176, 175)
    coarse = engine.cover(View(ArraySource(ground(50, 50), gsd=30.0)), no_progress, None)
    assert coarse.grid.affine.a == 30.0


@pytest.mark.parametrize("side, tile", [(20, 64), (64, 64), (100, 128), (256, 256), (300, 256)])
def test_a_small_raster_gets_a_tile_that_just_holds_it(engine, nano, side, tile):
    seen, see = [], nano.see
    nano.see = lambda rgb, gsd, cancel=None: (seen.append(rgb.shape[2:]), see(rgb, gsd, cancel))[1]
    found = engine.cover(View(ArraySource(ground(side, side, "water"))), no_progress, None)
    assert set(seen) == {(tile, tile)}
    assert found.read(found.grid.window)[COVERS.index("water")].min() > 0.9


def test_nothing_valid_is_nothing_to_analyse(engine):
    pixels = ground(60, 60)
    source = ArraySource(pixels, valid=np.zeros((60, 60), bool))
    with pytest.raises(NothingToAnalyse):
        engine.cover(View(source), no_progress, None)
    with pytest.raises(NothingToAnalyse):
        engine.cover(View(ArraySource(pixels), box(0, 0, 1, 1)), no_progress, None)


def test_unreadable_pixels_are_counted_through(engine):
    valid = np.ones((300, 400), bool)
    valid[:, 200:] = False
    cover = engine.cover(View(ArraySource(town(), valid=valid, broken=True)), no_progress, None)
    assert cover.unreadable == pytest.approx(0.5, abs=0.1)
    assert np.isnan(cover.read(Window(300, 0, 10, 10))).all()


def test_cancel_reaches_the_model_and_leaves_no_file(tmp_path):
    nano = ColourNano(delay=5)
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    cancel = CancelToken()

    def cancel_inside() -> None:
        while not nano.calls:  # however slow the machine: the model is at work when it is told to stop
            time.sleep(0.01)
        cancel.cancel()

    threading.Thread(target=cancel_inside, daemon=True).start()
    with pytest.raises(Cancelled):
        engine.cover(View(ArraySource(town())), no_progress, cancel)
    assert (nano.calls, nano.finished) == (1, 0), "stopped inside the model, not after it"
    assert not list((tmp_path / "cache").rglob("*.tif"))
    engine.close()


def test_the_cache_is_bounded_and_a_map_in_use_survives_its_eviction(tmp_path, nano):
    engine = Engine(tmp_path, tmp_path / "cache", nano, cache_bytes=1)
    first = engine.cover(View(ArraySource(town(), name="one")), no_progress, None)
    engine.cover(View(ArraySource(town(), name="two")), no_progress, None)
    assert (first.read(first.grid.window).argmax(axis=0) == 0).sum() == 12 * 320
    path = first.store.path
    del first
    import gc
    import os

    gc.collect()
    assert not os.path.exists(path)
    engine.close()


def test_the_same_layer_twice_has_changed_nowhere(engine, nano):
    nano.compare = lambda before, after, cancel=None: np.full((len(before.cover), 7, 256, 256), 0.9, np.float32)
    source = ArraySource(town())
    change = engine.change(View(source), View(ArraySource(town(), name="copy")), no_progress, None)
    assert change.pair_change.read(change.grid.window).max() == 0.0


def test_a_pair_is_encoded_once_and_pixels_missing_on_one_date_are_unknown_on_both(engine, nano):
    valid = np.ones((300, 400), bool)
    valid[:50] = False
    before, after = ArraySource(town()), ArraySource(paint(town(), "bare", (220, 300), (280, 400)), valid=valid)
    change = engine.change(View(before), View(after), no_progress, None)
    calls = nano.calls
    assert engine.change(View(before), View(after), no_progress, None) is change
    assert nano.calls == calls
    for part in (change.before, change.after, change.pair_change):
        scores = part.read(part.grid.window)
        assert np.isnan(scores[:, :50]).all() and not np.isnan(scores[:, 50:]).any()


def test_dates_that_do_not_meet_are_refused(engine):
    from affine import Affine

    far = ArraySource(town(), affine=Affine(0.5, 0, 700000, 0, -0.5, 5_000_000))
    with pytest.raises(DatesDisjoint):
        engine.change(View(ArraySource(town())), View(far), no_progress, None)


def test_a_source_that_cannot_be_read_at_all_is_unreadable_not_empty(engine):
    class Broken(ArraySource):
        def read(self, window, out_shape=None):
            if self.reads > 0:
                raise RasterUnreadable(self.name, "broken")
            return super().read(window, out_shape)

    with pytest.raises(RasterUnreadable):
        engine.cover(View(Broken(town())), no_progress, None)


def test_estimates_count_tiles_and_nothing_for_what_is_cached(engine):
    view = View(ArraySource(ground(1000, 1000)))
    before = engine.estimate([view])
    assert before.tiles == 25 and before.seconds > 0 and before.bytes > 6e6
    assert before.working_gsd == pytest.approx(0.5, rel=0.01)
    engine.cover(view, no_progress, None)
    assert engine.estimate([view]).tiles == 0
    assert engine.estimate([view, View(ArraySource(ground(1000, 1000), name="other"))]).tiles == 50


def test_whoever_waits_at_the_panel_goes_before_a_batch():
    lock, order = PriorityLock(), []

    def work(name, interactive):
        with lock.hold(interactive):
            order.append(name)

    with lock.hold():
        batch = threading.Thread(target=work, args=("batch", False))
        batch.start()
        time.sleep(0.1)
        panel = threading.Thread(target=work, args=("panel", True))
        panel.start()
        time.sleep(0.1)
    batch.join(5), panel.join(5)
    assert order == ["panel", "batch"]


def test_waiting_for_the_model_can_be_cancelled():
    lock, cancel = PriorityLock(), CancelToken()
    cancel.cancel()
    with lock.hold():
        with pytest.raises(Cancelled):
            with lock.hold(True, cancel):
                pytest.fail("held twice")


def test_reading_goes_on_while_a_batch_runs(tmp_path):
    nano = ColourNano(delay=0.05)
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    long = threading.Thread(target=lambda: engine.batch.cover(View(ArraySource(ground(1200, 1200)))))
    long.start()
    time.sleep(0.1)
    engine.cover(View(ArraySource(ground(100, 100), name="small")), no_progress, None)
    assert long.is_alive(), "the panel's view was ready before the batch's"
    long.join(60)
    engine.close()

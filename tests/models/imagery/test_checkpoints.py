"""A blending run that is broken off and gone on with gives what an unbroken one gives, wherever it was broken off."""

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.imagery.blending import Blend
from terralogue.models.imagery.checkpoints import Checkpoints
from terralogue.models.imagery.grid import Grid, Window
from terralogue.models.imagery.tiles import TilePixels, blend_tiles, plan_tiles

SIZE, OVERLAP, HEIGHT, WIDTH = 64, 16, 300, 420


class Kept:
    """What was written, by place."""

    def __init__(self, grid, labels):
        self.grid, self.labels = grid, labels
        self.values = np.full((len(labels), grid.height, grid.width), 7, np.uint8)

    def write_bytes(self, window, values):
        self.values[:, window.row:window.row + window.height, window.col:window.col + window.width] = values


@pytest.fixture
def grid():
    from affine import Affine

    return Grid(WIDTH, HEIGHT, Affine(1, 0, 0, 0, -1, 0), "")


@pytest.fixture
def narrow(monkeypatch):
    """Panels of two or three tiles, so that breaks fall into every panel."""
    monkeypatch.setattr("terralogue.models.imagery.blending.PANEL", 150)


def read(window):
    """Pixels that depend on their place only; a corner of the raster is unknown."""
    rows = np.arange(window.row, window.row + window.height)[:, None]
    cols = np.arange(window.col, window.col + window.width)[None]
    plane = ((rows * 37 + cols * 101) % 251 / 251).astype(np.float32)
    valid = (rows >= 0) & (cols >= 0) & (rows < HEIGHT) & (cols < WIDTH) & ~((rows > 250) & (cols < 100))
    return TilePixels(np.stack([plane] * 3), valid, int(window.row == 0))


def infer(rgb):
    return np.stack([rgb[:, 0], 1 - rgb[:, 0]], axis=1)


def run(grid, folder, stop_after=None, batch=2):
    """(values or None if it was stopped, report)."""
    plan = plan_tiles((HEIGHT, WIDTH), SIZE, OVERLAP)
    kept = Checkpoints(folder, grid, ("a", "b"), every=0.0)
    seen = []

    def counting(rgb):
        seen.append(len(rgb))
        if stop_after is not None and sum(seen) > stop_after:
            raise Cancelled()
        return infer(rgb)

    try:
        report = blend_tiles(read, counting, plan, kept.pieces, batch, checkpoints=kept)
    except Cancelled:
        kept.close()
        return None, sum(seen)
    whole = Kept(grid, ("a", "b"))
    kept.pieces.pour(whole.write_bytes)
    kept.close()
    return whole.values, report


@pytest.fixture
def unbroken(grid, narrow):
    store = Kept(grid, ("a", "b"))
    report = blend_tiles(read, infer, plan_tiles((HEIGHT, WIDTH), SIZE, OVERLAP), store, 2)
    return store.values, report


def test_kept_and_unkept_runs_are_equal(grid, tmp_path, unbroken):
    values, report = run(grid, tmp_path)
    assert (values == unbroken[0]).all()
    assert (report.valid, report.unreadable) == (unbroken[1].valid, unbroken[1].unreadable)


@pytest.mark.parametrize("stop_after", [0, 1, 5, 14, 20, 23, 40, 50])
def test_a_run_that_was_broken_off_goes_on(grid, tmp_path, unbroken, stop_after):
    broken, _ = run(grid, tmp_path, stop_after)
    assert broken is None
    values, report = run(grid, tmp_path)
    assert (values == unbroken[0]).all()
    assert report.valid == unbroken[1].valid and report.unreadable == unbroken[1].unreadable
    assert report.tiles <= unbroken[1].tiles - max(0, stop_after - 2 * 9)


def test_a_run_that_is_broken_off_again_and_again_ends(grid, tmp_path, unbroken):
    for _ in range(40):
        values, _ = run(grid, tmp_path, stop_after=12)
        if values is not None:
            break
    assert (values == unbroken[0]).all()


def test_a_finished_run_is_only_poured_out(grid, tmp_path, unbroken):
    run(grid, tmp_path)
    values, report = run(grid, tmp_path, stop_after=0)
    assert report.tiles == 0 and (values == unbroken[0]).all()


@pytest.mark.parametrize("name", ["state.npz", "pieces", "owed-0"])
@pytest.mark.parametrize("damage", ["cut", "gone", "noise"])
def test_damaged_files_are_not_believed(grid, tmp_path, unbroken, name, damage):
    assert run(grid, tmp_path, stop_after=40)[0] is None
    file = tmp_path / name
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:100])
    elif damage == "gone":
        file.unlink()
    elif name == "state.npz":
        file.write_bytes(b"no archive")
    else:
        pytest.skip("pixels in a whole file are believed")
    values, _ = run(grid, tmp_path)
    assert (values == unbroken[0]).all()


def test_what_was_written_after_the_last_state_is_forgotten(grid, tmp_path, unbroken):
    assert run(grid, tmp_path, stop_after=40)[0] is None
    with open(tmp_path / "pieces", "ab") as file:
        file.write(b"half a piece")
    with open(tmp_path / "owed-0", "ab") as file:
        file.write(b"half a row")
    values, _ = run(grid, tmp_path)
    assert (values == unbroken[0]).all()


def test_pouring_stops_when_told_to(grid, tmp_path, narrow):
    run(grid, tmp_path)
    kept = Checkpoints(tmp_path, grid, ("a", "b"))
    blend = Blend(plan_tiles((HEIGHT, WIDTH), SIZE, OVERLAP), (HEIGHT, WIDTH), 2, lambda *_: None, spill=kept.spill)
    kept.restore(blend)
    cancel = CancelToken()
    written = []

    def once(window: Window, values) -> None:
        written.append(window)
        cancel.cancel()

    with pytest.raises(Cancelled):
        kept.pieces.pour(once, cancel)
    assert len(written) == 1
    blend.close()
    kept.close()

"""A long comparison that is killed goes on where it was, with the result that it would have had."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from fakes import ArraySource, ColourNano, ground, paint

from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled
from terralogue.models.experts import change

CHILD = Path(__file__).with_name("compared_in_a_process.py")
SIZE = 600


def pixels():
    """A meadow; later a road across it from edge to edge, a lake over many seams, and some houses."""
    before, after = ground(SIZE, SIZE), ground(SIZE, SIZE)
    paint(after, "paved", (300, 308), (0, SIZE))
    paint(after, "water", (100, 260), (150, 450))
    for i in range(6):
        paint(after, "building", (400 + 25 * i, 416 + 25 * i), (40 + 90 * i, 60 + 90 * i))
    return before, after


@pytest.fixture(scope="module")
def rasters(tmp_path_factory):
    import rasterio
    from rasterio.transform import Affine

    folder, paths = tmp_path_factory.mktemp("pair"), []
    for name, image in zip(("before", "after"), pixels()):
        paths.append(str(folder / f"{name}.tif"))
        with rasterio.open(paths[-1], "w", driver="GTiff", width=SIZE, height=SIZE, count=3, dtype="uint8", crs="EPSG:32632",
                           transform=Affine(0.5, 0, 500000, 0, -0.5, 5_000_000)) as out:
            out.write(image)
    return paths


def child(rasters, cache, delay, repository):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHILD.parent), *filter(None, sys.path)])}
    command = [sys.executable, str(CHILD), str(repository), *rasters, str(cache), str(delay)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def finished(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err[-2000:]
    return json.loads(out.splitlines()[-1])


def killed_after(process, batches):
    for _ in range(batches):
        assert process.stdout.readline().strip() == "batch", process.stderr.read()[-2000:]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def unbroken(rasters, tmp_path_factory, repository):
    return finished(child(rasters, tmp_path_factory.mktemp("cache"), 0, repository))


def test_a_change_across_every_seam_is_one_polygon(unbroken):
    amounts = sorted((was, became, size) for was, became, size, _, _ in unbroken["polygons"])
    assert amounts == [("low vegetation", "building", 320)] * 6 + [
        ("low vegetation", "paved", 8 * SIZE), ("low vegetation", "water", 160 * 300)]


@pytest.mark.parametrize("batches", [[3], [60, 25]])
def test_a_killed_run_goes_on(rasters, tmp_path, repository, unbroken, batches):
    for number in batches:
        killed_after(child(rasters, tmp_path, 0.02, repository), number)
    (kept,) = (tmp_path / "unfinished").iterdir()
    assert (kept / "state.npz").exists() or batches == [3]
    again = finished(child(rasters, tmp_path, 0, repository))
    assert again["polygons"] == unbroken["polygons"]
    if batches != [3]:
        assert again["went_on"] and again["tiles"] < 0.6 * unbroken["tiles"]
    assert not any((tmp_path / "unfinished").iterdir()), "nothing is left of a run that reached its end"


def test_other_pixels_do_not_go_on_with_it(rasters, tmp_path, repository, unbroken):
    killed_after(child(rasters, tmp_path, 0.02, repository), 60)
    other = [rasters[0], rasters[0]]
    again = finished(child(other, tmp_path, 0, repository))
    assert again["polygons"] == [] and not again["went_on"]


@pytest.fixture
def large(tmp_path, monkeypatch):
    """An engine that takes every pair for a large one, and its model."""
    monkeypatch.setattr("terralogue.models.maps.long_runs.WORTH_KEEPING", 4)
    nano = ColourNano()
    nano.tile, nano.overlap = 64, 16
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    yield engine, nano
    engine.close()


def views(name=""):
    return [View(ArraySource(image, name=f"{name}{date}")) for date, image in enumerate(pixels())]


def test_a_stopped_run_goes_on_and_says_that_it_was_kept(large, monkeypatch):
    engine, nano = large
    monkeypatch.setattr("terralogue.models.maps.resumable_stores.Checkpoints.due", lambda self, last: True)
    cancel = CancelToken()
    see = nano.see

    def stopping(*given, **named):
        if nano.calls == 100:
            cancel.cancel()
        return see(*given, **named)

    nano.see = stopping
    with pytest.raises(Cancelled) as error:
        engine.batch.change(*views(), cancel=cancel)
    assert error.value.kept
    nano.see, seen = see, nano.tiles
    engine.batch.change(*views())
    assert nano.tiles < 1.4 * seen + 200


@pytest.mark.parametrize("phase", ["encoding", "measuring"])
def test_it_stops_within_half_a_second(large, phase):
    engine, nano = large
    cancel, told = CancelToken(), []
    see = nano.see

    def slow(*given, **named):
        if phase == "encoding" and nano.calls == 30:
            told.append(time.perf_counter())
            cancel.cancel()
        return see(*given, **named)

    def progress(_fraction, message=""):
        if phase == "measuring" and message == "Measuring":
            told.append(time.perf_counter())
            cancel.cancel()

    nano.see = slow
    with pytest.raises(Cancelled):
        change.run(change.ChangeRequest(*views()), engine.batch, progress, cancel)
    assert time.perf_counter() - told[0] < 0.5


def test_short_runs_and_those_of_the_panel_are_not_kept(large, tmp_path, monkeypatch):
    engine, _ = large
    engine.change(*views("panel"))
    monkeypatch.setattr("terralogue.models.maps.long_runs.WORTH_KEEPING", 10_000)
    engine.batch.change(*views("short"))
    assert not (tmp_path / "cache" / "unfinished").exists()


def test_what_nobody_goes_on_with_is_thrown_away_after_a_week(tmp_path):
    from terralogue.models.maps.resumable_stores import forget
    from terralogue.models.sharing.file_lock import FileLock

    for name in ("old", "busy", "new", "own"):
        (tmp_path / name).mkdir()
        np.savez(tmp_path / name / "state.npz", format=1)
        if name != "new":
            os.utime(tmp_path / name / "state.npz", (0, 0))
    lock = FileLock.taken(tmp_path / "busy" / "lock")
    assert FileLock.taken(tmp_path / "busy" / "lock") is None
    forget(tmp_path, tmp_path / "own")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["busy", "new", "own"]
    lock.release()
    forget(tmp_path, tmp_path / "own")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "own"]


def test_scores_of_a_process_that_died_are_removed_by_the_next(tmp_path):
    from terralogue.models.sharing.scratch import Scratch

    alive, dead = Scratch(tmp_path), tmp_path / "scores-dead"
    dead.mkdir()
    (dead / "a.tif").write_bytes(b"scores")
    for folder in (alive.path, dead):
        os.utime(folder, (0, 0))
    young = tmp_path / "scores-young"
    young.mkdir()
    other = Scratch(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {alive.path.name, young.name, other.path.name}
    alive.close()
    other.close()
    assert [p.name for p in tmp_path.iterdir()] == ["scores-young"]

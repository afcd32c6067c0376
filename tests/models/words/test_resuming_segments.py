"""A long segmentation that is killed goes on where it was: the same polygons, things and scene as without the kill."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import ColourNano, ground, paint, park

from terralogue.models.engine import Engine

CHILD = Path(__file__).with_name("outlined_in_a_process.py")
SIZE = 600


@pytest.fixture(scope="module")
def raster(tmp_path_factory):
    """A meadow with a lake over many seams, houses, and parked cars."""
    import rasterio
    from rasterio.transform import Affine

    image = paint(ground(SIZE, SIZE), "water", (100, 260), (150, 450))
    for i in range(6):
        paint(image, "building", (400 + 25 * i, 416 + 25 * i), (40 + 90 * i, 60 + 90 * i))
    park(image, "car", [(20 + 60 * i, 500) for i in range(9)])
    path = str(tmp_path_factory.mktemp("town") / "town.tif")
    with rasterio.open(path, "w", driver="GTiff", width=SIZE, height=SIZE, count=3, dtype="uint8", crs="EPSG:32632",
                       transform=Affine(0.25, 0, 500000, 0, -0.25, 5_000_000)) as out:
        out.write(image)
    return path


def child(raster, words, cache, delay, repository):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHILD.parent), *filter(None, sys.path)])}
    command = [sys.executable, str(CHILD), str(repository), raster, words, str(cache), str(delay)]
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


WORDS = "the buildings, the water and the cars"


@pytest.fixture(scope="module")
def unbroken(raster, tmp_path_factory, repository):
    return finished(child(raster, WORDS, tmp_path_factory.mktemp("cache"), 0, repository))


def test_what_crosses_seams_is_one_polygon(unbroken):
    amounts = sorted((label, pixels) for label, pixels, _, _ in unbroken["polygons"])
    assert amounts == [("building", 320)] * 6 + [("car", 128)] * 9 + [("water", 160 * 300)]


@pytest.mark.parametrize("batches", [[60], [40, 130]], ids=["looking", "looking, then searching"])
def test_a_killed_run_goes_on(raster, tmp_path, repository, unbroken, batches):
    for number in batches:
        killed_after(child(raster, WORDS, tmp_path, 0.01, repository), number)
    assert any((folder / "state.npz").exists() for folder in (tmp_path / "unfinished").iterdir())
    again = finished(child(raster, WORDS, tmp_path, 0, repository))
    assert again["went_on"] and again["tiles"] < 1.7 * unbroken["tiles"]
    for part in ("polygons", "things", "scenes"):
        assert again[part] == unbroken[part], part
    assert not any((tmp_path / "unfinished").iterdir()), "nothing is left of a run that reached its end"


def test_a_part_of_a_view_is_never_taken_for_all_of_it(tmp_path, monkeypatch, raster):
    """Features of the few tiles that a resumed run still saw must not answer questions about the whole view."""
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import View
    from terralogue.models.errors import Cancelled
    from terralogue.models.imagery.opening import open_raster

    monkeypatch.setattr("terralogue.models.maps.long_runs.WORTH_KEEPING", 4)
    monkeypatch.setattr("terralogue.models.maps.resumable_stores.Checkpoints.due", lambda self, last: True)
    view, see = View(open_raster(raster)), ColourNano.see

    def run(stop_at):
        nano, cancel = ColourNano(), CancelToken()
        nano.tile, nano.overlap = 64, 16

        def stopping(*given, **named):
            if nano.calls == stop_at:
                cancel.cancel()
            return see(nano, *given, **named)

        nano.see = stopping
        engine = Engine(tmp_path, tmp_path / "cache", nano)
        try:
            engine.batch.cover(view, cancel=cancel)
            return engine.spot(view)
        finally:
            engine.close()

    with pytest.raises(Cancelled):
        run(60)
    assert run(-1) is None
    whole = run(-1)
    assert whole is not None and len(whole) == 9


def test_damaged_votes_start_anew(tmp_path):
    from fakes import ArraySource

    from terralogue.models.imagery.blending import Blend
    from terralogue.models.imagery.checkpoints import Checkpoints
    from terralogue.models.imagery.tiles import plan_tiles
    from terralogue.models.maps.scene_votes import SceneVotes

    grid = ArraySource(ground(128, 128)).grid
    votes = SceneVotes(ColourNano.scenes, 0.5)
    votes.add(np.zeros((1, len(ColourNano.scenes))), [1.0])

    def blend():
        return Blend(plan_tiles((128, 128), 64, 16), (128, 128), 1, lambda window, values: None)

    kept, begun = Checkpoints(tmp_path, grid, ("a",)), blend()
    kept.aside = votes
    for _ in range(3):
        begun.add(np.ones((1, 64, 64), np.float32), np.ones((64, 64), bool))
    kept.save(begun, 1, 2)
    kept.close()
    again, fresh = Checkpoints(tmp_path, grid, ("a",)), SceneVotes(ColourNano.scenes, 0.5)
    again.aside = fresh
    following = blend()
    assert again.restore(following) == (1, 2) and following.done == 3 and fresh.ranked() == votes.ranked()
    other = SceneVotes(ColourNano.scenes[:5], None)
    again.aside, following = other, blend()
    assert again.restore(following) == (0, 0) and following.done == 0 and other.ranked() == ()
    again.close()

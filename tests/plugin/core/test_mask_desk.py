"""Looking and decoding in the background: one look serves many clicks, the latest wish wins, trouble is said in words."""

import gc
import sys
import threading
import time
import weakref
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsMapSettings, QgsProject
from qgis.PyQt.QtCore import QSize

sys.path.append(str(Path(__file__).parents[2] / "models" / "masks"))

from same_colour import SameColour  # noqa: E402

from terralogue.models.masks.pointing_session import Step  # noqa: E402
from terralogue.plugin.core.mask_desk import MaskDesk, Wish  # noqa: E402
from terralogue.plugin.core.mask_ground import ground_of  # noqa: E402


class Engines:
    """Hands out the fake engine; what was seen is not kept on disk."""

    def __init__(self):
        self.engine, self.error = SameColour(), None

    def ready(self):
        return True, "", ""

    def choices(self):
        return [("fake", "Same colour")]

    def open(self, key):
        if self.error is not None:
            raise self.error
        return self.engine

    def kept(self):
        return None


@pytest.fixture
def town(raster):
    """400 × 300 pixels of 1 m with a roof of 20 × 10 at (100, 100) and one of 10 × 10 at (300, 200); nodata 0 right."""
    pixels = np.full((3, 300, 400), 90, np.uint8)
    pixels[:, 100:110, 100:120] = 200
    pixels[:, 200:210, 300:310] = 200
    pixels[:, :, 380:] = 0
    return QgsProject.instance().addMapLayer(raster(pixels, nodata=0))


@pytest.fixture
def desk(town):
    desk = MaskDesk(Engines())
    desk.heard, desk.failures, desk.sentences = [], [], []
    desk.shown.connect(desk.heard.append)
    desk.failed.connect(lambda text, _wish: desk.failures.append(text))
    desk.said.connect(desk.sentences.append)
    desk.point_at(ground_of(town, view(town)), "fake")
    yield desk
    desk.unload()


def view(layer):
    settings = QgsMapSettings()
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(400, 300))
    settings.setExtent(layer.extent())
    return settings


def at(col, row, kind="inside"):
    return Step(kind, ((500_000 + col, 5_000_100 - row),))


def wish(*steps, hover=False, look=True):
    return Wish(tuple(steps), 0.1, "roof", hover, look)


def pixels(shown):
    return sum(feature.pixels for feature in shown.reading.features)


def test_a_second_click_in_the_window_never_encodes(desk, spin_until):
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    assert pixels(desk.heard[0]) == 200 and len(desk.engines.engine.encoded) == 1
    for col in range(100, 118):
        desk.wish(wish(at(col, 104)))
        spin_until(lambda col=col: desk.heard[-1].wish.steps == (at(col, 104),))
        assert pixels(desk.heard[-1]) == 200
    assert len(desk.engines.engine.encoded) == 1


def test_a_click_far_away_looks_there(desk, spin_until):
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    desk.wish(wish(at(305, 205)))
    spin_until(lambda: len(desk.heard) == 2)
    assert pixels(desk.heard[1]) == 100 and len(desk.engines.engine.encoded) == 2
    desk.wish(wish(at(101, 101)))
    spin_until(lambda: len(desk.heard) == 3)
    assert len(desk.engines.engine.encoded) == 2, "the first window is still known"


def test_clicks_while_a_place_is_looked_at_wait_for_that_look(desk, spin_until):
    engine = desk.engines.engine
    engine.gate = threading.Event()
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: engine.encoding)
    for col in (101, 102, 103):
        desk.wish(wish(at(col, 105)))
    engine.gate.set()
    spin_until(lambda: desk.heard)
    assert len(engine.encoded) == 1 and [one.wish.steps for one in desk.heard] == [(at(103, 105),)]


def test_a_resting_mouse_looks_only_if_told_and_never_before_a_click(desk, spin_until):
    desk.wish(wish(at(105, 105), hover=True, look=False))
    spin_until(lambda: not desk.looking)
    assert not desk.heard and not desk.engines.engine.encoded
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    engine = desk.engines.engine
    engine.gate = threading.Event()
    engine.encoding = False
    desk.wish(wish(at(305, 205)))
    spin_until(lambda: engine.encoding)
    desk.wish(wish(at(20, 20), hover=True))
    engine.gate.set()
    spin_until(lambda: len(engine.encoded) == 3)
    assert len(desk.heard) >= 1


def test_of_many_wishes_while_one_is_decoded_only_the_last_is_answered(desk, spin_until):
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    engine = desk.engines.engine
    engine.decode_seconds = 0.05
    engine.decoded = 0
    for number in range(200):
        desk.wish(wish(at(100 + number % 19, 101 + number % 8), hover=True))
    spin_until(lambda: desk.heard[-1].wish.steps == (at(100 + 199 % 19, 101 + 199 % 8),))
    assert engine.decoded <= 3


def test_taking_a_click_back_asks_nobody(desk, spin_until):
    first, second = at(105, 105), at(103, 103)
    desk.wish(wish(first))
    spin_until(lambda: desk.heard)
    desk.wish(wish(first, second))
    spin_until(lambda: len(desk.heard) == 2)
    assert desk.heard[1].reading.memory.tolist() == [1.0], "the second click refines what the first one gave"
    engine = desk.engines.engine
    engine.decoded = 0
    desk.wish(wish(first))
    assert len(desk.heard) == 3 and engine.decoded == 0


def test_a_place_beside_the_raster_and_one_without_data_are_said(desk, spin_until):
    desk.wish(wish(at(-50, 20)))
    spin_until(lambda: desk.failures)
    assert "outside" in desk.failures[-1]
    desk.wish(wish(at(390, 20)))
    spin_until(lambda: len(desk.failures) == 2)
    assert "no data" in desk.failures[-1] and not desk.heard


def test_a_raster_that_changed_on_disk_is_looked_at_anew_and_said(desk, town, spin_until):
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    path = Path(town.source())
    content = path.read_bytes()
    time.sleep(0.01)
    path.write_bytes(content)
    desk.wish(wish(at(106, 106)))
    spin_until(lambda: len(desk.heard) == 2)
    assert len(desk.sentences) == 1 and "changed" in desk.sentences[0]
    assert len(desk.engines.engine.encoded) == 2


def test_a_raster_file_that_is_gone_is_said(desk, town, spin_until):
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.heard)
    Path(town.source()).unlink()
    desk.wish(wish(at(106, 106)))
    spin_until(lambda: desk.failures)
    assert "Cannot read" in desk.failures[0] and len(desk.heard) == 1


def test_an_engine_that_does_not_load_or_fails_is_said(desk, spin_until, log_lines):
    from terralogue.models.errors import ModelMissing

    desk.engines.error = ModelMissing("sam.onnx")
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: desk.failures)
    assert "sam.onnx" in desk.failures[0]
    desk.engines.error = None
    desk.engines.engine.decode_error = ValueError("bad shapes")
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: len(desk.failures) == 2)
    assert any("bad shapes" in line for line in log_lines)


def test_a_look_that_the_user_stops_in_the_task_list_is_not_begun_again(desk, spin_until):
    engine = desk.engines.engine
    engine.gate = threading.Event()
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: engine.encoding)
    desk._task.cancel()
    engine.gate.set()
    spin_until(lambda: desk.failures)
    assert not desk.looking and len(engine.encoded) <= 1


def test_a_picture_of_the_map_is_let_go_of_once_it_was_looked_at(town, finish):
    """Copies of layers that outlive QGIS crash it at its end."""
    from terralogue.plugin.core.tasks import RunTask

    settings, kept = view(town), []
    settings.setLayers([town])
    ground = ground_of(None, settings)

    def work(_progress, cancel):
        source = ground.snapshot.open(cancel).source
        kept.append(weakref.ref(source))
        assert source.read(source.grid.window).valid.any()
        source.close()
        return True

    assert finish(RunTask("looking", work)).ok
    gc.collect()
    assert kept[0]() is None


def test_nothing_is_heard_after_unloading(town, spin_until):
    desk = MaskDesk(Engines())
    heard = []
    desk.shown.connect(heard.append)
    desk.point_at(ground_of(town, view(town)), "fake")
    engine = desk.engines.engine
    engine.gate = threading.Event()
    desk.wish(wish(at(105, 105)))
    spin_until(lambda: engine.encoding)
    desk.unload()
    engine.gate.set()
    spin_until(lambda: not desk.looking)
    assert not heard

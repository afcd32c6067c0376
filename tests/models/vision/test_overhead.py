"""The shipped model doubts a drawn map, noise and a run of colours, and believes imagery."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "words"))
from fakes import ArraySource  # noqa: E402

from terralogue.models.assistant import Assistant, transcript  # noqa: E402
from terralogue.models.cancel import CancelToken  # noqa: E402
from terralogue.models.conversation import Done, Question, View  # noqa: E402
from terralogue.models.engine import Engine  # noqa: E402
from terralogue.models.imagery.opening import open_raster  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(ROOT / "resources", tmp_path_factory.mktemp("cache"))
    yield engine
    engine.close()


def _street_map():
    image = np.full((3, 256, 256), 0, np.uint8)
    image[:] = np.array([242, 239, 233], np.uint8)[:, None, None]
    image[:, 20:90, 150:240] = np.array([200, 235, 190], np.uint8)[:, None, None]
    image[:, 170:256, 0:80] = np.array([170, 211, 223], np.uint8)[:, None, None]
    for at, width in ((40, 8), (120, 14), (200, 8)):
        for lane, colour in ((width, 185), (width - 2, 255)):
            image[:, at - lane // 2:at + lane // 2, :] = colour
            image[:, :, at + 20 - lane // 2:at + 20 + lane // 2] = colour
    return image


def _noise():
    return np.random.default_rng(3).integers(0, 256, (3, 256, 256)).astype(np.uint8)


def _gradient():
    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    return np.stack([np.tile(ramp, (256, 1)), np.tile(ramp[::-1], (256, 1)), np.full((256, 256), 90, np.uint8)])


@pytest.mark.parametrize("image", [_street_map(), _noise(), _gradient()], ids=["map", "noise", "gradient"])
def test_what_is_no_imagery_is_declined_until_somebody_insists(engine, image):
    view = View(ArraySource(image, name="sheet 4"))
    *_, done = Assistant(engine, speaking=False).ask(Question("How many buildings are there?", (view,)), CancelToken())
    assert isinstance(done, Done) and done.provenance["declined"]
    insisting = Question("Anyway, how many buildings are there?", (view,))
    events = list(Assistant(engine, speaking=False).ask(insisting, CancelToken()))
    assert not events[-1].provenance["declined"] and events[-1].provenance["insisted"]


def test_imagery_is_answered(engine):
    for name in ("before", "after"):
        view = View(open_raster(str(ROOT / "resources" / "sample" / f"{name}.tif")))
        events = list(Assistant(engine, speaking=False).ask(Question("What is here?", (view,)), CancelToken()))
        assert not events[-1].provenance["declined"], transcript(events)

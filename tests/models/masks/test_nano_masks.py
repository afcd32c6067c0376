"""Nano's predictor behind the interface of mask engines."""

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.masks.engine import Prompt
from terralogue.models.masks.nano_masks import NanoMasks
from terralogue.models.vision.nano import Nano


@pytest.fixture(scope="module")
def engine(repository):
    return NanoMasks(Nano.load(repository / "resources" / "nano", threads=1))


def roofs(height=256, width=256):
    """A red roof on grass and another far from it, noisy as imagery is."""
    rng = np.random.default_rng(3)
    rgb = np.empty((3, height, width), np.float32)
    rgb[:] = np.array([0.25, 0.38, 0.2], np.float32)[:, None, None]
    for top, left in ((60, 60), (160, 170)):
        rgb[:, top:top + 40, left:left + 50] = np.array([0.75, 0.35, 0.3], np.float32)[:, None, None]
    return np.clip(rgb + rng.normal(0, 0.02, rgb.shape), 0, 1).astype(np.float32)


def iou(a, b):
    return (a & b).sum() / (a | b).sum()


def test_a_click_gives_the_roof_under_it_and_not_the_other(engine):
    seen = engine.encode(roofs(), 0.3)
    (found,) = engine.decode(seen, Prompt(inside=((85.0, 80.0),)))
    truth = np.zeros((256, 256), bool)
    truth[60:100, 60:110] = True
    mask = found.scores >= 0.5
    assert found.scores.shape == (256, 256) and found.scores.dtype == np.float32
    assert iou(mask, truth) > 0.6
    assert not mask[150:, 150:].any()
    assert abs(found.quality - found.scores[mask].mean()) < 1e-6


def test_the_same_roof_comes_from_its_box(engine):
    seen = engine.encode(roofs(), 0.3)
    click = engine.decode(seen, Prompt(inside=((85.0, 80.0),)))[0].scores >= 0.5
    box = engine.decode(seen, Prompt(box=(58.0, 58.0, 112.0, 102.0)))[0].scores >= 0.5
    assert iou(click, box) > 0.7


def test_an_empty_prompt_and_an_unknown_word_find_nothing(engine):
    seen = engine.encode(roofs(), 0.3)
    assert engine.decode(seen, Prompt()) == []
    assert engine.decode(seen, Prompt(outside=((5.0, 5.0),))) == []
    assert engine.decode(seen, Prompt(label="no such thing")) == []


def test_a_window_of_any_size_is_answered_in_its_own_pixels(engine):
    seen = engine.encode(roofs()[:, :230, :201], 0.3)
    (found,) = engine.decode(seen, Prompt(inside=((85.0, 80.0),)))
    assert seen.shape == (230, 201) and found.scores.shape == (230, 201)
    assert (found.scores >= 0.5)[80, 85]


def test_what_it_saw_is_plain_arrays_of_half_precision(engine):
    seen = engine.encode(roofs(), 0.3)
    assert {name: array.dtype for name, array in seen.arrays.items()} == {"features": np.dtype(np.float16)}
    assert seen.arrays["features"].shape[1:] == (64, 64)


def test_a_cancelled_look_raises(engine):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.encode(roofs(), 0.3, cancel)


def test_engine_names_its_model(engine, repository):
    assert engine.side == 256 and engine.digest.startswith("sha256:") and engine.name

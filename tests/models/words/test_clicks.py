"""Clicks and boxes without words: the mask predictor where it is sure, the cover that lies there where it is not; said which."""

import numpy as np
import pytest
from answered import mismatches
from fakes import ArraySource, ColourNano, town

from terralogue.models.conversation import View
from terralogue.models.engine import Engine
from terralogue.models.experts.segment import SegmentRequest, run

#: Centre of the first house (rows 8–24, columns 8–38 of 0.5 m pixels).
HOUSE = (500009.0, 4999992.0)


class Pointing(ColourNano):
    """Answers a click with the 12 × 12 px around it, ``score`` sure of it."""

    score = 0.9

    def mask(self, features, prompts, label="", cancel=None):
        if label:
            return super().mask(features, prompts, label, cancel)
        out = np.zeros((1, *features.shape[2:]), np.float32)
        where = prompts[0, 0] if prompts[0, 0].any() else prompts[0, 2]
        row, col = (int(value) * 4 + 2 for value in np.unravel_index(where.argmax(), where.shape))
        out[0, max(0, row - 6):row + 6, max(0, col - 6):col + 6] = self.score
        return out


class Features(Pointing):
    """Features of the tile are a quarter as fine as its pixels, as the real model's are."""

    def see(self, rgb, gsd, cancel=None):
        seen = super().see(rgb, gsd, cancel)
        seen.features = rgb[:, :, ::4, ::4]
        return seen

    def mask(self, features, prompts, label="", cancel=None):
        return super().mask(np.zeros((1, 1, features.shape[2] * 4, features.shape[3] * 4)), prompts, label, cancel)


@pytest.fixture
def segment(tmp_path):
    engines = []

    def put(nano, words="", **options):
        engines.append(Engine(tmp_path, tmp_path / f"cache{len(engines)}", nano))
        return run(SegmentRequest(View(ArraySource(town())), words, **options), engines[-1])

    yield put
    for engine in engines:
        engine.close()


def test_a_sure_mask_is_taken_and_said_to_be_the_predictors(segment):
    found = segment(Features(), points=((*HOUSE, True),))
    (house,) = found.features.features
    assert house.pixels == 144 and house.label == "building" and house.score == pytest.approx(0.9, abs=1e-3)
    assert found.facts["pointed"] == [{"by": "mask predictor", "label": "building", "score": 0.9}]
    assert mismatches(found.facts) == []


def test_an_unsure_mask_gives_way_to_the_cover(segment):
    unsure = Features()
    unsure.score = 0.6
    found = segment(unsure, points=((*HOUSE, True),))
    assert [f.pixels for f in found.features.features] == [320] and "pointed" not in found.facts


def test_words_are_answered_by_covers_as_before(segment):
    found = segment(Features(), words="buildings", points=((*HOUSE, True),))
    assert [f.pixels for f in found.features.features] == [320]


def test_a_box_alone_asks_the_predictor_too(segment):
    found = segment(Features(), boxes=((500004.0, 4999988.0, 500014.0, 4999996.0),))
    assert [f.pixels for f in found.features.features] == [144]


def test_unwanted_clicks_alone_leave_out_what_lies_under_them(segment):
    every = segment(Features(), words="buildings", points=())
    without = segment(Features(), points=((*HOUSE, False),))
    assert len([f for f in without.features.features if f.label == "building"]) == len(every.features.features) - 1

"""Thresholds of masks of words: moved one class at a time, and equal to a run with them; no model runs again."""

import numpy as np
import pytest
from fakes import ArraySource, ColourNano, NearNano, park, town

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Movable, Question, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled, RasterUnreadable
from terralogue.models.experts.segment import SegmentRequest, run
from terralogue.models.imagery.opening import open_raster


@pytest.fixture
def nano():
    return NearNano()


@pytest.fixture
def source():
    return ArraySource(town())


def moved(engine, source, text):
    events = list(Assistant(engine, speaking=False).ask(Question(text, (View(source),)), CancelToken()))
    return [event.scores for event in events if isinstance(event, Movable)]


def plain(features):
    return sorted((f.label, f.pixels, round(f.score, 6)) for f in features)


def test_each_class_has_a_threshold_of_its_own(engine, nano, source):
    buildings, water = moved(engine, source, "Segment the buildings and the water")
    assert (buildings.label, water.label) == ("building", "water") and buildings.own == buildings.threshold == 0.5
    calls, kept = nano.calls, {}
    for threshold in (0.3, 0.9, 0.98):
        answer = buildings.answer(threshold)
        expected = run(SegmentRequest(View(source), "buildings", threshold=threshold), engine).features.features
        mine = [f for f in answer.result.features.features if f.label == "building"]
        assert plain(mine) == plain(expected) and buildings.count(threshold) == len(mine)
        kept[threshold] = sum(f.pixels for f in mine)
        lake, = (f for f in answer.result.features.features if f.label == "water")
        assert lake.pixels > 9000, "the other class stays where it was"
    assert kept[0.3] >= kept[0.9] >= kept[0.98] and kept[0.3] > kept[0.98]
    both = water.answer(0.98).result.features.features
    assert plain([f for f in both if f.label == "building"]) == plain(mine), "what was moved before stays moved"
    assert nano.calls == calls, "nothing was looked at again"


def test_words_and_links_follow(engine, source):
    (buildings,) = moved(engine, source, "Segment the buildings")
    many, none = buildings.answer(0.5), buildings.answer(0.99)
    assert "12" in many.result.caption and many.links
    assert none.result.caption != many.result.caption and "buildings" in none.result.caption
    assert none.result.features.crs_wkt and none.result.facts["focus"]["things"]


def test_single_things_can_be_moved_too(tmp_path):
    engine = Engine(tmp_path, tmp_path / "cache", ColourNano())
    source = ArraySource(park(town(), "car", [(150 + 20 * i, 150) for i in range(4)]), gsd=0.25)
    (cars,) = moved(engine, source, "Segment the cars")
    assert cars.own == 0.3 and cars.count(0.3) == 4 and cars.count(0.9) == 0
    assert cars.answer(0.9).result.features.features == () and cars.answer(0.9).result.features.crs_wkt
    engine.close()


def test_questions_that_outline_no_class_have_none(engine, source):
    for text in ("How many buildings are there?", "Describe this", "Segment everything", "Segment the largest red building"):
        assert moved(engine, source, text) == []


def test_the_scores_stay_when_the_cache_lets_go_and_the_layer_is_closed(engine, source):
    (buildings,) = moved(engine, source, "Segment the buildings")
    engine._cache.limit = 0
    engine.cover(View(ArraySource(town()[:, ::-1].copy(), name="other")))
    source.broken = True
    assert len(buildings.answer(0.4).result.features.features) == 12


def test_a_closed_engine_is_said_so(tmp_path, source):
    engine = Engine(tmp_path, tmp_path / "cache", NearNano())
    (buildings,) = moved(engine, source, "Segment the buildings")
    engine.close()
    with pytest.raises(RasterUnreadable):
        buildings.answer(0.123)


def test_the_score_raster_holds_what_the_threshold_is_compared_with(engine, source, tmp_path):
    (buildings,) = moved(engine, source, "Segment the buildings")
    raster = open_raster(buildings.write(str(tmp_path / "scores.tif")))
    image = raster.read(raster.grid.window)
    raster.close()
    mine = sum(f.pixels for f in buildings.answer(0.5).result.features.features)
    assert ((image.pixels[0] / 254.0 >= 0.5) & image.valid).sum() == pytest.approx(mine, rel=0.01) and mine > 2000
    assert [path.name for path in tmp_path.glob("*.tif")] == ["scores.tif"] and np.all(image.valid)


def test_moving_can_be_stopped_and_fills_no_memory(engine, source):
    (buildings,) = moved(engine, source, "Segment the buildings")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        buildings.answer(0.7, token)
    cover, _ = buildings._holding.scored("building")
    buildings.count(0.6)
    number = len(cover.memo)
    for threshold in np.linspace(0.1, 0.9, 12):
        buildings.count(float(threshold))
    assert len(cover.memo) == number

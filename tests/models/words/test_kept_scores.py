"""A threshold moved on kept scores makes the answer that a run with that threshold makes, and looks at nothing again."""

import dataclasses
import json

import numpy as np
import pytest
from answered import mismatches, unfounded
from fakes import ArraySource, NearNano, paint, town

from terralogue.models.cancel import CancelToken, no_progress
from terralogue.models.conversation import Movable, Region, Turn, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled
from terralogue.models.experts.change import ChangeRequest, run
from terralogue.models.experts.kept_scores import KeptScores
from terralogue.models.imagery.opening import open_raster

THRESHOLDS = (0.05, 0.3, 0.5, 0.72, 0.95)


@pytest.fixture
def nano():
    """A model that blurs: between changed and unchanged its scores are in between."""
    return NearNano()


@pytest.fixture
def dates():
    pixels = town()
    paint(pixels, "building", (120, 140), (320, 350))
    paint(pixels, "building", (160, 163), (200, 203))
    paint(pixels, "bare", (240, 300), (0, 50))
    return ArraySource(town(), name="old"), ArraySource(pixels, name="new")


def kept(answer) -> KeptScores:
    (event,) = [event for event in answer.events if isinstance(event, Movable)]
    return event.scores


def plain(features):
    return [(f.from_label, f.to_label, f.pixels, f.area_m2, f.score, [ring.tolist() for ring in f.rings]) for f in features]


@pytest.mark.parametrize(
    "question", ["What changed?", "How many buildings were added?", "changes larger than 100 m² in the west"])
def test_a_moved_threshold_is_a_run_with_that_threshold(ask, engine, nano, dates, tmp_path, question):
    scores = kept(ask(question, *dates))
    calls = nano.calls
    counts = []
    for threshold in THRESHOLDS:
        moved = scores.answer(threshold)
        assert scores.count(threshold) == len(moved.result.features.features)
        counts.append(sum(f.pixels for f in moved.result.features.features))
        fresh = NearNano()
        fresh.thresholds = {"change": threshold}
        other = Engine(tmp_path, tmp_path / "fresh", fresh)
        request = ChangeRequest(View(dates[0]), View(dates[1]), question)
        again = run(request, other)
        forced = run(dataclasses.replace(request, threshold=threshold), engine)
        other.close()
        for expected in (again, forced):
            assert plain(moved.result.features.features) == plain(expected.features.features)
            assert moved.result.transitions == expected.transitions
        assert mismatches(moved.result.facts) == [] and unfounded(moved.result.caption, moved.result.facts) == []
    assert nano.calls == calls, "nothing was looked at again"
    assert len(set(counts)) > 1 or "building" in question, "the scores are not all 0 or 1"


def test_the_threshold_of_the_answer_gives_the_answer(ask, dates):
    answer = ask("What changed?", *dates)
    scores = kept(answer)
    assert scores.threshold == 0.5
    same = scores.answer(scores.threshold)
    assert plain(same.result.features.features) == plain(answer.features)
    assert same.result.caption == answer.text
    assert same.result.facts == answer.facts
    assert same.links == tuple((link.words, link.features) for link in answer.links)


def test_a_lower_threshold_never_covers_less(ask, dates):
    scores = kept(ask("What changed?", *dates))
    found = [sum(f.pixels for f in scores.answer(t).result.features.features) for t in THRESHOLDS]
    assert found == sorted(found, reverse=True)


def test_sums_of_the_table_are_those_of_the_polygons(ask, dates):
    for threshold in THRESHOLDS:
        result = kept(ask("What changed?", *dates)).answer(threshold).result
        for row in result.transitions:
            mine = [f for f in result.features.features if (f.from_label, f.to_label) == (row["from"], row["to"])]
            assert row["count"] == len(mine) and row["pixels"] == sum(f.pixels for f in mine)
            assert row["area_m2"] == pytest.approx(sum(f.area_m2 for f in mine))
        assert sum(row["count"] for row in result.transitions) == len(result.features.features)


def test_the_score_raster_holds_what_the_threshold_is_compared_with(ask, dates, tmp_path):
    ring = np.array([(500000, 5_000_000), (500100, 5_000_000), (500100, 4_999_850), (500000, 4_999_850), (500000, 5_000_000)])
    answer = ask("What changed?", *dates, region=Region(((ring.astype(float),),)))
    scores = kept(answer)
    path = scores.write(str(tmp_path / "scores.tif"))
    assert [file.name for file in tmp_path.glob("*.tif*")] == ["scores.tif"]
    source = open_raster(path)
    image = source.read(source.grid.window)
    values, known = image.pixels[0] / 254.0, image.valid
    source.close()
    inside = answer.facts["region"]["pixels"]
    assert known.sum() == inside, "outside the region nothing is known"
    small = answer.facts["changed"]["pixels"]
    assert ((values >= scores.threshold - 1e-5) & known).sum() >= small > 0


def test_moving_can_be_stopped(ask, dates, tmp_path):
    scores, token = kept(ask("What changed?", *dates)), CancelToken()
    token.cancel()
    for work in (lambda: scores.answer(0.2, token), lambda: scores.write(str(tmp_path / "a.tif"), token)):
        with pytest.raises(Cancelled):
            work()
    assert not list(tmp_path.glob("*.tif*"))


def test_the_scores_stay_after_the_cache_let_them_go(ask, engine, dates):
    scores = kept(ask("What changed?", *dates))
    engine._cache.limit = 0
    engine.cover(View(dates[0]), no_progress)
    assert len(scores.answer(0.3).result.features.features) > 0


def test_those_are_what_was_shown_at_the_moved_threshold(ask, dates):
    first = ask("What changed?", *dates)
    moved = kept(first).answer(0.95).result
    turn = Turn("What changed?", moved.caption, json.loads(json.dumps(moved.facts)))
    after = ask("How many of those are larger than 1 m²?", *dates, history=(turn,))
    assert after.facts["threshold"] == 0.95 and kept(after).threshold == 0.95 and kept(after).own == 0.5
    assert len(after.features) == len(moved.features.features)
    assert sum(f.pixels for f in after.features) == sum(f.pixels for f in moved.features.features)
    fresh = ask("What changed?", *dates, history=(turn,))
    assert fresh.facts["threshold"] == 0.5 and plain(fresh.features) == plain(first.features)


def test_a_threshold_that_is_none_is_passed_over(ask, dates):
    first = ask("What changed?", *dates)
    for wrong in ("0.9", None, 7, True, float("nan")):
        turn = Turn("What changed?", first.text, {**first.facts, "threshold": wrong})
        assert ask("How many of those are there?", *dates, history=(turn,)).facts["threshold"] == 0.5

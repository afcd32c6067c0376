"""Several dates: what changed in which period, when first, what changed back, and what no date shows."""

from dataclasses import replace

import numpy as np
import pytest
from answered import mismatches
from fakes import COLOURS, ArraySource, ground, paint, town

from terralogue.models.conversation import Region, View
from terralogue.models.errors import NothingToAnalyse, QuestionUnclear
from terralogue.models.experts import series
from terralogue.models.experts.change import ChangeRequest
from terralogue.models.experts.change import run as compare

HOUSE, POOL = ((120, 150), (200, 240)), ((160, 200), (100, 140))


def dated(pixels, iso, name="", **options):
    return View(ArraySource(pixels, name=name or f"scene {iso}", iso=iso, **options))


def around(rows, cols):
    """A rectangle of pixels, as a region."""
    left, right = (500000 + col / 2 for col in cols)
    top, bottom = (5_000_000 - row / 2 for row in rows)
    ring = np.array([(left, top), (left, bottom), (right, bottom), (right, top), (left, top)], float)
    return Region(((ring,),))


def years():
    """A house of 1,200 px comes in the second period; a pool of 1,600 px in the first, and goes in the third."""
    first = town()
    second = paint(town(), "water", *POOL)
    third = paint(paint(town(), "water", *POOL), "building", *HOUSE)
    fourth = paint(town(), "building", *HOUSE)
    return [dated(p, f"20{10 + 2 * i}-06-01") for i, p in enumerate((first, second, third, fourth))]


@pytest.fixture
def run(engine):
    def call(views, question="", **options):
        found = series.run(series.SeriesRequest(tuple(views), question, **options), engine)
        assert mismatches(found.facts) == []
        return found

    return call


def test_every_period_has_its_own_changes_with_their_dates(run):
    found = run(years())
    rows = [(f.period, f.start, f.end, f.from_label, f.to_label, f.pixels, f.first_change) for f in found.features.features]
    assert rows == [
        (1, "2010-06-01", "2012-06-01", "low vegetation", "water", 1600, "2012-06-01"),
        (2, "2012-06-01", "2014-06-01", "low vegetation", "building", 1200, "2014-06-01"),
        (3, "2014-06-01", "2016-06-01", "water", "low vegetation", 1600, "2012-06-01"),
    ]
    assert found.features.kind == "series" and all(f.area_m2 == pytest.approx(f.pixels / 4, rel=2e-3)
                                                   for f in found.features.features)


def test_what_changed_and_changed_back_is_marked_and_said(run):
    found = run(years())
    assert [f.flicker for f in found.features.features] == [True, False, True]
    assert found.facts["flicker"]["count"] == 2 and found.facts["flicker"]["pixels"] == 3200
    assert "2 of the 3 are of ground that changed and changed back" in found.caption


def test_the_order_of_the_layers_does_not_matter(run):
    views = years()
    one, other = run(views), run([views[2], views[0], views[3], views[1]])
    assert one.facts == other.facts and one.sentences == other.sentences and one.table == other.table
    assert all(np.array_equal(a.rings[0], b.rings[0]) for a, b in zip(one.features.features, other.features.features))


def test_the_same_raster_thrice_has_changed_nowhere(run, nano):
    nano.compare = lambda before, after, cancel=None: np.full((len(before.cover), 7, 256, 256), 0.9, np.float32)
    found = run([dated(town(), iso) for iso in ("2010", "2011", "2012")])
    assert found.features.features == () and found.facts["most"] is None
    assert found.caption.startswith("I see no change on 3 dates from 2010 to 2012.")
    assert [row["count"] for row in found.table] == [0, 0]


def test_every_date_is_encoded_once(engine, nano):
    views = years()
    engine.series(views)
    tiles = nano.tiles
    engine.series(views)
    assert tiles == nano.tiles == 4 * 4, "four dates of four tiles"


def test_two_dates_as_a_series_are_the_pair(engine):
    before, after = years()[1:3]
    pair = compare(ChangeRequest(before, after), engine)
    found = series.run(series.SeriesRequest((after, before)), engine)
    assert [(f.rings[0].tolist(), f.label, f.score, f.pixels, f.area_m2) for f in pair.features.features] == [
        (f.rings[0].tolist(), f.label, f.score, f.pixels, f.area_m2) for f in found.features.features]
    assert found.facts["periods"][0]["changed"] == pair.facts["changed"]


def test_the_table_is_the_sum_of_the_polygons(run):
    found = run(years())
    for row in found.table:
        mine = [f for f in found.features.features if (f.period, f.from_label, f.to_label)
                == (row["period"], row["from"], row["to"])]
        assert (row["count"], row["pixels"]) == (len(mine), sum(f.pixels for f in mine))
        assert row["area_m2"] == pytest.approx(sum(f.area_m2 for f in mine))
    assert sum(row["count"] for row in found.table) == len(found.features.features) == found.facts["total"]["count"]


def test_the_period_of_most_change_is_said(run):
    views = years()
    paint(views[3].source.pixels, "bare", (0, 120), (250, 400))
    found = run(views)
    assert found.facts["most"] == 2 and "Most change fell between 2014-06-01 and 2016-06-01" in found.caption


def test_a_date_with_gaps_spoils_only_its_own_periods(run):
    views = years()
    valid = np.ones((300, 400), bool)
    valid[100:220, 150:300] = False
    views[1] = dated(views[1].source.pixels, "2012-06-01", valid=valid)
    found = run(views)
    # The house came between the second and the third date, and the second does not show its place.
    assert [(f.period, f.to_label) for f in found.features.features] == [(1, "water"), (3, "low vegetation")]
    shares = [date["unknown"]["share"] for date in found.facts["dates"]]
    assert shares == [0, pytest.approx(0.15), 0, 0]
    assert "15 % of the region is not known on 2012-06-01" in found.caption
    assert [period["known"]["share"] for period in found.facts["periods"]] == [
        pytest.approx(0.85), pytest.approx(0.85), 1]


def test_a_date_that_shows_nothing_of_the_region_leaves_its_periods_open_and_never_unchanged(run):
    views = years()
    valid = np.ones((300, 400), bool)
    valid[150:, :200] = False
    views[1] = dated(town(), "2012-06-01", valid=valid)
    views[0] = View(views[0].source, around((155, 205), (95, 145)))
    found = run(views)
    assert [period["changed"] is None for period in found.facts["periods"]] == [True, True, False]
    assert "Nothing could be compared between 2010-06-01 and 2012-06-01" in found.caption
    assert [row["count"] for row in found.table] == [None, None, 1]


def test_nothing_at_all_to_compare_is_an_error(run):
    empty = np.zeros((300, 400), bool)
    with pytest.raises(NothingToAnalyse):
        run([dated(town(), "2010"), dated(town(), "2011", valid=empty), dated(town(), "2012")])


@pytest.mark.parametrize("isos, said", [
    (("2010", None, "2012"), "has no date"), (("2010", "2012", "2010"), "have the same date, 2010"), (("2010",), "2 to 24"),
])
def test_dates_that_are_missing_or_equal_are_refused(run, isos, said):
    with pytest.raises(QuestionUnclear, match=said):
        run([dated(town(), iso, name=f"layer {i}") for i, iso in enumerate(isos)])


def test_a_question_narrows_every_period(run):
    found = run(years(), "new buildings")
    assert [(f.period, f.to_label) for f in found.features.features] == [(2, "building")]
    assert "I see one such change" in found.caption and "Nothing changed" not in found.caption
    assert "No such change was seen between 2010-06-01 and 2012-06-01" in found.caption
    assert "Between 2012-06-01 and 2014-06-01, one building was added" in found.caption


def test_a_size_narrows_it_too_and_nothing_is_said_of_the_rest(run):
    found = run(years(), "changes larger than 350 m²")
    assert [f.period for f in found.features.features] == [1, 3]
    assert "2 such changes" in found.caption and "Nothing changed" not in found.caption


def test_a_region_is_all_that_is_looked_at(run):
    views = years()
    found = run([View(views[0].source, around((110, 160), (180, 260))), *views[1:]])
    assert {f.to_label for f in found.features.features} == {"building"}


def test_rasters_of_different_places_and_pixel_sizes_meet_on_what_they_share(run):
    views = [
        dated(ground(300, 400), "2010"),
        dated(paint(ground(150, 200), "water", (50, 80), (60, 100)), "2011", gsd=1.0),
        dated(paint(ground(200, 300), "water", (100, 160), (120, 200)), "2012"),
    ]
    found = run(views)
    assert found.facts["gsd"] == pytest.approx(1.0, rel=1e-2)
    assert found.facts["region"]["pixels"] == 100 * 150
    assert [(f.period, f.pixels) for f in found.features.features] == [(1, 1200)]


def test_the_chat_answers_about_several_dates(ask):
    answer = ask("What changed, and when?", *(view.source for view in years()))
    assert answer.facts["kind"] == "series" and mismatches(answer.facts) == []
    assert len(answer.features) == 3 and answer.text.startswith("On 4 dates")
    declined = ask("What changed?", *(ArraySource(town(), iso=iso, name=iso or "plain") for iso in ("2010", None, "2012")))
    assert "plain has no date" in declined.text and declined.provenance["declined"]


def landscape(seed):
    """(420, 420) values about 0 with detail of several pixels, as imagery has."""
    spectrum = np.fft.fft2(np.random.default_rng(seed).normal(size=(420, 420)))
    rate = np.hypot(np.fft.fftfreq(420)[:, None], np.fft.fftfreq(420)[None])
    values = np.fft.ifft2(spectrum * np.exp(-(rate / 0.15) ** 2)).real
    return values / values.std()


def natural(right=0):
    """Woods, meadows and bare ground with some texture, their content moved by whole pixels."""
    cover = np.select([landscape(0) > 1, landscape(0) > 0], [2, 3], 4)
    pixels = np.clip(COLOURS[cover].transpose(2, 0, 1) + 2 * landscape(3), 0, 255).astype(np.uint8)
    return np.roll(pixels, right, axis=2)[:, 20:380, 20:380].copy()


def test_dates_that_lie_beside_each_other_are_laid_on_the_first(engine, run):
    views = [dated(natural(), "2010"), dated(natural(3), "2011"), dated(natural(-2), "2012")]
    found = run(views)
    assert [round(date["alignment"]["shift"]["right_px"]) for date in found.facts["dates"][1:]] == [-3, 2]
    assert "2011 by 3.0 pixels and 2012 by 2.0 pixels" in found.caption
    apart = [replace(view, aligned=False) for view in views]
    assert not any(date["alignment"]["asked"] for date in run(apart).facts["dates"][1:])
    for number in range(2):
        laid, left = (np.nanmean(m.changes[number].read(m.grid.window)[-1]) for m in (engine.series(views), engine.series(apart)))
        assert laid < 0.02 < 0.05 < left

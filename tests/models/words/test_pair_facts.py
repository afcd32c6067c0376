"""Facts of two dates against brute force, and under swapping the dates."""

import numpy as np
import pytest
from score_arrays import COVERS, ArrayScores, flood, smooth

from terralogue.models.facts.changes import find_changes
from terralogue.models.facts.pair_facts import pair_facts
from terralogue.models.facts.pixel_area import PixelArea
from terralogue.models.facts.view_facts import Context

CHANGES = (*COVERS, "any")
NEAR = Context("scene", gsd=0.5, native_gsd=0.5, gsd_range=(0.1, 1.0))


def facts_of(before, after, moved=None, floor=1, inside=None):
    if moved is None:
        moved = np.concatenate([np.abs(after - before), np.abs(after - before).max(axis=0)[None]])
    found = find_changes(
        ArrayScores(moved, CHANGES), ArrayScores(before), ArrayScores(after), inside,
        min_pixels=dict.fromkeys(COVERS, floor),
    )
    return found, pair_facts(found, NEAR, NEAR, PixelArea(found.grid, 0.25))


def scene(water=()):
    scores = np.full((6, 60, 60), 0.02, np.float32)
    scores[3] = 0.9
    return scores


def put(scores, k, rows, cols):
    scores[:, rows, cols] = 0.02
    scores[k, rows, cols] = 0.9


def test_houses_built_on_two_covers_are_one_house_each():
    before, after = scene(), scene()
    put(before, 4, slice(0, 60), slice(10, 13))
    put(after, 4, slice(0, 60), slice(10, 13))
    put(after, 0, slice(5, 15), slice(5, 20))
    put(after, 0, slice(40, 50), slice(40, 50))
    found, facts = facts_of(before, after)
    assert facts["covers"]["building"]["added"]["count"] == 2
    assert facts["covers"]["building"]["added"]["pixels"] == 250
    assert facts["covers"]["building"]["removed"]["count"] == 0
    assert set(found.was) == {"low vegetation"} and set(found.became) == {"building"}
    assert [c["where"] for c in facts["covers"]["building"]["added"]["cells"]] == ["north-west", "south-east"]


@pytest.mark.parametrize("seed", range(6))
def test_swapping_the_dates_swaps_added_and_removed_and_from_and_to(seed):
    rng = np.random.default_rng(seed)
    before, after = smooth(rng, 6, 50, 40), smooth(rng, 6, 50, 40)
    _, one = facts_of(before, after, floor=3)
    _, two = facts_of(after, before, floor=3)
    assert one["changed"]["pixels"] == two["changed"]["pixels"] > 0
    assert {(t["from"], t["to"], t["pixels"], t["count"]) for t in one["transitions"]} == {
        (t["to"], t["from"], t["pixels"], t["count"]) for t in two["transitions"]}
    for name in COVERS:
        assert one["covers"][name]["added"] == two["covers"][name]["removed"]
        assert one["covers"][name]["before"] == two["covers"][name]["after"]


@pytest.mark.parametrize("seed", range(6))
def test_changed_pixels_and_building_counts_equal_brute_force(seed):
    rng = np.random.default_rng(seed)
    before, after = smooth(rng, 6, 40, 45), smooth(rng, 6, 40, 45)
    unknown = rng.random((40, 45)) < 0.05
    after[:, unknown] = np.nan
    found, facts = facts_of(before, after)
    gap = np.abs(after - before)
    changed = ~unknown & (np.nan_to_num(gap).max(axis=0) >= 0.5)
    assert facts["changed"]["pixels"] == changed.sum()
    assert facts["valid"]["pixels"] == (~unknown).sum()
    assert facts["unknown"]["pixels"] == unknown.sum()
    named = np.nan_to_num(gap).argmax(axis=0)
    rise = np.nan_to_num(np.take_along_axis(after - before, named[None], axis=0)[0])
    rest_after, rest_before = np.nan_to_num(after).copy(), np.nan_to_num(before).copy()
    np.put_along_axis(rest_after, named[None], -1, axis=0)
    np.put_along_axis(rest_before, named[None], -1, axis=0)
    became = np.where(rise > 0, named, rest_after.argmax(axis=0))
    was = np.where(rise > 0, rest_before.argmax(axis=0), named)
    assert facts["covers"]["building"]["added"]["count"] == len(flood(changed & (became == 0)))
    assert facts["covers"]["building"]["removed"]["count"] == len(flood(changed & (was == 0)))
    assert facts["covers"]["building"]["added"]["pixels"] == (changed & (became == 0)).sum()
    assert sum(t["pixels"] for t in facts["transitions"]) == changed.sum()
    assert all(t["from"] != t["to"] for t in facts["transitions"])
    assert list(found.parts.pixels) == sorted(found.parts.pixels, reverse=True)


def test_unknown_on_one_date_is_never_changed_and_never_unchanged():
    before, after = scene(), scene()
    put(after, 0, slice(5, 15), slice(5, 20))
    after[:, :, :30] = np.nan
    _, facts = facts_of(before, after)
    assert facts["changed"]["count"] == 0
    assert facts["valid"]["pixels"] == 1800 and facts["unknown"]["share"] == 0.5


def test_every_changed_pixel_is_painted_once():
    rng = np.random.default_rng(1)
    before, after = smooth(rng, 6, 40, 45), smooth(rng, 6, 40, 45)
    found, _ = facts_of(before, after)
    hits = np.zeros((40, 45), int)
    labels = np.zeros((40, 45), int)
    for cols, rows, number in found.parts.runs.chunks(37):
        np.add.at(hits, (rows, cols), 1)
        labels[rows, cols] = found.parts.label[number] + 1
    assert hits.max() == 1
    assert list(np.bincount(labels.ravel())[1:]) == list(found.parts.pixels)


def noisy(seed):
    """Two dates that differ in specks and in a few houses, some of them across the seams of the bands."""
    rng = np.random.default_rng(seed)
    before, after = scene(), scene()
    for row, col in rng.integers(0, 60, (150, 2)):
        put(after, int(rng.integers(0, 6)), slice(row, row + 1), slice(col, col + 2))
    for row, col in rng.integers(0, 50, (4, 2)):
        put(after, 0, slice(row, row + 6), slice(col, col + 5))
    return before, after


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rows", [1, 7, 60])
def test_specks_are_forgotten_on_the_way_and_nothing_else_is(monkeypatch, seed, rows):
    before, after = noisy(seed)
    every, _ = facts_of(before, after, floor=1)
    monkeypatch.setattr("terralogue.models.facts.changes._BAND_PIXELS", 60 * rows)
    found, _ = facts_of(before, after, floor=12)
    big = every.only(every.parts.pixels >= 12)
    assert len(big.parts) and (found.was, found.became) == (big.was, big.became)
    for name in ("pixels", "score", "col", "row"):
        assert np.allclose(getattr(found.parts, name), getattr(big.parts, name))
    assert found.parts.runs.pixels == big.parts.runs.pixels


def test_specks_alone_are_no_change():
    before, after = scene(), scene()
    for row in range(1, 60, 5):
        put(after, 0, slice(row, row + 1), slice(row, row + 1))
    found, facts = facts_of(before, after, floor=9)
    assert len(found.parts) == 0 and facts["changed"]["count"] == 0 and facts["transitions"] == []

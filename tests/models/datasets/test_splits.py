"""Spatially blocked splits: nothing leaks, shares and months are right, nothing moves when chips are added."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from terralogue.models.datasets.chip import Chip, Origin
from terralogue.models.datasets.footprints import bounds, collection, feature
from terralogue.models.datasets.splits import (
    NO_PLACE,
    TOUCHES,
    Place,
    Plan,
    best_seed,
    block_of,
    divide,
    month_difference,
    split_of,
)

DEGREE = 111195.08


def _mosaic(rows, cols, side=250.0, south=48.0, west=16.0):
    """Chips edge to edge, ``side`` metres, dated by swaths of 3 km from west to east."""
    up, across = side / DEGREE, side / DEGREE / math.cos(math.radians(south))
    return [
        Place(f"{r},{c}", (west + c * across, south + r * up, west + (c + 1) * across, south + (r + 1) * up),
              f"2020-{3 + int(c * side // 3000 * 5) % 7:02d}-10")
        for r in range(rows) for c in range(cols)
    ]


def _scattered(n, seed=0):
    rng = np.random.default_rng(seed)
    found = []
    for i in range(n):
        x, y = 16 + rng.random(), 48 + rng.random()
        month = 1 + (int(x * 12) * 5 + (rng.random() < 0.3) * int(rng.integers(12))) % 12
        found.append(Place(f"p{i}", (x, y, x + 0.002, y + 0.0015), f"2021-{month:02d}-01"))
    return found


def _meet(one, other):
    a, b = one.bounds, other.bounds
    return a[0] <= b[2] + 1e-9 and b[0] <= a[2] + 1e-9 and a[1] <= b[3] + 1e-9 and b[1] <= a[3] + 1e-9


def test_no_chip_touches_one_of_another_split_and_no_block_is_in_two():
    places = _mosaic(32, 32)
    division = divide(places, Plan(1000))
    kept = [p for p in places if p.name in division.splits]
    for i, one in enumerate(kept):
        for other in kept[:i]:
            if division.splits[one.name] != division.splits[other.name]:
                assert not _meet(one, other)
    splits_of_block = {}
    for name, block in division.blocks.items():
        splits_of_block.setdefault(block, set()).add(division.splits[name])
    assert all(len(splits) == 1 for splits in splits_of_block.values()) and len(splits_of_block) > 30
    assert set(division.splits.values()) == {"train", "validation", "test"}


def test_training_gives_way_so_that_every_test_chip_stays_and_the_dropped_are_counted():
    places = _mosaic(32, 32)
    plan = Plan(1000)
    division = divide(places, plan)
    meant = {p.name: split_of(block_of(p, plan.block), plan) for p in places}
    assert {name for name, split in meant.items() if split == "test"} <= division.splits.keys()
    assert set(division.dropped.values()) == {TOUCHES} and len(division.dropped) + len(division.splits) == len(places)
    assert division.counts()["dropped"] == {TOUCHES: len(division.dropped)}
    for name in division.dropped:  # each was dropped for a reason that can be seen
        one = places[[p.name for p in places].index(name)]
        assert any(meant[p.name] != meant[name] and _meet(one, p) for p in places)


def test_shares_are_kept_within_two_points():
    places = _scattered(3000)
    splits = divide(places, Plan(2000)).splits
    shares = {name: n / len(splits) for name, n in Counter(splits.values()).items()}
    assert shares == {"train": pytest.approx(0.7, abs=0.02), "validation": pytest.approx(0.1, abs=0.02),
                      "test": pytest.approx(0.2, abs=0.02)}


def test_every_patch_of_blocks_has_the_shares_exactly():
    for seed in range(3):
        for top, left in ((0, 0), (40, -15), (-8, 25)):
            found = Counter(split_of(f"{top + r} {left + c}", Plan(seed=seed)) for r in range(4) for c in range(5))
            assert found == {"train": 14, "validation": 2, "test": 4}


def test_shares_that_are_no_multiple_of_a_twentieth_come_out_right_on_the_whole():
    plan = Plan(shares=(("train", 0.66), ("validation", 0.01), ("test", 0.33)))
    found = Counter(split_of(f"{r} {c}", plan) for r in range(60) for c in range(60))
    assert found["validation"] == pytest.approx(36, abs=20) and found["test"] == pytest.approx(1188, abs=30)


def test_months_differ_by_less_than_five_points_with_the_best_seed():
    places = _scattered(3000, 1)
    plan = best_seed(places, Plan(2000), tries=12)
    division = divide(places, plan)
    assert month_difference(places, division.splits) < 0.05
    others = [month_difference(places, divide(places, Plan(2000, seed=s)).splits) for s in range(4)]
    assert month_difference(places, division.splits) < max(others)


def test_a_difference_of_months_is_measured():
    places = [Place("a", time="2020-01"), Place("b", time="2020-02"), Place("c", time="2020-01"), Place("d", time="2020")]
    assert month_difference(places, {"a": "train", "b": "train", "c": "test", "d": "test"}) == pytest.approx(0.5)
    assert month_difference(places, {"d": "train"}) == 0.0


def test_added_chips_move_no_other_and_order_does_not_matter():
    places = _scattered(1500)
    plan = Plan(2000)
    before, after = divide(places[:1000], plan), divide(places[::-1], plan)
    assert all(after.splits.get(name, split) == split for name, split in before.splits.items())
    lost = before.splits.keys() - after.splits.keys()
    assert {after.dropped[name] for name in lost} <= {TOUCHES} and len(lost) < 100
    assert divide(places, plan).splits == after.splits


def test_another_seed_gives_another_division():
    places = _scattered(300)
    assert divide(places, Plan(seed=1)).splits != divide(places, Plan(seed=2)).splits


def test_chips_of_unknown_place_stay_with_their_source_or_are_dropped():
    places = [Place(f"{source}{i}", source=source) for source in ("scan", "plan", "") for i in range(9)]
    division = divide(places, Plan())
    for source in ("scan", "plan"):
        assert len({division.splits[f"{source}{i}"] for i in range(9)}) == 1
    assert division.counts()["dropped"] == {NO_PLACE: 9}


def test_blocks_are_about_square_metres_at_every_latitude():
    for latitude in (0.3, 48.1, 70.2, -33.3):
        step = 10000.0 / DEGREE / math.cos(math.radians(latitude))
        blocks = {block_of(Place("x", (x, latitude, x, latitude)), 2000) for x in np.arange(10, 10 + step, step / 500)}
        assert len(blocks) in (5, 6)


def test_chips_across_the_antimeridian_touch():
    east = Place("east", (179.99, 0.0, 180.0, 0.01))
    west = Place("west", (-180.0, 0.0, -179.99, 0.01))
    found = [divide([east, west], Plan(500, seed=seed)) for seed in range(40)]
    plans = [Plan(500, seed=seed) for seed in range(40)]
    apart = [split_of(block_of(east, 500), plan) != split_of(block_of(west, 500), plan) for plan in plans]
    assert any(apart) and not all(apart)
    assert [bool(division.dropped) for division in found] == apart


def test_what_makes_no_plan_is_refused():
    for wrong in ({"block": 0}, {"shares": (("a", 0.5),)}, {"shares": (("a", 1.5), ("b", -0.5))}):
        with pytest.raises(ValueError):
            Plan(**wrong)
    with pytest.raises(ValueError, match="two chips"):
        divide([Place("a", source="s"), Place("a", source="s")], Plan())


def _chip(**origin):
    return Chip("c", np.zeros((3, 100, 200), np.uint8), gsd=0.5, scene="harbour", origin=Origin(**origin))


def test_footprints_are_closed_rings_with_what_is_known():
    ring = ((16.0, 48.0), (16.1, 48.0), (16.1, 48.1), (16.0, 48.1))
    found = feature(_chip(footprint=ring, time="2020-06"), {"split": "test"})
    assert found["geometry"] == {"type": "Polygon", "coordinates": [[[16.0, 48.0], [16.1, 48.0], [16.1, 48.1], [16.0, 48.1],
                                                                     [16.0, 48.0]]]}
    assert found["properties"]["split"] == "test" and found["properties"]["scene"] == "harbour"
    assert collection([found])["features"] == [found]


def test_a_chip_with_a_centre_and_a_scale_has_a_square_of_its_size():
    west, south, east, north = bounds(_chip(latitude=60.0, longitude=10.0))
    assert (north - south) * DEGREE == pytest.approx(50) and (east - west) * DEGREE * 0.5 == pytest.approx(100)
    assert bounds(_chip()) == () and feature(_chip())["geometry"] is None
    assert bounds(replace(_chip(latitude=60.0, longitude=10.0), gsd=None)) == ()
    assert bounds(_chip(footprint=((float("nan"), 0.0), (1.0, 0.0), (1.0, 1.0)))) == ()


def test_a_footprint_across_the_antimeridian_is_cut_in_two():
    chip = _chip(footprint=((179.9, 0.0), (-179.9, 0.0), (-179.9, 1.0), (179.9, 1.0)))
    assert bounds(chip) == pytest.approx((179.9, 0.0, 180.1, 1.0))
    geometry = feature(chip)["geometry"]
    assert geometry["type"] == "MultiPolygon"
    xs = sorted({round(x, 6) for polygon in geometry["coordinates"] for x, _ in polygon[0]})
    assert xs == [-180.0, -179.9, 179.9, 180.0]


def test_place_of_a_chip_is_its_footprint_time_and_source():
    ring = ((16.0, 48.0), (16.1, 48.0), (16.1, 48.1), (16.0, 48.1))
    place = Place.of(_chip(footprint=ring, time="2020-06", source="s"))
    assert place == Place("c", pytest.approx((16.0, 48.0, 16.1, 48.1)), "2020-06", "s")

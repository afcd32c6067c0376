"""Facts of one view against brute force, and under turns of the raster."""

import numpy as np
import pytest
from affine import Affine
from score_arrays import COVERS, METRIC, ArrayScores, flood, smooth

from terralogue.models.facts.pixel_area import PixelArea
from terralogue.models.facts.relations import nearest
from terralogue.models.facts.survey import survey
from terralogue.models.facts.view_facts import Context, view_facts
from terralogue.models.imagery.grid import Grid

NEAR = Context("scene", gsd=0.5, native_gsd=0.5, gsd_range=(0.1, 1.0))


def facts_of(reader, inside=None, floor=1, context=NEAR):
    found = survey(reader, inside, min_pixels=dict.fromkeys(reader.labels, floor))
    return view_facts(found, context, PixelArea(reader.grid, context.gsd**2))


@pytest.mark.parametrize("seed", range(8))
def test_counts_areas_and_cells_equal_brute_force(seed):
    rng = np.random.default_rng(seed)
    height, width = rng.integers(9, 50, 2)
    scores = smooth(rng, 6, height, width, scale=1.5)
    unknown = rng.random((height, width)) < 0.1
    scores[:, unknown] = np.nan
    inside = rng.random((height, width)) < 0.9
    floor = int(rng.integers(1, 6))
    reader = ArrayScores(scores)
    facts = facts_of(reader, inside, floor)
    valid = inside & ~unknown
    assert facts["valid"]["pixels"] == valid.sum()
    assert facts["unknown"]["pixels"] == (inside & unknown).sum()
    rows, cols = np.nonzero(inside)
    top, bottom, left, right = rows.min(), rows.max() + 1, cols.min(), cols.max() + 1
    covered = 0
    for k, name in enumerate(COVERS):
        mask = valid & (np.nan_to_num(scores, nan=-1)[k] >= 0.5)
        parts = [part for part in flood(mask) if len(part) >= floor]
        cover = facts["covers"][name]
        assert cover["count"] == len(parts)
        assert cover["pixels"] == sum(map(len, parts))
        assert cover["area_m2"] == pytest.approx(cover["pixels"] * 0.25)
        assert cover["share"] == pytest.approx(cover["pixels"] / valid.sum())
        assert [row["pixels"] for row in cover["largest"]] == sorted(map(len, parts), reverse=True)[:10]
        cells = {}
        for part in parts:
            for row, col in part:
                cell = (int(3 * (row + 0.5 - top) / (bottom - top)) + 1, int(3 * (col + 0.5 - left) / (right - left)) + 1)
                cells[cell] = cells.get(cell, 0) + 1
        assert {tuple(c["cell"]): c["pixels"] for c in cover["cells"]} == cells
        covered += cover["pixels"]
    assert facts["undecided"]["pixels"] == valid.sum() - covered


def test_unknown_pixels_are_neither_background_nor_cover():
    scores = np.zeros((6, 20, 20), np.float32)
    scores[0] = 1.0
    scores[:, :, 10:] = np.nan
    facts = facts_of(ArrayScores(scores))
    assert facts["covers"]["building"]["share"] == 1.0
    assert facts["unknown"] == {"pixels": 200, "share": 0.5}
    assert facts["region"]["pixels"] == 400


def turned(scores, grid, quarter):
    """The same ground with pixels stored rotated by ``quarter`` × 90°: the affine turns back."""
    height, width = scores.shape[1:]
    out = np.rot90(scores, quarter, axes=(1, 2))
    # Where a stored pixel corner (x, y) lies among the original ones.
    inner = {
        1: Affine(0, -1, width, 1, 0, 0), 2: Affine(-1, 0, width, 0, -1, height), 3: Affine(0, 1, 0, -1, 0, height)
    }[quarter]
    return ArrayScores(out, grid=Grid(out.shape[2], out.shape[1], grid.affine * inner, grid.crs_wkt))


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_cells_are_those_of_map_north_however_the_pixels_are_stored(quarter):
    scores = np.zeros((6, 30, 60), np.float32)
    scores[2] = 1.0
    scores[:, 2:6, 50:58] = 0
    scores[0, 2:6, 50:58] = 1.0
    plain = ArrayScores(scores)
    other = turned(scores, plain.grid, quarter)
    for corner in plain.grid.corners():
        assert min(np.hypot(*np.subtract(corner, c)) for c in other.grid.corners()) < 1e-6
    first, second = facts_of(plain), facts_of(other)
    assert first["covers"]["building"]["cells"][0]["where"] == "north-east"
    assert first["covers"]["building"]["cells"] == second["covers"]["building"]["cells"]


def test_a_south_up_raster_keeps_its_north():
    scores = np.zeros((6, 30, 30), np.float32)
    scores[5] = 1.0
    scores[:, :5, :5] = 0
    scores[0, :5, :5] = 1.0
    south_up = Grid(30, 30, Affine(1, 0, 0, 0, 1, 0), METRIC)
    facts = facts_of(ArrayScores(scores, grid=south_up))
    assert facts["covers"]["building"]["cells"][0]["where"] == "south-west"
    plain = Grid(30, 30, Affine.identity(), "")
    assert facts_of(ArrayScores(scores, grid=plain))["covers"]["building"]["cells"][0]["where"] == "top left"


def test_turning_the_map_by_90_degrees_turns_the_cells():
    rng = np.random.default_rng(5)
    scores = smooth(rng, 6, 45, 45, scale=3)
    cells = [
        {tuple(c["cell"]): c["pixels"] for c in facts_of(ArrayScores(s))["covers"]["tree"]["cells"]}
        for s in (scores, np.rot90(scores, axes=(1, 2)))
    ]
    assert {(4 - col, row): pixels for (row, col), pixels in cells[0].items()} == cells[1]


@pytest.mark.parametrize("seed", range(5))
def test_nearest_distance_equals_brute_force_on_oblong_pixels(seed):
    rng = np.random.default_rng(seed)
    scores = smooth(rng, 3, 40, 50, scale=2)
    grid = Grid(50, 40, Affine(2, 0, 0, 0, -1, 0), METRIC)
    gsd = 2**0.5
    found = survey(ArrayScores(scores, ("building", "tree", "water"), grid), min_pixels={"building": 4, "water": 4})
    near = nearest(found, "building", "water", gsd)
    spots = {}
    for name in ("building", "water"):
        cols, rows, number = (np.concatenate(x) for x in zip(*found.patches[name].kept.runs.chunks()))
        spots[name] = cols, rows, found.patches[name].kept.label[number]
    (c0, r0, owner), (c1, r1, _) = spots["building"], spots["water"]
    every = np.hypot((c0[:, None] - c1) * 2.0, (r0[:, None] - r1) * 1.0)
    assert near.metres == pytest.approx(every.min())
    assert near.index in owner[(every <= every.min() + 1e-9).any(axis=1)]


def test_a_count_says_about_when_the_scores_leave_it_open():
    scores = np.full((6, 40, 40), 0.01, np.float32)
    scores[2] = 0.4
    for i in range(5):
        scores[0, 4 + 7 * i:8 + 7 * i, 4:8] = 0.9
        scores[0, 4 + 7 * i:8 + 7 * i, 20:24] = 0.45
    facts = facts_of(ArrayScores(scores), floor=4)["covers"]["building"]
    assert facts["count"] == 5
    assert facts["count_interval"] == [5, 10]
    assert facts["about"]


def test_out_of_range_pixels_are_not_countable():
    scores = np.zeros((6, 30, 30), np.float32)
    scores[0] = 1
    far = Context("far", gsd=30.0, gsd_range=(0.1, 1.0))
    facts = facts_of(ArrayScores(scores), context=far)
    assert not facts["in_range"] and not facts["covers"]["building"]["countable"]
    assert facts_of(ArrayScores(scores))["covers"]["building"]["countable"]

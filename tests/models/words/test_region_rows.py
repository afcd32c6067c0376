"""A region worked out rows by rows is the mask of it, with the same cells."""

import numpy as np
import pytest
from affine import Affine
from fakes import ArraySource, ground

from terralogue.models.conversation import Region, View
from terralogue.models.facts import survey
from terralogue.models.facts.cells import CellFrame
from terralogue.models.facts.region_rows import RegionRows
from terralogue.models.imagery.regions import region_mask

TRIANGLE = Region(((np.array([(500011, 4999990), (500120, 4999900), (500030, 4999870), (500011, 4999990)], float),),))
ELSEWHERE = Region(((np.array([(0, 0), (0, 1), (1, 1), (0, 0)], float),),))


def mask_of(view, grid):
    """(H, W) bool, all at once; without a region the raster, which ``grid`` does not leave here."""
    return np.ones((grid.height, grid.width), bool) if view.region is None else region_mask(view.region, grid)


@pytest.fixture(autouse=True)
def small_bands(monkeypatch):
    monkeypatch.setattr(survey.bands, "__defaults__", (400 * 37,))


@pytest.mark.parametrize("region", [None, TRIANGLE, ELSEWHERE])
@pytest.mark.parametrize("affine", [None, Affine(0.4, 0.1, 500000, 0.1, -0.5, 5_000_000)])
def test_rows_and_frame_are_those_of_the_mask(region, affine):
    view = View(ArraySource(ground(300, 400), affine=affine), region)
    grid = view.source.grid
    mask, rows = mask_of(view, grid), RegionRows(view, grid)
    assert np.array_equal(np.concatenate([rows[top:top + 41] for top in range(0, 300, 41)]), mask)
    assert rows.frame() == CellFrame.around(grid, mask)


def test_only_some_cells():
    view = View(ArraySource(ground(300, 400)), TRIANGLE)
    whole = RegionRows(view, view.source.grid)
    some, rest = whole.only(frozenset({0, 4})), whole.only(frozenset(range(9)) - {0, 4})
    assert some.frame() == whole.frame()
    assert np.array_equal(some[0:300] | rest[0:300], whole[0:300]) and not (some[0:300] & rest[0:300]).any()
    assert some[0:300].any() and rest[0:300].any()

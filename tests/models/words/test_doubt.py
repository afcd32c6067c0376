"""What was not taken from above is doubted before anything is measured; whoever insists is answered."""

from types import SimpleNamespace

import numpy as np
import pytest
from affine import Affine
from fakes import ArraySource, town

from terralogue.models.catalog.late_part import LatePart
from terralogue.models.conversation import View
from terralogue.models.doubt import Doubt, insists
from terralogue.models.errors import ModelUnreadable
from terralogue.models.imagery.grid import Grid
from terralogue.models.maps.glance import Glance
from terralogue.models.vision.overhead import FILE, Overhead, statistic

#: Doubts a grid whose first channel is below zero on average.
SIGN = Overhead(np.zeros(4), np.ones(4), np.array([5.0, 0, 0, 0]), 0.0, 0.5)
ALL = np.ones((8, 8), bool)


class Looked:
    """An engine whose glances are given by the width of what is looked at."""

    def __init__(self, **values):
        self.nano = SimpleNamespace(has_grid=True)
        self._values, self.looked = values, []

    def glance(self, view, cancel=None):
        kind = "whole" if view.region is None else "middle"
        self.looked.append((kind, view))
        value, seen = self._values[kind]
        return Glance(kind, np.full((2, 8, 8), value, np.float32), np.zeros(31), seen)


def _view(side):
    grid = Grid(side, side, Affine(0.5, 0, 100.0, 0, -0.5, 900.0), "")
    return View(SimpleNamespace(grid=grid, name="sheet", gsd=0.5))


def _doubt():
    found = Doubt(None or ".")
    found._part = LatePart.of(SIGN)
    return found


def test_a_view_is_doubted_for_what_its_cells_show():
    assert _doubt().about(_view(200), Looked(whole=(-1.0, ALL)))
    assert not _doubt().about(_view(200), Looked(whole=(1.0, ALL)))


def test_a_large_view_is_doubted_only_if_its_middle_is_too():
    engine = Looked(whole=(-1.0, ALL), middle=(1.0, ALL))
    assert not _doubt().about(_view(2000), engine)
    ring = engine.looked[1][1].region.polygons[0][0]
    assert np.ptp(ring[:, 0]) == np.ptp(ring[:, 1]) == 128.0  # 256 px of half a metre
    assert _doubt().about(_view(2000), Looked(whole=(-1.0, ALL), middle=(-1.0, ALL)))


def test_cells_without_pixels_do_not_count():
    few = np.zeros((8, 8), bool)
    few[0, :3] = True
    assert not _doubt().about(_view(200), Looked(whole=(-1.0, few)))
    grid = np.zeros((2, 8, 8), np.float32)
    grid[0, 0] = 7.0
    top = np.zeros((8, 8), bool)
    top[0] = True
    assert statistic(grid, top).tolist() == [7.0, 0.0, 0.0, 0.0]
    assert statistic(grid)[0] == pytest.approx(7 / 8)


def test_without_a_classifier_nothing_is_doubted_and_the_reason_is_kept(tmp_path):
    doubt = Doubt(tmp_path)
    assert not doubt.about(_view(200), Looked(whole=(-1.0, ALL)))
    assert "missing" in doubt.reason


def test_an_archive_of_something_else_is_refused(tmp_path):
    np.savez(tmp_path / FILE, mean=np.zeros(3))
    with pytest.raises(ModelUnreadable):
        Overhead.load(tmp_path)


def test_anyway_insists_and_is_not_part_of_the_question():
    assert insists("Anyway, how many boats?") == (True, "how many boats?")
    assert insists("How many boats are there anyway?") == (False, "How many boats are there anyway?")


def test_an_answer_says_that_it_was_not_checked_and_why(ask, engine, tmp_path):
    engine.doubt = Doubt(tmp_path)
    engine.nano.has_grid = True
    told = ask("How many buildings are there?", ArraySource(town())).provenance
    assert "missing" in told["unchecked"] and not told["insisted"]

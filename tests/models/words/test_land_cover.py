"""Land cover that the user has of a date, told to the model when two dates are compared."""

from contextlib import ExitStack
from types import SimpleNamespace

import numpy as np
from fakes import ArraySource, paint, town

from terralogue.models.conversation import View
from terralogue.models.experts.change import ChangeRequest, run
from terralogue.models.imagery.grid import Window
from terralogue.models.imagery.land_cover import UNTOLD
from terralogue.models.imagery.registration import Shift
from terralogue.models.imagery.tiles import TilePixels
from terralogue.models.maps.alignment import Alignment
from terralogue.models.maps.land_cover import TRUST, believed, told_pair
from terralogue.models.vision.legend import COVERS

PAVED, WATER = COVERS.index("paved"), COVERS.index("water")


class Map:
    """The same indices on any grid of their size; says where it was opened, and that it was closed."""

    name = "map"

    def __init__(self, covers, mark="map"):
        self.covers, self.mark, self.grids, self.closed = np.asarray(covers, np.int8), mark, [], 0

    def fingerprint(self):
        return self.mark

    def on(self, grid):
        self.grids.append(grid)
        return self

    def read(self, window):
        return self.covers[window.row:window.row + window.height, window.col:window.col + window.width]

    def close(self):
        self.closed += 1


def told(cover, rows, cols):
    map_ = np.full((300, 400), UNTOLD, np.int8)
    map_[slice(*rows), slice(*cols)] = cover
    return Map(map_, f"{cover}{rows}{cols}")


def compared(engine, before=None, after=None, pixels=None):
    one, two = ArraySource(town()), ArraySource(town() if pixels is None else pixels, name="after")
    return run(ChangeRequest(View(one, land_cover=before), View(two, land_cover=after)), engine)


def test_ground_that_looks_alike_and_is_told_to_differ_has_changed_from_what_to_what_was_told(engine):
    place = (100, 130), (250, 290)
    before, after = told(WATER, *place), told(PAVED, *place)
    found = compared(engine, before, after)
    assert [(one.from_label, one.to_label, one.pixels) for one in found.features.features] == [("water", "paved", 1200)]
    assert (before.closed, after.closed) == (1, 1)


def test_what_a_change_turned_into_is_what_was_told_of_it(engine):
    pixels = paint(town(), "bare", (100, 130), (250, 290))
    (plain,) = compared(engine, pixels=pixels).features.features
    (found,) = compared(engine, after=told(PAVED, (90, 140), (240, 300)), pixels=pixels).features.features[:1]
    assert (plain.to_label, found.to_label) == ("bare", "paved")


def test_without_anything_told_nothing_differs(engine):
    assert not compared(engine).changed
    assert not compared(engine, Map(np.full((300, 400), UNTOLD)), Map(np.full((300, 400), UNTOLD), "other")).changed


def test_another_map_is_not_answered_with_what_an_earlier_one_gave(engine):
    assert not compared(engine).changed
    assert compared(engine, after=told(WATER, (100, 130), (250, 290))).changed
    assert not compared(engine).changed


def test_told_covers_are_believed_in_part_and_only_where_they_are_told():
    cover = np.full((1, 6, 8, 8), 1 / 6, np.float32)
    seen = SimpleNamespace(cover=cover, scenes=None, features=None, coarse=cover[:, :, ::4, ::4])
    plane = np.full((1, 8, 8), UNTOLD, np.float32)
    plane[:, :4] = WATER
    found = believed(seen, plane)
    np.testing.assert_allclose(found.cover[0, WATER, :4], TRUST + (1 - TRUST) / 6, rtol=1e-5)
    np.testing.assert_allclose(found.cover.sum(1), 1, rtol=1e-5)
    np.testing.assert_array_equal(found.cover[:, :, 4:], cover[:, :, 4:])
    np.testing.assert_allclose(found.coarse[0, WATER], [[found.cover[0, WATER, 0, 0]] * 2, [1 / 6] * 2], rtol=1e-5)
    assert believed(seen, np.full((1, 8, 8), UNTOLD, np.float32)) is seen


def test_the_land_cover_of_a_date_that_is_moved_moves_with_it():
    source, map_ = ArraySource(town()), told(WATER, (100, 130), (250, 290))
    views = View(source), View(source, land_cover=map_)
    frame = SimpleNamespace(grid=source.grid)
    with ExitStack() as opened:
        told_pair(None, views, frame, Alignment(moved=1, shift=Shift(right=3.0, down=-2.0, trusted=True)), opened)
        told_pair(None, views, frame, Alignment(moved=0, shift=Shift(right=3.0, down=-2.0, trusted=True)), opened)
    assert map_.grids[0].affine * (3, -2) == source.grid.affine * (0, 0) and map_.grids[1] == source.grid


def test_tiles_beyond_the_grid_are_untold_there():
    source, map_ = ArraySource(town()), Map(np.full((300, 400), PAVED))
    read = lambda window: TilePixels(np.zeros((6, 64, 64), np.float32), np.ones((64, 64), bool))  # noqa: E731
    views = View(source), View(source, land_cover=map_)
    with ExitStack() as opened:
        planes = told_pair(read, views, SimpleNamespace(grid=source.grid), Alignment(), opened)(Window(380, 290, 64, 64)).rgb
    assert planes.shape == (8, 64, 64) and (planes[6] == UNTOLD).all()
    assert (planes[7, :10, :20] == PAVED).all() and (planes[7] == PAVED).sum() == 200

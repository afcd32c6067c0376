"""Very many polygons: memory grows with them by little, and a run over them can be stopped."""

import threading
import tracemalloc

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.polygons import trace
from terralogue.models.polygons.options import Shaping
from terralogue.models.polygons.shaping import shaped


def crowd(side):
    """(side, side) int32: a small angled object in every 4 × 4 pixels."""
    labels = np.zeros((side, side), np.int32)
    labels[::4, ::4] = labels[1::4, ::4] = labels[::4, 1::4] = 1
    return labels


def test_a_polygon_costs_about_a_kilobyte():
    from affine import Affine

    labels = crowd(800)
    tracemalloc.start()
    try:
        found = trace(labels, Grid(800, 800, Affine(0.5, 0, 0, 0, -0.5, 0), ""))
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 40_000
    assert kept / len(found) < 1500 and peak / len(found) < 4000, (kept / len(found), peak / len(found))


@pytest.mark.parametrize("shaping", [
    Shaping(tolerance=1.0, in_pixels=True),
    Shaping(right_angles=True, in_pixels=True),
    Shaping(min_width=2, in_pixels=True),
], ids=["simplified", "right angles", "width"])  # fmt: skip
def test_outlines_of_many_can_be_stopped_on_the_way(polygons_of, shaping):
    given = polygons_of(crowd(600))
    token = CancelToken()
    threading.Timer(0.05, token.cancel).start()
    try:
        shaped(given, shaping, cancel=token)
    except Cancelled:
        pass
    else:
        assert shaping.min_width or shaping.tolerance, "right angles of 22,500 take longer than this"

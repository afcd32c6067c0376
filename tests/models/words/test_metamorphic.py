"""The same ground seen in another way gives the same mask: shifted, turned, mirrored, in other tiles, in other bytes."""

import numpy as np
import pytest
from affine import Affine
from fakes import ArraySource, NearNano, paint, town

from terralogue.models.conversation import View
from terralogue.models.engine import Engine
from terralogue.models.experts.segment import SegmentRequest, run

UTM = Affine(0.5, 0, 500000, 0, -0.5, 5_000_000)
#: What the model sees beyond a raster's edge differs: its own reach, and one pixel for rounding.
BORDER = 3


@pytest.fixture
def nano():
    return NearNano()


def scene():
    """Something in every corner, cut by every seam of tiles, with single pixels in between."""
    pixels = paint(town(), "paved", (150, 170), (0, 400))
    paint(pixels, "building", (118, 142), (180, 270))
    rng = np.random.default_rng(7)
    for row, col in rng.integers(0, (300, 400), (200, 2)):
        paint(pixels, "bare", (row, row + 1), (col, col + 1))
    return pixels


def mask(engine, pixels, affine=UTM):
    """(H, W) index of the cover that wins each pixel."""
    cover = engine.cover(View(ArraySource(pixels, affine=affine)))
    assert (cover.grid.height, cover.grid.width) == pixels.shape[1:]
    return cover.read(cover.grid.window).argmax(axis=0)


def houses(engine, pixels, affine=UTM):
    source = ArraySource(pixels, affine=affine)
    return run(SegmentRequest(View(source), "buildings"), engine).features.features


def inner(found):
    return found[BORDER:-BORDER, BORDER:-BORDER]


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 1), (7, 13), (32, 64), (45, 90)])
def test_shifting_the_raster_shifts_the_mask(engine, down, right):
    pixels = scene()
    whole = mask(engine, pixels)
    moved = mask(engine, pixels[:, down:, right:], UTM * Affine.translation(right, down))
    np.testing.assert_array_equal(inner(moved), inner(whole[down:, right:]))


@pytest.mark.parametrize(("tile", "overlap"), [(64, 16), (96, 40), (256, 64), (448, 0)])
def test_another_tile_size_gives_the_same_mask(tmp_path, engine, tile, overlap):
    nano = NearNano()
    nano.tile, nano.overlap = tile, overlap
    other = Engine(tmp_path, tmp_path / "other", nano)
    np.testing.assert_array_equal(inner(mask(engine, scene())), inner(mask(other, scene())))
    other.close()


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_turning_the_stored_pixels_turns_the_mask(engine, quarter):
    pixels = scene()
    turned = mask(engine, np.ascontiguousarray(np.rot90(pixels, quarter, axes=(1, 2))))
    np.testing.assert_array_equal(inner(turned), inner(np.rot90(mask(engine, pixels), quarter)))


def test_mirroring_mirrors(engine):
    pixels = scene()
    np.testing.assert_array_equal(inner(mask(engine, pixels[:, :, ::-1].copy())), inner(mask(engine, pixels)[:, ::-1]))


@pytest.mark.parametrize("affine", [
    Affine.translation(500000, 5_000_000) * Affine.rotation(37) * Affine.scale(0.5, -0.5),
    Affine(0.5, 0, 500000, 0, 0.5, 4_999_850),
    Affine(0.5, 0, 500000, 0, -0.5, 5_000_000),
], ids=["rotated 37°", "south-up", "upright"])
def test_where_pixels_lie_on_the_ground_changes_only_where_polygons_lie(engine, affine):
    plain = houses(engine, scene())
    found = houses(engine, scene(), affine)
    assert [f.pixels for f in found] == [f.pixels for f in plain] and len(found) > 10
    for one, other in zip(plain, found):
        assert other.area_m2 == pytest.approx(one.area_m2, rel=1e-5)
        places = np.array([affine * tuple(~UTM * tuple(point)) for point in one.rings[0]])
        np.testing.assert_allclose(other.rings[0], places, atol=1e-6)


def test_a_part_asked_for_alone_is_the_same_part(engine):
    """A region's context is read around it: cutting a view must not change what lies inside."""
    from terralogue.models.conversation import Region

    ring = np.array([[60, -40], [140, -40], [140, -110], [60, -110], [60, -40]]) + (500000.0, 5_000_000.0)
    source = ArraySource(scene(), affine=UTM)
    part = engine.cover(View(source, Region(((ring,),))))
    whole = engine.cover(View(source))
    shift = ~whole.grid.affine * (part.grid.affine.c, part.grid.affine.f)
    col, row = round(shift[0]), round(shift[1])
    assert part.grid.width * part.grid.height < whole.grid.width * whole.grid.height
    one = part.read(part.grid.window).argmax(axis=0)
    two = whole.read(whole.grid.window).argmax(axis=0)[row:row + part.grid.height, col:col + part.grid.width]
    np.testing.assert_array_equal(inner(one), inner(two))

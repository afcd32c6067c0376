"""Find all like this: the others of the same kind, whatever kind it is, and nothing else."""

import numpy as np
import pytest
from fakes import ArraySource, ground, paint
from glasshouses import StridedNano

from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Region, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled, PromptOutside, QuestionUnclear
from terralogue.models.masks.alike import Example, alike

PONDS = [(40, 40), (40, 200), (40, 400), (160, 60), (160, 300), (240, 420)]


def box_region(grid, left, top, right, bottom):
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return Region(((np.array([grid.affine * corner for corner in corners]),),))


@pytest.fixture
def engine(tmp_path):
    made = Engine(tmp_path, tmp_path / "cache", StridedNano())
    yield made
    made.close()


def scene():
    """Ponds on a meadow, and as many roofs."""
    pixels = ground(320, 480)
    for row, col in PONDS:
        paint(pixels, "water", (row, row + 24), (col, col + 32))
        paint(pixels, "building", (row + 40, row + 60), (col, col + 24))
    return pixels


def at(source, row, col, height=24, width=32):
    return box_region(source.grid, col, row, col + width, row + height)


def test_the_other_ponds_are_found_to_the_pixel_row_and_no_roof(engine):
    source = ArraySource(scene())
    found = alike(View(source), [Example(at(source, *PONDS[0]))], engine.batch)
    assert len(found.features.features) == len(PONDS)
    for one in found.features.features:
        # Cells are 4 pixels wide: an edge may lie half a cell off.
        assert abs(one.pixels - 24 * 32) <= 2 * (24 + 32) * 2 and one.label == "alike"
        assert one.pixels * source.grid.pixel_area == pytest.approx(_area(one.rings))
        assert one.score >= found.threshold


def test_what_is_found_follows_the_example(engine):
    source = ArraySource(scene())
    row, col = PONDS[1][0] + 40, PONDS[1][1]
    roofs = alike(View(source), [Example(at(source, row, col, 20, 24))], engine.batch).features.features
    assert len(roofs) == len(PONDS)
    assert all(abs(one.pixels - 20 * 24) < 200 for one in roofs)


def test_an_unwanted_example_takes_its_likes_away(engine):
    source = ArraySource(scene())
    pond, roof = Example(at(source, *PONDS[0])), at(source, PONDS[0][0] + 40, PONDS[0][1], 20, 24)
    both = alike(View(source), [pond, Example(roof)], engine.batch).features.features
    assert len(both) == 2 * len(PONDS), "two kinds of examples find both kinds"
    only = alike(View(source), [pond, Example(roof, wanted=False)], engine.batch).features.features
    assert len(only) == len(PONDS)


def test_the_region_bounds_what_is_found_but_not_the_examples(engine):
    source = ArraySource(scene())
    view = View(source, box_region(source.grid, 240, 0, 480, 320))
    found = alike(view, [Example(at(source, *PONDS[0]))], engine.batch).features.features
    assert len(found) == sum(col >= 240 for _, col in PONDS)


def test_pixels_without_data_are_never_alike(engine):
    valid = np.ones((320, 480), bool)
    valid[40:64, 200:232] = False
    source = ArraySource(scene(), valid=valid)
    found = alike(View(source), [Example(at(source, *PONDS[0]))], engine.batch).features.features
    assert len(found) == len(PONDS) - 1
    with pytest.raises(PromptOutside) as error:
        alike(View(source), [Example(at(source, *PONDS[1]))], engine.batch)
    assert error.value.nodata


def test_a_higher_threshold_finds_no_more(engine):
    source = ArraySource(scene())
    examples = [Example(at(source, *PONDS[0]))]
    pixels = [sum(one.pixels for one in alike(View(source), examples, engine.batch, threshold=t).features.features)
              for t in (0.6, 0.8, 0.95, 1.0)]
    assert pixels == sorted(pixels, reverse=True) and pixels[0] > 0


def test_an_example_smaller_than_a_cell_is_taken(engine):
    source = ArraySource(scene())
    tiny = box_region(source.grid, PONDS[0][1] + 9, PONDS[0][0] + 9, PONDS[0][1] + 11, PONDS[0][0] + 11)
    assert len(alike(View(source), [Example(tiny)], engine.batch).features.features) == len(PONDS)


def test_examples_that_are_none_are_refused(engine):
    source = ArraySource(scene())
    with pytest.raises(QuestionUnclear):
        alike(View(source), [], engine.batch)
    with pytest.raises(QuestionUnclear):
        alike(View(source), [Example(at(source, *PONDS[0]), wanted=False)], engine.batch)
    with pytest.raises(PromptOutside) as error:
        alike(View(source), [Example(at(source, -400, -400))], engine.batch)
    assert not error.value.nodata


def test_it_can_be_stopped(engine):
    source, token = ArraySource(scene()), CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        alike(View(source), [Example(at(source, *PONDS[0]))], engine.batch, cancel=token)


def _area(rings):
    total = 0.0
    for ring in rings:
        x, y = ring[:, 0], ring[:, 1]
        total += 0.5 * float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))
    return abs(total)


def test_a_region_without_polygons_is_its_point(engine):
    source = ArraySource(scene())
    x, y = source.grid.affine * (PONDS[0][1] + 10.5, PONDS[0][0] + 10.5)
    assert len(alike(View(source), [Example(Region((), (x, y)))], engine.batch).features.features) == len(PONDS)

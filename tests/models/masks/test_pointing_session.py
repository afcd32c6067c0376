"""What was pointed at and taken, which window is looked at for it, and the exact polygons that come of a mask."""

import sys
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

sys.path.append(str(Path(__file__).parent))

from same_colour import SameColour  # noqa: E402

from terralogue.models.errors import NothingToAnalyse, PromptOutside, TooManyPrompts  # noqa: E402
from terralogue.models.imagery.geo_image import GeoImage  # noqa: E402
from terralogue.models.imagery.grid import Grid, Window  # noqa: E402
from terralogue.models.imagery.source import Band  # noqa: E402
from terralogue.models.imagery.stretch import Stretch  # noqa: E402
from terralogue.models.masks.look_frame import base_factor, frame_for  # noqa: E402
from terralogue.models.masks.looking import Opened, look  # noqa: E402
from terralogue.models.masks.pointing_session import PointingSession, Step, bounds_of, limit_of, prompt_of  # noqa: E402
from terralogue.models.masks.taking import readings  # noqa: E402

GRID = Grid(1000, 800, Affine(0.5, 0, 500_000, 0, -0.5, 5_500_000), "")
TURNED = Grid(1000, 800, Affine.translation(500_000, 5_500_000) * Affine.rotation(-37) * Affine.scale(0.5, -0.7), "")


def click(grid, x, y, kind="inside"):
    return Step(kind, (grid.affine * (x, y),))


def drawn(grid, kind, *pixels):
    return Step(kind, tuple(grid.affine * pixel for pixel in pixels))


class Painted:
    """A raster in memory."""

    name, bands, time, gsd = "painted", tuple(Band(n + 1, role) for n, role in enumerate(("red", "green", "blue"))), None, 0.5

    def __init__(self, grid=GRID):
        self.grid = grid
        self.pixels = np.zeros((3, grid.height, grid.width), np.uint8)
        self.valid = np.ones((grid.height, grid.width), bool)

    def read(self, window, out_shape=None):
        pixels = np.zeros((3, window.height, window.width), np.uint8)
        valid = np.zeros((window.height, window.width), bool)
        inside = window.intersection(self.grid.window)
        here = np.s_[..., inside.row - window.row:inside.row - window.row + inside.height,
                     inside.col - window.col:inside.col - window.col + inside.width]
        there = np.s_[..., inside.row:inside.row + inside.height, inside.col:inside.col + inside.width]
        pixels[here], valid[here] = self.pixels[there], self.valid[there]
        shape = out_shape or (window.height, window.width)
        step = window.height // shape[0]
        return GeoImage(pixels[:, ::step, ::step], valid[::step, ::step], self.grid.part(window, shape))

    def fingerprint(self):
        return "painted"


STRETCH = Stretch((0.0,) * 3, (255.0,) * 3, (0, 1, 2))


def opened(source):
    return Opened(source.name, source.grid, source.gsd, "", source.fingerprint(), STRETCH)


def looked(source, engine, steps, factor=1):
    facts = opened(source)
    return look(source, facts, facts.frame(engine, factor, steps), engine)


def test_the_last_step_is_taken_back_and_then_the_one_before():
    session = PointingSession()
    steps = [click(GRID, 10, 10), click(GRID, 12, 10, "outside"), drawn(GRID, "box", (5, 5), (20, 5), (20, 20), (5, 20))]
    for step in steps:
        session.add(step)
    assert [session.undo(), session.undo(), session.undo(), session.undo()] == [*reversed(steps), None]
    assert session.empty


def test_an_accepted_object_that_is_taken_back_has_its_prompts_again():
    session = PointingSession()
    first, second = click(GRID, 10, 10), click(GRID, 50, 50)
    session.add(first)
    session.accept("roof")
    session.add(second)
    session.accept("pool")
    assert session.empty and [found for _, found in session.taken] == ["roof", "pool"]
    assert session.undo_accepted() == "pool" and session.steps == (second,)
    assert session.undo_accepted() == "roof" and session.steps == (second,), "what is in hand is not lost"
    assert session.undo_accepted() is None and session.steps == (second,)


def test_undoing_twice_without_touching_brings_back_the_earlier_prompts():
    session = PointingSession()
    first, second = click(GRID, 10, 10), click(GRID, 50, 50)
    for step, name in ((first, "roof"), (second, "pool")):
        session.add(step)
        session.accept(name)
    session.undo_accepted()
    session.clear()
    session.undo_accepted()
    assert session.steps == (first,)


def test_clearing_keeps_what_was_taken():
    session = PointingSession()
    session.add(click(GRID, 1, 1))
    session.accept("roof")
    session.add(click(GRID, 2, 2))
    session.clear()
    assert session.empty and len(session.taken) == 1


def test_ten_thousand_clicks_are_refused_in_words_and_nothing_is_lost():
    session = PointingSession()
    refused = 0
    for number in range(10_000):
        try:
            session.add(click(GRID, number % 100, 5))
        except TooManyPrompts as error:
            refused += 1
            assert str(error.most) in str(error)
    assert refused == 10_000 - len(session.steps) and len(session.steps) == 64


def test_clicks_outside_alone_name_nothing():
    session = PointingSession()
    session.add(click(GRID, 1, 1, "outside"))
    assert not session.pointed
    assert prompt_of(session.steps, GRID).empty


@pytest.mark.parametrize("whole", [GRID, TURNED], ids=["north up", "turned, non-square"])
def test_a_place_comes_back_to_its_pixel_whatever_the_affine(whole):
    frame = frame_for(whole, 64, 2, (500.0, 400.0, 500.0, 400.0))
    x, y = 511.25, 389.75
    ((px, py),) = prompt_of((click(whole, x, y),), frame.grid(whole)).inside
    assert px * 2 + frame.window.col == pytest.approx(x, abs=1e-6)
    assert py * 2 + frame.window.row == pytest.approx(y, abs=1e-6)


def test_a_later_box_replaces_the_one_before_until_it_is_taken_back():
    session = PointingSession()
    session.add(drawn(GRID, "box", (0, 0), (10, 0), (10, 10), (0, 10)))
    session.add(drawn(GRID, "box", (20, 20), (30, 20), (30, 40), (20, 40)))
    assert prompt_of(session.steps, GRID).box == pytest.approx((20, 20, 30, 40))
    session.undo()
    assert prompt_of(session.steps, GRID).box == pytest.approx((0, 0, 10, 10))


def test_only_a_lasso_and_a_leaning_box_limit_what_is_taken():
    upright = drawn(GRID, "box", (0, 0), (10, 0), (10, 10), (0, 10))
    leaning = drawn(GRID, "box", (10, 0), (20, 10), (10, 20), (0, 10))
    assert limit_of((upright,), GRID) is None
    assert len(limit_of((leaning,), GRID)) == 5
    assert prompt_of((leaning,), GRID).box == pytest.approx((0, 0, 20, 20))
    assert limit_of((drawn(GRID, "lasso", (0, 0), (9, 0), (4, 8)), click(GRID, 4, 4)), GRID) is not None


def test_neighbouring_places_share_a_window_and_keep_their_distance_from_its_edge():
    for x in range(100, 900, 7):
        frame = frame_for(GRID, 64, 1, (x, 400.0, x, 400.0))
        assert frame.window.col % 32 == 0
        assert 16 <= x - frame.window.col <= 48
        assert frame.holds((x, 400.0, x, 400.0), GRID)
    same = {frame_for(GRID, 64, 1, (x, y, x, y)) for x in (497.0, 510.0) for y in (388.0, 399.0)}
    assert len(same) == 1


def test_a_window_always_holds_what_it_was_chosen_for():
    rng = np.random.default_rng(3)
    for whole in (GRID, Grid(70, 2000, Affine.identity(), ""), Grid(40, 30, Affine.identity(), "")):
        for _ in range(2000):
            x, y = np.sort(rng.uniform(0, whole.width, 2)), np.sort(rng.uniform(0, whole.height, 2))
            if rng.random() < 0.7:
                x, y = x[0] + np.array([0, min(x[1] - x[0], 40)]), y[0] + np.array([0, min(y[1] - y[0], 40)])
            bounds = (float(x[0]), float(y[0]), float(x[1]), float(y[1]))
            frame = frame_for(whole, 64, int(rng.integers(1, 4)), bounds)
            assert frame.holds(bounds, whole), (frame, bounds)


def test_windows_end_with_the_raster():
    frame = frame_for(GRID, 64, 1, (999.0, 799.0, 999.0, 799.0))
    assert frame.window == Window(936, 736, 64, 64)
    assert frame.holds((999.9, 799.9, 999.9, 799.9), GRID)
    assert frame_for(GRID, 64, 1, (0.0, 0.0, 0.0, 0.0)).window == Window(0, 0, 64, 64)
    small = Grid(20, 10, Affine.identity(), "")
    assert frame_for(small, 64, 1, (5.0, 5.0, 5.0, 5.0)).window == Window(0, 0, 20, 20)


def test_a_box_larger_than_a_window_is_looked_at_on_coarser_pixels():
    frame = frame_for(GRID, 64, 1, (100.0, 100.0, 300.0, 200.0))
    assert frame.factor == 8 and frame.window.width == 512
    assert frame.window.col <= 100 and frame.window.col + frame.window.width >= 300
    everything = frame_for(GRID, 64, 1, (0.0, 0.0, 1000.0, 800.0))
    assert everything.window.width >= 1000 and everything.window.col == 0


@pytest.mark.parametrize(("native", "screen", "factor"), [(0.5, 1.0, 1), (0.5, 4.0, 4), (0.02, 1.0, 7), (0.02, 20.0, 28),
                                                          (10.0, 50.0, 1), (0.5, 0.01, 1), (None, 8.0, 8)])
def test_pixels_are_as_fine_as_the_model_takes_and_as_coarse_as_the_map_shows(native, screen, factor):
    assert base_factor(256, native, (0.13, 12.0), screen) == factor


def test_a_mask_is_taken_to_the_pixel_and_only_the_piece_under_the_click():
    source, engine = Painted(), SameColour()
    source.pixels[:, 400:410, 500:520] = 200
    source.pixels[:, 415:418, 500:504] = 200
    steps = (click(GRID, 505, 405),)
    best, other = readings(looked(source, engine, steps), engine, steps, "roof")
    (feature,) = best.features
    assert feature.pixels == 200 and feature.label == "roof" and feature.score == pytest.approx(0.9)
    assert feature.rings[0].min(axis=0).tolist() == [500_250.0, 5_499_795.0]
    assert feature.rings[0].max(axis=0).tolist() == [500_260.0, 5_499_800.0]
    assert other.quality == pytest.approx(0.2)
    both = (*steps, click(GRID, 502, 416))
    assert sorted(f.pixels for f in readings(looked(source, engine, both), engine, both)[0].features) == [12, 200]


def test_an_engine_is_told_the_class_that_is_pointed_at_but_the_class_alone_is_no_prompt():
    source, engine, heard = Painted(), SameColour(), []
    plain = engine.decode
    engine.decode = lambda seen, prompt, cancel=None: heard.append(prompt.label) or plain(seen, prompt, cancel)
    source.pixels[:, 400:410, 500:520] = 200
    inside, outside = (click(GRID, 505, 405),), (click(GRID, 505, 405, "outside"),)
    assert readings(looked(source, engine, inside), engine, inside, "building")
    assert readings(looked(source, engine, outside), engine, outside, "building") == []
    assert heard == ["building"]


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (16, 5), (33, 70)])
def test_moving_the_scene_moves_the_polygon_by_as_much(shift):
    source, engine = Painted(TURNED), SameColour()
    source.pixels[:, 400 + shift[1]:412 + shift[1], 500 + shift[0]:520 + shift[0]] = 200
    steps = (click(TURNED, 505 + shift[0], 405 + shift[1]),)
    (feature,) = readings(looked(source, engine, steps), engine, steps)[0].features
    inverse = ~TURNED.affine
    pixels = np.array([inverse * tuple(point) for point in feature.rings[0]]) - shift
    assert feature.pixels == 240
    np.testing.assert_allclose([pixels.min(axis=0), pixels.max(axis=0)], [[500, 400], [520, 412]], atol=1e-6)


def test_nothing_outside_a_lasso_is_taken_and_all_of_it_inside():
    source, engine = Painted(), SameColour()
    ring = drawn(GRID, "lasso", (500, 400), (520, 400), (520, 420), (500, 420))
    found = readings(looked(source, engine, (ring,)), engine, (ring,))[0]
    assert sum(feature.pixels for feature in found.features) == 400


def test_a_click_beside_the_raster_or_on_nodata_is_refused():
    source, engine = Painted(), SameColour()
    source.valid[:, 600:] = False
    with pytest.raises(PromptOutside) as outside:
        looked(source, engine, (click(GRID, -5, 10),))
    assert not outside.value.nodata and not engine.encoded
    steps = (click(GRID, 605, 400),)
    with pytest.raises(PromptOutside) as empty:
        readings(looked(source, engine, steps), engine, steps, name="painted")
    assert empty.value.nodata
    with pytest.raises(NothingToAnalyse):
        looked(source, engine, (click(GRID, 900, 400),))


def test_nodata_never_belongs_to_a_mask():
    source, engine = Painted(), SameColour()
    source.valid[:, 510:] = False
    steps = (click(GRID, 500, 400),)
    for reading in readings(looked(source, engine, steps), engine, steps):
        for feature in reading.features:
            assert feature.rings[0][:, 0].max() <= (GRID.affine * (510, 0))[0]


def test_the_scale_that_the_model_hears_is_that_of_its_pixels():
    source, engine = Painted(), SameColour()
    looked(source, engine, (click(GRID, 500, 400),), factor=2)
    assert engine.encoded == [1.0]


def test_bounds_reach_around_every_step():
    steps = (click(GRID, 5, 9), drawn(GRID, "box", (7, 3), (20, 3), (20, 8), (7, 8)))
    assert bounds_of(steps, GRID) == pytest.approx((5, 3, 20, 9))

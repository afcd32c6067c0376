"""Clicks and boxes through the mask predictor: what hangs together under the click, and nothing where it is not sure."""

import numpy as np

from terralogue.models.imagery.grid import Window
from terralogue.models.pointing import pointed
from terralogue.models.sharing.priority_lock import PriorityLock

PLAN = [Window(0, 0, 64, 64), Window(32, 0, 64, 64)]
KNOWN = {window: np.zeros((2, 16, 16), np.float16) for window in PLAN}


class Squares:
    """Sees one 10 × 10 px square around each click inside, with a stain of its own in a corner."""

    def __init__(self, score=0.9):
        self.score, self.asked = score, []

    def mask(self, features, prompts, label="", cancel=None):
        self.asked.append(prompts)
        out = np.zeros((1, 64, 64), np.float32)
        rows, cols = np.nonzero(prompts[0, 0] > 0.8)
        for row, col in zip(rows * 4 + 2, cols * 4 + 2):
            out[0, max(0, row - 5):row + 5, max(0, col - 5):col + 5] = self.score
        out[0, 60:, 60:] = self.score
        return out


def point(nano, *inside, shape=(64, 96), **options):
    return pointed(nano, PLAN, options.pop("known", KNOWN), PriorityLock(), True, None, shape, inside, **options)


def test_a_click_takes_the_piece_under_it_from_the_tile_it_lies_best_in():
    found = point(Squares(), (66.0, 30.0))
    assert found.window == PLAN[1] and found.mask.sum() == 100 and abs(found.score - 0.9) < 1e-6
    part = found.part(96)
    assert part.pixels.tolist() == [100] and 60 <= part.col[0] <= 72 and 24 <= part.row[0] <= 36


def test_the_prompt_lies_where_the_click_was():
    nano = Squares()
    point(nano, (50.0, 20.0), outside=((40.0, 20.0),), box=(44.0, 14.0, 56.0, 26.0))
    (maps,) = nano.asked
    window = PLAN[1] if abs(50 - 64) < abs(50 - 32) else PLAN[0]
    row, col = np.unravel_index(maps[0, 0].argmax(), (16, 16))
    assert (row, col) == (5, int((50 - window.col) // 4)) or (row, col) == (4, int((50 - window.col) // 4))
    assert maps[0, 1].max() > 0.5 and maps[0, 2].sum() > 0


def test_nothing_is_taken_that_is_unsure_forgotten_or_off_the_grid():
    assert point(Squares(0.6), (30.0, 30.0)) is None
    assert point(Squares(), (30.0, 30.0), known={}) is None
    assert point(Squares(), (500.0, 30.0)) is None
    assert point(Squares()) is None


def test_of_a_box_the_largest_piece_is_taken():
    class Two(Squares):
        def mask(self, features, prompts, label="", cancel=None):
            out = np.zeros((1, 64, 64), np.float32)
            out[0, 4:8, 4:8], out[0, 20:40, 20:40] = 0.9, 0.9
            return out

    assert point(Two(), box=(10.0, 10.0, 50.0, 50.0)).mask.sum() == 400


def test_a_small_grid_cuts_what_reaches_beyond_it():
    found = point(Squares(), (20.0, 20.0), shape=(24, 24))
    assert found.mask.shape == (24, 24) and found.part(24).pixels.tolist() == [found.mask.sum()]

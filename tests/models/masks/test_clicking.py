"""Simulated clicks: at the heart of what is wanted, then at the heart of the largest error."""

import numpy as np
import pytest

from terralogue.models.masks.clicking import inner_point, masks_by_click, next_click
from terralogue.models.masks.engine import Embedding, Proposal


def block(rows, cols, shape=(40, 60)):
    mask = np.zeros(shape, bool)
    mask[slice(*rows), slice(*cols)] = True
    return mask


def test_the_first_click_goes_to_the_heart_of_the_target():
    target = block((10, 21), (20, 41)) | block((5, 35), (28, 29))
    click = next_click(target)
    assert click.inside and abs(click.place[0] - 30.5) <= 5 and click.place[1] == 15.5
    assert inner_point(block((10, 21), (20, 31))) == (25.5, 15.5)


def test_the_heart_of_a_ring_lies_in_the_ring():
    rows, cols = np.mgrid[0:60, 0:60] + 0.5
    far = np.hypot(rows - 30, cols - 30)
    ring = (far < 25) & (far > 12)
    x, y = inner_point(ring)
    assert ring[int(y), int(x)] and abs(np.hypot(x - 30, y - 30) - 18.5) < 2


def test_what_touches_the_border_is_clicked_away_from_it():
    x, y = inner_point(block((0, 20), (0, 20)))
    assert 8 < x < 12 and 8 < y < 12


def test_later_clicks_go_to_the_largest_error_and_say_which_way():
    target = block((10, 20), (10, 30))
    missing = target & ~block((10, 20), (10, 20))
    click = next_click(target, missing)
    assert click.inside and target[int(click.place[1]), int(click.place[0])] and click.place[0] < 20
    spilt = target | block((0, 40), (40, 60))
    click = next_click(target, spilt)
    assert not click.inside and click.place[0] > 40
    assert next_click(target, target) is None and next_click(np.zeros((4, 4), bool)) is None


@pytest.mark.parametrize("seed", range(5))
def test_a_click_always_lies_in_what_it_is_about(seed):
    target = np.random.default_rng(seed).random((30, 30)) < 0.4
    mask = np.random.default_rng(seed + 99).random((30, 30)) < 0.4
    click = next_click(target, mask)
    x, y = (int(value) for value in click.place)
    assert (target[y, x] and not mask[y, x]) == click.inside and target[y, x] != mask[y, x]


class Obedient:
    """Marks a disc around every click inside, takes one away around every other; remembers that it was refined."""

    name, digest, side = "Obedient", "none", 64

    def __init__(self):
        self.memories = []

    def decode(self, seen, prompt, cancel=None):
        self.memories.append(prompt.memory)
        rows, cols = np.mgrid[:seen.shape[0], :seen.shape[1]] + 0.5
        scores = np.zeros(seen.shape, np.float32)
        for places, value in ((prompt.inside, 1.0), (prompt.outside, 0.0)):
            for x, y in places:
                scores[np.hypot(rows - y, cols - x) < 6] = value
        return [Proposal(scores, 1.0, np.ones(1) * len(self.memories))]


def test_masks_follow_the_clicks_and_each_refines_the_one_before():
    engine, target = Obedient(), block((10, 20), (10, 50))
    masks = masks_by_click(engine, Embedding({}, target.shape), target, 5)
    overlaps = [(mask & target).sum() / (mask | target).sum() for mask in masks]
    assert len(masks) == 5 and overlaps[-1] > overlaps[0] and max(overlaps) > 0.6
    assert engine.memories[0] is None and engine.memories[1] == 1


def test_an_engine_without_an_answer_has_an_empty_mask():
    class Mute(Obedient):
        def decode(self, seen, prompt, cancel=None):
            return []

    masks = masks_by_click(Mute(), Embedding({}, (40, 60)), block((10, 20), (10, 20)), 3)
    assert [mask.any() for mask in masks] == [False] * 3

"""Neighbours asked: tiles in clear groups are named as groups, and nothing else changes."""

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.classify.naming import ANYTHING, named, softmax
from terralogue.models.classify.propagation import neighbours, propagate
from terralogue.models.errors import Cancelled


def groups(n=60, classes=4, dim=128, spread=0.1, seed=0):
    """Unit vectors in groups, and words that lean towards the right group but are far from it, as towers' words are."""
    rng = np.random.default_rng(seed)
    middles = np.linalg.qr(rng.standard_normal((dim, dim)))[0][:classes]
    truth = np.arange(n) % classes
    x = middles[truth] + spread * rng.standard_normal((n, dim))
    words = middles + 0.4 * rng.standard_normal((classes, dim))
    unit = lambda v: (v / np.linalg.norm(v, axis=1, keepdims=True)).astype(np.float32)
    return unit(x), unit(words), truth


def test_groups_are_named_better_together_than_alone():
    alone, together = [], []
    for seed in range(8):
        x, words, truth = groups(n=200, seed=seed)
        alone.append((softmax(20 * x @ words.T).argmax(1) == truth).mean())
        together.append((propagate(x, words, 20.0).argmax(1) == truth).mean())
    assert np.mean(together) > np.mean(alone) + 0.1, (alone, together)


def test_the_order_of_tiles_and_of_classes_is_nothing():
    x, words, _ = groups()
    z = propagate(x, words, 20.0)
    assert np.allclose(z.sum(1), 1, atol=1e-5)
    order, swap = np.random.default_rng(1).permutation(len(x)), [2, 0, 3, 1]
    assert np.allclose(propagate(x[order], words, 20.0), z[order], atol=1e-4)
    assert np.allclose(propagate(x, words[swap], 20.0), z[:, swap], atol=1e-4)


@pytest.mark.parametrize("n, classes", [(0, 3), (1, 3), (2, 3), (3, 2), (5, 1), (4, 500), (40, 4)])
def test_few_tiles_or_classes(n, classes):
    rng = np.random.default_rng(0)
    unit = lambda v: (v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    z = propagate(unit(rng.standard_normal((n, 8))), unit(rng.standard_normal((classes, 8))), 16.0)
    assert z.shape == (n, classes) and np.isfinite(z).all() and np.allclose(z.sum(1), 1, atol=1e-5)


def test_equal_tiles_are_no_trouble():
    x = np.tile(np.eye(1, 8, dtype=np.float32), (30, 1))
    words = np.eye(3, 8, dtype=np.float32)
    assert (propagate(x, words, 16.0).argmax(1) == 0).all()


def test_neighbours_leave_the_tile_itself_out():
    x, _, truth = groups(n=40, spread=0.02)
    near, cosines = neighbours(x)
    assert near.shape == (40, 3) and not (near == np.arange(40)[:, None]).any()
    assert (truth[near] == truth[:, None]).all() and (cosines >= 0).all()


def test_a_cancel_stops_it():
    cancel = CancelToken()
    cancel.cancel()
    x, words, _ = groups()
    with pytest.raises(Cancelled):
        propagate(x, words, 20.0, cancel=cancel)


class _Sigmoid:
    scale, bias, name, dim = 10.0, -5.0, "with a bias", 2


class _Plain:
    scale, name, dim = 100.0, "without", 2

    def words(self, texts, cancel=None):
        assert any(each in text for text in texts for each in ANYTHING)
        return np.tile(np.array([[0.6, 0.8]], np.float32), (len(texts), 1))


def test_none_of_these_where_nothing_is_true():
    from terralogue.models.classify.ensembles import ENSEMBLES

    x = np.array([[1, 0], [0.6, 0.8], [0.3, 0.954]], np.float32)
    words = np.array([[1, 0]], np.float32)
    found = named(x, words, _Sigmoid(), ENSEMBLES["name"], true_from=0.5)
    assert found.none.tolist() == [False, False, True] and found.probabilities.tolist() == [[1], [1], [1]]
    assert found.second.tolist() == [-1] * 3
    assert not named(x, words, _Sigmoid(), ENSEMBLES["name"], none=False).none.any()
    assert named(x, words, _Plain(), ENSEMBLES["name"]).none.tolist() == [False, True, True], "a tower that only compares"

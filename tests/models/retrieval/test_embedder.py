"""The embedded model as a dual encoder: its vectors are those of the panel's own glance and tower."""

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.models.language.text_tower import TextTower
from terralogue.models.retrieval.embedder import NanoEmbedder
from terralogue.models.vision.nano import Nano


@pytest.fixture(scope="module")
def parts(repository):
    folder = repository / "resources" / "nano"
    return Nano.load(folder, threads=1), TextTower.load(folder, threads=1)


def pictures(number: int) -> np.ndarray:
    return np.random.default_rng(5).random((number, 3, 256, 256), np.float32)


def test_vectors_are_those_of_a_whole_look(parts):
    nano, tower = parts
    rgb = pictures(2)
    found = NanoEmbedder(nano, tower).pictures(rgb, [0.3, None])
    grid = nano.see_each(rgb, [0.3, None]).grid
    for vector, view in zip(found, grid):
        wanted = tower.picture(np.ascontiguousarray(view.reshape(544, 64).T))
        assert float(vector @ wanted) > 0.9999
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)


def test_an_unknown_resolution_may_be_none_or_nan(parts):
    embedder = NanoEmbedder(*parts)
    rgb = pictures(1)
    assert np.array_equal(embedder.pictures(rgb, [None]), embedder.pictures(rgb, np.array([np.nan])))


def test_words_stand_in_the_same_space(parts):
    embedder = NanoEmbedder(*parts)
    vectors = embedder.words(["water", "tennis court"])
    assert vectors.shape == (2, embedder.dim) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_nothing_gives_nothing(parts):
    embedder = NanoEmbedder(*parts)
    assert embedder.pictures(np.zeros((0, 3, 256, 256), np.float32), []).shape == (0, embedder.dim)
    assert embedder.words([]).shape == (0, embedder.dim)


def test_a_text_without_a_letter_is_refused(parts):
    with pytest.raises(ValueError):
        NanoEmbedder(*parts).words(["   "])


def test_a_stop_is_heeded(parts):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        NanoEmbedder(*parts).pictures(pictures(1), [1.0], cancel)


def test_another_graph_of_pictures_is_another_digest(parts):
    nano, tower = parts
    first = NanoEmbedder(nano, tower).digest
    kept, tower.digest = tower.digest, "other"
    try:
        assert NanoEmbedder(nano, tower).digest != first
    finally:
        tower.digest = kept

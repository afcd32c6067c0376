"""Recall at k on two images with two captions each, by hand."""

import numpy as np
import pytest

from terralogue.models.metrics.baselines import chance_recall
from terralogue.models.metrics.retrieval import image_to_text_ranks, retrieval_figures, text_to_image_ranks

OWNER = np.array([0, 0, 1, 1])
SIMILARITY = np.array([[.9, .1, .8, .2], [.95, .3, .4, .6]])


def test_ranks_both_ways():
    # Image 0: own .9 first. Image 1: own .6 behind .95. Captions: .9 < .95, .1 < .3, .4 < .8, .6 > .2.
    assert image_to_text_ranks(SIMILARITY, OWNER).tolist() == [1, 2]
    assert text_to_image_ranks(SIMILARITY, OWNER).tolist() == [2, 2, 2, 1]


def test_figures_and_their_means():
    figures = retrieval_figures(SIMILARITY, OWNER, ks=(1, 2))
    assert figures == pytest.approx({
        "i2t_r1": .5, "i2t_r2": 1, "t2i_r1": .25, "t2i_r2": 1, "i2t_mr": .75, "t2i_mr": .625, "mr": .6875,
    })


def test_one_caption_in_the_first_k_is_enough():
    similarity = np.array([[1., -1.], [0., 0.]])[:, [0, 1, 1, 1]]
    assert image_to_text_ranks(similarity, np.array([0, 0, 1, 1]))[0] == 1


def test_equal_scores_are_no_hit():
    figures = retrieval_figures(np.zeros((20, 40)), np.arange(40) % 20)
    assert figures["i2t_r10"] == figures["t2i_r10"] == 0.0


def test_perfect_scores_are_all_hits_in_any_order_of_captions():
    owner = np.array([2, 0, 1, 0, 2])
    similarity = (owner[None, :] == np.arange(3)[:, None]).astype(float)
    assert set(retrieval_figures(similarity, owner).values()) == {1.0}


def test_chance_agrees_with_random_scores():
    owner = np.repeat(np.arange(12), [1, 2, 3, 4] * 3)
    random = np.random.default_rng(0)
    runs = [retrieval_figures(random.random((12, 30)), owner) for _ in range(200)]
    for name, value in chance_recall(owner).items():
        assert np.mean([run[name] for run in runs]) == pytest.approx(value, abs=0.03), name


def test_chance_of_two_images_with_two_captions_by_hand():
    # One of four captions, two are right; the first two miss both with probability 1 / 6.
    figures = chance_recall(np.array([0, 0, 1, 1]), ks=(1, 2))
    assert figures["i2t_r1"] == pytest.approx(1 / 2) and figures["i2t_r2"] == pytest.approx(5 / 6)
    assert figures["t2i_r1"] == pytest.approx(1 / 2) and figures["t2i_r2"] == 1.0


@pytest.mark.parametrize("similarity, owner", [
    (np.zeros((2, 2)), np.array([0, 0])),  # image 1 has no caption
    (np.zeros((2, 2)), np.array([0, 2])),  # there is no image 2
    (np.full((1, 1), np.nan), np.array([0])),
    (np.zeros((1, 2)), np.array([0])),
])
def test_what_cannot_be_ranked_is_an_error(similarity, owner):
    with pytest.raises(ValueError):
        retrieval_figures(similarity, owner)

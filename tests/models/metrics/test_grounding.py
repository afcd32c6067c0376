"""Boxes and points of phrases, by hand, in both conventions of the pixel edge."""

import numpy as np
import pytest

from terralogue.models.metrics.boxes import box_iou
from terralogue.models.metrics.grounding import accuracy_at_iou, mask_pointing_accuracy, mean_iou, pointing_accuracy


def test_edges_and_last_pixels_give_different_overlaps():
    # Edges: 50 / 150. Last pixels: 6 · 11 shared, 121 each: 66 / 176.
    a, b = np.array([[0, 0, 10, 10]]), np.array([[5, 0, 15, 10]])
    assert box_iou(a, b)[0, 0] == pytest.approx(1 / 3)
    assert box_iou(a, b, inclusive=True)[0, 0] == pytest.approx(3 / 8)


def test_every_found_box_meets_every_true_one():
    found, truth = np.array([[0, 0, 2, 2], [4, 4, 6, 6]]), np.array([[0, 0, 2, 2], [1, 0, 3, 2], [9, 9, 10, 10]])
    assert box_iou(found, truth) == pytest.approx(np.array([[1, 1 / 3, 0], [0, 0, 0]]))


def test_a_box_turned_inside_out_or_without_area_overlaps_nothing():
    assert box_iou(np.array([[10, 10, 0, 0]]), np.array([[0, 0, 10, 10]]), inclusive=True)[0, 0] == 0
    assert box_iou(np.array([[1, 1, 1, 1]]), np.array([[1, 1, 1, 1]]))[0, 0] == 0
    assert box_iou(np.array([[1, 1, 1, 1]]), np.array([[1, 1, 1, 1]]), inclusive=True)[0, 0] == 1


def test_exactly_half_is_right_only_where_the_comparison_is_not_strict():
    found, truth = [(0, 0, 10, 10)], [(0, 0, 10, 5)]
    assert accuracy_at_iou(found, truth) == 1.0
    assert accuracy_at_iou(found, truth, strict=True) == 0.0
    # Counted in pixels it is 66 / 121 = 0.545: MiniGPT-v2's script takes it.
    assert accuracy_at_iou(found, truth, strict=True, inclusive=True) == 1.0


def test_an_answer_without_a_box_is_wrong_and_counted():
    found, truth = [None, (0, 0, 4, 4)], [(0, 0, 4, 4), (0, 0, 4, 4)]
    assert accuracy_at_iou(found, truth) == mean_iou(found, truth) == 0.5


def test_points_on_the_edge_are_inside():
    box = (2, 2, 4, 6)
    assert pointing_accuracy([(3, 4), (4, 6), (5, 4), None], [box] * 4) == 0.5


def test_points_on_masks_are_those_of_the_pixel_that_holds_them():
    mask = np.array([[False, True], [False, False]])
    assert mask_pointing_accuracy([(1.9, 0.5), (0.9, 0.5), (2.0, 0.5), (-0.5, 0.5)], [mask] * 4) == 0.25


@pytest.mark.parametrize("found, truth", [([], []), ([None], [])])
def test_nothing_to_score_is_an_error(found, truth):
    with pytest.raises(ValueError):
        accuracy_at_iou(found, truth)

"""Boxes matched one to one, by hand."""

import numpy as np
import pytest

from terralogue.models.metrics.detection import DetectionAgreement, match

A, B = [0, 0, 10, 10], [20, 0, 30, 10]
NEAR_A = [1, 0, 11, 10]  # IoU 90 / 110 with A


def test_a_second_box_on_the_same_object_is_a_false_alarm():
    agreement = DetectionAgreement()
    agreement.add(np.array([A, NEAR_A]), np.array([.9, .8]), np.array([A, B]))
    assert (agreement.right, agreement.false_alarms, agreement.missed) == (1, 1, 1)
    assert agreement.figures() == {"f1": 0.5, "precision": 0.5, "recall": 0.5}


def test_the_better_score_chooses_first_even_with_the_worse_overlap():
    assert match(np.array([A, NEAR_A]), np.array([.8, .9]), np.array([A])).tolist() == [-1, 0]


def test_a_box_takes_the_object_it_overlaps_most():
    assert match(np.array([NEAR_A]), np.array([1.]), np.array([[4, 0, 14, 10], A])).tolist() == [1]


def test_half_is_enough_and_less_is_not():
    assert match(np.array([[0, 0, 10, 5]]), np.array([1.]), np.array([A])).tolist() == [0]
    assert match(np.array([[0, 0, 10, 4.9]]), np.array([1.]), np.array([A])).tolist() == [-1]


def test_images_are_added_up_before_the_ratio():
    agreement = DetectionAgreement()
    agreement.add(np.array([A]), np.array([1.]), np.array([A]))
    agreement.add(np.zeros((0, 4)), np.zeros(0), np.array([A, B]))
    # 1 right, 2 missed: 2 / (1 + 3); the mean of images would be (1 + 0) / 2.
    assert agreement.figures() == pytest.approx({"f1": 0.5, "precision": 1.0, "recall": 1 / 3})


def test_nothing_found_and_nothing_there_is_zero_by_convention():
    agreement = DetectionAgreement()
    agreement.add(np.zeros((0, 4)), np.zeros(0), np.zeros((0, 4)))
    assert agreement.figures()["f1"] == 0.0


def test_boxes_and_scores_must_be_as_many():
    with pytest.raises(ValueError):
        match(np.array([A]), np.zeros(2), np.array([A]))

"""Masks of phrases, by hand, with the phrases that name nothing."""

import numpy as np
import pytest

from terralogue.models.metrics.referring import ReferringAgreement, both_right


def _mask(text):
    return np.array([[c == "#" for c in text]])


def _three_phrases():
    agreement = ReferringAgreement()
    agreement.add(_mask("###...."), _mask("####..."), "tank")  # IoU 3 / 4
    agreement.add(_mask("......."), _mask("......."), "boat")  # nothing asked for, nothing answered
    agreement.add(_mask("##....."), _mask("......."), "boat")  # nothing asked for, two pixels answered
    return agreement


def test_phrases_without_target_score_one_or_zero():
    figures = _three_phrases().figures("scored")
    assert figures["giou"] == pytest.approx((3 / 4 + 1 + 0) / 3)
    assert figures["ciou"] == pytest.approx(3 / (4 + 0 + 2))
    assert figures["pr70"] == pytest.approx(2 / 3) and figures["pr80"] == pytest.approx(1 / 3)


def test_phrases_without_target_can_be_left_out():
    figures = _three_phrases().figures("skipped")
    assert figures["giou"] == figures["ciou"] == figures["miou"] == figures["class_miou"] == pytest.approx(3 / 4)


def test_miou_is_of_phrases_with_a_target_in_both_conventions():
    assert _three_phrases().figures("scored")["miou"] == pytest.approx(3 / 4)


def test_class_miou_weighs_classes_alike():
    agreement = ReferringAgreement()
    for _ in range(3):
        agreement.add(_mask("####"), _mask("####"), "tank")
    agreement.add(_mask("#..."), _mask("####"), "boat")
    assert agreement.figures()["class_miou"] == pytest.approx((1 + 1 / 4) / 2)
    assert agreement.figures()["ciou"] == pytest.approx(13 / 16)


def test_large_objects_rule_ciou_and_not_giou():
    agreement = ReferringAgreement()
    agreement.add(_mask("#" * 90 + "." * 10), _mask("#" * 90 + "." * 10))
    agreement.add(_mask("#" + "." * 99), _mask(".#" + "." * 98))
    assert agreement.figures()["giou"] == pytest.approx(0.5)
    assert agreement.figures()["ciou"] == pytest.approx(90 / 92)


def test_empty_answers_are_judged_by_whether_there_was_a_target():
    agreement = _three_phrases()
    agreement.add(_mask("......."), _mask("#......"))
    assert agreement.empty_figures() == {"no_target_right": 0.5, "false_empty": 0.5}


def test_only_phrases_without_target_cannot_be_skipped():
    agreement = ReferringAgreement()
    agreement.add(_mask("..."), _mask("..."))
    assert agreement.figures("scored")["giou"] == agreement.figures("scored")["ciou"] == 1.0
    for wrong in ("skipped", "maybe"):
        with pytest.raises(ValueError):
            agreement.figures(wrong)


def test_both_objects_must_be_right_and_as_many_as_asked_for():
    left, right = _mask("##.."), _mask("..##")
    assert both_right([[left, right], [left, left], [left]], [[left, right]] * 3) == pytest.approx(1 / 3)


def test_masks_of_different_sizes_are_an_error():
    with pytest.raises(ValueError):
        ReferringAgreement().add(_mask("##"), _mask("###"))

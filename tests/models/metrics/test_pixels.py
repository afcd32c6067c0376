"""Pixel figures against values worked out by hand."""

import numpy as np
import pytest

from terralogue.models.metrics.pixels import PixelAgreement, otsu


def _mask(text):
    return np.array([[c == "#" for c in row] for row in text.split()])


def test_figures_of_two_small_images_are_those_worked_out_by_hand():
    agreement = PixelAgreement()
    valid = np.ones((2, 4), bool)
    agreement.add(_mask("##.. ##.."), _mask(".##. .##."), valid)  # 2 true, 2 false alarms, 2 missed
    agreement.add(_mask("#... ...."), _mask("#... ...."), valid)  # 1 true
    figures = agreement.figures()
    assert figures["iou"] == pytest.approx(3 / 7)
    assert figures["miou"] == pytest.approx((2 / 6 + 1) / 2)
    assert figures["precision"] == figures["recall"] == figures["f1"] == pytest.approx(3 / 5)


def test_pixels_outside_valid_are_in_no_figure():
    agreement = PixelAgreement()
    agreement.add(_mask("####"), _mask("#..."), _mask("#..."))
    assert agreement.figures()["iou"] == 1.0


def test_an_image_with_nothing_to_find_and_nothing_found_is_right():
    agreement = PixelAgreement()
    agreement.add(_mask("...."), _mask("...."), np.ones((1, 4), bool))
    assert agreement.figures()["miou"] == 1.0 and agreement.image_accuracy() == 1.0
    agreement.add(_mask("#..."), _mask("...."), np.ones((1, 4), bool))
    assert agreement.image_accuracy() == 0.5


def test_otsu_separates_two_heaps():
    values = np.concatenate([np.full(900, 10.0), np.full(100, 200.0)])
    assert 10 < otsu(values) <= 200
    assert ((values > otsu(values)) == (values > 100)).all()

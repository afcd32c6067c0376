"""Figures of changes on masks whose answer is known."""

import json

import numpy as np
import pytest

pytest.importorskip("scipy")

from terralogue.models.training import change_measures as measured  # noqa: E402
from terralogue.models.training import measures  # noqa: E402


def _mask(*boxes):
    mask = np.zeros((256, 256), bool)
    for top, left, side in boxes:
        mask[top:top + side, left:left + side] = True
    return mask


def test_windows_weigh_changed_and_unchanged_alike():
    truth = [_mask((10, 10, 30))]  # one of four windows changed
    assert measured.windows(truth, truth) == 1.0
    assert measured.windows([_mask()], truth) == 0.5
    assert measured.windows([_mask((10, 10, 30), (140, 140, 30))], truth) == pytest.approx((1 + 2 / 3) / 2)


def test_the_rule_of_windows_is_that_of_the_other_pairs():
    """Faint scores everywhere are no change in any pair: a threshold above them, learnt elsewhere, tells all right."""
    truth = [_mask((10, 10, 30)), _mask((140, 10, 40)), _mask((10, 140, 50))]
    pairs = [measures.DatePair(None, None, mask) for mask in truth]
    found = [np.where(mask, 0.9, 0.4) for mask in truth]
    assert measured.real_windows(found, pairs, 0.3) == 0.5
    assert measured.real_windows_by_others(found, pairs) == 1.0
    odd = [*found[:2], np.where(truth[2], 0.4, 0.9)]
    assert measured.real_windows_by_others(odd, pairs) < 1.0, "a pair is not judged by itself"


def test_cells_are_those_of_three_by_three():
    truth = [_mask((10, 10, 30), (200, 200, 30))]  # upper left and lower right
    assert measured.cells(truth, truth) == 1.0
    assert measured.cells([_mask((10, 10, 30))], truth) == pytest.approx(2 / 3)


def test_specks_are_no_objects():
    found = [_mask((10, 10, 30), (100, 100, 3)), _mask()]
    truth = [_mask((10, 10, 30)), _mask((5, 5, 9), (50, 50, 9), (90, 90, 9))]
    assert measured.count_error(found, truth) == {"error": 1.5, "of the median": 1.0}


class Differing:
    """A model whose change score is the difference of the mean of both dates."""

    def see_each(self, rgb, metres):
        return rgb.mean(1, keepdims=True)

    def compare(self, before, after):
        return np.abs(before - after).repeat(7, 1)


def test_a_shift_of_nothing_is_no_change_and_brighter_light_is_one_to_a_naive_model(tmp_path):
    images = np.full((2, 3, 256, 256), 100, np.uint8)
    after = images.copy()
    after[:, :, 40:80, 40:80] = 230
    covers = np.zeros((2, 256, 256), np.uint8)
    changed = covers.copy()
    changed[:, 40:80, 40:80] = 3
    for name, value in {"images": images, "after_images": after, "covers": covers, "after_covers": changed,
                        "gsd": np.array([0.3, 0.3])}.items():
        np.save(tmp_path / f"{name}.npy", value)
    (tmp_path / "pairs.json").write_text(json.dumps([0, 1]))
    drawn = measured.Drawn.read(tmp_path)
    assert drawn.truth("building").sum() == drawn.truth("any").sum() == 2 * 1600 and not drawn.truth("paved").any()
    figures = measured.drawn_changes(Differing(), drawn)
    assert figures["building f1"] == 1.0 and figures["building cells of 3 × 3, micro f1"] == 1.0
    tiles = measured.Tiles(images, covers, np.zeros(2), np.array([0.3, 0.3]), ["a", "b"])
    picked = measured.pick(Differing(), drawn, tiles, 0.3)
    assert picked["building"] == 0.3 and picked["tree"] > 0.1  # light alone may not reach a threshold
    light = measured.unmoved(Differing(), tiles, drawn)
    assert light["shift 1 px"]["recall"] > 0.9 and light["shift 1 px"]["threshold"] == 0.05
    assert light["light +30 %"]["threshold"] > 0.1

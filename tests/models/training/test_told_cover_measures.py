"""What told land cover is worth, measured: maps as wrong as they are said to be, and a figure that follows them."""

import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="scipy is not installed (group 'training')")

sys.path.append(str(Path(__file__).resolve().parents[1] / "words"))

from fakes import COLOURS, ColourNano  # noqa: E402

from terralogue.models.training import told_cover_measures, wrong_maps  # noqa: E402
from terralogue.models.training.change_measures import Drawn  # noqa: E402


class Nano(ColourNano):
    """Takes grass for bare ground, whatever is told otherwise."""

    def see_each(self, rgb, gsd):
        seen = self.see(rgb, None)
        seen.cover[:, [3, 4]] = seen.cover[:, [4, 3]]
        return seen

    def compare(self, before, after, cancel=None):
        """Changed is what looks otherwise, whatever is told."""
        gap = (np.abs(after.features - before.features).max(axis=1, keepdims=True) > 0.05).astype(np.float32)
        return np.repeat(gap, 7, axis=1)


def test_a_map_is_wrong_on_the_share_that_is_said():
    rng = np.random.default_rng(0)
    cover = rng.integers(0, 6, (480, 480)).astype(np.uint8).repeat(2, 0).repeat(2, 1)
    plain = np.zeros((960, 960), np.uint8)
    assert (wrong_maps.corrupted(plain, rng) != 0).mean() == pytest.approx(wrong_maps.WRONG, abs=0.03)
    assert wrong_maps.corrupted(cover, rng).max() < 6


def test_captions_of_pairs_whose_cover_is_told_are_nearer_to_the_truth():
    rng = np.random.default_rng(1)
    covers = np.full((2, 6, 128, 128), 3, np.uint8)
    for index in range(6):
        top, left = rng.integers(0, 64, 2)
        covers[1, index, top:top + 50, left:left + 50] = (0, 2, 5)[index % 3]
    images = COLOURS[covers].transpose(0, 1, 4, 2, 3)
    drawn = Drawn(images[0], images[1], covers[0], covers[1], np.full(6, 0.5))
    figures = told_cover_measures.told_cover(Nano(), drawn)
    assert figures["seen alone"]["any f1"] == pytest.approx(1, abs=0.01)
    assert figures["CIDEr-D more with it"] > 5

"""How much of an IoU is labels that lie beside their roofs."""

import numpy as np
import pytest

pytest.importorskip("torch")

from terralogue.models.training import labels, measures  # noqa: E402


def test_labels_that_lie_beside_their_roofs_are_found_where_they_fit(monkeypatch):
    roofs = np.zeros((4, 256, 256), np.float16)
    for index in range(4):
        roofs[index, 40 + 30 * index:90 + 30 * index, 100:150] = 1
    scores = np.zeros((4, 6, 256, 256), np.float16)
    scores[:, 0] = roofs
    beside = np.where(np.roll(roofs, (6, -6), (1, 2)) > 0, labels.BUILDING, labels.BARE).astype(np.uint8)
    monkeypatch.setattr(measures, "cover_scores", lambda nano, images, gsd: scores)
    tiles = measures.Tiles(np.zeros((4, 3, 256, 256), np.uint8), beside, np.zeros(4), np.full(4, 0.3), list("abcd"))
    found = measures.building_moved(None, tiles, 0.5)
    assert found["iou"] < 0.65 and found["moved"] == 1.0 and found["chance"] < 0.65

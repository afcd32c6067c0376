"""Features kept for further questions: whole views or nothing, and every tile counted once."""

import numpy as np

from terralogue.models.imagery.grid import Window
from terralogue.models.maps.feature_memory import FeatureMemory

TILE = np.ones((1, 4, 4), np.float32)
BYTES = 2 * 16
WINDOWS = [Window(k, 0, 4, 4) for k in range(12)]


def test_features_of_a_view_too_large_to_keep_are_not_kept_in_part():
    memory = FeatureMemory(most=10 * BYTES)
    for window in WINDOWS[:6]:
        memory.put("small", window, TILE)
    assert list(memory.get("small")) == WINDOWS[:6]
    for window in WINDOWS:
        memory.put("large", window, TILE)
    assert not memory.get("large") and not memory.get("small")


def test_a_tile_that_is_put_again_takes_no_more_room():
    memory = FeatureMemory(most=10 * BYTES)
    memory.put("first", WINDOWS[0], TILE)
    for _ in range(3):
        for window in WINDOWS[:6]:
            memory.put("second", window, 2 * TILE)
    assert list(memory.get("second")) == WINDOWS[:6] and list(memory.get("first")) == WINDOWS[:1]
    assert memory.get("second")[WINDOWS[0]].max() == 2


def test_what_is_forgotten_while_it_is_in_use_stays_there_for_who_uses_it():
    memory = FeatureMemory(most=2 * BYTES)
    memory.put("one", WINDOWS[0], TILE)
    known = memory.get("one")
    for window in WINDOWS[:2]:
        memory.put("two", window, TILE)
    assert not memory.get("one") and known[WINDOWS[0]].shape == (1, 4, 4)

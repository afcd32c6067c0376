"""Small patches are forgotten band by band; nothing else is, however the bands lie."""

import numpy as np
import pytest

from terralogue.models.facts.components import components
from terralogue.models.facts.runs import RunsBuilder
from terralogue.models.facts.specks import SpeckFilter

HEIGHT, WIDTH = 90, 70


def mask_of(seed, density):
    rng = np.random.default_rng(seed)
    mask = rng.random((HEIGHT, WIDTH)) < density
    mask[:, 30] |= seed % 2 == 0  # one that reaches from top to bottom
    for row, col in rng.integers(0, 60, (5, 2)):
        mask[row:row + 9, col:col + 6] = True
    return mask


def filtered(mask, smallest, rows):
    specks, builder, most = SpeckFilter(WIDTH, smallest), RunsBuilder(WIDTH), 0
    for top in range(0, HEIGHT, rows):
        band = RunsBuilder(WIDTH)
        band.add(mask[top:top + rows], np.ones_like(mask[top:top + rows], float), top)
        builder.add_runs(specks.passed(band.runs(), min(top + rows, HEIGHT) - 1))
        most = max(most, len(specks._small))
    runs = builder.runs()
    return runs.take(runs.order()), most


@pytest.mark.parametrize("rows", [1, 2, 7, 90])
@pytest.mark.parametrize("seed, density", [(0, 0.05), (1, 0.2), (2, 0.4), (3, 0.55), (4, 0)])
@pytest.mark.parametrize("smallest", [1, 4, 25])
def test_what_is_left_is_what_is_large_enough(seed, density, rows, smallest):
    mask = mask_of(seed, density)
    builder = RunsBuilder(WIDTH)
    builder.add(mask, np.ones_like(mask, float), 0)
    expected = components(builder.runs(), smallest)
    found, _ = filtered(mask, smallest, rows)
    for name in ("row", "start", "stop", "weight", "value"):
        assert np.array_equal(getattr(found, name), getattr(expected.runs, name)), name


def test_little_is_held_in_between():
    mask = np.random.default_rng(0).random((HEIGHT, WIDTH)) < 0.2
    found, most = filtered(mask, 30, 5)
    assert len(found) == 0 and 0 < most < WIDTH

"""A model whose features have the stride of the real one's, drawn tiles with glasshouses, and a class tuned on them."""

import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "words")]


@pytest.fixture
def nano():
    """The model."""
    from glasshouses import StridedNano

    return StridedNano()


@pytest.fixture(scope="session")
def trained():
    """What is learned from drawn tiles."""
    from glasshouses import StridedNano, splits, tiles

    from terralogue.models.tuned.learning import Budget, train

    nano = StridedNano()
    return train(tiles(), splits(), lambda rgb, gsd: nano.see(rgb, gsd).features, Budget(lights=2, epochs=8))


@pytest.fixture(scope="session")
def tuned(trained):
    """It as a class."""
    from glasshouses import tuned_class

    return tuned_class(trained)

"""A base of the small town."""

import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "words")]
from small_town import document, layer  # noqa: E402


@pytest.fixture
def path(tmp_path):
    return tmp_path / "town.knowledge"


@pytest.fixture
def base(path):
    from terralogue.models.knowledge.base import Base
    from terralogue.models.knowledge.building import build

    build(path, [layer(), document()])
    with Base(path) as base:
        yield base

"""The drawn scenes and the model that sees colours are those of the tests of words."""

import sys
from pathlib import Path

import pytest

WORDS = str(Path(__file__).parent.parent / "words")
if WORDS not in sys.path:
    sys.path.append(WORDS)


@pytest.fixture(autouse=True)
def headless(monkeypatch):
    """One GDAL a process: rasterio also writes the images here."""
    monkeypatch.setenv("TERRALOGUE_GDAL", "rasterio")

"""terralogue:segment with EVERYTHING: objects without a class, from the engine that was chosen."""

import sys
from pathlib import Path

import pytest

sys.path += [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2] / "models" / "masks"),
             str(Path(__file__).resolve().parents[2] / "models" / "words")]

from refusals import refused_by  # noqa: E402


@pytest.fixture
def engines(monkeypatch):
    """The embedded model, and one of the user's that finds what hangs together in one colour."""
    from colour_objects import SameColour

    from terralogue.plugin.core.mask_engines import EMBEDDED, MaskEngines

    opened = []

    def open_one(self, key):
        opened.append(key)
        return SameColour()

    monkeypatch.setattr(MaskEngines, "choices", lambda self: [(EMBEDDED, "Nano"), ("/engines/colour", "Same colour")])
    monkeypatch.setattr(MaskEngines, "open", open_one)
    return opened


def test_every_object_is_an_exact_polygon_without_a_class(run, town, engines):
    found = run("segment", INPUT=town, EVERYTHING=True, ENGINE="same colour", OUTPUT="TEMPORARY_OUTPUT")
    rows = list(found["OUTPUT"].getFeatures())
    assert engines == ["/engines/colour"] and found["COUNT"] == len(rows)
    sizes = [row["pixels"] for row in rows]
    assert {320, 9600, 6000} <= set(sizes) and sizes.count(320) == 12, "twelve houses, the lake and the wood"
    assert all(row["label"] == "object" and row["model"] == "Same colour" for row in rows)
    assert all(row.geometry().area() == row["pixels"] * 0.25 for row in rows)


def test_the_smallest_area_holds(run, town, engines):
    found = run("segment", INPUT=town, EVERYTHING=True, MIN_AREA=100.0, OUTPUT="TEMPORARY_OUTPUT")
    assert engines == ["nano"] and all(row["area_m2"] >= 100 for row in found["OUTPUT"].getFeatures())


def test_an_unknown_engine_is_refused_with_the_ones_there_are(run, town, engines):
    said = refused_by("segment", run, INPUT=town, EVERYTHING=True, ENGINE="nonsense", OUTPUT="memory:")
    assert "nonsense" in said and "Nano, Same colour" in said and not engines

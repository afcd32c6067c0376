"""terralogue:change with land cover that the user has: believed beside the images, from and to are the user's."""

import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsPalettedRasterRenderer
from qgis.PyQt.QtGui import QColor

sys.path.append(str(Path(__file__).resolve().parent))

from refusals import refused_by  # noqa: E402

#: Pixels 250..290 × 100..130 of the town.
MEADOW = "POLYGON((500125 4999950,500145 4999950,500145 4999935,500125 4999935,500125 4999950))"


@pytest.fixture
def copy(place):
    """The town again, as another file."""
    from fakes import town

    return place(town(), "copy.tif")


@pytest.fixture
def polygons(shapes):
    """``polygons(label)``: the meadow, of the class ``label``."""
    return lambda label: shapes("Polygon", [MEADOW], "field=kind:string", [[label]])


def transitions(found):
    return [(row["from"], row["to"], row["pixels"]) for row in found["OUTPUT"].getFeatures()]


def test_polygons_of_both_dates_say_what_changed_into_what(run, town, copy, polygons):
    found = run("change", BEFORE=town, AFTER=copy, BEFORE_COVER=[polygons("lake")], AFTER_COVER=[polygons("Trees")],
                CLASSES="lake=water", CLASS_FIELD="kind", OUTPUT="TEMPORARY_OUTPUT")
    assert transitions(found) == [("water", "tree", 1200)]
    assert not run("change", BEFORE=town, AFTER=copy, OUTPUT="TEMPORARY_OUTPUT")["CHANGED"]


def test_codes_of_a_raster_are_read_by_their_style(run, town, copy, raster):
    codes = np.zeros((1, 300, 400), np.uint8)
    codes[0, 100:130, 250:290] = 7
    layer = raster(codes, "codes.tif", affine=(500000, 0.5, 0, 5_000_000, 0, -0.5))
    layer.setRenderer(QgsPalettedRasterRenderer(
        layer.dataProvider(), 1, [QgsPalettedRasterRenderer.Class(7, QColor("blue"), "Water")]))
    found = run("change", BEFORE=town, AFTER=copy, AFTER_COVER=[layer], OUTPUT="TEMPORARY_OUTPUT")
    assert transitions(found) == [("low vegetation", "water", 1200)]


def test_a_class_that_is_no_land_cover_is_asked_about(run, town, copy, polygons):
    said = refused_by("change", run, BEFORE=town, AFTER=copy, AFTER_COVER=[polygons("zone B")], CLASS_FIELD="kind",
                      OUTPUT="TEMPORARY_OUTPUT")
    assert "“zone b” is none of these land covers" in said and "“zone b=tree”" in said


def test_a_class_may_be_left_out(run, town, copy, polygons):
    found = run("change", BEFORE=town, AFTER=copy, AFTER_COVER=[polygons("zone B")], CLASSES="zone B=-", CLASS_FIELD="kind",
                OUTPUT="TEMPORARY_OUTPUT")
    assert not found["CHANGED"]


def test_regions_are_compared_with_the_land_cover_too(run, town, copy, polygons, shapes):
    found = run("change", BEFORE=town, AFTER=copy, AFTER_COVER=[polygons("water")], CLASS_FIELD="kind",
                REGIONS=shapes("Polygon", [MEADOW]), OUTPUT="TEMPORARY_OUTPUT", OUTPUT_REGIONS="TEMPORARY_OUTPUT")
    assert [row["changed"] for row in found["OUTPUT_REGIONS"].getFeatures()] == [1]

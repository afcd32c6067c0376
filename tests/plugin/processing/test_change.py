"""terralogue:change: two dates as polygons, words and tables."""

import json

import pytest
from qgis.core import QgsProcessingException


@pytest.fixture
def later(place):
    """The town with three more houses of 600 pixels on the meadow."""
    from fakes import paint, town

    pixels = town()
    for number in range(3):
        paint(pixels, "building", (120, 150), (200 + 40 * number, 220 + 40 * number))
    return place(pixels, "later.tif")


def test_new_houses_are_polygons_from_what_to_what(run, town, later):
    found = run("change", BEFORE=town, AFTER=later, OUTPUT="TEMPORARY_OUTPUT")
    assert found["CHANGED"] is True
    rows = list(found["OUTPUT"].getFeatures())
    assert {(row["from"], row["to"]) for row in rows} == {("low vegetation", "building")}
    assert sum(row["pixels"] for row in rows) == 1800
    assert all(row.geometry().area() == row["pixels"] * 0.25 for row in rows)
    assert sum(row["area_m2"] for row in rows) == pytest.approx(450, rel=2e-3)
    assert found["OUTPUT"].crs().authid() == "EPSG:32632"
    assert "building" in found["CAPTION"]
    (transition,) = json.loads(found["TRANSITIONS"])
    assert transition["from"] == "low vegetation" and transition["to"] == "building" and transition["pixels"] == 1800
    assert json.loads(found["COUNTS"]) and json.loads(found["CELLS"])


def test_the_same_raster_twice_has_not_changed(run, town):
    found = run("change", BEFORE=town, AFTER=town, OUTPUT="TEMPORARY_OUTPUT")
    assert found["CHANGED"] is False and found["OUTPUT"].featureCount() == 0
    assert json.loads(found["TRANSITIONS"]) == []


def test_a_question_narrows_the_change(run, town, later):
    assert run("change", BEFORE=town, AFTER=later, QUESTION="new buildings", OUTPUT="TEMPORARY_OUTPUT")["CHANGED"] is True
    found = run("change", BEFORE=town, AFTER=later, QUESTION="Where did water appear?", OUTPUT="TEMPORARY_OUTPUT")
    assert found["OUTPUT"].featureCount() == 0


def test_dates_of_different_places_are_refused(run, town, place):
    from fakes import ground

    away = place(ground(), "away.tif", affine=(600000, 0.5, 0, 5_000_000, 0, -0.5))
    with pytest.raises(QgsProcessingException, match="different places"):
        run("change", BEFORE=town, AFTER=away, OUTPUT="TEMPORARY_OUTPUT")


def test_regions_get_a_row_each(run, town, later, shapes):
    regions = shapes(
        "Polygon",
        ["POLYGON((500090 4999950,500170 4999950,500170 4999920,500090 4999920,500090 4999950))",
         "POLYGON((500000 4999890,500040 4999890,500040 4999850,500000 4999850,500000 4999890))"],
    )  # fmt: skip
    found = run("change", BEFORE=town, AFTER=later, REGIONS=regions, OUTPUT="TEMPORARY_OUTPUT",
                OUTPUT_REGIONS="TEMPORARY_OUTPUT")  # fmt: skip
    assert [row["changed"] for row in found["OUTPUT_REGIONS"].getFeatures()] == [1, 0]


def test_the_table_of_transitions_sums_up_the_polygons(run, town, later):
    found = run("change", BEFORE=town, AFTER=later, OUTPUT="TEMPORARY_OUTPUT", OUTPUT_TRANSITIONS="TEMPORARY_OUTPUT")
    table, rows = found["OUTPUT_TRANSITIONS"], list(found["OUTPUT"].getFeatures())
    assert [field.name() for field in table.fields()] == ["from", "to", "count", "pixels", "area_m2", "share"]
    assert not table.isSpatial()
    (entry,) = table.getFeatures()
    assert (entry["from"], entry["to"], entry["count"]) == ("low vegetation", "building", len(rows))
    assert entry["pixels"] == sum(row["pixels"] for row in rows) == 1800
    assert entry["area_m2"] == pytest.approx(sum(row["area_m2"] for row in rows))
    assert entry["share"] == pytest.approx(1800 / (400 * 300))
    nothing = run("change", BEFORE=town, AFTER=town, OUTPUT_TRANSITIONS="TEMPORARY_OUTPUT")
    assert nothing["OUTPUT_TRANSITIONS"].featureCount() == 0


def test_the_threshold_is_that_of_the_run(run, town, later, nano, monkeypatch):
    sure = nano.compare
    monkeypatch.setattr(nano, "compare", lambda *given: sure(*given) * 0.7)
    found = run("change", BEFORE=town, AFTER=later, OUTPUT="TEMPORARY_OUTPUT")
    calls = nano.calls
    loose = run("change", BEFORE=town, AFTER=later, THRESHOLD=0.6, OUTPUT="TEMPORARY_OUTPUT")
    strict = run("change", BEFORE=town, AFTER=later, THRESHOLD=0.8, OUTPUT="TEMPORARY_OUTPUT")
    assert found["OUTPUT"].featureCount() == loose["OUTPUT"].featureCount() == 3
    assert strict["OUTPUT"].featureCount() == 0 and strict["CHANGED"] is False
    assert nano.calls == calls, "the scores were kept"


def test_a_date_that_lies_four_pixels_off_is_moved_unless_that_is_switched_off(run, place):
    import numpy as np
    from fakes import paint, town

    rng = np.random.default_rng(5)
    pixels = town()
    for row, col in rng.integers(0, (297, 397), (500, 2)):
        paint(pixels, "bare", (row, row + 3), (col, col + 3))
    pixels = (pixels + rng.integers(0, 4, pixels.shape[1:])).astype(np.uint8)
    before, after = place(pixels[:, :, 4:-4], "before.tif"), place(pixels[:, :, 8:], "after.tif")
    found = run("change", BEFORE=before, AFTER=after, OUTPUT="TEMPORARY_OUTPUT")
    assert found["OUTPUT"].featureCount() == 0
    assert "lay 4.0 pixels (2 m) beside the other and was moved onto it" in found["CAPTION"]
    loose = run("change", BEFORE=before, AFTER=after, ALIGN=False, OUTPUT="TEMPORARY_OUTPUT")
    assert loose["OUTPUT"].featureCount() > 0 and "moved onto" not in loose["CAPTION"]

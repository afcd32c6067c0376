"""Outlines, parts, colours and statistics of terralogue:segment and terralogue:change."""

import numpy as np
import pytest
from qgis.core import NULL, QgsDistanceArea, QgsProcessingFeedback, QgsProject, QgsVectorLayer, QgsWkbTypes


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.said = []

    def pushInfo(self, info):  # noqa: N802 - the name QGIS calls
        self.said.append(info)


@pytest.fixture
def scene(place):
    """A house turned by 20°, two houses on a thin bridge, a pond with an island in it; 0.5 m pixels."""
    from fakes import COLOURS, ground

    from terralogue.models.vision.legend import COVERS

    pixels = ground()
    roof, lake, meadow = (COLOURS[COVERS.index(cover)] for cover in ("building", "water", "low vegetation"))
    row, col = np.mgrid[:300, :400]
    along, across = (np.cos(t) * (col - 100) + np.sin(t) * (row - 80) for t in np.radians([20, 110]))
    pixels[:, (abs(along) <= 24) & (abs(across) <= 14)] = roof[:, None]
    for house in (slice(240, 270), slice(300, 330)):
        pixels[:, 60:90, house] = roof[:, None, None]
    pixels[:, 74:76, 270:300] = roof[:, None, None]
    pixels[:, np.hypot(row - 200, col - 200) < 60] = lake[:, None]
    pixels[:, np.hypot(row - 200, col - 200) < 6] = meadow[:, None]
    return place(pixels, "scene.tif")


def measure(layer):
    meter = QgsDistanceArea()
    meter.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    meter.setEllipsoid("WGS84")
    return meter


def test_without_options_nothing_is_changed_or_added(run, scene):
    layer = run("segment", INPUT=scene, PROMPT="buildings", OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert [field.name() for field in layer.fields()] == ["label", "score", "pixels", "area_m2", "model", "source", "time"]
    assert all(row.geometry().area() == row["pixels"] * 0.25 for row in layer.getFeatures())


def test_what_an_outline_lost_stands_in_its_row(run, scene):
    log = Log()
    found = run("segment", log, INPUT=scene, PROMPT="water", SIMPLIFY=1.5, OUTPUT="TEMPORARY_OUTPUT")
    (row,) = found["OUTPUT"].getFeatures()
    exact = next(run("segment", INPUT=scene, PROMPT="water", OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"].getFeatures())
    assert (row["pixels"], row["area_m2"]) == (exact["pixels"], exact["area_m2"])
    assert row["shape"] == "simplified" and row.geometry().isGeosValid()
    assert row.geometry().constGet().nCoordinates() < 0.3 * exact.geometry().constGet().nCoordinates()
    own = row.geometry().area()
    assert row["shape_err"] == pytest.approx(own / (row["pixels"] * 0.25) - 1, abs=1e-6) and row["shape_err"] != 0
    assert row["shape_m2"] == pytest.approx(measure(found["OUTPUT"]).measureArea(row.geometry()), rel=1e-5)
    assert any(f"{100 * row['shape_err']:.2f}" in said for said in log.said), log.said


def test_buildings_get_right_angles_and_the_area_of_their_mask(run, scene):
    log = Log()
    found = run("segment", log, INPUT=scene, PROMPT="buildings", RIGHT_ANGLES=True, MIN_WIDTH=2.0, OUTPUT="TEMPORARY_OUTPUT")
    rows = sorted(found["OUTPUT"].getFeatures(), key=lambda row: -row["pixels"])
    assert found["COUNT"] == len(rows) == 3
    for row in rows:
        assert row["shape"] == "right angles" and row.geometry().isGeosValid()
        assert row.geometry().constGet().nCoordinates() == 5
        assert row.geometry().area() == pytest.approx(row["pixels"] * 0.25, rel=1e-8)
        assert row["shape_m2"] == pytest.approx(row["area_m2"])
        assert row["area_m2"] == pytest.approx(row["pixels"] * 0.25, rel=2e-3)
    # Of the bridge no more is left than the tips of the discs that reach into its ends.
    assert [row["pixels"] for row in rows[1:]] == [902, 902]
    assert any(said.startswith("60 pixels") for said in log.said), log.said


def test_holes_are_filled_and_pixels_stay_those_of_the_mask(run, scene):
    plain = next(run("segment", INPUT=scene, PROMPT="water", OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"].getFeatures())
    row = next(run("segment", INPUT=scene, PROMPT="water", FILL_HOLES=100.0, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"].getFeatures())
    rings = [one.geometry().asPolygon() for one in (plain, row)]
    assert [len(one) for one in rings] == [2, 1] and row["shape"] == "filled"
    assert row["pixels"] == plain["pixels"] and row.geometry().area() > plain.geometry().area()


def test_one_multipolygon_for_each_class(run, town):
    single = run("segment", INPUT=town, PROMPT="buildings and water", OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    found = run("segment", INPUT=town, PROMPT="buildings and water", MULTIPART=True, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert QgsWkbTypes.isMultiType(found.wkbType()) and not QgsWkbTypes.isMultiType(single.wkbType())
    rows = {row["label"]: row for row in found.getFeatures()}
    assert set(rows) == {"building", "water"}
    assert rows["building"]["pixels"] == 12 * 320 and rows["building"].geometry().constGet().numGeometries() == 12
    houses = [row["area_m2"] for row in single.getFeatures() if row["label"] == "building"]
    assert rows["building"]["area_m2"] == pytest.approx(sum(houses))
    assert all(row.geometry().isGeosValid() for row in rows.values())


def test_statistics_are_sums_over_the_polygons_and_shares_of_what_is_known(run, town):
    temporary = dict.fromkeys(("OUTPUT", "OUTPUT_STATISTICS"), "TEMPORARY_OUTPUT")
    found = run("segment", INPUT=town, PROMPT="buildings and water", **temporary)
    rows = {row["label"]: row for row in found["OUTPUT_STATISTICS"].getFeatures()}
    layer = found["OUTPUT"]
    assert [row["label"] for row in found["OUTPUT_STATISTICS"].getFeatures()] == ["water", "building"]
    for label, row in rows.items():
        own = [one for one in layer.getFeatures() if one["label"] == label]
        areas = [one["area_m2"] for one in own]
        assert row["count"] == len(own) and row["pixels"] == sum(one["pixels"] for one in own)
        assert row["area_m2"] == pytest.approx(sum(areas)) and row["mean_m2"] == pytest.approx(np.mean(areas))
        assert row["median_m2"] == pytest.approx(np.median(areas))
        assert row["share"] == pytest.approx(row["pixels"] / (400 * 300))
        assert row["from"] == NULL


def test_statistics_and_outlines_without_a_crs(run, place):
    from fakes import town
    from qgis.core import QgsProcessingException

    from terralogue.models.errors import QuestionUnclear

    nowhere = place(town(), "nowhere.tif", epsg=None)
    found = run("segment", INPUT=nowhere, PROMPT="water", OUTPUT_STATISTICS="TEMPORARY_OUTPUT")
    (row,) = found["OUTPUT_STATISTICS"].getFeatures()
    assert row["pixels"] == 9600 and row["area_m2"] == NULL and row["share"] == pytest.approx(0.08)
    with pytest.raises(QgsProcessingException) as refused:
        run("segment", INPUT=nowhere, PROMPT="water", SIMPLIFY=1.0, OUTPUT="TEMPORARY_OUTPUT")
    assert isinstance(refused.value.__cause__, QuestionUnclear) or "scale" in str(refused.value)


def test_a_geopackage_keeps_the_fields_of_the_outlines(run, scene, tmp_path):
    target = str(tmp_path / "out.gpkg")
    run("segment", INPUT=scene, PROMPT="buildings", RIGHT_ANGLES=True, OUTPUT=target)
    layer = QgsVectorLayer(target, "read", "ogr")
    assert {"shape", "shape_m2", "shape_err"} <= set(layer.fields().names())
    assert all(row.geometry().isGeosValid() for row in layer.getFeatures())


def test_changes_can_be_simplified_too(run, place):
    from fakes import paint, town

    after = town()
    for col in (150, 200):
        paint(after, "building", (150, 180), (col, col + 20))
    one, two = place(town(), "before.tif"), place(after, "after.tif")
    plain = run("change", BEFORE=one, AFTER=two, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    found = run("change", BEFORE=one, AFTER=two, SIMPLIFY=1.0, MULTIPART=True, OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert sum(row["pixels"] for row in found.getFeatures()) == sum(row["pixels"] for row in plain.getFeatures())
    assert found.featureCount() == 1 < plain.featureCount() and "shape_err" in found.fields().names()

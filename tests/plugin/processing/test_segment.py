"""terralogue:segment: polygons whose pixels, areas, fields and CRS are those of the raster."""

import pytest
from qgis.core import NULL, QgsCoordinateReferenceSystem, QgsDistanceArea, QgsProject, QgsRasterLayer, QgsVectorLayer


def rows(layer):
    return list((QgsVectorLayer(layer, "read", "ogr") if isinstance(layer, str) else layer).getFeatures())


def test_every_house_is_a_polygon_with_exact_pixels_and_ellipsoidal_area(run, town):
    found = run("segment", INPUT=town, PROMPT="buildings", OUTPUT="TEMPORARY_OUTPUT")
    layer = found["OUTPUT"]
    assert found["COUNT"] == 12 == layer.featureCount()
    assert layer.crs().authid() == "EPSG:32632"
    assert [field.name() for field in layer.fields()] == ["label", "score", "pixels", "area_m2", "model", "source", "time"]
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid("WGS84")
    for row in rows(layer):
        assert row["label"] == "building" and 0.5 < row["score"] <= 1 and row["model"] == "Colours 1"
        assert row["pixels"] == 320 and row.geometry().area() == 320 * 0.25
        assert row["area_m2"] == pytest.approx(measure.measureArea(row.geometry()), rel=1e-5)
        assert row["source"] == "town" and row["time"] in (NULL, "")


def test_a_file_holds_the_same_polygons(run, town, tmp_path):
    target = str(tmp_path / "water.gpkg")
    assert run("segment", INPUT=town.source(), PROMPT="water", OUTPUT=target)["COUNT"] == 1
    (row,) = rows(target)
    assert row["pixels"] == 9600 and row["label"] == "water"


def test_only_inside_the_extent(run, town):
    extent = "500000,500030,4999940,5000000 [EPSG:32632]"
    found = run("segment", INPUT=town, PROMPT="buildings", EXTENT=extent, OUTPUT="TEMPORARY_OUTPUT")
    assert 1 <= found["COUNT"] <= 6
    assert found["OUTPUT"].extent().xMaximum() <= 500030


def test_regions_give_a_row_each(run, town, shapes):
    regions = shapes(
        "Polygon",
        ["POLYGON((500000 5000000,500200 5000000,500200 4999960,500000 4999960,500000 5000000))",
         "POLYGON((500130 4999900,500200 4999900,500200 4999850,500130 4999850,500130 4999900))",
         "POLYGON((600000 5000000,600010 5000000,600010 4999990,600000 5000000))"],
        "field=name:string", [("houses",), ("lake",), ("elsewhere",)],
    )  # fmt: skip
    found = run("segment", INPUT=town, PROMPT="buildings", REGIONS=regions, OUTPUT="TEMPORARY_OUTPUT",
                OUTPUT_REGIONS="TEMPORARY_OUTPUT")  # fmt: skip
    by_name = {row["name"]: row for row in rows(found["OUTPUT_REGIONS"])}
    assert by_name["houses"]["count"] == 12 and by_name["houses"]["pixels"] == 12 * 320
    assert by_name["houses"]["area_m2"] == pytest.approx(960, rel=2e-3)
    assert by_name["lake"]["count"] == 0 and by_name["lake"]["area_m2"] == 0
    assert by_name["elsewhere"]["count"] == NULL and len(by_name["elsewhere"]["note"]) > 20
    assert found["COUNT"] == 12


def test_points_choose_and_their_sign_refuses(run, town, shapes):
    inside = "POINT(500007 4999992)", "POINT(500022 4999992)"
    points = shapes("Point", inside, "field=sign:integer", [(1,), (-1,)])
    both = run("segment", INPUT=town, PROMPT="buildings", POINTS=points, OUTPUT="TEMPORARY_OUTPUT")
    assert both["COUNT"] == 2, "without a sign field every point is wanted"
    found = run("segment", INPUT=town, PROMPT="buildings", POINTS=points, SIGN="sign", OUTPUT="TEMPORARY_OUTPUT")
    assert found["COUNT"] == 1
    box = shapes("Polygon", ["POLYGON((500000 5000000,500016 5000000,500016 4999986,500000 4999986,500000 5000000))"])
    assert run("segment", INPUT=town, PROMPT="", BOXES=box, OUTPUT="TEMPORARY_OUTPUT")["COUNT"] >= 1


def test_small_ones_are_left_out_by_their_area_on_the_ground(run, town):
    assert run("segment", INPUT=town, PROMPT="buildings", MIN_AREA=80.0, OUTPUT="TEMPORARY_OUTPUT")["COUNT"] == 12
    assert run("segment", INPUT=town, PROMPT="buildings", MIN_AREA=81.0, OUTPUT="TEMPORARY_OUTPUT")["COUNT"] == 0


def test_the_scores_are_a_raster_on_the_same_place(run, town, tmp_path):
    target = str(tmp_path / "scores.tif")
    run("segment", INPUT=town, PROMPT="water", OUTPUT="TEMPORARY_OUTPUT", SCORES=target)
    scores = QgsRasterLayer(target, "scores")
    assert scores.isValid() and scores.bandCount() == 6
    assert scores.crs() == QgsCoordinateReferenceSystem("EPSG:32632")
    assert scores.extent().contains(town.extent())


def test_nothing_found_is_an_empty_layer_so_that_a_model_goes_on(run, place):
    from fakes import ground

    found = run("segment", INPUT=place(ground(), "meadow.tif"), PROMPT="water", OUTPUT="TEMPORARY_OUTPUT")
    assert found["COUNT"] == 0 and found["OUTPUT"].featureCount() == 0 and found["OUTPUT"].isValid()


@pytest.mark.parametrize("ending", ["", ".gpkg"])
def test_a_raster_without_a_crs_gives_polygons_without_one_and_no_area(run, place, tmp_path, ending):
    from fakes import town

    target = str(tmp_path / ("out" + ending)) if ending else "TEMPORARY_OUTPUT"
    found = run("segment", INPUT=place(town(), "nowhere.tif", epsg=None), PROMPT="water", OUTPUT=target)["OUTPUT"]
    layer = QgsVectorLayer(found, "read", "ogr") if ending else found
    assert layer.crs().authid() != "EPSG:4326" and not layer.crs().isGeographic()
    (row,) = layer.getFeatures()
    assert row["area_m2"] == NULL and row["pixels"] == 9600

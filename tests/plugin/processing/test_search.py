"""terralogue:index and terralogue:search with the shipped model: what is written, where it lies, and what is refused."""

import json
import sqlite3
import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsRasterLayer, QgsVectorLayer

sys.path.append(str(Path(__file__).parent))
from refusals import refused_by  # noqa: E402

from terralogue.plugin.core import index_list  # noqa: E402
from terralogue.plugin.core.service import Service  # noqa: E402


@pytest.fixture
def service(tmp_path, qgis_app):
    """The process's service, over the model that is shipped."""
    made = Service(cache=tmp_path / "cache")
    if not made.ready()[0]:
        pytest.skip("the core packages are not installed")
    Service.replace(made)
    yield made
    Service.replace(None)
    for folder in index_list.folders():
        index_list.remove(folder)


@pytest.fixture
def lake(place):
    """440 × 440 pixels of green with a dark blue lake in the south east."""
    rng = np.random.default_rng(3)
    pixels = np.stack([np.full((440, 440), value) for value in (70, 110, 50)]) + rng.normal(0, 12, (3, 440, 440))
    pixels[:, 220:, 220:] = np.array((15, 40, 70))[:, None, None] + rng.normal(0, 2, (3, 220, 220))
    return place(np.clip(pixels, 0, 255).astype(np.uint8), "lake.tif")


@pytest.fixture
def index(run, lake, tmp_path):
    """The folder of an index of the lake."""
    return run("index", INPUT=[lake], INDEX=str(tmp_path / "lake index"))["INDEX"]


def test_words_find_the_lake_where_it_lies(run, index):
    found = run("search", INDEX=index, WORDS="water", OUTPUT="TEMPORARY_OUTPUT", MOST=5)
    layer = found["OUTPUT"]
    rows = sorted(layer.getFeatures(), key=lambda row: row["rank"])
    assert found["COUNT"] == len(rows) and layer.crs().authid() == "EPSG:32632"
    best = rows[0]
    assert best["source"] == "lake" and best["col"] + best["width"] / 2 > 220 and best["row"] + best["height"] / 2 > 220
    centre = best.geometry().centroid().asPoint()
    assert 500110 < centre.x() < 500220 and 4999780 < centre.y() < 4999890
    assert best.geometry().area() == pytest.approx(best["width"] * best["height"] * 0.25)
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_the_heat_is_highest_over_the_lake(run, index, tmp_path):
    found = run("search", INDEX=index, WORDS="water", HEAT=str(tmp_path / "heat.tif"))
    layer = QgsRasterLayer(found["HEAT"])
    assert layer.isValid() and layer.crs().authid() == "EPSG:32632"
    block = layer.dataProvider().block(1, layer.extent(), layer.width(), layer.height())
    values = np.array([[block.value(row, col) for col in range(layer.width())] for row in range(layer.height())])
    rows, cols = np.nonzero(values == values.max())
    assert rows.mean() > layer.height() / 2 and cols.mean() > layer.width() / 2


def test_an_example_finds_its_like(run, index, lake):
    found = run("search", INDEX=index, EXAMPLE=lake, EXAMPLE_EXTENT="500120,500210,4999790,4999880 [EPSG:32632]",
                OUTPUT="TEMPORARY_OUTPUT", MOST=1)
    best = next(found["OUTPUT"].getFeatures())
    assert best["col"] + best["width"] > 300 and best["row"] + best["height"] > 300


def test_an_extent_narrows_it(run, index):
    found = run("search", INDEX=index, WORDS="water", EXTENT="500000,500100,4999900,5000000 [EPSG:32632]",
                OUTPUT="TEMPORARY_OUTPUT")
    assert all(row.geometry().centroid().asPoint().x() <= 500100 or row["width"] * 0.5 > 100
               for row in found["OUTPUT"].getFeatures())


def test_a_second_run_looks_at_nothing_again(run, index, lake):
    again = run("index", INPUT=[lake], INDEX=index)
    assert again["TILES"] == 0


def test_it_is_made_anew_where_that_is_asked_for(run, index, lake):
    first = run("index", INPUT=[lake], INDEX=index)
    assert run("index", INPUT=[lake], INDEX=index, ANEW=True)["TILES"] > first["TILES"] == 0


def test_qgis_opens_the_index_as_a_layer(index):
    layer = QgsVectorLayer(f"{index}/index.gpkg|layername=tiles", "tiles")
    assert layer.isValid() and layer.featureCount() > 0 and layer.crs().authid() == "EPSG:4326"


def test_a_folder_of_images_and_one_that_is_none(run, raster, tmp_path):
    for number in range(3):
        raster(np.full((3, 64, 64), 40 * number + 40, np.uint8) + np.arange(64, dtype=np.uint8), f"chip{number}.tif",
               affine=None, epsg=None)
    (tmp_path / "broken.tif").write_bytes(b"no image")
    found = run("index", FOLDER=str(tmp_path), GSD=0.3, INDEX=str(tmp_path / "index"))
    assert found["TILES"] == 3 and list(json.loads(found["REFUSED"])) == ["broken.tif"]
    places = run("search", INDEX=found["INDEX"], WORDS="a road", OUTPUT="TEMPORARY_OUTPUT")
    assert places["COUNT"] == 3


def test_parts_made_elsewhere_become_an_index(run, lake, service, tmp_path):
    from terralogue.models.retrieval import embed

    said = embed.run(tmp_path / "parts", [lake.source()], 1, 2, None, False, service.engine())
    assert said["encoded"] == 0
    said = embed.run(tmp_path / "parts", [lake.source()], 0, 2, None, False, service.engine())
    found = run("index", FOLDER=str(tmp_path / "parts"), INDEX=str(tmp_path / "index"))
    assert found["TILES"] == 0 and found["REUSED"] == said["encoded"] > 0
    assert run("search", INDEX=found["INDEX"], WORDS="water", OUTPUT="TEMPORARY_OUTPUT")["COUNT"] > 0


def test_the_new_index_is_listed(run, index, service):
    assert [str(folder) for folder in index_list.folders()] == [index]
    assert [str(folder) for folder in service.engine().indexes.folders] == [index]


@pytest.mark.parametrize("given, said", [
    ({"INDEX": "/nowhere"}, "damaged"), ({"WORDS": ""}, "Say what to look for"), ({"WORDS": "?!"}, "Say"),
    ({"EXTENT": "0,1,0,1 [EPSG:4326]"}, "no tiles here"), ({"SINCE": "2020"}, "no tiles here"),
    ({"HEAT": "heat.png"}, ".tif")])
def test_what_cannot_be_searched_is_said(run, index, given, said):
    asked = {"INDEX": index, "WORDS": "water", "OUTPUT": "TEMPORARY_OUTPUT", **given}
    assert said in refused_by("search", run, **asked)


def test_an_index_of_another_model_is_said_to_be_one(run, index):
    with sqlite3.connect(f"{index}/index.gpkg") as database:
        database.execute("UPDATE about SET value = 'sha256:other' WHERE key = 'digest'")
    said = refused_by("search", run, INDEX=index, WORDS="water", OUTPUT="TEMPORARY_OUTPUT")
    assert "not the model in use" in said


def test_a_layer_of_a_server_is_not_indexed(run, tmp_path):
    layer = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png", "tiles", "wms")
    assert "not a file" in refused_by("index", run, INPUT=[layer], INDEX=str(tmp_path / "index"))


def test_nothing_to_index_is_said(run, tmp_path):
    assert "Choose rasters" in refused_by("index", run, INDEX=str(tmp_path / "index"))
    (tmp_path / "empty").mkdir()
    said = refused_by("index", run, FOLDER=str(tmp_path / "empty"), INDEX=str(tmp_path / "index"))
    assert "no imagery" in said


def test_places_in_a_raster_without_a_crs_get_none(run, place, tmp_path):
    """They came as longitude 640, latitude -128 on WGS 84."""
    rng = np.random.default_rng(1)
    bare = place(rng.integers(0, 255, (3, 300, 300)).astype(np.uint8), "bare.tif", epsg=None)
    folder = run("index", INPUT=[bare], INDEX=str(tmp_path / "bare index"))["INDEX"]
    found = run("search", INDEX=folder, WORDS="water", OUTPUT="TEMPORARY_OUTPUT")
    assert found["COUNT"] and not found["OUTPUT"].crs().isValid()


@pytest.mark.parametrize("text", ["yesterday", "2024-13", "31.5.2024", "2024-00-01"])
def test_what_is_no_date_is_refused_not_compared_as_text(run, index, text):
    said = refused_by("search", run, INDEX=index, WORDS="water", SINCE=text)
    assert text in said and "2024-05-31" in said


@pytest.mark.parametrize("text", ["2020", "2020-05", "2020-05-31", "2020-05-31T10:00:00"])
def test_dates_may_be_as_coarse_as_a_year(run, index, text):
    assert "holds no tiles" in refused_by("search", run, INDEX=index, WORDS="water", SINCE=text)


@pytest.mark.parametrize("name", ["taken.txt", "n" * 300])
def test_a_folder_that_cannot_be_written_is_named_not_unforeseen(run, lake, tmp_path, name):
    (tmp_path / "taken.txt").write_text("a file")
    said = refused_by("index", run, INPUT=[lake], INDEX=str(tmp_path / name))
    assert "cannot be written there" in said


def test_an_index_in_a_folder_that_became_read_only_is_not_brought_up_to_date(run, lake, index, monkeypatch):
    from terralogue.models.retrieval.index import TileIndex

    def refuse(_index):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(TileIndex, "take", refuse)
    assert "cannot be written there" in refused_by("index", run, INPUT=[lake], INDEX=index)
    assert run("search", INDEX=index, WORDS="water")["COUNT"] > 0

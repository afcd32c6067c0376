"""Exports that must not fail silently: full disk, existing files, foreign names, cancel, and what formats cannot keep."""

import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeedback,
    QgsField,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, QVariant

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled
from terralogue.plugin.core.errors import ExportFailed
from terralogue.plugin.core.export import export_layer, run_export, snapshot_export
from terralogue.plugin.core.export_fields import shapefile_names
from terralogue.plugin.core.messages import sentence

pytestmark = pytest.mark.usefixtures("project")

ENDINGS = (".gpkg", ".shp", ".geojson", ".fgb")


def layer_of(count=20, epsg="EPSG:32632", fields=(("label", QVariant.String),), values=("building",)):
    layer = QgsVectorLayer("Polygon" + (f"?crs={epsg}" if epsg else ""), "found", "memory")
    if not epsg:
        layer.setCrs(QgsCoordinateReferenceSystem())
    layer.dataProvider().addAttributes([QgsField(name, kind) for name, kind in fields])
    layer.updateFields()
    rows = []
    for number in range(count):
        row = QgsFeature(layer.fields())
        x = 500000 + 10 * number
        row.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, 5000000, x + 7, 5000007)))
        row.setAttributes(list(values))
        rows.append(row)
    layer.dataProvider().addFeatures(rows)
    return layer


def reopen(path, table=""):
    layer = QgsVectorLayer(f"{path}|layername={table}" if table else str(path), "again", "ogr")
    assert layer.isValid()
    return layer


def refused(kind, *arguments, **options):
    with pytest.raises(ExportFailed) as error:
        export_layer(*arguments, **options)
    assert error.value.kind == kind
    assert 10 < len(sentence(error.value)) <= 200
    return error.value


def files(folder: Path):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_holds_every_feature_and_leaves_no_other_file(tmp_path, ending):
    report = export_layer(layer_of(), tmp_path / f"found{ending}")
    assert report.count == 20
    again = reopen(report.path)
    assert again.featureCount() == 20
    assert {row["label"] for row in again.getFeatures()} == {"building"}
    assert all(name.startswith("found.") for name in files(tmp_path))
    if ending != ".geojson":
        assert again.crs().authid() == "EPSG:32632"
        areas = {round(row.geometry().area(), 9) for row in again.getFeatures()}
        assert areas == {49.0}


def test_a_shapefile_is_utf8_and_says_so(tmp_path):
    report = export_layer(layer_of(values=("Gebäude 漢字",)), tmp_path / "é.shp")
    assert (tmp_path / "é.cpg").read_text().strip() == "UTF-8"
    assert {row["label"] for row in reopen(report.path).getFeatures()} == {"Gebäude 漢字"}
    assert files(tmp_path) == ["é.cpg", "é.dbf", "é.prj", "é.shp", "é.shx"]


def test_geojson_is_rfc_7946(tmp_path):
    export_layer(layer_of(), tmp_path / "found.geojson")
    data = json.loads((tmp_path / "found.geojson").read_text(encoding="utf-8"))
    assert "crs" not in data and len(data["features"]) == 20
    ring = data["features"][0]["geometry"]["coordinates"][0]
    ring = ring[0] if isinstance(ring[0][0], list) else ring
    lon, lat = ring[0][:2]
    assert 8.9 < lon < 9.1 and 45 < lat < 45.3
    turn = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in zip(ring, ring[1:]))
    assert turn < 0, "outer rings are anticlockwise"


def test_a_shapefile_gets_ten_character_names_and_the_losses_are_listed(tmp_path):
    fields = (
        ("change_fraction", QVariant.Double),
        ("change_fraction_2", QVariant.Double),
        ("change_class_name", QVariant.String),
        ("Label", QVariant.String),
        ("big", QVariant.LongLong),
        ("when", QVariant.DateTime),
        ("yes", QVariant.Bool),
        ("empty", QVariant.String),
    )
    when = QDateTime.fromString("2019-08-21T10:11:12", "yyyy-MM-ddTHH:mm:ss")
    values = (0.25, 0.5, "ä" * 5000, "x", 9007199254740993, when, True, NULL)
    report = export_layer(layer_of(1, fields=fields, values=values), tmp_path / "found.shp")
    again = reopen(report.path)
    names = [field.name() for field in again.fields()]
    assert names == ["chg_frac", "change_fra", "chg_class", "Label", "big", "when", "yes", "empty"]
    row = next(again.getFeatures())
    assert row["chg_class"] == "ä" * 127
    assert row["when"].startswith("2019-08-21T10:11:12") and row["yes"] == 1 and row["empty"] == NULL
    said = "\n".join(report.losses)
    for loss in ("change_fraction", "chg_class", "254", "“big”", "“when”", "“yes”"):
        assert loss in said
    assert "“Label”" not in said


def test_shapefile_names_never_collide():
    names = shapefile_names(["change_fraction_a", "change_fraction_b", "CHANGE_FRA", "über größe", "", "label"] + ["x" * 30] * 12)
    assert len({name.lower() for name in names}) == len(names)
    assert all(1 <= len(name) <= 10 and name.isascii() for name in names)


@pytest.mark.parametrize("ending", (".gpkg", ".geojson", ".fgb"))
def test_types_survive_where_the_format_can_keep_them(tmp_path, ending):
    fields = (
        ("big", QVariant.LongLong),
        ("text", QVariant.String),
        ("none", QVariant.String),
        ("yes", QVariant.Bool),
        ("real", QVariant.Double),
        ("when", QVariant.DateTime),
        ("fid", QVariant.String),
    )
    when = QDateTime.fromString("2019-08-21T10:11:12", "yyyy-MM-ddTHH:mm:ss")
    text = "ж" * 5000 + "\"'\n\U0001f30d"
    values = (9007199254740993, text, NULL, True, 0.1, when, "seven")
    report = export_layer(layer_of(2, fields=fields, values=values), tmp_path / f"found{ending}")
    row = next(reopen(report.path).getFeatures())
    assert row["big"] == 9007199254740993 and row["text"] == text and row["none"] == NULL
    assert row["yes"] in (True, 1) and row["real"] == 0.1
    assert "2019-08-21" in (row["when"] if isinstance(row["when"], str) else row["when"].toString("yyyy-MM-dd"))
    assert row["fid_1" if ending == ".gpkg" else "fid"] == "seven"
    assert bool(report.losses) == (ending == ".gpkg")


def test_an_existing_file_is_never_replaced_unasked(tmp_path):
    for ending in ENDINGS:
        path = tmp_path / f"found{ending}"
        export_layer(layer_of(3), path)
        before = path.read_bytes()
        refused("exists", layer_of(5), path)
        assert path.read_bytes() == before
        assert export_layer(layer_of(5), path, overwrite=True).count == 5
        assert reopen(path).featureCount() == 5
    assert not [name for name in files(tmp_path) if not name.startswith("found.")]


def test_replacing_a_table_keeps_the_other_tables_of_a_geopackage(tmp_path):
    path = tmp_path / "found.gpkg"
    export_layer(layer_of(3), path)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes (text TEXT)")
        database.execute("INSERT INTO notes VALUES ('mine')")
    other = tmp_path / "other.gpkg"
    export_layer(layer_of(4), other)
    from osgeo import gdal

    gdal.VectorTranslate(str(path), str(other), accessMode="append", layerName="roads")
    export_layer(layer_of(6), path, overwrite=True)
    assert reopen(path, "found").featureCount() == 6
    assert reopen(path, "roads").featureCount() == 4
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT text FROM notes").fetchall() == [("mine",)]


def test_a_file_that_only_calls_itself_a_geopackage_is_not_overwritten(tmp_path):
    path = tmp_path / "notes.gpkg"
    path.write_text("my thesis")
    refused("not-geopackage", layer_of(), path, overwrite=True)
    database = tmp_path / "data.gpkg"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE mine (a)")
    refused("not-geopackage", layer_of(), database, overwrite=True)
    assert path.read_text() == "my thesis"


def test_a_locked_geopackage_is_left_alone(tmp_path):
    path = tmp_path / "found.gpkg"
    export_layer(layer_of(3), path)
    before = path.read_bytes()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    refused("locked", layer_of(5), path, overwrite=True)
    connection.execute("ROLLBACK")
    connection.close()
    assert path.read_bytes() == before and files(tmp_path) == ["found.gpkg"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_the_project_shows_is_not_pulled_away_from_under_it(tmp_path, ending):
    path = tmp_path / f"found{ending}"
    export_layer(layer_of(3), path)
    QgsProject.instance().addMapLayer(reopen(path))
    refused("open", layer_of(5), path, overwrite=True)


def test_names_and_places_that_cannot_be_written_are_refused(tmp_path):
    layer = layer_of()
    (tmp_path / "folder.gpkg").mkdir()
    refused("folder", layer, tmp_path / "folder.gpkg", overwrite=True)
    refused("no-folder", layer, tmp_path / "none" / "found.gpkg")
    refused("format", layer, tmp_path / "found.xyz")
    for name in ("CON.gpkg", "nul.shp", "a:b.gpkg", "a?.geojson", "tab\there.fgb", "x" * 245 + ".gpkg"):
        refused("reserved", layer, tmp_path / name)
    assert export_layer(layer, tmp_path / "\U0001f30d map.gpkg").count == 20
    assert files(tmp_path) == ["folder.gpkg", "\U0001f30d map.gpkg"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder; see the next test")
def test_a_read_only_folder_is_refused(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused("read-only", layer_of(), folder / "found.gpkg")


def test_a_folder_where_nothing_can_be_created_is_refused(tmp_path, monkeypatch):
    def touch(self, *arguments, **options):
        raise PermissionError(13, "read-only file system")

    monkeypatch.setattr(Path, "touch", touch)
    refused("read-only", layer_of(), tmp_path / "found.gpkg")


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_result_is_an_error_and_no_file(tmp_path, ending):
    refused("empty", layer_of(0), tmp_path / f"found{ending}")
    assert files(tmp_path) == []


def test_a_layer_without_crs_does_not_come_back_as_another(tmp_path):
    layer = layer_of(epsg="")
    for ending in (".gpkg", ".shp", ".fgb"):
        again = reopen(export_layer(layer, tmp_path / f"found{ending}").path)
        assert again.crs().authid() != "EPSG:4326" and not again.crs().isGeographic()
    refused("crs", layer, tmp_path / "found.geojson")
    refused("crs", layer, tmp_path / "new.gpkg", crs=QgsCoordinateReferenceSystem("EPSG:3857"))


def test_coordinates_that_have_no_place_in_the_target_are_an_error_and_no_file(tmp_path):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "poles", "memory")
    row = QgsFeature()
    row.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, 89, 10, 95)))
    layer.dataProvider().addFeatures([row])
    refused("transform", layer, tmp_path / "found.gpkg", crs=QgsCoordinateReferenceSystem("EPSG:32632"))
    assert files(tmp_path) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cancelled_export_leaves_no_file(tmp_path, ending):
    layer = layer_of(2000)
    feedback = QgsFeedback()
    feedback.progressChanged.connect(lambda share: feedback.cancel() if share > 20 else None)
    with pytest.raises(Cancelled):
        export_layer(layer, tmp_path / f"found{ending}", feedback=feedback)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        run_export(snapshot_export(layer, tmp_path / f"found{ending}"), cancel=token)
    assert files(tmp_path) == []


def test_an_export_on_a_worker_equals_one_on_the_main_thread(tmp_path, finish):
    from terralogue.plugin.core.tasks import RunTask

    request = snapshot_export(layer_of(300), tmp_path / "found.gpkg")
    threads = []

    def work(progress, cancel):
        threads.append(threading.get_ident())
        return run_export(request, cancel=cancel)

    outcome = finish(RunTask("export", work))
    assert outcome.ok and outcome.result.count == 300
    assert threads != [threading.get_ident()]


CHILD = """
    import resource, sys
    sys.path[:0] = {path!r}
    from qgis.core import QgsApplication, QgsVectorLayer
    app = QgsApplication([], False)
    app.initQgis()
    from terralogue.plugin.core.errors import ExportFailed
    from terralogue.plugin.core.export import export_layer
    from terralogue.plugin.core.messages import sentence
    layer = QgsVectorLayer({source!r}, "found", "ogr")
    for limit, target in {jobs!r}:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            export_layer(layer, target)
            print("SILENT", target)
        except ExportFailed as error:
            print("TOLD", error.kind, len(sentence(error)), target)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_full_disk_is_noticed_in_all_twelve_cases_and_leaves_nothing(tmp_path, repository):
    """GDAL calls a GeoJSON that was cut off a success; 10, 50 and 99 % of the space, four formats."""
    source = tmp_path / "source"
    source.mkdir()
    text = (("label", QVariant.String), ("note", QVariant.String))
    layer = layer_of(3000, fields=text, values=("building", "n" * 150))
    jobs = []
    for ending in ENDINGS:
        whole = export_layer(layer, source / f"found{ending}").path
        parts = [p for p in source.iterdir() if p.stem == "found" and (ending == ".shp" or p == whole)]
        size = max(part.stat().st_size for part in parts if part.suffix not in (".gpkg", ".geojson") or part == whole)
        jobs += [(int(size * share), str(tmp_path / f"full{int(share * 100)}{ending}")) for share in (0.1, 0.5, 0.99)]
    script = CHILD.format(
        path=[p for p in sys.path if p], source=f"{source}/found.gpkg", jobs=jobs
    )
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=120,
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(repository / "build" / "plugins"),
            "HOME": "/tmp",
        },
    )
    assert child.returncode == 0, child.stderr[-2000:]
    told = [line.split() for line in child.stdout.splitlines() if line.startswith("TOLD")]
    assert "SILENT" not in child.stdout and len(told) == 12, child.stdout
    assert all(int(length) <= 200 for _, _, length, _ in told)
    assert files(tmp_path) == ["source"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY

"""terralogue:timeseries: several dates as polygons with their history, a table per period and words."""

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsDateTimeRange, QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

sys.path.append(str(Path(__file__).resolve().parent))
from refusals import refused_by  # noqa: E402

refused = partial(refused_by, "timeseries")
HOUSE, POOL = ((120, 150), (200, 240)), ((160, 200), (100, 140))


@pytest.fixture
def scenes():
    """(pixels, name) of four dates: a pool of 1,600 pixels comes and goes, a house of 1,200 stays."""
    from fakes import paint, town

    return [
        (town(), "town_2010.tif"),
        (paint(town(), "water", *POOL), "town_2012-07-15.tif"),
        (paint(paint(town(), "water", *POOL), "building", *HOUSE), "town_20140801.tif"),
        (paint(town(), "building", *HOUSE), "later.tif"),
    ]


@pytest.fixture
def dates(place, scenes):
    """Their layers; the last has its date in its temporal properties."""
    layers = [place(pixels, name) for pixels, name in scenes]
    temporal = layers[3].temporalProperties()
    temporal.setIsActive(True)
    day = QDateTime(QDate(2016, 5, 4), QTime(0, 0))
    temporal.setFixedTemporalRange(QgsDateTimeRange(day, day.addDays(1)))
    return layers


def rows_of(layer):
    return [
        (row["period"], row["start"], row["end"], row["from"], row["to"], row["first_change"], bool(row["flicker"]),
         row["pixels"])
        for row in layer.getFeatures()
    ]  # fmt: skip


HISTORY = [
    (1, "2010", "2012-07-15", "low vegetation", "water", "2012-07-15", True, 1600),
    (2, "2012-07-15", "2014-08-01", "low vegetation", "building", "2014-08-01", False, 1200),
    (3, "2014-08-01", "2016-05-04", "water", "low vegetation", "2012-07-15", True, 1600),
]


def test_changes_carry_their_period_and_the_first_date(run, dates):
    found = run("timeseries", INPUT=dates, OUTPUT="TEMPORARY_OUTPUT", OUTPUT_TABLE="TEMPORARY_OUTPUT")
    assert rows_of(found["OUTPUT"]) == HISTORY and found["COUNT"] == 3
    assert all(row.geometry().area() == row["pixels"] * 0.25 for row in found["OUTPUT"].getFeatures())
    assert found["OUTPUT"].crs().authid() == "EPSG:32632"
    table = [(r["period"], r["from"], r["to"], r["count"], r["pixels"]) for r in found["OUTPUT_TABLE"].getFeatures()]
    assert table == [(1, "low vegetation", "water", 1, 1600), (2, "low vegetation", "building", 1, 1200),
                     (3, "water", "low vegetation", 1, 1600)]  # fmt: skip
    assert sum(row["pixels"] for row in json.loads(found["PERIODS"])) == 4400
    assert "changed and changed back" in found["CAPTION"]


def test_the_order_of_the_layers_does_not_matter(run, dates):
    shuffled = [dates[i] for i in (3, 1, 0, 2)]
    found = run("timeseries", INPUT=shuffled, OUTPUT="TEMPORARY_OUTPUT")
    assert rows_of(found["OUTPUT"]) == HISTORY


def test_the_same_raster_thrice_has_not_changed(run, place, scenes):
    layers = [place(scenes[0][0], f"same_{year}.tif") for year in (2010, 2011, 2012)]
    found = run("timeseries", INPUT=layers, OUTPUT="TEMPORARY_OUTPUT", OUTPUT_TABLE="TEMPORARY_OUTPUT")
    assert found["OUTPUT"].featureCount() == 0 and found["COUNT"] == 0
    assert [(row["period"], row["count"]) for row in found["OUTPUT_TABLE"].getFeatures()] == [(1, 0), (2, 0)]
    assert found["CAPTION"].startswith("I see no change on 3 dates")


def test_layers_without_a_date_and_equal_dates_are_refused(run, dates, place, scenes):
    plain = place(scenes[0][0], "plain.tif")
    assert "plain has no date" in refused(run, INPUT=[*dates, plain], OUTPUT="TEMPORARY_OUTPUT")
    twin = place(scenes[0][0], "twin_2010.tif")
    assert "same date, 2010" in refused(run, INPUT=[*dates, twin], OUTPUT="TEMPORARY_OUTPUT")
    with pytest.raises(QgsProcessingException):
        run("timeseries", INPUT=dates[:1], OUTPUT="TEMPORARY_OUTPUT")


def test_a_question_and_an_extent_narrow_it(run, dates):
    found = run("timeseries", INPUT=dates, QUESTION="new buildings", OUTPUT="TEMPORARY_OUTPUT")
    assert [row[:1] + row[4:5] for row in rows_of(found["OUTPUT"])] == [(2, "building")]
    found = run("timeseries", INPUT=dates, EXTENT="500045,500075,4999895,4999925 [EPSG:32632]", OUTPUT="TEMPORARY_OUTPUT")
    assert [row[0] for row in rows_of(found["OUTPUT"])] == [1, 3]


def test_gaps_of_one_date_are_said(run, dates, place, scenes):
    pixels = scenes[1][0].copy()
    pixels[:, :60] = 0
    gappy = place(pixels, "gappy_2012.tif", nodata=0)
    found = run("timeseries", INPUT=[dates[0], gappy, dates[2]], OUTPUT_TABLE="TEMPORARY_OUTPUT")
    assert "20 % of the region is not known on 2012" in found["CAPTION"]
    assert np.allclose([row["known"] for row in found["OUTPUT_TABLE"].getFeatures()], 0.8)


def test_a_geopackage_holds_it(run, dates, tmp_path):
    found = run("timeseries", INPUT=dates, OUTPUT=str(tmp_path / "series.gpkg"), OUTPUT_TABLE=str(tmp_path / "table.csv"))
    assert rows_of(QgsVectorLayer(found["OUTPUT"], "series", "ogr")) == HISTORY
    assert len((tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()) == 4


def test_it_stops_when_told_to(run, dates, nano):
    feedback = QgsProcessingFeedback()
    see = nano.see

    def stopping(*given, **named):
        feedback.cancel()
        return see(*given, **named)

    nano.see = stopping
    with pytest.raises(QgsProcessingException, match="Stopped"):
        run("timeseries", feedback, INPUT=dates, OUTPUT="TEMPORARY_OUTPUT")

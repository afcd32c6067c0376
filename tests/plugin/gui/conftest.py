"""A real canvas over a small real raster, and a service whose model is a script: what the panel does is real."""

import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication


@pytest.fixture()
def raster_path(tmp_path) -> Path:
    """A 200 × 200 RGB GeoTIFF of 1 m pixels in UTM 33N."""
    return write_raster(tmp_path / "naip_20210601.tif")


def write_raster(path: Path, left: float = 500_000.0, seed: int = 1) -> Path:
    from osgeo import gdal, osr

    frame = gdal.GetDriverByName("GTiff").Create(str(path), 200, 200, 3, gdal.GDT_Byte)
    frame.SetGeoTransform((left, 1.0, 0.0, 5_500_000.0, 0.0, -1.0))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    frame.SetProjection(reference.ExportToWkt())
    values = np.random.default_rng(seed).integers(40, 200, (3, 200, 200), dtype=np.uint8)
    for band in range(3):
        frame.GetRasterBand(band + 1).WriteArray(values[band])
        frame.GetRasterBand(band + 1).SetColorInterpretation(
            (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)[band]
        )
    frame = None
    return path


@pytest.fixture()
def add_raster(tmp_path, project):
    """``add_raster(name, left)`` writes a raster and adds it to the project."""

    def add(name, left=500_000.0):
        from qgis.core import QgsRasterLayer

        layer = QgsRasterLayer(str(write_raster(tmp_path / (name + ".tif"), left)), name)
        assert layer.isValid()
        return project.addMapLayer(layer)

    return add


@pytest.fixture()
def project(qgis_new_project):
    """The open project, empty at the start and at the end."""
    from qgis.core import QgsProject

    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture()
def layer(raster_path, project):
    """The raster, added to the project."""
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(str(raster_path), "naip_20210601")
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


@pytest.fixture()
def canvas(qgis_app, layer):
    """A shown canvas of 400 × 400 pixels with the raster."""
    from qgis.gui import QgsMapCanvas

    canvas = QgsMapCanvas()
    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([layer])
    canvas.resize(400, 400)
    canvas.show()
    canvas.setExtent(layer.extent())
    yield canvas
    canvas.stopRendering()
    canvas.close()
    canvas.deleteLater()


@pytest.fixture(autouse=True)
def no_lost_exceptions():
    """QGIS Desktop survives an exception in a slot and shows it; here it fails the test that caused it."""
    lost = []
    before = sys.excepthook
    sys.excepthook = lambda kind, value, trace: (lost.append(value), before(kind, value, trace))
    yield
    sys.excepthook = before
    assert not lost, lost


class Hand:
    """The user's hand: real key and mouse events, and patience."""

    def type(self, widget, text):
        QTest.keyClicks(widget, text)

    def key(self, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(widget, key, modifier)

    def click(self, widget, position=None, button=Qt.MouseButton.LeftButton):
        place = QPoint() if position is None else QPoint(*position)
        QTest.mouseClick(widget, button, Qt.KeyboardModifier.NoModifier, place)

    def drag(self, canvas, *path):
        """Press at the first point of ``path``, move over the others, let go at the last one."""
        points = [QPoint(*point) for point in path]
        target, none = canvas.viewport(), Qt.KeyboardModifier.NoModifier
        QTest.mousePress(target, Qt.MouseButton.LeftButton, none, points[0])
        for point in points[1:]:
            self.move(canvas, point, Qt.MouseButton.LeftButton)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, none, points[-1])

    def move(self, canvas, point, buttons=Qt.MouseButton.NoButton):
        """QTest.mouseMove carries no buttons; a drag needs them."""
        point = QPoint(point)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(canvas.viewport().mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(canvas.viewport(), event)

    def until(self, condition, seconds=60.0):
        """Let QGIS work until ``condition()`` holds; a busy machine takes its time."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it never happened"
            QTest.qWait(10)

    def wait(self, milliseconds):
        QTest.qWait(milliseconds)


@pytest.fixture()
def hand(qgis_app):
    """Keys, mouse and patience."""
    return Hand()


class ScriptedAssistant:
    """Answers with the events it is given. ``gate``: waits for it before the last event, to be stopped there."""

    def __init__(self) -> None:
        self.events = None
        self.error = None
        self.gate = None
        self.asked = []

    def ask(self, question, cancel):
        from terralogue.models.conversation import Done, Facts, Link, Mask, Running, Text

        self.asked.append(question)
        if self.error is not None:
            raise self.error
        yield Running(0.2, "Reading tiles")
        yield Text("There are ")
        if self.gate is not None:
            while not self.gate.wait(0.02):
                cancel.raise_if_cancelled()
        if self.events is not None:
            yield from self.events
        else:
            yield Text("two buildings here.")
            yield Facts(view_facts())
            yield Mask(two_buildings(question.views[0].source.grid))
            yield Link("two buildings", (0, 1))
        yield Done({"model": "Scripted", "provider": "test", "seconds": 0.1})


class ScriptedService:
    """What the panel needs of ``Service``."""

    runs_on = {}

    def __init__(self) -> None:
        self.script = ScriptedAssistant()
        self.seconds = 0.5
        self.state = (True, "", "")
        self.broken = False
        #: Nobody taught a class yet: the folder is not there.
        self.classes = Path("no-classes")
        self.cache = Path("no-cache")

    def ready(self):
        return self.state

    def assistant(self, units="metric", batch=False):
        self.script.estimate = lambda question: SimpleNamespace(
            tiles=4, seconds=self.seconds, bytes=1_000_000, working_gsd=1.0)
        return self.script


def two_buildings(grid):
    from terralogue.models.features import FeatureSet, MaskFeature

    def square(col, row, side):
        corners = ((col, row), (col + side, row), (col + side, row + side), (col, row + side), (col, row))
        return (np.array([grid.affine * corner for corner in corners], dtype=np.float64),)

    features = (
        MaskFeature(square(20, 20, 30), "building", 0.91, 900, 900.0),
        MaskFeature(square(120, 100, 20), "building", 0.83, 400, 400.0),
    )
    return FeatureSet("mask", grid.crs_wkt, features, "Scripted", "naip")


def view_facts():
    def cover(pixels, area, count, cells, countable):
        return {
            "pixels": pixels, "share": pixels / 40_000, "area_m2": area, "present": pixels > 0, "count": count,
            "count_interval": [count, count + 1], "about": False, "countable": countable, "cells": cells,
        }  # fmt: skip

    return {
        "schema": 1,
        "kind": "view",
        "extent": [500_000.0, 5_499_800.0, 500_200.0, 5_500_000.0],
        "unknown": {"pixels": 0, "share": 0.0},
        "covers": {
            "building": cover(1300, 1300.0, 2, [{"cell": [1, 1], "where": "north-west", "share": 0.7}], True),
            "tree": cover(20_000, 20_000.0, 9, [{"cell": [3, 3], "where": "south-east", "share": 1.0}], False),
            "water": cover(0, 0.0, 0, [], False),
        },
    }


@pytest.fixture()
def facts():
    """The facts that the scripted service gives."""
    return view_facts()


@pytest.fixture()
def service():
    """A service that is ready and scripted."""
    return ScriptedService()


@pytest.fixture()
def gate():
    """Set it to let a waiting answer go on."""
    return threading.Event()


@pytest.fixture()
def panel(canvas, service):
    """A shown panel over the canvas."""
    from terralogue.plugin.gui.panel import Panel

    panel = Panel(canvas, service)
    panel.resize(360, 700)
    panel.show()
    yield panel
    panel.unload()
    panel.close()
    panel.deleteLater()

"""The plain town that tests point at, and the engines they do it with."""

import numpy as np
from qgis.core import QgsCoordinateTransform, QgsPointXY, QgsProject
from same_colour import SameColour

ROOF, SMALL = (100, 100, 120, 110), (230, 180, 240, 190)


class Engines:
    """Hands out the fake engine; nothing is kept on disk."""

    preferred = "fake"

    def __init__(self):
        self.engine, self.state = SameColour(), (True, "", "")
        self.more = []

    def ready(self):
        return self.state

    def choices(self):
        return [("fake", "Same colour"), *self.more]

    def open(self, key):
        return self.engine

    def kept(self):
        return None


def town_pixels():
    """400 × 300: grey, a roof of 20 × 10 and one of 10 × 10, nothing at the right edge."""
    pixels = np.full((3, 300, 400), 90, np.uint8)
    for left, top, right, bottom in (ROOF, SMALL):
        pixels[:, top:bottom, left:right] = 200
    pixels[:, :, 380:] = 0
    return pixels


def screen(pointing, layer, col, row):
    """Where the middle of a pixel of the town is on the screen, whole pixels of the screen."""
    extent = layer.extent()
    x = extent.xMinimum() + (col + 0.5) * layer.rasterUnitsPerPixelX()
    y = extent.yMaximum() - (row + 0.5) * layer.rasterUnitsPerPixelY()
    canvas = pointing.canvas
    here = canvas.mapSettings().destinationCrs()
    point = QgsCoordinateTransform(layer.crs(), here, QgsProject.instance()).transform(QgsPointXY(x, y))
    there = canvas.getCoordinateTransform().transform(point)
    return round(there.x()), round(there.y())


def taken_pixels(pointing):
    """Of the mask in hand."""
    shown = pointing.shown
    return 0 if shown is None or shown.reading is None else sum(one.pixels for one in shown.reading.features)

"""A drawn orthophoto with three layers over it, and what is on each pixel of it by another way than the plugin's.

The raster lies where UTM is true to scale (319,900 m east), and points and ends of lines lie on pixel corners: no pixel
centre is nearer than 2 cm to an edge of what is drawn around them, so circles of any number of corners hold the same.
"""

import numpy as np
from osgeo import gdal, ogr, osr
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

PIXEL, LEFT, TOP = 0.5, 319_900.0, 5_000_000.0
AFFINE = (LEFT, PIXEL, 0, TOP, 0, -PIXEL)
#: Metres; ten pixels.
WIDTH = 5.0
PAINT = {"red": (200, 30, 30), "blue": (30, 60, 200), "white": (240, 240, 240), "green": (40, 140, 50), "grey": (90, 90, 90)}


class Scene:
    """``side`` pixels square. ``found``: (class, colour, (side, side) bool) of each feature."""

    def __init__(self, side=1152, seed=1):
        rng = np.random.default_rng(seed)
        self.side, self.found, self.rows = side, [], {"building": [], "tree": [], "road": []}
        taken = np.zeros((side, side), bool)
        for y in range(64, side, 384):
            self._road(y, side)
            taken |= self.found[-1][2]
        for number, draw in ((side // 6, self._house), (side // 5, self._tree)):
            for _ in range(number):
                col, row = (int(v) for v in rng.integers(30, side - 30, 2))
                if not taken[max(0, row - 26):row + 26, max(0, col - 26):col + 26].any():
                    draw(col, row, rng)
                    taken |= self.found[-1][2]
        noise = rng.integers(-6, 7, (3, side, side))
        pixels = np.array([120, 110, 70])[:, None, None] + noise
        for _, colour, mask in self.found:
            pixels[:, mask] = np.array(PAINT[colour])[:, None]
        self.pixels = pixels.astype(np.uint8)

    def _house(self, col, row, rng):
        wide, high = rng.uniform(6, 16, 2)
        turn = rng.uniform(0, np.pi)
        corners = np.array([[-wide, -high], [wide, -high], [wide, high], [-wide, high], [-wide, -high]]) / 1.3
        corners = corners @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + (col, row)
        wkt = "POLYGON((" + ",".join(f"{LEFT + PIXEL * x!r} {TOP - PIXEL * y!r}" for x, y in corners.tolist()) + "))"
        self.rows["building"].append(wkt)
        self.found.append(("building", str(rng.choice(["red", "blue", "white"])), self.burnt(wkt)))

    def _tree(self, col, row, rng):
        self.rows["tree"].append(f"POINT({LEFT + PIXEL * col!r} {TOP - PIXEL * row!r})")
        self.found.append(("tree", "green", self._within(col, row, col, row)))

    def _road(self, row, side):
        self.rows["road"].append(f"LINESTRING({LEFT + PIXEL * 20!r} {TOP - PIXEL * row!r},"
                                 f"{LEFT + PIXEL * (side - 20)!r} {TOP - PIXEL * row!r})")
        self.found.append(("road", "grey", self._within(20, row, side - 20, row)))

    def _within(self, col0, row0, col1, row1):
        """Pixels whose centres are within half a width of a level line."""
        rows, cols = np.mgrid[0:self.side, 0:self.side] + 0.5
        across = np.clip(cols, col0, col1) - cols
        return np.hypot(across, rows - row0) <= WIDTH / PIXEL / 2

    def burnt(self, wkt):
        """GDAL's own rasterising of a polygon."""
        target = gdal.GetDriverByName("MEM").Create("", self.side, self.side, 1, gdal.GDT_Byte)
        target.SetGeoTransform(AFFINE)
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(32632)
        target.SetProjection(crs.ExportToWkt())
        shapes = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = shapes.CreateLayer("shapes", crs, ogr.wkbPolygon)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
        gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
        return target.ReadAsArray().astype(bool)

    def layers(self):
        """Three layers in UTM 32N, each called as its class."""
        kinds = {"building": "Polygon", "tree": "Point", "road": "LineString"}
        return [layer_of(kinds[name], self.rows[name], name) for name in kinds]

    def chip(self, name, size, smallest=9):
        """What the chip ``…_row_col`` holds, as a Chip."""
        from terralogue.models.datasets.chip import Chip, Thing

        row, col = (int(part) for part in name.split("_")[-2:])
        things, unsure = [], set()
        for label, colour, mask in self.found:
            part = mask[row:row + size, col:col + size]
            if 0 < part.sum() < smallest:
                unsure.add(label)
            elif part.any():
                ys, xs = np.nonzero(part)
                box = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
                things.append(Thing(label, box, part[box[1]:box[3], box[0]:box[2]], colour))
        rgb = self.pixels[:, row:row + size, col:col + size]
        return Chip(name, rgb, tuple(things), frozenset({"building", "tree", "road"} - unsure), gsd=PIXEL)


def layer_of(kind, wkts, name, crs="EPSG:32632", fields="", values=()):
    """A memory layer."""
    layer = QgsVectorLayer(f"{kind}?crs={crs}" + (f"&{fields}" if fields else ""), name, "memory")
    rows = []
    for number, wkt in enumerate(wkts):
        row = QgsFeature(layer.fields())
        row.setGeometry(QgsGeometry.fromWkt(wkt))
        if values:
            row.setAttributes(list(values[number]))
        rows.append(row)
    layer.dataProvider().addFeatures(rows)
    return layer

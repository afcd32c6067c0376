"""Fixtures for tests in a real, offscreen QGIS: an empty project each, small rasters, tasks run to their end."""

import http.server
import threading
import time
from pathlib import Path

import numpy as np
import pytest

qgis_core = pytest.importorskip("qgis.core", reason="these tests need QGIS's Python")

from osgeo import gdal, osr  # noqa: E402
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop  # noqa: E402

ROLES = {1: [gdal.GCI_GrayIndex], 3: [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand]}
KINDS = {"uint8": gdal.GDT_Byte, "uint16": gdal.GDT_UInt16, "float32": gdal.GDT_Float32, "complex64": gdal.GDT_CFloat32}


@pytest.fixture
def project(qgis_app):
    """An empty project without a file, before and after."""
    QgsProject.instance().clear()
    QgsProject.instance().setFileName("")
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture(autouse=True)
def _fresh_project(project):
    """Every test here starts and ends with an empty project."""
    yield


def write_raster(path: Path, pixels: np.ndarray, epsg=32632, affine=(500000, 1, 0, 5000100, 0, -1), nodata=None) -> Path:
    """A GeoTIFF of ``pixels`` (bands, H, W); ``affine`` in GDAL's order, None for none; ``epsg`` None for no CRS."""
    bands, height, width = pixels.shape
    file = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, KINDS[str(pixels.dtype)])
    if affine is not None:
        file.SetGeoTransform(affine)
    if epsg is not None:
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(epsg)
        file.SetProjection(reference.ExportToWkt())
    for number in range(bands):
        band = file.GetRasterBand(number + 1)
        band.WriteArray(pixels[number])
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if bands in ROLES:
            band.SetColorInterpretation(ROLES[bands][number])
    file = None
    return path


@pytest.fixture
def raster(tmp_path):
    """``raster(pixels, name=…, …)`` writes a GeoTIFF and returns its layer, not yet in the project."""

    kept = []

    def make(pixels, name="scene.tif", **options):
        path = write_raster(tmp_path / name, np.asarray(pixels), **options)
        layer = QgsRasterLayer(str(path), Path(name).stem)
        assert layer.isValid()
        kept.append(layer)
        return layer

    yield make
    kept.clear()  # pytest lets go of the last test's fixtures only after QGIS has been shut down


@pytest.fixture
def noise():
    """(3, 100, 200) uint8 pixels, all different from their neighbours."""
    return np.random.default_rng(1).integers(1, 255, (3, 100, 200), dtype=np.uint8)


def spin(until, seconds=10.0) -> float:
    """Run the event loop until ``until()`` is true; seconds it took. Fails after ``seconds``."""
    start = time.monotonic()
    while not until():
        assert time.monotonic() - start < seconds, "timed out"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.001)
    return time.monotonic() - start


@pytest.fixture
def spin_until(qgis_app):
    """``spin_until(condition, seconds)``: see :func:`spin`."""
    return spin


@pytest.fixture
def finish(qgis_app):
    """``finish(task)`` starts a task, runs the event loop until it ended, and returns its Outcome."""
    from terralogue.plugin.core import tasks

    def run(task, seconds=20.0):
        outcomes = []
        task.finished_with.connect(outcomes.append)
        tasks.start(task)
        spin(lambda: outcomes, seconds)
        spin(lambda: QgsApplication.taskManager().countActiveTasks() == 0, 5)
        assert len(outcomes) == 1
        return outcomes[0]

    return run


@pytest.fixture
def log_lines(qgis_app):
    """Lines written to the log panel under Terralogue's tag."""
    lines = []

    def hear(message, tag, level):
        if tag == "Terralogue":
            lines.append(message)

    QgsApplication.messageLog().messageReceived.connect(hear)
    yield lines
    QgsApplication.messageLog().messageReceived.disconnect(hear)


@pytest.fixture
def tile_server():
    """A web server on 127.0.0.1 for XYZ tiles; ``server.answer(path)`` gives (status, PNG bytes, delay in seconds)."""
    from qgis.PyQt.QtCore import QBuffer, QByteArray
    from qgis.PyQt.QtGui import QColor, QImage

    def tile(colour):
        image = QImage(256, 256, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(data)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.paths.append(self.path)
            status, body, delay = self.server.answer(self.path)
            self.server.released.wait(delay)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "image/png")
                self.send_header("Cache-Control", "no-store")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError as error:
                self.server.gone.append(error)

        def log_message(self, *args):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.paths, server.gone, server.released = [], [], threading.Event()
    server.red = tile("#c00000")
    server.answer = lambda path: (200, server.red, 0)
    server.layer = lambda: QgsRasterLayer(
        f"type=xyz&url=http://127.0.0.1:{server.server_port}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19&zmin=0", "tiles", "wms"
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()

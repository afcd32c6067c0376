"""A model that sees colours, and rasters in memory: enough to drive the engine without weights or files."""

import time
from types import SimpleNamespace

import numpy as np
from affine import Affine

from terralogue.models.facts.components import components
from terralogue.models.facts.runs import RunsBuilder
from terralogue.models.imagery.gdal_backends import gdal
from terralogue.models.imagery.geo_image import GeoImage
from terralogue.models.imagery.geodesy import ground_sample_distance
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.source import AcquisitionTime, Band
from terralogue.models.vision.detections import Detection
from terralogue.models.vision.legend import CHANGES, COVERS, SCENES

#: Colour of each cover, in the order of COVERS.
COLOURS = np.array([
    (230, 60, 60), (120, 120, 120), (20, 90, 20), (120, 220, 90), (200, 170, 120), (30, 60, 220),
], np.uint8)

#: Two shades each, so that two things that touch can be drawn apart.
THING_COLOURS = {"car": ((250, 0, 250), (190, 0, 190)), "boat": ((250, 250, 0), (190, 190, 0))}


class ColourNano:
    """Each pixel is the cover whose colour it has; changed is what differs. Counts its calls, and those that it ``finished``."""

    tile, overlap = 256, 64
    covers, scenes = COVERS, SCENES
    gsd_range = (0.1, 1.2)
    digest, name, provider = "sha256:colours", "Colours 1", "numpy"
    errors = {"building": {"iou": 0.57}}
    thresholds = {}
    things = ("car", "boat")

    def __init__(self, delay=0.0):
        self.calls, self.tiles, self.finished, self.delay = 0, 0, 0, delay

    def see(self, rgb, gsd, cancel=None):
        self.calls, self.tiles = self.calls + 1, self.tiles + len(rgb)
        for _ in range(int(self.delay / 0.01)):
            if cancel is not None:
                cancel.raise_if_cancelled()
            time.sleep(0.01)
        gaps = ((rgb[:, None] * 255 - COLOURS[None, :, :, None, None].astype(np.float32)) ** 2).sum(axis=2)
        cover = np.exp(-gaps / 2000)
        cover = (cover / cover.sum(axis=1, keepdims=True)).astype(np.float32)
        scenes = np.zeros((len(rgb), len(SCENES)), np.float32)
        scenes[:, SCENES.index("denseresidential")] = 4.0 + cover[:, 0].mean(axis=(1, 2))
        self.finished += 1
        return SimpleNamespace(cover=cover, scenes=scenes, features=rgb, coarse=cover)

    def scene_logits(self, rgb, gsd, seen, cancel=None):
        return seen.scenes

    def thing_threshold(self, label):
        return 0.3

    def checked(self, label):
        return label == "boat"

    def find(self, features, threshold, cancel=None):
        return [[one for label in THING_COLOURS for shade in THING_COLOURS[label] for one in _blobs(tile, label, shade)]
                for tile in features]

    def mask(self, features, prompts, label="", cancel=None):
        if not label:  # it knows things by their colour only, not by clicks
            return np.zeros((len(features), *features.shape[2:]), np.float32)
        return np.stack([np.any([_shaded(tile, shade) for shade in THING_COLOURS[label]], axis=0) for tile in features]
                        ).astype(np.float32)

    def compare(self, before, after, cancel=None):
        gap = np.abs(after.cover - before.cover)
        out = np.concatenate([gap, gap.max(axis=1, keepdims=True)], axis=1)
        assert out.shape[1] == len(CHANGES)
        return out


def _shaded(tile, shade):
    return (np.abs(tile * 255 - np.array(shade, np.float32)[:, None, None]) < 8).all(0)


def _blobs(tile, label, shade):
    mask = _shaded(tile, shade)
    builder = RunsBuilder(mask.shape[1])
    builder.add(mask, mask.astype(float), 0)
    parts = components(builder.runs())
    for k in range(len(parts)):
        runs = parts.runs.take(parts.label == k)
        box = runs.start.min(), runs.row.min(), runs.stop.max(), runs.row.max() + 1
        yield Detection(label, 0.8, tuple(float(v) for v in box))


class GlancingNano(ColourNano):
    """The same with image tokens: mean red, green and blue of every 32 × 32 px, then the ground sample distance, then zeros."""

    has_grid = True

    def see(self, rgb, gsd, cancel=None):
        seen = super().see(rgb, gsd, cancel)
        n, _, height, width = rgb.shape
        seen.grid = np.zeros((n, 544, height // 32, width // 32), np.float32)
        seen.grid[:, :3] = rgb.reshape(n, 3, height // 32, 32, width // 32, 32).mean(axis=(3, 5))
        seen.grid[:, 3] = np.nan if gsd is None else gsd
        return seen


class NearNano(ColourNano):
    """The same, but each pixel is what its 5 × 5 neighbourhood is on average: it looks around, as real models do."""

    tile, overlap = 128, 32

    def see(self, rgb, gsd, cancel=None):
        padded = np.pad(rgb, ((0, 0), (0, 0), (2, 2), (2, 2)), mode="edge")
        near = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(2, 3)).mean(axis=(4, 5), dtype=np.float64)
        return super().see(near.astype(np.float32), gsd, cancel)


class ArraySource:
    """A raster in memory. ``pixels`` (3, H, W) uint8."""

    def __init__(self, pixels, epsg="EPSG:32632", gsd=0.5, affine=None, name="scene", valid=None, broken=False, iso=None):
        height, width = pixels.shape[1:]
        affine = affine or Affine(gsd, 0, 500000, 0, -gsd, 5_000_000)
        self.grid = Grid(width, height, affine, gdal().wkt(epsg) if epsg else "")
        self.pixels, self.name, self.broken = pixels, name, broken
        self.valid = np.ones((height, width), bool) if valid is None else valid
        self.bands = tuple(Band(i + 1, role) for i, role in enumerate(("red", "green", "blue")))
        self.time = AcquisitionTime(iso, "tags") if iso else None
        self.reads = 0

    @property
    def gsd(self):
        return ground_sample_distance(self.grid)

    def read(self, window, out_shape=None):
        self.reads += 1
        shape = out_shape or (window.height, window.width)
        rows = window.row + ((np.arange(shape[0]) + 0.5) * window.height / shape[0]).astype(int)
        cols = window.col + ((np.arange(shape[1]) + 0.5) * window.width / shape[1]).astype(int)
        inside = ((rows >= 0) & (rows < self.grid.height))[:, None] & ((cols >= 0) & (cols < self.grid.width))[None]
        rows, cols = rows.clip(0, self.grid.height - 1), cols.clip(0, self.grid.width - 1)
        valid = self.valid[np.ix_(rows, cols)] & inside
        unreadable = int((inside & ~valid).sum()) if self.broken else 0
        pixels = self.pixels[:, rows[:, None], cols[None]] * valid
        return GeoImage(pixels.astype(np.uint8), valid, self.grid.part(window, shape), unreadable)

    def fingerprint(self):
        return f"{self.name}-{hash(self.pixels.tobytes())}-{hash(self.valid.tobytes())}"

    def close(self):
        """Nothing is open."""


def ground(height=300, width=400, cover="low vegetation"):
    """(3, H, W) uint8 of one cover."""
    return np.broadcast_to(COLOURS[COVERS.index(cover)][:, None, None], (3, height, width)).copy()


def paint(pixels, cover, rows, cols):
    """Colour a block of ``pixels`` as ``cover``."""
    pixels[:, slice(*rows), slice(*cols)] = COLOURS[COVERS.index(cover)][:, None, None]
    return pixels


def park(pixels, label, places, size=(8, 16)):
    """Colour a block of ``size`` (rows, cols) for each thing of ``label`` at its (row, col); neighbours differ in shade."""
    for index, (row, col) in enumerate(places):
        pixels[:, row:row + size[0], col:col + size[1]] = np.array(THING_COLOURS[label][index % 2], np.uint8)[:, None, None]
    return pixels


def town():
    """Twelve 8 × 10 m houses in the north-west, a lake in the south-east, a wood in the south-west; 0.5 m pixels."""
    pixels = ground()
    for i in range(12):
        row, col = 8 + 24 * (i // 4), 8 + 30 * (i % 4)
        paint(pixels, "building", (row, row + 16), (col, col + 20))
    paint(pixels, "water", (220, 300), (280, 400))
    paint(pixels, "tree", (240, 300), (0, 100))
    return pixels

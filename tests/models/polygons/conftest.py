"""Masks to draw outlines around: smoothed noise, drawn houses, and the ugliest corners there are."""

import numpy as np
import pytest
from affine import Affine

from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.polygons import trace
from terralogue.models.imagery.regions import region_mask

PIXELS = Affine(1, 0, 0, 0, -1, 0)


@pytest.fixture
def blobs():
    """``blobs(classes, size, seed, smoothing)``: (size, size) int32 labels, 0 is background."""

    def make(classes, size, seed, smoothing):
        noise = np.random.default_rng(seed).standard_normal((size, size))
        for _ in range(smoothing):
            noise = sum(np.roll(noise, step, axis) for axis in (0, 1) for step in (-1, 1)) / 5 + noise / 5
        return np.digitize(noise, np.quantile(noise, np.linspace(0, 1, classes + 1)[1:-1])).astype(np.int32)

    return make


@pytest.fixture
def polygons_of():
    """``polygons_of(labels, affine, crs, names)``: the FeatureSet of a label image, outlines on pixel edges."""

    def make(labels, affine=PIXELS, crs="", names=None):
        grid = Grid(labels.shape[1], labels.shape[0], affine, crs)
        found = trace(labels, grid)
        name = names or (lambda value: f"class {value}")
        items = tuple(MaskFeature(t.rings, name(t.value), 0.5, t.pixels, t.area_m2) for t in found)
        return FeatureSet("mask", crs, items, "model", "scene")

    return make


@pytest.fixture
def house():
    """``house(corners, degrees, place, size)``: (size, size) int32 mask of a turned polygon, and its true corners."""

    def make(corners, degrees=0.0, place=(40.3, 39.6), size=80):
        from terralogue.models.conversation import Region

        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        true = np.asarray(corners, float) @ np.array([[c, s], [-s, c]]) + place
        mask = region_mask(Region(((true,),)), Grid(size, size, Affine.identity(), ""))
        return mask.astype(np.int32), true

    return make

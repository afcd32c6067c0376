"""Outlines of real buildings against what their labels say: pixel edges, simplified, right angles.

    python tests/benchmarks/bench_outlines.py --data /path/to/open/imagery [--most 400]

Prints one JSON object. Every building mask of the towns that lies inside its tile is made coarser (4 and 8 times; the
majority decides), with and without a quarter of its edge pixels flipped, and traced. ``iou``: mean intersection over
union of the outline with the fine label. ``corners``: mean. ``osm``: the same against the vector footprints of Banepa,
whose masks are drawn at 0.5 m and 1 m. Nothing is predicted here: it measures what the drawing of outlines adds or loses.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import shapely
from affine import Affine

from terralogue.models.conversation import Region
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.models.imagery.grid import Grid
from terralogue.models.imagery.polygons import trace
from terralogue.models.imagery.regions import region_mask
from terralogue.models.polygons.options import Shaping
from terralogue.models.polygons.shaping import shaped

WAYS = {
    "exact": Shaping(),
    "simplified": Shaping(tolerance=1.0, in_pixels=True),
    "right angles": Shaping(right_angles=True, in_pixels=True),
}
LEAST = 12


def polygon(rings):
    return shapely.Polygon(rings[0], rings[1:])


def noisy(mask, rng):
    """A quarter of the pixels along the edge flipped."""
    edge = np.zeros(mask.shape, bool)
    for axis in (0, 1):
        for step in (-1, 1):
            edge |= mask != np.roll(mask, step, axis)
    return np.where(edge & (rng.random(mask.shape) < 0.25), ~mask, mask)


def drawn(mask, affine):
    """Its largest part, outlined in every way: (polygon, what was done)."""
    found = trace(mask.astype(np.int32), Grid(mask.shape[1], mask.shape[0], affine, ""))
    if not found:
        return None
    one = max(found, key=lambda part: part.pixels)
    if one.pixels < LEAST:
        return None
    features = FeatureSet("mask", "", (MaskFeature(one.rings, "building", 1.0, one.pixels, None),), "m", "s")
    return {name: shaped(features, way) for name, way in WAYS.items()}


class Tally:
    """Sums over buildings."""

    def __init__(self):
        self.rows = {name: [] for name in WAYS}
        self.squared = []

    def add(self, truth, ways):
        area = truth.area
        for name, (features, report) in ways.items():
            outline = polygon(features.features[0].rings)
            both = shapely.intersection(outline, truth).area
            corners = sum(len(ring) - 1 for ring in features.features[0].rings)
            error = abs(report.area_error)
            self.rows[name].append((both / (outline.area + area - both), corners, error, outline.is_valid))
            if name == "right angles":
                self.squared.append(report.squared == 1)

    def summary(self):
        squared = np.array(self.squared, bool)
        found = {"buildings": len(squared), "with_right_angles": round(float(squared.mean()), 3)}
        for name, rows in self.rows.items():
            table = np.array(rows, float)
            found[name] = {
                "iou": round(float(table[:, 0].mean()), 4), "corners": round(float(table[:, 1].mean()), 1),
                "iou_of_those_with_right_angles": round(float(table[squared, 0].mean()), 4),
                "mean_area_error": float(f"{table[:, 2].mean():.2g}"), "valid": bool(table[:, 3].all()),
            }
        return found


def towns(data, most, times, flip):
    """Buildings of the label masks, ``times`` coarser."""
    from PIL import Image

    rng, tally = np.random.default_rng(0), Tally()
    files = sorted(path for town in ("nairobi", "zanzibar", "banepa_z21") for path in (data / f"fair_{town}").glob("*_mask.png"))
    for path in (files[number] for number in rng.permutation(len(files))):
        label = np.asarray(Image.open(path)) > 0
        label = label if label.ndim == 2 else label[..., 0]
        for one in trace(label.astype(np.int32), Grid(label.shape[1], label.shape[0], Affine.identity(), "")):
            ring = one.rings[0]
            if ring.min() < 2 or ring.max() > min(label.shape) - 2 or one.pixels < LEAST * times**2:
                continue
            mask = region_mask(Region((one.rings,)), Grid(label.shape[1], label.shape[0], Affine.identity(), ""))
            coarse = mask.reshape(label.shape[0] // times, times, -1, times).mean(axis=(1, 3)) >= 0.5
            ways = drawn(noisy(coarse, rng) if flip else coarse, Affine.scale(times))
            if ways is not None:
                tally.add(polygon(one.rings), ways)
            if len(tally.squared) >= most:
                return tally.summary()
    return tally.summary()


def footprints(data, most, metres, flip):
    """Vector footprints, drawn as masks with pixels of ``metres``."""
    rng, tally = np.random.default_rng(0), Tally()
    rows = json.loads((data / "fair_banepa_z19" / "osm_buildings.geojson").read_text())["features"]
    for row in rows:
        if row["geometry"]["type"] != "Polygon":
            continue
        rings = [np.array(ring)[:, :2] for ring in row["geometry"]["coordinates"]]
        middle = rings[0].mean(axis=0)
        scale = np.array([np.cos(np.radians(middle[1])) * 111320, 110574]) * (1, -1)
        rings = [(ring - middle) * scale for ring in rings]
        truth = polygon(rings)
        if not truth.is_valid or truth.area < LEAST * metres**2 * 2:
            continue
        low, high = rings[0].min(axis=0) - 4 * metres, rings[0].max(axis=0) + 4 * metres
        width, height = np.ceil((high - low) / metres).astype(int).tolist()
        affine = Affine.translation(*low) * Affine.scale(metres)
        mask = region_mask(Region((tuple(rings),)), Grid(width, height, affine, ""))
        ways = drawn(noisy(mask, rng) if flip else mask, affine)
        if ways is not None:
            tally.add(truth, ways)
        if len(tally.squared) >= most:
            break
    return tally.summary()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--most", type=int, default=400)
    given = parser.parse_args()
    result = {}
    for flip in (False, True):
        edge = "edge flipped" if flip else "clean"
        for times in (4, 8):
            result[f"towns, {times} times coarser, {edge}"] = towns(given.data, given.most, times, flip)
        for metres in (0.5, 1.0):
            result[f"osm, {metres} m, {edge}"] = footprints(given.data, given.most, metres, flip)
    print(json.dumps(result, indent=1))

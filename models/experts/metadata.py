"""Describes one view with what is known of its making: GAIA's five captions and its record (datasets.gaia)."""

from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..concepts import lexicon
from ..conversation import View
from ..datasets.chip import UNKNOWN, Chip, Origin, Thing
from ..datasets.gaia import gaia_record
from ..facts.components import Components
from ..facts.survey import Survey
from ..imagery.gdal_backends import gdal
from ..imagery.geodesy import transform_points
from ..imagery.grid import Window
from ..imagery.platform import platform_of
from ..imagery.stretch import measure_stretch
from ..referring.candidates import component_boxes
from .colours import native_window
from .measured import MeasuredView, measure_view

#: Working pixels of a region up to which its pixels are looked at one by one; of larger ones an overview tells the looks,
#: and covers are left out of the captions.
MOST = 12_000_000
_OVERVIEW = 1500
#: More buildings than this are not listed one by one.
_THINGS = 500
#: A kind of place is named from this probability.
_SURE = 0.6


@dataclass(frozen=True)
class MetadataResult:
    """``sentences``: the captions, five of them where the image allows. ``facts``: with the record as ``facts["gaia"]``."""

    sentences: Tuple[str, ...]
    facts: Dict[str, Any]


def run(
    view: View, engine: Any, progress: Progress = no_progress, cancel: Optional[CancelToken] = None
) -> MetadataResult:
    """Raises what ``Engine.cover`` raises. What the layer does not tell is left out: no slot is guessed."""
    measured = measure_view(view, engine, progress, cancel)
    chip = chip_of(view, measured, cancel)
    record = gaia_record(chip)
    return MetadataResult(tuple(record["captions"]), {**measured.facts, "gaia": record, "known_cover": known_cover(chip)})


def known_cover(chip: Chip) -> Dict[str, Dict[str, Any]]:
    """Pixels of each cover, and its share of the ground whose cover is known: what the captions' shares are of."""
    if chip.covers is None:
        return {}
    counts = np.bincount(chip.covers[chip.covers != UNKNOWN], minlength=len(chip.cover_names))
    total = max(int(counts.sum()), 1)
    return {name: {"pixels": int(n), "share": int(n) / total} for name, n in zip(chip.cover_names, counts) if n}


def chip_of(view: View, measured: MeasuredView, cancel: Optional[CancelToken] = None) -> Chip:
    """The region as a chip of the data engine: its pixels, what covers it, its buildings, and how it was taken."""
    found, facts = measured.found, measured.facts
    window = _window(found)
    small = window.width * window.height <= MOST
    factor = 1.0 if small else max(window.width, window.height) / _OVERVIEW
    shape = max(1, int(window.height / factor)), max(1, int(window.width / factor))
    image = view.source.read(native_window(view, found.grid, window), shape)
    rgb = (measure_stretch(view.source, cancel).apply(image) * 255).astype(np.uint8)
    covers = _covers(found, window) if small else None
    buildings = found.patches["building"].kept if small and facts["covers"]["building"]["countable"] else None
    listed = buildings is not None and len(buildings) <= _THINGS
    things = _things(buildings, window) if buildings is not None and listed else ()
    scene = facts["scenes"][0] if facts["scenes"] and facts["scenes"][0]["probability"] >= _SURE else None
    said = lexicon().scene_said.get(scene["word"], "") if scene else ""
    return Chip(
        view.source.name, rgb, things, frozenset({"building"} if listed else ()), covers,
        tuple(found.patches) if covers is not None else (), facts["gsd"], facts["frame"] == "north" and _upright(measured),
        said.split(" ", 1)[1] if said.startswith(("a ", "an ")) else said, _origin(view, measured))


def _origin(view: View, measured: MeasuredView) -> Origin:
    """What the layer tells of its making. A time read from the file's name is a guess, and is left out."""
    tags: Mapping[str, str] = getattr(view.source, "tags", None) or {}
    told = platform_of(tags)
    time = view.source.time
    longitude, latitude = _centre(measured)
    return Origin(
        time=time.iso if time is not None and time.basis != "file name" else "", latitude=latitude, longitude=longitude,
        country=told.country, city=told.city, satellite=told.satellite, sensor=told.sensor, modality=told.modality,
        extra={"credits": told.credits})


def _centre(measured: MeasuredView) -> Tuple[Optional[float], Optional[float]]:
    """Longitude and latitude of the region's centre, six decimals; None without a CRS."""
    grid = measured.found.grid
    if not grid.crs_wkt:
        return None, None
    xmin, ymin, xmax, ymax = measured.facts["extent"]
    try:
        (place,) = transform_points(np.array([[(xmin + xmax) / 2, (ymin + ymax) / 2]]), grid.crs_wkt, gdal().wkt("EPSG:4326"))
    except ValueError:
        return None, None
    if not np.isfinite(place).all():
        return None, None
    return round(float(place[0]), 6), round(float(place[1]), 6)


def _upright(measured: MeasuredView) -> bool:
    """Whether the rows of the image run south: directions of a turned image are not those of its picture."""
    affine = measured.found.grid.affine
    return bool(abs(affine.b) <= 0.09 * abs(affine.a) and affine.e < 0 < affine.a)


def _window(found: Survey) -> Window:
    """The working pixels around the region."""
    grid = found.grid
    inverse = ~grid.affine
    xmin, ymin, xmax, ymax = found.frame.extent
    corners = np.array([inverse * corner for corner in ((xmin, ymin), (xmin, ymax), (xmax, ymin), (xmax, ymax))])
    low = np.clip(np.floor(corners.min(axis=0) + 1e-6), 0, (grid.width - 1, grid.height - 1)).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0) - 1e-6), low + 1, (grid.width, grid.height)).astype(int)
    return Window(int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))


def _covers(found: Survey, window: Window) -> np.ndarray:
    """(H, W) uint8 number of the cover of each pixel, 255 where none is known or decided."""
    covers = np.full((window.height, window.width), UNKNOWN, np.uint8)
    for number, patches in enumerate(found.patches.values()):
        for cols, rows, _ in patches.kept.runs.chunks():
            covers[rows - window.row, cols - window.col] = number
    return covers


def _things(parts: Components, window: Window) -> Tuple[Thing, ...]:
    """Each building with its mask."""
    boxes = component_boxes(parts).astype(int) - (window.col, window.row, window.col, window.row)
    masks: List[np.ndarray] = [np.zeros((y1 - y0, x1 - x0), bool) for x0, y0, x1, y1 in boxes]
    for start, stop, row, label in zip(parts.runs.start, parts.runs.stop, parts.runs.row, parts.label):
        x0, y0 = boxes[label][:2]
        masks[label][row - window.row - y0, start - window.col - x0:stop - window.col - x0] = True
    return tuple(
        Thing("building", (int(box[0]), int(box[1]), int(box[2]), int(box[3])), mask) for box, mask in zip(boxes, masks))

"""Tiles of two dates on one grid: where they lie, which of them are whole on both dates, and their pixels."""

from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Tuple

import numpy as np
from qgis.core import QgsProcessingException

from ...models.conversation import View
from ...models.datasets.chip import Chip, Origin
from ...models.datasets.splits import Division, Place, month_difference
from ...models.datasets.writing.pictures import file_stem
from ...models.errors import RasterUnreadable
from ...models.imagery.geodesy import ground_sample_distance
from ...models.imagery.pairs import common_frame
from ...models.imagery.regrid import at_gsd, regridded
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import Stretch, measure_stretch
from .messages import short_name, tr
from .training_chips import Site, by_chance, located, number_of_sites, sites
from .training_splits import divided, leaks

#: Why tiles are left out, for counts and index.
NODATA, UNREADABLE = "tile without data on a date", "tile cannot be read on a date"
UNKNOWN, TOO_MANY = "class unknown on a part of the tile", "more tiles than asked for"
#: More places for a tile than this are not looked through.
_SITES = 2_000_000

Pictures = Tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class TileRequest:
    """``size``: pixels; ``gsd``, ``block``: metres, 0 for the coarser raster's own and a fitting one; ``most``: tiles."""

    name: str
    size: int
    gsd: float
    most: int
    block: float
    shares: Tuple[Tuple[str, float], ...]
    seed: int


class PairTiles:
    """Both dates on one grid in the CRS of ``before``. One thread, the one that opened the views.

    Raises what ``common_frame`` raises, and QgsProcessingException where no tile fits.
    """

    def __init__(self, request: TileRequest, before: View, after: View) -> None:
        frame = common_frame(before, after)
        self.grid = (at_gsd(frame.before, request.gsd) if request.gsd else frame.before).grid
        self._request = request
        # From the files themselves: what was put on the frame would be resampled twice.
        self._dates: Tuple[Tuple[RasterSource, Stretch], ...] = tuple(
            (regridded(view.source, self.grid), measure_stretch(view.source)) for view in (before, after)
        )
        times = [view.source.time.iso for view in (before, after) if view.source.time]
        self._origin = Origin(before.source.name, times[-1] if times else "")
        number, name = number_of_sites(self.grid, request.size, 0), short_name(request.name)
        if not number:
            raise QgsProcessingException(
                tr("What both dates of {name} share is smaller than a tile. Choose smaller tiles.").format(name=name)
            )
        if number > _SITES:
            raise QgsProcessingException(tr("There are too many places for tiles. Choose larger tiles or pixels."))
        self.sites: List[Site] = sites(self.grid, file_stem(request.name), request.size, 0)

    @property
    def gsd(self) -> Optional[float]:
        """Metres a pixel at the centre."""
        return ground_sample_distance(self.grid)

    def by_chance(self) -> List[Site]:
        """All places in an order that the seed sets."""
        return by_chance(self.sites, self._request.seed)

    def pictures(self, site: Site) -> Tuple[Optional[Pictures], str]:
        """(3, H, W) uint8 of both dates, or None and why the tile is left out: one pixel without data is enough."""
        found = []
        for source, stretch in self._dates:
            try:
                image = source.read(site.window)
            except RasterUnreadable:
                return None, UNREADABLE
            if not image.valid.all():
                return None, UNREADABLE if image.unreadable else NODATA
            found.append(np.round(stretch.apply(image) * 255).astype(np.uint8))
        return (found[0], found[1]), ""

    def chip(self, site: Site) -> Chip:
        """The tile as what splits and index know of it, without pixels."""
        side = self._request.size
        part = self.grid.part(site.window, (side, side))
        blank = np.broadcast_to(np.zeros(1, np.uint8), (3, side, side))
        return Chip(site.name, blank, gsd=ground_sample_distance(part), origin=located(part, self._origin))


@dataclass(frozen=True)
class Divided:
    """Which split each kept tile went to. ``about``: what counts and manifest say of it."""

    division: Division
    about: Mapping[str, Any]

    @classmethod
    def of(cls, tiles: PairTiles, kept: List[Site], request: TileRequest) -> "Divided":
        """By blocks of ground; tiles that touch one of another split are left out."""
        chips = [tiles.chip(site) for site in kept]
        division, plan = divided(chips, request.block, request.shares, request.seed)
        return cls(division, {
            "splits": division.counts()["splits"], "leakage": leaks(kept, division.splits),
            "block_m": round(plan.block, 3), "split_seed": plan.seed,
            "month_difference": month_difference([Place.of(chip) for chip in chips], division.splits),
        })

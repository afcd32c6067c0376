"""Which tiles go into a data set of two dates: by chance, until there are enough, those without a change in their share."""

from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Tuple

from qgis.core import QgsProcessingException

from .messages import short_name, tr
from .pair_tiles import UNKNOWN, PairTiles, TileRequest
from .training_chips import Site

UNCHANGED = "unchanged tile beyond the share asked for"
#: Whether a tile has a change, or None and why it cannot be used.
Look = Callable[[Site], Tuple[Optional[bool], str]]


@dataclass(frozen=True)
class Chosen:
    """``kept``: in the order of the raster. ``changed``: of every tile that was looked at and can be used, whether it has
    a change. ``refused``: reasons by tile. ``left``: places that were not looked at."""

    kept: Tuple[Site, ...]
    changed: Dict[str, bool]
    refused: Dict[str, str]
    left: int


def choose(
    request: TileRequest, tiles: PairTiles, unchanged: float, look: Look, progress: Callable[[float, str], None]
) -> Chosen:
    """``unchanged``: largest share, 0..1, of tiles without a change; 1 for any. ``progress`` raises to stop.

    Raises QgsProcessingException if no tile can be used, or none has a change and that matters.
    """
    loud: List[Site] = []
    quiet: List[Site] = []
    changed: Dict[str, bool] = {}
    refused: Dict[str, str] = {}
    ordered = tiles.by_chance()
    seen = 0
    for site in ordered:
        if len(loud) + min(len(quiet), _allowed(request, unchanged, len(loud))) >= request.most:
            break
        progress(max(len(loud) / request.most, seen / len(ordered)), "")
        seen += 1
        flag, reason = look(site)
        if flag is None:
            refused[site.name] = reason
            continue
        changed[site.name] = flag
        (loud if flag else quiet).append(site)
    name = short_name(request.name)
    if not changed and set(refused.values()) == {UNKNOWN}:
        raise QgsProcessingException(
            tr("No tile has a class everywhere. If 0 is no data in a class raster and should not be, switch that off in its "
               "properties under Transparency.")
        )  # fmt: skip
    if not changed:
        raise QgsProcessingException(tr("No tile of {name} is whole on both dates and in all layers.").format(name=name))
    if not loud and unchanged < 1:
        raise QgsProcessingException(tr("No tile has a change. Choose other layers, or a share of unchanged tiles of 1."))
    room = min(_allowed(request, unchanged, len(loud)), request.most - len(loud))
    refused.update((site.name, UNCHANGED) for site in quiet[room:])
    names = {site.name for site in (*loud, *quiet[:room])}
    return Chosen(tuple(site for site in tiles.sites if site.name in names), changed, refused, len(ordered) - seen)


def _allowed(request: TileRequest, unchanged: float, changed: int) -> int:
    """How many tiles without a change may stand beside ``changed`` with one."""
    return request.most if unchanged >= 1 else int(unchanged / (1 - unchanged) * changed + 1e-9)

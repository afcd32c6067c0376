"""A snapshot whose view carries the date that QGIS and its user know: for comparing more than two layers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, List, Optional, Sequence, Tuple

from qgis.core import QgsMapLayer

from .errors import DatesUnknown
from .layer_date import date_of
from .map_region import MapRegion
from .snapshots import ViewSnapshot, snapshot_layer

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.conversation import View


@dataclass(frozen=True)
class DatedSnapshot:
    """Stands in for ``snapshot``; ``iso``: its date, ISO 8601, found in the layer or guessed from its name."""

    snapshot: ViewSnapshot
    iso: str
    is_guess: bool

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.snapshot.name

    @property
    def layer_ids(self) -> Tuple[str, ...]:
        """The project layers behind it."""
        return self.snapshot.layer_ids

    @property
    def crs_wkt(self) -> str:
        """The CRS of the source."""
        return self.snapshot.crs_wkt

    def open(self, cancel: "Optional[CancelToken]" = None) -> "View":
        """The view, on the calling thread; close its source afterwards."""
        from ...models.imagery.source import AcquisitionTime

        view = self.snapshot.open(cancel)
        view.source.time = AcquisitionTime(self.iso, "file name" if self.is_guess else "layer")
        return view


def in_order(layers: Sequence[QgsMapLayer]) -> List[QgsMapLayer]:
    """``layers`` by date. Main thread. Raises DatesUnknown if a date is missing or there twice."""
    undated = [layer.name() for layer in layers if date_of(layer) is None]
    if undated:
        raise DatesUnknown(undated)
    ordered = sorted(layers, key=lambda layer: date_of(layer).iso)
    for one, other in zip(ordered, ordered[1:]):
        if date_of(one).iso == date_of(other).iso:
            raise DatesUnknown([one.name(), other.name()], date_of(one).iso)
    return ordered


def snapshot_dates(layers: Sequence[QgsMapLayer], region: Optional[MapRegion] = None) -> List[DatedSnapshot]:
    """All layers, oldest first. Main thread. Raises DatesUnknown and what ``snapshot_layer`` does."""
    found = []
    for layer in in_order(layers):
        date = date_of(layer)
        found.append(DatedSnapshot(snapshot_layer(layer, region), date.iso, date.is_guess))
    return found

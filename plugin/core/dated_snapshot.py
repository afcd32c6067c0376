"""A snapshot whose view carries the date that QGIS and its user know: for comparing more than two layers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, List, Optional, Sequence

from qgis.core import QgsMapLayer

from .errors import DatesUnknown
from .layer_date import date_of
from .map_region import MapRegion
from .snapshots import StandIn, snapshot_layer

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.conversation import View


@dataclass(frozen=True)
class DatedSnapshot(StandIn):
    """Stands in for ``snapshot``; ``iso``: its date, ISO 8601, found in the layer or guessed from its name."""

    iso: str
    is_guess: bool

    def open(self, cancel: "Optional[CancelToken]" = None) -> "View":
        """The view, on the calling thread; close its source afterwards."""
        from ...models.imagery.source import AcquisitionTime

        view = self.snapshot.open(cancel)
        view.source.time = AcquisitionTime(self.iso, "file name" if self.is_guess else "layer")
        return view


def snapshot_dates(layers: Sequence[QgsMapLayer], region: Optional[MapRegion] = None) -> List[DatedSnapshot]:
    """All layers, oldest first. Main thread. Raises DatesUnknown if a date is missing or there twice, and what
    ``snapshot_layer`` does."""
    dates = [(layer, date_of(layer)) for layer in layers]
    dated = [(layer, date) for layer, date in dates if date is not None]
    if len(dated) < len(dates):
        raise DatesUnknown([layer.name() for layer, date in dates if date is None])
    dated.sort(key=lambda pair: pair[1].iso)
    for (one, date), (other, later) in zip(dated, dated[1:]):
        if date.iso == later.iso:
            raise DatesUnknown([one.name(), other.name()], date.iso)
    return [DatedSnapshot(snapshot_layer(layer, region), date.iso, date.is_guess) for layer, date in dated]

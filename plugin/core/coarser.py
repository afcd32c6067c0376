"""The same view with larger pixels: what the user chooses when a run would take too long."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Optional, Tuple

from .snapshots import StandIn

if TYPE_CHECKING:
    from ...models.cancel import CancelToken
    from ...models.conversation import View


class CoarserSource:
    """A RasterSource whose pixels are ``factor`` × ``factor`` of another's, averaged by its reader; exact in place."""

    def __init__(self, inner: Any, factor: int) -> None:
        from ...models.imagery.grid import Window

        self._inner, self._factor = inner, factor
        self.name, self.bands, self.time = inner.name, inner.bands, inner.time
        width, height = -(-inner.grid.width // factor), -(-inner.grid.height // factor)
        # The last column and row may reach beyond the inner grid; pixels there are invalid, not stretched.
        self.grid = inner.grid.part(Window(0, 0, width * factor, height * factor), (height, width))

    @property
    def gsd(self) -> Optional[float]:
        """Metres a pixel."""
        return None if self._inner.gsd is None else self._inner.gsd * self._factor

    def read(self, window: Any, out_shape: Optional[Tuple[int, int]] = None) -> Any:
        """See ``RasterSource.read``."""
        from ...models.imagery.grid import Window

        f = self._factor
        wide = Window(window.col * f, window.row * f, window.width * f, window.height * f)
        return self._inner.read(wide, out_shape or (window.height, window.width))

    def fingerprint(self) -> str:
        """Other pixels, other key."""
        return f"{self._inner.fingerprint()}/{self._factor}"

    def close(self) -> None:
        """Release the file."""
        self._inner.close()


@dataclass(frozen=True)
class CoarserSnapshot(StandIn):
    """Stands in for ``snapshot``; its view has a ground sample distance of at least ``gsd`` metres."""

    gsd: float

    def open(self, cancel: "Optional[CancelToken]" = None) -> "View":
        """The view, on the calling thread."""
        view = self.snapshot.open(cancel)
        native = view.source.gsd
        factor = 1 if not native else math.ceil(self.gsd / native - 1e-6)
        if factor <= 1:
            return view
        return replace(view, source=CoarserSource(view.source, factor))

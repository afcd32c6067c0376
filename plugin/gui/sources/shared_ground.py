"""How much of two layers lies in the same place: told before a question is asked."""

from typing import Optional, Tuple

from qgis.core import QgsGeometry, QgsMapLayer

from ....models.errors import TerralogueError
from ...core.projections import reproject


def shared_ground(before: QgsMapLayer, after: QgsMapLayer) -> Optional[Tuple[float, float]]:
    """Share of each layer's extent that the other covers too, 0..1, in the CRS of ``before``; None if that is unknown.

    Web layers that reach round the world share nearly nothing of themselves: look at the larger share.
    """
    if before.extent().isEmpty() or after.extent().isEmpty():
        return None
    try:
        one = QgsGeometry.fromRect(before.extent())
        two = reproject(QgsGeometry.fromRect(after.extent()), after.crs(), before.crs(), after.name())
    except TerralogueError:
        return None
    both = one.intersection(two).area()
    return (both / one.area(), both / two.area()) if one.area() > 0 and two.area() > 0 else None

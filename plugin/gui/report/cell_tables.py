"""Where in the region something lies: the nine cells as a shaded square, and as columns for several things at once."""

from typing import Any, Dict, List, Sequence, Tuple

from qgis.PyQt.QtGui import QColor

from ...core.messages import tr
from ...core.report.document import Table
from ..chat.cell_picture import cell_shares
from ..chat.theme import mixed
from .numbers import NOTHING, share

#: How much of a thing's colour the cell with the largest share is given.
_DEEPEST = 0.75


def square(title: str, cells: Sequence[Dict[str, Any]], colour: str) -> Table:
    """The 3 × 3 cells as they lie on the map, darker where there is more; stands beside the pictures."""
    shares = cell_shares(cells)
    top = max(shares) or 1.0
    shades = [mixed(QColor(255, 255, 255), QColor(colour), _DEEPEST * value / top).name() for value in shares]
    words = [share(value) for value in shares]
    return Table(title, (), _threes(words), shades=_threes(shades), beside=True)


def columns(title: str, first: str, things: Sequence[Tuple[str, Sequence[Dict[str, Any]], str]], north: bool) -> Table:
    """A row for each of ``things``, (name, cells, colour): its share in each cell. ``north``: cells have compass names."""
    rows = [(name, *(share(value) if value else NOTHING for value in cell_shares(cells))) for name, cells, _ in things]
    return Table(title, (first, *_names(north)), tuple(rows), colours=tuple(colour for _, _, colour in things))


def _threes(values: List[str]) -> Tuple[Tuple[str, ...], ...]:
    return tuple(tuple(values[row : row + 3]) for row in (0, 3, 6))


def _names(north: bool) -> List[str]:
    if not north:
        return [f"{row}·{column}" for row in (1, 2, 3) for column in (1, 2, 3)]
    return [tr("NW"), tr("N"), tr("NE"), tr("W"), tr("Centre"), tr("E"), tr("SW"), tr("S"), tr("SE")]

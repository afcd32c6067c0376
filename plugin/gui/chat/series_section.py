"""What changed over several dates on a card: a row for each period with area and places, and where in the one with most."""

from typing import Any, Dict, List

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..region_area import area_text
from .cell_picture import CellPicture, cell_shares
from .change_section import CHANGED
from .data_table import DataTable
from .quiet_label import QuietLabel
from .visible_text import one_line


class SeriesSection(QWidget):
    """``facts``: of kind "series"."""

    def __init__(self, facts: Dict[str, Any], parent=None) -> None:
        super().__init__(parent)
        self.picture = None
        self.periods = list(facts["periods"])
        rows = [self._row(period) for period in self.periods]
        self.table = DataTable([self.tr("Period"), self.tr("Area"), self.tr("Places")], rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table)
        most = facts.get("most")
        cells = self.periods[most]["changed"]["cells"] if most is not None else []
        if cells:
            title = self.tr("Where most changed: {period}").format(period=_span(self.periods[most]))
            self.picture = CellPicture(title, cell_shares(cells), CHANGED)
            layout.addWidget(QuietLabel(self.picture.title))
            layout.addWidget(self.picture)

    def tsv(self) -> str:
        """The values as numbers, tab-separated, one line a period and transition: areas in m², known in [0, 1]."""
        keys = ("from", "to", "count", "pixels", "area_m2")
        lines = ["\t".join(("start", "end", *keys, "known"))]
        for period in self.periods:
            head, known = (period["start"], period["end"]), period["known"]["share"]
            nothing = {"count": 0, "pixels": 0, "area_m2": 0.0} if period["changed"] else {}
            for entry in period["transitions"] or [nothing]:
                values = (*head, *(entry.get(key) for key in keys), known)
                lines.append("\t".join("" if value is None else one_line(str(value)) for value in values))
        return "\n".join(lines)

    @staticmethod
    def _row(period: Dict[str, Any]) -> List[str]:
        changed = period["changed"]
        if changed is None:
            return [_span(period), "?", "?"]
        area = changed["area_m2"]
        return [
            _span(period), "–" if area is None else area_text(float(area)), QLocale().toString(int(changed["count"])),
        ]


def _span(period: Dict[str, Any]) -> str:
    return f"{str(period['start'])[:10]} – {str(period['end'])[:10]}"

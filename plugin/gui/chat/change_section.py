"""What changed between two dates on a card: from → to with area and places, and where in the region."""

from typing import Any, Dict, List

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.class_style import legend_of
from ..class_colours import change_colours
from ..region_area import area_text
from .cell_picture import CellPicture, cell_shares
from .data_table import DataTable
from .object_list import swatch
from .quiet_label import QuietLabel
from .visible_text import one_line

CHANGED = QColor("#cc79a7")


class ChangeSection(QWidget):
    """``facts``: of kind "pair". Nothing is shown for a pair without change; the words say it."""

    def __init__(self, facts: Dict[str, Any], parent=None) -> None:
        super().__init__(parent)
        self.picture = None
        self.transitions = list(facts["transitions"])
        rows, swatches = [], []
        for entry in self.transitions:
            rows.append(self._row(entry))
            swatches.append(swatch(*change_colours(str(entry.get("from") or ""), str(entry.get("to") or ""))))
        self.table = DataTable([self.tr("From → to"), self.tr("Area"), self.tr("Places")], rows, swatches)
        self.table.setVisible(bool(rows))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table)
        cells = (facts.get("changed") or {}).get("cells") or []
        if cells:
            self.picture = CellPicture(self.tr("Where it changed"), cell_shares(cells), CHANGED)
            layout.addWidget(QuietLabel(self.picture.title))
            layout.addWidget(self.picture)

    def tsv(self) -> str:
        """The values as numbers, tab-separated, for a spreadsheet: shares in [0, 1], areas in m²."""
        keys = ("from", "to", "count", "share", "pixels", "area_m2")
        lines = ["\t".join(keys)]
        for entry in self.transitions:
            lines.append("\t".join(one_line(str(entry[key])) if entry.get(key) is not None else "" for key in keys))
        return "\n".join(lines)

    @staticmethod
    def _row(entry: Dict[str, Any]) -> List[str]:
        before, after = (legend_of(str(entry[key])) if entry.get(key) else "–" for key in ("from", "to"))
        area, count = entry.get("area_m2"), entry.get("count")
        return [
            f"{before} → {after}",
            "–" if area is None else area_text(float(area)),
            "–" if count is None else QLocale().toString(int(count)),
        ]

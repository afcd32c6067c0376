"""The measured values of one view on a card: a table of covers, and where in the region the chosen one lies."""

from typing import Any, Collection, Dict, List

from qgis.PyQt.QtCore import QCoreApplication, QLocale
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...core.class_style import legend_of
from ..class_colours import class_colour
from ..region_area import area_text
from .cell_picture import CellPicture, cell_shares
from .data_table import DataTable
from .object_list import swatch
from .quiet_label import QuietLabel
from .visible_text import one_line


def percent(share: float) -> str:
    """A share for reading; a trace is not called zero."""
    if 0 < share < 0.001:
        return "< " + QLocale().toString(0.1, "f", 1) + " %"
    return QLocale().toString(100 * share, "f", 1) + " %"


def count_text(cover: Dict[str, Any]) -> str:
    """How many, with the interval if it is wide; “–” where single objects cannot be told apart."""
    if not cover.get("countable"):
        return "–"
    count = QLocale().toString(int(cover.get("count", 0)))
    low, high = (cover.get("count_interval") or [cover.get("count", 0)] * 2)[:2]
    if cover.get("about") and low != high:
        return f"{count} ({low}–{high})"
    return count


class ViewSection(QWidget):
    """``facts``: of kind "view". Choosing a row shows that cover's cells. ``marked``: labels never checked on real imagery."""

    def __init__(self, facts: Dict[str, Any], parent=None, marked: Collection[str] = ()) -> None:
        super().__init__(parent)
        # Things that were asked for come first, then the covers by size.
        things, covers = facts.get("things") or {}, facts["covers"]
        ranked = [sorted(group.items(), key=lambda pair: -pair[1].get("pixels", 0)) for group in (things, covers)]
        self.amounts = {name: amount for group in ranked for name, amount in group if amount.get("pixels", 0) > 0}
        self.covers: List[str] = list(self.amounts)
        self.facts = facts
        rows = [self._row(self.amounts[name], name) for name in self.covers]
        swatches = [swatch(class_colour(name)) for name in self.covers]
        headers = [
            QCoreApplication.translate("ViewSection", "Cover"),
            QCoreApplication.translate("ViewSection", "Share"),
            QCoreApplication.translate("ViewSection", "Area"),
            QCoreApplication.translate("ViewSection", "Count"),
        ]
        undecided, unknown = facts.get("undecided", {}), facts.get("unknown", {})
        if undecided.get("pixels"):
            rows.append([self.tr("Not sure"), *self._amount(undecided), ""])
        if unknown.get("pixels"):
            rows.append([self.tr("Not readable or empty"), percent(unknown.get("share", 0.0)), "", ""])
        if not any(amount.get("countable") for amount in self.amounts.values()):
            # A column of dashes says nothing and costs a narrow dock a third of its width.
            headers, rows = headers[:-1], [row[:-1] for row in rows]
        self.table = DataTable(headers, rows, swatches)
        self.table.setVisible(bool(rows))
        self.picture = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table)
        self.mark = QuietLabel()
        shown = [legend_of(name) for name in self.covers if name in marked]
        self.mark.setText(self.tr("Rendered only, not checked on real imagery: {covers}").format(covers=", ".join(shown)))
        self.mark.setVisible(bool(shown))
        layout.addWidget(self.mark)
        if self.covers:
            self.title = QuietLabel()
            self.picture = CellPicture("", [0.0] * 9, class_colour(self.covers[0]))
            layout.addWidget(self.title)
            layout.addWidget(self.picture)
            self.show_cover(self.covers[0])
            self.table.currentCellChanged.connect(lambda row, *_: self._choose(row))

    def show_cover(self, name: str) -> None:
        """Show where ``name`` lies."""
        shares = cell_shares(self.amounts[name].get("cells", []))
        title = self.tr("Where it lies: {cover}").format(cover=legend_of(name))
        self.title.setText(title)
        self.picture.show_shares(title, shares, class_colour(name))

    def tsv(self) -> str:
        """The values as numbers, tab-separated, for a spreadsheet: shares in [0, 1], areas in m²."""
        lines = ["cover\tshare\tpixels\tarea_m2\tcount\tcount_low\tcount_high"]
        for name in self.covers:
            cover = self.amounts[name]
            counts = [cover.get("count"), *(cover.get("count_interval") or [None, None])[:2]]
            counts = counts if cover.get("countable") else [None] * 3
            values = [cover.get("share"), cover.get("pixels"), cover.get("area_m2"), *counts]
            lines.append("\t".join([one_line(name), *("" if value is None else str(value) for value in values)]))
        return "\n".join(lines)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.covers):
            self.show_cover(self.covers[row])

    @staticmethod
    def _amount(part: Dict[str, Any]) -> List[str]:
        area = part.get("area_m2")
        return [percent(float(part.get("share", 0.0))), "–" if area is None else area_text(float(area))]

    @classmethod
    def _row(cls, cover: Dict[str, Any], name: str) -> List[str]:
        return [legend_of(name), *cls._amount(cover), count_text(cover)]

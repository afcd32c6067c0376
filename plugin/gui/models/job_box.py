"""Which model does which job, chosen among those that are here and can be used."""

from typing import Dict, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QGroupBox

from ...core import model_store
from ..chat.visible_text import one_line
from .model_rows import INSTALLED, ModelRow, job_text

#: Jobs that another model than the shipped one can do so far.
OFFERED = ("masks", "classify")


class JobBox(QGroupBox):
    """Kept in the settings at once. ``chosen(job)``."""

    chosen = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        from ....models.catalog.entries import JOBS

        self.setTitle(self.tr("Used For"))
        self._kinds = JOBS
        self.boxes: Dict[str, QComboBox] = {}
        form = QFormLayout(self)
        for job in OFFERED:
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            box.setAccessibleName(job_text(job))
            box.activated.connect(lambda _index, job=job: self._choose(job))
            form.addRow(job_text(job), box)
            self.boxes[job] = box

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Offer what can be used now."""
        current = model_store.chosen()
        for job, box in self.boxes.items():
            box.clear()
            box.addItem("Terralogue Nano", model_store.SHIPPED)
            for row in rows:
                if row.state == INSTALLED and row.installed is not None and row.kind == self._kinds[job]:
                    box.addItem(one_line(row.title, 40), row.installed.key)
            box.setCurrentIndex(max(0, box.findData(current[job])))
            box.setEnabled(box.count() > 1)

    def _choose(self, job: str) -> None:
        model_store.choose(job, str(self.boxes[job].currentData()))
        self.chosen.emit(job)

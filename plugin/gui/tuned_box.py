"""The classes that the user taught, listed in the options, and removed there."""

from pathlib import Path
from typing import List

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QGroupBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from ..core.service import Service
from ..core.tuned_store import Kept, kept
from .chat.visible_text import plain_tip


class TunedBox(QGroupBox):
    """Reads the folder when it is made; what was removed from the list is deleted by :meth:`apply`."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Taught Classes"))
        self._gone: List[Path] = []
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        for one in kept(Service.instance().classes):
            item = QListWidgetItem(self._line(one))
            item.setData(Qt.ItemDataRole.UserRole, str(one.path))
            item.setToolTip(plain_tip(one.path.name))
            self.list.addItem(item)
        if not self.list.count():
            empty = QListWidgetItem(self.tr("None yet: “Teach a class from polygons” in the Processing toolbox adds one."))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setEnabled(False)
        self.remove.clicked.connect(self._take)
        self.list.itemSelectionChanged.connect(lambda: self.remove.setEnabled(bool(self.list.selectedItems())))
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)

    def apply(self) -> None:
        """Delete what was removed; a file that is gone already is no matter."""
        for path in self._gone:
            try:
                Service.instance().forget_tuned(path)
            except FileNotFoundError:
                continue
        self._gone = []

    def _take(self) -> None:
        for item in self.list.selectedItems():
            self._gone.append(Path(item.data(Qt.ItemDataRole.UserRole)))
            self.list.takeItem(self.list.row(item))

    def _line(self, one: Kept) -> str:
        if not one.label:
            return one.problem
        good = "" if one.iou is None else self.tr(", held-out overlap {share} %").format(
            share=QLocale().toString(100 * one.iou, "f", 0))
        return self.tr("{name}: tuned on {layer}, {date}").format(name=one.label, layer=one.layer, date=one.date) + good

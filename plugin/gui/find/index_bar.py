"""Which index is searched, and the menu that makes, updates and forgets them."""

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from ...core import index_list
from ..chat.visible_text import one_line, plain_tip


class IndexBar(QWidget):
    """``make()``, ``update_wanted()``, ``open_wanted()``, ``forget()``, ``changed()``: another index was chosen."""

    make = pyqtSignal()
    update_wanted = pyqtSignal()
    open_wanted = pyqtSignal()
    forget = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Index that is searched"))
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(80)
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.button = QToolButton()
        self.button.setIcon(QgsApplication.getThemeIcon("/mActionOptions.svg"))
        self.button.setAutoRaise(True)
        self.button.setToolTip(self.tr("Make, update or open an index"))
        self.button.setAccessibleName(self.button.toolTip())
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        self.make_action = menu.addAction(self.tr("Index a Layer…"))
        self.make_action.triggered.connect(lambda: self.make.emit())
        self.update_action = menu.addAction(self.tr("Bring Up to Date"))
        self.update_action.triggered.connect(lambda: self.update_wanted.emit())
        menu.addSeparator()
        self.open_action = menu.addAction(self.tr("Open an Index…"))
        self.open_action.triggered.connect(lambda: self.open_wanted.emit())
        self.forget_action = menu.addAction(self.tr("Take off the List"))
        self.forget_action.triggered.connect(lambda: self.forget.emit())
        self.button.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.button)
        self.refresh()

    @property
    def folder(self) -> Optional[Path]:
        """That of the index that is chosen, None without one."""
        data = self.box.currentData()
        return Path(data) if data else None

    def refresh(self, choose: Optional[Path] = None) -> None:
        """List the indexes that there are; ``choose``: the one to show, else the one that was chosen, else the newest."""
        wanted = str(choose or self.folder or "")
        self.box.blockSignals(True)
        self.box.clear()
        for folder in index_list.folders():
            self.box.addItem(one_line(folder.name, 60), str(folder))
            self.box.setItemData(self.box.count() - 1, plain_tip(str(folder)), Qt.ItemDataRole.ToolTipRole)
        there = self.box.count() > 0
        if not there:
            self.box.addItem(self.tr("No index yet"), "")
        place = self.box.findData(wanted) if wanted else -1
        self.box.setCurrentIndex(place if place >= 0 else self.box.count() - 1)
        self.box.blockSignals(False)
        self.box.setEnabled(there)
        self.update_action.setEnabled(there)
        self.forget_action.setEnabled(there)
        self.changed.emit()

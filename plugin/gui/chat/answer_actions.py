"""The buttons under an answer."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from .flow_layout import FlowLayout
from .keep_menu import KeepMenu


class AnswerActions(QWidget):
    """Signals what was pressed. Layer buttons appear only when there are objects to keep."""

    add_layer = pyqtSignal()
    export = pyqtSignal()
    report = pyqtSignal()
    print_layout = pyqtSignal()
    undo = pyqtSignal()
    retry = pyqtSignal()
    preview = pyqtSignal(bool)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.add_button = QPushButton(QgsApplication.getThemeIcon("/mActionAddOgrLayer.svg"), self.tr("Add as Layer"))
        self.add_button.clicked.connect(lambda: self.add_layer.emit())
        self.keep_menu = KeepMenu(self)
        self.keep_button = self._tool("/mActionOptions.svg", self.tr("Outlines, colours and table of added objects"))
        self.keep_button.setMenu(self.keep_menu)
        self.keep_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.undo_button = QPushButton(QgsApplication.getThemeIcon("/mActionUndo.svg"), self.tr("Undo"))
        self.undo_button.setToolTip(self.tr("Remove the layer that this answer added"))
        self.undo_button.clicked.connect(lambda: self.undo.emit())
        self.export_button = QPushButton(QgsApplication.getThemeIcon("/mActionFileSaveAs.svg"), self.tr("Export…"))
        self.export_button.clicked.connect(lambda: self.export.emit())
        self.eye = self._tool("/mActionShowAllLayers.svg", self.tr("Show the objects on the map until they are kept"))
        self.eye.setCheckable(True)
        self.eye.setChecked(True)
        self.eye.toggled.connect(self.preview)
        self.report_button = self._tool("/mActionSaveAsPDF.svg", self.tr("Report… (PDF or HTML)"))
        self.report_button.clicked.connect(lambda: self.report.emit())
        self.layout_button = self._tool("/mActionNewLayout.svg", self.tr("Print layout with map, legend and table"))
        self.layout_button.clicked.connect(lambda: self.print_layout.emit())
        self.copy_button = self._tool("/mActionEditCopy.svg", self.tr("Copy the answer"))
        self.copy_text, self.copy_tsv, self.copy_picture, self.copy_boxes, self.copy_json = (
            QAction(text, self)
            for text in (
                self.tr("Copy Text"),
                self.tr("Copy Tables (TSV)"),
                self.tr("Copy Picture"),
                self.tr("Copy Boxes"),
                self.tr("Copy Record (JSON)"),
            )
        )
        self.copy_boxes.setToolTip(self.tr("Left, top, right and bottom of each object, in hundredths of the region"))
        menu = QMenu(self.copy_button)
        menu.setToolTipsVisible(True)
        for action in (self.copy_text, self.copy_tsv, self.copy_boxes, self.copy_json, self.copy_picture):
            menu.addAction(action)
        for action in (self.copy_boxes, self.copy_json):
            action.setVisible(False)
        self.copy_tsv.setEnabled(False)
        self.copy_button.setMenu(menu)
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.retry_button = self._tool("/mActionRefresh.svg", self.tr("Ask this again"))
        self.retry_button.clicked.connect(lambda: self.retry.emit())
        row = FlowLayout()
        for button in (
            self.add_button,
            self.keep_button,
            self.undo_button,
            self.export_button,
            self.eye,
            self.copy_button,
            self.report_button,
            self.layout_button,
            self.retry_button,
        ):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        self.show_for(objects=False, kept=False)

    def show_for(self, objects: bool, kept: bool, preview: bool = False) -> None:
        """``objects``: there are any; ``kept``: they are a layer now; ``preview``: they can be shown unkept."""
        self.add_button.setVisible(objects and not kept)
        self.keep_button.setVisible(objects and not kept)
        self.undo_button.setVisible(kept)
        self.export_button.setVisible(objects or kept)
        self.eye.setVisible(objects and not kept and preview)
        self.layout().invalidate()
        self.updateGeometry()

    def offer_report(self, report: bool, layout: bool) -> None:
        """``report``: there is an answer to write down; ``layout``: something of it can be shown on a map."""
        self.report_button.setVisible(report)
        self.layout_button.setVisible(layout)

    def offer_retry(self) -> None:
        """Say in words that it can be tried again."""
        self.retry_button.setText(self.tr("Try Again"))
        self.retry_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(QgsApplication.getThemeIcon(icon))
        button.setAutoRaise(True)
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

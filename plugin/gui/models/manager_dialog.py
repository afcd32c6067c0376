"""The window of models: a list, what the chosen one is, and what can be done with it. Nothing is asked of the network
before a click on Download.
"""

from pathlib import Path
from typing import List, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ... import settings as user
from ...core import log, model_store
from ...core.messages import sentence
from ...core.running_on import running_on
from ...core.service import ROOT
from ...core.tasks import RunTask
from ..chat.flow_layout import FlowLayout
from ..chat.plain_label import PlainLabel
from ..chat.visible_text import one_line, plain_tip
from .details import Details
from .job_box import JobBox
from .model_rows import (
    BEGUN,
    BROKEN,
    DOWNLOADABLE,
    IMPORTABLE,
    INSTALLED,
    SHIPPED_STATE,
    ModelRow,
    kind_text,
    rows,
    size_text,
    state_text,
)
from .task_row import TaskRow

_ROW = Qt.ItemDataRole.UserRole
_ICONS = {SHIPPED_STATE: "/mIconSuccess.svg", INSTALLED: "/mIconSuccess.svg", BROKEN: "/mIconWarning.svg"}


class ManagerDialog(QDialog):
    """One task at a time; it goes on when the window is closed, and is shown again when it opens. Main thread."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Terralogue Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.rows: List[ModelRow] = []
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setHeaderLabels([self.tr("Model"), self.tr("State"), self.tr("Size")])
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAllColumnsShowFocus(True)
        self.list.setMinimumWidth(430)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.details = Details()
        self.download = self._button(self.tr("Download"), self._download)
        self.folder = self._button(self.tr("Import Folder…"), self._import_folder)
        self.file = self._button(self.tr("Import File…"), self._import_file)
        self.test = self._button(self.tr("Test"), self._test)
        self.page = self._button(self.tr("Open Page"), self._open_page)
        self.delete = self._button(self.tr("Delete…"), self._delete)
        self.drop = self._button(self.tr("Discard Download"), self._drop)
        self.work = TaskRow()
        self.work.changed.connect(self.refresh)
        self.work.ended.connect(lambda text: self.message.show_text(text))
        self.message = PlainLabel(selectable=True)
        self.jobs = JobBox()
        self.online = QCheckBox(self.tr("Allow downloads"))
        self.online.setToolTip(self.tr("Off: the network is never asked for a model, whatever is clicked"))
        self.online.setChecked(user.model_downloads.value())
        self.online.toggled.connect(self._allow)
        self.disk = PlainLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.resize(980, 560)
        self.refresh()

    def refresh(self) -> None:
        """Look at the disk anew; the chosen model stays chosen."""
        before = self.current
        try:
            known = model_store.entries()
        except Exception as error:
            log.error(error, "reading the list of models")
            self.message.show_text(sentence(error))
            known = ()
        from ....models.catalog.store import size_of

        store = model_store.store()
        store.sweep()
        self.rows = rows(store, known, size_of(ROOT / "resources" / "nano"))
        self._fill(before.key if before is not None else "/")
        self.jobs.show_rows(self.rows)
        used = size_text(store.size())
        self.disk.show_text(self.tr("They take {size} of disk.").format(size=used) if used else "")

    @property
    def current(self) -> Optional[ModelRow]:
        """The chosen model."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, _ROW)

    def choose(self, title: str) -> None:
        """Choose the model of that title."""
        found = self.list.findItems(title, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
        if found:
            self.list.setCurrentItem(found[0])

    def ask_folder(self) -> str:
        """The folder that the user picks, "" for none."""
        return str(QFileDialog.getExistingDirectory(self, self.tr("Import Model from Folder")))

    def ask_file(self) -> str:
        """The file that the user picks, "" for none."""
        kinds = self.tr("Models") + " (*.onnx *.pth *.pt *.bin *.safetensors *.zip)"
        return str(QFileDialog.getOpenFileName(self, self.tr("Import Model from File"), "", kinds)[0])

    def ask_delete(self, title: str, size: str) -> bool:
        """Whether the user wants it deleted."""
        text = self.tr("Delete {name} from this computer? {size} are freed; it can be fetched or imported again.")
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), "", QMessageBox.StandardButton.Cancel, self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text.format(name=one_line(title, 60), size=size))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.exec()
        return box.clickedButton() is delete

    def unload(self) -> None:
        """Stop what runs and close for good."""
        self.work.forget()
        self.close()
        self.deleteLater()

    def _button(self, text: str, doing) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: doing())
        return button

    def _lay_out(self) -> None:
        actions = FlowLayout()
        for button in (self.download, self.drop, self.test, self.page, self.delete):
            actions.addWidget(button)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.details)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addLayout(actions)
        column.addWidget(self.jobs)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(right)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        last = QHBoxLayout()
        for widget in (self.folder, self.file, self.online):
            last.addWidget(widget)
        last.addWidget(self.disk, 1)
        last.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(parts, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.work)
        layout.addLayout(last)

    def _fill(self, key: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        heads = {}
        wanted = None
        for row in self.rows:
            if row.kind not in heads:
                head = QTreeWidgetItem([kind_text(row.kind)])
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = head.font(0)
                font.setBold(True)
                head.setFont(0, font)
                self.list.addTopLevelItem(head)
                head.setFirstColumnSpanned(True)  # only of an item that is in a list
                heads[row.kind] = head
            item = QTreeWidgetItem([one_line(row.title, 80), state_text(row), size_text(row.size)])
            item.setTextAlignment(2, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            item.setData(0, _ROW, row)
            if row.state in _ICONS:
                item.setIcon(1, QgsApplication.getThemeIcon(_ICONS[row.state]))
            item.setToolTip(0, plain_tip(one_line(row.entry.purpose if row.entry else row.title, 160)))
            heads[row.kind].addChild(item)
            wanted = item if row.key == key or wanted is None else wanted
        self.list.expandAll()
        self.list.blockSignals(False)
        self.list.setCurrentItem(wanted)
        self._show_current()

    def _show_current(self) -> None:
        row, busy = self.current, self.work.task is not None
        if row is None:
            for button in (self.download, self.drop, self.test, self.page, self.delete):
                button.hide()
            return
        self.details.show_row(row)
        entry = row.entry
        fetchable = row.state in (DOWNLOADABLE, BEGUN)
        self.download.setVisible(fetchable)
        if fetchable:
            text = self.tr("Resume ({size})") if row.state == BEGUN else self.tr("Download ({size})")
            self.download.setText(text.format(size=size_text(row.size - row.begun)))
        self.download.setEnabled(not busy and self.online.isChecked())
        self.drop.setVisible(row.state == BEGUN)
        self.drop.setEnabled(not busy)
        self.test.setVisible(row.state in (INSTALLED, SHIPPED_STATE))
        self.test.setEnabled(not busy)
        self.page.setVisible(entry is not None)
        self.delete.setVisible(row.installed is not None)
        self.delete.setEnabled(not busy)
        # Of an entry that is not here yet, what is picked is taken for it.
        wanted = row.state in (IMPORTABLE, DOWNLOADABLE, BEGUN)
        said = self.tr("What you pick is imported as {name}").format(name=row.title) if wanted else self.tr("Any model")
        for button in (self.folder, self.file):
            button.setEnabled(not busy)
            button.setToolTip(said)

    def _download(self) -> None:
        row = self.current
        if row is not None and row.entry is not None:
            self._run(model_store.download_task(row.entry), self._kept, pausing=True)

    def _import_folder(self) -> None:
        self._import(self.ask_folder())

    def _import_file(self) -> None:
        self._import(self.ask_file())

    def _import(self, picked: str) -> None:
        row = self.current
        if not picked or row is None:
            return
        entry = row.entry if row.installed is None else None
        self._run(model_store.import_task(Path(picked), entry.kind if entry else "", entry), self._kept)

    def _test(self) -> None:
        row = self.current
        if row is not None:
            self._run(model_store.trial_task(row.installed), self._tried)

    def _delete(self) -> None:
        row = self.current
        if row is None or row.installed is None or not self.ask_delete(row.title, size_text(row.size)):
            return
        try:
            model_store.store().delete(row.installed, model_store.chosen())
        except Exception as error:
            log.error(error, "deleting a model")
            self.message.show_text(sentence(error))
        else:
            self.message.show_text(self.tr("{name} was deleted.").format(name=row.title))
        self.refresh()

    def _drop(self) -> None:
        from ....models.catalog.fetching import forget

        row = self.current
        if row is None or row.entry is None:
            return
        try:
            forget(row.entry, model_store.store())
        except Exception as error:
            log.error(error, "discarding a download")
            self.message.show_text(sentence(error))
        self.refresh()

    def _open_page(self) -> None:
        row = self.current
        if row is not None and row.entry is not None:
            QDesktopServices.openUrl(QUrl(row.entry.page))

    def _allow(self, allowed: bool) -> None:
        user.model_downloads.setValue(allowed)
        self._show_current()

    def _run(self, task: RunTask, done, pausing: bool = False) -> None:
        self.message.show_text("")
        self.work.run(task, done, pausing)

    def _kept(self, installed) -> None:
        self.refresh()
        self.choose(installed.title)
        self.message.show_text(self.tr("{name} is here. Test it, then choose what it is used for.").format(name=installed.title))

    def _tried(self, told) -> None:
        row = self.current
        name = row.title if row is not None else ""
        if told["ran"]:
            text = self.tr("{name} works on {provider}.") if told["provider"] else self.tr("{name} works.")
            place = running_on({name: (str(told["provider"]), str(told.get("fallback", "")))})
            self.message.show_text(text.format(name=name, provider=place))
        else:
            whole = self.tr("The files of {name} are whole. It was not run: that takes minutes.")
            self.message.show_text(whole.format(name=name))

"""The row of the options that says how much disk images seen before take, gives them more or less, and clears them."""

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from .. import settings as user
from ..core.embedding_store import LEAST, MOST, embeddings, folder


class EmbeddingRow(QWidget):
    """Clears at once: nothing is lost but time. The limit is written by :meth:`apply`."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self.limit = QSpinBox()
        self.limit.setRange(LEAST, MOST)
        self.limit.setSingleStep(100)
        self.limit.setPrefix(self.tr("up to "))
        self.limit.setSuffix(self.tr(" MB"))
        self.limit.setAccessibleName(self.tr("Disk for images looked at"))
        self.limit.setValue(user.within(user.embedding_cache_megabytes, LEAST, MOST))
        self.used = QLabel()
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear images looked at"))
        self.clear.clicked.connect(self._clear)
        said = self.tr(
            "What a model saw of an image is kept in {folder}, so that pointing at it again starts at once. "
            "The oldest goes first."
        )
        self.setToolTip(said.format(folder=folder()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.limit)
        layout.addWidget(self.used, 1)
        layout.addWidget(self.clear)
        self._show()

    def apply(self) -> None:
        """Write the limit."""
        user.embedding_cache_megabytes.setValue(self.limit.value())

    def _clear(self) -> None:
        embeddings().clear()
        self._show()

    def _show(self) -> None:
        used = embeddings().size
        self.used.setText(self.tr("{size} MB used").format(size=QLocale().toString(used / 1e6, "f", 1)))
        self.clear.setEnabled(used > 0)

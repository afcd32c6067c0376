"""One find in the list: its picture, how well it fits, where it is from, and whether more like it are wanted."""

from qgis.PyQt.QtCore import QLocale, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ..chat.quiet_label import QuietLabel
from ..chat.theme import base_colour, mixed, text_colour
from ..chat.visible_text import one_line

#: Side of the picture in pixels.
SIDE = 64
MORE, LESS = 1, -1


class PlaceRow(QWidget):
    """``marked(tile, mark)``: :data:`MORE`, :data:`LESS` or 0. ``place``: a ``models.retrieval.searching.Place``."""

    marked = pyqtSignal(int, int)

    def __init__(self, number: int, place, mark: int = 0, parent=None) -> None:
        super().__init__(parent)
        self.place = place
        self.picture = QLabel()
        self.picture.setStyleSheet("QLabel { padding: 0px; margin: 0px; }")
        self.picture.setFixedSize(SIDE, SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_picture(QImage(), False)
        name, likeness = one_line(place.raster.name, 80), QLocale().toString(place.score, "f", 2)
        self.title = QuietLabel(f"{number} · {likeness}")
        self.title.setWordWrap(False)
        self.source = QuietLabel(name)
        self.source.setWordWrap(False)
        self.when = QuietLabel(one_line(place.raster.time[:10], 20))
        self.said = self.tr("Place {number}, likeness {value}, {source}").format(number=number, value=likeness, source=name)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.title, self.source, self.when):
            words.addWidget(label)
        words.addStretch(1)
        self.more = self._thumb("＋", self.tr("More like this"))
        self.less = self._thumb("−", self.tr("Not like this"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSpacing(8)
        layout.addWidget(self.picture)
        layout.addLayout(words, 1)
        layout.addWidget(self.more)
        layout.addWidget(self.less)
        self.more.setChecked(mark == MORE)
        self.less.setChecked(mark == LESS)
        self.more.toggled.connect(lambda on: self._toggled(self.less, on))
        self.less.toggled.connect(lambda on: self._toggled(self.more, on))

    def show_picture(self, image: QImage, there: bool = True) -> None:
        """The picture, or a grey square: ``there`` says that it was looked for."""
        square = QPixmap(SIDE, SIDE)
        square.fill(mixed(base_colour(), text_colour(), 0.12))
        if not image.isNull():
            square = QPixmap.fromImage(image.scaled(
                QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        elif there:
            self.picture.setToolTip(self.tr("The raster has moved or changed since it was indexed."))
        self.picture.setPixmap(square)

    def show_selected(self, selected: bool) -> None:
        """Whether it stands on the ground of selections."""
        for label in (self.title, self.source, self.when):
            label.selected = selected
            label.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt
        """As high as the picture."""
        return QSize(200, SIDE + 6)

    def _thumb(self, text: str, said: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setToolTip(said)
        button.setAccessibleName(said)
        return button

    def _toggled(self, other: QToolButton, on: bool) -> None:
        if on and other.isChecked():
            other.blockSignals(True)
            other.setChecked(False)
            other.blockSignals(False)
        mark = MORE if self.more.isChecked() else LESS if self.less.isChecked() else 0
        self.marked.emit(self.place.tile, mark)

"""The colours of the theme that is on. QGIS's dark themes set text colours by style sheet and leave the palette odd."""

from typing import Dict, Tuple

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel

_probed: Dict[Tuple[int, int], QColor] = {}


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0..1) of ``second``."""
    parts = zip(first.getRgb()[:3], second.getRgb()[:3])
    return QColor(*(round(a * (1 - share) + b * share) for a, b in parts))


def text_colour() -> QColor:
    """What a label is really written in: asked of one, because a style sheet may overrule the palette."""
    application = QApplication.instance()
    key = (application.palette().cacheKey(), len(application.styleSheet()))
    if key not in _probed:
        probe = QLabel("x")
        probe.ensurePolished()
        _probed.clear()
        _probed[key] = QColor(probe.palette().color(QPalette.ColorRole.WindowText))
    return _probed[key]


def base_colour() -> QColor:
    """The ground of cards and fields."""
    return QApplication.palette().color(QPalette.ColorRole.Base)


def accent_colour() -> QColor:
    """The colour of selections and focus."""
    return QApplication.palette().color(QPalette.ColorRole.Highlight)

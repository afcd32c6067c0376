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


def selected_text_colour() -> QColor:
    """Of text on the ground of selections."""
    return QApplication.palette().color(QPalette.ColorRole.HighlightedText)


def quiet_colour() -> QColor:
    """Of secondary text: as faint as stays readable (contrast 4.5 : 1) both on cards and on the panel."""
    text, grounds = text_colour(), (base_colour(), QApplication.palette().color(QPalette.ColorRole.Window))
    for share in (0.35, 0.3, 0.25, 0.2, 0.15, 0.1):
        quiet = mixed(text, grounds[0], share)
        if all(contrast(quiet, ground) >= 4.5 for ground in grounds):
            return quiet
    return text


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    linear = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3])
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear))

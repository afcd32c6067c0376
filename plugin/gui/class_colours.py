"""The colours of result layers, for everything in the panel that stands for a class."""

from typing import Tuple

from qgis.PyQt.QtGui import QColor

from ..core.class_style import colour_of


def class_colour(label: str) -> QColor:
    """The colour of a class label."""
    return QColor(colour_of(label))


def feature_colour(feature) -> QColor:
    """The colour of a mask feature; a change has that of what is there now, or of what went."""
    return QColor(colour_of(feature.to_label or feature.from_label or feature.label))


def feature_colours(feature) -> Tuple[QColor, ...]:
    """The colours of a mask feature; of a change, of what was there and of what is there now."""
    return change_colours(feature.from_label, feature.to_label) or (feature_colour(feature),)


def change_colours(was: str, became: str) -> Tuple[QColor, ...]:
    """The colours of what was and what became, as far as they are known."""
    return tuple(class_colour(label) for label in (was, became) if label)

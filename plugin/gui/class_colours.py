"""The colours of result layers, for everything in the panel that stands for a class."""

from qgis.PyQt.QtGui import QColor

from ..core.class_style import colour_of


def class_colour(label: str) -> QColor:
    """The colour of a class label."""
    return QColor(colour_of(label))


def feature_colour(feature) -> QColor:
    """The colour of a mask feature; a change has that of what is there now, or of what went."""
    return QColor(colour_of(feature.to_label or feature.from_label or feature.label))

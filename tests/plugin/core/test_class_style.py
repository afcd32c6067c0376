"""Colours of classes: what is no class looks like none."""

from qgis.PyQt.QtGui import QColor

from terralogue.models.classify.naming import NONE
from terralogue.plugin.core.class_style import _OTHERS, colour_of, legend_of


def test_tiles_of_no_class_are_grey_not_in_the_colour_of_some_class(qgis_app):
    """They were light blue, as water is expected to be, and hid the classes that were found."""
    assert QColor(colour_of(NONE)).saturation() == 0 and colour_of(NONE) not in _OTHERS
    assert legend_of(NONE) == "None of these"


def test_a_class_in_the_users_words_has_the_colour_of_the_cover_it_is_a_kind_of():
    assert colour_of("forest") == colour_of("tree") != colour_of("farmland") == colour_of("bare")
    assert colour_of("football field") != colour_of("low vegetation"), "a thing of its own"

"""What changing outlines did, in sentences."""

from terralogue.models.polygons.options import ShapeReport
from terralogue.plugin.core.outline_words import outline_sentences


def test_without_an_outline_no_error_of_outlines_is_told(qgis_app):
    """The log said “0.00 % off, of the worst one 0.00 %” where nothing was found."""
    assert outline_sentences(ShapeReport()) == []
    assert "% off" in outline_sentences(ShapeReport(polygons=1, area_error=0.01, largest_error=0.01))[-1]

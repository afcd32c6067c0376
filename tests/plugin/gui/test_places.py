"""Places like a description: chips with pictures that show their place on the map, kept as a layer, restored."""

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import Qt

from terralogue.models.conversation import Facts, Link, Mask, Text
from terralogue.models.features import FeatureSet, MaskFeature

EXTENTS = ((500_000.0, 5_499_950.0, 500_050.0, 5_500_000.0), (500_100.0, 5_499_850.0, 500_150.0, 5_499_900.0))


def places():
    rows = [{"likeness": value, "extent": list(extent), "area_m2": 2500.0} for value, extent in zip((0.61, -0.02), EXTENTS)]
    return {"schema": 1, "kind": "places", "source": "naip", "model": "Scripted", "gsd": 1.0, "like": "a <b>harbour</b>",
            "looked": 16, "skipped": 0, "places": rows}  # fmt: skip


def footprints(layer):
    shapes = []
    for x0, y0, x1, y1 in EXTENTS:
        ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
        shapes.append(MaskFeature((ring,), "place", 0.61, 2500, 2500.0))
    return FeatureSet("mask", layer.crs().toWkt(), tuple(shapes), "Scripted", "naip")


@pytest.fixture()
def answered(panel, hand, service, layer):
    """The answer to a question for places."""
    service.script.events = [
        Facts(places()), Mask(footprints(layer)), Text("outlined the 2 that look like that."), Link("the 2 that look", (0, 1)),
    ]
    hand.type(panel.composer.edit, "Show me places like a harbour")
    hand.key(panel.composer.edit, Qt.Key.Key_Return)
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def chip(section, hand, number):
    hand.until(lambda: section.list.visualItemRect(section.list.item(number)).isValid())
    centre = section.list.visualItemRect(section.list.item(number)).center()
    hand.click(section.list.viewport(), (centre.x(), centre.y()))


def test_each_place_is_a_chip_with_its_likeness_and_no_second_list(answered):
    section = answered.card.section
    assert [section.list.item(n).text() for n in range(2)] == ["1 · 0.61", "2 · -0.02"]
    assert answered.card.objects is None
    assert "a <b>harbour</b>" in section.list.accessibleName()


def test_a_click_on_a_chip_shows_that_place_on_the_map(answered, hand, canvas):
    chip(answered.card.section, hand, 1)
    shown, place = canvas.extent(), QgsRectangle(*EXTENTS[1])
    assert shown.contains(place) and shown.width() < 3 * place.width()
    assert not shown.contains(QgsRectangle(*EXTENTS[0]))


def test_words_of_the_answer_choose_every_place(answered, canvas):
    answered.card.text.objects_chosen.emit((0, 1))
    assert all(canvas.extent().contains(QgsRectangle(*extent)) for extent in EXTENTS)
    assert len(answered.card.section.list.selectedItems()) == 2


def test_pictures_of_the_layer_come_onto_the_chips(answered, hand):
    section = answered.card.section

    def colours(number):
        picture = section.list.item(number).icon().pixmap(section.list.iconSize()).toImage()
        return {picture.pixel(x, y) for x in range(10, 60, 7) for y in range(10, 60, 7)}

    hand.until(lambda: len(colours(0)) > 3 and len(colours(1)) > 3)


def test_places_are_kept_as_a_layer(answered, hand):
    answered.card.actions.add_layer.emit()
    hand.until(lambda: answered.keeping.layer is not None)
    kept = answered.keeping.layer
    assert kept.featureCount() == 2 and kept.renderer().categories()[0].label() == "Place"


def test_places_come_back_with_the_project_and_still_show_themselves(answered, hand, panel, canvas, layer, tmp_path):
    path = str(tmp_path / "p.qgz")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert QgsProject.instance().read(path)
    (restored,) = panel.session.exchanges
    assert restored.features is None and restored.card.section.list.count() == 2
    canvas.setExtent(QgsRectangle(499_000, 5_499_000, 501_000, 5_501_000))
    chip(restored.card.section, hand, 0)
    assert canvas.extent().width() < 300 and canvas.extent().contains(QgsRectangle(*EXTENTS[0]))


def test_the_table_copied_has_a_row_for_each_place(answered):
    lines = [line.split("\t") for line in answered.card.tsv().splitlines()]
    assert len(lines) == 3 and lines[1][:3] == ["1", "0.61", "500000.0"] and lines[2][-1] == "2500.0"


@pytest.mark.parametrize("rows", [["x"], [{"likeness": 1}], [{"likeness": 1, "extent": [0, 0, "nan", 1]}],
                                  [{"likeness": "much", "extent": [0, 0, 1, 1]}], [{"likeness": 1, "extent": [1, 1, 0, 0]}]])
def test_damaged_places_of_somebody_elses_project_show_nothing(qgis_app, rows):
    from terralogue.plugin.gui.chat.answer_card import AnswerCard
    from terralogue.plugin.gui.fact_sections import add_facts

    card = AnswerCard()
    add_facts(card, {**places(), "places": rows})
    assert card.section is None and card.note.text()

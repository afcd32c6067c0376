"""What answers of newer kinds add to a card: parts that unfold, boxes and records to copy, the mark of what was only drawn."""

import dataclasses
import json

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication

from terralogue.models.conversation import Facts, Mask, Part, Text
from terralogue.plugin import settings as user


def ask(panel, hand, text):
    hand.type(panel.composer.edit, text)
    hand.key(panel.composer.edit, Qt.Key.Key_Return)
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def test_boxes_are_copied_as_text_and_offered_only_where_there_are_any(panel, hand, service, facts):
    exchange = ask(panel, hand, "How many buildings are there?")
    assert not exchange.card.actions.copy_boxes.isVisible() and not exchange.card.actions.copy_json.isVisible()
    row = {"phrase": "buildings", "of": 2, "boxes": [[10, 10, 25, 25]], "text": "<p>buildings</p> {<10><10><25><25>}"}
    service.script.events = [Text("I found."), Facts({**facts, "boxes": [row]})]
    exchange = ask(panel, hand, "Find all buildings")
    assert exchange.card.actions.copy_boxes.isVisible()
    exchange.card.actions.copy_boxes.trigger()
    assert QApplication.clipboard().text() == "<p>buildings</p> {<10><10><25><25>}"


def test_a_record_is_copied_as_json(panel, hand, service, facts):
    record = {"id": "naip", "captions": ["The image showcases: <b>Grass</b>."], "lat": None}
    service.script.events = [Text("The image showcases."), Facts({**facts, "gaia": record})]
    exchange = ask(panel, hand, "metadata captions")
    exchange.card.actions.copy_json.trigger()
    assert json.loads(QApplication.clipboard().text()) == record


def test_the_three_parts_unfold_and_come_back_with_the_project(panel, hand, service, facts, project, tmp_path):
    service.script.events = [
        Facts(facts), Text("A field. Two buildings."), Part("theme", "A field."), Part("objects", "Two <b>buildings</b>."),
        Part("relations", "They stand apart."),
    ]
    exchange = ask(panel, hand, "Describe this")
    assert list(exchange.card.parts) == ["Theme", "Objects", "Relations"]
    fold = exchange.card.parts["Objects"]
    assert fold.content.isHidden()
    hand.click(fold.button)
    assert not fold.content.isHidden() and fold.content.text() == "Two <b>buildings</b>."
    assert fold.content.textFormat() == Qt.TextFormat.PlainText
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    (restored,) = panel.session.exchanges
    assert list(restored.card.parts) == ["Theme", "Objects", "Relations"]


def test_what_was_learned_from_drawn_scenes_is_marked_in_list_and_table(panel, hand, service, facts):
    paved = {**facts["covers"]["building"], "countable": False}
    car = {**facts["covers"]["building"], "drawn_only": True}
    service.script.events = [Text("x"), Facts({**facts, "covers": {**facts["covers"], "paved": paved}, "things": {"car": car}})]
    exchange = ask(panel, hand, "Find all cars")
    mark = exchange.card.section.mark
    assert mark.isVisibleTo(panel) and "Car" in mark.text() and "Building" not in mark.text()
    plain = ask_again(panel, hand, service, facts)
    assert not plain.card.section.mark.isVisibleTo(panel)


def ask_again(panel, hand, service, facts):
    service.script.events = [Text("x"), Facts(facts)]
    return ask(panel, hand, "How many buildings are there?")


def test_objects_of_such_a_label_carry_the_mark(panel, hand, service, facts):
    exchange = ask(panel, hand, "Find all cars")
    few = exchange.features
    cars = tuple(dataclasses.replace(feature, label="car") for feature in few.features)
    exchange.take(Facts({**facts, "things": {"car": {**facts["covers"]["building"], "drawn_only": True}}}))
    exchange.take(Mask(dataclasses.replace(few, features=cars)))
    assert "rendered only" in exchange.card.objects.topLevelItem(0).text(0)
    exchange.take(Mask(few))
    assert "rendered only" not in exchange.card.objects.topLevelItem(0).text(0)


def test_the_kind_of_description_is_chosen_in_the_composers_menu(panel, hand, service):
    before = user.answer_detail.value()
    try:
        panel.menu.details["metadata"].trigger()
        ask(panel, hand, "Describe this")
        assert service.script.asked[-1].detail == "metadata"
        panel.menu.details["detailed"].trigger()
        ask(panel, hand, "Describe this")
        assert service.script.asked[-1].detail == "detailed"
    finally:
        user.answer_detail.setValue(before)


def test_damaged_parts_boxes_and_records_of_somebody_elses_project_show_nothing(panel, hand, service, facts):
    bad = {**facts, "parts": ["x"], "boxes": {"a": 1}, "gaia": "<script>", "things": {"car": 3}}
    service.script.events = [Text("x"), Facts(bad)]
    exchange = ask(panel, hand, "Describe this")
    assert exchange.done and exchange.card.parts == {}
    assert not exchange.card.actions.copy_boxes.isVisible() and not exchange.card.actions.copy_json.isVisible()

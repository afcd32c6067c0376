"""Knowledge bases in the panel: chosen by hand, built with a click, cited with links that lead to the feature."""

from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QUrl


@pytest.fixture(autouse=True)
def profile(tmp_path, monkeypatch):
    """Bases go into a profile of the test's own."""
    from terralogue.plugin.core import knowledge_store

    monkeypatch.setattr(knowledge_store, "folder", lambda: tmp_path / "profile")
    return tmp_path / "profile"


@pytest.fixture
def houses(project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=name:string&field=roof:string", "houses", "memory")
    for number, (name, roof) in enumerate((("Mill", "tin"), ("School", "tiles"))):
        row = QgsFeature(layer.fields())
        left = 500_020 + 60 * number
        row.setGeometry(QgsGeometry.fromWkt(
            f"POLYGON(({left} 5499950, {left + 10} 5499950, {left + 10} 5499960, {left} 5499960, {left} 5499950))"))
        row.setAttributes([name, roof])
        layer.dataProvider().addFeature(row)
    layer.updateExtents()
    return project.addMapLayer(layer)


@pytest.fixture
def answering(panel, service):
    """The scripted service asks a real base: what the panel hands over, and what comes back, is real."""
    from terralogue.models.conversation import Done
    from terralogue.models.experts import knowledge

    def ask(question, cancel):
        service.script.asked.append(question)
        events = []
        if question.knowledge:
            told = knowledge.ask(question, None, events.append, cancel)
            yield from events
            yield Done({"model": "Nano", "knowledge": told.base, "declined": not told.answered})
        else:
            yield Done({"model": "Nano"})

    service.script.ask = ask
    return panel


def built(panel, houses, hand, documents=()):
    from terralogue.plugin.gui.knowledge.build_dialog import BuildDialog

    dialog = BuildDialog()
    dialog.name.setText("Town")
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    dialog.layers.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    dialog.add_documents([str(path) for path in documents])
    assert dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled() and "2" in dialog.cost.text()
    panel.knowledge.start(dialog.request())
    hand.until(lambda: panel.knowledge.task is None)
    dialog.deleteLater()


def asked(panel, hand, text):
    panel.conversation.ask(text)
    hand.until(lambda: not panel.session.running)
    return panel.session.exchanges[-1]


def test_no_base_is_asked_until_one_is_chosen(answering, service, hand, houses):
    asked(answering, hand, "What is here?")
    assert service.script.asked[-1].knowledge == ""
    built(answering, houses, hand)
    assert answering.knowledge.base.name == "Town.knowledge" and answering.knowledge.button.text() == "Town"
    asked(answering, hand, "What is here?")
    assert Path(service.script.asked[-1].knowledge) == answering.knowledge.base


def test_a_citation_in_the_answer_selects_the_feature_and_brings_it_into_view(answering, hand, houses, canvas):
    built(answering, houses, hand)
    exchange = asked(answering, hand, "What is the roof of the School?")
    assert exchange.answer == "The roof of School is tiles [1]."
    canvas.setExtent(canvas.extent().buffered(-90))
    exchange.card.text.anchorClicked.emit(QUrl("cited:1"))
    (chosen,) = houses.selectedFeatures()
    assert chosen["name"] == "School"
    assert canvas.extent().contains(chosen.geometry().boundingBox())


def test_a_feature_that_is_gone_is_said_beside_its_citation(answering, hand, houses):
    built(answering, houses, hand)
    exchange = asked(answering, hand, "What is the roof of the School?")
    houses.dataProvider().deleteFeatures([f.id() for f in houses.getFeatures() if f["name"] == "School"])
    exchange.card.section.choose(1)
    assert exchange.card.section.list.item(0).text().endswith("(the feature is no longer there)")


def test_a_document_is_opened_only_after_a_yes(answering, hand, houses, tmp_path, monkeypatch):
    from terralogue.plugin.gui.knowledge import citation_places

    report = tmp_path / "report.md"
    report.write_text("The river floods the mill. <img src=//host/x> [2] file:///etc/passwd", "utf-8")
    opened = []
    monkeypatch.setattr(citation_places.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    built(answering, houses, hand, [report])
    exchange = asked(answering, hand, "What does the report say about floods?")
    assert "“The river floods the mill. <img src=//host/x> (2) file:///etc/passwd” [1]" in exchange.answer
    monkeypatch.setattr(answering.knowledge, "_may_open", lambda path, place: False)
    exchange.card.section.choose(1)
    assert opened == []
    monkeypatch.setattr(answering.knowledge, "_may_open", lambda path, place: True)
    exchange.card.section.choose(1)
    assert opened == [str(report)]


def test_the_citations_come_back_with_the_project(answering, hand, houses):
    built(answering, houses, hand)
    asked(answering, hand, "What is the roof of the School?")
    answering.conversation.restore()
    (exchange,) = answering.session.exchanges
    exchange.card.section.choose(1)
    assert [f["name"] for f in houses.selectedFeatures()] == ["School"]


def test_facts_of_a_foreign_project_that_do_not_fit_show_nothing(qgis_app):
    from terralogue.plugin.gui.chat.answer_card import AnswerCard
    from terralogue.plugin.gui.fact_sections import add_facts

    for citations in ([{}], ["x"], [{"number": "many", "label": 1, "source": 2, "text": 3}]):
        card = AnswerCard()
        add_facts(card, {"kind": "knowledge", "citations": citations})
        assert card.section is None
        card.deleteLater()


def test_unloading_the_plugin_during_a_build_hears_no_more_of_it(panel, houses, hand):
    """Its end wrote on a button that was deleted: a RuntimeError in QGIS's message bar."""
    from terralogue.plugin.core import tasks
    from terralogue.plugin.gui.knowledge.build_dialog import BuildDialog

    dialog = BuildDialog()
    dialog.layers.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    heard = []
    panel.knowledge.said.connect(heard.append)
    panel.knowledge.start(dialog.request())
    panel.knowledge.unload()
    hand.until(lambda: tasks.running() == 0)
    panel.knowledge.unload()
    assert heard == [] and panel.knowledge.task is None
    dialog.deleteLater()


def test_what_a_document_says_is_no_html_in_a_tool_tip(qgis_app):
    """A quote with <img src="//host/picture"> was HTML, of which Qt opens the pictures."""
    from terralogue.plugin.gui.knowledge.citation_section import CitationSection

    quote = '<img src="//host/picture"> floods'
    record = {"number": 1, "source": "a.md", "label": "a.md", "place": "", "text": quote, "kind": "document"}
    section = CitationSection({"base": "<b>x</b>", "citations": [record]})
    tip = section.list.item(0).toolTip()
    assert "floods" in tip and not Qt.mightBeRichText(tip)

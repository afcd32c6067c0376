"""The panel from question to layer and back, on a real canvas, with the keyboard and the mouse."""

import dataclasses

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtWidgets import QApplication

from terralogue.models.conversation import Facts, Text
from terralogue.models.errors import NothingToAnalyse
from terralogue.plugin.gui.chat.choice_card import ChoiceCard
from terralogue.plugin.gui.chat.install_card import InstallCard
from terralogue.plugin.gui.chat.question_bubble import QuestionBubble
from terralogue.plugin.gui.chat.suggestion_button import SuggestionButton


def ask(panel, hand, text="How many buildings are there?"):
    hand.type(panel.composer.edit, text)
    hand.key(panel.composer.edit, Qt.Key.Key_Return)


def answered(panel, hand):
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def test_enter_sends_and_the_answer_streams_into_a_card(panel, hand, service, gate):
    service.script.gate = gate
    ask(panel, hand)
    hand.until(lambda: panel.session.exchanges[-1].answer == "There are ")
    assert panel.composer.button.text() == "Stop"
    gate.set()
    exchange = answered(panel, hand)
    assert exchange.answer == "There are two buildings here."
    assert exchange.card.objects.topLevelItemCount() == 2
    assert exchange.card.section.covers[0] == "tree" and exchange.card.section.title.text().endswith("Building")
    assert panel.composer.edit.toPlainText() == ""
    assert exchange.card.tsv().splitlines()[0].startswith("cover\tshare\tpixels\tarea_m2")


def test_shift_enter_breaks_the_line_and_sends_nothing(panel, hand):
    hand.type(panel.composer.edit, "one")
    hand.key(panel.composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    hand.type(panel.composer.edit, "two")
    assert panel.composer.edit.toPlainText() == "one\ntwo"
    assert panel.session.exchanges == []


def test_rectangle_question_layer_undo(panel, canvas, hand, project, service):
    hand.click(panel.region_bar.buttons["rectangle"])
    hand.drag(canvas, (50, 50), (200, 200), (350, 350))
    ask(panel, hand)
    exchange = answered(panel, hand)
    assert service.script.asked[-1].views[0].region is not None
    hand.until(lambda: len(panel.overlay.bands) == 1)
    assert panel.overlay.box_band is not None, "each object has a box around it"
    before = set(project.mapLayers())
    hand.click(exchange.card.actions.add_button)
    (added,) = set(project.mapLayers()) - before
    kept = project.mapLayer(added)
    assert kept.featureCount() == 2
    assert kept.crs().authid() == "EPSG:32633"
    region = panel.region.region
    panel.region.clear()
    hand.click(panel.findChildren(QuestionBubble)[-1].show_button)
    assert panel.region.region is region and canvas.extent().contains(region.geometry.boundingBox())
    assert panel.overlay.bands == {} and panel.overlay.box_band is None
    hand.click(exchange.card.actions.undo_button)
    assert set(project.mapLayers()) == before
    assert exchange.card.actions.add_button.isVisibleTo(panel)


def test_stop_ends_the_run(panel, hand, service, gate):
    service.script.gate = gate
    ask(panel, hand)
    hand.until(lambda: panel.session.exchanges and panel.session.exchanges[-1].answer == "There are ")
    hand.click(panel.composer.button)
    hand.until(lambda: not panel.session.running)
    assert panel.composer.button.text() == "Send"
    assert "Stopped" in panel.session.exchanges[-1].card.note.text()


def test_enter_during_a_run_does_not_stop_it(panel, hand, service, gate):
    service.script.gate = gate
    ask(panel, hand)
    hand.until(lambda: panel.session.exchanges and panel.session.exchanges[-1].answer == "There are ")
    ask(panel, hand, "And trees?")
    assert panel.session.running
    assert panel.composer.edit.toPlainText() == "And trees?"
    gate.set()
    answered(panel, hand)


def test_a_failed_run_says_one_sentence_and_can_be_asked_again(panel, hand, service):
    service.script.error = NothingToAnalyse("naip")
    ask(panel, hand)
    exchange = answered(panel, hand)
    assert "naip" in exchange.answer and len(exchange.answer) <= 200
    service.script.error = None
    hand.click(exchange.card.actions.retry_button)
    hand.until(lambda: len(panel.session.exchanges) == 2)
    assert answered(panel, hand).done


def test_a_long_run_is_offered_not_started(panel, hand, service):
    service.seconds = 95
    ask(panel, hand)
    hand.until(lambda: panel.findChildren(ChoiceCard) != [])
    hand.wait(100)
    assert service.script.asked == []
    (card,) = panel.findChildren(ChoiceCard)
    assert set(card.buttons) == {"run", "smaller", "coarser", "cancel"}
    hand.click(card.buttons["coarser"])
    answered(panel, hand)
    assert service.script.asked[-1].views[0].source.gsd == pytest.approx(2.0, rel=0.01)


def test_a_long_run_can_be_cancelled_before_it_begins(panel, hand, service):
    service.seconds = 95
    ask(panel, hand)
    hand.until(lambda: panel.findChildren(ChoiceCard) != [])
    hand.click(panel.findChildren(ChoiceCard)[0].buttons["cancel"])
    assert not panel.session.running
    assert service.script.asked == []


def test_a_sample_question_can_be_clicked(panel, hand):
    button = panel.conversation.empty.findChildren(SuggestionButton)[0]
    text = button.text()
    hand.click(button)
    assert answered(panel, hand).question == text
    assert panel.conversation.empty is None


def test_missing_packages_offer_the_installation(canvas, service, hand):
    from terralogue.plugin.gui.panel import Panel

    service.state = (False, "The Python package onnxruntime is missing.", "install")
    panel = Panel(canvas, service)
    panel.show()
    (card,) = panel.findChildren(InstallCard)
    assert "Install Core Packages" in card.button.text()
    ask(panel, hand)
    assert panel.session.exchanges == []
    assert panel.composer.edit.toPlainText() == "How many buildings are there?"
    panel.unload()
    panel.deleteLater()


def test_markup_in_an_answer_is_shown_as_text_and_fetches_nothing(panel, hand, service, monkeypatch):
    from terralogue.plugin.gui.chat.answer_text import AnswerText

    fetched = []
    original = AnswerText.loadResource
    monkeypatch.setattr(AnswerText, "loadResource", lambda self, kind, name: fetched.append(name) or original(self, kind, name))
    nasty = "<b>bold</b> <img src='//host/share/x.png'> [a](file:///etc/passwd) https://example.org \u202etxt\x00"
    service.script.events = [Text(nasty)]
    ask(panel, hand, "<img src=x onerror=1>")
    exchange = answered(panel, hand)
    assert "<b>bold</b> <img src='//host/share/x.png'> [a](file:///etc/passwd)" in exchange.answer
    assert "\u202e" not in exchange.answer and "\x00" not in exchange.answer
    assert fetched == []
    assert "<a href" not in exchange.card.text.toHtml()


def test_a_link_in_the_answer_flashes_its_objects(panel, hand, canvas, monkeypatch):
    flashed = []
    monkeypatch.setattr(type(canvas), "flashGeometries", lambda self, shapes, *rest: flashed.append(len(shapes)))
    ask(panel, hand)
    exchange = answered(panel, hand)
    exchange.card.text.anchorClicked.emit(QUrl("objects:0,1"))
    assert flashed == [2]
    assert len(exchange.card.objects.selectedItems()) == 2
    exchange.card.text.anchorClicked.emit(QUrl("https://example.org"))
    assert flashed == [2]


def test_an_object_is_chosen_by_keyboard(panel, hand, canvas, monkeypatch):
    flashed = []
    monkeypatch.setattr(type(canvas), "flashGeometries", lambda self, shapes, *rest: flashed.append(shapes[0].area()))
    ask(panel, hand)
    exchange = answered(panel, hand)
    exchange.card.objects.setFocus()
    hand.key(exchange.card.objects, Qt.Key.Key_Down)
    hand.key(exchange.card.objects, Qt.Key.Key_Down)
    assert flashed[-1] == pytest.approx(400.0)


def test_copy_as_text_and_table(panel, hand):
    ask(panel, hand)
    exchange = answered(panel, hand)
    exchange.card.actions.copy_text.trigger()
    assert QApplication.clipboard().text() == "There are two buildings here."
    exchange.card.actions.copy_tsv.trigger()
    assert QApplication.clipboard().text().splitlines()[-1] == "building\t0.0325\t1300\t1300.0\t2\t2\t3"


def test_single_things_lead_the_table_with_their_number(panel, facts):
    from terralogue.plugin.gui.chat.view_section import ViewSection

    car = {**facts["covers"]["building"], "pixels": 40, "count": 5, "count_interval": [5, 5], "about": False, "countable": True}
    section = ViewSection({**facts, "things": {"car": car}}, panel)
    assert section.covers[0] == "car" and section.title.text().endswith("Car")
    assert section.table.item(0, section.table.columnCount() - 1).text() == "5"
    assert section.tsv().splitlines()[1].startswith("car\t")


def test_the_conversation_comes_back_with_the_project_and_runs_nothing(panel, hand, project, tmp_path, service):
    ask(panel, hand)
    answered(panel, hand)
    path = str(tmp_path / "p.qgz")
    assert project.write(path)
    project.clear()
    assert panel.session.exchanges == []
    asked = len(service.script.asked)
    assert project.read(path)
    (exchange,) = panel.session.exchanges
    assert exchange.question == "How many buildings are there?"
    assert exchange.answer == "There are two buildings here."
    assert exchange.card.section is not None
    hand.wait(100)
    assert len(service.script.asked) == asked


def test_a_project_closed_during_a_run_gets_no_answer(panel, hand, project, service, gate):
    service.script.gate = gate
    ask(panel, hand)
    hand.until(lambda: panel.session.exchanges and panel.session.exchanges[-1].answer == "There are ")
    project.clear()
    gate.set()
    hand.wait(300)
    assert panel.session.exchanges == [] and not panel.session.running
    assert QgsProject.instance().mapLayers() == {}


def test_removing_the_kept_layer_offers_to_add_it_again(panel, hand, project):
    ask(panel, hand)
    exchange = answered(panel, hand)
    hand.click(exchange.card.actions.add_button)
    project.removeMapLayer(exchange.layer_id())
    assert exchange.layer_id() is None
    assert exchange.card.actions.add_button.isVisibleTo(panel)


def test_the_source_layer_removed_during_a_run_stops_it_with_one_sentence(panel, hand, project, layer, service, gate):
    service.script.gate = gate
    ask(panel, hand)
    hand.until(lambda: panel.session.exchanges and panel.session.exchanges[-1].answer == "There are ")
    project.removeMapLayer(layer.id())
    hand.until(lambda: not panel.session.running)
    assert panel.session.exchanges[-1].card.note.text() != ""


def test_objects_are_exported_without_becoming_a_layer(panel, hand, project, tmp_path, monkeypatch):
    from qgis.core import QgsVectorLayer

    from terralogue.plugin.gui.export_dialog import ExportDialog

    target = tmp_path / "out.shp"

    def save(dialog):
        dialog.file.setFilePath(str(target))
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ExportDialog, "exec", save)
    ask(panel, hand)
    exchange = answered(panel, hand)
    before = set(project.mapLayers())
    hand.click(exchange.card.actions.export_button)
    hand.until(lambda: "out.shp" in exchange.card.note.text())
    assert QgsVectorLayer(str(target), "check", "ogr").featureCount() == 2
    assert set(project.mapLayers()) == before


def test_damaged_facts_from_somebody_elses_project_break_nothing(panel, hand, service):
    service.script.events = [Text("x"), Facts({"kind": "view", "covers": {"tree": {"pixels": "many"}}})]
    ask(panel, hand)
    exchange = answered(panel, hand)
    assert exchange.card.section is None
    assert exchange.card.note.text() != "" or exchange.done


def test_a_new_conversation_forgets_the_old_one_in_the_project_too(panel, hand, project):
    from terralogue.plugin.core import conversations

    ask(panel, hand)
    answered(panel, hand)
    assert len(conversations.load(project)) == 1
    panel.menu.new_action.trigger()
    assert panel.session.exchanges == [] and conversations.load(project) == []
    assert panel.conversation.empty is not None


def test_many_objects_are_made_into_rows_by_a_worker(panel, hand, project, service, layer, monkeypatch):
    import threading

    from terralogue.models.conversation import Mask
    from terralogue.plugin.core import layers

    where = []
    original = layers.rows_of
    monkeypatch.setattr(layers, "rows_of", lambda features: where.append(threading.get_ident()) or original(features))
    ask(panel, hand)
    exchange = answered(panel, hand)
    few = exchange.features
    exchange.take(Mask(dataclasses.replace(few, features=few.features * 500)))
    hand.click(exchange.card.actions.add_button)
    hand.until(lambda: exchange.keeping.layer is not None)
    assert exchange.keeping.layer.featureCount() == 1000
    assert where == [where[0]] and where[0] != threading.get_ident()
    hand.click(exchange.card.actions.undo_button)
    assert exchange.keeping.layer is None


def test_an_export_can_be_cancelled_like_any_task(panel, hand, tmp_path, monkeypatch):
    from qgis.core import QgsApplication, QgsCoordinateReferenceSystem

    from terralogue.plugin.gui import export_flow

    ask(panel, hand)
    exchange = answered(panel, hand)
    heard = []
    original = export_flow.run_export

    def listen(request, feedback, cancel):
        heard.append(cancel)
        QgsApplication.taskManager().cancelAll()
        return original(request, feedback, cancel)

    monkeypatch.setattr(export_flow, "run_export", listen)
    flow = export_flow.ExportFlow("found", panel)
    said = []
    flow.said.connect(said.append)
    choice = export_flow.ExportChoice(tmp_path / "out.gpkg", QgsCoordinateReferenceSystem())
    flow.export_features(exchange.features, choice)
    hand.until(lambda: bool(said))
    assert heard and "Stopped" in said[0]
    assert list(tmp_path.glob("out*")) == [] and list(tmp_path.glob("_*")) == []

"""The Find window: from a layer to an index, from words to places, from marks to better places."""

import os

import numpy as np
import pytest
from qgis.core import QgsFeedback, QgsLocatorContext, QgsProject
from qgis.PyQt.QtCore import Qt

from terralogue.plugin.core import index_list
from terralogue.plugin.gui.find.locator import FindFilter


def idle(panel, hand):
    hand.until(lambda: panel.work.task is None and panel.work._pictures is None)


def search(panel, hand, words):
    panel.words.clear()
    hand.type(panel.words, words)
    hand.key(panel.words, Qt.Key.Key_Return)
    idle(panel, hand)


def test_a_layer_becomes_an_index_after_its_cost_was_shown(panel, hand):
    assert panel.indexes.folder is None and "no index yet" in panel.status.text()
    panel.indexes.make_action.trigger()
    hand.until(lambda: panel.card is not None)
    assert "tiles" in panel.card.label.text() and "<b>2021</b>" in panel.card.label.text()
    index_list.new_folder("x")
    hand.click(panel.card.buttons["cancel"])
    assert panel.card is None and panel.indexes.folder is None and not panel.layer.isVisible()


def test_words_find_places_which_a_click_shows(indexed, hand):
    search(indexed, hand, "water")
    assert indexed.list.count() > 1
    best = indexed.list.places[0]
    assert best.window.col + best.window.width / 2 > 220
    row = indexed.list.itemWidget(indexed.list.item(0))
    assert row.picture.pixmap().toImage().pixelColor(32, 32).blue() > row.picture.pixmap().toImage().pixelColor(32, 32).red()
    before = indexed.canvas.extent().center()
    indexed.list.setCurrentRow(0)
    hand.key(indexed.list, Qt.Key.Key_Return)
    after = indexed.canvas.extent().center()
    assert after.x() > before.x() and after.y() < before.y()


def test_names_of_layers_are_text(indexed, hand):
    search(indexed, hand, "water")
    row = indexed.list.itemWidget(indexed.list.item(0))
    assert row.source.text() == "lake <b>2021</b>" and row.source.textFormat() == Qt.TextFormat.PlainText
    assert row.when.text() == "2021-06-01"


def test_marks_move_the_next_search(indexed, hand):
    search(indexed, hand, "water")
    assert not indexed.again_button.isEnabled()
    first = [place.tile for place in indexed.list.places]
    last = indexed.list.itemWidget(indexed.list.item(indexed.list.count() - 1))
    hand.click(last.more)
    hand.click(indexed.list.itemWidget(indexed.list.item(0)).less)
    assert indexed.list.liked() == (first[-1],) and indexed.list.disliked() == (first[0],)
    hand.click(indexed.again_button)
    idle(indexed, hand)
    second = [place.tile for place in indexed.list.places]
    assert second.index(first[-1]) < first.index(first[-1])
    assert indexed.list.itemWidget(indexed.list.item(second.index(first[-1]))).more.isChecked()


def test_a_thumb_takes_the_other_back(indexed, hand):
    search(indexed, hand, "water")
    row = indexed.list.itemWidget(indexed.list.item(0))
    hand.click(row.more)
    hand.click(row.less)
    assert not row.more.isChecked() and indexed.list.liked() == () and len(indexed.list.disliked()) == 1
    hand.click(row.less)
    assert indexed.list.marks == {}


def test_nothing_is_written_until_it_is_asked_for(indexed, hand):
    before = set(QgsProject.instance().mapLayers())
    search(indexed, hand, "water")
    assert set(QgsProject.instance().mapLayers()) == before


def test_heat_and_places_become_layers(indexed, hand):
    search(indexed, hand, "water")
    hand.click(indexed.heat_button)
    idle(indexed, hand)
    hand.click(indexed.layer_button)
    layers = {layer.name(): layer for layer in QgsProject.instance().mapLayers().values()}
    assert {"water: heat", "water"} <= set(layers)
    assert layers["water"].featureCount() == indexed.list.count()
    heat = layers["water: heat"]
    assert heat.isValid() and heat.extent().contains(indexed.canvas.layers()[0].extent().center())


def test_a_place_can_be_the_example(indexed, hand):
    indexed.canvas.setExtent(indexed.canvas.layers()[0].extent().scaled(0.4))
    hand.click(indexed.like_button)
    idle(indexed, hand)
    assert indexed.list.count() > 0 and indexed.words.text() == ""


def test_an_empty_query_is_asked_back(indexed, hand):
    search(indexed, hand, "   ")
    assert "Say what to look for" in indexed.status.text()


def test_a_region_that_is_not_drawn_is_asked_for(indexed, hand):
    indexed.where.setCurrentIndex(2)
    search(indexed, hand, "water")
    assert "No region" in indexed.status.text()


def test_a_raster_that_is_gone_is_said_by_its_picture(indexed, hand):
    path = indexed.canvas.layers()[0].source()
    os.rename(path, path + ".moved")
    search(indexed, hand, "water")
    row = indexed.list.itemWidget(indexed.list.item(0))
    assert "moved" in row.picture.toolTip()


def test_an_index_whose_files_are_damaged_is_said_to_be(indexed, hand):
    (indexed.indexes.folder / "vectors.npy").write_bytes(b"")
    indexed.work.service.engine().indexes.clear()
    search(indexed, hand, "water")
    assert "damaged" in indexed.status.text() and not indexed.heat_button.isEnabled()


def test_an_index_is_forgotten_and_opened_again(indexed, hand, monkeypatch):
    from qgis.PyQt.QtWidgets import QFileDialog

    folder = indexed.indexes.folder
    indexed.indexes.forget_action.trigger()
    assert indexed.indexes.folder is None and (folder / "index.gpkg").exists()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    indexed.indexes.open_action.trigger()
    assert indexed.indexes.folder == folder


def test_bringing_up_to_date_looks_at_nothing_that_has_not_changed(indexed, hand):
    indexed.indexes.update_action.trigger()
    idle(indexed, hand)
    assert indexed.status.text().startswith("0 tiles")


def fetched(locator, words):
    found = []
    locator.resultFetched.connect(found.append)
    locator.fetchResults(words, QgsLocatorContext(), QgsFeedback())
    return found


def test_the_locator_finds_places_while_one_types(indexed, service, hand):
    shown = []
    locator = FindFilter(lambda: service, lambda *given: shown.append(given))
    assert len(locator.prefix()) >= 3 and not locator.useWithoutPrefix()
    found = fetched(locator.clone(), "water")
    assert found and found[0].score > found[-1].score
    locator.triggerResult(found[0])
    words, folder, place = shown[0]
    assert words == "water" and folder == str(indexed.indexes.folder) and place.window.col > 0
    assert fetched(locator, "wa") == []


@pytest.mark.parametrize("words", ["?!?", "\x00\x00\x00", "x" * 5000])
def test_the_locator_never_raises(indexed, service, words):
    fetched(FindFilter(lambda: service), words)


def test_without_an_index_the_locator_says_so(panel, service):
    assert "no index yet" in fetched(FindFilter(lambda: service), "water")[0].displayString


def test_a_null_picture_leaves_grey(indexed, hand):
    search(indexed, hand, "water")
    image = indexed.list.itemWidget(indexed.list.item(0)).picture.pixmap().toImage()
    assert np.isfinite(image.pixelColor(1, 1).lightness())


def test_the_map_view_is_an_area(indexed, hand):
    from qgis.core import QgsWkbTypes

    from terralogue.plugin.gui.region_choices import of_view

    assert of_view(indexed.canvas).geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    indexed.where.setCurrentIndex(1)
    search(indexed, hand, "water")
    assert indexed.list.count() > 0


def test_an_index_that_was_stopped_is_gone_on_with_in_its_own_folder(panel, lake, hand, monkeypatch):
    """Each try left a folder that nothing listed, and began anew."""
    folders = []

    def begin(_layer, folder):
        folders.append(folder)
        folder.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(panel.work, "index", begin)
    panel._chosen("run", lake.id())
    panel._chosen("run", lake.id())
    assert folders[0] == folders[1]
    report = type("Report", (), {"encoded": 1, "reused": 0})()
    panel._indexed(folders[0], report)
    panel._chosen("run", lake.id())
    assert folders[2] != folders[0]
    for folder in set(folders):
        folder.rmdir()


def test_closing_the_project_during_indexing_is_said(panel, lake, hand, tmp_path):
    panel.work.index(lake, tmp_path / "closed")
    QgsProject.instance().clear()
    idle(panel, hand)
    assert "closed" in panel.status.text()


def test_a_stopped_index_does_not_say_that_nothing_was_kept(hand, qgis_app):
    from terralogue.models.errors import Cancelled
    from terralogue.plugin.core.tasks import RunTask, start

    def work(_progress, _cancel):
        error = Cancelled()
        error.kept = True
        raise error

    heard = []
    task = RunTask("stopped", work)
    task.finished_with.connect(heard.append)
    start(task)
    hand.until(lambda: heard)
    assert "goes on from here" in heard[0].message


def test_the_thumbs_stay_beside_the_scroll_bar(indexed, hand):
    search(indexed, hand, "water")
    indexed.resize(300, 300)
    hand.until(lambda: indexed.list.verticalScrollBar().isVisible())
    hand.until(lambda: indexed.list.itemWidget(indexed.list.item(0)).width() <= indexed.list.viewport().width())
    row = indexed.list.itemWidget(indexed.list.item(0))
    assert row.less.mapTo(indexed.list.viewport(), row.less.rect().topRight()).x() < indexed.list.viewport().width()


def test_the_chosen_find_is_readable_on_the_ground_of_selections(indexed, hand):
    search(indexed, hand, "water")
    indexed.list.setCurrentRow(1)
    first, second = (indexed.list.itemWidget(indexed.list.item(number)) for number in (0, 1))
    assert second.title.selected and second.source.selected and not first.title.selected
    indexed.list.setCurrentRow(0)
    assert first.title.selected and not second.title.selected


def test_the_tool_tip_of_a_find_is_no_html_whatever_its_layer_is_called(indexed, hand):
    """Qt reads a tool tip with a tag in it as HTML, and opens the pictures that it names."""
    search(indexed, hand, "water")
    tip = indexed.list.item(0).toolTip()
    assert "lake ‹b>2021‹/b>" in tip and not Qt.mightBeRichText(tip)

"""An answer about two dates at work: the slider, the table, the score layer, the cells and the swipe, with a real engine."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

sys.path.append(str(Path(__file__).resolve().parents[2] / "models" / "words"))

from terralogue.models.conversation import View  # noqa: E402
from terralogue.models.engine import Engine  # noqa: E402
from terralogue.models.experts.change import ChangeRequest, run  # noqa: E402
from terralogue.models.imagery.opening import open_raster  # noqa: E402


@pytest.fixture()
def nano():
    """A model that blurs what it sees: its scores are not only 0 and 1."""
    from fakes import NearNano

    return NearNano()


@pytest.fixture()
def service(tmp_path, nano):
    """The real service over ``nano``."""
    from terralogue.plugin.core.service import Service

    made = Service(cache=tmp_path / "cache", nano=nano, classes=tmp_path / "classes")
    yield made
    made.close()


@pytest.fixture()
def pair(tmp_path, project):
    """A town, and the same with two new houses, a small one, and half of the wood cleared."""
    from fakes import paint, town
    from osgeo import gdal, osr

    later = town()
    paint(later, "building", (120, 140), (320, 350))
    paint(later, "building", (160, 163), (200, 203))
    paint(later, "bare", (240, 300), (0, 50))
    layers = []
    for name, pixels in (("old", town()), ("new", later)):
        path = tmp_path / f"{name}.tif"
        frame = gdal.GetDriverByName("GTiff").Create(str(path), pixels.shape[2], pixels.shape[1], 3, gdal.GDT_Byte)
        frame.SetGeoTransform((500_000.0, 0.5, 0.0, 5_000_000.0, 0.0, -0.5))
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(32632)
        frame.SetProjection(reference.ExportToWkt())
        for band in range(3):
            frame.GetRasterBand(band + 1).WriteArray(np.ascontiguousarray(pixels[band]))
            frame.GetRasterBand(band + 1).SetColorInterpretation(
                (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)[band])
        frame = None
        layer = QgsRasterLayer(str(path), name)
        assert layer.isValid()
        layers.append(project.addMapLayer(layer))
    return layers


@pytest.fixture()
def asked(panel, canvas, pair, hand):
    """What changed? – answered."""
    canvas.setDestinationCrs(pair[0].crs())
    canvas.setExtent(pair[0].extent())
    hand.click(panel.source_bar.compare)
    panel.source_bar.dates.choose(*pair)
    return ask(panel, hand, "What changed?")


def ask(panel, hand, text):
    count = len(panel.session.exchanges)
    hand.type(panel.composer.edit, text)
    hand.key(panel.composer.edit, Qt.Key.Key_Return)
    hand.until(lambda: len(panel.session.exchanges) > count and not panel.session.running)
    exchange = panel.session.exchanges[-1]
    assert exchange.done, exchange.answer
    return exchange


def slide(hand, exchange, percent):
    """Put the slider there as the keys do, and wait for what follows."""
    row, mover = exchange.movable.row, exchange.movable.mover
    row.slider.setValue(percent)
    hand.until(lambda: mover.idle and row.count >= 0)


def plain(features):
    return [(f.from_label, f.to_label, f.pixels, f.score) for f in features.features]


def changes_of(nano, pair, threshold, tmp_path):
    """The same question to an engine of its own, whose model has this threshold."""
    fresh = type(nano)()
    fresh.thresholds = {"change": threshold}
    engine = Engine(tmp_path, tmp_path / "fresh", fresh)
    views = [View(open_raster(layer.source())) for layer in pair]
    found = run(ChangeRequest(*views), engine)
    for view in views:
        view.source.close()
    engine.close()
    return found


def test_what_the_slider_shows_is_a_run_with_that_threshold(asked, panel, pair, nano, hand, tmp_path):
    calls, first = nano.calls, plain(asked.features)
    sizes = set()
    for percent in (10, 80, 95):
        slide(hand, asked, percent)
        expected = changes_of(nano, pair, percent / 100, tmp_path)
        assert plain(asked.features) == plain(expected.features)
        assert asked.facts["transitions"] == expected.transitions
        assert asked.facts["changed"]["cells"] == expected.cells
        assert asked.card.section.transitions == expected.transitions
        assert asked.card.section.table.rowCount() == len(expected.transitions)
        assert asked.movable.row.count == len(expected.features.features) == asked.card.objects.topLevelItemCount()
        assert panel.overlay.features is asked.features
        assert asked.provenance["threshold"] == percent / 100
        sizes.add(sum(f.pixels for f in asked.features.features))
    assert len(sizes) > 1 and nano.calls == calls, "the model did not run again"
    hand.click(asked.movable.row.reset_button)
    hand.until(lambda: asked.movable.mover.idle and asked.movable.row.count >= 0)
    assert plain(asked.features) == first and asked.provenance["threshold"] == 0.5
    assert not asked.movable.row.reset_button.isEnabled()


def test_the_sentence_and_its_links_follow(asked, panel, hand):
    before = asked.answer
    slide(hand, asked, 95)
    assert asked.answer != before and asked.answer.count("changed (") == 1
    pointed = []
    asked.point_at.connect(lambda features, indices: pointed.append((features, indices)))
    asked.card.text.anchorClicked.emit(_first_link(asked.card.text))
    assert pointed and pointed[-1][0] is asked.features


def _first_link(text):
    from qgis.PyQt.QtCore import QUrl

    block = text.document().begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            if part.fragment().charFormat().isAnchor():
                return QUrl(part.fragment().charFormat().anchorHref())
            part += 1
        block = block.next()
    raise AssertionError("there is no link")


def test_while_the_handle_is_held_only_the_number_follows(asked, panel, hand):
    row, features = asked.movable.row, asked.features
    panel.chat.ensureWidgetVisible(row)
    row.slider.setSliderDown(True)
    for percent in (60, 70, 80, 95):
        row.slider.setValue(percent)
        assert row.number.text() == "…"
        hand.wait(30)
    hand.until(lambda: row.count >= 0 and asked.movable.mover.idle)
    assert asked.features is features, "polygons wait for the hand"
    shown = row.count
    row.slider.setSliderDown(False)
    hand.until(lambda: asked.features is not features and asked.movable.mover.idle)
    assert len(asked.features.features) == shown == row.count


def test_the_mouse_on_the_groove_moves_the_threshold(asked, panel, hand):
    slider = asked.movable.row.slider
    panel.chat.ensureWidgetVisible(slider)
    hand.wait(50)
    end = QPoint(slider.width() - 3, slider.height() // 2)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert asked.movable.row.threshold > 0.5
    hand.until(lambda: asked.movable.mover.idle and asked.movable.row.count >= 0)
    assert asked.provenance["threshold"] == asked.movable.row.threshold


def test_quick_moves_end_with_the_last(asked, panel, hand, pair, nano, tmp_path):
    answers = []
    asked.moved.connect(lambda: answers.append(asked.provenance["threshold"]))
    for percent in (20, 90, 30, 75):
        asked.movable.row.slider.setValue(percent)
        hand.wait(20)
    hand.until(lambda: asked.movable.mover.idle and asked.movable.row.count >= 0)
    assert answers == [0.75]
    assert plain(asked.features) == plain(changes_of(nano, pair, 0.75, tmp_path).features)


def test_nothing_left_at_a_high_threshold_is_said_and_taken_off_the_map(asked, panel, hand, nano, monkeypatch):
    sure = nano.compare
    monkeypatch.setattr(nano, "compare", lambda *given: sure(*given) * 0.7)
    panel.session.service.engine()._cache.clear()
    exchange = ask(panel, hand, "What changed?")
    slide(hand, exchange, 90)
    assert exchange.answer.startswith("I see no change") and exchange.card.objects is None
    assert panel.overlay.features is None and exchange.movable.row.number.text() == "0 changed objects"
    assert not exchange.card.actions.add_button.isVisibleTo(panel)
    slide(hand, exchange, 40)
    assert exchange.card.objects.topLevelItemCount() > 0 and exchange.card.actions.add_button.isVisibleTo(panel)


def test_a_layer_carries_its_threshold_and_holds_the_slider(asked, panel, hand, project):
    slide(hand, asked, 80)
    hand.click(asked.card.actions.add_button)
    layer = asked.keeping.layer
    assert json.loads(layer.customProperty("terralogue/provenance"))["threshold"] == 0.8
    assert layer.featureCount() == len(asked.features.features)
    (table,) = [one for one in project.mapLayers().values()
                if getattr(one, "wkbType", lambda: None)() == QgsWkbTypes.Type.NoGeometry]
    assert sum(row["pixels"] for row in table.getFeatures()) == sum(row["pixels"] for row in layer.getFeatures())
    assert not asked.movable.row.isEnabled()
    names = {layer.name(), table.name()}
    hand.click(asked.card.actions.undo_button)
    assert asked.movable.row.isEnabled()
    assert not names & {one.name() for one in project.mapLayers().values()}


def test_the_scores_become_a_layer_and_go_again(asked, panel, hand, project):
    tools = asked.change_tools
    hand.click(tools.scores)
    hand.until(lambda: any(layer.name().endswith("scores") for layer in project.mapLayers().values()))
    (layer,) = [one for one in project.mapLayers().values() if one.name().endswith("scores")]
    assert layer.crs().authid() == "EPSG:32632" and tools.scores.isChecked()
    sample = layer.dataProvider().sample
    house, _ = sample(next(iter(_centres(asked.features))), 1)
    meadow, _ = sample(type(next(iter(_centres(asked.features))))(500_100, 4_999_990), 1)
    assert house / 254 >= 0.5 > meadow / 254
    file = Path(layer.source())
    hand.click(tools.scores)
    assert not tools.scores.isChecked() and not file.exists()
    assert not any(one.name().endswith("scores") for one in project.mapLayers().values())


def _centres(features):
    from terralogue.plugin.core.feature_rows import geometry_of

    for feature in features.features:
        yield geometry_of(feature.rings).pointOnSurface().asPoint()


def test_the_cells_are_drawn_where_the_facts_say_with_their_names(asked, panel, canvas, hand):
    items = len(canvas.scene().items())
    hand.click(asked.change_tools.cells)
    item = panel.change_view.cells.item
    assert [text.split("\n")[0] for text in item.texts] == [
        "north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east"]
    left, bottom, right, top = asked.facts["extent"]
    north_west = item.outlines[0]
    assert min(p.x() for p in north_west) == pytest.approx(left) and max(p.y() for p in north_west) == pytest.approx(top)
    assert max(p.x() for p in north_west) == pytest.approx(left + (right - left) / 3)
    shares = {cell["where"]: cell["share"] for cell in asked.facts["changed"]["cells"]}
    for text in item.texts:
        assert ("%" in text) == (text.split("\n")[0] in shares)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    moved = panel.change_view.cells.item
    assert moved is not item and abs(moved.outlines[0][0].x() - left) > 1000
    canvas.grab()
    hand.click(asked.change_tools.cells)
    assert panel.change_view.cells.item is None and len(canvas.scene().items()) <= items


def test_cells_of_one_answer_take_the_place_of_anothers(asked, panel, hand):
    second = ask(panel, hand, "How many buildings were added?")
    hand.click(asked.change_tools.cells)
    hand.click(second.change_tools.cells)
    assert not asked.change_tools.cells.isChecked() and second.change_tools.cells.isChecked()
    panel.conversation.start_anew()
    assert panel.change_view.cells.item is None


def test_the_swipe_begins_on_the_card_and_on_the_bar_and_both_say_so(asked, panel, canvas, pair, hand):
    hand.click(asked.change_tools.swipe)
    swipe = panel.change_view.swipe
    assert swipe.shows(*pair) and panel.source_bar.dates.swipe_button.isChecked()
    hand.key(canvas, Qt.Key.Key_Escape)
    assert not swipe.active and not asked.change_tools.swipe.isChecked()
    hand.click(panel.source_bar.dates.swipe_button)
    assert swipe.shows(*pair) and asked.change_tools.swipe.isChecked()
    panel.source_bar.dates.swap()
    assert not panel.source_bar.dates.swipe_button.isChecked() and asked.change_tools.swipe.isChecked()
    QgsProject.instance().removeMapLayer(pair[0].id())
    assert not swipe.active and not asked.change_tools.swipe.isChecked()


def test_a_restored_answer_has_cells_and_swipe_but_no_slider(asked, panel, hand, project, tmp_path):
    slide(hand, asked, 80)
    said = asked.answer
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    (restored,) = panel.session.exchanges
    assert restored.answer == said and restored.provenance["threshold"] == 0.8
    assert restored.movable is None and not restored.change_tools.scores.isVisibleTo(panel)
    hand.click(restored.change_tools.cells)
    assert panel.change_view.cells.item is not None
    hand.click(restored.change_tools.swipe)
    assert panel.change_view.swipe.active


def test_leaving_in_the_middle_of_a_move_leaves_nothing(asked, panel, canvas, hand):
    hand.click(asked.change_tools.cells)
    hand.click(asked.change_tools.swipe)
    asked.movable.row.slider.setValue(20)
    QgsProject.instance().clear()
    hand.wait(500)
    assert panel.session.exchanges == [] and not panel.change_view.swipe.active and panel.change_view.cells.item is None


def test_only_the_last_comparisons_keep_their_scores(asked, panel, hand, pair, monkeypatch):
    from terralogue.plugin.gui import change_view

    monkeypatch.setattr(change_view, "KEPT", 1)
    again = ask(panel, hand, "How many buildings were added?")
    assert asked.movable.row.isEnabled() and again.movable.row.isEnabled(), "both stand on the same scores"
    panel.source_bar.dates.swap()
    ask(panel, hand, "What changed?")
    for exchange in (asked, again):
        assert exchange.movable.scores is None and not exchange.movable.row.isEnabled()
        assert "no longer" in exchange.movable.row.toolTip() and not exchange.change_tools.scores.isEnabled()
    hand.click(asked.card.actions.add_button)
    hand.click(asked.card.actions.undo_button)
    assert not asked.movable.row.isEnabled()

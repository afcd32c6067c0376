"""An answer as a print layout: maps, legend, scale bar, north arrow, table and words, all to be edited afterwards."""

import pytest
from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsProject,
    QgsRectangle,
)

from terralogue.models.conversation import Facts, Text
from terralogue.plugin.core.print_layout import LayoutContent, MapFrame, add_layout
from terralogue.plugin.core.report.document import Table


def ask(panel, hand, text="How many buildings are there?"):
    panel.conversation.ask(text)
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


def layouts():
    return QgsProject.instance().layoutManager().printLayouts()


def items(layout, kind):
    return [item for item in layout.items() if isinstance(item, kind)]


def texts(layout):
    return "\n".join(label.currentText() for label in items(layout, QgsLayoutItemLabel))


@pytest.fixture
def made(panel, hand):
    """The layout of an answer, its exchange, and what was asked to be opened."""
    opened = []
    panel.layout_made.connect(opened.append)
    exchange = ask(panel, hand)
    hand.click(exchange.card.actions.layout_button)
    hand.until(lambda: bool(opened))
    (layout,) = layouts()
    assert opened == [layout]
    return layout, exchange


def test_the_button_keeps_the_objects_and_lays_out_the_answer(made, layer):
    layout, exchange = made
    kept = exchange.keeping.layer
    assert kept is not None and "print layout" in exchange.card.note.text()
    (shown,) = items(layout, QgsLayoutItemMap)
    assert shown.layers() == [kept, layer] and shown.keepLayerSet()
    assert shown.extent().contains(QgsRectangle(*exchange.facts["extent"])) and shown.crs().authid() == "EPSG:32633"
    (legend,) = items(layout, QgsLayoutItemLegend)
    assert [node.layer() for node in legend.model().rootGroup().findLayers()] == [kept]
    (arrow,) = items(layout, QgsLayoutItemPicture)
    assert arrow.linkedMap() is shown and arrow.picturePath().endswith(".svg")
    for said in ("How many buildings are there?", "There are two buildings here.", "Scripted", "EPSG:32633", "500,200.0"):
        assert said in texts(layout)
    assert QgsProject.instance().isDirty()


def test_the_scale_bar_is_as_long_as_the_map_s_scale_says(made):
    layout, _ = made
    (bar,), (shown,) = items(layout, QgsLayoutItemScaleBar), items(layout, QgsLayoutItemMap)
    assert bar.linkedMap() is shown
    metres = bar.unitsPerSegment() * bar.numberOfSegments()
    millimetres = bar.segmentMillimeters() if hasattr(bar, "segmentMillimeters") else None
    per_millimetre = shown.extent().width() / shown.rect().width()
    assert 10 <= metres / per_millimetre <= shown.rect().width() / 3 * 1.01
    if millimetres is not None:
        assert bar.unitsPerSegment() / millimetres == pytest.approx(per_millimetre, rel=0.002)


def test_the_table_holds_the_measured_values(made):
    layout, _ = made
    (table,) = [frame for frame in layout.multiFrames() if isinstance(frame, QgsLayoutItemManualTable)]
    cells = [[cell.content() for cell in row] for row in table.tableContents()]
    assert ["Building", "3.3 %", "1,300 m²", "1,300", "2"] in [[str(text) for text in row] for row in cells]


def test_a_second_layout_has_a_name_of_its_own(made, panel, hand):
    _, exchange = made
    hand.click(exchange.card.actions.layout_button)
    names = [layout.name() for layout in layouts()]
    assert len(set(names)) == 2


def test_the_layout_is_exported_whole(made, tmp_path):
    layout, _ = made
    path = str(tmp_path / "layout.pdf")
    result = QgsLayoutExporter(layout).exportToPdf(path, QgsLayoutExporter.PdfExportSettings())
    assert result == QgsLayoutExporter.ExportResult.Success


def test_what_qgis_would_compute_stays_text(panel, hand, service, facts, project):
    QgsExpressionContextUtils.setProjectVariable(project, "secret", "hunter2")
    words = "Is it [% @secret %] or [%1+1%] on $CURRENT_DATE(yyyy)? <b>bold</b>"
    service.script.events = [Text(words), Facts(facts)]
    exchange = ask(panel, hand, words)
    hand.click(exchange.card.actions.layout_button)
    (layout,) = layouts()
    assert "hunter2" not in texts(layout) and "@secret" in texts(layout)
    assert "1+1" in texts(layout) and "CURRENT_DATE" in texts(layout) and "<b>bold</b>" in texts(layout)
    assert all(label.mode() == QgsLayoutItemLabel.Mode.ModeFont for label in items(layout, QgsLayoutItemLabel))


def test_without_its_layers_there_is_one_sentence_and_no_layout(panel, hand, project, layer, service, facts):
    service.script.events = [Text("Two."), Facts(facts)]
    exchange = ask(panel, hand)
    exchange.features = None
    project.removeMapLayer(layer.id())
    hand.click(exchange.card.actions.layout_button)
    assert "no longer in the project" in exchange.card.note.text() and layouts() == []


def test_both_dates_and_the_changes_have_maps_and_a_long_table_goes_on(add_raster, project):
    before, after = add_raster("before"), add_raster("after")
    rows = tuple((f"cover {number}", str(number)) for number in range(150))
    content = LayoutContent(
        "Changes", "What changed?", "Much.", (MapFrame("Before", (before,)), MapFrame("After", (after,)),
        MapFrame("Changes", (after,))), before.extent(), before.crs(), (), Table("Covers", ("Cover", "Area"), rows), ("Nano",),
    )  # fmt: skip
    layout = add_layout(project, content)
    maps = items(layout, QgsLayoutItemMap)
    assert len(maps) == 3 and len(items(layout, QgsLayoutItemScaleBar)) == 3
    for one in maps:
        box = one.sceneBoundingRect()
        assert 0 <= box.left() < box.right() <= 297 and 0 <= box.top() < box.bottom() <= 210
        assert not any(box.adjusted(1, 1, -1, -1).intersects(other.sceneBoundingRect()) for other in maps if other is not one)
    layout.refresh()
    assert layout.pageCollection().pageCount() > 1


def test_images_without_a_reference_system_get_neither_scale_nor_north(add_raster, project):
    from qgis.core import QgsCoordinateReferenceSystem

    layer = add_raster("scene")
    nowhere = QgsCoordinateReferenceSystem()
    frame = (MapFrame("View", (layer,)),)
    content = LayoutContent("View", "What is here?", "A field.", frame, layer.extent(), nowhere, (), None, ())
    layout = add_layout(project, content)
    assert items(layout, QgsLayoutItemScaleBar) == [] and items(layout, QgsLayoutItemPicture) == []
    assert len(items(layout, QgsLayoutItemMap)) == 1

"""A print layout of one answer: maps, legend, scale bar, north arrow, table, words; all of it editable afterwards.

Texts go in as plain text: what QGIS would take for an expression (``[% … %]``) or a date is broken up.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMultiFrame,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTableColumn,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsTableCell,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from .report.document import Table
from .report.ground import metres_per_pixel
from .report.scale_bar import scale_bar

#: Millimetres of an A4 page on its side.
WIDTH, HEIGHT, EDGE = 297.0, 210.0, 10.0
_TOP, _FOOT, _GAP, _SIDE, _LEGEND_ROW = 34.0, 19.0, 5.0, 82.0, 5.0
#: Among the pictures that QGIS ships.
_ARROW = "arrows/NorthArrow_02.svg"


@dataclass(frozen=True)
class MapFrame:
    """One map: its title and the layers it shows, top first, which are layers of the project."""

    title: str
    layers: Tuple[QgsMapLayer, ...]


@dataclass(frozen=True)
class LayoutContent:
    """What goes on the page. ``extent`` in ``crs`` is shown by every map; ``legend``: layers to explain.

    ``lines``: provenance, at the foot. ``system``: units of the scale bar, "metric" or "imperial".
    """

    name: str
    title: str
    answer: str
    maps: Tuple[MapFrame, ...]
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    legend: Tuple[QgsVectorLayer, ...]
    table: Optional[Table]
    lines: Tuple[str, ...]
    system: str = "metric"


def plain(words: str) -> str:
    """``words`` for a label: the same letters to a reader, and nothing that QGIS computes."""
    return words.replace("[%", "[\u2009%").replace("$CURRENT_DATE", "$\u2009CURRENT_DATE")


def add_layout(project: QgsProject, content: LayoutContent) -> QgsPrintLayout:
    """Make the layout and put it into the project's manager, under a name that is free. Main thread only."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(_free_name(project, content.name))
    layout.pageCollection().page(0).setPageSize("A4", layout.pageCollection().page(0).Orientation.Landscape)
    _label(layout, content.title, EDGE, 8, WIDTH - 2 * EDGE, 10, 16, bold=True).setId("title")
    _label(layout, content.answer, EDGE, 18.5, WIDTH - 2 * EDGE, 16, 9).setId("answer")
    maps = _maps(layout, content)
    taken = _legend(layout, content, maps[-1])
    if content.table is not None and content.table.rows:
        _table(layout, content.table, taken)
    _label(layout, "\n".join(content.lines), EDGE, HEIGHT - _FOOT + 1, WIDTH - 2 * EDGE, _FOOT - 5, 6.5).setId("provenance")
    project.layoutManager().addLayout(layout)
    return layout


def _free_name(project: QgsProject, name: str) -> str:
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    number, free = 2, name
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free


def _maps(layout: QgsPrintLayout, content: LayoutContent) -> List[QgsLayoutItemMap]:
    """The maps in a row or two, each with a title, scale bar and, in the last, the north arrow."""
    room = WIDTH - 2 * EDGE - _SIDE - _GAP
    columns = min(len(content.maps), 2)
    rows = -(-len(content.maps) // 2)
    wide = (room - (columns - 1) * _GAP) / columns
    high = (HEIGHT - _TOP - _FOOT - 2 - rows * 6) / rows
    made = []
    for place, frame in enumerate(content.maps):
        x = EDGE + (place % 2) * (wide + _GAP)
        y = _TOP + (place // 2) * (high + 6)
        made.append(_map(layout, content, frame, (x, y, wide, high)))
    return made


def _map(layout: QgsPrintLayout, content: LayoutContent, frame: MapFrame, box: Tuple[float, ...]) -> QgsLayoutItemMap:
    x, y, wide, high = box
    _label(layout, frame.title, x, y, wide, 5, 9, bold=True)
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    # A map without size or without extent computes proportions of nothing; and an extent changes the size.
    _place(item, x, y + 5.5, wide, high - 6)
    item.setExtent(content.extent)
    _place(item, x, y + 5.5, wide, high - 6)
    item.setId(plain(frame.title))
    item.setCrs(content.crs)
    item.setLayers(list(frame.layers))
    item.setKeepLayerSet(True)
    item.setFrameEnabled(True)
    item.zoomToExtent(content.extent)
    if content.crs.isValid():
        _scale_bar(layout, item, content.system, x + 1.5, y + high - 2)
        _north(layout, item, x + wide - 9.5, y + 7)
    return item


def _scale_bar(layout: QgsPrintLayout, item: QgsLayoutItemMap, system: str, x: float, y: float) -> None:
    """Two segments that are together the longest round length up to a third of the map."""
    wide = item.rect().width()
    metres = metres_per_pixel(item.extent(), item.crs(), round(wide))
    if metres is None:
        return
    chosen = scale_bar(metres, wide / 3, system)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(item)
    bar.setStyle("Single Box")
    units = {
        "m": QgsUnitTypes.DistanceUnit.DistanceMeters, "km": QgsUnitTypes.DistanceUnit.DistanceKilometers,
        "ft": QgsUnitTypes.DistanceUnit.DistanceFeet, "mi": QgsUnitTypes.DistanceUnit.DistanceMiles,
    }  # fmt: skip
    bar.setUnits(units[chosen.unit])
    bar.setUnitLabel(chosen.unit)
    bar.setMapUnitsPerScaleBarUnit(1.0)
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setUnitsPerSegment(chosen.length / 2)
    bar.setHeight(1.2)
    bar.setBoxContentSpace(0.8)
    bar.setLabelBarSpace(0.6)
    bar.setBackgroundEnabled(True)
    bar.setTextFormat(_format(6))
    layout.addLayoutItem(bar)
    bar.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    bar.attemptResize(QgsLayoutSize(1, 1, unit))  # as small as it can be: it never shrinks by itself
    bar.attemptMove(QgsLayoutPoint(x, y, unit))
    bar.update()


def _north(layout: QgsPrintLayout, item: QgsLayoutItemMap, x: float, y: float) -> None:
    for folder in QgsApplication.svgPaths():
        arrow = Path(folder) / _ARROW
        if arrow.is_file():
            picture = QgsLayoutItemPicture(layout)
            picture.setPicturePath(str(arrow))
            picture.setLinkedMap(item)
            picture.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
            layout.addLayoutItem(picture)
            _place(picture, x, y, 8, 8)
            picture.setBackgroundEnabled(True)
            return


def _legend(layout: QgsPrintLayout, content: LayoutContent, item: QgsLayoutItemMap) -> float:
    """Explain the objects: where a fourth map would be, else at the foot of the column beside the only map.

    How many millimetres of that column it takes, as far as that can be told before it is drawn.
    """
    if not content.legend:
        return 0.0
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(item)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for layer in content.legend:
        root.addLayer(layer)
    for part, points in (("Group", 9), ("Subgroup", 8), ("SymbolLabel", 7)):
        legend.setStyleFont(getattr(QgsLegendStyle.Style, part), _font(points, part == "Subgroup"))
    legend.setSymbolHeight(3)
    legend.setSymbolWidth(5)
    legend.setBackgroundEnabled(False)
    layout.addLayoutItem(legend)
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    if len(content.maps) == 3:
        wide = (WIDTH - 2 * EDGE - _SIDE - 2 * _GAP) / 2
        place = QgsLayoutPoint(EDGE + wide + _GAP, item.pos().y(), unit)
        legend.setColumnCount(2)
        legend.setSplitLayer(True)
        legend.attemptMove(place)
        return 0.0
    legend.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
    legend.attemptMove(QgsLayoutPoint(WIDTH - EDGE - _SIDE, HEIGHT - _FOOT - 3, unit))
    entries = sum(len(layer.renderer().legendSymbolItems()) + 1.5 for layer in content.legend if layer.renderer())
    return min(_LEGEND_ROW * entries + _GAP, (HEIGHT - _FOOT - _TOP) / 2)


def _table(layout: QgsPrintLayout, table: Table, below: float) -> None:
    """The table in the column beside the maps, ``below`` millimetres of which are taken; it goes on on further pages."""
    item = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(item)
    item.setIncludeTableHeader(bool(table.headers))
    item.setHeaders([QgsLayoutTableColumn(words) for words in table.headers])
    item.setTableContents([[_cell(words, place >= table.texts) for place, words in enumerate(row)] for row in table.rows])
    item.setHeaderTextFormat(_format(6.5, bold=True))
    item.setContentTextFormat(_format(6.5))
    item.setCellMargin(0.6)
    item.setGridColor(QColor(190, 190, 190))
    item.setGridStrokeWidth(0.15)
    item.setVerticalGrid(False)
    item.setResizeMode(QgsLayoutMultiFrame.ResizeMode.ExtendToNextPage)
    frame = QgsLayoutFrame(layout, item)
    item.addFrame(frame)
    _place(frame, WIDTH - EDGE - _SIDE, _TOP, _SIDE, HEIGHT - _FOOT - 2 - _TOP - below)


def _cell(words: str, number: bool) -> QgsTableCell:
    cell = QgsTableCell(words)
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    cell.setHorizontalAlignment(side)
    return cell


def _label(
    layout: QgsPrintLayout, words: str, x: float, y: float, wide: float, high: float, points: float, bold: bool = False
) -> QgsLayoutItemLabel:
    label = QgsLayoutItemLabel(layout)
    label.setMode(QgsLayoutItemLabel.Mode.ModeFont)
    label.setText(plain(words))
    label.setFont(_font(points, bold))
    layout.addLayoutItem(label)
    _place(label, x, y, wide, high)
    return label


def _format(points: float, bold: bool = False) -> QgsTextFormat:
    made = QgsTextFormat.fromQFont(_font(points, bold))
    made.setColor(QColor(0, 0, 0))
    return made


def _font(points: float, bold: bool = False) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _place(item: QgsLayoutItem, x: float, y: float, wide: float, high: float) -> None:
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    item.attemptMove(QgsLayoutPoint(x, y, unit))
    item.attemptResize(QgsLayoutSize(wide, high, unit))


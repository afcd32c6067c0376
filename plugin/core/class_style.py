"""How result layers look: one colour per class from a palette that colour-blind readers can tell apart."""

import re
from typing import Sequence, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsLineSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsSymbolLayer,
    QgsVectorLayer,
)

from ...models.vision.legend import THINGS
from .messages import tr

#: Okabe and Ito's palette, by land cover; other labels take what is left over in turn.
_COVERS = {
    "building": "#d55e00",
    "paved": "#999999",
    "road": "#666666",
    "tree": "#009e73",
    "low vegetation": "#b8d651",
    "bare": "#e69f00",
    "water": "#0072b2",
    # A tile that is of no class that was asked for is no class of its own: grey, not one of the others' colours.
    "none of these": "#b3b3b3",
}
_OTHERS = ("#cc79a7", "#56b4e9", "#f0e442", "#5d3a9b", "#1a1a1a")
#: Words in the name of a user's class → the land cover whose colour it gets.
_MEANT = (
    (r"forest|wood|tree", "tree"), (r"water|sea\b|lake|river|harbou?r|pond", "water"),
    (r"residential|building|house|industrial|village|city|town", "building"),
    (r"grass|meadow|pasture|field|vegetation|golf", "low vegetation"), (r"bare|beach|sand|soil|crop|farm|agric|desert", "bare"),
    (r"road|highway|runway|freeway|parking|airport|intersection", "road"),
)  # fmt: skip


def colour_of(label: str) -> str:
    """The class's colour as ``#rrggbb``; the same label has the same colour in every layer and session."""
    cover = label if label in _COVERS else "" if label in THINGS else cover_meant(label)
    if cover:
        return _COVERS[cover]
    return _OTHERS[sum(label.encode("utf-8")) % len(_OTHERS)]


def cover_meant(label: str) -> str:
    """The land cover that a class of this name is a kind of, as far as colours go; "" for none."""
    return next((cover for pattern, cover in _MEANT if re.search(pattern, label.lower())), "")


def legend_of(label: str) -> str:
    """The class's name in the user's language; words the user typed stay as they are."""
    names = {
        "building": tr("Building"),
        "paved": tr("Paved ground"),
        "road": tr("Road"),
        "tree": tr("Tree"),
        "low vegetation": tr("Low vegetation"),
        "bare": tr("Bare ground"),
        "water": tr("Water"),
        "car": tr("Car"),
        "boat": tr("Boat"),
        "aircraft": tr("Aircraft"),
        "storage tank": tr("Storage tank"),
        "tennis court": tr("Tennis court"),
        "football field": tr("Football field"),
        "swimming pool": tr("Swimming pool"),
        "playground": tr("Playground"),
        "roundabout": tr("Roundabout"),
        "solar farm": tr("Solar farm"),
        "container": tr("Container"),
        "place": tr("Place"),
        "none of these": tr("None of these"),
    }
    return names.get(label, label)


def symbol_of(colour: str, boxed: bool = False, outline: str = "") -> QgsFillSymbol:
    """A see-through fill with a firm outline, so that the imagery below stays readable; ``boxed``: each in its box.

    ``outline``: its colour, that of the fill if empty.
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    edge = ",".join(str(int((outline or colour)[i : i + 2], 16)) for i in (1, 3, 5))
    symbol = QgsFillSymbol.createSimple(
        {
            "color": f"{red},{green},{blue},90",
            "outline_color": f"{edge},255",
            "outline_width": "0.5",
            "style": "solid",
        }
    )
    if boxed:
        # Small objects are easier to find by a box around them than by their own outline.
        box = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": "bounds($geometry)", "SymbolType": "Line"})
        box.setSubSymbol(QgsLineSymbol.createSimple({"line_color": "255,255,255,200", "line_width": "0.25"}))
        symbol.appendSymbolLayer(box)
    return symbol


#: Hues a golden angle apart: objects that follow each other never look alike, however many there are.
_HUE = "(($id * 137.50776) % 360)"
_LIGHT = "(40 + 14 * ($id % 3))"


def apply_style(layer: QgsVectorLayer, classes: Sequence[Tuple[str, str, str]], each: bool = False) -> None:
    """Give each (label, from, to) its category: by label, or by "from → to" where there are both. Main thread.

    ``each``: every object is drawn in a colour of its own; the legend keeps those of the classes.
    """
    # Needs the core packages, as every result does.
    from ...models.facts.ground import COUNTABLE
    from ...models.vision.legend import THINGS

    change = layer.fields().indexOf("from") >= 0 and any(start or end for _, start, end in classes)
    expression = "concat(\"from\", ' → ', \"to\")" if change else "label"
    categories = []
    for label, start, end in classes:
        value = f"{start} → {end}" if change else label
        if any(category.value() == value for category in categories):
            continue
        shown = f"{legend_of(start)} → {legend_of(end)}" if change else legend_of(label)
        boxed = bool({label, start, end} & {*COUNTABLE, *THINGS})
        # A change is filled with what is there now and outlined with what was there before.
        symbol = symbol_of(colour_of(end or start or label), boxed, colour_of(start) if change and start else "")
        if each:
            _colour_each(symbol)
        categories.append(QgsRendererCategory(value, symbol, shown))
    layer.setRenderer(QgsCategorizedSymbolRenderer(expression, categories))


def _colour_each(symbol: QgsFillSymbol) -> None:
    fill, see_through = symbol.symbolLayer(0), f"color_hsla({_HUE}, 75, {_LIGHT}, 90)"
    fill.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyFillColor, QgsProperty.fromExpression(see_through))
    firm = QgsProperty.fromExpression(f"color_hsla({_HUE}, 75, {_LIGHT}, 255)")
    fill.setDataDefinedProperty(QgsSymbolLayer.Property.PropertyStrokeColor, firm)

"""How a layer of named tiles looks: a colour for each class that no other class of the layer has."""

from typing import List, Sequence

from qgis.core import QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsRendererCategory, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from .class_style import colour_of, cover_meant, legend_of

#: Tol's light colours, for classes that no land cover stands for: told apart by colour-blind readers too.
_OTHERS = ("#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00", "#dddddd", "#cc79a7")


def colours_of(labels: Sequence[str]) -> List[str]:
    """A colour ``#rrggbb`` for each label, all different."""
    found: List[str] = []
    for label in labels:
        wanted = [colour_of(label)] if cover_meant(label) else []
        free = (colour for colour in (*wanted, *_OTHERS) if colour not in found)
        found.append(next(free, "") or _another(found))
    return found


def _another(taken: Sequence[str]) -> str:
    """Round the circle in golden steps: as far from its neighbours as so many colours can be."""
    number = len(taken)
    while True:
        shade = QColor.fromHsvF(number * 0.618033988749895 % 1.0, 0.45 + 0.15 * (number % 4), 0.95 - 0.15 * (number % 3)).name()
        if shade not in taken:
            return shade
        number += 1


def apply_tile_style(layer: QgsVectorLayer, labels: Sequence[str], none: str) -> None:
    """A category for each label, see-through so that the imagery below stays readable; ``none``: an outline only. Main thread."""
    categories = []
    for label, colour in zip(labels, colours_of(labels)):
        red, green, blue, _ = QColor(colour).getRgb()
        symbol = QgsFillSymbol.createSimple({
            "color": f"{red},{green},{blue},130", "outline_color": f"{red},{green},{blue},255", "outline_width": "0.1"})
        categories.append(QgsRendererCategory(label, symbol, legend_of(label)))
    empty = QgsFillSymbol.createSimple({"style": "no", "outline_color": "120,120,120,160", "outline_width": "0.1"})
    categories.append(QgsRendererCategory(none, empty, legend_of(none)))
    layer.setRenderer(QgsCategorizedSymbolRenderer("label", categories))

"""Questions of whether, how many, how much, which is more, how dense, and what kind of place."""

from typing import List

from ..language.units import count, rounded
from .asking import Asker, a_scene, forms, is_counted
from .balance import Posed
from .naming import is_amount
from .slots import subjects

#: Two amounts closer than this part of the larger are not compared.
_ALIKE = 0.1


def amount_questions(ask: Asker) -> List[Posed]:
    """Every question of these kinds that the chip's facts can answer; chance draws wordings only."""
    known = subjects(ask.facts)
    posed: List[Posed] = []
    for label, cover in known.items():
        names = forms(label, cover)
        numbered = is_counted(label, cover)
        if cover["present"]:
            posed.append(ask.pose("presence", label, "presence yes counted" if numbered else "presence yes", names, "yes", "yes"))
            posed += [ask.pose("area", label, "area", names, f"<area:{label}>"),
                      ask.pose("share", label, "share", names, f"<share:{label}>")]
        else:
            posed.append(ask.pose("presence", label, "presence no", names, "no", "no"))
        if numbered:
            filled = "count" if cover["count"] else "count none"
            posed.append(ask.pose("count", label, filled, names, f"<n:{label}>", str(cover["count"])))
        if numbered and cover["present"] and cover["count"] > 1:
            posed.append(_spread(ask, label, names, len(cover["cells"])))
            posed += _density(ask, label, names, cover["count"])
    return posed + _comparisons(ask) + _scene(ask)


def _spread(ask: Asker, label: str, names: dict, cells: int) -> Posed:
    return ask.pose("spread", label, "spread", {**names, "n": str(cells)}, f"{cells} of the 9 parts")


def _density(ask: Asker, label: str, names: dict, number: int) -> List[Posed]:
    area = ask.facts["region"]["area_m2"]
    if area is None:
        return []
    said = rounded(number / area * 1e4)
    return [ask.pose("density", label, "density", {**names, "n": said}, f"{said} per hectare")]


def _comparisons(ask: Asker) -> List[Posed]:
    """Of pairs that chance draws: as many as there are labels, each asked the way round that chance decides."""
    known = subjects(ask.facts)
    labels = sorted(known)
    posed: List[Posed] = []
    for first in labels if len(labels) > 1 else ():
        second = ask.pick([label for label in labels if label != first])
        a, b = known[first], known[second]
        names = {**forms(first, a), **forms(second, b, "second")}
        if is_counted(first, a) and is_counted(second, b) and a["count"] != b["count"]:
            word = "yes" if a["count"] > b["count"] else "no"
            posed.append(ask.pose("comparison", first, f"comparison {word}", names, word, word))
        larger = max(a["pixels"], b["pixels"])
        if larger and abs(a["pixels"] - b["pixels"]) > _ALIKE * larger and a["present"] and b["present"]:
            word = "yes" if a["pixels"] > b["pixels"] else "no"
            posed.append(ask.pose("more ground", first, f"more ground {word}", names, word, word))
    return posed


def _scene(ask: Asker) -> List[Posed]:
    scene = a_scene(ask.facts)
    return [ask.pose("scene", "", "scene", {"scene": scene}, ask.facts["scenes"][0]["word"])] if scene else []


def number_of_colour(ask: Asker) -> List[Posed]:
    """How many of a label have a colour: where the colours of all of them are known."""
    posed = []
    for label, thing in ask.facts["things"].items():
        if not thing["complete"] or thing["count"] < 2 or sum(thing["colours"].values()) != thing["count"] or is_amount(label):
            continue
        colour = ask.pick(sorted(thing["colours"]))
        number = thing["colours"][colour]
        names = forms(label, thing)
        names.update(n=count(number), colour=colour, be_c="is" if number == 1 else "are",
                     c_form=names["one"] if number == 1 else names["many"])
        posed.append(ask.pose("number of colour", label, "number of colour", names, count(number)))
    return posed

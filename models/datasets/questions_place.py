"""Questions of where, how things lie to each other, which way they run and what colour they are."""

from typing import Any, Dict, List

from ..language.phrases import place
from .asking import Asker, clearly_near, forms
from .balance import Posed
from .phrases_of_things import Phrase, direction
from .slots import subjects

#: The fullest cell must hold this much more of a label than the next, to be called the one with most of it.
_CLEAR = 0.1


def place_questions(ask: Asker) -> List[Posed]:
    """Where each label mainly is; then one question of each other kind, about things that chance draws."""
    posed: List[Posed] = []
    for label, cover in subjects(ask.facts).items():
        cells = cover["cells"]
        if cells and cells[0]["share"] >= (cells[1]["share"] if len(cells) > 1 else 0.0) + _CLEAR:
            posed.append(ask.pose("position", label, "position", forms(label, cover), f"<cell:{label}>"))
    return posed + _place_of_one(ask) + _colour(ask) + _orientation(ask) + _pairs(ask)


def _names(phrase: Phrase, more: Dict[str, str]) -> Dict[str, str]:
    said = phrase.said()
    return {"the": said, "The": said[:1].upper() + said[1:], **more}


def _place_of_one(ask: Asker) -> List[Posed]:
    found = ask.one_thing()
    if found is None or _between_cells(found[1]):
        return []
    phrase, row = found
    return [ask.pose("place of one", phrase.label, "place of one", _names(phrase, {"where": place(row["where"])}),
                     row["where"], refers=(row["index"],))]


def _between_cells(row: Dict[str, Any]) -> bool:
    return any(abs(value - third) < 0.02 for value in row["at"] for third in (1 / 3, 2 / 3))


def _colour(ask: Asker) -> List[Posed]:
    for _ in range(4):
        found = ask.one_thing()
        # A phrase that names the colour gives the answer away.
        if found is not None and found[1]["colour"] and not found[0].colour:
            phrase, row = found
            return [ask.pose("colour", phrase.label, "colour", _names(phrase, {"colour": row["colour"]}), row["colour"],
                             refers=(row["index"],))]
    return []


def _orientation(ask: Asker) -> List[Posed]:
    for _ in range(4):
        found = ask.one_thing()
        if found is not None and found[1]["axis"]:
            phrase, row = found
            axis = row["axis"] if ask.facts["frame"] == "north" else f"{row['axis']}ly" if row["axis"][-1] == "l" else ""
            if axis:
                return [ask.pose("orientation", phrase.label, "orientation", _names(phrase, {"axis": axis}), row["axis"],
                                 refers=(row["index"],))]
    return []


def _pairs(ask: Asker) -> List[Posed]:
    """How one thing lies to another, and whether it is near."""
    posed: List[Posed] = []
    for _ in range(3):
        one, two = ask.one_thing(), ask.one_thing()
        if one is None or two is None or one[1]["index"] == two[1]["index"]:
            continue
        (phrase, row), (other, target) = one, two
        names = _names(phrase, {"other": other.said()})
        refers = (row["index"], target["index"])
        towards = direction(row, target, ask.facts)
        if towards:
            posed.append(ask.pose("relation", phrase.label, "relation", {**names, "direction": towards}, towards, refers=refers))
        near = clearly_near(row, target, ask.facts)
        if near is not None:
            word = "yes" if near else "no"
            posed.append(ask.pose("near", phrase.label, f"near {word}", names, word, word, refers))
    return posed

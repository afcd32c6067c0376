"""How pointing stands, in one line: what to do, what is waited for, or what was found."""

from typing import Any, Optional, Tuple

from qgis.PyQt.QtCore import QLocale

from ...core.mask_desk import Shown
from ...core.messages import tr
from ..region_area import area_text


def standing(session: Any, looking: bool, shown: Optional[Shown]) -> Tuple[str, bool]:
    """The line, and whether it is a warning. ``shown``: the answer to what is pointed at, None while there is none."""
    if looking:
        return tr("Looking at this place…"), False
    if not session.steps:
        return tr("Click on a thing · drag a box · Ctrl+drag around it · Shift+click: not this"), False
    if not session.pointed:
        return tr("Click on the thing itself, too."), False
    if shown is None:
        return tr("Outlining…"), False
    if shown.reading is None:
        return tr("Nothing is found there. Click on another part of it, or draw a box around it."), True
    return _described(shown, len(session.steps)), False


def _described(shown: Shown, number: int) -> str:
    features = shown.reading.features
    areas = [one.area_m2 for one in features if one.area_m2 is not None]
    pixels = sum(one.pixels for one in features)
    size = area_text(sum(areas)) if len(areas) == len(features) else tr("{n} pixels").format(n=pixels)
    score = QLocale().toString(sum(one.score * one.pixels for one in features) / pixels, "f", 2)
    prompts = tr("1 prompt") if number == 1 else tr("{n} prompts").format(n=number)
    return tr("{size}, score {score}, {prompts} · Enter takes it").format(size=size, score=score, prompts=prompts)

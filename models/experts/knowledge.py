"""The expert of knowledge bases: what the user's own layers and documents say about a question and the place it points at."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..conversation import Event, Facts, Question, Text, View
from ..errors import TerralogueError
from ..facts import SCHEMA
from ..imagery.geodesy import transform_points
from ..knowledge.answer import Answer
from ..knowledge.answering import answer
from ..knowledge.base import Base
from ..knowledge.chips import CONTEXT, RasterChips
from ..knowledge.material import Box, Picture
from ..knowledge.retrieving import Where

log = logging.getLogger(__name__)
#: Columns and rows of a place are compared in these degrees.
_DEGREES = "EPSG:4326"


@dataclass(frozen=True)
class Told:
    """What a base says. ``answered``: False where it does not say, and ``text`` why."""

    base: str
    text: str
    answered: bool
    facts: Dict[str, Any]


def ask(question: Question, engine: Any, emit: Callable[[Event], None], cancel: CancelToken) -> Told:
    """Ask the base of ``question`` about the region of its first view; what it says is emitted, with citations.

    Nothing is emitted where it does not say. Raises KnowledgeUnreadable, Cancelled.
    """
    with Base(Path(question.knowledge)) as base:
        cancel.raise_if_cancelled()
        view = question.views[0]
        where = where_of(view)
        told = answer(base, question.text, where)
        note = ""
        if not told.answered and where is None and view.region is not None:
            # Without coordinates, its looks are all that tells where a place is.
            picture, note = picture_of(view, engine, base, cancel)
            if picture is not None:
                told = answer(base, question.text, where, picture)
        facts = facts_of(question.text, base.name, told, note)
    if told.answered:
        emit(Text(told.text))
        emit(Facts(facts))
        for citation in told.citations:
            emit(citation)
    return Told(base.name, told.text, told.answered, facts)


def answers(question: Question) -> bool:
    """Whether the base answers without looking at imagery; False where it cannot be read, which :func:`ask` says."""
    try:
        with Base(Path(question.knowledge)) as base:
            return answer(base, question.text, where_of(question.views[0])).answered
    except TerralogueError as error:
        log.info("the base was not asked: %s", error)
        return True  # asking it costs nothing, and says why


def facts_of(question: str, base: str, told: Answer, note: str = "") -> Dict[str, Any]:
    """JSON-able facts of an answer, kind "knowledge"."""
    return {
        "schema": SCHEMA, "kind": "knowledge", "question": question[:200], "base": base, "asked": told.kind,
        "value": told.value[:500], "answered": told.answered, "note": note,
        "citations": [citation.record() for citation in told.citations],
    }


def where_of(view: View) -> Optional[Where]:
    """The region of a view in degrees; None without a region or without a CRS: then everything is meant."""
    box = _box(view)
    if box is None or not view.source.grid.crs_wkt:
        return None
    point = view.region.point if view.region is not None else None
    degrees = in_degrees(box, view.source.grid.crs_wkt)
    if degrees is None:
        return None
    if point is None:
        return Where(degrees)
    there = transform_points(np.array([point]), view.source.grid.crs_wkt, _DEGREES)[0]
    return Where(degrees, (float(there[0]), float(there[1])))


def in_degrees(box: Box, crs_wkt: str) -> Optional[Box]:
    """A box in WGS 84, None where it has no place there."""
    x0, y0, x1, y1 = box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float64)
    try:
        moved = transform_points(corners, crs_wkt, _DEGREES)
    except ValueError:
        return None
    if not np.isfinite(moved).all():
        return None
    (west, south), (east, north) = moved.min(0), moved.max(0)
    return float(west), float(south), float(east), float(north)


def picture_of(view: View, engine: Any, base: Base, cancel: Optional[CancelToken] = None) -> Tuple[Optional[Picture], str]:
    """What is seen in the region, for comparing with the features' pictures, and why not, "" if it can be."""
    box = _box(view)
    if box is None or not base.model:
        return None, ""
    try:
        embedder = engine.embedder()
        if embedder.digest != base.model:
            return None, "The pictures in the base were made by another model. Build it anew to find features by their looks."
        if view.region is not None and view.region.point is None:
            grow = (CONTEXT - 1) / 2
            wide, high = grow * (box[2] - box[0]), grow * (box[3] - box[1])
            box = box[0] - wide, box[1] - high, box[2] + wide, box[3] + high
        chip = RasterChips(view.source, embedder.side, context=1.0).cut(box, view.source.grid.crs_wkt)
        if chip is None:
            return None, ""
        return Picture(chip[0], embedder.pictures(chip[0][None], [chip[1]], cancel)[0]), ""
    except TerralogueError as error:
        if cancel is not None:
            cancel.raise_if_cancelled()
        log.info("the place was not looked at: %s", error)
        return None, str(error)


def _box(view: View) -> Optional[Box]:
    if view.region is None or not view.region.polygons:
        return None
    points = np.concatenate([rings[0] for rings in view.region.polygons])
    (x0, y0), (x1, y1) = points.min(0), points.max(0)
    return float(x0), float(y0), float(x1), float(y1)

"""An answer as a chapter of a report, pictures and all. On a worker."""

from typing import Any, Dict, List, Tuple

from ....models.cancel import CancelToken
from ....models.errors import RasterUnreadable
from ...core import log
from ...core.class_style import legend_of
from ...core.messages import sentence, tr
from ...core.report.document import Chapter, Picture, Table
from ...core.report.drawing import draw
from ..chat.visible_text import one_line, visible_text
from ..fact_sections import marked
from .answer_record import AnswerRecord
from .fact_tables import DAMAGED, main_tables
from .numbers import share
from .object_table import object_table, rows_of_features, rows_of_layer
from .other_values import other_values
from .provenance_table import provenance_table


def chapter_of(record: AnswerRecord, cancel: CancelToken, system: str) -> Chapter:
    """``system``: units, "metric" or "imperial". Raises Cancelled."""
    notes = list(record.notes)
    pictures = _pictures(record, cancel, system, notes)
    tables, small = _tables(record.facts, system, notes)
    tables += _objects(record, system, notes)
    if record.layers:
        headers = (tr("Layer"), tr("File"), tr("CRS"), tr("Objects"))
        tables.append(Table(tr("Layers written"), headers, _clean(record.layers), texts=3))
    small.append(provenance_table(record.provenance, record.facts, record.asked))
    subject = " · ".join(part for part in (record.subject, record.asked) if part)
    return Chapter(
        one_line(record.question, 2000), one_line(subject, 400), visible_text(record.answer).strip(), tuple(pictures),
        tuple(tables), tuple(_notes_on(record.facts) + notes), tuple(small),
    )


def _pictures(record: AnswerRecord, cancel: CancelToken, system: str, notes: List[str]) -> List[Picture]:
    found = []
    for scene in record.scenes:
        cancel.raise_if_cancelled()
        try:
            found.append(draw(scene, cancel, system))
        except RasterUnreadable as error:
            log.error(error, "drawing a picture of a report")
            notes.append(sentence(error))
    return found


def _tables(facts: Dict[str, Any], system: str, notes: List[str]) -> Tuple[List[Table], List[Table]]:
    """Main tables and small ones; facts that are damaged are listed as they are, and ``notes`` says so."""
    try:
        return main_tables(facts, system)
    except DAMAGED as error:
        log.error(error, "writing the tables of a report")
        notes.append(tr("The measured values of this answer do not have the usual form; they are listed as they are."))
        return [], other_values(facts, ())


def _objects(record: AnswerRecord, system: str, notes: List[str]) -> List[Table]:
    if record.features is not None:
        return object_table(rows_of_features(record.features), system)
    if record.kept is None:
        return []
    try:
        return object_table(rows_of_layer(record.kept.take()), system)
    except RasterUnreadable as error:
        notes.append(sentence(error))
        return []
    finally:
        record.kept.release()


def _notes_on(facts: Dict[str, Any]) -> List[str]:
    """What a reader has to keep in mind."""
    notes = []
    try:
        unknown = facts.get("unknown") or {}
        if unknown.get("pixels"):
            part = share(unknown.get("share"))
            notes.append(tr("{share} of the region is unknown: empty, or not readable.").format(share=part))
        if facts.get("in_range") is False:
            notes.append(tr("The pixels are of a size that the model was not trained for; nothing was counted."))
        names = ", ".join(sorted(legend_of(name) for name in marked(facts)))
    except DAMAGED:
        return notes
    if names:
        notes.append(tr("Rendered only, not checked on real imagery: {covers}").format(covers=one_line(names, 300)))
    return notes


def _clean(rows) -> Tuple[Tuple[str, ...], ...]:
    return tuple(tuple(one_line(words, 120) for words in row) for row in rows)

"""An exchange as the project stores it, and back. Restoring shows; it never runs anything."""

from qgis.PyQt.QtCore import QDateTime, Qt

from ..core.conversations import StoredTurn, region_of, region_record
from .exchange import Exchange


def record_of(exchange: Exchange) -> StoredTurn:
    """What of ``exchange`` is worth keeping: words, facts and ids, no pixels."""
    layer_id = exchange.layer_id()
    provenance = dict(exchange.provenance)
    provenance.setdefault("subject", exchange.subject)
    return StoredTurn(
        exchange.question,
        exchange.answer,
        exchange.facts,
        region_record(exchange.region),
        tuple(exchange.layer_ids),
        (layer_id,) if layer_id else (),
        exchange.asked or QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate),
        provenance,
    )


def exchange_of(turn: StoredTurn, parent=None) -> Exchange:
    """The exchange of a stored turn, answer and all."""
    provenance = dict(turn.provenance)
    subject = provenance.pop("subject", "")
    exchange = Exchange(turn.question, subject if isinstance(subject, str) else "", parent)
    exchange.region = region_of(turn.region)
    exchange.layer_ids, exchange.asked = tuple(turn.sources), turn.asked
    exchange.restore(turn.answer, turn.facts, provenance, turn.results[0] if turn.results else "")
    return exchange

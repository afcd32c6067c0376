"""Who worded an answer: the decoder, with what was checked of its sentences, or composed sentences and why."""

import re
from typing import Any, Dict

from qgis.PyQt.QtCore import QLocale

from ...core.messages import tr
from .visible_text import one_line

#: Reasons shown; the project keeps all of them.
_REASONS = 2


def voice_text(voice: Any) -> str:
    """For reading. ``voice``: as provenance has it, a phrase or the counts of a report; "" for anything else."""
    if isinstance(voice, dict):
        return _spoken(voice)
    if not isinstance(voice, str):
        return ""
    composed = re.fullmatch(r"composed sentences \((.*)\)", voice, re.DOTALL)
    if composed is None:
        return one_line(voice, 200)
    reason = one_line(composed.group(1), 160)
    return tr("Composed sentences: {reason}").format(reason=_known().get(reason, reason))


def _spoken(voice: Dict[str, Any]) -> str:
    """The decoder's part: how many of its sentences the facts support, how many rules wrote in place of its own."""
    locale = QLocale()
    model = one_line(str(voice.get("model") or ""), 16)
    who = tr("Language model {name}").format(name=model).rstrip()
    parts = []
    total = _count(voice, "sentences")
    if total:
        said = tr("{supported} of {total} sentences supported by what was measured")
        parts.append(said.format(supported=locale.toString(_count(voice, "supported")), total=locale.toString(total)))
    if _count(voice, "hedged"):
        hedged = tr("{number} said with a reservation")
        parts.append(hedged.format(number=locale.toString(_count(voice, "hedged"))))
    if _count(voice, "composed"):
        composed = tr("{number} composed in their place ({share} %)")
        share = locale.toString(100 * _share(voice.get("rewrite_rate")), "f", 0)
        parts.append(composed.format(number=locale.toString(_count(voice, "composed")), share=share))
    reasons = voice.get("reasons")
    why = [one_line(str(reason), 80) for reason in reasons[:_REASONS]] if isinstance(reasons, list) else []
    return "; ".join([": ".join([who, *parts[:1]]), *parts[1:], *(_known().get(reason, reason) for reason in why)])


def _count(voice: Dict[str, Any], key: str) -> int:
    value = voice.get(key)
    return value if isinstance(value, int) and 0 <= value < 10_000 else 0


def _share(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and 0 <= value <= 1 else 0.0


def _known() -> Dict[str, str]:
    """Reasons in the user's language."""
    return {
        "as asked for": tr("as set in the options"),
        "the decoder's files are missing": tr("the language model's files are missing"),
        "no decoder": tr("there is no language model"),
        "each was read back and agrees with the facts": tr("each was read back and agrees with the facts"),
        "places are ranked, not described": tr("places are ranked, not described"),
        "it is about a class that was tuned on a layer": tr("it is about a class that you taught"),
        "the question asks about a part, by size, rank or place": tr("the question asks about a part, by size, rank or place"),
        "for most of the ground the cover cannot be told": tr("for most of the ground the cover cannot be told"),
        "what was written does not answer the question": tr("what the model wrote does not answer the question"),
    }

"""Facts to the parts of an answer card that show them, by the facts' kind; unknown kinds show nothing."""

import json
from typing import Any, Dict, FrozenSet

from .chat.answer_card import AnswerCard
from .chat.change_section import ChangeSection
from .chat.places_section import PlacesSection
from .chat.series_section import SeriesSection
from .chat.view_section import ViewSection
from .chat.visible_text import visible_text
from .knowledge.citation_section import CitationSection


def add_facts(card: AnswerCard, facts: Dict[str, Any]) -> None:
    """Add tables and pictures for ``facts``.

    Facts may come from a project that somebody else made: what does not fit is left out, never shown half.
    """
    try:
        if facts.get("kind") == "view" and isinstance(facts.get("covers"), dict):
            section = ViewSection(facts, marked=marked(facts))
        elif facts.get("kind") == "pair" and isinstance(facts.get("transitions"), list):
            section = ChangeSection(facts)
        elif facts.get("kind") == "series" and isinstance(facts.get("periods"), list):
            section = SeriesSection(facts)
        elif facts.get("kind") == "places" and isinstance(facts.get("places"), list):
            section = PlacesSection(facts)
            section.chosen.connect(card.objects_chosen)
        elif facts.get("kind") == "knowledge" and isinstance(facts.get("citations"), list) and facts["citations"]:
            section = CitationSection(facts)
            section.cited.connect(card.cited)
            card.text.citation_chosen.connect(section.choose)
            for number in section.numbers:
                card.text.cite(number)
        else:
            return
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        card.say(card.tr("The measured values of this answer cannot be shown."))
        return
    card.add_section(section)
    card.offer_copies(boxes_text(facts), record_text(facts))


def boxes_text(facts: Dict[str, Any]) -> str:
    """The boxes of each phrase on a line of its own, as text; "" if there are none."""
    rows = facts.get("boxes")
    found = [row for row in rows if isinstance(row, dict) and row.get("boxes")] if isinstance(rows, list) else []
    return "\n".join(visible_text(str(row.get("text", ""))) for row in found)


def record_text(facts: Dict[str, Any]) -> str:
    """The view's record as JSON, "" if there is none."""
    record = facts.get("gaia")
    return json.dumps(record, ensure_ascii=False, indent=2) if isinstance(record, dict) and record else ""


def marked(facts: Dict[str, Any]) -> FrozenSet[str]:
    """Labels among the facts that were learned from rendered scenes alone."""
    from ...models.language.marks import rendered_only

    if facts.get("kind") != "view":
        return frozenset()
    known = {}
    for group in ("covers", "things"):
        amounts = facts.get(group)
        known[group] = {k: v for k, v in amounts.items() if isinstance(v, dict)} if isinstance(amounts, dict) else {}
    return frozenset(rendered_only((*known["covers"], *known["things"]), known))

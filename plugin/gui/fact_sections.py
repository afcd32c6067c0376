"""Facts to the parts of an answer card that show them, by the facts' kind; unknown kinds show nothing."""

from typing import Any, Dict

from .chat.answer_card import AnswerCard
from .chat.change_section import ChangeSection
from .chat.view_section import ViewSection


def add_facts(card: AnswerCard, facts: Dict[str, Any]) -> None:
    """Add tables and pictures for ``facts``.

    Facts may come from a project that somebody else made: what does not fit is left out, never shown half.
    """
    try:
        if facts.get("kind") == "view" and isinstance(facts.get("covers"), dict):
            section = ViewSection(facts)
        elif facts.get("kind") == "pair" and isinstance(facts.get("transitions"), list):
            section = ChangeSection(facts)
        else:
            return
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        card.say(card.tr("The measured values of this answer cannot be shown."))
        return
    card.add_section(section)

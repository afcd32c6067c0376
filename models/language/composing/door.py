"""The door to composing: captions and answers about one date and two, as lists of sentences in plain text."""

from ..answers import HELP, declined
from ..units import Units
from .pair import answer as pair_answer
from .view import caption as view_caption

__all__ = ["HELP", "Units", "declined", "pair_answer", "view_caption"]

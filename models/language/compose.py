"""The door to composing: captions and answers about one date and two, as lists of sentences in plain text."""

from .answers import HELP, declined
from .compose_pair import answer as pair_answer
from .compose_view import caption as view_caption
from .units import Units

__all__ = ["HELP", "Units", "declined", "pair_answer", "view_caption"]

"""How a tuned class may be called: words that nobody uses yet, or, if the user says so, words that Nano knows badly."""

import re
from typing import Collection, List, Sequence, Tuple

from ..concepts import Lexicon, singulars, words_of
from ..errors import TuningImpossible
from ..language.reading import grammar

#: Longest name in letters, and in words.
LETTERS, WORDS = 40, 4
_PLAIN = re.compile(r"[^\W\d_][^\W\d_'-]*(?: [^\W\d_][^\W\d_'-]*)*", re.UNICODE)


def class_words(name: str, plural: str = "", synonyms: Sequence[str] = ()) -> Tuple[str, str, Tuple[str, ...]]:
    """(singular, plural, words it is asked for by), in lower case. Raises TuningImpossible for what is no plain name."""
    one = _plain(name)
    many = _plain(plural) if plural.strip() else plural_of(one)
    words = tuple(dict.fromkeys([one, many, *(_plain(other) for other in synonyms if other.strip())]))
    return one, many, words


def plural_of(name: str) -> str:
    """"greenhouse" → "greenhouses", "rice paddy" → "rice paddies"; regular ones only."""
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    return f"{name}es" if re.search(r"(?:s|x|z|ch|sh)$", name) else f"{name}s"


def check_free(words: Sequence[str], known: Lexicon, offered: Collection[str], replaces: bool) -> None:
    """Raises TuningImpossible for words that mean something already.

    ``known``: the shipped words. ``offered``: the single things that the base model finds by itself. What it is measured
    for it stays; what it only guesses at (a narrow word of a cover, a kind of place, a thing it was not checked for) may be
    replaced, if the user says so.
    """
    for text in words:
        parts = words_of(text)
        concept = known.get(parts)
        if concept is None:
            if all(any(form in words for form in singulars(part) for words in grammar().values()) for part in parts):
                raise TuningImpossible(f"“{text}” is a word of everyday grammar. Choose a name for the thing itself.")
            continue
        fixed = concept.covers and not concept.narrow and not (concept.thing and concept.name not in offered)
        if fixed:
            raise TuningImpossible(f"“{text}” is something the model is measured for already. Choose another name.")
        if not replaces:
            raise TuningImpossible(
                f"“{text}” is a word the model knows already, if badly. Choose another name, or tick that it is replaced.")


def _plain(text: str) -> str:
    name = " ".join(text.split()).lower()
    if not name:
        raise TuningImpossible("The class has no name. Give it one, such as “greenhouse”.")
    forms: List[str] = name.split(" ")
    if len(name) > LETTERS or len(forms) > WORDS or not _PLAIN.fullmatch(name) or words_of(name) != forms:
        raise TuningImpossible("Name the class in one to four plain words, such as “greenhouse”, without digits or signs.")
    return name

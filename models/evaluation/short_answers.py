"""Short answers read from sentences: yes or no, a number, a share, an area, the one named first of several words."""

import re
from typing import Collection, Optional

from ..concepts import lexicon, words_of
from ..language.reading import read

_WORDS = {"none": 0, "no": 0, "zero": 0, "nothing": 0, "neither": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
          "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_UNIT = r"\s*(?:%|m²|ha\b|km²|m\b|km\b|px|pixels|sq)"
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,]){_FIGURE}(?!{_UNIT})(?![\w.,]*\d)|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_PERCENT = re.compile(rf"({_FIGURE})\s*%")
_AREA = re.compile(rf"({_FIGURE})\s*(m²|m2|ha|km²|km2)")
_METRES = {"m²": 1.0, "m2": 1.0, "ha": 1e4, "km²": 1e6, "km2": 1e6}
_YES = re.compile(r"^(?:probably )?yes\b|^perhaps\b", re.IGNORECASE)
_NO = re.compile(r"^(?:probably )?(?:no|not)\b|^(?:i see|there (?:is|are)) (?:no|none|neither)\b|^none\b|\bdoes not look like\b",
                 re.IGNORECASE)
_CANNOT = re.compile(r"^i (?:cannot|can't|was not taught)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|larger|outnumber)\b", re.IGNORECASE)
_FEWER = re.compile(r"\b(?:fewer|less|smaller)\b", re.IGNORECASE)
#: Sentences that say that nothing, or less than half, can be told.
_ABSTAINING = re.compile(
    r"^i cannot (?:tell|count|say|name)\b|^the image has no scale|\bi give no counts\b|\bi was not taught\b|\bi see too little\b"
    r"|^for (?:more than 99|100|[5-9]\d)(?:\.\d)? % of the ground i cannot tell", re.IGNORECASE)


def yes_or_no(text: str, question: str = "") -> str:
    """"yes", "no", or "" where ``text`` is neither. "Trees cover more ground than water" says yes to a question that
    names the trees first, and no to any other."""
    said = text.strip()
    if _YES.search(said):
        return "yes"
    if _NO.search(said):
        return "no"
    first = said.split(". ")[0]
    if _MORE.search(first) or _FEWER.search(first):
        asked, told = (read(words_of(part), lexicon()).mentions for part in (question, first))
        if asked and told:
            same = asked[0].concept.covers == told[0].concept.covers
            return "yes" if same == bool(_MORE.search(first)) else "no"
    return ""


def number(text: str) -> Optional[int]:
    """The first number of things; "no" and "none" are 0. None for none, and for "I cannot count …"."""
    if _CANNOT.search(text.strip()):
        return None
    found = _NUMBER.search(text)
    if found is None:
        return None
    word = found.group().lower()
    return _WORDS[word] if word in _WORDS else round(float(word.replace(",", "")))


def per_cent(text: str) -> Optional[float]:
    """The first share in per cent; 0 where nothing is seen."""
    found = _PERCENT.search(text)
    return float(found.group(1).replace(",", "")) if found else 0.0 if _NO.search(text.strip()) else None


def square_metres(text: str) -> Optional[float]:
    """The first area; 0 where nothing is seen."""
    found = _AREA.search(text)
    if found is None:
        return 0.0 if _NO.search(text.strip()) else None
    return float(found.group(1).replace(",", "")) * _METRES[found.group(2)]


def first_named(text: str, candidates: Collection[str]) -> str:
    """The candidate that ``text`` names first, the longest of those that begin there; "" if it names none."""
    said = text.lower()
    places = []
    for candidate in candidates:
        found = re.search(rf"(?<![\w-]){re.escape(candidate.lower())}(?:s|es)?(?![\w-])", said)
        if found is not None:
            places.append((found.start(), -len(candidate), candidate))
    return min(places)[2] if places else ""


def abstains(text: str) -> bool:
    """Whether an answer says that it cannot tell, in a sentence of its own."""
    return any(_ABSTAINING.search(sentence.strip()) for sentence in re.split(r"(?<=[.!?])\s+", text))

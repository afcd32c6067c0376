"""How a question about two dates is put, beyond what it is about: its sense, its unit, whether it goes on from the last."""

import re
from dataclasses import replace
from typing import FrozenSet

from .narrowing import Narrowing
from .rules import ELLIPSIS, PRONOUN, either

_CAME = r"(?:added|built|gained|new|constructed|erected|appeared|planted|came|grown)"
_WENT = r"(?:removed|lost|demolished|gone|cleared|felled|cut|destroyed|disappeared|vanished|torn)"

#: What a question may be, any number of them at once.
MANNERS = (
    # yes means that nothing changed
    ("same", either(
        r"\b(?:same|identical|unchanged|equal|alike)\b", r"\b(?:did|has|have|was|were) nothing\b",
        r"\bno (?:changes?|differences?)\b",
    )),
    ("still", r"\bstill\b"),
    # more came than went, or less
    ("more", either(
        r"\bmore\b.*\b(?:than before|now|than (?:earlier|previously))\b", r"\b(?:grow|grew|grown|increased?|expand(?:ed)?)\b",
        r"\b(?:larger|bigger|greater) (?:now|than before)\b",
        rf"\bmore\b.*\b{_CAME}\b.*\bthan\b.*\b{_WENT}\b", rf"\b(?:less|fewer)\b.*\b{_WENT}\b.*\bthan\b.*\b{_CAME}\b",
    )),
    ("less", either(
        r"\b(?:less|fewer)\b.*\b(?:than before|now|than (?:earlier|previously))\b",
        r"\b(?:shr[aiu]nk|decreased?|declined?|diminished)\b", r"\bsmaller (?:now|than before)\b",
        rf"\bmore\b.*\b{_WENT}\b.*\bthan\b.*\b{_CAME}\b", rf"\b(?:less|fewer)\b.*\b{_CAME}\b.*\bthan\b.*\b{_WENT}\b",
    )),
    ("most", either(
        r"\b(?:which|what)(?: \w+){0,3} (?:changed|lost|gained|grew|shrank|increased|decreased|disappeared)(?: \w+)? most\b",
        r"\bmost (?:affected|changed) (?:cover|class|type|kind)\b",
    )),
    ("detailed", r"\b(?:in (?:full |more |great )?detail|detailed|in depth|thorough(?:ly)?|everything you)\b"),
    ("grid", r"\b(?:3|three) ?(?:x|×|by) ?(?:3|three)\b"),
    ("cells", r"\bcells?\b"),
    # all of what was spoken of, no longer a part of it
    ("altogether", r"\b(?:in (?:all|total)|altogether|everywhere|anywhere|overall|of all sizes|regardless)\b"),
)

#: What is said of buildings without the word.
BUILT = r"\b(?:built|constructed|erected|demolished|torn down|pulled down|knocked down)\b"
#: Asks for the number on one date, which is no change.
ON_ONE_DATE = r"\bhow many\b.*\b(?:is|are|was|were) there\b.*\b(?:now|today|before|earlier|previously|afterwards|originally)\b"
#: What became of a thing, and what a thing came instead of.
BECAME_OF = either(
    r"\b(?:became|become) of\b", r"\bwhat did .*\b(?:become|turn into|change (?:in)?to)\b", r"\bwhat (?:has |have )?replaced\b",
    r"\bhappened to\b", r"\binto what\b",
)
CAME_INSTEAD = either(
    r"\breplaced by\b", r"\bbefore (?:the|these|those)\b", r"\bwhat did .*\breplace\b", r"\binstead of what\b",
)
#: About everything, whatever was spoken of before.
_WHOLE = either(
    r"\b(?:any|every|some|no)thing\b", r"\bchang\w*\b", r"\bdiffer\w*\b", r"\b(?:images?|pictures?|dates?|layers?|region)\b",
    r"\b(?:start over|start again|forget)\b", r"\bwhat(?:'s| is)? (?:was |is )?(?:new|gone|lost|gained|added|removed|disappeared"
    r"|appeared|vanished)\b", r"\btransitions?\b", r"\bfrom what\b", r"\bwhat happened\b", r"\bthe (?:land|ground|place|site)\b",
    r"\b(?:overview|summary|summari[sz]e|describe|report|caption)\b",
)
_UNITS = (
    ("ha", r"(?:hectares?|ha)"), ("km²", r"(?:square (?:km|kilomet(?:re|er)s?)|km2|km²|sq\.? ?km)"), ("acres", r"acres?"),
    ("sq ft", r"(?:square f(?:ee|oo)t|sq\.? ?ft|ft2|ft²)"), ("m²", r"(?:square (?:m|met(?:re|er)s?)|m2|m²|sqm|sq\.? ?m)"),
)


def turned_round(plain: str, narrowing: Narrowing) -> Narrowing:
    """ "And the larger ones?" after "smaller than 100 m²": the limit turned round; ``narrowing`` itself for other words."""
    low, high = narrowing.min_area, narrowing.max_area
    larger = re.search(r"\b(?:larger|bigger) (?:ones?|than (?:that|those))\b", plain)
    smaller = re.search(r"\bsmaller (?:ones?|than (?:that|those))\b", plain)
    if (larger and low is None and high is not None) or (smaller and high is None and low is not None):
        return replace(narrowing, min_area=high, max_area=low)
    return narrowing


def manner_of(plain: str) -> FrozenSet[str]:
    """The names of :data:`MANNERS` that hold for ``plain`` (lower case)."""
    return frozenset(name for name, pattern in MANNERS if re.search(pattern, plain))


def unit_of(plain: str) -> str:
    """The unit of area that ``plain`` asks for: "ha", "km²", "acres", "sq ft" or "m²"; "" for none."""
    for unit, forms in _UNITS:
        if re.search(rf"\b(?:in|into|how many|as|number of) (?:the )?{forms}(?![\w²])", plain):
            return unit
    return ""


def goes_on(plain: str, kind: str, words: int) -> bool:
    """Whether a question about two dates that names no thing means those of the turn before it."""
    alone = re.sub(r"\b(?:these|those|the) (?:two )?(?:images?|pictures?|dates?|layers?|scenes?)\b", "images", plain)
    if re.search(r"^(?:all|all of it|reset)[.!?]*$", alone):
        return False
    if re.search(r"\b(?:they|them|those|these|their|ones)\b", alone):
        return True
    if re.search(_WHOLE, alone):
        return False
    opened = re.search(either(ELLIPSIS, PRONOUN, r"\b(?:only|just|there)\b"), alone) is not None
    return opened or words <= 3 or kind != "describe"

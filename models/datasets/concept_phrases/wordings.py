"""Expands the bank of concepts into phrases and splits their wordings by hash, as the banks of questions are split.

The nouns themselves are always trained on, so that each word is known; whole wordings, and what a noun is carried by ("an
aerial photo of …"), belong to training or to validation, never to both.
"""

from functools import lru_cache
from typing import Dict, FrozenSet, List, Tuple

from ..naming import article, plural
from ..phrases.bank import PARTS, expand, kept
from .bank import COMPOSED, COUNTED, COVERS, GROUPS, PLACES, THINGS, Said
from .unknown import HEADS, QUALIFIERS, UNKNOWN

_BANK: Dict[str, Said] = {
    **PLACES, **COVERS, **THINGS,
    **{name: said for name, (_, said) in (*GROUPS.items(), *COMPOSED.items(), *COUNTED.items())}}

#: Every concept by its name. The order is part of the shipped lexicon alone, not of any weights' meaning.
CONCEPTS: Tuple[str, ...] = tuple(_BANK)

#: How a noun can be carried; split by hash.
CARRIERS: Tuple[str, ...] = tuple(text for whole in (
    "[a|an aerial|a satellite|an overhead|a remote sensing] [photo|image|picture|view] of {x}",
    "{x} [seen|photographed] from [above|the air|space]",
    "[an area|a place|land|a scene|a view|ground] with {x}", "[there is|here is|this is|it shows|one sees|showing] {x}",
    "[show me|find|where is|look for|search for] {x}", "{x} in [the image|this picture|the view|the scene]",
    "the [picture|image|photo|view|scene] [shows|contains|depicts] {x}", "[bird's-eye|top-down] view of {x}",
    "[large|small|some|typical] {x}",
) for text in expand(whole))

def names_of(concept: str) -> Tuple[str, ...]:
    """The nouns of ``concept``; () of those that are only said in whole wordings."""
    return tuple(name.strip().rstrip("~") for name in _BANK[concept].names.split(",") if name.strip())


@lru_cache(maxsize=None)
def said(concept: str, part: str = "train") -> Tuple[str, ...]:
    """What ``concept`` is called, without carriers: nouns (in training, singular and plural) and wordings of ``part``.

    KeyError: no such concept. ValueError: no such part.
    """
    if part not in PARTS:
        raise ValueError(f"no part {part!r}: {PARTS}")
    found: List[str] = [text for whole in _BANK[concept].wordings for text in expand(whole)
                        if kept(text) == (part == "validation")]
    if part == "train":
        return tuple(dict.fromkeys([concept, *_forms(concept), *found]))
    return tuple(text for text in dict.fromkeys(found) if text not in _trained())


@lru_cache(maxsize=1)
def _trained() -> FrozenSet[str]:
    return frozenset(text for concept in CONCEPTS for text in phrases(concept))


@lru_cache(maxsize=None)
def phrases(concept: str, part: str = "train") -> Tuple[str, ...]:
    """:func:`said`, and each of it in every carrier of ``part``; in validation nouns appear in carriers of validation."""
    bare = said(concept, part)
    carried = bare if part == "train" else (*bare, *_forms(concept))
    carriers = [text for text in CARRIERS if kept(text) == (part == "validation")]
    found = dict.fromkeys([*bare, *(carrier.format(x=text) for text in carried for carrier in carriers)])
    return tuple(text for text in found if part == "train" or text not in _trained())


def _forms(concept: str) -> Tuple[str, ...]:
    found: List[str] = []
    for name in (part.strip() for part in _BANK[concept].names.split(",") if part.strip()):
        if name.endswith("~"):
            found.append(name[:-1])
        else:
            found += [name, article(name), plural(name)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def negatives() -> Tuple[str, ...]:
    """Phrases for no concept, to train with: unknown nouns with article and plural, and known nouns made something else."""
    plain = [form for name in UNKNOWN for form in (name, article(name), plural(name))]
    nouns = sorted({name for concept in CONCEPTS for name in names_of(concept)})
    made = [f"{word} {plural(noun)}" for i, word in enumerate(QUALIFIERS) for noun in nouns[i % 5::5]]
    made += [f"{noun} {word}" for i, word in enumerate(HEADS) for noun in nouns[i % 7::7]]
    return tuple(text for text in dict.fromkeys([*plain, *made]) if text not in _trained())

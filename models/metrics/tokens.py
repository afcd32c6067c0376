"""Sentences to words, the way each protocol does it. Figures made with different ways must not be compared."""

import re
from typing import Callable, Collection, Dict, List, Sequence

from .porter import stem

Words = Sequence[str]
Tokeniser = Callable[[str], List[str]]

#: What coco-caption removes after the Penn Treebank tokeniser. It lists brackets as -LRB- … in capitals, but the
#: tokeniser has lowered them by then: round, square and curly brackets stay, as words of their own.
_REMOVED = frozenset("' ` . ? ! , : - -- ... ; \"".split())
_BRACKETS = {"(": "-lrb-", ")": "-rrb-", "[": "-lsb-", "]": "-rsb-", "{": "-lcb-", "}": "-rcb-"}
_PTB = re.compile(r"""
      \d+(?:[.,:]\d+)+                # 1,000 and 0.5 and 12:30 are one word
    | \w+(?:[-/]\w+)*(?:'(?=\w)\w+)?  # two-storey, water/grass; don't and it's are cut below
    | '(?:s|re|ve|ll|d|m)\b
    | \.\.\.|--
    | [^\w\s]
""", re.VERBOSE)
_CLITIC = re.compile(r"(.+?)(n't|'s|'re|'ve|'ll|'d|'m)|(can)(not)")
_DELTAVLM_SPACES = str.maketrans(dict.fromkeys('.!"()*#:;~', " "))


def whitespace(text: str) -> List[str]:
    """Cut at white space only: "tree." and "tree" differ, as do "Tree" and "tree" (RS-RAG; SYSTEMS-B 2.3)."""
    return text.split()


def ptb_like(text: str) -> List[str]:
    """Lower case, clitics cut off (do n't, it 's), hyphenated words whole, punctuation removed.

    The rules of coco-caption's Penn Treebank step that matter for captions (SYSTEMS-A 7.2), without Java. Abbreviations
    ("U.S.", "e.g.") lose their full stops, file names and signs of numbers are cut: there the Java tokeniser differs.
    """
    words: List[str] = []
    for word in _PTB.findall(text.lower()):
        if word in _REMOVED:
            continue
        clitic = _CLITIC.fullmatch(word)
        words.extend(filter(None, clitic.groups()) if clitic else [_BRACKETS.get(word, word)])
    return words


def rouge_words(text: str) -> List[str]:
    """Lower case, every run of other than a-z and 0-9 is a gap, words over three letters stemmed (rouge_score)."""
    return [stem(word) if len(word) > 3 else word for word in re.findall(r"[a-z0-9]+", text.lower())]


def deltavlm_words(text: str) -> List[str]:
    """DeltaVLM's processor: lower case, ``. ! " ( ) * # : ; ~`` to spaces, first 50 words (SYSTEMS-B 1.3).

    Brackets, quotes, commas, "?" and hyphens survive; a longer text is cut without a word.
    """
    return text.lower().translate(_DELTAVLM_SPACES).split()[:50]


def change_words(text: str) -> List[str]:
    """Full stops removed, cut at white space, case kept: LEVIR-CC and SECOND-CC sentences (SYSTEMS-B 1.6, 3.5)."""
    return text.replace(".", "").split()


def known(words: Words, vocabulary: Collection[str]) -> List[str]:
    """``words`` with every one outside ``vocabulary`` as "<unk>".

    Change captions are scored as word ids of a closed vocabulary (LEVIR-CC 468 words; SYSTEMS-B 1.6): two different
    unknown words then count as the same word, which raises every figure.
    """
    return [word if word in vocabulary else "<unk>" for word in words]


#: The ways by the names that presets use.
TOKENISERS: Dict[str, Tokeniser] = {
    "whitespace": whitespace,
    "ptb_like": ptb_like,
    "rouge_words": rouge_words,
    "deltavlm_words": deltavlm_words,
    "change_words": change_words,
}

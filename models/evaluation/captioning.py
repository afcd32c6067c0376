"""Captions against reference sentences: their words, and the objects that they name."""

import re
from typing import TYPE_CHECKING, Any, Dict, FrozenSet, List, Set

import numpy as np

from ..concepts import lexicon, words_of
from ..metrics.captions import caption_figures
from .manifest import SENTENCES

if TYPE_CHECKING:
    from .evaluation import Evaluation

QUESTION = "Describe this image."
_CLAUSES = re.compile(r"[.;:!?]\s|\n")
_DENIALS = frozenset(("no", "not", "cannot", "neither", "none", "without"))


def caption(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """BLEU, ROUGE-L, CIDEr-D, meteor_stem, and ``objects``: see :func:`object_figures`. ``concept``: the image's class."""
    answers, references, failed = [], [], 0
    for index in indices:
        answer, _ = run.ask(index, QUESTION)
        failed += bool(answer.error)
        answers.append(answer.text)
        references.append([part.strip() for part in run.rows[index]["target"].split(SENTENCES.strip()) if part.strip()])
    figures = caption_figures(answers, references)
    classes = [run.rows[index].get("concept", "") for index in indices]
    return {**figures, "failed": failed, "objects": object_figures(answers, references, classes)}


def object_figures(answers: List[str], references: List[List[str]], classes: List[str]) -> Dict[str, float]:
    """How far captions name what the references name, by the covers, things and kinds of place of the lexicon, 0..1.

    ``precision``: of the objects said, the share that a reference of the image names. ``recall``: of the objects that at
    least two references (or the only one) name, the share said. ``hallucinated``: of the objects said, the share that no
    reference of any image of the same class names, as CHAIR counts them, but forgiving what people leave out.
    """
    named: Dict[str, Set[str]] = {}
    for sentences, name in zip(references, classes):
        for sentence in sentences:
            named.setdefault(name, set()).update(objects_of(sentence))
    said = hits = invented = wanted = found = 0
    for answer, sentences, name in zip(answers, references, classes):
        mine = objects_of(answer)
        each = [objects_of(sentence) for sentence in sentences]
        any_of = frozenset().union(*each)
        least = min(2, len(each))
        agreed = {one for one in any_of if sum(one in names for names in each) >= least}
        said += len(mine)
        hits += len(mine & any_of)
        invented += len(mine - named[name])
        wanted += len(agreed)
        found += len(mine & agreed)
    return {"precision": hits / said if said else 0.0, "recall": found / wanted if wanted else 0.0,
            "hallucinated": invented / said if said else 0.0, "said_per_caption": float(np.mean(said / max(len(answers), 1)))}


def objects_of(sentence: str) -> FrozenSet[str]:
    """The covers, things and kinds of place that ``sentence`` says are there: nothing of a part that says no."""
    found: Set[str] = set()
    for part in _CLAUSES.split(sentence.lower()):
        words = words_of(part)
        if set(words) & _DENIALS:
            continue
        start = 0
        while start < len(words):
            concept, length = lexicon().longest_at(words, start)
            if concept is not None:
                found.update(concept.covers or (concept.scenes and (f"scene {min(concept.scenes)}",)) or ())
            start += max(1, length)
    return frozenset(found)

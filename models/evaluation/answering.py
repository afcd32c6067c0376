"""Questions with short answers: what a sentence says, compared with the one right answer."""

import re
from typing import TYPE_CHECKING, Any, Dict, List, Set

import numpy as np

from ..facts.cells import IMAGE_NAMES, NORTH_NAMES
from ..language.claims.words import COLOURS
from ..metrics.baselines import best_constant_count, constant_by_type
from ..metrics.counting import count_figures
from ..metrics.decisions import balanced
from ..metrics.vqa import Answered, vqa_figures
from .door import Answer
from .short_answers import first_named, number, per_cent, square_metres, yes_or_no

if TYPE_CHECKING:
    from .evaluation import Evaluation

_WHOLE, _SHARE, _AREA = (re.compile(p) for p in (r"^\d+$", r"^[\d.,]+\s*%$", r"^[\d.,]+\s*(?:m²|m2|ha|km²|km2)$"))
#: A share is right within so many points, an area within so large a part of it.
POINTS, PART = 5.0, 0.2
#: Kinds of word of which any may be said: cells and colours.
_CLOSED = (frozenset(NORTH_NAMES), frozenset(IMAGE_NAMES), COLOURS)


def vqa(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Accuracy by type (``concept``), its mean over types, and that of the best constant answer of each type.

    ``balanced``: of each type of yes and no, the mean of both. ``spoken``: the answers that the decoder had a part in.
    ``counts``: within one, beside the best constant number.
    """
    answered, failed, declined = _answered(run, indices)
    figures = vqa_figures(answered)
    constant = vqa_figures(constant_by_type(answered))
    yes_no: Dict[str, List[Answered]] = {}
    counts: List[Answered] = []
    for each in answered:
        if each.truth in ("yes", "no"):
            yes_no.setdefault(each.type, []).append(each)
        elif each.type.startswith("count") and _WHOLE.match(each.truth):
            counts.append(each)
    result = {**figures, "n": len(indices), "n_by_type": figures["n"], "failed": failed, "declined": declined,
              "constant": {"overall": constant["overall"], "average": constant["average"]},
              "balanced": {name: balanced([one.found for one in rows], [one.truth for one in rows])
                           for name, rows in sorted(yes_no.items())}}
    spoken = [each for each, index in zip(answered, indices) if run.told[index]["spoken"]]
    result["spoken"] = {"n": len(spoken), **({"overall": vqa_figures(spoken)["overall"]} if spoken else {})}
    if counts:
        truth = [int(one.truth) for one in counts]
        numbers = count_figures([int(one.found) if one.found.isdigit() else None for one in counts], truth)
        result["counts"] = {**{key: numbers[key] for key in ("exact", "within1", "relative_median", "answered")},
                            "best constant within1": best_constant_count(truth)["within1"]}
    return result


def attribute(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Colours, classes of things in a region and the like: share of right words, by ``concept`` and over all."""
    answered, failed, declined = _answered(run, indices)
    figures = vqa_figures(answered)
    constant = vqa_figures(constant_by_type(answered))
    return {"n": len(indices), "failed": failed, "declined": declined, "top1": figures["overall"],
            "by_type": figures["by_type"], "constant": constant["overall"]}


def _answered(run: "Evaluation", indices: List[int]) -> tuple:
    words: Dict[str, Set[str]] = {}
    for index in indices:
        row = run.rows[index]
        words.setdefault(row.get("concept", ""), set()).add(row["target"])
    answered, failed, declined = [], 0, 0
    for index in indices:
        row = run.rows[index]
        answer, _ = run.ask(index)
        found = short(answer, row["target"], row.get("question", "").split("||")[-1], words[row.get("concept", "")])
        failed += bool(answer.error)
        declined += answer.declined
        run.tell(index, type=row.get("concept", ""), found=found, right=found == row["target"])
        answered.append(Answered(row.get("concept", ""), found, row["target"]))
    return answered, failed, declined


def short(answer: Answer, target: str, question: str, candidates: Set[str]) -> str:
    """What ``answer`` says, in the form that ``target`` has; "" if it says nothing of the kind, or was declined.

    A share within POINTS and an area within PART of the target are given as the target itself.
    """
    text = answer.text
    if answer.declined or not text:
        return ""
    if target in ("yes", "no"):
        return yes_or_no(text, question)
    if _WHOLE.match(target):
        found = number(text)
        return "" if found is None else str(found)
    if _SHARE.match(target):
        share, wanted = per_cent(text), per_cent(target)
        near = share is not None and wanted is not None and abs(share - wanted) <= POINTS
        return target if near else "" if share is None else f"{share:g} %"
    if _AREA.match(target):
        area, right = square_metres(text), square_metres(target)
        close = area is not None and right is not None and bool(np.isclose(area, right, rtol=PART, atol=0))
        return target if close else "" if area is None else f"{area:g} m²"
    # What is named first may be no target of this manifest, and must not be passed over.
    closed = next((words for words in _CLOSED if target in words), frozenset())
    return first_named(text, candidates | closed)

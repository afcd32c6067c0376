"""What questions of every kind share: forms of a label, a wording drawn from the banks, slots filled from facts."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from ..facts.things import gap
from .balance import Posed
from .chip import Chip, Turn
from .naming import article, counted, is_amount, many, one, verb, whole
from .phrases import fillings, wordings
from .phrases_of_things import Phrase, unique
from .slots import fill

Facts = Dict[str, Any]
#: How often a question is asked with the task word, for a short answer.
_SHORT = 0.4
VQA = "[vqa]"


@dataclass(frozen=True)
class Asker:
    """One chip, its facts, and where chance and wordings come from. ``part``: "train" or "validation"."""

    chip: Chip
    facts: Facts
    rng: np.random.Generator
    part: str

    def pick(self, options: Any) -> Any:
        """One of ``options``, each as likely."""
        return options[int(self.rng.integers(len(options)))]

    def question(self, task: str, **names: str) -> str:
        """A wording of ``task`` with its names filled in."""
        text = str(self.pick(wordings(task, self.part))).format(**names)
        return text[:1].upper() + text[1:]

    def pose(
        self, task: str, label: str, answer: str, names: Dict[str, str], short: str = "", truth: str = "",
        refers: Tuple[int, ...] = (),
    ) -> Posed:
        """A question of ``task`` about ``label``: with a sentence of the bank ``answer``, or with the ``short`` answer."""
        question = self.question(task, **names)
        if short and self.rng.random() < _SHORT:
            return Posed(Turn(f"{VQA} {question}", fill(short, self.facts), task, refers, short), (task, label), truth)
        slots = str(self.pick(fillings(answer))).format(**names)
        slots = slots[:1].upper() + slots[1:]
        return Posed(Turn(question, fill(slots, self.facts), task, refers, slots), (task, label), truth)

    def one_thing(self, labels: Optional[List[str]] = None) -> Optional[Tuple[Phrase, Facts]]:
        """A short phrase that names one thing beyond doubt, and that thing; None if chance finds none in some tries."""
        known = [label for label, thing in self.facts["things"].items()
                 if thing["complete"] and thing["present"] and thing["count"] <= len(thing["largest"])
                 and (labels is None or label in labels)]
        for _ in range(6 if known else 0):
            label = self.pick(known)
            row = self.pick(self.facts["things"][label]["largest"])
            options = [Phrase(label), Phrase(label, row["colour"]), Phrase(label, rank=1), Phrase(label, rank=-1),
                       Phrase(label, row["colour"], rank=1)]
            for index in self.rng.permutation(len(options)):
                found = unique(options[int(index)], self.facts)
                if found is not None:
                    return options[int(index)], found
        return None


def forms(label: str, cover: Facts, prefix: str = "") -> Dict[str, str]:
    """Forms of ``label`` for wordings; ``cover``: its facts. Of a second label as ``second``, ``second_many`` …"""
    if prefix:
        return {"second": whole(label), "second_many": many(label), "other_label": label,
                "second_form": counted(label, cover["count"])}
    be = verb(label, "is", "are")
    return {
        "label": label, "whole": whole(label), "Whole": whole(label)[:1].upper() + whole(label)[1:], "many": many(label),
        "one": one(label), "be": be, "do": verb(label, "does", "do"), "cover": verb(label, "covers", "cover"),
        "take": verb(label, "takes", "take"), "make": verb(label, "makes", "make"), "lie": verb(label, "lies", "lie"),
        "be_n": "is" if cover["count"] == 1 else "are", "n_form": counted(label, cover["count"]),
    }


def is_counted(label: str, cover: Facts) -> bool:
    """Whether a number of them may be said: all are known one by one."""
    return bool(cover["countable"]) and "complete" in cover and not is_amount(label)


def clearly_near(a: Facts, b: Facts, facts: Facts) -> Optional[bool]:
    """True if two things are near each other, False if far, None if it may be argued over."""
    part = gap(a["box"], b["box"]) / max(facts["size"])
    return True if part <= 0.08 else False if part >= 0.15 else None


def a_scene(facts: Facts) -> str:
    """The kind of place with its article; "" unknown."""
    if not facts["scenes"]:
        return ""
    word = facts["scenes"][0]["word"]
    plural = word.endswith("s") and " with " not in word
    return word if word in _WITHOUT_ARTICLE or plural else article(word)


_WITHOUT_ARTICLE = frozenset({"farmland", "forest", "chaparral", "pasture", "grassland", "woodland", "desert"})

"""What is asked of a validation chip: rows of manifests, in wordings that no training question has."""

from typing import Any, Dict, Iterator, List, Sequence, Tuple

import numpy as np

from ..datasets.asking import Asker
from ..datasets.balance import Posed, balanced
from ..datasets.captions import brief_caption
from ..datasets.chip import Chip, Turn
from ..datasets.chip_facts import chip_facts
from ..datasets.dialogues import conversation
from ..datasets.naming import many, one
from ..datasets.phrases import wordings
from ..datasets.questions_amount import amount_questions, number_of_colour
from ..datasets.questions_place import place_questions
from ..datasets.referring import Referral, referrals
from ..datasets.slots import fill
from ..evaluation.manifest import SENTENCES, TURNS, Row
from ..vision.legend import THING_SCALES

PART = "validation"
#: Short answers that are not words of the answer's own kind: kept out of what is asked with one right answer.
_UNCLOSED = ("density", "spread")
#: Pixels of a thing that is pointed at.
_CLICKED = 60


class Asked:
    """One chip as it is asked about. ``labels``: the things that the product offers; others are left out of its facts, and
    so are those that its scale is too coarse for."""

    def __init__(self, chip: Chip, shown: Dict[str, str], labels: Sequence[str], rng: np.random.Generator) -> None:
        self.chip, self.shown, self.rng = chip, shown, rng
        self.things = f"{shown['image'].rsplit('.', 1)[0]}-things.png"
        known = [name for name in labels if chip.gsd is None or chip.gsd <= THING_SCALES[name][1]]
        facts = chip_facts(chip)
        self.facts: Dict[str, Any] = {
            **facts, "things": {name: thing for name, thing in facts["things"].items() if name in known}}
        self.ask = Asker(chip, self.facts, rng, PART)

    def row(self, task: str, question: str, target: str, concept: str = "", region: str = "") -> Row:
        """A row about this chip."""
        return {**self.shown, "task": task, "question": question, "target": target, "concept": concept, "region": region}

    def posed(self) -> List[Posed]:
        """Every question with one right answer; of kinds without a truth of one word only those asked for a short answer."""
        every = [*amount_questions(self.ask), *number_of_colour(self.ask), *place_questions(self.ask)]
        return [item for item in every if item.turn.task not in _UNCLOSED
                and (item.truth or item.turn.question.startswith("[vqa]"))]

    def question(self, item: Posed) -> Row:
        """A posed question as a row; colours are attributes."""
        turn = item.turn
        target = item.truth or turn.answer
        task = "attribute" if turn.task == "colour" else "vqa"
        return self.row(task, turn.question.replace("[vqa] ", ""), target, turn.task)

    def referring(self, most: int = 3) -> Iterator[Tuple[Referral, Row]]:
        """Phrases that name one thing, two, or none."""
        for referral in referrals(self.chip, self.facts, self.rng, most):
            target = f"{self.things}#{' '.join(str(index + 1) for index in referral.things)}"
            wording = str(self.rng.choice(wordings("segment" if len(referral.things) > 1 else "refer", PART)))
            yield referral, self.row("refer", wording.format(phrase=referral.said), target, referral.kind)

    def detecting(self) -> Iterator[Row]:
        """Find all of a label."""
        for label, thing in self.facts["things"].items():
            if not thing["complete"] or thing["count"] > 30 or (not thing["count"] and self.rng.random() > 0.3):
                continue
            mine = [index for index, each in enumerate(self.chip.things) if each.label == label]
            wording = str(self.rng.choice(wordings("find all", PART))).format(many=many(label), one=one(label))
            yield self.row("detect", wording, f"{self.things}#{' '.join(str(index + 1) for index in mine)}", label)

    def pointing(self) -> Iterator[Row]:
        """One thing of any label to be clicked at, and one of a known label in a box to be named."""
        big = [index for index, thing in enumerate(self.chip.things[:254]) if thing.pixels >= _CLICKED]
        if big:
            index = int(self.rng.choice(big))
            yield self.row("point", "", f"{self.things}#{index + 1}", self.chip.things[index].label)
        named = [index for index in big if self.chip.things[index].label in self.facts["things"]]
        if named:
            thing = self.chip.things[int(self.rng.choice(named))]
            yield self.row("attribute", "What is this?", one(thing.label), "class", " ".join(str(v) for v in thing.box))

    def captions(self, references: int = 5) -> Iterator[Row]:
        """A brief caption against several of the data engine's; the same to be found again by one of them."""
        texts = [fill(slots, self.facts) for slots in (brief_caption(self.ask) for _ in range(references)) if slots]
        if texts:
            yield self.row("caption", self.ask.question("caption"), SENTENCES.join(dict.fromkeys(texts)))
            yield self.row("retrieve", "", texts[0])

    def dialogue(self) -> Iterator[Row]:
        """A dialogue up to one of its turns that has a short answer."""
        found = conversation(self.chip, self.rng, PART)
        if found is None or not set(self._labels(found.turns)) <= set(self.facts["things"]):
            return
        ends = [number for number, turn in enumerate(found.turns) if number and self._short(turn)]
        if ends:
            last = int(self.rng.choice(ends))
            turns = [turn.question for turn in found.turns[:last + 1]]
            yield self.row("vqa", TURNS.join(turns), self._short(found.turns[last]), f"dialogue {found.turns[last].task}")

    def _labels(self, turns: Sequence[Turn]) -> Iterator[str]:
        return (self.chip.things[index].label for turn in turns for index in turn.refers)

    def _short(self, turn: Turn) -> str:
        """The short answer of a later turn, "" of one that has none."""
        rows = {row["index"]: row for thing in self.facts["things"].values() for row in thing["largest"]}
        if turn.task == "how many of them":
            return str(len(turn.refers))
        first = rows.get(turn.refers[0]) if turn.refers else None
        if first is None:
            return ""
        if turn.task in ("the largest of them", "the second one"):
            return str(first["where"])
        label = self.chip.things[turn.refers[0]].label
        return str(self.facts["things"][label]["cells"][0]["where"]) if turn.task == "where are they" else ""


def chosen(asked: Sequence[Asked], labels: Sequence[str], most: int, rng: np.random.Generator) -> List[Row]:
    """Rows of questions: yes as often as no by kind and label, numbers of ``labels`` as often 0 as 1 … as 10, at most
    ``most`` of each kind."""
    posed: List[Posed] = []
    owner: Dict[int, Asked] = {}
    for each in asked:
        for item in each.posed():
            if item.turn.task != "count" or item.about[1] in labels:
                posed.append(item)
                owner[id(item)] = each
    kinds: Dict[str, List[Posed]] = {}
    for item in balanced(posed, rng):
        if item.turn.task != "count":
            kinds.setdefault(item.turn.task, []).append(item)
    kinds["count"] = even_counts([item for item in posed if item.turn.task == "count"], rng)
    rows = []
    for items in kinds.values():
        for index in sorted(rng.permutation(len(items))[:most]):
            rows.append(owner[id(items[int(index)])].question(items[int(index)]))
    return rows


def even_counts(items: Sequence[Posed], rng: np.random.Generator, highest: int = 10) -> List[Posed]:
    """As many of each number 0..``highest`` as of the rarest of them that occurs."""
    by_number: Dict[str, List[Posed]] = {}
    for item in items:
        if int(item.truth) <= highest:
            by_number.setdefault(item.truth, []).append(item)
    if not by_number:
        return []
    fewest = max(2, min(len(group) for group in by_number.values()))
    return [group[int(i)] for group in by_number.values() for i in rng.permutation(len(group))[:fewest]]


def without_phrase(rows: Sequence[Tuple[Referral, Row]]) -> List[Row]:
    """The class-only baseline: the same targets, all things of the class asked for."""
    return [{**row, "question": f"Find all {many(referral.phrases[0].label)}"}
            for referral, row in rows if referral.kind == "one"]


def shuffled(rows: Sequence[Tuple[Referral, Row]]) -> List[Row]:
    """The same phrases of one thing, each for another row's target."""
    single = [row for referral, row in rows if referral.kind == "one"]
    step = max(1, len(single) // 2)
    return [{**row, "question": single[(place + step) % len(single)]["question"]} for place, row in enumerate(single)]

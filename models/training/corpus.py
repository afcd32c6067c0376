"""What the decoder learns from: dialogues of the data engine as token sequences, in the very form that prompts have.

Of the facts a sequence opens with, half are predicted, a quarter true, a quarter left out, so that words follow the view
where facts fail. Only answers are learnt, with slots for figures; boxes are ``[SEG]``, since geometry is drawn, not spelt.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from ..datasets.asking import Asker
from ..datasets.captions import brief_caption, caption_turns
from ..datasets.chip import Chip, Dialogue
from ..datasets.chip_facts import chip_facts
from ..datasets.dialogues import dialogues
from ..datasets.questions import question_set
from ..datasets.referring import referrals, referring_turns
from ..datasets.slots import SLOT, fill, slots_of, subjects
from ..datasets.task_words import task_turns
from ..language.bpe import ANSWER, BOS, EOS, PAD, QUESTION, RET, SPECIALS, BytePairs
from ..language.prompting import EXPERTS, Facts, answered_ids, asked_ids, facts_lines, facts_text, opening
from ..language.recalling import recalled

_BOXES = re.compile(r"(?:\{(?:<\d+>){4}\}(?:<delim>)?)+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_PARTS = {f"caption {expert.name}": index for index, expert in enumerate(EXPERTS)}
NO_EXPERT = -1
#: Questions that an expert answers too, since users change experts' requests and questions go to them then; and how often.
_THEME, _OBJECTS, _RELATIONS = range(len(EXPERTS))
_ANSWERING = {"scene": _THEME, "comparison": _RELATIONS, "more ground": _RELATIONS, "relation": _RELATIONS,
              "near": _RELATIONS, **dict.fromkeys(("presence", "count", "number of colour", "position", "place of one",
                                                   "colour", "spread", "density"), _OBJECTS)}
TO_EXPERTS = 0.2
#: Questions of a chip in one round, before yes and no are made even.
QUESTIONS = 20
Claims = FrozenSet[Tuple[str, str]]


#: Tasks of which only a part is learnt from: their answers are nearly always the same, or their views are two.
THINNED = {"segment": 0.25, "refer": 0.3, "difference": 0.3, "retrieve": 0.3}


@dataclass(frozen=True)
class Mix:
    """How often the facts of a sequence are predicted and true; else there are none. ``rounds``: how often questions are
    drawn anew, in other words: reading the right figure out of facts is what takes longest to learn."""

    predicted: float = 0.5
    true: float = 0.25
    rounds: int = 3


@dataclass(frozen=True)
class Example:
    """``ids``: (S,) uint16; ``learn``: (S,) bool, the tokens that are learnt. ``views``: names of the chips whose image
    tokens stand at its ``[IMG]``, in order. ``pair``: of a caption that ends in ``[RET]``, the chip that it describes, and
    ``claims``: what it says of it, as (label, number) and ("scene", word).
    """

    ids: np.ndarray
    learn: np.ndarray
    views: Tuple[str, ...] = ()
    expert: int = NO_EXPERT
    task: str = ""
    pair: str = ""
    claims: Claims = field(default_factory=frozenset)


class Batch(NamedTuple):
    """``ids``: (n, S) int64, padded on the right; ``learn``: (n, S) bool; ``expert``: (n,) int64; the examples' numbers."""

    ids: np.ndarray
    learn: np.ndarray
    expert: np.ndarray
    which: np.ndarray


class Corpus:
    """Examples sorted by length. ``has``: what is true of each chip, in the form of ``Example.claims``."""

    def __init__(self, examples: Sequence[Example], has: Mapping[str, Claims]) -> None:
        self.examples = sorted(examples, key=lambda example: len(example.ids))
        self.has = dict(has)

    def draw(self, rng: np.random.Generator, tokens: int, pool: int = 8) -> Batch:
        """About ``tokens`` tokens of examples of like length: drawn among ``pool`` times as many next to one of chance."""
        anchor = int(rng.integers(len(self.examples)))
        number = max(1, tokens // len(self.examples[anchor].ids))
        start = max(0, min(anchor - pool * number // 2, len(self.examples) - pool * number))
        near = np.arange(start, min(start + pool * number, len(self.examples)))
        return self.batch(np.sort(rng.choice(near, min(number, len(near)), replace=False)))

    def batch(self, which: Sequence[int]) -> Batch:
        """The examples numbered ``which``."""
        chosen = [self.examples[int(i)] for i in which]
        length = max(len(example.ids) for example in chosen)
        ids = np.full((len(chosen), length), SPECIALS.index(PAD), np.int64)
        learn = np.zeros((len(chosen), length), bool)
        for row, example in enumerate(chosen):
            ids[row, :len(example.ids)], learn[row, :len(example.ids)] = example.ids, example.learn
        return Batch(ids, learn, np.array([example.expert for example in chosen], np.int64), np.asarray(which))

    def only(self, pairs: bool) -> "Corpus":
        """The captions that end in ``[RET]``, or all others."""
        return Corpus([example for example in self.examples if bool(example.pair) == pairs], self.has)

    def save(self, path: Path) -> None:
        """Write as one .npz without pickles."""
        rows = [[list(e.views), e.expert, e.task, e.pair, sorted(e.claims)] for e in self.examples]
        known = {"rows": rows, "has": {name: sorted(claims) for name, claims in self.has.items()}}
        np.savez_compressed(
            path, ids=np.concatenate([e.ids for e in self.examples]), learn=np.concatenate([e.learn for e in self.examples]),
            lengths=np.array([len(e.ids) for e in self.examples]), known=np.frombuffer(json.dumps(known).encode(), np.uint8))

    @classmethod
    def load(cls, path: Path) -> "Corpus":
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            ids, learn, lengths, known = kept["ids"], kept["learn"], kept["lengths"], json.loads(kept["known"].tobytes())
        ends = np.cumsum(lengths)
        examples = [
            Example(ids[end - n:end], learn[end - n:end], tuple(views), expert, task, pair, _claims(claims))
            for end, n, (views, expert, task, pair, claims) in zip(ends, lengths, known["rows"])]
        return cls(examples, {name: _claims(claims) for name, claims in known["has"].items()})


def corpus(chips: Sequence[Chip], coder: BytePairs, rng: np.random.Generator, part: str = "train", tokens: int = 64,
           predicted: Optional[Mapping[str, Facts]] = None, mix: Mix = Mix()) -> Corpus:  # noqa: B008 (frozen)
    """Everything the data engine says of ``chips``, in wordings of ``part`` ("train" or "validation").

    ``tokens``: image tokens a view; 0: text alone, then facts are always given. ``predicted``: facts by chip as the
    encoder sees them; a chip without them has its true facts in their stead.
    """
    true = {chip.name: chip_facts(chip) for chip in chips}
    seen = {**true, **(predicted or {})}
    examples = []
    found = [dialogue for dialogue in every_dialogue(chips, rng, part, mix.rounds)
             if rng.random() < THINNED.get(dialogue.turns[0].task, 1.0)]
    for dialogue in packed(found, rng):
        draw = rng.random()
        source = seen if draw < mix.predicted else true if draw < mix.predicted + mix.true else None
        if source is None and not tokens:
            source = seen
        expert = expert_of(dialogue)
        if expert == NO_EXPERT and len(dialogue.chips) == 1 and rng.random() < TO_EXPERTS:
            expert = _ANSWERING.get(dialogue.turns[0].task, NO_EXPERT)
        known = None if source is None else [source[name] for name in dialogue.chips]
        made = example(dialogue, coder, known, tokens, expert)
        examples += [made] if made is not None else []
    for chip in chips:
        made = retrieved(Asker(chip, true[chip.name], rng, part), coder)
        examples += [made] if made is not None else []
    return Corpus(examples, {name: said_of(facts) for name, facts in true.items()})


def every_dialogue(chips: Sequence[Chip], rng: np.random.Generator, part: str, rounds: int = 1) -> Iterator[Dialogue]:
    """Questions (``rounds`` times), captions, task words, referring, conversations, comparisons and retrieval."""
    for _ in range(rounds):
        yield from question_set(chips, rng, part, QUESTIONS)
    yield from dialogues(chips, rng, part)
    for chip in chips:
        for turn in (*caption_turns(chip, rng, part), *task_turns(chip, rng, part)):
            yield Dialogue((chip.name,), (turn,))
        for referral in referrals(chip, chip_facts(chip), rng):
            yield Dialogue((chip.name,), (referring_turns(referral, rng, part),))


def packed(found: Sequence[Dialogue], rng: np.random.Generator, most: int = 10) -> List[Dialogue]:
    """Single questions about one chip as dialogues of up to ``most`` turns, in the order of chance: facts and view are read
    once for all of them. Dialogues proper and the experts' parts stay as they are."""
    alone: Dict[Tuple[str, ...], List[Dialogue]] = {}
    whole: List[Dialogue] = []
    for dialogue in found:
        if len(dialogue.turns) == 1 and dialogue.turns[0].task not in _PARTS:
            alone.setdefault(dialogue.chips, []).append(dialogue)
        else:
            whole.append(dialogue)
    for chips, single in alone.items():
        order = [single[int(i)] for i in rng.permutation(len(single))]
        while order:
            taken = int(rng.integers(1, most + 1))
            whole.append(Dialogue(chips, tuple(dialogue.turns[0] for dialogue in order[:taken])))
            order = order[taken:]
    return whole


def texts(chips: Sequence[Chip], rng: np.random.Generator, part: str = "train") -> Iterator[str]:
    """Every question, answer and line of facts: what byte pairs are learnt from."""
    for chip in chips:
        yield facts_text(chip_facts(chip))
    for dialogue in every_dialogue(chips, rng, part):
        for turn in dialogue.turns:
            yield turn.question
            yield learnt(turn.slots or turn.answer)


def expert_of(dialogue: Dialogue) -> int:
    """Whose part of a caption it is, ``NO_EXPERT`` for all else."""
    return _PARTS.get(dialogue.turns[0].task, NO_EXPERT)


def example(dialogue: Dialogue, coder: BytePairs, facts: Optional[Sequence[Facts]], tokens: int,
            expert: int = NO_EXPERT) -> Optional[Example]:
    """``dialogue`` as one sequence, up to the first answer with a figure that is neither a slot nor written anywhere before
    it: a decoder that learns such figures learns to invent them. None if no turn is left.

    ``facts``: of each of its views, None for none. The word of the ``expert`` that answers opens every question.
    """
    shown = facts if facts is not None else [None] * len(dialogue.chips)
    ids = opening(coder, [(tokens, each) for each in shown])
    learn = [False] * len(ids)
    read = _figures(" ".join(facts_lines(shown)))
    last = shown[-1]
    for turn in dialogue.turns:
        question = turn.question if expert == NO_EXPERT else f"{EXPERTS[expert].word} {turn.question}"
        answer = learnt(turn.slots or turn.answer)
        beside = recalled(last, question) if last is not None else ""
        read |= _figures(f"{question} {beside}")
        if not _figures(answer) <= read:
            break
        asked = [coder.id(QUESTION), *asked_ids(coder, question, beside)[0], coder.id(ANSWER)]
        said = [*answered_ids(coder, answer), coder.id(EOS)]
        ids += asked + said
        learn += [False] * len(asked) + [True] * len(said)
    if not any(learn):
        return None
    views = dialogue.chips if tokens else ()
    return Example(np.array(ids, np.uint16), np.array(learn), views, expert, dialogue.turns[0].task)


def retrieved(asker: Asker, coder: BytePairs) -> Optional[Example]:
    """A brief caption in words and figures that ends in ``[RET]`` (FROMAGe); None of a chip of which nothing is known."""
    slots = brief_caption(asker)
    if not slots:
        return None
    ids = [coder.id(BOS), *coder.encode(fill(slots, asker.facts)), coder.id(RET)]
    known = subjects(asker.facts)
    claims = {(label, str(known[label]["count"])) for kind, label in slots_of(slots) if kind == "n"}
    claims |= {("scene", scene["word"]) for scene in asker.facts["scenes"][:1] if scene["word"] in slots.lower()}
    learn = np.zeros(len(ids), bool)
    learn[-1] = True
    return Example(np.array(ids, np.uint16), learn, (), NO_EXPERT, "describe", asker.chip.name, frozenset(claims))


def said_of(facts: Dict[str, Any]) -> Claims:
    """All that a caption could claim of a chip and be right."""
    counts = {(label, str(subject["count"])) for label, subject in subjects(facts).items()}
    return frozenset(counts | {("scene", scene["word"]) for scene in facts["scenes"][:1]})


def learnt(answer: str) -> str:
    """An answer as the decoder writes it: each group of boxes is one ``[SEG]``."""
    return _BOXES.sub("[SEG]", answer)


def _figures(text: str) -> FrozenSet[str]:
    return frozenset(_NUMBER.findall(SLOT.sub(" ", text)))


def _claims(pairs: Sequence[Sequence[str]]) -> Claims:
    return frozenset((a, b) for a, b in pairs)

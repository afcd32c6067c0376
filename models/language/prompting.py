"""What the decoder is given to read: views, their facts in short, the dialogue so far, the question. Training uses it too.

The order is ``<bos>``, then of each view its image tokens and ``[FACTS]``, then turns ``[Q] … [FACTS] … [A] … <eos>``: a
later turn only appends. The facts of a turn are those of the things its question names. Facts carry what words need (what is
there, more or less of what, mainly where); exact figures go round the decoder, which writes slots.
"""

import re
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from ..concepts import lexicon
from .bpe import ANSWER, ANSWERED, ASKED, BOS, EOS, FACTS, IMG, QUESTION, BytePairs
from .decoding import Image, Prompt
from .units import count, share

Facts = Dict[str, Any]
#: Tokens of a question at most; what is longer is cut, and the caller told.
ASKED_TOKENS = 96
#: Tokens of a prompt at most: the oldest turns go first.
CONTEXT = 640
#: Subjects, absent subjects and single things named in facts.
SUBJECTS, ABSENT, THINGS = 8, 12, 6
#: Unknown ground above which nothing can be said of covers as a whole.
_UNKNOWN = 0.05
#: A cell that leads the next by less is not where something mainly is.
_LEAD = 0.1
# Controls, and marks that turn the direction of writing: nothing that is said.
_UNSAID = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


class Expert(NamedTuple):
    """One of the three that write a detailed caption (RS-MoE): ``word`` opens its ``request``, which a user may change."""

    name: str
    word: str
    request: str


#: In the order of their adapters.
EXPERTS = (
    Expert("theme", "[theme]", "Say what kind of place this is and what covers the ground."),
    Expert("objects", "[objects]", "Say which objects there are, how many, and where."),
    Expert("relations", "[relations]", "Say how the objects lie to each other."),
)


class Exchange(NamedTuple):
    """An earlier turn: the ids as they were read and written, so that nothing of it is read again."""

    question: Tuple[int, ...]
    answer: Tuple[int, ...]


class View(NamedTuple):
    """``image``: its tokens, None for facts alone. ``facts``: None for the image alone."""

    image: Optional[Image]
    facts: Optional[Facts]


def prompt(coder: BytePairs, views: Sequence[View], question: Sequence[int], history: Sequence[Exchange] = ()) -> Prompt:
    """The prompt that is answered next; of ``history`` as many of the last turns as fit into ``CONTEXT``."""
    images = tuple(view.image for view in views if view.image is not None)
    head = opening(coder, [(0 if view.image is None else len(view.image.tokens), view.facts) for view in views])
    asked = [coder.id(QUESTION), *question, coder.id(ANSWER)]
    turns = [[coder.id(QUESTION), *turn.question, coder.id(ANSWER), *turn.answer, coder.id(EOS)] for turn in history]
    while turns and len(head) + len(asked) + sum(map(len, turns)) > CONTEXT:
        turns.pop(0)
    return Prompt((*head, *(token for turn in turns for token in turn), *asked), images)


def opening(coder: BytePairs, views: Sequence[Tuple[int, Optional[Facts]]]) -> List[int]:
    """Ids before the first turn. ``views``: (number of image tokens, facts or None) of each."""
    ids = [coder.id(BOS)]
    for (tokens, facts), text in zip(views, facts_lines([facts for _, facts in views])):
        ids += [coder.id(IMG)] * tokens
        if facts is not None:
            ids += [coder.id(FACTS), *coder.encode(text)]
    return ids


def facts_lines(views: Sequence[Optional[Facts]]) -> List[str]:
    """The facts of each view as they are read, "" of None: slots are filled from the last, so the others name figures."""
    return ["" if facts is None else facts_text(facts) if i == len(views) - 1 else figures_text(facts)
            for i, facts in enumerate(views)]


def asked_ids(coder: BytePairs, text: str, recalled: str = "") -> Tuple[Tuple[int, ...], bool]:
    """A question as ids, without control characters; task words count, other control tokens do not. True: it was cut.

    ``recalled``: what facts say of the things it names (``recalling.recalled``); it follows after ``[FACTS]``.
    """
    # Cut by letters first: what is far too long need not be coded.
    said = " ".join(_UNSAID.sub(" ", text[:20 * ASKED_TOKENS]).split())
    ids = coder.encode(said, ASKED)
    beside = [coder.id(FACTS), *coder.encode(recalled)] if recalled else []
    return (*ids[:ASKED_TOKENS], *beside), len(ids) > ASKED_TOKENS or len(text) > 20 * ASKED_TOKENS


def answered_ids(coder: BytePairs, text: str) -> Tuple[int, ...]:
    """An answer with slots as ids."""
    return tuple(coder.encode(text, ANSWERED))


def known(facts: Facts) -> Dict[str, Facts]:
    """What may be spoken of as a whole, largest share first: covers where hardly any ground is unknown, complete things."""
    found = dict(facts["covers"]) if facts["unknown"]["share"] < _UNKNOWN else {}
    found.update({label: thing for label, thing in facts.get("things", {}).items() if thing.get("complete", True)})
    return dict(sorted(found.items(), key=lambda item: (-item[1]["share"], item[0])))


def facts_text(facts: Facts) -> str:
    """Facts in one short line.

    "harbour; north; water 60% mostly south-west 5; boat 7 2% spread 4, white 5, red 2; no tree, car; boat white east 81 44":
    the scene, the frame, subjects by falling share with number (in buckets from 100 on), share (in steps of 5 % from 10 %
    on), leading cell, how many cells, colours; what is absent; single things by falling size with cell, place in
    hundredths from the west or left and the north or top, and the line along which they lie.
    """
    subjects = known(facts)
    parts = [scene_noun(scene["word"]) for scene in facts["scenes"][:1]] + [facts["frame"]]
    present = [label for label, subject in subjects.items() if subject["present"]]
    parts += [subject_line(label, subjects[label]) for label in present[:SUBJECTS]]
    absent = sorted(label for label, subject in subjects.items() if not subject["present"])
    parts += [f"no {', '.join(absent[:ABSENT])}"] if absent else []
    rows = [(label, row) for label in present[:SUBJECTS] for row in subjects[label]["largest"] if "at" in row]
    rows.sort(key=lambda item: -item[1]["pixels"])
    return "; ".join(parts + [single(label, row) for label, row in rows[:THINGS]])


def figures_text(facts: Facts) -> str:
    """Facts of an earlier view: numbers and shares in the very words of an answer."""
    parts = [scene_noun(scene["word"]) for scene in facts["scenes"][:1]]
    for label, subject in list(known(facts).items())[:SUBJECTS + ABSENT]:
        parts.append(f"{label} {count(subject['count'])}" if subject["countable"] else f"{label} {share(subject['share'])}")
    return "; ".join(parts)


def slot_labels(facts: Facts) -> Dict[str, List[str]]:
    """By kind of slot, the labels that these facts can fill it with: what ``constraints.Slots`` takes."""
    subjects = known(facts)
    present = [label for label, subject in subjects.items() if subject["present"]]
    return {"n": [label for label, subject in subjects.items() if subject["countable"]], "share": list(subjects),
            "area": list(subjects), "cell": [label for label in present if subjects[label]["cells"]]}


def scene_noun(word: str) -> str:
    """What a scene is called, without its article; words that are no scene's name stay."""
    said = lexicon().scene_said.get(word, word)
    return re.sub(r"^an? ", "", said)


def bucket(number: int) -> str:
    """A number of things: exact to 99, then from which of 100, 200, 500, 1000 … on it is."""
    if number < 100:
        return str(number)
    power = 10 ** (len(str(number)) - 1)
    return f"{max(step * power for step in (1, 2, 5) if step * power <= number)}+"


def percent(part: float) -> str:
    """A share of 0..1 in whole per cent, from 10 on in steps of 5; "<1%" of what is there but hardly."""
    value = 100 * part
    return f"{round(value / 5) * 5}%" if value >= 10 else f"{round(value)}%" if value >= 1 else "<1%"


def subject_line(label: str, subject: Facts) -> str:
    """Number, share, where most of it is, in how many cells, and colours."""
    cells = subject["cells"]
    clear = len(cells) == 1 or (len(cells) > 1 and cells[0]["share"] >= cells[1]["share"] + _LEAD)
    words = [label, bucket(subject["count"]) if subject["countable"] else "", percent(subject["share"]),
             f"mostly {cells[0]['where']}" if clear else "spread", str(len(cells))]
    colours = sorted(subject.get("colours", {}).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join([" ".join(word for word in words if word), *(f"{colour} {bucket(n)}" for colour, n in colours)])


def single(label: str, row: Facts) -> str:
    """One thing: colour, cell, place and the line along which it lies."""
    x, y = (min(99, int(100 * value)) for value in row["at"])
    return " ".join(word for word in (label, row["colour"], row["where"], str(x), str(y), row["axis"]) if word)

"""Captions of a chip from its facts: brief, or detailed in the parts theme, objects and relations."""

from dataclasses import dataclass
from typing import List, Tuple

import numpy as np

from .asking import Asker, a_scene, forms, is_counted
from .chip import Chip, Turn
from .chip_facts import chip_facts
from .naming import counted, joined
from .phrases import fillings
from .phrases_of_things import direction
from .slots import fill, subjects

#: Shares below this are not worth a sentence.
_MENTION = 0.02


@dataclass(frozen=True)
class DetailedCaption:
    """Sentences with slots, by part. ``relations`` may be empty: nothing stands alone enough to be related."""

    theme: Tuple[str, ...]
    objects: Tuple[str, ...]
    relations: Tuple[str, ...]

    @property
    def parts(self) -> Tuple[Tuple[str, Tuple[str, ...]], ...]:
        """(name, sentences) of the parts that say something."""
        named = (("theme", self.theme), ("objects", self.objects), ("relations", self.relations))
        return tuple((name, said) for name, said in named if said)

    @property
    def text(self) -> str:
        """One line a part, with its name."""
        return "\n".join(f"{name.capitalize()}: {' '.join(said)}" for name, said in self.parts)


def detailed_caption(ask: Asker, most_relations: int = 3) -> DetailedCaption:
    """Everything worth saying of the chip, each sentence true by itself."""
    scene = a_scene(ask.facts)
    theme = [_filled(ask, "scene", scene=scene)] if scene else []
    return DetailedCaption(tuple(theme + _ground(ask, 3)), tuple(_objects(ask)), tuple(_relations(ask, most_relations)))


def brief_caption(ask: Asker) -> str:
    """One or two sentences with slots: the place, its commonest things, else its main cover; "" if nothing is known."""
    known = subjects(ask.facts)
    things = [label for label, cover in known.items() if is_counted(label, cover) and cover["present"]]
    things = sorted(things, key=lambda label: -known[label]["count"])[:3]
    listed = joined([f"<n:{label}> {counted(label, known[label]['count'])}" for label in things])
    scene = a_scene(ask.facts)
    if scene and things:
        return str(ask.pick([f"{scene[:1].upper()}{scene[1:]} with {listed}.", f"This looks like {scene}; I see {listed}."]))
    if things:
        return str(ask.pick([f"The image shows {listed}.", f"I see {listed}."]))
    said = [_filled(ask, "scene", scene=scene)] if scene else []
    return " ".join(said + _ground(ask, 1))


def caption_turns(chip: Chip, rng: np.random.Generator, part: str = "train") -> List[Turn]:
    """The brief and the detailed caption as turns, and one turn for each part by itself; fewer where little is known."""
    ask = Asker(chip, chip_facts(chip), rng, part)
    turns = []
    brief = brief_caption(ask)
    if brief:
        word = "[caption] " if rng.random() < 0.5 else ""
        turns.append(Turn(f"{word}{ask.question('caption')}", fill(brief, ask.facts), "caption", (), brief))
    detailed = detailed_caption(ask)
    if detailed.parts:
        text = detailed.text
        turns.append(Turn(ask.question("detailed caption"), fill(text, ask.facts), "detailed caption", (), text))
    for name, said in detailed.parts:
        text = " ".join(said)
        turns.append(Turn(ask.question(f"caption {name}"), fill(text, ask.facts), f"caption {name}", (), text))
    return turns


def _filled(ask: Asker, answer: str, **names: str) -> str:
    text = str(ask.pick(fillings(answer))).format(**names)
    return text[:1].upper() + text[1:]


def _ground(ask: Asker, most: int) -> List[str]:
    """The covers with the largest shares; none where part of the chip is of unknown cover."""
    if ask.facts["unknown"]["pixels"]:
        return []
    # What is counted one by one is left to the objects, even where it is a cover too.
    known = subjects(ask.facts)
    covers = {label: cover for label, cover in known.items() if "complete" not in cover and cover["share"] >= _MENTION}
    ranked = sorted(covers, key=lambda label: -covers[label]["pixels"])[:most]
    return [_filled(ask, "ground", **forms(label, covers[label])) for label in ranked]


def _objects(ask: Asker) -> List[str]:
    said, absent = [], []
    for label, cover in subjects(ask.facts).items():
        if not is_counted(label, cover):
            continue
        if not cover["present"]:
            absent.append(forms(label, cover)["whole"])
            continue
        cells = cover["cells"]
        clear = len(cells) == 1 or cells[0]["share"] >= cells[1]["share"] + 0.1
        answer = ("object" if cover["count"] == 1 else "objects") if clear else "objects spread"
        said.append(_filled(ask, answer, **forms(label, cover)))
    for label, thing in ask.facts["things"].items():
        colours = thing["colours"]
        if thing["complete"] and thing["count"] >= 2 and sum(colours.values()) == thing["count"]:
            names = forms(label, thing)
            colour = max(sorted(colours), key=lambda word: colours[word])
            number = colours[colour]
            names.update(n=str(number), colour=colour, be_c="is" if number == 1 else "are",
                         c_form=names["one"] if number == 1 else names["many"])
            said.append(_filled(ask, "number of colour", **names))
    if absent and ask.rng.random() < 0.5:
        said.append(f"There are no {joined(absent, 'or')}.")
    return said


def _relations(ask: Asker, most: int) -> List[str]:
    """How things that a short phrase names lie to each other, each pair once."""
    said: List[str] = []
    pairs = set()
    for _ in range(4 * most):
        one, two = ask.one_thing(), ask.one_thing()
        if len(said) >= most or one is None or two is None:
            break
        pair = frozenset((one[1]["index"], two[1]["index"]))
        towards = direction(one[1], two[1], ask.facts) if len(pair) == 2 and pair not in pairs else ""
        if towards:
            pairs.add(pair)
            the = one[0].said()
            said.append(_filled(ask, "relation", the=the, The=the[:1].upper() + the[1:], direction=towards, other=two[0].said()))
    return said

"""What is said about chips: turns from their facts, each re-derived from the masks by the checker, in one stream of samples."""

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import Callable, Dict, FrozenSet, Iterator, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from ...models.datasets.asking import Asker
from ...models.datasets.balance import Posed, balanced
from ...models.datasets.captions import brief_caption, caption_turns, detailed_caption
from ...models.datasets.checker import AGREE, Measures, check_dialogue
from ...models.datasets.chip import Chip, Dialogue, Turn
from ...models.datasets.chip_facts import chip_facts
from ...models.datasets.choosing import fraction
from ...models.datasets.dialogues import conversation, difference, retrieval
from ...models.datasets.gaia import gaia_record
from ...models.datasets.meta_captions import meta_captions
from ...models.datasets.questions import questions
from ...models.datasets.referring import referrals, referring_turns
from ...models.datasets.slots import fill
from ...models.datasets.tags import tag_caption
from ...models.datasets.task_words import task_turns
from ...models.datasets.writing.sample import Sample
from .training_labels import Spelling

#: What may be said of a chip, in the order of the algorithm's list.
KINDS = ("captions", "questions", "dialogues", "referring", "gaia", "metadata", "tags")
NOT_CONFIRMED = "turn that the checker does not confirm"
NOT_BALANCED = "question left out for balance"
#: Questions of a chip before they are balanced over all chips.
_MOST = 12

Progress = Callable[[float, str], None]


@dataclass
class Said:
    """What is said of one chip. ``turns`` and ``captions`` grow while it is made."""

    dialogues: List[Dialogue] = field(default_factory=list)
    captions: List[str] = field(default_factory=list)


class Speaker:
    """Makes and checks all that is said. ``chips`` have stand-in labels and need no pixels; ``splits``: by chip name."""

    def __init__(
        self, chips: Sequence[Chip], splits: Mapping[str, str], kinds: FrozenSet[str], spelling: Spelling, seed: int
    ) -> None:
        self.chips = [chip for chip in chips if chip.name in splits]
        self.splits, self._kinds, self.spelling, self._seed = splits, kinds, spelling, seed
        self.turns: "Counter[str]" = Counter()
        self.dropped: "Counter[str]" = Counter()
        self.said: Dict[str, Said] = {chip.name: Said() for chip in self.chips}
        self._pairs: Dict[str, Tuple[Chip, Dialogue]] = {}

    def speak(self, progress: Progress) -> None:
        """Everything but what needs pixels, split by split; ``progress`` raises to stop."""
        done = 0
        for split in dict.fromkeys(self.splits.values()):
            posed: List[Tuple[Chip, Posed]] = []
            before: Optional[Chip] = None
            for chip in self.chips:
                if self.splits[chip.name] != split:
                    continue
                progress(done / max(1, len(self.chips)), "")
                posed += self._one(chip, before, split)
                before, done = chip, done + 1
            kept = {id(item) for item in balanced([item for _, item in posed], self._rng(split))}
            for chip, item in posed:
                if id(item) in kept:
                    self.said[chip.name].dialogues.append(self._tell(chip, item.turn))
                else:
                    self.dropped[NOT_BALANCED] += 1

    def _one(self, chip: Chip, before: Optional[Chip], split: str) -> List[Tuple[Chip, Posed]]:
        """Say what stands by itself; the questions come back, to be balanced with those of other chips."""
        part = "train" if split == "train" else "validation"
        rng, said = self._rng(chip.name), self.said[chip.name]
        chips = {chip.name: chip, **({before.name: before} if before is not None else {})}
        measures = Measures(chips)
        talks: List[Dialogue] = []
        singles: List[Turn] = []
        if "captions" in self._kinds:
            singles += caption_turns(chip, rng, part)
            said.captions += self._captions(chip, rng, part, measures)
        if "referring" in self._kinds:
            singles += [referring_turns(found, rng, part) for found in referrals(chip, chip_facts(chip), rng)]
            singles += task_turns(chip, rng, part)
        if "dialogues" in self._kinds:
            talk = conversation(chip, rng, part)
            talks += [talk] if talk is not None else []
            singles.append(retrieval(chip, rng, part))
            if before is not None:
                pair = difference(before, chip, rng, part)
                if self._confirmed(pair, measures):
                    self._pairs[chip.name] = before, self._count(pair)
        for dialogue in [*(Dialogue((chip.name,), (turn,)) for turn in singles), *talks]:
            if self._confirmed(dialogue, measures):
                said.dialogues.append(self._count(dialogue))
        if "questions" not in self._kinds:
            return []
        asked = questions(chip, rng, part)
        chosen = [asked[int(i)] for i in sorted(rng.permutation(len(asked))[:_MOST])]
        return [(chip, item) for item in chosen if self._confirmed(Dialogue((chip.name,), (item.turn,)), measures)]

    def _captions(self, chip: Chip, rng: np.random.Generator, part: str, measures: Measures) -> List[str]:
        """Whole sentences for formats of images with captions: brief, then detailed on one line."""
        ask = Asker(chip, chip_facts(chip), rng, part)
        parts = detailed_caption(ask).parts
        texts = [brief_caption(ask), " ".join(sentence for _, sentences in parts for sentence in sentences)]
        found = []
        for text in dict.fromkeys(fill(text, ask.facts) for text in texts if text):
            turn = Turn("Describe the image.", text, "caption")
            if self._confirmed(Dialogue((chip.name,), (turn,)), measures):
                found.append(self.spelling.restored(text))
        return found

    def _confirmed(self, dialogue: Dialogue, measures: Measures) -> bool:
        """Whether every turn agrees with the masks; a conversation goes as a whole, since later turns refer to earlier."""
        wrong = sum(found.verdict != AGREE for found in check_dialogue(dialogue, measures))
        if wrong:
            self.dropped[NOT_CONFIRMED] += len(dialogue.turns)
        return not wrong

    def compared(self, name: str) -> int:
        """1 if the chip is compared with the one before it, else 0."""
        return int(name in self._pairs)

    def _tell(self, chip: Chip, turn: Turn) -> Dialogue:
        return self._count(Dialogue((chip.name,), (turn,)))

    def _count(self, dialogue: Dialogue) -> Dialogue:
        for turn in dialogue.turns:
            self.turns[turn.task] += 1
        return self.spelling.dialogue(dialogue)

    def _rng(self, about: str) -> np.random.Generator:
        return np.random.default_rng(int(fraction(self._seed, about) * 2**52))

    def samples(self, with_pixels: Callable[[Chip], Chip], progress: Progress) -> Iterator[Sample]:
        """One sample a chip, and one for each two chips that are compared, with real class names and pixels."""
        for number, chip in enumerate(self.chips):
            progress(number / len(self.chips), "")
            full = self.spelling.chip(with_pixels(chip))
            said, split = self.said[chip.name], self.splits[chip.name]
            self._pixel_captions(full, said)
            tags = tag_caption(full, _middlemost(full)) if "tags" in self._kinds and full.things else None
            yield Sample((full,), tuple(said.dialogues), tuple(said.captions), tags, split)
            if chip.name in self._pairs:
                before, dialogue = self._pairs[chip.name]
                yield Sample((self.spelling.chip(with_pixels(before)), full), (dialogue,), (), None, split)

    def _pixel_captions(self, chip: Chip, said: Said) -> None:
        if "metadata" in self._kinds:
            thing = chip.things[_middlemost(chip)] if chip.things else None
            said.captions += meta_captions(chip, thing, self._seed)
        if "gaia" in self._kinds:
            said.captions += gaia_record(chip, seed=self._seed)["captions"]


def without_pixels(chip: Chip) -> Chip:
    """``chip`` with pixels that take no memory, for all that reads masks alone."""
    return dataclasses.replace(chip, rgb=np.broadcast_to(np.zeros(1, np.uint8), (3, *chip.shape)))


def _middlemost(chip: Chip) -> int:
    """Index of the thing nearest to the chip's middle."""
    height, width = chip.shape
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in (thing.box for thing in chip.things)]
    gaps = [(x - width / 2) ** 2 + (y - height / 2) ** 2 for x, y in middles]
    return gaps.index(min(gaps))

"""SkyEyeGPT's JSON kinds (SkyEye-968k, arXiv 2401.09712): what is said with task words, boxes in whole hundredths.

Keys are those that a viewer of the published files takes: ``image``, ``text``, ``ground_truth``, ``conversations``.
Boxes are cut off by ``int()`` as in SkyEye's data, unlike everywhere else in this project.
"""

import re
from typing import Mapping, Optional

from ...language.boxes import hundredths, parse, written
from ..chip import Chip, Dialogue, Turn
from .output import Output
from .pictures import Pictures
from .sample import Sample

FORM = "skyeye"
#: Kind to its file, in the folders of SkyEye-968k; grounded captions and box questions have none there.
FILES = {
    "caption": "caption/caption_{name}_{split}.json",
    "vqa": "vqa/{name}vqa_{split}.json",
    "refer": "vg/{name}_{split}.json",
    "detection": "phrasegrounding/{name}pg_{split}.json",
    "grounding": "grounding/{name}_{split}.json",
    "identify": "identify/{name}_{split}.json",
    "conversation": "multitask_conversation/{name}_Conversa_{split}.json",
}
_BOXED = ("refer", "detection", "grounding", "identify")
_WORD = re.compile(r"^\s*\[(caption|vqa|refer|detection|grounding|identify)\]\s*")
_BOX = re.compile(r"\{<-?\d+><-?\d+><-?\d+><-?\d+>\}")


class SkyEyeWriter:
    """Files under ``skyeye/``; which one a turn goes to follows from its task and its task word."""

    def __init__(self, output: Output, pictures: Pictures, name: str = "terralogue") -> None:
        self._output, self._pictures, self._name = output, pictures, name

    def add(self, sample: Sample) -> None:
        """Write captions, single turns and conversations of a sample of one chip."""
        tally = self._output.tally(FORM)
        for i, caption in enumerate(sample.captions):
            said = {"text": "[caption] briefly describe the image", "ground_truth": caption}
            self._write("caption", sample, f"c{i}", said)
        for i, dialogue in enumerate(sample.dialogues):
            if dialogue.chips != (sample.chip.name,):
                tally.dropped["dialogue is not about one image alone"] += 1
                continue
            turns = [turn for turn in dialogue.turns if turn.task not in ("segment", "retrieve")]
            tally.dropped["no form for masks or retrieval"] += len(dialogue.turns) - len(turns)
            if len(turns) > 1:
                self._converse(sample, f"d{i}", Dialogue(dialogue.chips, tuple(turns)))
            elif turns:
                self._single(sample, f"d{i}", turns[0])

    def _single(self, sample: Sample, key: str, turn: Turn) -> None:
        kind = kind_of(turn)
        text = _cut_off(turn.question, sample.chip, turn) if kind == "identify" else turn.question
        answer = _cut_off(turn.answer, sample.chip, turn) if kind in _BOXED[:3] else turn.answer
        if text is None or answer is None:
            self._output.tally(FORM).dropped["boxes do not match the things meant"] += 1
        elif kind == "conversation":
            self._converse(sample, key, Dialogue((sample.chip.name,), (turn,)))
        else:
            # A detailed description has no task word in SkyEyeGPT.
            word = "" if turn.task == "detailed caption" else f"[{kind}] "
            answer = answer.lower() if kind == "vqa" else answer
            self._write(kind, sample, key, {"text": word + _WORD.sub("", text), "ground_truth": answer})

    def _converse(self, sample: Sample, key: str, dialogue: Dialogue) -> None:
        values = []
        for turn in dialogue.turns:
            question, answer = turn.question, turn.answer
            if parse(question + answer):
                question = _cut_off(question, sample.chip, turn) or question
                answer = _cut_off(answer, sample.chip, turn) or answer
            values += [{"from": "human", "value": question}, {"from": "gpt", "value": answer}]
        values[0]["value"] = f"<image>\n{values[0]['value']}"
        self._write("conversation", sample, key, {"conversations": values})

    def _write(self, kind: str, sample: Sample, key: str, said: Mapping[str, object]) -> None:
        record = {"id": f"{sample.chip.name}_{key}", "image": self._pictures.put(sample.chip), **said}
        split = {"validation": "val"}.get(sample.split, sample.split)
        self._output.array("skyeye/" + FILES[kind].format(name=self._name, split=split)).add(record)
        self._output.tally(FORM).written[kind] += 1


def kind_of(turn: Turn) -> str:
    """One of ``FILES``: by task, then by the question's task word; sentences in answer to plain questions converse."""
    if turn.task in _BOXED:
        return turn.task
    if turn.task in ("caption", "detailed caption"):
        return "caption"
    word = _WORD.match(turn.question)
    return "vqa" if word and word.group(1) == "vqa" else "conversation"


def _cut_off(text: str, chip: Chip, turn: Turn) -> Optional[str]:
    """``text`` with each box written anew, cut off, from the thing it stands for; None if they are not one to one.

    A text without boxes stays as it is: there may be nothing to point at.
    """
    things = iter(turn.refers)
    count = len(_BOX.findall(text))
    if count == 0:
        return text
    if count != len(turn.refers):
        return None
    return _BOX.sub(lambda _: written(hundredths(chip.things[next(things)].box, chip.shape, truncate=True)), text)

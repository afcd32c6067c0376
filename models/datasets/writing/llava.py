"""LLaVA JSON, the form of RS-GPT4V too: ``id``, ``image``, ``conversations`` of human and gpt (SYSTEMS-A 6.2)."""

from .output import Output
from .pictures import Pictures
from .sample import Sample

FORM = "llava"
_MARK = "<image>"


class LlavaWriter:
    """``llava_{split}.json``: one record per dialogue; two images become a list and two marks in the first question."""

    def __init__(self, output: Output, pictures: Pictures, name: str = "") -> None:
        self._output, self._pictures = output, pictures

    def add(self, sample: Sample) -> None:
        """Write the sample's dialogues."""
        tally = self._output.tally(FORM)
        by_name = {chip.name: chip for chip in sample.chips}
        for number, dialogue in enumerate(sample.dialogues):
            if not dialogue.turns:
                tally.dropped["dialogue has no turns"] += 1
                continue
            if not dialogue.chips or not set(dialogue.chips) <= by_name.keys():
                tally.dropped["dialogue is about a chip that the sample lacks"] += 1
                continue
            if any(_MARK in turn.question + turn.answer for turn in dialogue.turns):
                tally.dropped["text holds the mark of an image"] += 1
                continue
            images = [self._pictures.put(by_name[name]) for name in dialogue.chips]
            values = []
            for i, turn in enumerate(dialogue.turns):
                marks = f"{_MARK}\n" * len(images) if i == 0 else ""
                values += [{"from": "human", "value": marks + turn.question}, {"from": "gpt", "value": turn.answer}]
            self._output.array(f"llava_{sample.split}.json").add({
                "id": f"{'+'.join(dialogue.chips)}_{number}",
                "image": images[0] if len(images) == 1 else images,
                "conversations": values,
            })
            tally.written[sample.split] += 1

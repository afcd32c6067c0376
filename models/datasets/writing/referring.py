"""Referring segmentation: requests for masks with the masks they mean, as in GeoPixInstruct (SYSTEMS-B 5.3)."""

from ...language.boxes import hundredths, written
from ..chip import Chip, Turn
from .output import Output
from .pictures import Pictures
from .rle import encode_rle
from .sample import Sample

FORM = "referring"


class ReferringWriter:
    """``referring_{split}.json``: one record per ``segment`` turn; objects in the order of the answer's ``[SEG]``.

    ``segmentation`` is COCO's run lengths over the whole image; boxes are hundredths, rounded.
    """

    def __init__(self, output: Output, pictures: Pictures, name: str = "") -> None:
        self._output, self._pictures = output, pictures

    def add(self, sample: Sample) -> None:
        """Write the sample's turns that ask for masks."""
        tally = self._output.tally(FORM)
        for i, dialogue in enumerate(sample.dialogues):
            for j, turn in enumerate(dialogue.turns):
                if turn.task != "segment":
                    tally.dropped["turn asks for no mask"] += 1
                elif dialogue.chips != (sample.chip.name,):
                    tally.dropped["dialogue is not about one image alone"] += 1
                elif turn.answer.count("[SEG]") != len(turn.refers):
                    tally.dropped["marks do not match the things meant"] += 1
                else:
                    self._write(sample, f"{sample.chip.name}_{i}_{j}", turn)

    def _write(self, sample: Sample, key: str, turn: Turn) -> None:
        height, width = sample.chip.shape
        self._output.array(f"referring_{sample.split}.json").add({
            "id": key, "image": self._pictures.put(sample.chip), "height": height, "width": width,
            "conversations": [
                {"from": "human", "value": f"<image>\n[segment] {turn.question}"}, {"from": "gpt", "value": turn.answer},
            ],
            "objects": [_object(sample.chip, index) for index in turn.refers],
        })
        self._output.tally(FORM).written[sample.split] += 1


def _object(chip: Chip, index: int) -> dict:
    thing = chip.things[index]
    return {
        "label": thing.label, "box": written(hundredths(thing.box, chip.shape)), "area": thing.pixels,
        "segmentation": encode_rle(thing.whole(chip.shape)),
    }

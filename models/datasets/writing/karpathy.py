"""Captions as the remote sensing sets have them, Karpathy's JSON, and FROMAGe's tsv (SYSTEMS-A 2.2)."""

import json
import re
from typing import List, Set

from .output import Output
from .pictures import Pictures
from .sample import Sample

FORM = "karpathy"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words(text: str) -> List[str]:
    """The tokens of a caption: lower case, without punctuation."""
    return _WORD.findall(text.lower())


class KarpathyWriter:
    """``dataset_{name}.json`` of all splits (train, val, test) and ``fromage_{split}.tsv`` (caption, tab, image)."""

    def __init__(self, output: Output, pictures: Pictures, name: str = "terralogue") -> None:
        self._output, self._pictures, self._name = output, pictures, name
        self._images = self._sentences = 0
        self._seen: Set[str] = set()

    def add(self, sample: Sample) -> None:
        """Write the first chip with all its captions."""
        tally = self._output.tally(FORM)
        captions = [" ".join(text.split()) for text in sample.captions if text.strip()]
        if not captions:
            tally.dropped["no caption"] += 1
            return
        if sample.chip.name in self._seen:
            tally.dropped["another sample of the same image"] += 1
            return
        self._seen.add(sample.chip.name)
        split = {"validation": "val"}.get(sample.split, sample.split)
        path = self._pictures.put(sample.chip)
        numbers = list(range(self._sentences, self._sentences + len(captions)))
        record = {
            "filename": path, "imgid": self._images, "split": split, "sentids": numbers,
            "sentences": [
                {"raw": text, "tokens": words(text), "imgid": self._images, "sentid": number}
                for text, number in zip(captions, numbers)
            ],
        }
        head = f'{{"dataset": {json.dumps(self._name)}, "images": '
        self._output.array(f"dataset_{self._name}.json", head, "}").add(record)
        tsv = self._output.file(f"fromage_{split}.tsv")
        if not tally.written[sample.split]:
            tsv.write(b"caption\timage\n")
        for text in captions:
            tsv.write(f"{text}\t{path}\n".encode("utf-8", "backslashreplace"))
        self._images += 1
        self._sentences += len(captions)
        tally.written[sample.split] += 1

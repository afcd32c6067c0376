"""SECOND-CC's folders and its Karpathy JSON: {split}/{rgb,sem}/{A,B}/name.png (SYSTEMS-B 3.3)."""

from typing import Sequence

import numpy as np

from ..second_palette import picture_of
from .karpathy import words
from .output import Output
from .pictures import file_stem
from .png import encode_png

FORM = "second"
#: What the splits are called there.
SPLIT_NAMES = {"train": "train", "validation": "val", "test": "test"}


class SecondWriter:
    """``SECOND-CC.json`` of all splits, and the four pictures of each pair under one name."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._images = self._sentences = 0

    def add(
        self, name: str, rgb: Sequence[np.ndarray], classes: Sequence[np.ndarray], split: str, captions: Sequence[str]
    ) -> str:
        """Write a pair; its path under ``{split}/rgb/A``. ``rgb``: (3, H, W) uint8; ``classes``: (H, W) class maps with
        background where nothing changed, both before and after."""
        folder, filename = SPLIT_NAMES[split], f"{file_stem(name)}.png"
        for kind, pictures in (("rgb", rgb), ("sem", [picture_of(each) for each in classes])):
            for date, picture in zip("AB", pictures):
                path = f"{folder}/{kind}/{date}/{filename}"
                self._output.file(path).write(encode_png(picture))
                self._output.finish(path)
        numbers = range(self._sentences, self._sentences + len(captions))
        self._output.array("SECOND-CC.json", '{"dataset": "SECOND-CC", "images": ', "}").add({
            "filepath": folder, "filename": filename, "imgid": self._images, "split": folder,
            "changeflag": int(any(each.any() for each in classes)), "sentids": list(numbers),
            "sentences": [
                {"tokens": words(text), "raw": text, "imgid": self._images, "sentid": number}
                for number, text in zip(numbers, captions)
            ],
        })
        self._images += 1
        self._sentences += len(captions)
        self._output.tally(FORM).written[split] += 1
        return f"{folder}/rgb/A/{filename}"

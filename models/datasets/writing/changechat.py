"""ChangeChat's files: one JSON a split with all records, one of captions for scoring, and the pictures of both dates."""

from typing import Any, Dict, Sequence, Tuple

import numpy as np

from .output import Output
from .pictures import file_stem
from .png import encode_png

FORM = "changechat"
DATES = ("A", "B")


def picture_paths(name: str) -> Tuple[str, str]:
    """Where the pictures of a tile lie in the data set, before and after."""
    before, after = (f"images/{date}/{file_stem(name)}.png" for date in DATES)
    return before, after


class ChangeChatWriter:
    """``changechat_{split}.json``: ids, pictures, changeflag, conversations; ``changechat_{split}_captions.json``: image_A,
    image_B, captions, changeflag, as ChangeChat's caption test has them."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def add(
        self, name: str, pictures: Sequence[np.ndarray], split: str, changed: bool, captions: Sequence[str],
        records: Sequence[Tuple[str, Dict[str, Any]]],
    ) -> None:
        """Write a tile. ``pictures``: (3, H, W) uint8 of both dates; ``records``: (type, record), see ``change_records``."""
        paths = picture_paths(name)
        for path, picture in zip(paths, pictures):
            self._output.file(path).write(encode_png(picture))
            self._output.finish(path)
        every = self._output.array(f"{FORM}_{split}.json")
        tally = self._output.tally(FORM)
        for kind, record in records:
            every.add(record)
            tally.written[kind] += 1
        self._output.array(f"{FORM}_{split}_captions.json").add(
            {"image_A": paths[0], "image_B": paths[1], "captions": list(captions), "changeflag": int(changed)}
        )

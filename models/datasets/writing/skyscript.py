"""SkyScript's csv, ``filepath,title,title_multi_objects``, and what its meta files hold as JSON lines (SYSTEMS-B 4.3)."""

import csv
import io
import json

from .output import Output
from .pictures import Pictures
from .sample import Sample

FORM = "skyscript"


class SkyScriptWriter:
    """``skyscript_{split}.csv`` and ``skyscript_{split}_meta.jsonl`` (box as west, south, east, north; no pickle)."""

    def __init__(self, output: Output, pictures: Pictures, name: str = "") -> None:
        self._output, self._pictures = output, pictures

    def add(self, sample: Sample) -> None:
        """Write the sample's caption from tags."""
        tally = self._output.tally(FORM)
        said = sample.tag_caption
        if said is None:
            tally.dropped["no caption from tags"] += 1
            return
        path = self._pictures.put(sample.chip)
        lines = [[path, said.single, said.multiple]]
        if not tally.written[sample.split]:
            lines.insert(0, ["filepath", "title", "title_multi_objects"])
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(lines)
        self._write(f"skyscript_{sample.split}.csv", text.getvalue())
        ring = sample.chip.origin.footprint
        west_east, south_north = ([p[i] for p in ring] for i in (0, 1))
        meta = {
            "filepath": path,
            "box": [min(west_east), min(south_north), max(west_east), max(south_north)] if ring else None,
            "time": sample.chip.origin.time,
            "center_tags": said.centre,
            "surrounding_tags": list(said.surrounding),
        }
        self._write(f"skyscript_{sample.split}_meta.jsonl", json.dumps(meta, ensure_ascii=False) + "\n")
        tally.written[sample.split] += 1

    def _write(self, name: str, text: str) -> None:
        self._output.file(name).write(text.encode("utf-8", "backslashreplace"))

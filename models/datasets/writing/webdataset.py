"""RS5M's webdataset shards and csv: ``KEY.img_content``, ``KEY.img_name``, ``KEY.caption`` (SYSTEMS-A 1.7)."""

import csv
import io
import tarfile
from typing import Dict, Set, Tuple

from .output import Output
from .pictures import Pictures, file_stem
from .sample import Sample

FORM = "webdataset"


class WebdatasetWriter:
    """``webdataset/{split}/{name}-{split}-0000.tar`` and ``{name}_{split}.csv`` (image name, caption; no header).

    One caption per image, the first. Headers hold no time and no owner: equal samples give equal bytes.
    """

    def __init__(self, output: Output, pictures: Pictures, name: str = "terralogue", shard: int = 1000) -> None:
        if shard < 1:
            raise ValueError(f"a shard of {shard} samples holds nothing")
        self._output, self._pictures, self._name, self._shard = output, pictures, name, shard
        self._tars: Dict[str, Tuple[str, tarfile.TarFile]] = {}
        self._keys: Set[str] = set()
        output.before_end(self._close_all)

    def add(self, sample: Sample) -> None:
        """Write the sample's first chip with its first caption."""
        tally = self._output.tally(FORM)
        caption = " ".join(sample.captions[0].split()) if sample.captions else ""
        if not caption:
            tally.dropped["no caption"] += 1
            return
        tally.dropped["another caption of the same image"] += len(sample.captions) - 1
        key = file_stem(sample.chip.name)
        if key in self._keys:
            tally.dropped["another sample of the same image"] += 1
            return
        self._keys.add(key)
        split = {"validation": "val"}.get(sample.split, sample.split)
        tar = self._tar(split, tally.written[sample.split])
        image = f"{key}.png"
        for ending, data in (
            ("caption", caption.encode("utf-8", "backslashreplace")), ("img_content", self._pictures.bytes_of(sample.chip)),
            ("img_name", image.encode()),
        ):
            info = tarfile.TarInfo(f"{key}.{ending}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([image, caption])
        self._output.file(f"webdataset/{self._name}_{split}.csv").write(line.getvalue().encode("utf-8", "backslashreplace"))
        tally.written[sample.split] += 1

    def _tar(self, split: str, number: int) -> tarfile.TarFile:
        if number % self._shard == 0:
            self._close(split)
            path = f"webdataset/{split}/{self._name}-{split}-{number // self._shard:04d}.tar"
            tar = tarfile.open(fileobj=self._output.file(path), mode="w", format=tarfile.PAX_FORMAT)
            self._tars[split] = path, tar
        return self._tars[split][1]

    def _close(self, split: str) -> None:
        """Full shards are closed at once: thousands of open files are more than a system allows."""
        if split in self._tars:
            path, tar = self._tars.pop(split)
            tar.close()
            self._output.finish(path)

    def _close_all(self) -> None:
        for split in list(self._tars):
            self._close(split)

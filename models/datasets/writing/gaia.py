"""GAIA's ``{split}_data.json``: an array of records of 13 keys (Zavras et al. 2026)."""

from typing import Set

from ..gaia import gaia_record, schema_faults
from ..gaia_rules import faults
from .output import Output
from .pictures import Pictures
from .sample import Sample

FORM = "gaia"


class GaiaWriter:
    """One record per chip; one that breaks a rule or the schema is left out and counted under what it breaks."""

    def __init__(self, output: Output, pictures: Pictures, name: str = "") -> None:
        self._output, self._pictures = output, pictures
        self._seen: Set[str] = set()

    def add(self, sample: Sample) -> None:
        """Write a record for each chip of the sample."""
        tally = self._output.tally(FORM)
        split = {"validation": "val"}.get(sample.split, sample.split)
        for chip in sample.chips:
            if chip.name in self._seen:
                tally.dropped["another sample of the same image"] += 1
                continue
            self._seen.add(chip.name)
            record = gaia_record(chip)
            broken = [name for name, _ in faults(record)] + schema_faults(record)
            if broken:
                tally.dropped[broken[0]] += 1
                continue
            record["image_src"] = self._pictures.put(chip)
            self._output.array(f"gaia/{split}_data.json").add(record)
            tally.written[sample.split] += 1

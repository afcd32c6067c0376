"""One stream of samples into any of the formats at once."""

from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Mapping, Optional, Protocol, Sequence

from .gaia import GaiaWriter
from .karpathy import KarpathyWriter
from .llava import LlavaWriter
from .output import Output
from .pictures import Encode, Pictures, file_stem
from .png import encode_png
from .referring import ReferringWriter
from .sample import Sample
from .skyeye import SkyEyeWriter
from .skyscript import SkyScriptWriter
from .webdataset import WebdatasetWriter


class Writer(Protocol):
    """What every format has."""

    def add(self, sample: Sample) -> None:
        """Write one sample."""


FORMATS: Dict[str, Callable[[Output, Pictures, str], Writer]] = {
    "llava": LlavaWriter, "skyeye": SkyEyeWriter, "gaia": GaiaWriter, "webdataset": WebdatasetWriter,
    "skyscript": SkyScriptWriter, "karpathy": KarpathyWriter, "referring": ReferringWriter,
}


def write_dataset(
    folder: Path, samples: Iterable[Sample], formats: Sequence[str] = tuple(FORMATS), name: str = "terralogue",
    encode: Encode = encode_png, about: Optional[Mapping[str, Any]] = None,
) -> Dict[str, Any]:
    """Write ``samples`` as they come; returns the manifest, which is ``manifest.json`` too.

    Files appear when all samples are in; an error in ``samples``, such as a cancel, leaves only finished pictures.
    ``about`` goes into the manifest as it is: seeds, splits, what was dropped before. The same samples give the same
    bytes. Raises ``ValueError`` for a format that is not in ``FORMATS`` or two chips of one name.
    """
    unknown = [form for form in formats if form not in FORMATS]
    if unknown:
        raise ValueError(f"no format “{unknown[0]}”; there are {', '.join(FORMATS)}")
    with Output(folder) as output:
        output.about.update(about or {})
        pictures = Pictures(folder, encode)
        writers = []
        for form in formats:
            output.tally(form)
            writers.append(FORMATS[form](output, pictures, file_stem(name)))
        for sample in samples:
            for writer in writers:
                writer.add(sample)
    return output.manifest()

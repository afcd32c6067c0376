"""The whole of building training data: from an open raster and classed layers to files, counts and footprints."""

import dataclasses
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, FrozenSet, List, Mapping, Tuple

from qgis.core import QgsProcessingException

from ...models.datasets.chip import Chip, Origin
from ...models.datasets.splits import Division, Place, Plan, month_difference
from ...models.datasets.writing.dataset import write_dataset
from ...models.datasets.writing.pictures import file_stem
from ...models.imagery.regrid import at_gsd
from ...models.imagery.source import RasterSource
from ...models.imagery.stretch import measure_stretch
from .messages import short_name, tr
from .training_chips import TOO_MANY, Cutter, Site, by_chance, number_of_sites, sites
from .training_labels import Spelling
from .training_layers import ClassedLayer
from .training_samples import Speaker, without_pixels
from .training_splits import divided, leaks

Progress = Callable[[float, str], None]
#: More places for a chip than this are not looked through.
_SITES = 2_000_000


@dataclass(frozen=True)
class Request:
    """``size``, ``overlap``: pixels; ``gsd``, ``block``: metres, 0 for the raster's own and a fitting one."""

    name: str
    layers: Tuple[ClassedLayer, ...]
    complete: bool
    size: int
    gsd: float
    overlap: int
    most: int
    kinds: FrozenSet[str]
    formats: Tuple[str, ...]
    block: float
    shares: Tuple[Tuple[str, float], ...]
    seed: int
    country: str = ""
    city: str = ""


@dataclass(frozen=True)
class Built:
    """``counts``: JSON-able. ``footprints``: ring in the raster's CRS and values by column, of every chip looked at."""

    counts: Dict[str, Any]
    footprints: List[Tuple[Tuple[Tuple[float, float], ...], Dict[str, Any]]]


@dataclass(frozen=True)
class _Cut:
    chips: Tuple[Chip, ...]
    sites: Mapping[str, Site]
    refused: Mapping[str, str]
    left: int


def build(request: Request, source: RasterSource, folder: Path, progress: Progress) -> Built:
    """Write the data set into ``folder``. Any one thread; ``progress`` raises to stop.

    Raises QgsProcessingException with a sentence where there is nothing to build from, NothingToAnalyse for a raster
    without valid pixels.
    """
    dropped: "Counter[str]" = Counter()
    progress(0.0, tr("Reading the layers"))
    shapes = [shape for layer in request.layers for shape in layer.shapes(dropped)]
    labels = {label for layer in request.layers for label in layer.labels} | {shape.label for shape in shapes}
    spelling = Spelling(labels)
    resampled = at_gsd(source, request.gsd) if request.gsd else source
    origin = Origin(source.name, source.time.iso if source.time else "", country=request.country, city=request.city)
    complete = frozenset(spelling.spoken(label) for label in labels) if request.complete else frozenset()
    cutter = Cutter(resampled, measure_stretch(resampled), shapes, spelling, complete, origin)
    cut = _cut(request, resampled, cutter, _part(progress, 0.0, 0.3))
    division, plan = divided(cut.chips, request.block, request.shares, request.seed)
    speaker = Speaker(cut.chips, division.splits, request.kinds, spelling, request.seed)
    progress(0.3, tr("Asking and checking"))
    speaker.speak(_part(progress, 0.3, 0.8))
    dropped.update(cut.refused.values())
    dropped.update(division.dropped.values())
    dropped.update(speaker.dropped)
    dropped.update({TOO_MANY: cut.left})
    counts = _counts(cut, division, plan, speaker, dropped)
    progress(0.8, tr("Writing the files"))

    def with_pixels(chip: Chip) -> Chip:
        rgb, _ = cutter.pixels(cut.sites[chip.name])
        if rgb is None:
            raise QgsProcessingException(tr("{name} changed while it was read. Run it again.").format(name=request.name))
        return dataclasses.replace(chip, rgb=rgb)

    about = {"raster": request.name, "seed": request.seed, "gsd": resampled.gsd, "chip": request.size, **counts}
    samples = speaker.samples(with_pixels, _part(progress, 0.8, 1.0))
    manifest = write_dataset(folder, samples, request.formats, about=about)
    return Built({**counts, "formats": manifest["formats"]}, _footprints(cut, division, speaker, spelling))


def _cut(request: Request, source: RasterSource, cutter: Cutter, progress: Progress) -> _Cut:
    """Chips until there are enough, from places drawn by chance, then in the order of the raster."""
    number = number_of_sites(source.grid, request.size, request.overlap)
    name = short_name(request.name)
    if not number:
        raise QgsProcessingException(tr("{name} is smaller than a chip. Choose smaller chips.").format(name=name))
    if number > _SITES:
        raise QgsProcessingException(tr("There are too many places for chips. Choose a smaller overlap."))
    if not cutter.any_shape:
        raise QgsProcessingException(tr("No feature with a class lies on {name}. Choose other layers.").format(name=name))
    ordered = sites(source.grid, file_stem(request.name), request.size, request.overlap)
    chips: Dict[str, Chip] = {}
    refused: Dict[str, str] = {}
    seen = 0
    for site in by_chance(ordered, request.seed):
        if len(chips) >= request.most:
            break
        progress(max(len(chips) / request.most, seen / number), tr("Cutting chips"))
        seen += 1
        chip, reason = cutter.cut(site)
        if chip is None:
            refused[site.name] = reason
        else:
            chips[site.name] = without_pixels(chip)
    if not chips:
        raise QgsProcessingException(tr("No chip of {name} holds both pixels and features.").format(name=name))
    looked = {site.name: site for site in ordered if site.name in chips or site.name in refused}
    return _Cut(tuple(chips[name] for name in looked if name in chips), looked, refused, number - seen)


def _counts(cut: _Cut, division: Division, plan: Plan, speaker: Speaker, dropped: "Counter[str]") -> Dict[str, Any]:
    labels: "Counter[str]" = Counter()
    for chip in speaker.chips:
        labels.update(thing.label for thing in speaker.spelling.chip(chip).things)
    return {
        "chips": len(division.splits),
        "turns": dict(sorted(speaker.turns.items())),
        "things": dict(sorted(labels.items())),
        "dropped": {reason: n for reason, n in sorted(dropped.items()) if n},
        "splits": division.counts()["splits"],
        "leakage": leaks(list(cut.sites.values()), division.splits),
        "block_m": round(plan.block, 3),
        "split_seed": plan.seed,
        "month_difference": month_difference([Place.of(chip) for chip in cut.chips], division.splits),
    }


def _footprints(cut: _Cut, division: Division, speaker: Speaker, spelling: Spelling) -> List[Any]:
    chips = {chip.name: chip for chip in cut.chips}
    rows = []
    for name, site in cut.sites.items():
        values: Dict[str, Any] = {"chip": name, "dropped": cut.refused.get(name) or division.dropped.get(name)}
        if name in chips:
            values["counts"] = dict(sorted(Counter(thing.label for thing in spelling.chip(chips[name]).things).items()))
        if name in division.splits:
            said = speaker.said[name]
            values.update(
                image=f"images/{file_stem(name)}.png", split=division.splits[name], captions="\n".join(said.captions),
                turns=sum(len(dialogue.turns) for dialogue in said.dialogues) + speaker.compared(name),
            )
        rows.append((site.ring, values))
    return rows


def _part(progress: Progress, low: float, high: float) -> Progress:
    return lambda fraction, message="": progress(low + (high - low) * fraction, message)

"""Captions from an image's metadata, in the manner of RS5M's meta captions (Zhang et al., TGRS 2024, section III-B).

The sentences are this project's own, ``resources/vocabulary/meta_captions.json``. One is used only where all its slots
are known: nothing is guessed and nothing is left blank.
"""

import json
import math
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Dict, FrozenSet, List, Mapping, Optional, Tuple

from ..concepts import VOCABULARY
from .chip import Chip, Origin, Thing
from .choosing import shuffled
from .relative_location import relative_location
from .seasons import season
from .utm import utm_zone

#: Every slot a sentence may have.
SLOTS = (
    "place", "season", "season_first", "class_label", "relative_location", "ground_sample_distance", "utm_zone",
    "timestamp", "timestamp_first", "cloud_cover_rate", "scan_direction", "target_azimuth", "off_nadir",
)
#: Not strftime's, whose language is that of the desktop.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def meta_captions(
    chip: Chip, thing: Optional[Thing] = None, seed: int = 0, most: int = 1,
    templates: Optional[Tuple[str, ...]] = None,
) -> List[str]:
    """Up to ``most`` different captions of ``chip``, of one of its things if given; the same for the same ``seed``.

    Empty if no sentence has all its slots filled.
    """
    slots = slots_of(chip, thing)
    usable = [text for text in templates or shipped_templates() if slots_in(text) <= slots.keys()]
    about = (seed, chip.name, chip.things.index(thing) if thing in chip.things else "") if thing else (seed, chip.name)
    return [_sentence(text, slots) for text in shuffled(usable, *about)[:most]]


def slots_of(chip: Chip, thing: Optional[Thing] = None) -> Dict[str, str]:
    """The slots that are known, as words. ``extra`` of the origin may hold cloud_cover (percent), target_azimuth and
    off_nadir (degrees) and scan_direction (a word)."""
    origin = chip.origin
    when, time_of_year = timestamp(origin.time), season(origin.latitude, origin.time)
    found = {
        "place": ", ".join(part for part in (origin.city, origin.country) if part),
        "season": time_of_year,
        "season_first": time_of_year.capitalize(),
        "class_label": (thing.label if thing else chip.scene).replace("_", " "),
        "relative_location": relative_location(thing.box, chip.shape) if thing else "",
        "ground_sample_distance": f"{chip.gsd:.2f} m" if chip.gsd is not None and chip.gsd >= 0.005 else "",
        "utm_zone": utm_zone(origin.latitude, origin.longitude),
        "timestamp": when,
        "timestamp_first": when[:1].upper() + when[1:],
        "cloud_cover_rate": _measure(origin, "cloud_cover", 0, 100, " %"),
        "target_azimuth": _measure(origin, "target_azimuth", 0, 360, "°"),
        "off_nadir": _measure(origin, "off_nadir", 0, 90, "°"),
        "scan_direction": origin.extra.get("scan_direction", "").strip().lower(),
    }
    return {name: text for name, text in found.items() if text}


def timestamp(time: str) -> str:
    """"at 15 o'clock on June 9, 2016", "in June 2016", "in 2016"; as exact as the ISO 8601 ``time`` is, "" if none."""
    for form, words in (
        ("%Y-%m-%dT%H:%M:%S", "at {0.hour} o'clock on {1} {0.day}, {0.year}"),
        ("%Y-%m-%dT%H:%M", "at {0.hour} o'clock on {1} {0.day}, {0.year}"),
        ("%Y-%m-%d", "on {1} {0.day}, {0.year}"), ("%Y-%m", "in {1} {0.year}"), ("%Y", "in {0.year}"),
    ):
        try:
            found = datetime.strptime(time.strip().rstrip("Z").split(".")[0].split("+")[0], form)
        except ValueError:
            continue
        return words.format(found, MONTHS[found.month - 1])
    return ""


@lru_cache(maxsize=256)
def slots_in(template: str) -> FrozenSet[str]:
    """The slots of a sentence. Raises ``ValueError`` for one that is not among ``SLOTS``."""
    names = frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)
    if names - set(SLOTS) or not names:
        raise ValueError(f"“{template}” must have slots, each one of {', '.join(SLOTS)}")
    return names


def load_templates(path: Path) -> Tuple[str, ...]:
    """Sentences of a user's own. Raises ``ValueError`` for a slot that is not known."""
    templates = tuple(json.loads(path.read_text(encoding="utf-8"))["templates"])
    for text in templates:
        slots_in(text)
    return templates


@lru_cache(maxsize=1)
def shipped_templates() -> Tuple[str, ...]:
    """The sentences that ship with the plugin, read once."""
    return load_templates(VOCABULARY / "meta_captions.json")


def _sentence(template: str, slots: Mapping[str, str]) -> str:
    text = template.format_map(slots)
    return text[:1].upper() + text[1:]


def _measure(origin: Origin, name: str, low: float, high: float, unit: str) -> str:
    """A number of ``extra`` between ``low`` and ``high``, with its unit; "" for anything else."""
    try:
        value = float(origin.extra.get(name, ""))
    except ValueError:
        return ""
    return f"{value:.4g}{unit}" if math.isfinite(value) and low <= value <= high else ""

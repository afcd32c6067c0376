"""GAIA records: five captions of an image and what is known of its acquisition (Zavras et al., IEEE GRSM 2026).

GAIA lets a language model write from web pages; here every word comes from the chip's own facts, pixels and metadata,
and only sentences that keep the rules of ``gaia_rules`` are taken.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

from ..metrics.rouge import rouge_l_f1
from ..metrics.tokens import rouge_words
from .chip import Chip
from .gaia_resolution import resolution_class
from .gaia_rules import ALIKE, START, caption_faults
from .gaia_sentences import counts, cover_shares, themes, words
from .json_schema import violations
from .naming import plural, whole

#: In this order in every record.
KEYS = (
    "id", "image_src", "image_alt", "captions", "credits", "location", "lat", "lon", "tag", "resolution", "satellite",
    "sensor", "modalities",
)
_GENERIC = ("remote sensing", "earth observation", "land surface")


def gaia_record(chip: Chip, image_src: str = "", seed: int = 0) -> Dict[str, Any]:
    """The 13 keys of a GAIA record, JSON-able; the same for the same chip and ``seed``.

    What is not known is None, "" or []. ``lat`` and ``lon`` come from the chip's geometry. Keeps every rule of
    ``gaia_rules`` and ``docs/gaia.schema.json``.
    """
    origin = chip.origin
    lat, lon = origin.latitude, origin.longitude
    if lat is None or lon is None or not abs(lat) <= 90 or not abs(lon) < 1e4:
        lat = lon = None
    elif abs(lon) > 180:  # east of the antimeridian, counted on
        lon = (lon + 180) % 360 - 180
    record: Dict[str, Any] = {
        "id": chip.name,
        "image_src": image_src or f"{chip.name}.png",
        "image_alt": words(chip.scene),
        "captions": [],
        "credits": origin.extra.get("credits", origin.source),
        "location": ", ".join(part for part in (origin.city, origin.country) if part) or None,
        "lat": lat,
        "lon": lon,
        "tag": tags(chip),
        "resolution": resolution_class(chip.gsd),
        "satellite": _names(origin.satellite),
        "sensor": _names(origin.sensor),
        "modalities": _names(origin.modality),
    }
    record["captions"] = captions(chip, record, seed)
    return {key: record[key] for key in KEYS}


def captions(chip: Chip, record: Dict[str, Any], seed: int = 0) -> List[str]:
    """Five captions, one per theme, that keep the rules and are not alike; ``record`` needs all keys but captions."""
    chosen: List[str] = []
    for sentences in themes(chip, record, seed):
        for sentence in sentences:
            text = f"{START} {sentence}"
            if not caption_faults(text, record) and not any(_alike(text, other) for other in chosen):
                chosen.append(text)
                break
        if len(chosen) == 5:
            break
    return chosen


def tags(chip: Chip) -> List[str]:
    """Three generic tags: the scene, its main covers and objects, then words that fit every image."""
    found = [words(chip.scene)] if chip.scene.strip() else []
    found += [whole(name) for name, _ in cover_shares(chip)] + [plural(words(label)) for label, _ in counts(chip)]
    return list(dict.fromkeys((*found, *_GENERIC)))[:3]


def schema_faults(record: Dict[str, Any]) -> List[str]:
    """What of a record breaks ``docs/gaia.schema.json``; [] if nothing does."""
    return violations(record, _schema())


@lru_cache(maxsize=1)
def _schema() -> Dict[str, Any]:
    path = Path(__file__).resolve().parent.parent.parent / "docs" / "gaia.schema.json"
    found: Dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _names(text: Optional[str]) -> List[str]:
    return [part.strip() for part in re.split(r"[;,]", text or "") if part.strip()]


def _alike(text: str, other: str) -> bool:
    return rouge_l_f1(rouge_words(text), [rouge_words(other)]) >= ALIKE

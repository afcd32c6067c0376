"""Which tags of a feature can be seen from above, and up to which pixel size (SkyScript, AAAI 2024, "groundability").

SkyScript learned both from hand labels; here they are a table that can be read and edited,
``resources/vocabulary/groundability.json``.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple

from ..concepts import VOCABULARY

UNLISTED = "tag is not in the table"
UNSEEN = "tag cannot be seen from above"
TOO_COARSE = "pixels are too coarse for the tag"
NO_SCALE = "scale of the image is unknown"


@dataclass(frozen=True)
class Groundability:
    """``tags``: largest useful GSD in metres by key and value, ``*`` for the key's other values, 0 unseen.

    ``heads``: keys that say what an object is, in order of preference. ``nouns``: keys that read as one noun phrase with
    their value. ``spoken``: what a key is called. Immutable; any thread.
    """

    tags: Mapping[str, Mapping[str, float]]
    heads: Tuple[str, ...]
    nouns: Tuple[str, ...] = ()
    spoken: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Dict[str, Any]) -> "Groundability":
        """From the table's JSON. Raises ``ValueError`` naming the entry that is not one of its ``classes`` or 0."""
        allowed = {0.0, *map(float, data["classes"])}
        for key, values in data["tags"].items():
            for value, gsd in values.items():
                if isinstance(gsd, bool) or not isinstance(gsd, (int, float)) or float(gsd) not in allowed:
                    raise ValueError(f"groundability of {key}={value} is {gsd!r}; it must be one of {sorted(allowed)}")
        return cls(data["tags"], tuple(data["heads"]), tuple(data["nouns"]), dict(data["spoken"]))

    def largest_gsd(self, key: str, value: str) -> Optional[float]:
        """Metres; 0: cannot be seen; None: the table does not know the key, or neither its value nor a default."""
        values = self.tags.get(key)
        if values is None and ":" in key:
            values = self.tags.get(key.split(":", 1)[0] + ":*")
        if values is None:
            return None
        return values.get(value, values.get("*"))

    def refusal(self, key: str, value: str, gsd: Optional[float]) -> str:
        """Why the tag must not be captioned on an image of ``gsd`` metres a pixel (None unknown); "" if it may."""
        largest = self.largest_gsd(key, value)
        if largest is None:
            return UNLISTED
        if largest == 0:
            return UNSEEN
        if gsd is None:
            return NO_SCALE
        # A pixel size worked out from a georeference is never quite the round number of its class.
        return "" if gsd <= largest * 1.05 else TOO_COARSE

    @property
    def entries(self) -> int:
        """How many key/value pairs it lists, defaults not counted."""
        return sum(len(values) - ("*" in values) for values in self.tags.values())


def load(path: Path) -> Groundability:
    """A table of the user's own. Raises ``OSError``, or ``ValueError`` for what is not such a table."""
    try:
        return Groundability.read(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} is no groundability table: {error!r}") from error


@lru_cache(maxsize=1)
def shipped() -> Groundability:
    """The table that ships with the plugin, read once."""
    return load(VOCABULARY / "groundability.json")

"""What took an image and where, as its file's tags name it; nothing is guessed from pixels or bands."""

import re
from dataclasses import dataclass
from typing import Dict, Mapping, Tuple

#: Tags by what they tell, likeliest first: of GDAL's IMAGERY domain, Sentinel-2 and Landsat products, and plain ones.
_TAGS: Dict[str, Tuple[str, ...]] = {
    "satellite": ("SATELLITE", "SATELLITEID", "PLATFORM", "SPACECRAFT", "SPACECRAFT_NAME", "SPACECRAFT_ID",
                  "DATATAKE_1_SPACECRAFT_NAME"),
    "sensor": ("SENSOR", "INSTRUMENT", "SENSOR_ID", "SENSOR_NAME"),
    "modality": ("MODALITY", "MODALITIES"),
    "city": ("CITY", "PLACE", "PLACE_NAME", "MUNICIPALITY"),
    "country": ("COUNTRY", "COUNTRY_NAME"),
    "credits": ("CREDITS", "CREDIT", "ATTRIBUTION", "COPYRIGHT", "TIFFTAG_COPYRIGHT"),
}
#: Codes that operators write for their satellites.
_CODES = {"WV01": "WorldView-1", "WV02": "WorldView-2", "WV03": "WorldView-3", "WV04": "WorldView-4", "GE01": "GeoEye-1",
          "QB02": "QuickBird"}
_LONGEST = 60


@dataclass(frozen=True)
class Platform:
    """Names as the tags give them, "" where they are silent."""

    satellite: str = ""
    sensor: str = ""
    modality: str = ""
    city: str = ""
    country: str = ""
    credits: str = ""


def platform_of(tags: Mapping[str, str]) -> Platform:
    """What ``tags`` (of a GDAL data set) tell of an image's making."""
    upper = {key.upper(): value for key, value in tags.items()}
    found = {name: next((_name(upper[key]) for key in keys if _name(upper.get(key, ""))), "") for name, keys in _TAGS.items()}
    return Platform(**{**found, "satellite": _satellite(found["satellite"])})


def _satellite(name: str) -> str:
    """"LANDSAT_8" as it is written in sentences."""
    landsat = re.fullmatch(r"landsat[ _-]?(\d)", name, re.IGNORECASE)
    return f"Landsat {landsat.group(1)}" if landsat else _CODES.get(name.upper(), name)


def _name(text: str) -> str:
    """One line of printable characters; "" for what is no name."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in str(text)).strip(" \"'").split())
    return "" if len(plain) > _LONGEST or plain.lower() in ("", "unknown", "none", "n/a", "null") else plain

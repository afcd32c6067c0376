"""Acronyms of sensors and methods, written out: a caption introduces each before it uses it."""

import re

FULL = {
    "MSI": "MultiSpectral Instrument",
    "OLI": "Operational Land Imager",
    "OLI-2": "Operational Land Imager 2",
    "TIRS": "Thermal Infrared Sensor",
    "TM": "Thematic Mapper",
    "ETM+": "Enhanced Thematic Mapper Plus",
    "MSS": "Multispectral Scanner System",
    "MODIS": "Moderate Resolution Imaging Spectroradiometer",
    "VIIRS": "Visible Infrared Imaging Radiometer Suite",
    "ASTER": "Advanced Spaceborne Thermal Emission and Reflection Radiometer",
    "ALI": "Advanced Land Imager",
    "AVHRR": "Advanced Very High Resolution Radiometer",
    "OLCI": "Ocean and Land Colour Instrument",
    "SLSTR": "Sea and Land Surface Temperature Radiometer",
    "MERIS": "Medium Resolution Imaging Spectrometer",
    "HRV": "High Resolution Visible",
    "HRG": "High Resolution Geometric",
    "NAOMI": "New AstroSat Optical Modular Instrument",
    "LISS": "Linear Imaging Self-Scanning sensor",
    "AVNIR-2": "Advanced Visible and Near Infrared Radiometer type 2",
    "SAR": "Synthetic Aperture Radar",
    "C-SAR": "C-band Synthetic Aperture Radar",
    "LIDAR": "LIght Detection And Ranging",
}
#: Two capitals or more in one word; digits, "+" and a hyphenated ending belong to it.
ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z]-)?[A-Z]{2,}(?:[+]|-\d+|\d+)?(?![\w-])")


def introduced(sensor: str) -> str:
    """A sensor's name fit for a caption: "MultiSpectral Instrument (MSI)"; "" for an acronym nobody wrote out."""
    if sensor in FULL:
        return f"{FULL[sensor]} ({sensor})"
    return "" if ACRONYM.search(sensor) else sensor


def unexplained(text: str, allowed: str = "") -> str:
    """The first acronym of ``text`` not introduced there as "Its Full Name (IFN)"; "" if there is none.

    ``allowed``: names that are no acronyms here, such as the satellite's.
    """
    for found in ACRONYM.finditer(text):
        acronym = found.group()
        if acronym in allowed or text[:found.start()].count(f"({acronym})"):
            continue
        before = text[:found.start()]
        if not before.endswith("(") or not text[found.end():].startswith(")") or not _spells(before[:-1], acronym):
            return acronym
    return ""


def _spells(before: str, acronym: str) -> bool:
    """True if the words that end ``before`` hold the acronym's letters in order, the first beginning with its first."""
    letters = [c.lower() for c in acronym if c.isalpha()]
    words = re.findall(r"[A-Za-z]+", before)[-2 * len(letters) - 2:]
    for start in range(len(words)):
        rest = iter("".join(words[start:]).lower())
        if len(words) - start >= 2 and words[start][0].lower() == letters[0] and all(c in rest for c in letters):
            return True
    return False

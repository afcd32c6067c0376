"""The rules that GAIA's captioning prompt sets (Zavras et al. 2026; its notebook), each as one check with a name.

The prompt rewards and penalises a language model; here every rule that a machine can decide is a function that says
what is wrong, or "". Rules know nothing of how captions are made.
"""

import re
from typing import Any, Callable, Dict, List, Mapping, Tuple

from ..metrics.rouge import rouge_l_f1
from ..metrics.tokens import rouge_words
from .acronyms import FULL, unexplained
from .gaia_resolution import CLASSES

START = "The image showcases:"
#: Two captions that share this much are the same caption (pairwise F1 of ROUGE-L, start phrase included).
ALIKE = 0.7

Record = Mapping[str, Any]

_NO_NOUN = frozenset(
    "a an the this that these those some many several various numerous few one two three four five six seven eight nine ten "
    "in on at with from by of near along across over under it its there here is are was very large small high low".split()
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b(?:1[89]|20)\d\d\b|\b(?:19|20)\d{{6}}\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\b{_MONTH}\s+\d"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"
)
_COORDINATE = re.compile(
    r"\d\s*°|\d+\.\d{3,}|\b\d+(?:\.\d+)?\s*[NSEW]\b|\b(?:latitude|longitude|lat|lon|UTM|EPSG)\b", re.IGNORECASE
)
_EVENT = re.compile(
    r"\b(?:hurricane|typhoon|cyclone|earthquake|tsunami|eruption|wildfire|war|battle|olympics?|festival|election|crisis|"
    r"disaster|anniversary)s?\b", re.IGNORECASE
)
_CREDIT = re.compile(r"©|\(c\)|\b(?:credits?|courtesy|copyright|licen[cs]ed?|all rights)\b", re.IGNORECASE)
_PHOTOGRAPH = re.compile(r"\b(?:photo\w*|picture[sd]?|snapshots?|camera\w*)\b", re.IGNORECASE)
_IMAGE_RESOLUTION = re.compile(
    r"\bimage resolution\b|\bresolution (?:of|for) (?:the|this) (?:image|view)\b|\b(?:mega)?pixels?\b|\bdpi\b"
    r"|\b\d+\s*[x×]\s*\d+\b",
    re.IGNORECASE,
)
_SUBJECTIVE = re.compile(
    r"\b(?:beautiful\w*|stunning\w*|breath-?taking\w*|amazing\w*|impressive\w*|picturesque|serene\w*|lovely|spectacular\w*|"
    r"gorgeous|charming|magnificent\w*|interesting\w*|peaceful\w*|wonderful\w*|striking\w*|fascinating)\b", re.IGNORECASE
)
_FANCY = re.compile(
    r"\b(?:tapestry|nestled|testament|myriad|plethora|juxtaposed|juxtaposition|kaleidoscope|symphony|bustling|"
    r"meticulous\w*|intricate\w*|showcasing|delve|vibrant\w*|verdant|sprawling|labyrinth\w*)\b", re.IGNORECASE
)
_RESOLUTION = re.compile(rf"\b({'|'.join(sorted(CLASSES, key=len, reverse=True))})\s+spatial\s+resolution", re.IGNORECASE)
_SATELLITES = (
    "Sentinel-1", "Sentinel-2", "Sentinel-3", "Sentinel-5P", "Landsat", "Terra", "Aqua", "Aura", "SPOT", "Pleiades",
    "Pléiades", "WorldView", "GeoEye", "QuickBird", "IKONOS", "PlanetScope", "SkySat", "RapidEye", "Envisat", "Suomi",
    "NOAA", "GOES", "Himawari", "Meteosat", "Proba", "TerraSAR-X", "RADARSAT", "ALOS", "Gaofen", "Jilin", "CBERS", "ISS",
)
_MODALITIES = ("optical", "radar", "multispectral", "hyperspectral", "panchromatic", "thermal", "lidar", "infrared")


def _five(record: Record) -> str:
    return "" if len(record["captions"]) == 5 else f"{len(record['captions'])} captions instead of five"


def _distinct(record: Record) -> str:
    words = [rouge_words(text) for text in record["captions"]]
    for i in range(len(words)):
        for j in range(i):
            # An empty caption is like nothing; other rules refuse it.
            if words[i] and words[j] and rouge_l_f1(words[i], [words[j]]) >= ALIKE:
                return f"captions {j + 1} and {i + 1} are alike"
    return ""


def _resolution_told(record: Record) -> str:
    said = any("spatial resolution" in text.lower() for text in record["captions"])
    if said == bool(record["resolution"]):
        return ""
    return "“spatial resolution” without one being known" if said else "no caption says “spatial resolution”"


def _three_tags(record: Record) -> str:
    tags = [str(tag).strip().lower() for tag in record["tag"]]
    return "" if len(tags) == len(set(tags)) == 3 and all(tags) else "not three different tags"


def _start(text: str, record: Record) -> str:
    first = text[len(START):].split()[:1] if text.startswith(START + " ") else []
    if not first or not re.match(r"[A-Z][\w’'-]*[,;:]?$", first[0]) or first[0].strip(",;:").lower() in _NO_NOUN:
        return f"does not start with “{START}” and a capitalised noun"
    return ""


def _complete(text: str, record: Record) -> str:
    blank = re.search(r"[{}<>]|\bNone\b|\bnan\b|  | [,.;]|\(\)|\bunknown\b", text)
    return "" if text.endswith(".") and len(text.split()) >= 8 and not blank else "is not a complete sentence"


def _sensor_with_satellite(text: str, record: Record) -> str:
    named = [sensor for sensor in (*record["sensor"], *FULL, *FULL.values()) if _names(text, sensor)]
    if named and not any(_names(text, satellite) for satellite in record["satellite"]):
        return f"names {named[0]} without its satellite"
    return ""


def _sensor_named(text: str, record: Record) -> str:
    said = re.search(r"\bsensors?\b|\binstruments?\b", _without_sensors(text, record), re.IGNORECASE)
    named = any(_names(text, sensor) for sensor in record["sensor"])
    return "speaks of a sensor without its name" if said and not named else ""


def _satellite_true(text: str, record: Record) -> str:
    known = " ".join(record["satellite"]).lower()
    wrong = [name for name in _SATELLITES if _names(text, name) and name.lower() not in known]
    return f"names {wrong[0]}, which did not take it" if wrong else ""


def _modality_true(text: str, record: Record) -> str:
    known = " ".join(record["modalities"]).lower()
    plain = _without_sensors(text, record).lower()
    wrong = [word for word in _MODALITIES if re.search(rf"\b{word}\b", plain) and word not in known]
    return f"says {wrong[0]}, which is not among its modalities" if wrong else ""


def _resolution_true(text: str, record: Record) -> str:
    if not record["resolution"] and "spatial resolution" in text.lower():
        return "speaks of a spatial resolution that is not known"
    wrong = [found for found in _RESOLUTION.findall(text) if found.lower() != str(record["resolution"]).lower()]
    return f"says {wrong[0]} where the resolution is {record['resolution']}" if wrong else ""


def _acronyms(text: str, record: Record) -> str:
    found = unexplained(text, " ".join(record["satellite"]))
    return f"uses {found} before it is introduced" if found else ""


def _banned(pattern: "re.Pattern[str]", what: str) -> Callable[[str, Record], str]:
    def check(text: str, record: Record) -> str:
        plain = text
        for name in record["satellite"]:  # "IKONOS 2000" is a name, no year
            plain = plain.replace(name, "")
        found = pattern.search(plain)
        return f"{what} (“{found.group()}”)" if found else ""
    return check


def _names(text: str, name: str) -> bool:
    return name in text and bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", text))


def _without_sensors(text: str, record: Record) -> str:
    for name in (*FULL.values(), *record["sensor"]):
        text = text.replace(name, "")
    return text


#: Rules about the record as a whole.
RECORD_RULES: Dict[str, Callable[[Record], str]] = {
    "five_captions": _five, "distinct": _distinct, "resolution_told": _resolution_told, "three_tags": _three_tags,
}
#: Rules about each caption.
CAPTION_RULES: Dict[str, Callable[[str, Record], str]] = {
    "start": _start,
    "complete": _complete,
    "no_dates": _banned(_DATE, "has a date"),
    "no_coordinates": _banned(_COORDINATE, "has coordinates"),
    "no_events": _banned(_EVENT, "names an event"),
    "no_credits": _banned(_CREDIT, "gives credits"),
    "no_photograph": _banned(_PHOTOGRAPH, "calls it a photograph"),
    "no_image_resolution": _banned(_IMAGE_RESOLUTION, "speaks of the image's resolution"),
    "no_subjective": _banned(_SUBJECTIVE, "is subjective"),
    "no_fancy": _banned(_FANCY, "uses a fancy word"),
    "sensor_with_satellite": _sensor_with_satellite,
    "sensor_named": _sensor_named,
    "satellite_true": _satellite_true,
    "modality_true": _modality_true,
    "resolution_true": _resolution_true,
    "acronyms": _acronyms,
}


def caption_faults(text: str, record: Record) -> List[Tuple[str, str]]:
    """(rule, what is wrong) of one caption; ``record`` needs satellite, sensor, modalities and resolution."""
    found = ((name, rule(text, record)) for name, rule in CAPTION_RULES.items())
    return [(name, fault) for name, fault in found if fault]


def faults(record: Record) -> List[Tuple[str, str]]:
    """(rule, what is wrong) of a whole record, its captions in order; [] if it keeps every rule."""
    found = [(name, rule(record)) for name, rule in RECORD_RULES.items()]
    for i, text in enumerate(record["captions"], 1):
        found += [(name, f"caption {i} {fault}") for name, fault in caption_faults(text, record)]
    return [(name, fault) for name, fault in found if fault]

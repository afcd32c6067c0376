"""The vocabulary of phrases: colours, sizes, ranks, sides, and how things lie to each other."""

import re
from typing import Dict, Tuple

#: Colours as said, and the words that pixels are measured as (``datasets.appearance.colour_word``).
COLOURS: Dict[str, Tuple[str, ...]] = {
    "red": ("red",), "blue": ("blue", "blue-green"), "green": ("green", "blue-green"), "white": ("white",),
    "grey": ("grey",), "gray": ("grey",), "black": ("black",), "yellow": ("yellow",), "brown": ("brown",),
    "orange": ("brown",), "purple": ("purple",), "violet": ("purple",), "silver": ("grey", "white"),
    "turquoise": ("blue-green",), "teal": ("blue-green",), "blue-green": ("blue-green",), "beige": ("brown", "white"),
    "red-roofed": ("red",), "white-roofed": ("white",), "blue-roofed": ("blue",), "grey-roofed": ("grey",),
}
SIZES = {"large": "large", "big": "large", "huge": "large", "great": "large", "small": "small", "tiny": "small",
         "little": "small"}
RANKS = {"largest": 1, "biggest": 1, "greatest": 1, "smallest": -1, "tiniest": -1, "littlest": -1}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "2": 2,
           "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10}
#: "The leftmost": the first from that side.
EXTREMES = {"leftmost": "left", "rightmost": "right", "topmost": "top", "uppermost": "top", "bottommost": "bottom",
            "lowermost": "bottom", "northernmost": "north", "southernmost": "south", "easternmost": "east",
            "westernmost": "west"}
COMPASS = frozenset((
    "northern", "southern", "eastern", "western", "central", "north-western", "north-eastern", "south-western",
    "south-eastern", "northwestern", "northeastern", "southwestern", "southeastern", "north-west", "north-east",
    "south-west", "south-east", "top", "bottom", "upper", "lower", "left", "right", "left-hand", "right-hand",
))
EVERY = frozenset(("all", "every", "each", "any", "both"))
NEAREST = {"nearest": "nearest", "closest": "nearest", "farthest": "farthest", "furthest": "farthest"}
#: Parts of a class that stand for it as a landmark.
EDGES = {
    "shore": "water", "shoreline": "water", "coast": "water", "coastline": "water", "riverbank": "water", "lakeside": "water",
    "waterfront": "water", "waterside": "water", "riverside": "water", "lakeshore": "water", "quay": "water",
    "roadside": "road", "kerb": "road", "curb": "road", "treeline": "trees",
}
#: "From the left" and its like, after an ordinal.
FROM_SIDE = re.compile(
    r"\b(?:from|counting from|counted from) (?:the )?(left|right|top|bottom|west|east|north|south)\b")

_WIND = r"(?P<ns>north|south)?[ -]?(?P<ew>east|west)?(?:ern)?(?:(?: side)? of|wards? (?:of|from))$"
#: How a connector between two classes relates the first to the second, likeliest first; ``\w`` groups name the side.
RELATIONS: Tuple[Tuple[str, "re.Pattern[str]"], ...] = (
    ("nearest", re.compile(r"\b(?:nearest|closest)(?: to)?$")),
    ("farthest", re.compile(r"\b(?:farthest|furthest|most distant|farthest away|furthest away)(?: from)?$")),
    ("wind", re.compile(r"\b" + _WIND)),
    ("side", re.compile(r"\b(left|right)(?:[ -]hand)?(?: side)? (?:of|from)$")),
    ("above", re.compile(r"\babove$")),
    ("below", re.compile(r"\b(?:below|beneath|underneath)$")),
    ("near", re.compile(
        r"\b(?:near(?: to|by)?|close(?: by)?(?: to)?|next to|beside|besides|adjacent to|alongside|along|around|by"
        r"|in front of|bordering(?: on)?|touching|neighbouring|adjoining|against|off|at)$")),
    ("on", re.compile(r"\b(?:on(?: top of)?|in|inside|within)$")),
)

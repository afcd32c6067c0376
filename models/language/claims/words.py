"""The words that claims are read with: closed lists, each word with one meaning. A word on none of them blocks."""

from typing import Dict, FrozenSet, Tuple

NUMBERS: Dict[str, int] = {
    word: value for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
}
NUMBERS.update({"single": 1, "dozen": 12})
ORDINALS: Dict[str, int] = {
    "first": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}
#: Fractions in words, with the shares 0..1 that they may stand for.
FRACTIONS: Dict[str, Tuple[float, float]] = {
    "half": (0.42, 0.58), "a half": (0.42, 0.58), "a third": (0.28, 0.39), "one third": (0.28, 0.39), "two thirds": (0.6, 0.73),
    "a quarter": (0.2, 0.3), "one quarter": (0.2, 0.3), "three quarters": (0.68, 0.82), "a fifth": (0.17, 0.23),
    "one fifth": (0.17, 0.23), "a tenth": (0.07, 0.13), "one tenth": (0.07, 0.13), "most": (0.5, 1.0),
    "nearly all": (0.9, 1.0), "almost all": (0.9, 1.0), "more than half": (0.5, 1.0), "over half": (0.5, 1.0),
    "less than half": (0.0, 0.5), "under half": (0.0, 0.5), "more than 99 %": (0.99, 1.0), "less than 0.1 %": (0.0, 0.001),
}
#: Square metres (areas) and metres (lengths) of one unit.
AREAS: Dict[str, float] = {
    "m²": 1, "m2": 1, "sq m": 1, "square metres": 1, "square metre": 1, "square meters": 1, "ha": 1e4, "hectares": 1e4,
    "hectare": 1e4, "km²": 1e6, "km2": 1e6, "sq km": 1e6, "square kilometres": 1e6, "square kilometers": 1e6,
    "sq ft": 0.09290304, "square feet": 0.09290304, "acres": 4046.8564224, "acre": 4046.8564224, "sq mi": 2589988.110336,
}
LENGTHS: Dict[str, float] = {
    "m": 1, "metres": 1, "metre": 1, "meters": 1, "km": 1e3, "kilometres": 1e3, "ft": 0.3048, "feet": 0.3048, "mi": 1609.344,
}
#: Centre of a direction in degrees clockwise from up, and whether it needs to be known where north is.
WINDS: Dict[str, float] = {
    "north": 0, "north-east": 45, "northeast": 45, "east": 90, "south-east": 135, "southeast": 135, "south": 180,
    "south-west": 225, "southwest": 225, "west": 270, "north-west": 315, "northwest": 315,
}
SIDES: Dict[str, float] = {"above": 0, "right": 90, "below": 180, "beneath": 180, "left": 270}
CELLS: Tuple[str, ...] = (
    "north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east",
    "top left", "top", "top right", "left", "right", "bottom left", "bottom", "bottom right",
)
#: Other spellings of cells.
CELL_FORMS: Dict[str, str] = {
    "northwest": "north-west", "northeast": "north-east", "southwest": "south-west", "southeast": "south-east",
    "north-western": "north-west", "north-eastern": "north-east", "south-western": "south-west",
    "south-eastern": "south-east", "northern": "north", "southern": "south", "eastern": "east", "western": "west",
    "center": "centre", "middle": "centre", "upper left": "top left", "upper right": "top right", "lower left": "bottom left",
    "lower right": "bottom right", "top-left": "top left", "top-right": "top right", "bottom-left": "bottom left",
    "bottom-right": "bottom right", "upper": "top", "lower": "bottom",
}
COLOURS: FrozenSet[str] = frozenset(
    "red green blue yellow orange white black grey gray brown pink purple violet beige silver turquoise cyan dark light".split()
)
RANKS: Dict[str, int] = {"largest": 1, "biggest": 1, "greatest": 1, "smallest": -1, "tiniest": -1}
NEAR = ("close to", "near to", "near", "next to", "beside", "not far from", "in the vicinity of", "right beside")
FAR = ("far from", "far away from", "at a distance from")
TOUCHING = ("borders on", "border on", "bordering on", "touches", "touch", "touching", "adjoins", "adjoining", "bordering")
CLOSEST = ("closest to", "nearest to", "nearest")
#: sign of the first against the second, and what is compared: "n" number, "area", "" whatever the sentence is about.
MORE: Dict[str, Tuple[int, str]] = {
    "more numerous": (1, "n"), "less numerous": (-1, "n"), "outnumber": (1, "n"), "outnumbers": (1, "n"),
    "rarer": (-1, "n"), "commoner": (1, "n"),
    "more": (1, ""), "fewer": (-1, "n"), "less": (-1, "area"), "larger": (1, "area"), "bigger": (1, "area"),
    "greater": (1, "area"), "smaller": (-1, "area"), "more ground": (1, "area"), "more space": (1, "area"),
    "more area": (1, "area"), "more room": (1, "area"), "less ground": (-1, "area"), "less space": (-1, "area"),
    "less area": (-1, "area"), "a larger area": (1, "area"), "a smaller area": (-1, "area"), "less room": (-1, "area"),
}
EQUAL: Dict[str, str] = {
    "as many": "n", "the same number of": "n", "equally many": "n", "as much ground": "area", "the same area": "area",
    "the same": "", "equally numerous": "n", "as numerous": "n",
}
AXES: Dict[str, str] = {
    "north–south": "north–south", "north-south": "north–south", "north to south": "north–south",
    "from north to south": "north–south", "south to north": "north–south", "east–west": "east–west", "east-west": "east–west",
    "east to west": "east–west", "west to east": "east–west", "from west to east": "east–west", "from east to west": "east–west",
    "north-east–south-west": "north-east–south-west", "north-east to south-west": "north-east–south-west",
    "south-west to north-east": "north-east–south-west", "north-west–south-east": "north-west–south-east",
    "north-west to south-east": "north-west–south-east", "south-east to north-west": "north-west–south-east",
    "horizontal": "horizontal", "horizontally": "horizontal", "vertical": "vertical", "vertically": "vertical",
    "rising": "rising", "falling": "falling",
}
ABOUT = ("about", "roughly", "around", "approximately", "some", "nearly", "almost", "circa")
MAINLY = ("mainly", "mostly", "most", "chiefly", "for the most part", "largely", "predominantly")
NO = ("no", "neither", "nor", "without", "none", "lacks", "lack", "free of", "absent", "missing", "nowhere")
NOT = ("not", "cannot", "never", "don't", "doesn't", "isn't", "aren't", "can't", "no longer")
COVERS = (
    "cover", "covers", "covered", "covering", "take up", "takes up", "taking up", "occupy", "occupies", "occupying",
    "occupied", "make up", "makes up", "fill", "fills", "accounts for", "account for",
)
EXISTS = (
    "there is", "there are", "there's", "see", "seen", "visible", "contains", "contain", "containing", "shows", "show",
    "showing", "has", "have", "holds", "hold", "count", "counted", "found", "find", "present", "exist", "exists", "includes",
    "include", "with", "spot", "make out", "identified", "features", "appear", "appears",
)
IS = (
    "is", "are", "was", "be", "lies", "lie", "lying", "stands", "stand", "standing", "sits", "sit", "located", "situated",
    "placed", "found", "measures", "measure", "runs", "run", "extends", "extend", "stretches", "stretch", "oriented", "aligned",
    "coloured", "colored", "concentrated", "spread", "scattered", "distributed", "form", "forms", "amounts to",
    "comes to", "totals", "total", "totalling", "points", "point",
)
PRONOUNS = ("it", "they", "them", "those", "these", "ones", "its", "their", "that one", "this one")
AGAINST = ("against", "versus", "compared with")
#: Whether what follows bounds a number from below (1) or above (−1).
BOUNDS: Dict[str, int] = {
    "at least": 1, "no fewer than": 1, "not fewer than": 1, "at most": -1, "up to": -1, "no more than": -1, "not more than": -1,
}
SCENE_CUES = (
    "this is", "it is", "looks like", "look like", "seems to be", "appears to be", "depicts", "a view of", "an image of",
)
#: Words that add nothing to be checked.
SILENT: FrozenSet[str] = frozenset(
    "the a an of in on at to for by as this that which here there i you we can could be been its their all altogether "
    "together overall whole entire entirely image picture photo photograph view scene region ground land surface place site "
    "part parts side area areas corner edge quarter section portion frame tile chip do does did also another other one "
    "both any just exactly any out and/or measured sure yes it's itself kind type sort number colour color "
    "colours size extent position direction located per cent from while whereas but so than then "
    "total sum counting visible clearly mind say tell would what where when being well such single separate different patches "
    "patch pieces piece stretches surfaces objects object things thing instances instance group colored coloured main "
    "aerial satellite overhead remote sensing clear evident located there's altogether somewhere along within inside "
    "else nearby over share percentage proportion fraction "
    "parked moored setting under".split()
)

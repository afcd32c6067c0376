"""Whether a concept can be seen in a tile: yes, no or unknown, from its source's class name, its drawn things or its roofs.

A sigmoid loss needs no single right answer: a tile of boats in a harbour is a yes for both, a no for forest, and says
nothing of buildings. Unknown is the default wherever a name leaves it open.
"""

from typing import Dict, FrozenSet, Mapping, Optional, Tuple

import numpy as np

from ..datasets.concept_phrases import CONCEPTS
from ..datasets.concept_phrases.bank import COMPOSED, COUNTED, GROUPS, PLACES
from ..vision.legend import COVERS, SCENES, SCENES_AERIAL, THINGS
from . import labels
from .thing_batches import presence_of

YES, NO, UNKNOWN = 1, 0, -1

#: The place concepts that a tile of a class shows, then those that it may show; every other place is a no.
SHOWS: Dict[str, Tuple[Tuple[str, ...], Tuple[str, ...]]] = {
    "agricultural": (("farmland",), ("annual crops", "permanent crops", "pasture", "herbaceous vegetation")),
    "airplane": (("airfield",), ("runway", "large buildings")),
    "baseballdiamond": (("baseball diamond",), ("residential area", "parking lot")),
    "beach": (("beach",), ("sea or lake",)),
    "buildings": (("large buildings",),
                  ("parking lot", "industrial area", "intersection", "residential area", "dense residential area")),
    "chaparral": (("chaparral",), ("herbaceous vegetation",)),
    "denseresidential": (("dense residential area", "residential area"), ("intersection", "large buildings")),
    "forest": (("forest",), ()),
    "freeway": (("highway",), ("overpass",)),
    "golfcourse": (("golf course",), ("forest", "sea or lake", "pasture")),
    "harbor": (("harbour",), ("sea or lake",)),
    "intersection": (("intersection",),
                     ("parking lot", "residential area", "large buildings", "highway", "medium residential area")),
    "mediumresidential": (("medium residential area", "residential area"), ("intersection",)),
    "mobilehomepark": (("mobile home park", "residential area"), ("dense residential area",)),
    "overpass": (("overpass",), ("highway", "intersection")),
    "parkinglot": (("parking lot",), ("large buildings",)),
    "river": (("river",), ("forest", "sea or lake")),
    "runway": (("runway",), ("airfield", "highway")),
    "sparseresidential": (("sparse residential area",),
                          ("residential area", "chaparral", "forest", "herbaceous vegetation")),
    "storagetanks": ((), ("industrial area", "large buildings")),
    "tenniscourt": ((), ("residential area", "medium residential area", "parking lot", "forest")),
    "AnnualCrop": (("annual crops", "farmland"), ()),
    "Forest": (("forest",), ()),
    "HerbaceousVegetation": (("herbaceous vegetation",), ("pasture", "chaparral")),
    "Highway": (("highway",),
                ("overpass", "intersection", "farmland", "pasture", "annual crops", "sparse residential area")),
    "Industrial": (("industrial area",), ("large buildings", "parking lot", "residential area")),
    "Pasture": (("pasture",), ("herbaceous vegetation", "farmland")),
    "PermanentCrop": (("permanent crops",), ("farmland",)),
    "Residential": (("residential area",),
                    ("dense residential area", "medium residential area", "large buildings", "sparse residential area",
                     "intersection", "mobile home park")),
    "River": (("river",), ("farmland", "forest", "residential area", "sea or lake")),
    "SeaLake": (("sea or lake",), ()),
}

#: Counted concepts that surely hold in a class.
_MANY = {"denseresidential": ("many buildings",), "mobilehomepark": ("many buildings",),
         "mediumresidential": ("many buildings",), "parkinglot": ("many cars",), "harbor": ("many boats",),
         "forest": ("many trees",)}
#: Share of a rendered scene from which a cover is worth a word.
SEEN = 0.04
#: Of a cover: share from which a place is surely there, and below which it is surely not, in rendered scenes.
_DRAWN_PLACES = {"forest": ("tree", 0.8, 0.35), "sea or lake": ("water", 0.85, 0.1)}
#: What must be there at all, and the places that need it.
_NEEDED = {
    "water": ("river",), "boat": ("harbour",), "car": ("parking lot",), "aircraft": ("airfield",), "bare": ("beach",),
    "paved": ("highway", "overpass", "intersection", "runway"), "low vegetation": ("pasture", "golf course"),
    "building": ("dense residential area", "medium residential area", "sparse residential area", "residential area",
                 "large buildings", "mobile home park", "industrial area"),
}


def of_class(scene: str) -> np.ndarray:
    """(K,) int8 targets of a tile of a UC Merced or EuroSAT class, in the order of ``CONCEPTS``."""
    yes, maybe = SHOWS[scene]
    known: Dict[str, int] = {name: YES if name in yes else UNKNOWN if name in maybe else NO for name in PLACES}
    aerial = scene in SCENES_AERIAL
    covers = (labels.AERIAL_SETS if aerial else labels.SATELLITE_SETS).get(scene, labels.UNKNOWN)
    for index, cover in enumerate(COVERS):
        known[cover] = NO if not covers >> index & 1 else YES if covers == 1 << index else UNKNOWN
    if labels.ROOF_SHARES.get(scene, (0.0, 1.0))[0] > 0.1 or scene in ("Residential", "Industrial"):
        known["building"] = YES
    if scene in ("freeway", "Highway", "runway", "parkinglot", "intersection", "overpass"):
        known["paved"] = YES
    if scene in ("river", "River", "harbor", "beach"):
        known["water"] = YES
    if scene == "beach":
        known["bare"] = YES
    if scene in ("golfcourse", "baseballdiamond", "Pasture"):
        known["low vegetation"] = YES
    large = np.isin(THINGS, ("building", "tree", "pond", "railway", "solar farm"))
    things = presence_of(scene) if aerial else np.where(large, UNKNOWN, NO)
    if scene in ("Residential", "Industrial", "Highway", "River"):
        things = np.full(len(THINGS), UNKNOWN)  # at 10 m nobody can say
    for name, there in zip(THINGS, things):
        known[name] = int(there) if name not in COVERS or known[name] == UNKNOWN else known[name]
    return _whole(known, {}, _MANY.get(scene, ()))


def of_scene(shares: Mapping[str, float], counts: Mapping[str, Optional[int]]) -> np.ndarray:
    """(K,) int8 targets of a rendered scene: ``shares`` of its pixels by cover, ``counts`` by thing (None: not known)."""
    known: Dict[str, int] = dict.fromkeys(PLACES, UNKNOWN)
    for cover in COVERS:
        share = shares[cover]
        known[cover] = YES if share >= SEEN else NO if share == 0 else UNKNOWN
    for name, number in counts.items():
        if name not in COVERS or known[name] == UNKNOWN:
            known[name] = UNKNOWN if number is None else YES if number else NO
    for name, (cover, least, most) in _DRAWN_PLACES.items():
        known[name] = YES if shares[cover] >= least else NO if shares[cover] < most else UNKNOWN
    for needed, places in _NEEDED.items():
        known.update(dict.fromkeys(places, NO if known[needed] == NO else UNKNOWN))
    return _whole(known, counts)


def of_roofs(there: bool) -> np.ndarray:
    """(K,) int8 targets of a tile of which only the roofs are mapped."""
    known = dict.fromkeys((*PLACES, *COVERS, *THINGS), UNKNOWN)
    known["building"] = YES if there else NO
    if not there:
        known.update(dict.fromkeys(_NEEDED["building"], NO))
    return _whole(known, {})


def _whole(known: Dict[str, int], counts: Mapping[str, Optional[int]], sure: Tuple[str, ...] = ()) -> np.ndarray:
    """With groups, compositions and amounts worked out from their members."""
    for name, (members, _) in GROUPS.items():
        values = [known[member] for member in members]
        known[name] = YES if YES in values else UNKNOWN if UNKNOWN in values else NO
    for name, (pair, _) in COMPOSED.items():
        values = [known[member] for member in pair]
        known[name] = NO if NO in values else UNKNOWN if UNKNOWN in values else YES
    for name, ((label, least, most), _) in COUNTED.items():
        number = counts.get(label)
        if name in sure:
            known[name] = YES
        elif number is None:
            known[name] = NO if known[label] == NO else UNKNOWN
        else:
            near = least <= number <= most if most else number >= least
            # Next to the bounds either word would do.
            known[name] = YES if near else UNKNOWN if number and least / 2 < number <= 2 * (most or number) else NO
        if name.startswith("a few") and f"many {name[6:]}" in sure:
            known[name] = NO
    return np.array([known[name] for name in CONCEPTS], np.int8)


def table(left_out: FrozenSet[str] = frozenset()) -> np.ndarray:
    """(31, K) int8 targets of all classes. Of ``left_out`` ones nothing is known, and no aerial tile speaks of theirs."""
    rows = np.stack([of_class(scene) for scene in SCENES])
    for scene in left_out:
        rows[SCENES.index(scene)] = UNKNOWN
        for concept in naming(scene):
            rows[:len(SCENES_AERIAL), CONCEPTS.index(concept)] = UNKNOWN
    return rows


def naming(scene: str) -> Tuple[str, ...]:
    """The concepts that a class is named after."""
    return SHOWS[scene][0] or {"storagetanks": ("storage tank",), "tenniscourt": ("tennis court",)}[scene]

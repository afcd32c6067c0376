"""The words that claims about two dates are read with, beside those of one date: closed lists, each word with one meaning."""

from typing import Any, Dict, FrozenSet, Tuple

CAME = (
    "added", "built", "constructed", "erected", "appeared", "appear", "emerge", "arrive", "new", "newly built", "newly added",
    "newly", "gained",
    "gain", "gains", "planted", "emerged", "arrived", "came", "come", "was created", "were created", "sprung up", "put up",
    "freshly built", "additional", "came into being", "was not there before", "were not there before",
    "that was not there before", "that were not there before",
)
WENT = (
    "removed", "lost", "lose", "loses", "demolished", "gone", "cleared", "felled", "disappeared", "disappear",
    "vanished", "vanish", "torn down", "cut down", "pulled down", "knocked down",
    "destroyed", "went", "went missing", "taken away", "cleared away",
    "no longer there", "no longer exist", "no longer exists", "not there any more", "missing now",
)
#: What stands before them was there first, what follows came.
BECAME = (
    "became", "become", "becomes", "turned into", "turned to", "was turned into", "were turned into", "was converted to",
    "was converted into", "were converted to", "were converted into", "converted to", "converted into", "changed to",
    "changed into", "was changed to", "were changed to", "transformed into", "was transformed into", "were transformed into",
    "gave way to", "made way for", "was replaced by", "were replaced by", "replaced by", "replaced with",
    "was replaced with", "were replaced with", "has been replaced by", "have been replaced by", "is now", "are now",
    "has become", "have become", "was lost to", "were lost to", "lost to", "went over to", "was built over with",
)
#: The other way round.
REPLACED = (
    "replaced", "replaces", "replace", "took the place of", "has taken the place of", "have taken the place of", "took over from",
    "has replaced", "have replaced", "used to be", "was formerly", "were formerly", "came in place of", "stand where",
    "was before", "were before", "developed from", "was made of", "were built on", "was built on", "grew on",
)
CHANGED = (
    "changed", "differ", "differs", "altered", "was altered", "is different", "are different", "has changed",
    "have changed", "underwent change", "was affected by change", "modified",
)
#: As nouns.
CHANGE = (
    "change", "changes", "differences", "difference", "changed area", "changed areas", "changed place", "changed places",
    "changed patch", "changed patches", "changed ground", "changed spot", "changed spots", "change area", "alterations",
    "something", "anything",
)
SAME = (
    "same", "the same", "identical", "unchanged", "look alike", "alike", "equal", "as it was", "as they were", "stayed the same",
    "remained the same",
)
BEFORE = (
    "before", "earlier", "previously", "formerly", "at first", "originally", "on the first date", "on the earlier date",
    "in the first image", "in the earlier image", "in the before image", "in the older image", "at the first date",
    "used to cover", "used to take up",
)
AFTER = (
    "after", "afterwards", "now", "today", "later", "on the second date", "on the later date", "in the second image",
    "in the later image", "in the after image", "in the newer image", "at the second date", "in the end",
)
GREW: Dict[str, int] = {
    **dict.fromkeys(("went up", "gone up"), 1), **dict.fromkeys(("went down", "gone down"), -1),
    **dict.fromkeys(("grew", "grown", "grow", "expanded", "increased", "has increased", "has grown", "have grown"), 1),
    **dict.fromkeys(("shrank", "shrunk", "shrink", "has shrunk", "have shrunk", "decreased", "declined", "has decreased"), -1),
}
IS = (
    "were", "been", "has been", "have been", "had been", "had", "are to be found", "happened", "took place", "occurred",
    "seem", "seems", "lay", "lays", "took up", "affects", "affect", "look", "looks", "is found", "are found", "can be found",
    "comes to", "came to", "amount to", "covering", "with an area of",
)
EXISTS = ("see", "find", "outlined", "detected", "identified", "marked", "mapped", "noticed", "there were", "there was")
MORE: Dict[str, Tuple[int, str]] = {
    "a larger area of": (1, "area"), "a smaller area of": (-1, "area"), "more ground with": (1, "area"),
    "less ground with": (-1, "area"), "larger area": (1, "area"), "smaller area": (-1, "area"),
}
EQUAL: Dict[str, str] = {"the same area of": "area", "as many": "n", "the same number of": "n", "as large an area of": "area"}
NOTHING = ("nothing", "not a thing", "no thing", "nothing at all", "nothing new")
ALL_OVER = ("all over the region", "all over the image", "all over it", "everywhere", "all over", "across the whole region")
#: Openings that add nothing to be checked.
OF_ALL = (
    "of all covers", "of all classes", "of all the covers", "among all covers", "in total", "a total of", "there was growth",
    "since the first image", "since the first date", "from the first date to the second", "from the first image to the second",
)
#: Words that add nothing to be checked.
SILENT: FrozenSet[str] = frozenset(
    "two dates date between images time times period both since during compared years that part grid cells cell "
    "newer older pair scenes pictures taken over places spots once again besides moreover furthermore "
    "instead sign signs former ground's yet already only classes class of those which who whose area's until "
    "meanwhile here however although though also too overall altogether patches patch stood ago did".split()
)
#: Kind and words, in the order in which they are tried.
TABLES: Tuple[Tuple[str, Any], ...] = (
    ("became", BECAME), ("replaced", REPLACED),
    ("way", {**dict.fromkeys(CAME, "added"), **dict.fromkeys(WENT, "removed")}), ("same", SAME), ("nothing", NOTHING),
    ("changed", CHANGED), ("change", CHANGE), ("all over", ALL_OVER), ("before", BEFORE), ("after", AFTER), ("grew", GREW),
    ("is", IS), ("exists", EXISTS), ("more", MORE), ("equal", EQUAL), ("most", ("the most", "most of all")),
    ("of all", OF_ALL), ("all", ("all",)),
    ("different", ("different", "looks different", "look different")), ("still", ("still", "is still", "are still", "remained")),
    ("from", ("from", "out of")), ("to", ("to", "into")), ("compared", ("could be compared", "can be compared", "comparable")),
    ("among", ("among", "of those", "counting only")), ("by", ("by",)), ("than", ("than",)),
    ("region", ("of the region", "of that part", "of the image", "of the ground", "of the area", "of the view", "of the scene",
                "of the picture", "the region", "the area", "the place", "the scene", "the view", "the images", "the image",
                "the two images", "the two dates", "the pictures", "this place", "the picture", "the ground")),
    ("nine", ("in all nine cells", "in every cell", "all nine cells")),
)

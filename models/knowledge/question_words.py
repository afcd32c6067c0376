"""The words of questions that mean something to every base: kinds of questions, comparisons, and other names of columns."""

import re
from typing import Dict, FrozenSet, Tuple

from .wording import stems_of


def _stems(text: str) -> FrozenSet[str]:
    return frozenset(stems_of(text))


#: Words that carry a question without asking for anything by themselves.
FUNCTION = _stems(
    "a an the this that these those it its is are was were be been am do does did has have had having can could would will "
    "shall should may might must of in on at to from for by with within inside around near into as and or but if then than "
    "there here where which what who whom whose when how many much number count some any all every each other please tell me "
    "show give find list name say says said state according know known about us i we you my our your not no without none "
    "neither yes also just only really exactly currently now today s t so out up made mention mentioned write written read "
    "describe described description called named titled make makes get one ones more less most least between common frequent "
    "usual widespread commonest average mean typical total sum percentage percent share proportion fraction part different "
    "exist occur altogether combined whole also still ever kind type sort lack lacking missing"
)
#: What every base's features can be called.
GENERIC = _stems(
    "feature object polygon point line item row record entry thing place location site spot region area view layer map map's "
    "data database table base knowledge project image picture value attribute column field selected selection"
)
#: What a feature that is pointed at or named may be called, whatever its layer is.
POINTED = _stems("building house structure property parcel plot")
#: What documents can be called.
DOCUMENTS = _stems("report document text file pdf paper note article page chapter section study plan passage manual source")

#: What people say for the heads of columns: any word of the left means a column that has one of the right.
ALIASES: Tuple[Tuple[FrozenSet[str], FrozenSet[str]], ...] = tuple(
    (_stems(said), _stems(columns)) for said, columns in (
        ("tall taller tallest high higher highest height low lower lowest",
         "height level levels storeys stories floors elevation"),
        ("storey storeys story stories floor floors level levels", "levels level storeys stories floors"),
        ("old older oldest age built constructed erected year new newer newest date when",
         "year built age date construction start"),
        ("called named name", "name title"),
        ("large larger largest big bigger biggest small smaller smallest size area", "area size"),
        ("long longer longest length", "length"), ("wide wider widest width", "width"), ("deep deeper deepest depth", "depth"),
        ("heavy heavier heaviest weight", "weight"), ("steep steeper steepest slope", "slope"),
        ("people inhabitants residents population live lives populous", "population inhabitants residents pop people"),
        ("made material built", "material"), ("owner owns own owned belong belongs", "owner"),
        ("operator operates operated runs run", "operator"), ("address street road", "street address"),
        ("telephone phone number", "phone telephone"), ("website web url homepage", "website url web"),
        ("open opens opening hours", "opening hours"), ("colour color", "colour color"),
        ("use used uses purpose function", "use usage function purpose landuse"),
        ("hot hotter hottest warm warmest cold coldest temperature", "temperature"),
        ("expensive cheapest cheap cost costs price", "price cost value"),
        ("kind type sort class category", "type class category kind"),
        ("fast faster fastest speed", "speed maxspeed"), ("happened occurred", "date year"),
    ))

#: Adjectives that ask for the feature with the most (1) or least (-1) of something.
EXTREMES: Dict[str, int] = {
    **dict.fromkeys("tallest highest largest biggest longest widest deepest heaviest steepest newest most hottest warmest "
                    "fastest maximum greatest latest".split(), 1),
    **dict.fromkeys("lowest smallest shortest narrowest lightest least coldest slowest minimum fewest oldest earliest "
                    "cheapest".split(), -1),
}
#: Of things that carry years, the oldest has the least; of those that carry an age, the most.
TURNED_BY_AGE = frozenset({"oldest", "newest", "latest", "earliest"})

COUNT = re.compile(r"\b(?:how many|(?<!phone )(?<!house )(?<!telephone )number of|count(?: of| the)?)\b")
COMMON = re.compile(r"\b(?:most|least) (?:common|frequent|usual|widespread)\b|\bcommonest\b")
MEAN = re.compile(r"\b(?:average|mean|typical)\b")
TOTAL = re.compile(r"\b(?:total|sum|altogether|combined)\b")
SHARE = re.compile(r"\b(?:what (?:share|part|percentage|proportion|fraction)|how much of)\b")
VALUES = re.compile(
    r"\b(?:what|which) (?:different |kinds of |types of |sorts of )?(?:\w+ ){1,4}"
    r"(?:are there|exist|occur|are (?:known|in the base))\b")
WHICH = re.compile(r"^(?:which|where (?:is|are)|find|show|list|name|what (?:is|are) (?:called|named))\b|"
                   r"^(?:what|which) (?:\w+ ){1,3}(?:is|are|has|have)\b(?! the| its| this| that)")
YES_NO = re.compile(r"^(?:is|are|was|were|does|do|did|has|have|can)\b")
ABOUT = re.compile(r"\b(?:tell me about|what (?:is|do you) known?(?: about)?|what do(?:es)? (?:you|we|the base) know|describe|"
                   r"information (?:on|about)|details (?:of|on|about)|what is (?:this|here|that)\b(?! \w+ \w+))")
HERE = re.compile(r"\b(?:this|here|that|it|its|these|selected|at this (?:place|point|spot)|in view)\b")
NOT = re.compile(r"\b(?:not|no|without|lack|lacks|lacking|missing|isn't|aren't|doesn't|don't|other than)\b")
#: (pattern before a number, comparison).
COMPARISONS = (
    (re.compile(r"\b(?:more|greater|higher|taller|larger|bigger|longer|older|wider|deeper|over|above|after)(?: than)?$"), "more"),
    (re.compile(r"\b(?:less|fewer|lower|smaller|shorter|under|below|before|younger)(?: than)?$"), "less"),
    (re.compile(r"\b(?:at least|no less than|minimum of|from)$"), "least"),
    (re.compile(r"\b(?:at most|no more than|up to|maximum of)$"), "most"),
)
#: Words of comparisons, which explain themselves beside a number.
COMPARING = _stems(
    "more greater higher taller larger bigger longer older wider deeper over above after less fewer lower smaller shorter "
    "under below before least most up than")
YES, NO = frozenset({"yes", "true", "1", "y", "t", "ja", "oui", "si"}), frozenset({"no", "false", "0", "n", "f", "nein", "non"})

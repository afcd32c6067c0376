"""The rules that tell what is asked for: patterns over lower-case text, in order; the first that holds decides."""

from typing import Tuple


def either(*patterns: str) -> str:
    """One pattern that holds where any of ``patterns`` does."""
    return "|".join(patterns)


#: Both of one date and of two.
HELP = either(
    r"^(?:(?:can|could|will|would) you )?(help|what can (you|i) (do|ask)( here)?|how do(es)? (you|this|it) work|who are you"
    r"|what are you)\b.{0,12}$",
    r"\b(?:what|which) (?:kinds? of |sorts? of )?(?:questions?|things) (?:can|could|may|do|should) (?:i|you|we)\b(?: \w+)?"
    r"(?: ask| understand| answer)",
    r"\bhow (?:do|can|should) (?:i|we|one) use\b", r"\bwhat (?:are you able|do you know how) to\b",
    r"\bwhat are your (?:abilities|skills|capabilities|functions|features|limits)\b", r"\bwhat (?:can|could) (?:i|we) ask\b",
    r"\bwhat (?:i|we|you) can (?:ask|do)\b",
    r"^(?:what|anything) (?:can|could) you (?:do|help|tell)(?: for| with)?(?: me| us)?(?: here)?\b[?.! ]*$",
)

#: Both of one date and of two.
SEGMENT = either(
    r"^(?:(?:can|could|would|will) you |please |kindly |i (?:want|need|would like|'d like)(?: you)? (?:to"
    r" )?|let's |now |and |then |go )*(?:segment|extract|outline|mask|draw|delineate|highlight|trace"
    r"|vectori[sz]e|digiti[sz]e|polygoni[sz]e|mark|select|detect|label|map|isolate|find(?! out)|get"
    r"|separate|make|(?:show|give|send)(?= (?:me |us )?(?!what|where|how))|show(?= (?:me|us)\b(?! (?:what"
    r"|where|how))))\b(?! (?:me )?(?:where|how|which|if|whether)| (?:me |us )?(?:an? |the )?(?:\w+"
    r" )?(?:overview|report|description|details?|summary|caption|count|number|list|share|percentage|liner|sentences?"
    r"|words|idea|impression|account|area|size|extent|distance|proportion|fraction)\b)",
    r"\b(?:a |the )?(?:mask|masks|outlines?|polygons?|footprints?|segmentation) (?:of|for)\b",
    r"\b(?:turn|convert|put|transform)\b.*\binto (?:a )?(?:polygons?|vectors?|outlines?|layers?|masks?|shapes?)\b",
    r"\bas (?:a )?(?:polygons?|vectors?|outlines?|masks?)\b",
)

_PLEASE = (
    r"^(?:(?:can|could|would|will) you |please |kindly |i (?:want|need|would like|'d like)(?: you)? (?:to )?|let's |now |and"
    r" |then |go |help me |ok |okay |so |just |quickly )*"
)
#: Single things of one date are looked for: the answer is what was found, with its boxes.
FIND = either(
    _PLEASE + r"(?:find(?! out)|detect|search(?: \w+){0,4} for|look(?:ing)? for|hunt for|seek|box)\b"
    r"(?! (?:me |us )?(?:an? |the )?(?:number|count|share|percentage|overview|where|how|which|if|whether)\b)",
    r"\b(?:bounding )?box(?:es)? (?:of|around|for|is|are)\b",
    r"^(?:(?:can|could|would) you |please )*(?:try to|help me(?: to)?|i(?:'m| am)|we(?:'re| are)|let us|want to)"
    r" (?:find(?! out)|locate|detect|look(?:ing)? for|search(?:ing)? for|after)\b(?!.*\bwhere\b)",
)
#: Opens an instruction that may name single things by more than their class: "outline the red car left of the road".
LOOKING = either(
    FIND, _PLEASE + r"(?:pick|point|locate|mark|show|highlight|select|isolate|zoom|give|cut|identify|pinpoint|circle|get)\b",
    r"\bwhere(?:'s| is| are)\b", r"\b(?:locations?|positions?|masks?|outlines?|polygons?) of\b",
)

#: Both of one date and of two.
WHERE = either(
    r"\bwhere\b", r"\bwhereabouts\b", r"\blocat(?:e|ion|ions)\b", r"\bposition(?:s|ed)?\b",
    r"\b(?:in|on|at|to|from) (?:which|what) (?:part|corner|cell|cells|direction|area|half|side|third|quarter|section|edge"
    r"|end)",
    r"\bwhich (?:parts?|corners?|sides?|cells?|half|areas?|places?)\b", r"\bpoint (?:me )?(?:to|at|out)\b",
    r"\bconcentrated\b", r"\bdistributed\b", r"\bsituated\b",
)

#: Captions with what is known of the image's making, and the record that holds it.
METADATA = either(
    r"\bgaia\b", r"\bmeta-?data\b", r"\b(?:five|5) (?:different )?captions\b", r"\bjson\b",
)

#: What is asked of one date.
VIEW_RULES: Tuple[Tuple[str, str], ...] = (
    ("help", HELP),
    ("metadata", METADATA),
    ("identify", either(
        r"\bwhat(?:'s| is| am i| are)(?: looking at| this| that| it| these| those)(?: (?:here|there|thing|object"
        r"|place|spot|patch|one|over|right)){0,3}[?.!]*$",
        r"\bidentify (this|that|it)\b", r"\b(?:click|clicked|pointed|pointing)\b",
        r"\b(?:tell me|know|say) what (?:this|that|it) is\b", r"\bwhat (?:could|might|can) (?:this|that|it) be\b",
        r"\bwhat (?:kind|sort|type) of (?:object|thing|structure|feature) (?:is|was)\b",
        r"\b(?:what|which)\b.*\b(?:in|inside|within|at|under|beneath) (?:the|this|my|that) (?:\w+ )?"
        r"(?:box|marker|cross|click|cursor|pin)\b",
        r"\b(?:thing|object) (?:in|inside|at|under) (?:the|this|my) (?:box|point|cursor|location|marker)\b",
        r"\bwhat did i\b",
        r"\bwhat(?:'s| is| lies| stands) (?:right )?(?:at|in|on|under) (?:this|that|the|my) (?:location|place|spot|point"
        r"|position)\b[?.!]*$",
        r"\bcall (?:this|that|it)(?: (?:thing|object|place))?[?.!]*$",
        r"\bwhat is (?:it|this|that),? (?:that )?(?:i|we)\b",
        r"what is (?:at|under) (?:the|my|this) (?:point|click|cursor|spot|position)",
        r"what am i (?:looking|pointing) at",
    )),
    ("caption", r"^(?:please |can you |could you |would you |now |so )*(?:describe|summari[sz]e|caption)\b"),
    ("share", either(
        r"\bper ?cent", r"\bpercentage", r"\bshare\b", r"\bproportion", r"\bfraction", r"(?<!\bin )\bwhat (?:part|portion) of",
        r"how much of",
        r"\bratio of", r"%", r"how (?:densely|heavily|green|built[ -]up)\b",
    )),
    ("compare", either(
        r"\b(?:more|fewer|less|larger|bigger|greater) (?!than \d)(?:[\w-]+ ){0,3}?than (?!\d)", r"\bcompare\b",
        r"\b(?:more|less|fewer|larger|bigger|smaller)\b.*\bor\b", r"\b(?:more|less) (?:space|ground|area|land|room)\b",
        r"\bthan\b(?! \d).*\b(?:do|does|is|are)\b",
        r"\bwhich (?:is|are|covers?|takes?|occupies|has|one|one is) (?:more|larger|bigger|greater|the"
        r" (?:larger|bigger|greater|most|largest|biggest))\b",
        r"\bcompared (?:to|with)\b", r"\bdo(?:es)? .* outnumber\b", r"\bversus\b", r"\bvs\b",
    )),
    ("distance", either(
        r"\bhow (?:far|close|near)\b", r"\bdistance\b",
        r"\bhow many (?:met(?:er|re)s|kilomet(?:er|re)s|km|m|feet) (?:is|are|from|between)\b", r"\bnearest\b", r"\bclosest\b",
        r"\b(?:is|are) .* (?:near|close to|next to|beside|adjacent to|touching)\b",
    )),
    ("area", either(
        r"\bhow many (?:square|hectares?|acres?|km2|m2|ha|sq)\b",
    )),
    ("count", either(
        r"\bhow many\b", r"\bnumber of\b", r"\bcount\b", r"\btally\b", r"\benumerate\b(?! everything)", r"\bquantity of\b",
        r"\bhow numerous\b", r"\btotal (?:number )?of\b",
    )),
    ("find", FIND),
    ("where", r"^(?:please )?(?:give|get|tell)(?: me| us)? the (?:location|position|place)s? of\b"),
    ("segment", SEGMENT),
    ("where", WHERE),
    ("scene", either(
        r"\b(?:what|which) (?:kind|type|sort|class|category) of (?:place|area|scene|landscape|region|environment|site"
        r"|location|terrain|image|land|setting|surroundings)\b",
        r"\burban or\b", r"\brural or\b",
        r"\b(?:is|was) (?:this|it|that) (?:an? |the )?(?:mostly |mainly )?(?:urban|rural|natural)\b",
        r"\bclassify (?:this|the) (?:scene|image|place|view)", r"\bscene (?:class|type|category)\b",
        r"\b(?:urban|rural)\b",
    )),
    ("area", either(
        r"\bhow (?:big|large|much|extensive|wide|long|small)\b",
        r"\barea (?:of|is|are|covered|taken|occupied|does|do|in)\b",
        r"\b(?:total|overall|surface|ground|covered) (?:\w+ )?area\b", r"\bsizes?\b", r"\bextent of\b", r"\bhectares?\b",
        r"\bsquare (?:met|kilomet|feet)", r"\bacres?\b", r"\bkm2\b", r"\bm2\b", r"\bwhat area\b",
        r"\b(?:measure|calculate|compute|determine|estimate)\b",
    )),
    ("list", either(
        r"\b(?:dominant|main|prevailing|predominant|most common)\b.*\b(?:covers?|class|classes|type|types|use)\b",
        r"\bwhat (?:objects?|things?|covers?|classes|kinds|types|features|land[ -]?covers?|else)\b",
        r"\bwhich (?:objects?|things?|covers?|classes|features|kinds|types|land[ -]?covers?)\b", r"\blist\b",
        r"\benumerate everything\b",
        r"\bname (?:all|the|every)(?: the)? (?:objects?|things?|covers?|class(?:es)?|features?|elements?|items?)",
    )),
    ("caption", either(
        r"^(?:give|tell|show) (?:me )?(?:some |more |the )?details\b", r"\bland use\b",
        r"\bsum (?:it |this |that )?up\b", r"\b(?:sentences?|words|one[- ]liner|paragraph)\b", r"\bwalk me through\b",
        r"\bwhat would (?:you|i|one) (?:say|tell|write|see)\b",
        r"\bwhat(?:'s| is) it like\b",
        r"\bwhat is the (?:land|area|ground) used for\b",
        r"\bdescri(?:be|ption)\b", r"\bcaption\b", r"\bsummar", r"\btell me (?:about|what)\b", r"\boverview\b",
        r"\bwhat (?:does|do) .*\bshow",
        r"\bwhat(?:'s| is| can| do| could)(?: be| you| i| we)? ?(?:shown|in|here|there|going on|see|seen"
        r"|visible|happening|on|recogni[sz]e)\b",
        r"\bexplain\b", r"\breport\b", r"\bwhat (?:am|are) (?:i|we) (?:seeing|looking)",
    )),
    ("presence", either(
        r"^(?:(?:so|and|but|ok|please|now|tell me|say|can you (?:tell me|say|check)|check|i wonder|do you"
        r" know),? )*(?:if |whether )?(?:is|are|was|were|do|does|did|can|could|has|have|any|there)\b",
        r"\bcontains?\b", r"\bpresen(?:t|ce)\b", r"\bexists?\b", r"\bvisible\b", r"\bany\b", r"\bshows?\b",
    )),
)

#: What is asked of two dates.
PAIR_RULES: Tuple[Tuple[str, str], ...] = (
    ("help", HELP),
    ("transitions", either(
        r"\btransitions?\b",
        r"\bwhat (?:was|were) (?:there|here|it|they|that|in|at|on|the|under|those|these|\w+)?.*\b(?:before"
        r"|previously|earlier|originally|formerly|replaced)\b",
        r"\breplac", r"\bturn(?:ed|s)? into\b", r"\bbec[ao]me\b", r"\bconver(?:ted|sion)\b", r"\bfrom what\b",
        r"\bwhat did .* (?:become|replace|turn)", r"\bfrom[ -](?:and[ -])?to\b", r"\bused to be\b",
        r"\bwhat happened to\b", r"\bwhat was (?:it|there|here)\b", r"\binstead\b",
    )),
    ("area", either(
        r"\bhow many (?:square|hectares?|acres?|km2|m2|ha|sq)\b",
    )),
    ("count", either(
        r"\bhow many\b", r"\bnumber of\b", r"\bcount\b", r"\btally\b", r"\benumerate\b", r"\bquantity of\b",
    )),
    ("area", r"^how (?:big|large|much|extensive)\b"),
    ("segment", either(
        SEGMENT,
        _PLEASE + r"(?:segment|outline|mask|draw|extract|delineate|trace|vectori[sz]e|digiti[sz]e|highlight) where\b",
    )),
    ("where", WHERE),
    ("area", either(
        r"\bhow (?:big|large|much|extensive)\b", r"\barea (?:of|is|are|covered|has|that)\b", r"\bsizes?\b",
        r"\bhectares?\b", r"\bsquare (?:met|kilomet|feet)", r"\bacres?\b", r"\bpercent", r"\bshare\b",
        r"\bproportion", r"\bfraction", r"\bkm2\b", r"\bm2\b", r"\bwhat area\b",
        r"\b(?:total|changed|overall) area\b",
    )),
    ("changed", either(
        r"^(?:is there |are there |do you (?:see|notice|find) |see )?(?:any|a|some)(?:thing)?(?: \w+)? (?:changes?"
        r"|differences?|changed|different|differs)\b(?! (?:of|in) what)",
    )),
    ("describe", either(
        r"\b(?:story|sentences?|words|details)\b", r"\bwhat\b", r"\bdescri",
        r"\bcaption\b", r"\bsummar", r"\btell me\b", r"\boverview\b", r"\bexplain\b",
        r"\breport\b", r"\bhow (?:did|has|have|do|does)\b", r"\blist\b", r"\bcompare\b", r"\bdifferences? between\b",
        r"\bwhich\b",
    )),
    ("changed", either(
        r"^.*\b(?:any|anything|did|has|have|is|are|was|were|do|does|changed?|changes|differ|different|same|identical"
        r"|unchanged)\b",
    )),
)

#: Something came.
ADDED = either(
    r"\bnew\b", r"\bnewly\b", r"\badded\b", r"\badditional\b", r"\bappear(?:ed)?\b", r"\bbuilt\b", r"\bconstructed\b",
    r"\berected\b", r"\bgained?\b", r"\bgrown?\b", r"\bgrew\b", r"\bincreased?\b", r"\bmore\b", r"\bgrowth\b",
    r"\bsprung\b", r"\bemerged\b", r"\bplanted\b", r"\bconstruction\b",
)

#: Something went.
REMOVED = either(
    r"\bremoved\b", r"\blost\b", r"\bloss\b", r"\bdemolished\b", r"\bgone\b", r"\bdisappear(?:ed)?\b", r"\bvanish(?:ed)?\b",
    r"\bcleared\b", r"\bcut\b", r"\bdestroyed\b", r"\bdecreased?\b", r"\bfewer\b", r"\bless\b", r"\bshr[aiu]nk\b",
    r"\bmissing\b", r"\btorn down\b", r"\bfelled\b", r"\bdeforest",
)

#: Points back at an earlier turn.
PRONOUN = either(
    r"\b(?:it|its|them|they|those|these|their|ones?|that|this one|the (?:largest|biggest|smallest|second"
    r"|third)(?! (?:area|change))|same)\b",
)

#: Compares dates; with one image it cannot be answered.
TWO_DATES = either(
    r"\bchang(?:e|es|ed|ing)\b", r"\bdifferences?\b",
    r"\b(?:new|newly|added|removed|disappeared|vanished|demolished|lost|gained|replaced)\b", r"\bused to be\b",
    r"\bdeforest", r"\bbefore and after\b", r"\b(?:there|here|this|it) before\b", r"\bbetween the (?:two )?(?:dates|images)\b",
)

#: Leaves out what the turn before said.
ELLIPSIS = r"^(?:and|or|but|also|what about|how about|now|only|just|then|ok|so)\b"

#: Asks for properties, people or times that no mask tells: answering with what is there would mislead.
UNMEASURED = either(
    r"^(?:who|whose|when|why)\b", r"\bhow (?:tall|high|old|deep|fast|steep|hot|healthy)\b",
    r"\b(?:what|which) (?:is |are )?(?:the )?(?:colou?r|height|material|age|species|depth|address|name|owner)(?:e?s)?\b",
    r"\b(?:average|mean|median|typical)\b",
)

#: Asks what lies beside a thing: only distances between two named things are measured.
BESIDE = (
    r"\bwhat(?:'s| is| are| lies| stands)? (?:there )?"
    r"(?:next to|near|beside|behind|around|close to|(?:north|south|east|west)\S* of)\b"
)

#: What a phrase of single things cannot say yet: exceptions, and places between two things.
NOT_ONE = r"\b(?:not|without|except|unless|between|how many|how much|how far|how large|how big)\b"

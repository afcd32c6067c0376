"""Wordings written last, far from all others: what the reader of claims makes of words that nobody foresaw.

When first read, 35 % of the true sentences were not understood, one in a thousand was called wrong, and 1.4 % of the wrong ones
were let through, all of them "all … are still there"; only that was mended.
"""

COUNTED = {
    "added": (
        "Builders put up {n} {noun}.",
        "{n} {noun} {are} new.",
        "{n} {noun} {have} been added since the first image.",
        "Newly built: {n} {noun}.",
        "I can make out {n} new {noun}.",
    ),
    "removed": (
        "{n} {noun} {have} gone.",
        "{n} {noun} had to go.",
        "{n} of the buildings {were} demolished.",
        "Gone: {n} {noun}.",
    ),
}
AREAS = {
    "added": (
        "{Mass} came on {area}.",
        "The gain of {mass} is {area}.",
        "{area} more {mass} {have} appeared.",
        "New {mass} on {area}.",
    ),
    "removed": (
        "The loss of {mass} is {area}.",
        "{area} of {mass} {have} been cleared away.",
        "{Mass} went from {area}.",
    ),
}
NONE = {
    "added": (
        "There is no {mass} that is new.",
        "Zero new {mass} can be found.",
        "{Mass} {have} not appeared anywhere.",
    ),
    "removed": (
        "There is no {mass} that disappeared.",
        "Nowhere {was} {mass} removed.",
        "All {mass} {be} still there.",
    ),
}
PLACED = {
    "added": ("{Mass} came in the {cell}.", "The {cell} is where {mass} {was} added.", "New: {mass} in the {cell}."),
    "removed": ("{Mass} went in the {cell}.", "The {cell} is where {mass} {was} lost.", "Lost: {mass} in the {cell}."),
}
BECAME = (
    "{area} of {a} {was} made into {b}.",
    "Instead of {a}, there {is} now {b} on {area}.",
    "{area}: {a} became {b}.",
    "{a} was converted into {b} on {area}.",
    "{B} replaced {a} on {area}.",
)
CHANGED_SHARE = (
    "The share of changed ground is {share}.",
    "{share} of all pixels changed.",
    "Overall, {share} of the region was altered.",
)
CHANGED_AREA = (
    "The change amounts to {area}.",
    "Altogether {area} of ground changed.",
    "Overall, changes take up {area}.",
)
NOTHING = (
    "Everything is as it was.",
    "Not a thing changed.",
    "The later image is identical to the earlier image.",
    "No change at all.",
    "The dates show the same.",
)
SOMETHING = (
    "Not everything is the same.",
    "There is some change.",
    "A change can be seen.",
    "The dates are different.",
)
CHANGE_COUNT = ("In {n} places something changed.", "{n} changes, all in all.", "The images differ in {n} places.")
CHANGE_CELLS = (
    "Look for the changes in the {cell}.",
    "The bulk of the changes lies in the {cell}.",
    "Above all the {cell} changed.",
)
DATES = (
    "{Mass} took up {x}, now it is {y}.",
    "First {x} of {mass}, then {y}.",
    "Before: {x} of {mass}. After: {y} of {mass}.",
)
SHRANK = {
    1: ("There is more {mass} than before.", "{Mass} spread."),
    -1: ("There is less {mass} than before.", "{Mass} dwindled."),
}
MORE = {1: ("The new buildings outnumber the lost ones.",), -1: ("The lost buildings outnumber the new ones.",)}
MOST = {"added": ("{Mass} grew more than any other cover.",), "removed": ("The greatest loss is that of {mass}.",)}
LARGEST = ("No change is larger than that of {area}.", "The largest single change has {area}.")
LARGEST_NEW = ("Of the new buildings, the largest has {area}.",)
TOGETHER = ("Built: {n}; demolished: {m} buildings.", "{n} {noun} {were} added; {m} went.")

"""Wordings written when the reader of claims was done. At first it refused 5.8 % of the true sentences (not understood) and took
0.2 % of the wrong ones for right; it was mended since."""

COUNTED = {
    "added": (
        "{n} {noun} {were} newly erected.",
        "Compared with the first date, there {are} {n} new {noun}.",
        "{n} {noun} sprung up.",
        "On the later date {n} new {noun} {were} found.",
        "I noticed {n} new {noun}.",
        "Altogether, {n} {noun} {were} added to the scene.",
    ),
    "removed": (
        "{n} {noun} {have} vanished.",
        "{n} {noun} {were} taken away.",
        "I noticed that {n} {noun} {were} removed.",
        "Altogether, {n} {noun} {were} lost.",
        "{n} {noun} {were} knocked down.",
    ),
}
AREAS = {
    "added": (
        "{area} of {mass} came.",
        "About {area} of {mass} {was} added.",
        "In total, {area} of new {mass} can be seen.",
        "The image gained {area} of {mass}.",
        "{Mass} emerged on {area}.",
    ),
    "removed": (
        "{area} of {mass} went.",
        "About {area} of {mass} {was} removed.",
        "In total, {area} of {mass} vanished.",
        "{area} of {mass} {is} gone.",
        "{Mass} vanished on {area}.",
    ),
}
NONE = {
    "added": ("I cannot find any new {mass}.", "There {is} not any new {mass}.", "No {mass} came.", "No {mass} emerged."),
    "removed": (
        "Not any {mass} {was} removed.",
        "I find no removed {mass}.",
        "No {mass} {was} cleared.",
        "{Mass} did not vanish.",
    ),
}
PLACED = {
    "added": (
        "{Mass} emerged in the {cell}.",
        "I see new {mass} in the {cell}.",
        "Mainly in the {cell}, {mass} {was} added.",
    ),
    "removed": (
        "{Mass} went missing in the {cell}.",
        "I see lost {mass} in the {cell}.",
        "{Mass} {was} cleared in the {cell}.",
    ),
}
BECAME = (
    "{area} of {a} {was} transformed into {b}.",
    "{area} of {a} {was} changed into {b}.",
    "{B} took over from {area} of {a}.",
    "{area} of {a} {was} replaced with {b}.",
    "{B} {have} replaced {area} of {a}.",
    "{area} of {a} changed to {b}.",
)
CHANGED_SHARE = (
    "In total, {share} of the image changed.",
    "{share} of the scene is no longer the same.",
    "The change covers {share} of the view.",
    "Changes were found on {share} of the ground.",
)
CHANGED_AREA = ("In total, {area} changed.", "Changes were found on {area}.", "The change has an extent of {area}.")
NOTHING = (
    "There is nothing new.",
    "I found no differences.",
    "The pictures are identical.",
    "Nothing at all changed.",
    "There are no visible changes.",
    "The two dates are the same.",
    "No difference was found.",
    "Nothing happened here.",
)
SOMETHING = (
    "I found differences.",
    "There are visible changes.",
    "The pictures are not identical.",
    "Some of the area changed.",
)
CHANGE_COUNT = ("I found {n} changes.", "We see {n} separate changes.", "{n} differences were found.")
CHANGE_CELLS = (
    "Changes were found mainly in the {cell}.",
    "The {cell} has most of the changes.",
    "It changed mostly in the {cell}.",
)
DATES = (
    "In the first image, {mass} covered {x}; in the second image, {y}.",
    "{Mass} covered {x} at first and {y} in the end.",
    "Before, there {were} {x} of {mass}; now there {be} {y}.",
)
SHRANK = {
    1: ("{Mass} {have} expanded.", "There was growth: {mass} grew."),
    -1: ("{Mass} {have} shrunk.", "{Mass} {have} decreased."),
}
MORE = {1: ("More buildings were erected than torn down.",), -1: ("More buildings vanished than appeared.",)}
MOST = {"added": ("{Mass} {have} gained the most.",), "removed": ("{Mass} {have} lost the most.",)}
LARGEST = ("The greatest change covers {area}.", "The largest difference is found in the {cell}.")
LARGEST_NEW = ("The largest added building has {area}.",)
TOGETHER = ("{n} {noun} {were} erected and {m} {were2} pulled down.", "While {n} {noun} {were} built, {m} {were2} lost.")

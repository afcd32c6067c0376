"""Further wordings of what changed, of which the reader of claims once misread some and was mended."""

COUNTED = {
    "added": (
        "{n} {noun} {were} put up.",
        "{n} {noun} came into being.",
        "You can see {n} freshly built {noun}.",
        "Exactly {n} {noun} {were} newly built.",
        "The number of new buildings is {n}.",
        "{n} {noun} that {were} not there before can be seen.",
    ),
    "removed": (
        "{n} {noun} {were} pulled down.",
        "{n} {noun} went missing.",
        "{n} {noun} {have} disappeared since the first image.",
        "{n} {noun} {were} destroyed.",
        "The number of demolished buildings is {n}.",
        "{n} {noun} no longer exist{x}.",
    ),
}
AREAS = {
    "added": (
        "An area of {area} was newly covered by {mass}.",
        "New {mass}: {area}.",
        "The newly added {mass} amount{s} to {area}.",
    ),
    "removed": (
        "The image lost {area} of {mass}.",
        "{area} of {mass} {have} gone.",
        "The {mass} that {was} removed cover{s} {area}.",
        "{Mass} {was} removed on {area}.",
        "{area} of {mass} went missing.",
    ),
}
NONE = {
    "added": (
        "{Mass} did not appear.",
        "There is no sign of new {mass}.",
        "Not a single new patch of {mass} appeared.",
        "None of the {mass} is new.",
    ),
    "removed": (
        "No {mass} went missing.",
        "{Mass} did not disappear.",
        "None of the {mass} {was} lost.",
        "No {mass} {was} destroyed.",
    ),
}
PLACED = {
    "added": (
        "{Mass} {was} gained in the {cell}.",
        "The {cell} gained {mass}.",
        "In the {cell} there {be} new {mass}.",
        "The new {mass} {is} found in the {cell} part of the image.",
        "It is in the {cell} that {mass} {was} added.",
        "Look to the {cell} for the new {mass}.",
    ),
    "removed": (
        "{Mass} vanished in the {cell}.",
        "{Mass} {was} mostly removed in the {cell}.",
        "In the {cell}, {mass} disappeared.",
        "The removed {mass} lay in the {cell}.",
    ),
}
BECAME = (
    "{area} of former {a} {is} now {b}.",
    "{area} of {a} made way for {b}.",
    "What was {a} became {b}: {area}.",
    "{area} went over from {a} to {b}.",
    "{area} of {a} {have} become {b}.",
    "On {area}, {a} gave way to {b}.",
    "{area} of {a} {have} turned into {b}.",
    "{B} came in place of {area} of {a}.",
)
CHANGED_SHARE = (
    "{share} of the picture was altered.",
    "Roughly {share} of the region has changed.",
    "Change affects {share} of the region.",
    "The changed share is {share} of the region.",
    "A total of {share} of the scene changed.",
)
CHANGED_AREA = (
    "A total of {area} changed.",
    "All changes together measure {area}.",
    "The total changed area is {area}.",
    "Altogether {area} were altered.",
    "The extent of the changes is {area}.",
)
NOTHING = (
    "Almost nothing has changed.",
    "Both images look the same.",
    "Both dates look alike.",
    "The region stayed the same.",
    "There was no change at all.",
    "I cannot see any change.",
    "The two pictures do not differ.",
    "No alterations can be seen.",
    "Neither image differs from the other.",
)
SOMETHING = (
    "The two dates differ.",
    "Changes can be seen.",
    "There is a difference.",
    "Changes have occurred.",
    "The place is different now.",
    "Yes, there are changes.",
)
CHANGE_COUNT = (
    "Altogether there are {n} changes.",
    "{n} separate places changed.",
    "A total of {n} changes was found.",
    "The number of changes is {n}.",
    "{n} spots are different.",
)
CHANGE_CELLS = (
    "The main changes are in the {cell}.",
    "Change is concentrated in the {cell}.",
    "You find most of the changes in the {cell}.",
)
DATES = (
    "{Mass}: {x} before, {y} after.",
    "On the first date {mass} covered {x}, on the second date {y}.",
    "{Mass} used to cover {x} and now cover{s} {y}.",
    "The area of {mass} was {x} before and is {y} now.",
)
SHRANK = {
    1: ("The area of {mass} grew.", "{Mass} went up from {x} to {y}.", "{Mass} increased from {x} to {y}."),
    -1: ("The area of {mass} shrank.", "{Mass} went down from {x} to {y}.", "{Mass} decreased from {x} to {y}."),
}
MORE = {
    1: ("More buildings appeared than disappeared.", "More buildings came than went."),
    -1: ("More buildings were lost than gained.",),
}
MOST = {"added": ("The most was gained by {mass}.",), "removed": ("It was {mass} that lost the most.",)}
LARGEST = ("The biggest change has {area}.", "The largest of the changes lies in the {cell}.")
LARGEST_NEW = ("The largest of the new buildings has an area of {area}.", "The biggest new building covers {area}.")
TOGETHER = (
    "There {are} {n} new {noun}, and {m} {were2} lost.",
    "{n} {noun} appeared but {m} disappeared.",
    "{n} {noun} came and {m} went.",
)

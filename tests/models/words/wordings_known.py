"""Wordings of what changed that the reader of claims was written with."""

#: Numbers of buildings that came, went; {n} a number, {noun} in its form.
COUNTED = {
    "added": (
        "{n} {noun} {were} added.",
        "There {are} {n} new {noun}.",
        "I see {n} new {noun}.",
        "{n} {noun} {have} been built.",
        "{n} {noun} appeared between the two dates.",
        "{n} new {noun} can be seen.",
        "{n} {noun} {were} constructed.",
        "Between the dates, {n} {noun} {were} erected.",
        "The image shows {n} new {noun}.",
        "The region gained {n} {noun}.",
        "In the later image there {are} {n} additional {noun}.",
        "We can count {n} newly built {noun}.",
    ),
    "removed": (
        "{n} {noun} {were} removed.",
        "{n} {noun} disappeared.",
        "{n} {noun} {have} been demolished.",
        "{n} {noun} {are} gone.",
        "{n} {noun} {were} lost.",
        "{n} {noun} vanished between the two images.",
        "{n} {noun} {were} torn down.",
        "The area lost {n} {noun}.",
        "{n} {noun} {are} no longer there.",
        "I count {n} demolished {noun}.",
    ),
}
AREAS = {
    "added": (
        "{area} of {mass} {was} added.",
        "{Mass} gained {area}.",
        "There {be} {area} of new {mass}.",
        "{area} of {mass} appeared.",
        "New {mass} cover{s} {area}.",
        "The region gained {area} of {mass}.",
        "{Mass} with an area of {area} {was} added.",
    ),
    "removed": (
        "{area} of {mass} {was} removed.",
        "{Mass} lost {area}.",
        "{area} of {mass} disappeared.",
        "{area} of {mass} {was} lost.",
        "The region lost {area} of {mass}.",
        "{area} of {mass} {was} cleared.",
        "{area} of {mass} {have} vanished.",
    ),
}
NONE = {
    "added": (
        "No {mass} {was} added.",
        "I see no new {mass}.",
        "There {be} no new {mass}.",
        "No {mass} appeared.",
        "{Mass} {was} not added.",
        "No new {mass} can be seen.",
    ),
    "removed": (
        "No {mass} {was} removed.",
        "No {mass} disappeared.",
        "{Mass} {was} not removed.",
        "I see no {mass} lost.",
        "No {mass} {have} been lost.",
        "No {mass} vanished.",
    ),
}
PLACED = {
    "added": (
        "{Mass} {was} added mainly in the {cell}.",
        "Most of the new {mass} lie{s} in the {cell}.",
        "New {mass} can be seen in the {cell}.",
        "In the {cell}, {mass} {was} added.",
        "{Mass} appeared in the {cell}.",
        "The new {mass} {is} located in the {cell} of the region.",
    ),
    "removed": (
        "{Mass} {was} removed mainly in the {cell}.",
        "{Mass} disappeared in the {cell}.",
        "Most of the lost {mass} lay in the {cell}.",
        "In the {cell}, {mass} {was} lost.",
        "The {cell} lost {mass}.",
    ),
}
BECAME = (
    "{area} of {a} became {b}.",
    "{area} of {a} turned into {b}.",
    "{area} of {a} {was} replaced by {b}.",
    "{B} replaced {area} of {a}.",
    "{area} changed from {a} to {b}.",
    "{area} of {a} {was} converted to {b}.",
    "{A} gave way to {b}: {area}.",
    "{B} took the place of {area} of {a}.",
    "{area} of {a} {have} been replaced by {b}.",
    "{area} of {a} {is} now {b}.",
    "{area} of {a} {was} turned into {b}.",
    "{area} of {a} {was} lost to {b}.",
    "{area} of the ground went from {a} to {b}.",
    "From {a} to {b}: {area}.",
    "{area} of {b} used to be {a}.",
)
CHANGED_SHARE = (
    "{share} of the region changed.",
    "{share} of the ground is different.",
    "Changes cover {share} of the image.",
    "About {share} of the area changed.",
    "Yes: {share} of the region changed.",
    "{share} of the image has changed.",
    "The changes take up {share} of the scene.",
)
CHANGED_AREA = (
    "{area} changed.",
    "The changes cover {area}.",
    "The changed area measures {area}.",
    "{area} of the region changed.",
    "In all, {area} of the ground changed.",
    "Changes occupy {area}.",
)
NOTHING = (
    "Nothing changed.",
    "I see no change.",
    "The two images are the same.",
    "There are no differences.",
    "No changes occurred.",
    "The scene is identical on both dates.",
    "There is no difference.",
    "The scene is the same as before.",
    "Nothing is different.",
    "The two scenes seem identical.",
    "No change has occurred.",
    "The region did not change.",
    "The images do not differ.",
    "Nothing was added or removed.",
    "The place is unchanged.",
)
SOMETHING = (
    "Something changed.",
    "I see changes.",
    "The two images are not the same.",
    "There are differences.",
    "The region changed.",
    "The images differ.",
    "The scene is not identical.",
    "There has been change.",
)
CHANGE_COUNT = (
    "There are {n} changes.",
    "I see {n} separate changes.",
    "{n} changes can be seen.",
    "{n} changes were found.",
    "The images show {n} differences.",
    "I count {n} changed patches.",
)
CHANGE_CELLS = (
    "The changes lie in the {cell}.",
    "Most changes are in the {cell}.",
    "The changes are concentrated in the {cell}.",
    "The region changed mainly in the {cell}.",
    "Most of the change lies in the {cell}.",
    "In the {cell}, the ground changed.",
)
DATES = (
    "{Mass} covered {x} before and {y} after.",
    "Before, {mass} covered {x}; now {it} cover{s} {y}.",
    "{Mass} covered {x} on the first date and {y} on the second date.",
    "In all, {mass} took up {x} before and {y} afterwards.",
    "There {were} {x} of {mass} before and {y} after.",
    "{Mass} occupied {x} in the earlier image and {y} in the later image.",
)
SHRANK = {
    1: ("{Mass} grew.", "The {mass} expanded.", "{Mass} grew from {x} to {y}.", "{Mass} {have} increased."),
    -1: ("{Mass} shrank.", "The {mass} decreased.", "{Mass} shrank from {x} to {y}.", "{Mass} {have} declined."),
}
MORE = {
    1: (
        "More buildings were added than removed.",
        "Fewer buildings were removed than added.",
        "More buildings were built than demolished.",
    ),
    -1: (
        "Fewer buildings were added than removed.",
        "More buildings were removed than added.",
        "More buildings disappeared than appeared.",
    ),
}
MOST = {
    "added": ("{Mass} gained the most.", "Of all covers, {mass} gained the most.", "{Mass} gained the most ground."),
    "removed": ("{Mass} lost the most.", "Of all covers, {mass} lost the most.", "{Mass} lost the most: {area}."),
}
LARGEST = (
    "The largest change measures {area}.",
    "The biggest change lies in the {cell}.",
    "The largest change measures {area} and lies in the {cell}.",
    "The largest change is in the {cell}.",
)
LARGEST_NEW = (
    "The largest new building measures {area}.",
    "The largest building added measures {area} and lies in the {cell}.",
    "The biggest of the new buildings covers {area}.",
)
TOGETHER = (
    "{n} {noun} {were} added and {m} {were2} removed.",
    "{n} {noun} {were} added, while {m} {were2} demolished.",
    "{n} new {noun} appeared, and {m} disappeared.",
    "{n} {noun} {were} built; {m} {were2} torn down.",
)

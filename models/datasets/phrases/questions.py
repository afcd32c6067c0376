"""What is asked of an image. ``[a|b]`` is a choice; ``{whole}``, ``{many}``, ``{one}``, ``{be}`` … are forms of the label.

``{be}`` agrees with ``{whole}``. ``{the}``, ``{other}``: phrases that name one thing. ``{second}``: another whole.
"""

from typing import Dict, Sequence

_POLITE = ("", "Please tell me:", "Tell me,", "I would like to know:", "Quick question:")
_HERE = ("?", " here?", " in this image?", " in the picture?", " in this view?")

QUESTIONS: Dict[str, Dict[str, Sequence[str]]] = {
    "presence": {
        "openers": _POLITE,
        "cores": (
            "{be} there any {whole}",
            "[do you|can you] [see|make out|find|spot] any {whole}",
            "{be} any {whole} [visible|present]",
            "does [anything|the ground] show any {whole}",
            "{be} {whole} to be [seen|found]",
        ),
        "closers": _HERE,
    },
    "count": {
        "openers": _POLITE,
        "cores": (
            "how many {many} [are there|do you see|can you count|are visible|can be seen|are present]",
            "what is the [number|count|total number] of {many}",
            "count the {many}",
            "how many {many} does it [show|hold]",
            "give me the number of {many}",
        ),
        "closers": _HERE,
    },
    "comparison": {
        "openers": _POLITE,
        "cores": (
            "are there more {many} than {second_many}",
            "are {many} more numerous than {second_many}",
            "do {many} outnumber {second_many}",
            "do you [see|count|find] more {many} than {second_many}",
            "is the number of {many} larger than that of {second_many}",
            "would you count more {many} than {second_many}",
            "[can one|does one] see more {many} than {second_many}",
        ),
        "closers": _HERE,
    },
    "more ground": {
        "openers": _POLITE,
        "cores": (
            "{do} {whole} cover more [ground|area] than {second}",
            "is more ground covered by {whole} than by {second}",
            "{do} {whole} [take up|occupy|fill] more [space|ground|room] than {second}",
            "do you see more [ground|space] under {whole} than under {second}",
            "{be} {whole} larger in area than {second}",
            "would you say that {whole} [fill|cover|occupy] more [ground|space] than {second}",
        ),
        "closers": _HERE,
    },
    "area": {
        "openers": _POLITE,
        "cores": (
            "what area {do} {whole} [cover|occupy|take up]",
            "how [large|big] is the area of {whole}",
            "what is the [total area|area|extent] of {whole}",
            "how much ground {do} {whole} [cover|occupy] in all",
            "[measure|estimate] the area of {whole}",
        ),
        "closers": _HERE,
    },
    "share": {
        "openers": _POLITE,
        "cores": (
            "what [share|part|fraction|percentage|proportion] of the [ground|image] {be} {whole}",
            "what [share|percentage|proportion] of the ground {do} {whole} cover",
            "how many per cent of the [ground|image] {be} {whole}",
        ),
        "closers": ("?", " here?", " in this view?"),
    },
    "position": {
        "openers": _POLITE,
        "cores": (
            "where {be} the {whole}",
            "in which part of the image {be} most of the {whole}",
            "where [do you see|can one find|are you seeing] the {whole}",
            "which part [has|holds] most of the {whole}",
            "[in what|in which] [part|corner or side] {do} the {whole} mostly lie",
            "whereabouts {be} the {whole}",
        ),
        "closers": ("?", " mainly?", " exactly?"),
    },
    "place of one": {
        "openers": _POLITE,
        "cores": (
            "where is {the}",
            "in which [part|cell|third] of the image is {the}",
            "where [can I find|do I find|would I find] {the}",
            "what is the position of {the}",
            "[locate|place] {the} in words",
            "whereabouts is {the}",
        ),
        "closers": ("?", " exactly?", " located?"),
    },
    "relation": {
        "openers": _POLITE,
        "cores": (
            "where is {the} [in relation to|relative to|with respect to|as seen from|compared to] {other}",
            "how does {the} lie [in relation to|relative to|as seen from] {other}",
            "in which direction from {other} is {the}",
            "which way from {other} [is|lies] {the}",
            "on which side of {other} [is|lies] {the}",
        ),
        "closers": ("?", " exactly?", " here?"),
    },
    "near": {
        "openers": _POLITE,
        "cores": (
            "is {the} [near|close to|in the vicinity of] {other}",
            "does {the} [lie|stand] [near|close to] {other}",
            "is {the} found [near|close to] {other}",
            "would you say that {the} is [near|close to] {other}",
        ),
        "closers": ("?", " here?", " in this image?"),
    },
    "colour": {
        "openers": _POLITE,
        "cores": (
            "what [colour|color] is {the}",
            "[which|of what] colour is {the}",
            "what is the [colour|color] of {the}",
            "[name|state] the colour of {the}",
            "{the} is [which|what] colour",
            "in what colour do you see {the}",
        ),
        "closers": ("?", " here?", " in this image?"),
    },
    "number of colour": {
        "openers": _POLITE,
        "cores": (
            "how many {many} are {colour}",
            "how many {colour} {many} [are there|do you see|can you count|are visible]",
            "count the {colour} {many}",
            "what is the number of {colour} {many}",
            "how many of the {many} are {colour}",
        ),
        "closers": _HERE,
    },
    "orientation": {
        "openers": _POLITE,
        "cores": (
            "how is {the} [oriented|aligned]",
            "what is the orientation of {the}",
            "in which direction does {the} [run|extend|stretch]",
            "along which line does {the} [lie|point|run]",
            "which way is {the} [oriented|aligned]",
        ),
        "closers": ("?", " here?", " in this image?"),
    },
    "spread": {
        "openers": _POLITE,
        "cores": (
            "how [widely|far] {be} the {whole} spread",
            "over how many [of the nine|of the 9] parts {be} the {whole} spread",
            "how {be} the {whole} [distributed|spread out] over the nine parts",
            "in how many of the nine cells {do} {whole} appear",
            "over how many [cells|parts] {be} the {whole} distributed",
            "how evenly {be} the {whole} distributed",
        ),
        "closers": ("?", " here?", " in this image?"),
    },
    "density": {
        "openers": _POLITE,
        "cores": (
            "how [densely packed|dense|crowded] are the {many}",
            "what is the density of {many}",
            "how many {many} are there [per hectare|to the hectare|on one hectare]",
            "how many {many} per hectare [do you count|is that]",
            "at what density do {many} occur",
        ),
        "closers": ("?", " here?", " in this view?"),
    },
    "scene": {
        "openers": _POLITE,
        "cores": (
            "what kind of [place|scene|area] is this",
            "what [place|scene|setting] does this [show|look like]",
            "how would you [classify|label] this [scene|place]",
            "which type of [scene|place] is [this|shown]",
            "what type of [scene|place|area] do you see",
        ),
        "closers": ("?", " overall?"),
    },
}

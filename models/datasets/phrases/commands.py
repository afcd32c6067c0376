"""What is asked for besides facts: descriptions, boxes, masks, places like another. Same notation as ``questions``."""

from typing import Dict, Sequence

COMMANDS: Dict[str, Dict[str, Sequence[str]]] = {
    "caption": {
        "openers": ("", "Please", "Can you", "Now"),
        "cores": (
            "[briefly describe|shortly describe|summarise] [the image|this image|the scene|what is here]",
            "describe [the image|this view|what you see] [briefly|in one sentence|in a few words]",
            "give [a short|a brief|a one-sentence] [description|caption|summary]",
        ),
        "closers": (".",),
    },
    "detailed caption": {
        "openers": ("", "Please", "Can you", "Now"),
        "cores": (
            "describe [the image|this image|this view|the scene] in [detail|full|depth]",
            "give [a detailed|a full|a thorough] [description|caption|account] of [the image|this view]",
            "[tell me|say] everything about [this image|this view]",
        ),
        "closers": (".",),
    },
    "caption theme": {
        "openers": ("", "Please", "Now"),
        "cores": (
            "[state|describe|name] the [overall theme|theme|general scene] of [the image|this view]",
            "what is the [theme|general setting] of [the image|this view]",
            "say in [a sentence|a few words] what the theme is",
        ),
        "closers": (".",),
    },
    "caption objects": {
        "openers": ("", "Please", "Now"),
        "cores": (
            "[list|describe|name] the objects [in the image|in this view|with their numbers]",
            "say [how many of which|which] objects [there are|are seen]",
            "describe the objects and [their number|where they are]",
        ),
        "closers": (".",),
    },
    "caption relations": {
        "openers": ("", "Please", "Now"),
        "cores": (
            "[describe|state|name] how the objects [lie|stand|are arranged] [to each other|relative to each other]",
            "[describe|name] the spatial relations [of the objects|in this view]",
            "say how the objects are [arranged|placed]",
        ),
        "closers": (".",),
    },
    "refer": {
        "openers": ("", "Please"),
        "cores": (
            "where is {phrase}",
            "give me the [location|position|box] of {phrase}",
            "[locate|find|point to|mark] {phrase}",
            "show me {phrase}",
            "[draw|put] a box around {phrase}",
            "what is the [bounding box|box] of {phrase}",
            "in which box is {phrase}",
        ),
        "closers": ("", "."),
    },
    "segment": {
        "openers": ("", "Please"),
        "cores": (
            "[segment|outline|mask|delineate|trace] {phrase}",
            "give me the segmentation [mask|masks] of {phrase}",
            "[show|draw] the [outline|mask] of {phrase}",
            "[mark|cut out] {phrase} with [a mask|an outline]",
        ),
        "closers": ("", "."),
    },
    "find all": {
        "openers": ("", "Please"),
        "cores": (
            "[find|detect|mark|locate|box] all {many}",
            "show me [all|all the] {many}",
            "where are all [the|of the] {many}",
            "[find|detect|mark] every {one}",
            "[find|list] each {one}",
            "[find|show] all of the {many}",
        ),
        "closers": ("", "."),
    },
    "identify": {
        "openers": ("",),
        "cores": (
            "what [object|thing] is [in|at] this [location|place] {box}",
            "what is [in|at|inside] {box}",
            "[identify|name] the object [in|at] {box}",
            "which [object|thing] [is|lies] [in|within] {box}",
            "what does the box {box} [hold|contain|show]",
            "tell me what is [at|in] {box}",
        ),
        "closers": ("", "?"),
    },
    "retrieve": {
        "openers": ("", "Please"),
        "cores": (
            "[show me|find|find me|search for|look for] [places|other places|images|views|chips] like {this}",
            "[show|list|bring up] [places|images|more places] that look like {this}",
            "where else is there {this}",
            "[are there|do you know] other places like {this}",
        ),
        "closers": ("", "."),
    },
    "difference": {
        "openers": ("", "Please tell me:", "Tell me,"),
        "cores": (
            "what [differs from|is different from|is not as in] the first [image|one|picture]",
            "how does [this|the second image|the second one] differ from the first [image|one]",
            "compare [this|the second image] with the first [image|one]",
            "what has changed [between the two|from the first image|against the first image]",
        ),
        "closers": ("?",),
    },
    "where are they": {
        "openers": ("", "And", "So"),
        "cores": (
            "where are [they|those|these]",
            "where do [they|those] [lie|stand]",
            "in which part are [they|those]",
            "[in what part|whereabouts] are most of [them|those]",
            "which part holds most of [them|those]",
        ),
        "closers": ("?",),
    },
    "where is it": {
        "openers": ("", "And", "So"),
        "cores": (
            "where is [it|that]",
            "in which part is [it|that]",
            "where does it lie",
            "[where|whereabouts] is it located",
            "[where|in which part] can I find it",
            "what is its position",
        ),
        "closers": ("?",),
    },
    "colour of it": {
        "openers": ("", "And", "So"),
        "cores": (
            "what colour is it",
            "which colour is [it|that]",
            "what is its [colour|color]",
            "what color [is|does] it have",
            "of what colour is it",
            "[name|state] its colour",
        ),
        "closers": ("?",),
    },
    "the largest of them": {
        "openers": ("", "And", "So"),
        "cores": (
            "where is the [largest|biggest] [one|of them|of those]",
            "in which part is the [largest|biggest] [one|of them|of those]",
            "[whereabouts is|where do I find] the [largest|biggest] [one|of them]",
        ),
        "closers": ("?",),
    },
    "the second one": {
        "openers": ("", "And", "So"),
        "cores": (
            "the second [one|largest|largest one]",
            "what about the second [one|largest|largest one]",
            "how about the second [one|largest|largest one]",
            "where is the second [one|largest|largest one]",
            "in which part is the second [one|largest]",
        ),
        "closers": ("?",),
    },
    "how many of them": {
        "openers": ("", "And", "So"),
        "cores": (
            "how many of [them|those|these] are {colour}",
            "how many [of them|of those] do you see in {colour}",
            "how many {colour} ones [are there|do you count|do you see]",
            "what number of [them|those] [is|are] {colour}",
            "count the {colour} ones",
        ),
        "closers": ("?",),
    },
    "share of them": {
        "openers": ("", "And", "So"),
        "cores": (
            "how much [of the ground|ground] do [they|those] cover",
            "what [share|percentage|part] of the ground do [they|those] cover",
            "what share is covered by [them|those]",
            "how many per cent of the ground do [they|those] cover",
        ),
        "closers": ("?",),
    },
}

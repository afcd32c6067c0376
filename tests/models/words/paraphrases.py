"""True sentences about facts in words of their own, and the same sentences with one error of a known kind.

Written from the English language, not from what the product says: it imports neither generators nor their wordings.
"""

NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
COLOURS = ("red", "blue", "white", "green", "yellow", "black")
OPPOSITE = {
    "north": "south",
    "south": "north",
    "east": "west",
    "west": "east",
    "north-east": "south-west",
    "south-west": "north-east",
    "north-west": "south-east",
    "south-east": "north-west",
}
SCENES = ("a harbour", "farmland", "an industrial area", "a residential area", "a golf course", "a forest")
MASS = {"paved": "paved ground", "bare": "bare ground", "tree": "trees", "building": "buildings"}

COUNT = (
    "There are {n} {xs}.",
    "{N} {xs} can be seen.",
    "I can see {n} {xs}.",
    "The image contains {n} {xs}.",
    "{N} {xs} are visible here.",
    "We count {n} {xs} in this view.",
    "Altogether, there are {n} {xs}.",
    "In total, {n} {xs} are present.",
    "The scene holds {n} {xs}.",
    "One can make out {n} {xs}.",
    "You can spot {n} {xs} in the picture.",
    "{N} {xs} appear in this picture.",
)
ABSENT = (
    "There are no {xs}.",
    "No {xs} can be seen here.",
    "I do not see any {xs}.",
    "{Xs} are absent.",
    "The image does not contain {xs}.",
    "There is not a single {x}.",
    "The view shows no {xs} at all.",
    "None of the objects is a {x}.",
    "{Xs} are not visible.",
    "I cannot find any {xs} here.",
    "The scene is without {xs}.",
)
PRESENT = (
    "There are some {xs}.",
    "{Xs} can be seen.",
    "I do see {xs} here.",
    "The image contains {xs}.",
    "{Xs} are present.",
    "At least one {x} is visible.",
    "The view shows {xs}.",
    "You can find {xs} in this picture.",
)
SHARE = (
    "{Xs} {cover} {v} of the ground.",
    "{V} of the image is {xs}.",
    "{Xs} {take} up {v} of the view.",
    "{V} of the area is covered by {xs}.",
    "The share of {xs} is {v}.",
    "{Xs} {make} up {v} of the scene.",
    "{V} of the land is occupied by {xs}.",
)
AREA = (
    "{Xs} {cover} {v}.",
    "{Xs} {occupy} {v} in all.",
    "The total area of {xs} is {v}.",
    "{Xs} {take} up {v} of ground.",
    "An area of {v} is covered by {xs}.",
    "{V} are covered by {xs}.",
    "{Xs} together {measure} {v}.",
)
CELL = (
    "{The} is in the {c}.",
    "{The} lies in the {c} of the image.",
    "{The} can be found in the {c}.",
    "{The} is located in the {c} part.",
    "In the {c} there is {the}.",
    "{The} sits in the {c} of the view.",
    "You can see {the} in the {c}.",
)
COLOUR = (
    "{The} is {k}.",
    "{The} has a {k} colour.",
    "{The} is {k} in colour.",
    "{The} appears {k}.",
    "The colour of {the} is {k}.",
    "{The} is coloured {k}.",
)
OF_COLOUR = (
    "{N} of the {xs} are {k}.",
    "There are {n} {k} {xs}.",
    "{N} {k} {xs} can be seen.",
    "I count {n} {k} {xs}.",
    "{N} {xs} are {k}.",
)
DIRECTION = (
    "{The} is {d} of {other}.",
    "{The} lies to the {d} of {other}.",
    "{The} is located {d} of {other}.",
    "{The} stands {d} of {other}.",
    "You find {the} to the {d} of {other}.",
)
MORE = (
    "There are more {xs} than {ys}.",
    "{Xs} outnumber {ys}.",
    "{Xs} are more numerous than {ys}.",
    "I see more {xs} than {ys} here.",
    "There are fewer {ys} than {xs}.",
    "{Ys} are less numerous than {xs}.",
    "The image shows more {xs} than {ys}.",
)
GROUND = (
    "{Xs} {cover} more ground than {ys}.",
    "{Xs} {take} up more space than {ys}.",
    "{Ys} {cover_y} less ground than {xs}.",
    "{Xs} {occupy} a larger area than {ys}.",
    "More ground is covered by {xs} than by {ys}.",
)
SCENE = (
    "This is {s}.",
    "The image shows {s}.",
    "The place looks like {s}.",
    "It looks like {s}.",
    "This seems to be {s}.",
    "The scene depicts {s}.",
    "We see {s}.",
)


def plural(label):
    """As an English speaker writes it."""
    return MASS.get(label, label if label in ("water", "low vegetation") else f"{label}s")


def forms(label, prefix=""):
    xs = plural(label)
    one = label in ("water", "low vegetation", "paved", "bare")
    return {
        "x": label,
        "xs": xs,
        "Xs": xs[0].upper() + xs[1:],
        "cover": "covers" if one else "cover",
        "take": "takes" if one else "take",
        "make": "makes" if one else "make",
        "occupy": "occupies" if one else "occupy",
        "measure": "measures" if one else "measure",
    }


def said(template, **names):
    """The template filled in, its first letter large."""
    for name in ("n", "v", "the"):
        if name in names:
            names[name.capitalize()] = names[name][0].upper() + names[name][1:]
    text = template.format(**names)
    return text[0].upper() + text[1:]


def pick(rng, options):
    """One of ``options``."""
    return options[int(rng.integers(len(options)))]


def number(rng, n):
    """In digits or in words."""
    return NUMBERS[n] if n < len(NUMBERS) and rng.random() < 0.5 else str(n)


def square(value):
    """Square metres as they are written on maps."""
    return f"{value / 1e4:.3g} ha" if value >= 1e4 else f"{value:,.0f} m²" if value >= 100 else f"{value:.3g} m²"


def pairs(facts, rng):
    """(kind of error, true sentence, false sentence) of every kind that ``facts`` allow."""
    things = {k: v for k, v in facts["things"].items() if v["complete"]}
    there = {k: v for k, v in things.items() if v["count"] >= 2}
    gone = [k for k, v in things.items() if not v["present"]]
    known = {**facts["covers"], **things}
    for label, thing in there.items():
        n, text = thing["count"], pick(rng, COUNT)
        other = pick(rng, [v for v in range(2, n + 6) if v != n])
        yield "count", said(text, n=number(rng, n), **forms(label)), said(text, n=number(rng, other), **forms(label))
        swapped = [k for k, v in things.items() if v["count"] != n]
        if swapped:
            yield (
                "label",
                said(text, n=number(rng, n), **forms(label)),
                said(text, n=number(rng, n), **forms(pick(rng, swapped))),
            )
        yield "denied", said(pick(rng, PRESENT), **forms(label)), said(pick(rng, ABSENT), **forms(label))
        colour = max(thing["colours"], key=lambda k: thing["colours"][k])
        m = thing["colours"][colour]
        if m >= 2:
            text, wrong = pick(rng, OF_COLOUR), pick(rng, [k for k in COLOURS if thing["colours"].get(k, 0) != m])
            yield "colour", *(said(text, n=number(rng, m), k=k, **forms(label)) for k in (colour, wrong))
    for label in gone:
        yield "invented", said(pick(rng, ABSENT), **forms(label)), said(pick(rng, PRESENT), **forms(label))
    for label, cover in known.items():
        if cover["present"] and 0.02 < cover["share"] < 0.95:
            text, value = pick(rng, SHARE), cover["share"] * 100
            wrong = value * 1.6 if value < 50 else value * 0.6
            yield (
                "share",
                *(said(text, v=f"{v:.0f} %" if v >= 10 else f"{v:.1f} %", **forms(label)) for v in (value, wrong)),
            )
        if cover["area_m2"]:
            text, v = pick(rng, AREA), cover["area_m2"]
            yield "area", *(said(text, v=square(w), **forms(label)) for w in (v, v * pick(rng, (0.5, 0.8, 1.3, 2.0))))
            true = square(v)
            unit = true.replace(" ha", " km²") if " ha" in true else true.replace(" m²", " ha")
            yield "unit", said(text, v=true, **forms(label)), said(text, v=unit, **forms(label))
    yield from _single(facts, things, rng)
    yield from _compared(known, things, rng)
    if facts["scenes"]:
        text, word = pick(rng, SCENE), facts["scenes"][0]["word"]
        true = next(s for s in SCENES if s.endswith(word))
        # "We see farmland" is about what grows there as much as about the place.
        wrong = [
            s for s in SCENES if s != true and (s not in ("farmland", "a forest") or text in SCENE[:1] + SCENE[2:6])
        ]
        yield "scene", said(text, s=true), said(text, s=pick(rng, wrong))


def _single(facts, things, rng):
    """Sentences about one thing: the only one of its label, or the largest."""
    named = []
    for label, thing in things.items():
        rows = thing["largest"]
        if rows and (len(rows) == 1 or rows[0]["pixels"] > rows[1]["pixels"]):
            named.append(("the " + ("" if len(rows) == 1 else "largest ") + label, rows[0]))
    for the, row in named:
        others = [k for k in COLOURS if k != row["colour"]]
        text = pick(rng, COLOUR)
        yield "colour", said(text, the=the, k=row["colour"]), said(text, the=the, k=pick(rng, others))
        if facts["frame"] == "north":
            text, cells = pick(rng, CELL), [c for c in [*OPPOSITE, "centre"] if c != row["where"]]
            if the.startswith("the largest") or len({c["where"] for c in things[the[4:]]["cells"]}) == 1:
                yield "cell", said(text, the=the, c=row["where"]), said(text, the=the, c=pick(rng, cells))
    for the, row in named if facts["frame"] == "north" else ():
        for other, target in named:
            dx = (row["at"][0] - target["at"][0]) * facts["size"][0]
            up = (target["at"][1] - row["at"][1]) * facts["size"][1]
            for wind, ahead, aside in (("north", up, dx), ("south", -up, dx), ("east", dx, up), ("west", -dx, up)):
                if other != the and ahead > 0 and abs(aside) < 0.5 * ahead:
                    text = pick(rng, DIRECTION)
                    yield "direction", *(said(text, the=the, other=other, d=d) for d in (wind, OPPOSITE[wind]))


def _compared(known, things, rng):
    for first in things:
        for second in things:
            if things[first]["count"] > things[second]["count"]:
                text = pick(rng, MORE)
                names = [
                    {**forms(a), "ys": plural(b), "Ys": plural(b).capitalize()}
                    for a, b in ((first, second), (second, first))
                ]
                yield "comparison", said(text, **names[0]), said(text, **names[1])
    present = [k for k, v in known.items() if v["present"]]
    for first in present:
        second = pick(rng, present)
        if known[first]["pixels"] > known[second]["pixels"]:
            text = pick(rng, GROUND)
            names = [
                {**forms(a), "ys": plural(b), "Ys": plural(b).capitalize(), "cover_y": forms(b)["cover"]}
                for a, b in ((first, second), (second, first))
            ]
            yield "comparison", said(text, **names[0]), said(text, **names[1])

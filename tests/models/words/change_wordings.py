"""True sentences about two dates in many wordings, and the same with one thing wrong, made from facts by hand-written rules.

Knows neither the composer nor the reader of claims. Wordings: ``wordings_known``, ``wordings_more``, ``wordings_later``.
"""

COVERS = ("building", "paved", "tree", "low vegetation", "bare", "water")
MASS = {"building": "buildings", "paved": "paved ground", "tree": "trees", "low vegetation": "low vegetation",
        "bare": "bare ground", "water": "water"}
WERE = {"building": "were", "tree": "were"}
CELLS = ("north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east")
OTHER = {"added": "removed", "removed": "added"}

def area_said(value):
    """An area to three digits."""
    return f"{value / 1e4:.3g} ha" if value >= 1e4 else f"{float(f'{value:.3g}'):,.0f} m²" if value >= 100 else f"{value:.2g} m²"


def share_said(value):
    """A share with one decimal."""
    return f"{100 * value:.1f} %"


def sentences(facts, rng, bank):
    """(kind of error or "", sentence): wordings of ``bank`` that ``facts`` of a pair allow, true once and wrong in each way."""
    for rule in _RULES:
        for error, text, slots in rule(facts, rng, bank):
            said = text.format(**slots)
            yield error, said[:1].upper() + said[1:]


def _noun(n):
    one = n == 1
    return {"n": number_said(n), "noun": "building" if one else "buildings", "were": "was" if one else "were",
            "are": "is" if one else "are", "have": "has" if one else "have", "x": "s" if one else ""}


def number_said(n):
    """A number in words or figures."""
    words = ("no", "one", "two", "three", "four", "five", "six")
    return words[n] if 0 < n < len(words) and n % 2 else str(n)


def _forms(cover):
    several = cover in WERE
    mass = MASS[cover]
    return {"mass": mass, "Mass": mass[:1].upper() + mass[1:], "was": "were" if several else "was",
            "be": "are" if several else "is", "is": "are" if several else "is", "s": "" if several else "s",
            "have": "have" if several else "has",
            "it": "they" if several else "it", "were": "were" if several else "was"}


def _some(wordings, most, rng):
    return rng.sample(wordings, min(most, len(wordings)))


def _wrong_area(value, rng):
    return value * rng.choice((0.4, 0.7, 1.4, 2.5))


def _far(one, other):
    """Too far from each other to be said with the same words, even with "about"."""
    return abs(one - other) > 0.2 * max(one, other) + 2


def _counted(facts, rng, bank):
    cover = facts["covers"]["building"]
    for way, wordings in bank.COUNTED.items():
        n = cover[way]["count"]
        if n:
            for text in wordings:
                yield "", text, _noun(n)
                yield "number", text, _noun(n + rng.choice((1, 2, 5)))
                if cover[OTHER[way]]["count"] != n:
                    yield "way", rng.choice(bank.COUNTED[OTHER[way]]), _noun(n)


def _areas(facts, rng, bank):
    for name in COVERS:
        for way, wordings in bank.AREAS.items():
            part, other = facts["covers"][name][way], facts["covers"][name][OTHER[way]]
            if not part["pixels"]:
                continue
            for text in _some(wordings, 3, rng):
                slots = {**_forms(name), "area": area_said(part["area_m2"])}
                yield "", text, slots
                yield "area", text, {**slots, "area": area_said(_wrong_area(part["area_m2"], rng))}
                if _far(other["area_m2"], part["area_m2"]):
                    yield "way", rng.choice(bank.AREAS[OTHER[way]]), slots
                wrong = [one for one in COVERS if _far(facts["covers"][one][way]["area_m2"], part["area_m2"])]
                if wrong:
                    yield "cover", text, {**slots, **_forms(rng.choice(wrong))}


def _nones(facts, rng, bank):
    for name in COVERS:
        for way, wordings in bank.NONE.items():
            there = facts["covers"][name][way]["pixels"] > 0
            for text in _some(wordings, 3, rng):
                yield "polarity" if there else "", text, _forms(name)
            if not there:
                yield "polarity", rng.choice(bank.PLACED[way]), {**_forms(name), "cell": rng.choice(CELLS)}


def _placed(facts, rng, bank):
    for name in COVERS:
        for way, wordings in bank.PLACED.items():
            cells = facts["covers"][name][way]["cells"]
            held = {cell["where"] for cell in cells}
            empty = [cell for cell in CELLS if not any(cell in one for one in held)]
            for text in _some(wordings, 3, rng) if cells else ():
                yield "", text, {**_forms(name), "cell": cells[0]["where"]}
                if empty:
                    yield "cell", text, {**_forms(name), "cell": rng.choice(empty)}


def _became(facts, rng, bank):
    amounts = {(row["from"], row["to"]): row["area_m2"] for row in facts["transitions"]}
    for (was, became), area in amounts.items():
        if was == became:
            continue
        for text in _some(bank.BECAME, 5, rng):
            a, b = _forms(was), _forms(became)
            slots = {**a, "a": a["mass"], "A": a["Mass"], "b": b["mass"], "B": b["Mass"], "area": area_said(area)}
            if text == "{area} of {b} used to be {a}.":
                slots["was"] = b["was"]
            yield "", text, slots
            yield "area", text, {**slots, "area": area_said(_wrong_area(area, rng))}
            if _far(amounts.get((became, was), 0), area):
                yield "from and to", text, {**slots, "a": b["mass"], "A": b["Mass"], "b": a["mass"], "B": a["Mass"]}
            third = rng.choice([one for one in COVERS if one not in (was, became)])
            if _far(amounts.get((was, third), 0), area):
                yield "cover", text, {**slots, "b": MASS[third], "B": _forms(third)["Mass"]}


def _changed(facts, rng, bank):
    changed = facts["changed"]
    for text in bank.NOTHING:
        yield "polarity" if changed["count"] else "", text, {}
    for text in bank.SOMETHING:
        yield "" if changed["count"] else "polarity", text, {}
    if not changed["count"]:
        return
    for text in bank.CHANGED_SHARE:
        yield "", text, {"share": share_said(changed["share"])}
        yield "share", text, {"share": share_said(changed["share"] * rng.choice((0.5, 0.7, 1.5, 2)) + 0.01)}
    for text in bank.CHANGED_AREA:
        yield "", text, {"area": area_said(changed["area_m2"])}
        yield "area", text, {"area": area_said(_wrong_area(changed["area_m2"], rng))}
    if changed["count"] > 1:
        for text in bank.CHANGE_COUNT:
            yield "", text, {"n": changed["count"]}
            yield "number", text, {"n": changed["count"] + rng.choice((1, 3, 10))}
    held = {cell["where"] for cell in changed["cells"]}
    empty = [cell for cell in CELLS if not any(cell in one for one in held)]
    for text in bank.CHANGE_CELLS:
        yield "", text, {"cell": changed["cells"][0]["where"]}
        if empty:
            yield "cell", text, {"cell": rng.choice(empty)}


def _dates(facts, rng, bank):
    for name in COVERS:
        cover = facts["covers"][name]
        x, y = cover["before"]["area_m2"], cover["after"]["area_m2"]
        if not (x and y):
            continue
        slots = {**_forms(name), "x": area_said(x), "y": area_said(y)}
        for text in _some(bank.DATES, 3, rng):
            yield "", text, slots
            yield "area", text, {**slots, "y": area_said(_wrong_area(y, rng))}
            if _far(x, y):
                yield "before and after", text, {**slots, "x": area_said(y), "y": area_said(x)}
        sign = (y > x) - (y < x)
        came, went = cover["added"]["pixels"], cover["removed"]["pixels"]
        if sign and sign == (came > went) - (came < went) and abs(x - y) > 0.02 * max(x, y):
            for text, wrong in zip(bank.SHRANK[sign], bank.SHRANK[-sign]):
                yield "", text, slots
                yield "way", wrong, slots


def _compared(facts, rng, bank):
    cover = facts["covers"]["building"]
    sign = (cover["added"]["count"] > cover["removed"]["count"]) - (cover["added"]["count"] < cover["removed"]["count"])
    for text in bank.MORE[sign] if sign else ():
        yield "", text, {}
    for text in bank.MORE[-sign] if sign else ():
        yield "way", text, {}
    for way, wordings in bank.MOST.items():
        held = sorted(((facts["covers"][name][way]["pixels"], name) for name in COVERS), reverse=True)
        if held[0][0] > held[1][0]:
            for text in wordings:
                slots = {**_forms(held[0][1]), "area": area_said(facts["covers"][held[0][1]][way]["area_m2"])}
                yield "", text, slots
                yield "cover", text, {**slots, **_forms(held[2][1])}


def _largest(facts, rng, bank):
    for wordings, part in ((bank.LARGEST, facts["changed"]), (bank.LARGEST_NEW, facts["covers"]["building"]["added"])):
        if part["count"] < 2 or part["largest"][0]["pixels"] == part["largest"][1]["pixels"]:
            continue
        row = part["largest"][0]
        slots = {"area": area_said(row["area_m2"]), "cell": row["where"]}
        for text in wordings:
            yield "", text, slots
            if "{area}" in text:
                yield "area", text, {**slots, "area": area_said(_wrong_area(row["area_m2"], rng))}
            if "{cell}" in text:
                yield "cell", text, {**slots, "cell": rng.choice([cell for cell in CELLS if cell != row["where"]])}


def _together(facts, rng, bank):
    came, went = (facts["covers"]["building"][way]["count"] for way in ("added", "removed"))
    if came < 1 or went < 1:
        return
    for text in bank.TOGETHER:
        slots = {**_noun(came), "m": number_said(went), "were2": "was" if went == 1 else "were"}
        yield "", text, slots
        yield "number", text, {**slots, "m": str(went + 2)}
        if came != went:
            yield "way", text, {**_noun(went), "m": number_said(came), "were2": "was" if came == 1 else "were"}


_RULES = (_counted, _areas, _nones, _placed, _became, _changed, _dates, _compared, _largest, _together)

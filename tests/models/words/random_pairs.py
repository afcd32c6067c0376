"""Random changes between two dates behind the assistant's door, and their facts worked out again from what was emitted."""

from functools import lru_cache
from types import SimpleNamespace

import numpy as np
from answered import Answer
from fakes import ArraySource
from score_arrays import COVERS, ArrayScores, smooth

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Question, View
from terralogue.models.errors import NothingToAnalyse
from terralogue.models.facts.survey import STEP

HEIGHT, WIDTH = 48, 60
WAYS = ("added", "removed")
CELLS = ("north-west", "north", "north-east", "west", "centre", "east", "south-west", "south", "south-east")
NANO = SimpleNamespace(
    name="Random 1", digest="sha256:random", provider="numpy", gsd_range=(0.1, 1.2), errors={}, thresholds={}, covers=COVERS,
    things=())


class RandomPair:
    """Two dates whose scores are random. ``kind``: "changed", "same" (nothing changes) or "partly" (a part is unknown)."""

    def __init__(self, seed, kind="changed"):
        rng = np.random.default_rng(seed)
        before = smooth(rng, 6, HEIGHT, WIDTH, scale=float(rng.uniform(1.5, 4)))
        after = before.copy()
        if kind != "same":
            blobs = smooth(rng, 3, HEIGHT, WIDTH, scale=float(rng.uniform(1.5, 3)))[0] > rng.uniform(0.4, 0.9)
            after[:, blobs] = smooth(rng, 6, HEIGHT, WIDTH)[:, blobs]
        if kind == "partly":
            after[:, :, : int(rng.integers(5, 30))] = np.nan
        gap = np.abs(after - before)
        self.before, self.after = before, after
        pixels = rng.integers(0, 255, (3, HEIGHT, WIDTH)).astype(np.uint8)
        self.sources = ArraySource(pixels, gsd=1.0, name="old"), ArraySource(pixels[::-1].copy(), gsd=1.0, name="new")
        grid = self.sources[0].grid
        maps = [ArrayScores(scores, grid=grid) for scores in (before, after)]
        for one, source in zip(maps, self.sources):
            one.key, one.source, one.time, one.gsd, one.native_gsd = "k", source.name, "", 1.0, 1.0
            one.scenes, one.unreadable = (), 0.0
        moved = ArrayScores(np.concatenate([gap, gap.max(axis=0)[None]]), (*COVERS, "any"), grid)
        moved.store = SimpleNamespace(path="")
        self.map = SimpleNamespace(key="k", pair_change=moved, before=maps[0], after=maps[1], grid=grid, memo={})
        engine = SimpleNamespace(nano=NANO, change=lambda *_, **__: self.map)
        self.assistant = Assistant(engine, "1.0")
        self.views = tuple(View(source) for source in self.sources)

    def rebuilt(self, facts, features):
        """The facts that words are about, from the emitted polygons and the raw scores alone."""
        focus = facts["focus"]
        cells = focus["cells"] if focus["cells"] is not None else range(9)
        known = ~np.isnan(self.after).any(axis=0)
        part = np.isin(cell_numbers(), list(cells))
        valid = int((known & part).sum())
        square = facts["region"]["area_m2"] / facts["region"]["pixels"]
        rows = [Row(feature) for feature in features]
        rows.sort(key=lambda row: -row.pixels)
        covers = {}
        for number, name in enumerate(COVERS):
            covers[name] = {way: summed([row for row in rows if row.way(name) == way], valid) for way in WAYS}
            for date, scores in (("before", self.before), ("after", self.after)):
                scores = np.nan_to_num(scores)
                here = int((known & part & (scores.argmax(axis=0) == number) & (scores.max(axis=0) >= 0.5 * (1 - STEP))).sum())
                covers[name][date] = {"pixels": here, "share": here / valid, "area_m2": here * square}
            covers[name]["countable"] = name == "building"
        moves = sorted({(row.was, row.became) for row in rows})
        transitions = [
            {"from": was, "to": became, **summed([row for row in rows if (row.was, row.became) == (was, became)], valid)}
            for was, became in moves]
        for row in transitions:
            del row["cells"], row["largest"]
        unknown = int((~known & part).sum())
        return {
            "kind": "pair", "focus": focus, "frame": "north", "gsd": 1.0, "gsd_range": [0.1, 1.2], "in_range": True,
            "valid": {"share": valid / int(part.sum())}, "unknown": {"share": unknown / int(part.sum())},
            "unreadable": {"share": 0.0}, "validation": None, "covers": covers, "transitions": transitions,
            "changed": {**summed(rows, valid), "any": bool(rows)}, "region": {"area_m2": square * int(part.sum())},
        }


class Row:
    """One emitted polygon, read from its rings."""

    def __init__(self, feature):
        self.was, self.became, self.pixels, self.area = feature.from_label, feature.to_label, feature.pixels, feature.area_m2
        self.mask = filled(feature.rings)
        assert self.mask.sum() == feature.pixels

    def way(self, name):
        if self.was == self.became:
            return ""
        return "added" if self.became == name else "removed" if self.was == name else ""


def filled(rings):
    """(H, W) bool: pixels inside rings that run along pixel edges, by the parity of vertical edges to their left."""
    toggles = np.zeros((HEIGHT, WIDTH + 1), int)
    for ring in rings:
        cols = np.rint(ring[:, 0] - 500000).astype(int)
        rows = np.rint(5_000_000 - ring[:, 1]).astype(int)
        for x0, x1, y0, y1 in zip(cols[:-1], cols[1:], rows[:-1], rows[1:]):
            if x0 == x1:
                toggles[min(y0, y1):max(y0, y1), x0] += 1
    return np.cumsum(toggles, axis=1)[:, :WIDTH] % 2 == 1


@lru_cache(maxsize=1)
def cell_numbers():
    """(H, W) cells 0..8 of the whole region."""
    rows, cols = (np.arange(HEIGHT) + 0.5) * 3 // HEIGHT, (np.arange(WIDTH) + 0.5) * 3 // WIDTH
    return (rows[:, None] * 3 + cols[None]).astype(int)


def summed(rows, valid):
    """Number, pixels, area and cells of polygons, and the largest of them."""
    pixels = sum(row.pixels for row in rows)
    held = np.zeros(9, int)
    for row in rows:
        held += np.bincount(cell_numbers()[row.mask], minlength=9)
    cells = [{"cell": [n // 3 + 1, n % 3 + 1], "where": CELLS[n], "pixels": int(held[n]), "share": held[n] / pixels}
             for n in np.argsort(-held, kind="stable") if held[n]]
    return {
        "count": len(rows), "pixels": pixels, "area_m2": float(sum(row.area for row in rows)), "share": pixels / valid,
        "cells": cells, "largest": [{"pixels": row.pixels, "area_m2": row.area, "where": _middle(row.mask)} for row in rows],
    }


def _middle(mask):
    rows, cols = np.nonzero(mask)
    down, across = int((rows.mean() + 0.5) * 3 // HEIGHT), int((cols.mean() + 0.5) * 3 // WIDTH)
    return CELLS[down * 3 + across]


def answers(pair, questions):
    """(question, answer) of a dialogue, each turn kept as a project keeps it; none about a part without a known pixel."""
    history = ()
    for text in questions:
        try:
            answer = Answer(list(pair.assistant.ask(Question(text, pair.views, history), CancelToken())))
        except NothingToAnalyse:
            continue
        history = (*history, answer.turn(text))
        yield text, answer


def kind_of(number):
    """What a pair of that number is: one in ten the same image twice, one in ten known in part."""
    return "same" if number % 10 == 0 else "partly" if number % 10 == 1 else "changed"

"""A town on two dates, drawn on whole pixels: which houses came, went and stayed is known without any rasterising."""

import numpy as np
from training_scene import layer_of

PIXEL, LEFT, TOP = 0.5, 319_900.0, 5_000_000.0
AFFINE = (LEFT, PIXEL, 0, TOP, 0, -PIXEL)


class Town:
    """``side`` pixels square. ``houses``, ``sheds``: (x0, y0, x1, y1, fate) with fate "stays", "came" or "went"."""

    def __init__(self, side=768, seed=3, step=48, quiet=0.6):
        rng = np.random.default_rng(seed)
        self.side, self.houses, self.sheds = side, [], []
        for top in range(0, side - step + 1, step):
            for left in range(0, side - step + 1, step):
                wide, high = (int(v) for v in rng.integers(10, 24, 2))
                x, y = left + int(rng.integers(0, step - wide)), top + int(rng.integers(0, step - high))
                fates = ["stays", "came", "went"]
                fate = str(rng.choice(fates, p=[quiet, (1 - quiet) / 2, (1 - quiet) / 2]))
                kept = self.houses if rng.random() < 0.6 else self.sheds
                kept.append((x, y, x + wide, y + high, fate))

    def mask(self, things, *fates):
        """(side, side) bool of the things of these fates."""
        found = np.zeros((self.side, self.side), bool)
        for x0, y0, x1, y1, fate in things:
            if fate in fates:
                found[y0:y1, x0:x1] = True
        return found

    def picture(self, *fates):
        """(3, side, side) uint8: green ground, red houses, blue sheds."""
        rng = np.random.default_rng(9)
        pixels = np.array([60, 120, 60], np.uint8)[:, None, None] + rng.integers(0, 9, (3, self.side, self.side)).astype(np.uint8)
        pixels[:, self.mask(self.houses, *fates)] = np.array([200, 40, 40], np.uint8)[:, None]
        pixels[:, self.mask(self.sheds, *fates)] = np.array([40, 60, 200], np.uint8)[:, None]
        return pixels

    def before(self):
        """As it was."""
        return self.picture("stays", "went")

    def after(self):
        """As it became."""
        return self.picture("stays", "came")

    def layer(self, name, *fates):
        """One polygon layer in UTM 32N of both kinds, with a field ``kind``."""
        wkts, values = [], []
        for kind, things in (("house", self.houses), ("shed", self.sheds)):
            for x0, y0, x1, y1, fate in things:
                if fate in fates:
                    wkts.append(box(x0, y0, x1, y1))
                    values.append((kind,))
        return layer_of("Polygon", wkts, name, fields="field=kind:string", values=values)

    def layers(self):
        """Before and after."""
        return self.layer("old town", "stays", "went"), self.layer("new town", "stays", "came")

    def codes(self, *fates):
        """(1, side, side) uint8: 1 a house, 2 a shed, 0 neither."""
        found = np.zeros((1, self.side, self.side), np.uint8)
        found[0, self.mask(self.houses, *fates)] = 1
        found[0, self.mask(self.sheds, *fates)] = 2
        return found

    def recount(self, things, top, left, size, floor=6):
        """(came, went) numbers of the things on a tile, and (size, size) bool of what changed, by clipping boxes."""
        numbers, changed = [0, 0], np.zeros((size, size), bool)
        for x0, y0, x1, y1, fate in things:
            a, b = max(x0 - left, 0), max(y0 - top, 0)
            c, d = min(x1 - left, size), min(y1 - top, size)
            if fate == "stays" or c <= a or d <= b or (c - a) * (d - b) < floor:
                continue
            numbers[fate == "went"] += 1
            changed[b:d, a:c] = True
        return (*numbers, changed)


def box(x0, y0, x1, y1):
    """A polygon along pixel edges."""
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    return "POLYGON((" + ",".join(f"{LEFT + PIXEL * x!r} {TOP - PIXEL * y!r}" for x, y in corners) + "))"

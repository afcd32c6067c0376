"""Random chips of rectangles: several labels and colours over a map of covers, everything on them known."""

import numpy as np

from terralogue.models.datasets.chip import Chip, Thing

LABELS = ("building", "storage tank", "car", "tennis court", "ship", "pond")
COLOURS = {"red": (200, 30, 30), "blue": (30, 60, 200), "white": (240, 240, 240), "green": (40, 160, 60),
           "yellow": (230, 220, 40), "black": (20, 20, 20)}
COVERS = ("building", "paved", "tree", "low vegetation", "bare", "water")
SCENES = ("residential area", "harbour", "industrial area", "farmland", "")


def drawn(rng, name="chip", most=14):
    """A chip with up to ``most`` things that do not overlap."""
    height, width = (int(v) for v in rng.integers(96, 193, 2))
    rgb = np.full((3, height, width), 110, np.uint8)
    covers = painted_covers(rng, height, width)
    complete = frozenset(str(label) for label in rng.choice(LABELS, 5, replace=False))
    taken = np.zeros((height, width), bool)
    things = []
    kinds = rng.choice(LABELS, int(rng.integers(1, 5)), replace=False)
    # Every number of things is as likely as any other.
    for label in kinds:
        for _ in range(int(rng.integers(0, most // 2 + 4))):
            thing = placed(rng, str(label), taken, height, width)
            if thing is not None:
                things.append(thing)
                x0, y0, x1, y1 = thing.box
                rgb[:, y0:y1, x0:x1][:, thing.mask] = np.array(COLOURS[thing.colour], np.uint8)[:, None]
    rng.shuffle(things)
    gsd = None if rng.random() < 0.2 else float(np.round(np.exp(rng.uniform(np.log(0.1), 0)), 3))
    return Chip(name, rgb, tuple(things), complete, covers, COVERS, gsd, bool(rng.random() < 0.7), str(rng.choice(SCENES)))


def placed(rng, label, taken, height, width):
    """A rectangle on free ground, some of them with a corner cut off; None if none was found."""
    for _ in range(20):
        w, h = (int(v) for v in rng.integers(4, 26, 2))
        if rng.random() < 0.3:
            w, h = (w, max(3, w // 4)) if rng.random() < 0.5 else (max(3, h // 4), h)
        x, y = int(rng.integers(0, width - w)), int(rng.integers(0, height - h))
        if taken[max(0, y - 2):y + h + 2, max(0, x - 2):x + w + 2].any():
            continue
        mask = np.ones((h, w), bool)
        if rng.random() < 0.3:
            mask[: h // 2, : w // 2] = False
            taken[y:y + h, x:x + w] |= True
        taken[y:y + h, x:x + w] |= mask
        return Thing(label, (x, y, x + w, y + h), mask, str(rng.choice(sorted(COLOURS))))
    return None


def painted_covers(rng, height, width):
    """(H, W) uint8: up to six rectangles of covers over one of them."""
    covers = np.full((height, width), int(rng.integers(6)), np.uint8)
    for _ in range(int(rng.integers(0, 6))):
        y0, x0 = int(rng.integers(0, height - 10)), int(rng.integers(0, width - 10))
        covers[y0:y0 + int(rng.integers(10, 90)), x0:x0 + int(rng.integers(10, 90))] = int(rng.integers(6))
    return covers


def drawn_chips(seed, number):
    """``number`` chips of one seed."""
    rng = np.random.default_rng(seed)
    return [drawn(rng, f"chip {i}") for i in range(number)]

"""A small town: five houses with what is known of them, a report, and pictures that a stand-in embedder sees."""

import numpy as np

COLUMNS = ("name", "roof:material", "height_m", "green_roof", "note")
HOUSES = (
    ("1", {"name": "Mill", "roof:material": "tin", "height_m": 4.5, "green_roof": "no", "note": None}),
    ("2", {"name": "Old School", "roof:material": "clay_tiles", "height_m": 12, "green_roof": "yes", "note": "closed in 2019"}),
    ("3", {"name": None, "roof:material": "tin", "height_m": None, "green_roof": None, "note": ""}),
    ("4", {"name": "Town Hall", "roof:material": "concrete", "height_m": 21.0, "green_roof": "yes", "note": None}),
    ("5", {"name": None, "roof:material": None, "height_m": 4.5, "green_roof": "no", "note": None}),
)
REPORT = ("The river floods the lower town every spring. The mill was damaged twice.", "A new school is planned for 2031.")


def rows(houses=HOUSES):
    from terralogue.models.knowledge.material import Row

    made = []
    for fid, values in houses:
        place = int(fid) - 1
        box = (10 + 0.001 * place, 50.0, 10.0005 + 0.001 * place, 50.0005)
        made.append(Row(fid, values, box, box))
    return made


def layer(houses=HOUSES, chips=None, name="houses"):
    from terralogue.models.knowledge.material import Source
    from terralogue.models.knowledge.wording import column_of

    return Source("layer", "layer-1", name, "EPSG:4326", tuple(map(column_of, COLUMNS)), lambda cancel: rows(houses), chips=chips)


def document(texts=REPORT, name="report.txt"):
    from terralogue.models.knowledge.material import Passage, Source

    found = [Passage(text, f"page {number}") for number, text in enumerate(texts, 1)]
    return Source("document", f"/somewhere/{name}", name, passages=lambda cancel: found)


class FakeEmbedder:
    """Vectors of mean colours; ``seen`` counts what was looked at."""

    name, dim, side = "fake", 3, 64

    def __init__(self, digest="sha256:one"):
        self.digest, self.seen = digest, 0

    def pictures(self, rgb, gsd, cancel=None):
        self.seen += len(rgb)
        means = np.asarray(rgb).mean((2, 3)) - 0.5
        return (means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)).astype(np.float32)


class FakeChips:
    """A different noise for every box, the same each time."""

    fingerprint = "pixels-1"

    def cut(self, box, crs_wkt):
        return np.random.default_rng(int(box[0] * 1e6)).random((3, 64, 64), dtype=np.float32), 0.5

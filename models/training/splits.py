"""Which item trains and which validates. One place, so that no stage can leak a place into another's training.

Rules: one whole country (``fair_nairobi``) never trains; other building footprints split by their z19 parent, because
z20 and z21 tiles show the same ground; scene tiles split by number; crown plots by file name.
"""

import re
import zlib

HELD_OUT_COUNTRY = "fair_nairobi"
_TILE = re.compile(r"OAM-(\d+)-(\d+)-(\d+)")
_NUMBER = re.compile(r"(\d+)\D*$")


def footprint(name: str) -> str:
    """The z19 web Mercator tile, as "x-y", on whose ground the tile called ``name`` (``OAM-x-y-zoom``) lies."""
    match = _TILE.search(name)
    if match is None:
        raise ValueError(f"{name} is not named OAM-x-y-zoom")
    x, y, zoom = (int(part) for part in match.groups())
    return f"{x >> (zoom - 19)}-{y >> (zoom - 19)}"


def part_of(dataset: str, name: str) -> str:
    """"train", "validation" (models and thresholds are picked on it) or "test" (the held-out country)."""
    if dataset == HELD_OUT_COUNTRY:
        return "test"
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if dataset.startswith("fair_"):
        return "validation" if zlib.crc32(footprint(stem).encode()) % 8 == 0 else "train"
    if dataset == "neon_trees":
        return "validation" if zlib.crc32(f"{stem}.tif".encode()) % 4 == 0 else "train"
    match = _NUMBER.search(stem)
    if match is None:
        raise ValueError(f"{name} carries no number to split by")
    return "validation" if int(match.group(1)) % 5 == 0 else "train"

"""The bank of real material that scenes are filled with: periodic textures by cover, roofs, crowns."""

import pickle
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

import numpy as np
from PIL import Image

from . import cutouts, mining, quilting, sources

VERSION = 7


class Texture(NamedTuple):
    """A periodic texture. ``levels``: (n, n, 3) uint8 at ``gsd``, 2 × ``gsd`` and 4 × ``gsd``."""

    cover: int
    gsd: float
    family: str
    source: str
    mean: np.ndarray
    levels: Tuple[np.ndarray, ...]


class Bank(NamedTuple):
    """All material of one split; ``crown_masks`` are (64, 64) uint8 outlines."""

    split: str
    textures: Dict[int, List[Texture]]
    roofs: List[cutouts.Cutout]
    crowns: List[cutouts.Cutout]
    crown_masks: List[np.ndarray]

    def names(self) -> List[str]:
        """Every source tile that this bank was cut from."""
        kept = [t.source for group in self.textures.values() for t in group]
        return sorted(set(kept + [c.source for c in self.roofs + self.crowns]))


def make_texture(patch: mining.Patch, rng: np.random.Generator, size: int = quilting.SIZE) -> Texture:
    """Quilt a patch and keep its halved levels for coarse scenes."""
    grown = quilting.grow(patch.pixels, rng, size)
    levels = [grown]
    for factor in (2, 4):
        levels.append(np.asarray(Image.fromarray(grown).reduce(factor)))
    return Texture(patch.cover, patch.gsd, patch.family, patch.source, grown.mean((0, 1)), tuple(levels))


def patches(imagery: Path, split: str) -> List[mining.Patch]:
    """Every single-cover patch of a split."""
    classes = tuple(sorted({rule[0] for rule in mining.AERIAL_RULES} | set(mining.WHOLE_TILES)))
    found = [p for tile in sources.aerial_tiles(imagery, classes, split) for p in mining.mine(tile)]
    found += [p for tile in sources.crown_tiles(imagery, split) for p in mining.mine(tile)]
    return found + [p for tile in sources.building_tiles(imagery, split) for p in mining.mine(tile)]


def build(imagery: Path, split: str, most: int = 60) -> Bank:
    """Cut and quilt the bank; ``most`` textures per cover, drawn evenly over the families."""
    rng = np.random.default_rng(20240 + (split == "validation"))
    groups: Dict[Tuple[int, str], List[mining.Patch]] = {}
    for patch in patches(imagery, split):
        groups.setdefault((patch.cover, patch.family), []).append(patch)
    textures: Dict[int, List[Texture]] = {}
    for (cover, _), group in sorted(groups.items()):
        families = sum(1 for key in groups if key[0] == cover)
        keep = rng.permutation(len(group))[:max(8, most // families)]
        textures.setdefault(cover, []).extend(make_texture(group[k], rng) for k in keep)
    roofs = [r for tile in sources.building_tiles(imagery, split) for r in cutouts.roofs(tile)]
    crowns = [c for tile in sources.crown_tiles(imagery, split) for c in cutouts.crowns(tile, rng)]
    return Bank(split, textures, roofs, crowns, [cutouts.lobes(rng, 64) for _ in range(64)])


def load(imagery: Path, split: str, cache: Path) -> Bank:
    """The bank from ``cache`` (a file this command wrote itself), built on first use."""
    path = cache / f"bank-{split}-{VERSION}.pickle"
    if path.exists():
        with open(path, "rb") as handle:
            return pickle.load(handle)
    bank = build(imagery, split)
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with open(partial, "wb") as handle:
        pickle.dump(bank, handle, protocol=4)
    partial.replace(path)
    return bank

"""Image tokens for the contrastive stage: those of the glances stage, and of satellite tiles and of aerial ones in half size.

Only the latter are encoded here, once, with the same frozen encoder; what each source says of a picture comes beside it.
"""

import json
import time
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..vision.legend import COVERS, THINGS, gsd_code
from .batches import relight
from .concept_targets import of_roofs, of_scene
from .loop import frozen_encoder
from .network import NanoNetwork
from .real_chips import roof_chips
from .thing_truth import SMALLEST

GRID, BATCH = 544, 16
#: Name, packed set, factor that its tiles are scaled by, how many are taken, how much their light is changed.
ENCODED = (("aerial-half", "ucmerced-train", 0.5, 1345, 0.6), ("satellite", "eurosat_rgb-train", 2.0, 4000, 0.3))
VALIDATION = (("satellite", "eurosat_rgb-validation", 2.0), ("aerial", "ucmerced-validation", 1.0),
              ("aerial-half", "ucmerced-validation", 0.5))


class Kept(NamedTuple):
    """A source: ``tokens`` (M, A, T, 544) float16, of which ``rows`` (N,) are its pictures; ``scenes`` (N,) class or −1;
    ``targets`` (N, K) int8."""

    tokens: np.ndarray
    rows: np.ndarray
    scenes: np.ndarray
    targets: np.ndarray


def cache(packed: Path, run: Path, out: Path, few: int = 0) -> None:
    """Write what is encoded here to ``out``/train and ``out``/validation; files that are there are kept.

    ``few`` > 0: at most so many tiles of each.
    """
    network = frozen_encoder(run)
    for name, folder, factor, taken, light in ENCODED:
        order = np.random.default_rng(0).permutation(len(np.load(packed / folder / "gsd.npy")))
        _encode(network, packed / folder, out / "train" / f"{name}.npz", np.sort(order[:few or taken]), factor, light)
    for name, folder, factor in VALIDATION:
        every = np.arange(len(np.load(packed / folder / "gsd.npy")))
        _encode(network, packed / folder, out / "validation" / f"{name}.npz", every[:few or None], factor)


def _encode(network: NanoNetwork, folder: Path, path: Path, which: np.ndarray, factor: float, light: float = 0.0) -> None:
    """Tokens and classes of tiles, turned and relit if ``light``."""
    if path.exists():
        return
    images, gsd = np.load(folder / "images.npy", mmap_mode="r"), np.load(folder / "gsd.npy")
    tokens = []
    for start in range(0, len(which), BATCH):
        rng, part = np.random.default_rng((start, len(which))), which[start:start + BATCH]
        tiles = [images[int(i)] for i in part]
        told = gsd[part] / factor
        if light:
            tiles = [np.rot90(tile, int(rng.integers(4)), (1, 2))[:, :, ::int(rng.choice((-1, 1)))] for tile in tiles]
            told = told * np.exp(rng.normal(0, 0.1, len(part)))
        rgb = scaled(torch.from_numpy(np.stack(tiles).astype(np.float32)) / 255.0, factor)
        tokens.append(encoded(network, relight(rgb, rng, light) if light else rgb, [float(value) for value in told]))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, tokens=np.concatenate(tokens), scenes=np.load(folder / "scenes.npy")[which])
    print(f"{path.parent.name} {path.stem}: {len(which)} tiles, {time.process_time():.0f} s of processor so far", flush=True)


def scaled(rgb: Tensor, factor: float) -> Tensor:
    """Tiles enlarged or averaged to ``factor`` times their side."""
    if factor == 1.0:
        return rgb
    if factor < 1.0:
        return F.avg_pool2d(rgb, round(1 / factor))
    return F.interpolate(rgb, scale_factor=factor, mode="bilinear", align_corners=False)


@torch.no_grad()
def encoded(network: NanoNetwork, rgb: Tensor, gsd: Sequence[Optional[float]]) -> np.ndarray:
    """(n, T, 544) float16 tokens of tiles (n, 3, S, S) in 0..1, row by row."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        features = network.encoder(rgb.contiguous(memory_format=torch.channels_last), torch.from_numpy(gsd_code(gsd)))
        grid = torch.cat((features[3], F.avg_pool2d(network.pyramid(features), 8)), 1)
    return grid.flatten(2).transpose(1, 2).float().numpy().astype(np.float16)


def load(glances: Path, own: Path, packed: Path, rendered: Path, table: np.ndarray) -> Dict[str, Kept]:
    """Every source of training: ``glances`` (``glances.cache``'s folder) and ``own`` (:func:`cache`'s train folder).

    ``table`` (31, K): targets by class. Tiles of classes of which nothing is known are left out.
    """
    found = {}
    for path in sorted(own.glob("*.npz")):
        with np.load(path) as kept:
            tokens, scenes = kept["tokens"][:, None], kept["scenes"].astype(int)
        found[path.stem] = _known(Kept(tokens, np.arange(len(scenes)), scenes, table[scenes]))
    tokens = np.load(glances / "tokens.npy", mmap_mode="r")
    rows = _rows(json.loads((glances / "names.json").read_text()))
    if "ucmerced-train" in rows:
        places, numbers = rows["ucmerced-train"]
        scenes = np.load(packed / "ucmerced-train" / "scenes.npy").astype(int)[[int(number) for number in numbers]]
        found["aerial"] = _known(Kept(tokens, places, scenes, table[scenes]))
    if "scene" in rows:
        places, numbers = rows["scene"]
        found["scenes"] = Kept(tokens, places, np.full(len(places), -1), _scenes(rendered, [int(n) for n in numbers]))
    if "grounds-train" in rows:
        places, numbers = rows["grounds-train"]
        there = {chip.name.split(" ")[1]: bool(chip.things) for chip in roof_chips(packed / "grounds-train")}
        targets = np.stack([of_roofs(there[number]) for number in numbers])
        found["roofs"] = Kept(tokens, places, np.full(len(places), -1), targets)
    return found


def _rows(names: Sequence[str]) -> Dict[str, Tuple[np.ndarray, List[str]]]:
    """By what a chip's name begins with, its rows and the rest of its name."""
    found: Dict[str, Tuple[List[int], List[str]]] = {}
    for row, name in enumerate(names):
        kind, _, number = name.partition(" ")
        places, numbers = found.setdefault(kind, ([], []))
        places.append(row)
        numbers.append(number)
    return {kind: (np.array(places), numbers) for kind, (places, numbers) in found.items()}


def _known(source: Kept) -> Kept:
    known = np.flatnonzero((source.targets >= 0).any(1))
    return Kept(source.tokens, source.rows[known], source.scenes[known], source.targets[known])


def _scenes(rendered: Path, numbers: Sequence[int]) -> np.ndarray:
    kept = [np.load(rendered / f"{key}.npy", mmap_mode="r") for key in ("covers", "things", "rosters", "complete")]
    return np.stack([scene_targets(*(np.asarray(array[i]) for array in kept)) for i in numbers])


def scene_targets(covers: np.ndarray, things: np.ndarray, roster: np.ndarray, complete: np.ndarray) -> np.ndarray:
    """(K,) int8 targets of a rendered scene: covers (S, S), numbered pixels (S, S), label of each number, labels known."""
    shares = np.bincount(covers.ravel(), minlength=256)[:len(COVERS)] / covers.size
    sizes = np.bincount(things.ravel(), minlength=256)[:len(roster)]
    counts = {}
    for index, name in enumerate(THINGS):
        own = sizes[roster[:len(sizes)] == index]
        # A scrap at the edge is neither one nor none.
        unsure = not complete[index] or ((own > 0) & (own < SMALLEST)).any()
        counts[name] = None if unsure else int((own >= SMALLEST).sum())
    return of_scene(dict(zip(COVERS, shares)), counts)

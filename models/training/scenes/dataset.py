"""Writes rendered scenes to uint8 memmaps in chunks; a run that stops goes on where it was."""

import json
import math
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from ...vision.legend import THINGS
from . import instances, layout, pairs, render, sensor
from .bank import Bank, load

CHUNK = 64
ARRAYS = ("images", "covers", "gsd", "things", "rosters", "complete", "after_images", "after_covers")
_STATE: Dict[str, object] = {}


def paired(index: int) -> bool:
    """Every fourth scene has a second date."""
    return index % 4 == 0


class Scene(NamedTuple):
    """``image`` (3, S, S) uint8; ``covers`` (S, S) uint8; ``gsd`` metres; ``second``: image and covers of another date,
    or None; ``ids``, ``roster``: see ``instances.instances``; ``complete``: see ``instances.complete``.
    """

    image: np.ndarray
    covers: np.ndarray
    gsd: float
    second: Optional[Tuple[np.ndarray, np.ndarray]]
    ids: np.ndarray
    roster: np.ndarray
    complete: np.ndarray


def scene(bank: Bank, seed: int, index: int, size: int) -> Scene:
    """Scene ``index`` of ``seed``."""
    stream = (seed, index, bank.split == "validation")
    rng = np.random.default_rng(stream)
    gsd = float(math.exp(rng.uniform(math.log(0.1), math.log(1.0))))
    plan = layout.draw(rng, bank, size, gsd)
    light = sensor.draw_light(rng)
    light.sun = plan.sun
    image, covers = render.shoot(plan.world, light, rng)
    known = (*instances.instances(plan.world, light), instances.complete(plan.world))
    if not paired(index):
        return Scene(image, covers, gsd, None, *known)
    after = pairs.later(plan, rng)
    other = sensor.draw_light(rng)
    if rng.random() < 0.4:  # the same season and hour, as repeated surveys try to be
        other.sun, other.length = light.sun + rng.normal(0, 0.2), light.length
    if rng.random() < 0.6:
        other.lean = light.lean
    return Scene(image, covers, gsd, render.shoot(after, other, rng), *known)


def create(out: Path, count: int, size: int, split: str, seed: int) -> List[int]:
    """Make or reopen the arrays in ``out``; returns the chunks still missing."""
    wanted = {"count": count, "size": size, "split": split, "seed": seed, "chunk": CHUNK}
    ticket, done = out / "run.json", out / "progress"
    done.mkdir(parents=True, exist_ok=True)
    if ticket.exists() and json.loads(ticket.read_text()) != wanted:
        raise ValueError(f"{out} holds another run: {ticket.read_text()}")
    if not ticket.exists():
        pair_list = [k for k in range(count) if paired(k)]
        image, covers = (3, size, size), (size, size)
        shapes = {
            "images": (count, *image), "covers": (count, *covers), "gsd": (count,), "things": (count, *covers),
            "rosters": (count, instances.MOST + 1), "complete": (count, len(THINGS)),
            "after_images": (len(pair_list), *image), "after_covers": (len(pair_list), *covers)}
        for name, shape in shapes.items():
            dtype = {"gsd": np.float32, "complete": np.bool_}.get(name, np.uint8)
            np.lib.format.open_memmap(out / f"{name}.npy", "w+", dtype, shape).flush()
        (out / "pairs.json").write_text(json.dumps(pair_list))
        ticket.write_text(json.dumps(wanted))
    return [k for k in range(-(-count // CHUNK)) if not (done / str(k)).exists()]


def start_worker(imagery: Path, out: Path, split: str) -> None:
    """Open the bank and the arrays once per process."""
    _STATE["bank"] = load(imagery, split, out.parent / "scene-bank")
    _STATE["out"] = out
    for name in ARRAYS:
        _STATE[name] = np.load(out / f"{name}.npy", mmap_mode="r+")


def write_chunk(task: Tuple[int, int, int, int]) -> int:
    """Render one chunk (number, count, size, seed) into the open arrays."""
    number, count, size, seed = task
    for index in range(number * CHUNK, min(count, (number + 1) * CHUNK)):
        made = scene(_STATE["bank"], seed, index, size)
        for name, value in zip(ARRAYS, (made.image, made.covers, made.gsd, made.ids, made.roster, made.complete)):
            _STATE[name][index] = value
        if made.second is not None:
            row = index // 4
            _STATE["after_images"][row], _STATE["after_covers"][row] = made.second
    for name in ARRAYS:
        _STATE[name].flush()
    (_STATE["out"] / "progress" / str(number)).write_text("done")
    return number


def shares(out: Path) -> Dict[str, float]:
    """Share of pixels by cover over the written scenes."""
    from ...vision.legend import COVERS

    covers = np.load(out / "covers.npy", mmap_mode="r")
    counts = np.zeros(256, np.int64)
    for start in range(0, len(covers), 256):
        counts += np.bincount(np.asarray(covers[start:start + 256]).ravel(), minlength=256)
    named = {name: counts[k] / counts.sum() for k, name in enumerate(COVERS)}
    named["unknown"] = counts[255] / counts.sum()
    return {name: round(float(value), 4) for name, value in named.items()}

"""Stage 2: what the frozen encoder sees of every chip, cached once: image tokens in several lights, and facts as predicted.

The language stages then never run the encoder: on two cores that is what makes them possible (NANO 4).
"""

import json
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from ..datasets.appearance import colour_word
from ..datasets.chip import Chip, Thing
from ..datasets.chip_facts import chip_facts
from ..language.prompting import Facts, scene_noun
from ..vision.detections import Detection, distinct, peaks
from ..vision.legend import COVERS, SCENES_AERIAL, THINGS, gsd_code
from .batches import relight
from .loop import frozen_encoder
from .network import NanoNetwork, Output
from .thing_stage import Heads

#: Pictures of each chip: the first as it is, the others in another light, softer, with noise.
LIGHTS = 2
#: Probability from which a scene is part of what is predicted.
LIKELY = 0.3
_BATCH = 8


def cache(chips: Sequence[Chip], run: Path, folder: Path, offered: Mapping[str, float], seed: int = 0) -> None:
    """Write ``folder``/tokens.npy (N, LIGHTS, 64, 544) float16, names.json and facts.json, what is predicted of each chip.

    ``offered``: the labels of things that are looked for, with the score from which one counts. Chips are all of a size.
    """
    network, heads = frozen_encoder(run), Heads.of(run).eval()
    folder.mkdir(parents=True, exist_ok=True)
    tokens, facts = None, {}
    for start in range(0, len(chips), _BATCH):
        part = chips[start:start + _BATCH]
        rgb = torch.from_numpy(np.stack([chip.rgb for chip in part])).float() / 255
        code = torch.from_numpy(gsd_code([chip.gsd for chip in part]))
        for light in range(LIGHTS):
            rng = np.random.default_rng((seed, start, light))
            seen = _see(network, rgb if light == 0 else relight(rgb, rng), code)
            found = seen.grid.flatten(2).transpose(1, 2).half().numpy()
            if tokens is None:
                shape = (len(chips), LIGHTS, *found.shape[1:])
                tokens = np.lib.format.open_memmap(folder / "tokens.npy", "w+", np.float16, shape)
            tokens[start:start + len(part), light] = found
            if light == 0:
                for chip, made in zip(part, predicted(part, seen, heads, offered)):
                    facts[chip.name] = chip_facts(made)
    if tokens is None:
        raise ValueError("no chips to look at")
    tokens.flush()
    (folder / "names.json").write_text(json.dumps([chip.name for chip in chips]))
    (folder / "facts.json").write_text(json.dumps(facts))


def predicted_facts(folder: Path) -> Dict[str, Facts]:
    """By chip, the facts that :func:`cache` wrote."""
    return dict(json.loads((folder / "facts.json").read_text()))


@torch.no_grad()
def _see(network: NanoNetwork, rgb: Tensor, code: Tensor) -> Output:
    with torch.autocast("cpu", torch.bfloat16):
        output = network(rgb.contiguous(memory_format=torch.channels_last), code)
    return Output(*(value.float() for value in output))


@torch.no_grad()
def predicted(chips: Sequence[Chip], seen: Output, heads: Heads, offered: Mapping[str, float]) -> List[Chip]:
    """``chips`` as the encoder sees them: the likeliest cover of every pixel, the scene if there is a likely one, and boxes
    of the things on offer."""
    covers = seen.cover.argmax(1).repeat_interleave(2, 1).repeat_interleave(2, 2).numpy().astype(np.uint8)
    scenes = seen.scene[:, :len(SCENES_AERIAL)].softmax(1).numpy()
    found = heads.things(seen.features)
    heat, shape = found.heat.sigmoid().numpy(), found.shape.numpy()
    names = sorted(offered)
    rows = [THINGS.index(name) for name in names]
    made = []
    for index, chip in enumerate(chips):
        least = min(offered.values(), default=1.0)
        spotted = [one for one in peaks(heat[index][rows], shape[index], names, least) if one.score >= offered[one.label]]
        things = [thing for name in names for one in distinct([o for o in spotted if o.label == name])
                  for thing in _boxed(one, chip)]
        best = int(scenes[index].argmax())
        word = scene_noun(SCENES_AERIAL[best]) if scenes[index, best] >= LIKELY else ""
        made.append(Chip(chip.name, chip.rgb, tuple(things), frozenset(names), covers[index], COVERS, chip.gsd,
                         chip.north_up, word))
    return made


def _boxed(one: Detection, chip: Chip) -> List[Thing]:
    """A detection as a thing that fills its box; nothing where the box lies outside."""
    height, width = chip.shape
    x0, y0, x1, y1 = (int(np.clip(round(value), 0, most)) for value, most in zip(one.box, (width, height, width, height)))
    if x1 <= x0 or y1 <= y0:
        return []
    colour = colour_word(chip.rgb[:, y0:y1, x0:x1].reshape(3, -1).mean(1))
    return [Thing(one.label, (x0, y0, x1, y1), np.ones((y1 - y0, x1 - x0), bool), colour)]

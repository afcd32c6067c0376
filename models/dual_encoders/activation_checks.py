"""The activation found out: by a vector that the original program gave for a text, or by pictures whose classes are known."""

import json
import math
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np

from ..errors import TerralogueError, WeightsRefused
from .activations import Activation
from .layouts import Architecture

#: How far (1 − cosine) the right activation may be from the original's vectors, which half precision and other processors
#: round, and how many times farther the wrong one must be.
NEAR, FARTHER = 1e-3, 4.0
#: Pictures of a class that are looked at, and the chance of being misled by luck.
MOST, LUCK = 20, 0.05
Encode = Callable[[str, Sequence[str]], np.ndarray]
Look = Callable[[str, np.ndarray], np.ndarray]


def by_vectors(expected: Path, file: str, names: Sequence[str], encode: Encode) -> Activation:
    """Which of ``names`` gives the vectors in ``expected``: {"text": [figures, …], …} as the original program makes them.

    ``encode(activation, texts)``: (m, dim). Raises WeightsRefused if the file cannot be used, or none or several fit.
    """
    try:
        kept: Dict[str, List[float]] = json.loads(expected.read_text(encoding="utf-8"))
        wanted = np.asarray([kept[text] for text in kept], np.float64)
        if not kept or wanted.ndim != 2 or not np.isfinite(wanted).all():
            raise ValueError("no texts with figures")
    except (OSError, ValueError, TypeError) as error:
        raise WeightsRefused(file, f"{expected.name} holds no vectors of texts ({str(error)[:80]})") from error
    away = {}
    for name in names:
        found = np.asarray(encode(name, list(kept)), np.float64)
        if found.shape != wanted.shape:
            said = f"{expected.name} holds vectors of {wanted.shape[1]} figures, this model has {found.shape[1]}"
            raise WeightsRefused(file, said)
        away[name] = float((1 - _cosines(found, wanted)).max())
    best = min(away, key=lambda name: away[name])
    others = [away[name] for name in away if name != best]
    if away[best] > NEAR:
        said = f"no activation gives the vectors of {expected.name} (off by {away[best]:.1g}): they are another model's"
        raise WeightsRefused(file, said)
    if others and min(others) < FARTHER * max(away[best], 1e-7):
        raise WeightsRefused(file, f"{expected.name} does not tell the activations apart; give more or longer texts")
    return Activation(best, f"it gives the vectors of {expected.name} to {max(away[best], 1e-7):.0e}")


def by_pictures(
    folder: Path, file: str, names: Sequence[str], architecture: Architecture, encode: Encode, look: Look
) -> Tuple[Activation, Dict[str, Any]]:
    """Which of ``names`` names the pictures in ``folder`` better, one sub-folder a class; with the shares that were right.

    Decided by a sign test over the pictures that just one of two names rightly. ``look(activation, rgb)``: (n, dim). Raises
    WeightsRefused if that may be luck, or if there is nothing to look at.
    """
    classes = sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    rgb, truth = _pictures(classes, architecture.side)
    if len(classes) < 2 or len(rgb) < 2 * len(classes):
        raise WeightsRefused(file, f"{folder.name} must hold a folder of pictures for each of at least two classes")
    texts = [f"a satellite image of {each.name.replace('_', ' ').lower()}." for each in classes]
    right: Dict[str, np.ndarray] = {}
    for name in names:
        seen = np.concatenate([look(name, rgb[i:i + 16]) for i in range(0, len(rgb), 16)])
        words = np.asarray(encode(name, texts))
        right[name] = (_unit(seen) @ _unit(words).T).argmax(1) == truth
    best = max(right, key=lambda name: float(right[name].mean()))
    for name, other in right.items():
        if name != best and _luck(int((right[best] & ~other).sum()), int((other & ~right[best]).sum())) > LUCK:
            shares = ", ".join(f"{each} {float(found.mean()):.3f}" for each, found in right.items())
            raise WeightsRefused(file, f"{len(rgb)} pictures do not tell the activations apart ({shares}); give more")
    found = {name: round(float(each.mean()), 4) for name, each in right.items()}
    return Activation(best, f"it names {found[best]:.0%} of {len(rgb)} pictures rightly, the most"), {"n": len(rgb), **found}


def _pictures(classes: Sequence[Path], side: int) -> Tuple[np.ndarray, np.ndarray]:
    from ..imagery.opening import open_raster
    from ..imagery.stretch import measure_stretch
    from .resampling import squared

    rgb, truth = [], []
    for number, folder in enumerate(classes):
        for path in sorted(each for each in folder.iterdir() if each.is_file())[:MOST]:
            try:
                source = open_raster(str(path))
            except TerralogueError:
                continue  # not a picture: a list of labels, a thumbnail's index
            try:
                rgb.append(squared(measure_stretch(source).apply(source.read(source.grid.window)), side))
                truth.append(number)
            finally:
                source.close()
    return (np.stack(rgb) if rgb else np.zeros((0, 3, side, side), np.float32)), np.array(truth, int)


def _luck(ours: int, theirs: int) -> float:
    """Chance of at least ``ours`` of ``ours + theirs`` by throwing a coin, twice over (two-sided); 1 where there are none."""
    n = ours + theirs
    if n == 0:
        return 1.0
    # Logarithms: the coefficients of a thousand throws are no floats.
    terms = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) - n * math.log(2) for k in range(ours, n + 1)]
    return min(1.0, 2 * sum(math.exp(term) for term in terms))


def _unit(x: np.ndarray) -> np.ndarray:
    out: np.ndarray = x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12)
    return out


def _cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    out: np.ndarray = (_unit(a) * _unit(b)).sum(-1)
    return out

"""Held-out figures of an exported Nano on packed tiles, with its controls. Numbers for the model card and thresholds.

Runs the shipped ONNX graphs, not the torch network, so that what is measured is what is installed.
"""

from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from ..metrics.pixels import PixelAgreement, otsu
from ..vision.legend import COVERS, SCENES, SCENES_AERIAL
from ..vision.nano import Nano, Seen
from . import labels

Control = Callable[[np.ndarray, np.ndarray], np.ndarray]
BATCH = 8


class Tiles(NamedTuple):
    """A packed set in memory."""

    images: np.ndarray
    labels: np.ndarray
    scenes: np.ndarray
    gsd: np.ndarray
    names: List[str]


def load(folder: Path) -> Tiles:
    """Read a packed set (``pack.py``)."""
    return Tiles(np.load(folder / "images.npy", mmap_mode="r"), np.load(folder / "labels.npy", mmap_mode="r"),
                 np.load(folder / "scenes.npy"), np.load(folder / "gsd.npy"),
                 (folder / "names.txt").read_text().split("\n")[:-1])


def as_is(images: np.ndarray, gsd: np.ndarray) -> np.ndarray:
    """No control."""
    return images


def blank(images: np.ndarray, gsd: np.ndarray) -> np.ndarray:
    """Every image replaced by its mean colour."""
    mean = images.mean((2, 3), keepdims=True)
    return np.broadcast_to(mean, images.shape).astype(images.dtype)


def shuffle(images: np.ndarray, gsd: np.ndarray) -> np.ndarray:
    """Images permuted within one ground sample distance."""
    rng = np.random.default_rng(0)
    order = np.arange(len(images))
    for value in np.unique(np.round(gsd, 3)):
        same = np.flatnonzero(np.round(gsd, 3) == value)
        order[same] = same[rng.permutation(len(same))]
    return images[order]


CONTROLS: Dict[str, Control] = {"": as_is, "blank": blank, "shuffle": shuffle}


def enlarged(images: np.ndarray, factor: int) -> np.ndarray:
    """Nearest enlargement by a whole factor, smoothed by a box of the same size."""
    big = images.repeat(factor, 2).repeat(factor, 3).astype(np.float32)
    padded = np.pad(big, ((0, 0), (0, 0), (0, factor - 1), (0, factor - 1)), mode="edge")
    height, width = big.shape[2:]
    return sum(padded[:, :, y:y + height, x:x + width] for y in range(factor) for x in range(factor)) / factor**2


def see(nano: Nano, images: np.ndarray, gsd: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """Cover probabilities (float16) and scene logits of uint8 tiles, in small batches."""
    covers, scenes = [], []
    for start in range(0, len(images), BATCH):
        rgb = images[start:start + BATCH].astype(np.float32) / 255.0
        seen = nano.see_each(rgb, [float(value) for value in gsd[start:start + BATCH]])
        covers.append(seen.cover.astype(np.float16))
        scenes.append(seen.scenes)
    return np.concatenate(covers), np.concatenate(scenes)


def averaged(images: np.ndarray, factor: int) -> np.ndarray:
    """(n, 3, H, W) → (n, 3, H/factor, W/factor), means of whole pixels."""
    n, bands, height, width = images.shape
    return images.reshape(n, bands, height // factor, factor, width // factor, factor).mean((3, 5), dtype=np.float32)


def cover_scores(nano: Nano, images: np.ndarray, gsd: np.ndarray) -> np.ndarray:
    """(n, 6, H, W) float16 probabilities as the product finds them: pixels finer than its scale are averaged first."""
    factors = np.maximum(1, np.ceil(nano.gsd_range[0] / gsd - 1e-6)).astype(int)
    scores = np.empty((len(images), len(COVERS), *images.shape[2:]), np.float16)
    for factor in np.unique(factors):
        picked = np.flatnonzero(factors == factor)
        cover, _ = see(nano, averaged(images[picked], factor), gsd[picked] * factor)
        scores[picked] = cover.repeat(factor, 2).repeat(factor, 3)
    return scores


def building(nano: Nano, tiles: Tiles, threshold: float, control: Control = as_is) -> Dict[str, float]:
    """Pixel agreement of roofs, all pixels of the set together; what may or may not be a roof is not judged."""
    cover = cover_scores(nano, control(np.asarray(tiles.images), tiles.gsd), tiles.gsd)
    agreement = PixelAgreement()
    for score, label in zip(cover[:, 0], tiles.labels):
        roof = label == labels.BUILDING
        agreement.add(score >= threshold, roof, roof | (label & labels.BUILDING == 0))
    return {"n": agreement.n, **agreement.figures()}


def building_moved(nano: Nano, tiles: Tiles, threshold: float, farthest: float = 4.0, step: float = 0.6) -> Dict[str, float]:
    """IoU of roofs where labels lie, and where each tile's labels are moved by the one shift of at most ``farthest`` metres
    either way that fits best: what of the error is that labels lie beside their roofs. ``chance``: the same for the answer to
    another tile, since some shift always fits better.

    Tiles of the coarsest ground sample distance alone: a shift of metres is a few pixels there.
    """
    coarse = np.flatnonzero(tiles.gsd > 0.8 * tiles.gsd.max())
    gsd = float(tiles.gsd[coarse].mean())
    found = cover_scores(nano, np.asarray(tiles.images[coarse]), tiles.gsd[coarse])[:, 0] >= threshold
    truth = np.asarray(tiles.labels[coarse]) == labels.BUILDING
    stride = max(1, round(step / gsd))
    reach = round(farthest / gsd) // stride * stride
    moves = range(-reach, reach + 1, stride)
    own, moved, chance = PixelAgreement(), PixelAgreement(), PixelAgreement()
    for index, mask in enumerate(truth):
        everywhere = np.ones(mask.shape, bool)
        own.add(found[index], mask, everywhere)
        for answer, agreement in ((found[index], moved), (found[index - 1], chance)):
            tried = [np.roll(mask, (down, right), (0, 1)) for down in moves for right in moves]
            agreement.add(answer, max(tried, key=lambda one: (one & answer).sum() / max((one | answer).sum(), 1)), everywhere)
    return {"n": own.n, "iou": own.figures()["iou"], "moved": moved.figures()["iou"], "chance": chance.figures()["iou"]}


def best_threshold(nano: Nano, tiles: Tiles, free: Tiles) -> float:
    """The building threshold for ``tiles``: the lowest whose IoU is within .01 of the best, among those that call at most
    1 % of ``free`` building. A roof missed is worse than a blurred edge.

    ``free``: building-free tiles that are not judged by it later. The strictest, if none keeps within that.
    """
    cover = cover_scores(nano, np.asarray(tiles.images), tiles.gsd)
    truth = np.asarray(tiles.labels) == labels.BUILDING
    picked = np.flatnonzero(np.isin(free.scenes, [SCENES_AERIAL.index(name) for name in labels.BUILDING_FREE]))
    alarms = cover_scores(nano, free.images[picked], free.gsd[picked])[:, 0]
    steps = [round(0.05 * step, 2) for step in range(4, 16)]
    allowed = [step for step in steps if (alarms >= step).mean() <= 0.01] or steps[-1:]

    def iou(threshold: float) -> float:
        found = cover[:, 0] >= threshold
        return float((found & truth).sum() / max((found | truth).sum(), 1))

    reached = {step: iou(step) for step in allowed}
    return min(step for step, value in reached.items() if value >= max(reached.values()) - 0.01)


def false_buildings(nano: Nano, tiles: Tiles, threshold: float) -> Dict[str, float]:
    """Mean share of pixels called building on building-free real tiles, and the same by scene class."""
    shares: Dict[str, List[float]] = {}
    for name in labels.BUILDING_FREE:
        picked = np.flatnonzero(tiles.scenes == SCENES_AERIAL.index(name))
        if len(picked):
            cover = cover_scores(nano, tiles.images[picked], tiles.gsd[picked])
            shares[name] = [float(value) for value in (cover[:, 0] >= threshold).mean((1, 2))]
    every = [value for values in shares.values() for value in values]
    by_class = {name: round(float(np.mean(values)), 4) for name, values in shares.items()}
    return {"n": len(every), "mean": float(np.mean(every)), "worst_class": max(by_class.values()), **by_class}


def scene_top1(nano: Nano, tiles: Tiles, control: Control = as_is, factor: int = 1) -> Dict[str, float]:
    """Share of tiles whose best scene, among the scenes of the set, is right."""
    candidates = np.unique(tiles.scenes)
    images = control(np.asarray(tiles.images), tiles.gsd)
    right = 0
    for start in range(0, len(images), 256):
        part = images[start:start + 256]
        part = part if factor == 1 else enlarged(part, factor)
        gsd = tiles.gsd[start:start + 256] / factor
        _, logits = see(nano, part, gsd)
        if factor == 1:  # aerial tiles, as the product looks at them: in two sizes
            logits = logits + see(nano, averaged(part, 2), gsd * 2)[1]
        right += int((candidates[logits[:, candidates].argmax(1)] == tiles.scenes[start:start + 256]).sum())
    return {"n": len(images), "top1": right / len(images)}


def cover_share(nano: Nano, tiles: Tiles, cover: str) -> Dict[str, float]:
    """How often the winner is ``cover`` where the label surely says so, and where it surely says not."""
    index = COVERS.index(cover)
    scores = cover_scores(nano, np.asarray(tiles.images), tiles.gsd)
    winner, label = scores.argmax(1), np.asarray(tiles.labels)
    inside, outside = label == (1 << index), (label & (1 << index)) == 0
    return {"n": len(label), "inside": float((winner[inside] == index).mean()) if inside.any() else 0.0,
            "outside": float((winner[outside] == index).mean()) if outside.any() else 0.0}


def dominant(nano: Nano, tiles: Tiles, scene: str, covers: Tuple[str, ...]) -> Dict[str, float]:
    """Share of a scene's tiles whose largest cover is one of ``covers``."""
    picked = np.flatnonzero(tiles.scenes == SCENES.index(scene))
    images = np.asarray(tiles.images[picked])
    images = images if images.shape[-1] >= 128 else enlarged(images, 2)
    scores, _ = see(nano, images, tiles.gsd[picked])
    largest = scores.astype(np.float32).mean((2, 3)).argmax(1)
    return {"n": len(picked), "share": float(np.isin(largest, [COVERS.index(name) for name in covers]).mean())}


def roads(nano: Nano, folder: Path) -> Dict[str, float]:
    """Paved ground against road masks (``*.jpg`` with ``*_mask.png``, distance unknown), beside "everything is road".

    Roads are a part of what is paved: recall says how many are found, precision also counts yards and car parks.
    """
    from PIL import Image

    agreement, everything = PixelAgreement(), PixelAgreement()
    for mask in sorted(folder.glob("*_mask.png")):
        image = np.asarray(Image.open(str(mask).replace("_mask.png", ".jpg")).convert("RGB"))
        road = np.asarray(Image.open(mask).convert("L")) > 127
        height, width = (length // 32 * 32 for length in road.shape)
        rgb = np.ascontiguousarray(image[:height, :width].transpose(2, 0, 1)[None], np.float32) / 255.0
        winner = nano.see(rgb, None).cover[0].argmax(0)
        valid = np.ones((height, width), bool)
        agreement.add(winner == COVERS.index("paved"), road[:height, :width], valid)
        everything.add(valid, road[:height, :width], valid)
    return {"n": agreement.n, **agreement.figures(), "iou of everything is road": everything.figures()["iou"]}


class DatePair(NamedTuple):
    """Two dates (3, H, W) uint8 and the truth (H, W) bool."""

    before: np.ndarray
    after: np.ndarray
    changed: np.ndarray


def read_pairs(folder: Path) -> List[DatePair]:
    """Every labelled pair ``*_t1.jpg``, ``*_t2.jpg``, ``*_mask.png`` below ``folder``."""
    from PIL import Image

    def read(path: Path) -> np.ndarray:
        return np.ascontiguousarray(np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1))

    found = []
    for mask in sorted(folder.rglob("*_mask.png")):
        stem = str(mask)[:-len("_mask.png")]
        found.append(DatePair(read(Path(stem + "_t1.jpg")), read(Path(stem + "_t2.jpg")),
                              np.asarray(Image.open(mask).convert("L")) > 127))
    return found


def change_scores(nano: Nano, pairs: List[DatePair], gsd: float, channel: int = 0,
                  control: Optional[Control] = None) -> List[np.ndarray]:
    """The change head's score (H, W) of each pair."""
    scores = []
    for pair in pairs:
        both = np.stack((pair.before, pair.after))
        if control is not None:
            both = control(both, np.array([gsd, gsd]))
        rgb = both.astype(np.float32) / 255.0
        before, after = nano.see(rgb[:1], gsd), nano.see(rgb[1:], gsd)
        scores.append(nano.compare(before, after)[0, channel])
    return scores


def change_baselines(nano: Nano, pairs: List[DatePair], gsd: float, threshold: float) -> Dict[str, Any]:
    """F1 of the XOR of two segmentations, of the same with each turned and mirrored in eight ways and averaged, of Otsu on
    the grey difference, and of change vector analysis."""
    kinds = {name: PixelAgreement() for name in ("xor", "xor of eight views", "otsu", "cva")}
    for pair in pairs:
        both = np.stack((pair.before, pair.after)).astype(np.float32) / 255.0
        seen: Seen = nano.see(both, gsd)
        valid = np.ones(pair.changed.shape, bool)
        kinds["xor"].add((seen.cover[0, 0] >= threshold) ^ (seen.cover[1, 0] >= threshold), pair.changed, valid)
        averaged_roofs = _of_eight_views(nano, both, gsd)
        kinds["xor of eight views"].add(
            (averaged_roofs[0] >= threshold) ^ (averaged_roofs[1] >= threshold), pair.changed, valid)
        grey = np.abs(both[0].mean(0) - both[1].mean(0))
        kinds["otsu"].add(grey > otsu(grey), pair.changed, valid)
        levelled = (both - both.mean((2, 3), keepdims=True)) / (both.std((2, 3), keepdims=True) + 1e-6)
        length = np.sqrt(((levelled[0] - levelled[1]) ** 2).sum(0))
        kinds["cva"].add(length > otsu(length), pair.changed, valid)
    return {name: agreement.figures()["f1"] for name, agreement in kinds.items()}


def _of_eight_views(nano: Nano, images: np.ndarray, gsd: float) -> np.ndarray:
    """(n, S, S) building scores of square (n, 3, S, S) images, the mean over four turns and their mirrors."""
    total = np.zeros((len(images), *images.shape[2:]), np.float32)
    for turns in range(4):
        turned = np.rot90(images, turns, (2, 3))
        for mirrored in (False, True):
            view = turned[..., ::-1] if mirrored else turned
            found = nano.see(np.ascontiguousarray(view), gsd).cover[:, 0]
            total += np.rot90(found[..., ::-1] if mirrored else found, -turns, (1, 2))
    return total / 8


def agreement_of(scores: List[np.ndarray], pairs: List[DatePair], threshold: float) -> Dict[str, float]:
    """Figures of change scores against the truth."""
    agreement = PixelAgreement()
    for score, pair in zip(scores, pairs):
        agreement.add(score >= threshold, pair.changed, np.ones(pair.changed.shape, bool))
    return {"n": agreement.n, **agreement.figures(), "image_accuracy": agreement.image_accuracy()}

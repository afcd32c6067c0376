"""SECOND's six land covers and their colours; any picture of them back to classes by the nearest colour (SYSTEMS-B 3.3)."""

from typing import Dict, Tuple

import numpy as np

#: In the order of the transition matrix. A class map holds 0 for background and 1 + the place in this list else.
CLASSES = ("low vegetation", "non-vegetated ground", "tree", "water", "building", "playground")
BACKGROUND = 0
#: RGB as the published files have them; background is what did not change.
COLOURS: Tuple[Tuple[int, int, int], ...] = (
    (0, 0, 0), (0, 128, 0), (128, 128, 128), (0, 255, 0), (0, 0, 255), (128, 0, 0), (255, 0, 0),
)
_WHITE = (255, 255, 255)
#: What the ``_augment`` files add to every channel, up to 255.
_BRIGHTENED = 80
#: Colours further than this from every entry (Euclidean, 0..255 a channel) are likely of another legend.
FAR = 64.0
#: Land covers of other legends that SECOND has a class for. Only what is certain: SECOND has no roads of its own.
SAME = {
    "paved": "non-vegetated ground", "paved ground": "non-vegetated ground", "bare": "non-vegetated ground",
    "bare ground": "non-vegetated ground", "road": "non-vegetated ground", "roads": "non-vegetated ground",
    "grass": "low vegetation", "trees": "tree", "forest": "tree", "buildings": "building",
}


def _table() -> Tuple[np.ndarray, np.ndarray]:
    """(N, 3) colours and the (N,) class of each: the palette, white as background, and all of it brightened.

    Without the brightened entries (208, 80, 80), a building, would be nearest to the playground's red.
    """
    plain = np.array([*COLOURS, _WHITE])
    classes = np.array([*range(len(COLOURS)), BACKGROUND])
    bright = np.minimum(plain + _BRIGHTENED, 255)
    return np.concatenate([plain, bright[:-1]]), np.concatenate([classes, classes[:-1]])


_ENTRIES, _CLASS_OF = _table()


def classes_of(rgb: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """The class map, (H, W) uint8, of (3, H, W) uint8 colours, and a (H, W) bool mask of colours :data:`FAR` from all.

    Raises ValueError for another shape or dtype.
    """
    if rgb.ndim != 3 or rgb.shape[0] != 3 or rgb.dtype != np.uint8:
        raise ValueError(f"expected (3, H, W) uint8, got {rgb.shape} {rgb.dtype}")
    code = (rgb[0].astype(np.int64) << 16) | (rgb[1].astype(np.int64) << 8) | rgb[2]
    # Far fewer colours than pixels, whatever the picture.
    colours, place = np.unique(code, return_inverse=True)
    table = np.stack([colours >> 16, (colours >> 8) & 255, colours & 255], axis=1)
    squared = ((table[:, None, :] - _ENTRIES[None]) ** 2).sum(axis=2)
    nearest = squared.argmin(axis=1)
    found = _CLASS_OF[nearest].astype(np.uint8)
    far = squared.min(axis=1) > FAR**2
    return found[place].reshape(code.shape), far[place].reshape(code.shape)


def picture_of(classes: np.ndarray) -> np.ndarray:
    """(3, H, W) uint8 colours of a class map. IndexError for a class that SECOND does not have."""
    table = np.array(COLOURS, np.uint8)
    return np.ascontiguousarray(np.moveaxis(table[classes], -1, 0))


def class_named(name: str) -> int:
    """The number of a class in a map, 0 for "background"; spoken names of other legends too. KeyError: none of them."""
    words = " ".join(name.lower().replace("_", " ").split())
    numbers: Dict[str, int] = {"background": BACKGROUND, "unchanged": BACKGROUND}
    numbers.update({known: number for number, known in enumerate(CLASSES, 1)})
    return numbers[SAME.get(words, words)]

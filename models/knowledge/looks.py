"""How alike two pictures of ground are when one is turned, nearer or further, moved and in other colours.

A picture's vector says what kind of thing it shows, and neighbouring roofs are of one kind; which of them it is, only the
pixels tell. The middle of a feature's chip, 16 × 16 px, each channel without its mean and contrast, is compared with the
query in quarter turns, at ``ZOOMS`` and ``SHIFTS``: normalised cross-correlation (Lewis 1995), all at once as one product.
"""

from typing import Tuple

import numpy as np

#: Pixels a side of a look; it shows the middle half of a chip.
SIDE = 16
#: How much wider a query may show the ground than the chip, and how far off, in chips.
ZOOMS = tuple(float(zoom) for zoom in np.geomspace(0.7, 1.4, 7))
SHIFTS = (-0.12, -0.06, 0.0, 0.06, 0.12)
#: Pixels a side that a query is brought down to before it is looked at again and again.
_QUERY = 64


def look_of(rgb: np.ndarray) -> np.ndarray:
    """(3 · SIDE²,) float32 unit vector of a chip (3, side, side) in 0..1, side a multiple of 2 · SIDE."""
    small = _smaller(rgb, 2 * SIDE)
    low = SIDE // 2
    return _unit(small[:, low:low + SIDE, low:low + SIDE].reshape(1, 3, -1))[0]


def stored(look: np.ndarray) -> bytes:
    """A look in 8 bits a pixel."""
    return np.clip(np.round(look * 127 / max(float(np.abs(look).max()), 1e-9)), -127, 127).astype(np.int8).tobytes()


def restored(data: bytes, number: int) -> np.ndarray:
    """(number, 3 · SIDE²) float32 unit vectors of as many stored looks. Raises ValueError for another length."""
    flat = np.frombuffer(data, np.int8).reshape(number, 3 * SIDE * SIDE).astype(np.float32)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)


def likeness(rgb: np.ndarray, looks: np.ndarray) -> np.ndarray:
    """(n,) float32 in −1..1: how alike a query (3, side, side) in 0..1 and each of ``looks`` are, at their best."""
    if not len(looks):
        return np.zeros(0, np.float32)
    best = np.full(len(looks), -1.0, np.float32)
    views = _views(_smaller(rgb, _QUERY))
    for start in range(0, len(looks), 20_000):
        part = looks[start:start + 20_000]
        best[start:start + len(part)] = (views @ part.T).max(0)
    return best


def _views(query: np.ndarray) -> np.ndarray:
    """(turns · zooms · shifts, 3 · SIDE²) unit vectors of what the middle of a chip may be in ``query`` (3, 64, 64)."""
    place = (np.arange(SIDE) + 0.5) / SIDE * 0.5 - 0.25
    zoom, right, down = (axis.reshape(-1, 1) for axis in np.meshgrid(ZOOMS, SHIFTS, SHIFTS, indexing="ij"))
    columns, rows = ((place[None] - shift) / zoom for shift in (right, down))
    patches = _between(query, (columns + 0.5) * _QUERY - 0.5, (rows + 0.5) * _QUERY - 0.5)
    turned = np.concatenate([np.rot90(patches, turn, (2, 3)) for turn in range(4)])
    return _unit(turned.reshape(len(turned), 3, -1))


def _between(picture: np.ndarray, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """(v, 3, SIDE, SIDE): bilinear at the crossings of ``rows`` and ``columns``, (v, SIDE) each."""
    (left, right, across), (up, under, along) = _weights(columns, picture.shape[2]), _weights(rows, picture.shape[1])
    a, b = along[:, :, None], across[:, None, :]

    def at(row: np.ndarray, column: np.ndarray) -> np.ndarray:
        return picture[:, row[:, :, None], column[:, None, :]]

    found = (at(up, left) * (1 - a) + at(under, left) * a) * (1 - b) + (at(up, right) * (1 - a) + at(under, right) * a) * b
    return found.transpose(1, 0, 2, 3)


def _weights(places: np.ndarray, size: int) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    held = np.clip(places, 0, size - 1)
    low = np.minimum(held.astype(int), size - 2)
    return low, low + 1, (held - low).astype(np.float32)


def _smaller(rgb: np.ndarray, side: int) -> np.ndarray:
    step = rgb.shape[1] // side
    return np.asarray(rgb, np.float32).reshape(3, side, step, side, step).mean((2, 4))


def _unit(patches: np.ndarray) -> np.ndarray:
    flat = patches - patches.mean(-1, keepdims=True)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=-1, keepdims=True), 1e-6)
    out: np.ndarray = (flat / np.sqrt(flat.shape[1])).reshape(len(flat), -1).astype(np.float32)
    return out

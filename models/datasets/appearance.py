"""How an image looks, in words measured from its pixels: brightness, colour, saturation, texture, light and dark parts."""

from dataclasses import dataclass
from typing import Tuple

import numpy as np

#: Upper limits of mean luminance (0..255, Rec. 601), mean saturation (0..1) and mean step between neighbours (0..255).
_BRIGHTNESS = ((60.0, "dark"), (105.0, "subdued"), (160.0, "medium"), (256.0, "bright"))
_SATURATION = ((0.15, "low"), (0.4, "moderate"), (1.01, "high"))
_TEXTURE = ((2.5, "smooth"), (9.0, "finely grained"), (256.0, "coarse"))
#: Hue in degrees up to which a colour has its name.
_HUES = ((20, "red"), (45, "brown"), (70, "yellow"), (165, "green"), (200, "blue-green"), (260, "blue"),
         (330, "purple"), (361, "red"))


@dataclass(frozen=True)
class Appearance:
    """Words for the whole; ``brightest`` and ``darkest``: cell 0..8 in reading order; ``contrast``: their luminances'
    difference, 0..255."""

    brightness: str
    colour: str
    saturation: str
    texture: str
    brightest: int
    darkest: int
    contrast: float


def appearance(rgb: np.ndarray) -> Appearance:
    """Of (3, H, W) uint8. Raises ``ValueError`` for an image without pixels."""
    if rgb.ndim != 3 or rgb.shape[0] != 3 or rgb.size == 0:
        raise ValueError(f"expected (3, H, W) pixels, got {rgb.shape}")
    values = rgb.astype(np.float32)
    light = 0.299 * values[0] + 0.587 * values[1] + 0.114 * values[2]
    high, low = values.max(axis=0), values.min(axis=0)
    saturation = float(((high - low) / np.maximum(high, 1)).mean())
    steps = [np.abs(np.diff(light, axis=axis)) for axis in (0, 1) if light.shape[axis] > 1]
    cells = np.array([part.mean() for part in _thirds(light)])
    return Appearance(
        _word(_BRIGHTNESS, float(light.mean())), colour_word(values.mean(axis=(1, 2))), _word(_SATURATION, saturation),
        _word(_TEXTURE, float(np.mean([step.mean() for step in steps])) if steps else 0.0),
        int(cells.argmax()), int(cells.argmin()), float(cells.max() - cells.min()),
    )


def colour_word(mean: np.ndarray) -> str:
    """"green", "grey" … of one (red, green, blue), 0..255."""
    red, green, blue = (float(v) for v in mean)
    high, low = max(red, green, blue), min(red, green, blue)
    if high - low < 12 or (high - low) / max(high, 1) < 0.1:
        return "black" if high < 40 else "white" if low > 215 else "grey"
    if high == red:
        hue = 60 * ((green - blue) / (high - low) % 6)
    elif high == green:
        hue = 60 * ((blue - red) / (high - low) + 2)
    else:
        hue = 60 * ((red - green) / (high - low) + 4)
    return _word(_HUES, hue)


def _word(limits: Tuple[Tuple[float, str], ...], value: float) -> str:
    return next((word for limit, word in limits if value < limit), limits[-1][1])


def _thirds(values: np.ndarray) -> Tuple[np.ndarray, ...]:
    """Nine parts in reading order; a part without pixels is the whole."""
    rows = np.array_split(np.arange(values.shape[0]), 3)
    cols = np.array_split(np.arange(values.shape[1]), 3)
    return tuple(values[np.ix_(r, c)] if len(r) and len(c) else values for r in rows for c in cols)

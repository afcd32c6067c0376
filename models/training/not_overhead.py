"""Images that were not taken from above, drawn anew each time: what the model must learn to doubt.

No photograph is among the open data. Photographs are imitated by what makes them one: a horizon, things that get smaller
towards it, single lit bodies before a soft background.
"""

from typing import Callable, Dict, Tuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

SIDE = 256
Textures = Callable[[np.random.Generator], np.ndarray]
_Colour = Tuple[int, int, int]


def noise(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: white to red noise, grey or coloured, sometimes in coarse pixels or as salt and pepper."""
    if rng.random() < 0.2:
        spots = rng.random((1, SIDE, SIDE)) < rng.uniform(0.05, 0.5)
        return np.where(spots, rng.integers(0, 256, (3, 1, 1)), rng.integers(0, 256, (3, 1, 1))).astype(np.uint8)
    bands = 1 if rng.random() < 0.3 else 3
    field = _scaled(fractal(rng, bands, rng.uniform(0, 3.2)))
    coarse = int(rng.choice((1, 1, 2, 4, 8, 16)))
    field = field[:, ::coarse, ::coarse].repeat(coarse, 1).repeat(coarse, 2)[:, :SIDE, :SIDE]
    level, width = rng.uniform(60, 190), rng.uniform(20, 160)
    return np.clip(level + (np.broadcast_to(field, (3, SIDE, SIDE)) - 0.5) * width * 2, 0, 255).astype(np.uint8)


def fractal(rng: np.random.Generator, bands: int, slope: float) -> np.ndarray:
    """(bands, S, S) noise whose amplitude falls with frequency to the power of ``slope``."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.rfftfreq(SIDE), indexing="ij"))
    frequency[0, 0] = 1.0
    spectrum = np.fft.rfft2(rng.standard_normal((bands, SIDE, SIDE))) / frequency**slope
    return np.fft.irfft2(spectrum, (SIDE, SIDE))


def smooth(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: one colour, or some that turn into each other along a line or around a point."""
    rows, columns = np.mgrid[:SIDE, :SIDE] / SIDE
    angle, centre = rng.uniform(0, 2 * np.pi), rng.uniform(0, 1, 2)
    along = np.cos(angle) * columns + np.sin(angle) * rows
    if rng.random() < 0.4:
        along = np.hypot(rows - centre[0], columns - centre[1])
    along = (along - along.min()) / max(float(np.ptp(along)), 1e-6)
    stops = int(rng.integers(1, 5))
    colours = rng.uniform(0, 255, (stops, 3))
    if rng.random() < 0.25:  # bands of flat colour instead of a run
        along = np.floor(along * rng.integers(3, 14)) / 13
    places = np.linspace(0, 1, stops)
    image = np.stack([np.interp(along, places, colours[:, band]) for band in range(3)])
    return np.clip(image + rng.normal(0, rng.uniform(0, 4), image.shape), 0, 255).astype(np.uint8)


def pattern(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: stripes, squares, dots or hatching."""
    rows, columns = np.mgrid[:SIDE, :SIDE].astype(np.float64)
    angle, width = rng.uniform(0, np.pi), rng.uniform(3, 50)
    u, v = np.cos(angle) * columns + np.sin(angle) * rows, np.cos(angle) * rows - np.sin(angle) * columns
    kind = int(rng.integers(3))
    on = (u // width % 2 == 0) if kind == 0 else ((u // width + v // width) % 2 == 0) if kind == 1 else (
        np.hypot(u % width - width / 2, v % width - width / 2) < width * rng.uniform(0.2, 0.45))
    colours = rng.integers(0, 256, (2, 3, 1, 1))
    return np.where(on, colours[0], colours[1]).astype(np.uint8)


def drawn_map(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: flat areas, cased roads, contours, symbols and names, in any palette."""
    dark = rng.random() < 0.15
    ground = _near(rng, (38, 42, 50) if dark else (240, 238, 230), 14)
    image = Image.new("RGB", (SIDE, SIDE), ground)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(0, 9))):
        draw.polygon(_blob(rng, rng.uniform(15, 110)), fill=_near(rng, _ANY[int(rng.integers(len(_ANY)))], 25))
    if rng.random() < 0.35:
        height = _scaled(fractal(rng, 1, rng.uniform(1.6, 2.6)))[0]
        lines = np.abs(np.diff(np.floor(height * rng.integers(6, 24)), axis=0, prepend=0)) > 0
        pixels = np.array(image)
        pixels[lines] = _near(rng, (170, 120, 70), 30)
        image = Image.fromarray(pixels)
        draw = ImageDraw.Draw(image)
    if rng.random() < 0.5:  # houses
        for _ in range(int(rng.integers(5, 60))):
            x, y, w, h = (*rng.integers(0, SIDE, 2), *rng.integers(4, 20, 2))
            draw.rectangle([int(x), int(y), int(x + w), int(y + h)], fill=_near(rng, (205, 195, 185), 18))
    for _ in range(int(rng.integers(2, 16))):
        path = [(float(x), float(y)) for x, y in rng.uniform(-30, SIDE + 30, (int(rng.integers(2, 5)), 2))]
        width = int(rng.integers(1, 14))
        draw.line(path, fill=_near(rng, (150, 145, 140), 30), width=width + 2)
        draw.line(path, fill=_near(rng, _ROADS[int(rng.integers(len(_ROADS)))], 12), width=width)
    _names(rng, draw, int(rng.integers(2, 14)), (230, 230, 230) if dark else (60, 60, 60))
    return _bands(image)


def relief(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: a surface as colours by height or as a shaded relief."""
    height = ndimage.gaussian_filter(fractal(rng, 1, rng.uniform(1.5, 2.6))[0], rng.uniform(0, 2))
    height = (height - height.min()) / np.ptp(height)
    stops = rng.uniform(0, 255, (int(rng.integers(2, 6)), 3))
    coloured = np.stack([np.interp(height, np.linspace(0, 1, len(stops)), stops[:, band]) for band in range(3)])
    down, right = np.gradient(height)
    shade = np.clip(0.5 + (down + right) * rng.uniform(5, 40), 0, 1)
    share = rng.choice((0.0, 0.5, 1.0))
    return np.clip(coloured * (1 - share) + shade * 255 * share, 0, 255).astype(np.uint8)


def page(rng: np.random.Generator) -> np.ndarray:
    """(3, S, S) uint8: text, a table, a chart or a window of a program."""
    image = Image.new("RGB", (SIDE, SIDE), _near(rng, (30, 32, 36) if rng.random() < 0.2 else (248, 248, 246), 8))
    draw = ImageDraw.Draw(image)
    ink = _near(rng, (60, 60, 60), 50)
    kind = int(rng.integers(4))
    if kind == 0:
        for y in range(6, SIDE, int(rng.integers(10, 18))):
            draw.text((8, y), _word(rng, int(rng.integers(10, 44))), fill=ink)
    elif kind == 1:
        for x in range(0, SIDE, int(rng.integers(25, 70))):
            draw.line([(x, 0), (x, SIDE)], fill=ink)
        for y in range(0, SIDE, int(rng.integers(12, 30))):
            draw.line([(0, y), (SIDE, y)], fill=ink)
            _names(rng, draw, 2, ink)
    elif kind == 2:
        for x in range(20, SIDE - 20, int(rng.integers(12, 40))):
            draw.rectangle([x, int(rng.integers(20, 200)), x + 10, 230], fill=_near(rng, (90, 130, 190), 90))
        draw.line([(float(x), float(y)) for x, y in zip(range(10, SIDE, 20), rng.uniform(20, 220, 13))], fill=ink, width=2)
        draw.line([(15, 10), (15, 235), (SIDE - 10, 235)], fill=ink)
    else:
        for _ in range(int(rng.integers(4, 20))):
            x, y, w, h = (*rng.integers(-20, SIDE, 2), *rng.integers(20, 140, 2))
            draw.rectangle([int(x), int(y), int(x + w), int(y + h)], fill=_near(rng, (200, 205, 212), 50), outline=ink)
        _names(rng, draw, 12, ink)
    return _bands(image)


def outdoors(rng: np.random.Generator, textures: Textures) -> np.ndarray:
    """(3, S, S) uint8: sky above a ground that runs to the horizon, with bodies that stand on it."""
    horizon = int(rng.uniform(0.15, 0.75) * SIDE)
    sky_top, sky_low = rng.uniform((60, 90, 130), (150, 180, 240)), rng.uniform((170, 180, 190), (240, 240, 250))
    down = np.linspace(0, 1, SIDE)[:, None, None]
    image = (sky_top * (1 - down) + sky_low * down) * np.ones((SIDE, SIDE, 1))
    clouds = np.clip(_scaled(fractal(rng, 1, 1.7))[0] - rng.uniform(0.3, 0.8), 0, 1)[..., None]
    image = image * (1 - clouds) + 250 * clouds
    texture = textures(rng).transpose(1, 2, 0).astype(np.float64)
    rows = np.arange(horizon, SIDE)
    depth = rng.uniform(10, 40) / (rows - horizon + 2)
    columns = (np.arange(SIDE)[None] - SIDE / 2) * depth[:, None] * rng.uniform(0.5, 3) + SIDE / 2
    ground = texture[(depth[:, None] * rng.uniform(60, 300) * np.ones(SIDE)).astype(int) % SIDE, columns.astype(int) % SIDE]
    image[horizon:] = ground
    picture = Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(0, 7))):
        _standing(rng, draw, horizon)
    return _lit(rng, picture)


def indoors(rng: np.random.Generator, textures: Textures) -> np.ndarray:
    """(3, S, S) uint8: bodies lit from one side before walls or a soft background."""
    image = np.ones((SIDE, SIDE, 3)) * rng.uniform(20, 230, 3)
    image += np.linspace(-1, 1, SIDE)[:, None, None] * rng.uniform(-60, 60)
    if rng.random() < 0.5:
        blurred = ndimage.gaussian_filter(textures(rng).transpose(1, 2, 0).astype(np.float64), (12, 12, 0))
        image = 0.5 * image + 0.5 * blurred
    rows, columns = np.mgrid[:SIDE, :SIDE].astype(np.float64)
    light = rng.uniform(-1, 1, 2)
    for _ in range(int(rng.integers(1, 7))):
        x, y, a, b = (*rng.uniform(0, SIDE, 2), *rng.uniform(15, 120, 2))
        turn = rng.uniform(0, np.pi)
        u = (np.cos(turn) * (columns - x) + np.sin(turn) * (rows - y)) / a
        v = (np.cos(turn) * (rows - y) - np.sin(turn) * (columns - x)) / b
        inside = (u**2 + v**2 < 1) if rng.random() < 0.6 else (np.abs(u) < 1) & (np.abs(v) < 1)
        shade = 0.7 + 0.35 * np.clip(u * light[0] + v * light[1], -1, 1)
        colour = rng.uniform(20, 240, 3)
        body = colour * shade[..., None]
        if rng.random() < 0.3:
            body = 0.5 * body + 0.5 * textures(rng).transpose(1, 2, 0) * shade[..., None]
        image = np.where(inside[..., None], body, image)
    return _lit(rng, Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)))


KINDS: Dict[str, Callable[..., np.ndarray]] = {
    "noise": noise, "smooth": smooth, "pattern": pattern, "map": drawn_map, "relief": relief, "page": page}
PHOTOGRAPHS: Dict[str, Callable[..., np.ndarray]] = {"outdoors": outdoors, "indoors": indoors}


def draw_one(rng: np.random.Generator, textures: Textures) -> np.ndarray:
    """(3, S, S) uint8 of a kind by chance. ``textures``: gives (3, S, S) uint8 tiles that surfaces are made of."""
    kinds = (*KINDS, *PHOTOGRAPHS, *PHOTOGRAPHS)
    kind = kinds[int(rng.integers(len(kinds)))]
    return KINDS[kind](rng) if kind in KINDS else PHOTOGRAPHS[kind](rng, textures)


_ANY: Tuple[_Colour, ...] = ((200, 230, 190), (170, 210, 225), (225, 222, 214), (240, 225, 190), (205, 190, 220), (120, 160, 110))
_ROADS: Tuple[_Colour, ...] = ((255, 255, 255), (252, 214, 164), (247, 250, 191), (235, 120, 110), (90, 95, 105))


def _near(rng: np.random.Generator, colour: Tuple[int, ...], spread: float) -> _Colour:
    r, g, b = (int(np.clip(value + rng.normal(0, spread), 0, 255)) for value in colour)
    return r, g, b


def _scaled(field: np.ndarray) -> np.ndarray:
    low, high = np.percentile(field, (2, 98))
    return np.asarray(np.clip((field - low) / max(high - low, 1e-9), 0, 1))


def _blob(rng: np.random.Generator, radius: float) -> list:
    corners = int(rng.integers(3, 14))
    x, y = rng.uniform(-20, SIDE + 20, 2)
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    reach = radius * rng.uniform(0.6, 1.3, corners)
    return [(float(x + r * np.cos(a)), float(y + r * np.sin(a))) for a, r in zip(angles, reach)]


def _word(rng: np.random.Generator, length: int) -> str:
    letters = "eeeeaaaiiooutnrslhdcm gpbfvkwy ABCDERST 0123456789"
    return "".join(letters[int(i)] for i in rng.integers(0, len(letters), length))


def _names(rng: np.random.Generator, draw: ImageDraw.ImageDraw, count: int, ink: _Colour) -> None:
    for _ in range(count):
        x, y = rng.integers(-20, SIDE - 20, 2)
        draw.text((int(x), int(y)), _word(rng, int(rng.integers(3, 14))), fill=_near(rng, ink, 20))


def _standing(rng: np.random.Generator, draw: ImageDraw.ImageDraw, horizon: int) -> None:
    """A house with windows, a tree or a post."""
    foot, x = int(rng.integers(horizon, SIDE)), int(rng.integers(0, SIDE))
    size = float(0.3 + (foot - horizon) / SIDE) * rng.uniform(60, 260)
    kind = int(rng.integers(3))
    if kind == 0:
        width = size * rng.uniform(0.5, 1.6)
        wall = _near(rng, (170, 150, 130), 50)
        draw.rectangle([x - width / 2, foot - size, x + width / 2, foot], fill=wall)
        step = max(6.0, size / rng.integers(3, 8))
        for top in np.arange(foot - size + step / 2, foot - step / 2, step):
            for left in np.arange(x - width / 2 + step / 3, x + width / 2 - step / 2, step):
                draw.rectangle([left, top, left + step / 2, top + step / 2], fill=_near(rng, (60, 70, 90), 30))
    else:
        draw.rectangle([x - size * 0.04, foot - size * 0.6, x + size * 0.04, foot], fill=_near(rng, (80, 60, 45), 20))
        if kind == 1:
            for _ in range(25):
                u, v = rng.normal(0, size * 0.16, 2)
                r = size * rng.uniform(0.05, 0.16)
                draw.ellipse([x + u - r, foot - size * 0.7 + v - r, x + u + r, foot - size * 0.7 + v + r],
                             fill=_near(rng, (60, 95, 45), 28))


def _lit(rng: np.random.Generator, picture: Image.Image) -> np.ndarray:
    blurred = picture.filter(ImageFilter.GaussianBlur(float(rng.choice((0.0, 0.6, 1.2, 2.5)))))
    pixels = np.asarray(blurred, np.float64) * rng.uniform(0.6, 1.2) + rng.normal(0, rng.uniform(0, 8), (SIDE, SIDE, 3))
    if rng.random() < 0.15:
        pixels = pixels.mean(2, keepdims=True).repeat(3, 2)
    return np.ascontiguousarray(np.clip(pixels, 0, 255).astype(np.uint8).transpose(2, 0, 1))


def _bands(image: Image.Image) -> np.ndarray:
    return np.ascontiguousarray(np.asarray(image.convert("RGB")).transpose(2, 0, 1))

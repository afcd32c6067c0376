"""What a scene consists of before any light falls on it: ground regions and standing objects, in pixels."""

from dataclasses import dataclass, field
from typing import List, Optional, Tuple

from PIL import Image

from .bank import Texture

BUILDING, PAVED, TREE, LOW, BARE, WATER = range(6)
UNKNOWN = 255


@dataclass
class Region:
    """A piece of ground. ``mask``: L image of the scene's size, None for all of it.

    ``cover`` None keeps what is below (paint, markings). Filled with ``texture`` at ``phase`` (seed of its offset and
    turn) or with the flat ``colour``; ``tone`` are gains per band.
    """

    cover: Optional[int]
    mask: Optional[Image.Image]
    texture: Optional[Texture] = None
    phase: int = 0
    tone: Tuple[float, float, float] = (1.0, 1.0, 1.0)
    colour: Tuple[int, int, int] = (0, 0, 0)
    height: float = 0.0


@dataclass
class Standing:
    """An object on the ground: ``image`` RGBA centred at (``x``, ``y``) pixels, ``height`` metres, label ``cover``.

    ``cover`` None keeps the ground's class (cars on asphalt).
    """

    x: float
    y: float
    image: Image.Image
    height: float
    cover: Optional[int]
    kind: str
    wall: Optional[Tuple[int, int, int]] = None


@dataclass
class World:
    """A scene of ``size`` pixels at ``gsd`` metres.

    ``marks``: things that are pieces of ground (a court, a pond): label and L mask of the scene's size.
    """

    size: int
    gsd: float
    regions: List[Region] = field(default_factory=list)
    standing: List[Standing] = field(default_factory=list)
    marks: List[Tuple[str, Image.Image]] = field(default_factory=list)

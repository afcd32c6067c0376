"""What a user's model says of itself: the metadata keys of the QGIS plugin Deepness and of Ultralytics' exports.

Read from the file without loading it. https://qgis-plugin-deepness.readthedocs.io, "Add metadata to model".
"""

import ast
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ..errors import UserModelRefused
from ..masks.graph_file import FLOAT, UINT8, GraphFile

SEGMENTOR, DETECTOR = "segmentor", "detector"
#: What the other kinds of Deepness's zoo do, which nothing here makes a layer of.
_OTHER = ("regressor", "recognition", "superresolution", "classifier")
#: Names of the class that is none.
_NOTHING = ("background", "_background_", "bg", "nothing", "none")
_TILE, _LARGEST_TILE = 512, 8192
_HALF_FLOAT = 10


@dataclass(frozen=True)
class Contract:
    """``kind``: ``SEGMENTOR`` or ``DETECTOR``. ``classes``: every channel's name, () unknown; ``wanted``: those that become
    polygons. ``gsd``: metres a pixel that it was trained on, None unknown. ``tile``: pixels of its square input.
    ``overlap``: of neighbouring tiles, share of a tile. ``mean``, ``deviation``: of each band, of values 0..1.
    ``threshold``: score from which a pixel or a box counts; ``smallest``: pixels of the smallest polygon. ``overlapping``:
    IoU from which of two boxes the lesser goes; ``across``: also if they are of different classes. ``boxes``: ``det_type``.
    """

    path: Path
    kind: str
    channels: int
    tile: int
    overlap: float = 0.15
    gsd: Optional[float] = None
    classes: Tuple[str, ...] = ()
    mean: Tuple[float, ...] = ()
    deviation: Tuple[float, ...] = ()
    threshold: float = 0.5
    smallest: int = 1
    overlapping: float = 0.45
    across: bool = False
    boxes: str = ""
    input_kind: int = FLOAT
    flexible: bool = False

    @property
    def name(self) -> str:
        """As results carry it."""
        return self.path.stem

    def label(self, channel: int) -> str:
        """The name of a channel."""
        return self.classes[channel] if channel < len(self.classes) else f"class {channel}"

    def wanted(self, channels: int) -> Tuple[int, ...]:
        """The channels that are something: all but a first one that is the background, or that has no name."""
        names = [name.strip().lower() for name in self.classes]
        if self.kind == DETECTOR or channels == 1:
            return tuple(range(channels))
        kept = tuple(i for i in range(channels) if i >= len(names) or names[i] not in _NOTHING)
        return kept if names else kept[1:]


def read_contract(path: Path) -> Contract:
    """The contract of the model at ``path``; milliseconds. Raises UserModelRefused with what it lacks."""
    graph = GraphFile.read(Path(path))
    if len(graph.inputs) != 1:
        raise _task(path, f"a model that looks at an image has one input, this has {sorted(graph.inputs)}")
    (port,) = graph.inputs.values()
    if len(port.shape) != 4 or port.kind not in (FLOAT, UINT8, _HALF_FLOAT):
        raise _task(path, f"its input is {port.shape}, expected a batch of images (1, bands, height, width)")
    channels, height, width = port.shape[1:]
    if channels not in (1, 3):
        raise _task(path, f"it reads {channels} bands; one or three, in the colours of the layer, can be given")
    metadata = graph.metadata
    kind = _kind(path, graph)
    sides = [side for side in (height, width) if isinstance(side, int) and side > 0]
    if len(set(sides)) > 1:
        raise _task(path, f"it reads images of {height} × {width} pixels, expected squares")
    tile = sides[0] if sides else int(_number(path, metadata, ("tile_size", "tiles_size"), _TILE, 16, _LARGEST_TILE))
    resolution = _number(path, metadata, ("resolution",), 0.0, 0.0, 1e7)
    mean, deviation = (_numbers(path, metadata, f"standardization_{key}", int(channels)) for key in ("mean", "std"))
    if bool(mean) != bool(deviation) or any(value <= 0 for value in deviation):
        raise _task(path, "standardization_mean and standardization_std do not fit each other")
    detects = kind == DETECTOR
    segment = _number(path, metadata, ("seg_small_segment",), 1, 0, 10_000)
    across = str(_value(metadata.get("det_remove_overlap", "false"))).lower() in ("true", "1")
    return Contract(
        path=Path(path), kind=kind, channels=int(channels), tile=tile,
        overlap=_number(path, metadata, ("tiles_overlap",), 15.0, 0.0, 90.0) / 100,
        gsd=resolution / 100 if resolution else None,
        classes=_classes(path, metadata), mean=mean, deviation=deviation,
        threshold=_number(path, metadata, ("det_conf",) if detects else ("seg_thresh",), 0.5, 0.0, 1.0),
        smallest=max(1, int(segment)) ** 2 if not detects else 1,
        overlapping=_number(path, metadata, ("det_iou_thresh",), 0.45, 0.0, 1.0), across=across,
        boxes=str(_value(metadata.get("det_type", ""))), input_kind=port.kind, flexible=not sides,
    )


def _kind(path: Path, graph: GraphFile) -> str:
    metadata = graph.metadata
    said = str(_value(metadata.get("model_type", ""))).strip().lower()
    if not said:
        # Ultralytics says what its models do in another word.
        said = {"detect": DETECTOR, "segment": DETECTOR}.get(metadata.get("task", ""), metadata.get("task", ""))
    rank = len(next(iter(graph.outputs.values())).shape)
    if not said:
        said = SEGMENTOR if rank == 4 else DETECTOR
    if said not in (SEGMENTOR, DETECTOR):
        known = "segmentors and detectors are run"
        raise _task(path, f"it is a {said}; {known}" if said in _OTHER else f"its model_type “{said[:40]}” is not known; {known}")
    if said == SEGMENTOR and (rank not in (0, 4) or len(graph.outputs) != 1):
        raise _task(path, "a segmentor gives one output of four dimensions (1, classes, height, width)")
    if said == DETECTOR and rank not in (0, 2, 3):
        raise _task(path, "a detector gives its boxes in two or three dimensions (1, boxes, values)")
    return said


def _classes(path: Path, metadata: Mapping[str, str]) -> Tuple[str, ...]:
    text = metadata.get("class_names", metadata.get("names", ""))
    if not text:
        return ()
    found = _value(text)
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], dict):
        found = found[0]
    if isinstance(found, list):
        found = dict(enumerate(found))
    try:
        numbered = {int(key): str(value).strip()[:80] for key, value in found.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise _task(path, "its class_names are no numbers with names") from error
    if set(numbered) != set(range(len(numbered))) or len(numbered) > 10_000:
        raise _task(path, "its class_names leave out a number")
    names: List[str] = []
    for _, name in sorted(numbered.items()):
        # Two classes of one name would become one layer.
        names.append(name if name and name not in names else f"{name} {len(names)}".strip())
    return tuple(names)


def _number(
    path: Path, metadata: Mapping[str, str], keys: Tuple[str, ...], default: float, low: float, high: float
) -> float:
    text = next((metadata[key] for key in keys if key in metadata), None)
    if text is None:
        return default
    try:
        value = float(_value(text))
    except (TypeError, ValueError) as error:
        raise _task(path, f"its {keys[0]} is no number") from error
    if not math.isfinite(value) or not low <= value <= high:
        raise _task(path, f"its {keys[0]} is {value:g}, expected {low:g} to {high:g}")
    return value


def _numbers(path: Path, metadata: Dict[str, str], key: str, count: int) -> Tuple[float, ...]:
    if key not in metadata:
        return ()
    try:
        values = tuple(float(value) for value in _value(metadata[key]))
    except (TypeError, ValueError) as error:
        raise _task(path, f"its {key} is no list of numbers") from error
    if len(values) != count or not all(map(math.isfinite, values)):
        raise _task(path, f"its {key} has {len(values)} numbers for {count} bands")
    return values


def _value(text: str) -> Any:
    """JSON, as the plugin writes it, or a Python literal, as Ultralytics does; else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return text


def _task(path: Path, reason: str) -> UserModelRefused:
    return UserModelRefused(str(path), "task", reason)

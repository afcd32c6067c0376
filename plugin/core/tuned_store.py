"""Where tuned classes are kept: a folder of the user's QGIS profile, one file each."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple

from qgis.core import QgsApplication

from ...models.errors import TerralogueError
from .messages import sentence


def folder() -> Path:
    """The folder; it need not be there yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "terralogue" / "classes"


@dataclass(frozen=True)
class Kept:
    """One file. ``label``: its class, "" if it cannot be used, and ``problem`` says why; ``iou``: 0..1, None unknown."""

    path: Path
    label: str
    layer: str = ""
    date: str = ""
    iou: Optional[float] = None
    problem: str = ""


def kept(place: Optional[Path] = None, model: Optional[str] = None) -> Tuple[Kept, ...]:
    """All files in ``place`` (None: the profile's folder), damaged ones too; ``model``: digest they must fit, None: any.

    Needs numpy. Any thread.
    """
    from ...models.tuned.tuned_class import ENDING, TunedClass

    found: List[Kept] = []
    for path in sorted((place or folder()).glob(f"*{ENDING}")):
        if path.name.startswith("."):
            continue
        try:
            about = TunedClass.load(path, model).about
        except TerralogueError as error:
            found.append(Kept(path, "", problem=sentence(error)))
            continue
        iou = about.held_out.get("iou")
        found.append(Kept(path, about.label, about.layer, about.date[:10], iou if isinstance(iou, float) else None))
    return tuple(found)


def path_of(label: str, place: Optional[Path] = None) -> Path:
    """The file of the class ``label``, whose name holds letters, spaces, hyphens and apostrophes only."""
    from ...models.tuned.tuned_class import ENDING

    return (place or folder()) / (label.replace(" ", "_") + ENDING)


def remove(path: Path) -> None:
    """Delete one file of the store. Raises OSError."""
    os.remove(path)

"""What the list of models shows: the shipped one, those of the catalogue, and those that the user brought besides."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, List, Optional, Sequence

from qgis.PyQt.QtCore import QLocale

from ...core.messages import tr

if TYPE_CHECKING:
    from ....models.catalog.entries import Entry
    from ....models.catalog.store import Installed, ModelStore

SHIPPED_STATE, INSTALLED, BROKEN, BEGUN, DOWNLOADABLE, IMPORTABLE = (
    "shipped", "installed", "broken", "begun", "downloadable", "importable")


@dataclass(frozen=True)
class ModelRow:
    """One line. ``kind`` "" for the shipped model, which does every job. ``begun``: bytes that a paused download left."""

    kind: str
    title: str
    state: str
    size: int
    licence: str = ""
    entry: "Optional[Entry]" = None
    installed: "Optional[Installed]" = None
    begun: int = 0

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.kind}/{self.installed.key if self.installed else self.entry.id if self.entry else ''}"


def rows(store: "ModelStore", entries: "Sequence[Entry]", shipped_size: int) -> List[ModelRow]:
    """The shipped model first, then by kind what is here, then what could be."""
    from ....models.catalog.entries import KINDS
    from ....models.catalog.fetching import begun

    found = [ModelRow("", "Terralogue Nano", SHIPPED_STATE, shipped_size, "GPL-2.0-or-later")]
    known = {entry.id: entry for entry in entries}
    for kind in KINDS:
        here = store.installed(kind)
        for one in here:
            state = BROKEN if one.problem else INSTALLED
            found.append(ModelRow(kind, one.title, state, one.size, one.licence, known.get(one.entry), one))
        taken = {one.entry for one in here}
        for entry in entries:
            if entry.kind != kind or entry.id in taken:
                continue
            left = begun(entry, store) if entry.downloadable else 0
            state = BEGUN if left else DOWNLOADABLE if entry.downloadable else IMPORTABLE
            found.append(ModelRow(kind, entry.title, state, entry.size, entry.licence, entry, None, left))
    return found


def state_text(row: ModelRow) -> str:
    """The state in words."""
    if row.state == BEGUN and row.size:
        return tr("{share} % downloaded").format(share=QLocale().toString(100 * row.begun / row.size, "f", 0))
    return {
        SHIPPED_STATE: tr("Shipped"), INSTALLED: tr("Installed"), BROKEN: tr("Cannot be used"), BEGUN: tr("Begun"),
        DOWNLOADABLE: tr("To download"), IMPORTABLE: tr("To import"),
    }[row.state]


def kind_text(kind: str) -> str:
    """What models of ``kind`` are for."""
    return {
        "": tr("Shipped with the plugin"), "masks": tr("Outlines of what is pointed at"),
        "encoders": tr("Search and class words"), "words": tr("Conversation"),
    }[kind]


def job_text(job: str) -> str:
    """A job as it stands before its choice of models."""
    return {
        "masks": tr("Outline what is pointed at"), "classify": tr("Compare class words"),
        "search": tr("Search indexes"), "words": tr("Converse"),
    }[job]


def size_text(size: int) -> str:
    """Bytes as megabytes or gigabytes; "" unknown."""
    if size <= 0:
        return ""
    value, unit = (size / 1e9, tr("{size} GB")) if size >= 1e9 else (size / 1e6, tr("{size} MB"))
    digits = 0 if value >= 100 else 1
    return unit.format(size=QLocale().toString(value, "f", digits))

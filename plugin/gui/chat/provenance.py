"""What ran, on what, for how long: the fold-out under an answer."""

import json
from typing import Any, Dict

from qgis.PyQt.QtCore import QCoreApplication, QLocale
from qgis.PyQt.QtWidgets import QFormLayout, QWidget

from ...core.running_on import device_name
from .plain_label import PlainLabel
from .quiet_label import QuietLabel
from .visible_text import one_line
from .voice_text import voice_text

#: Letters of a value.
LONGEST = 300


def title_of(key: str) -> str:
    """The label of a provenance key; unknown keys are shown as they are."""
    titles = {
        "model": QCoreApplication.translate("Provenance", "Model"),
        "digest": QCoreApplication.translate("Provenance", "Digest"),
        "provider": QCoreApplication.translate("Provenance", "Ran on"),
        "fallback": QCoreApplication.translate("Provenance", "Why on nothing faster"),
        "sources": QCoreApplication.translate("Provenance", "Sources"),
        "times": QCoreApplication.translate("Provenance", "Times"),
        "gsd": QCoreApplication.translate("Provenance", "Working pixel size"),
        "version": QCoreApplication.translate("Provenance", "Terralogue"),
        "threshold": QCoreApplication.translate("Provenance", "Threshold"),
        "seconds": QCoreApplication.translate("Provenance", "Duration"),
        "voice": QCoreApplication.translate("Provenance", "Worded by"),
        "taken": QCoreApplication.translate("Provenance", "Understood as"),
        "insisted": QCoreApplication.translate("Provenance", "Answered because of “anyway”"),
        "unchecked": QCoreApplication.translate("Provenance", "Not checked to be imagery"),
        "unreadable": QCoreApplication.translate("Provenance", "Unreadable pixels"),
    }
    return titles.get(key, key.replace("_", " ").capitalize())


def value_text(key: str, value: Any) -> str:
    """A value for reading."""
    if value is None or value == "" or value == [] or value == {}:
        return "–"
    if value is True:
        return QCoreApplication.translate("Provenance", "yes")
    if key == "seconds" and isinstance(value, (int, float)):
        return QLocale().toString(float(value), "f", 1) + " s"
    if key == "gsd" and isinstance(value, (int, float)):
        return QLocale().toString(float(value), "f", 2) + " m"
    if key == "provider":
        return device_name(str(value))
    if key == "voice":
        return voice_text(value)
    if key == "taken" and isinstance(value, dict):
        return ", ".join(f"{said} → {meant}" for said, meant in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text("", part) for part in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return QLocale().toString(value, "g", 6)
    return str(value)


class Provenance(QWidget):
    """Keys and values, selectable."""

    def __init__(self, provenance: Dict[str, Any], parent=None) -> None:
        super().__init__(parent)
        layout = QFormLayout(self)
        layout.setContentsMargins(18, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for key, value in provenance.items():
            if not value or (isinstance(value, (list, tuple)) and not any(value)):
                continue
            label = PlainLabel(one_line(value_text(str(key), value), LONGEST), selectable=True)
            label.setFont(QuietLabel("").font())
            layout.addRow(QuietLabel(title_of(one_line(str(key), 40))), label)

"""The picture on every button that starts pointing."""

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

_FILE = Path(__file__).resolve().parents[3] / "resources" / "icons" / "point_at.svg"


def point_icon() -> QIcon:
    """An outlined thing under a pointer."""
    return QIcon(str(_FILE))

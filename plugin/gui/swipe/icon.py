"""The picture on every button that starts the swipe."""

from pathlib import Path

from qgis.PyQt.QtGui import QIcon

_FILE = Path(__file__).resolve().parents[3] / "resources" / "icons" / "swipe.svg"


def swipe_icon() -> QIcon:
    """A picture parted by a line."""
    return QIcon(str(_FILE))

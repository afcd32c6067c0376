"""The first start with nothing installed: the panel says so, Cancel leaves nothing, one click installs, questions open."""

import json
import os
import sys

sys.path.insert(0, json.loads(os.environ["TERRALOGUE_JOB"])["tests"])

from driver import Drive, Failed, until  # noqa: E402
from panel_steps import arrange_window, install  # noqa: E402
from qgis.PyQt.QtWidgets import QDockWidget  # noqa: E402
from qgis.utils import iface  # noqa: E402


def first_start(drive: Drive):
    """Open the panel, find the card, press its button."""
    yield from arrange_window()
    drive.plugin().desktop.action.trigger()
    dock = iface.mainWindow().findChild(QDockWidget, "TerralogueDock")
    yield until(lambda: dock.panel is not None, 10, "the panel")
    card = dock.panel.conversation.packages.card
    if card is None:
        raise Failed("the packages are missing, and the panel does not say so")
    drive.result["asked"] = card.button.text()
    yield 0.7
    drive.picture("missing.png")
    packages = dock.panel.conversation.packages
    drive.click(card.button)
    drive.click(card.stop_button)
    yield until(lambda: packages.task is None, 60, "the installation to be cancelled")
    drive.result["after_cancel"] = [card.label.text(), card.button.isEnabled(), packages.card is card]
    yield from install(drive, dock.panel, card)
    drive.picture("installed.png")
    drive.result["ready"] = dock.panel.session.service.ready()[0]


DRIVE = Drive(first_start)

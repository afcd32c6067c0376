"""The plugin's lines in QGIS's log panel, without the folders of the user's files or what URLs carry along."""

import re
import traceback

from qgis.core import Qgis, QgsMessageLog

TAG = "Terralogue"

_URL = re.compile(r"\b([a-z][a-z0-9+.-]*://)(?:[^\s/@]*@)?([^\s/?#'\"]+)[^\s'\"]*", re.IGNORECASE)
# A path ends at a quote, a line end, or before what cannot be part of one; its last part is kept as the file name.
_PATH = re.compile(r"(?:(?<![\w.:/\\])(?:/|~/)|\b[A-Za-z]:[\\/]|\\\\)(?:[^\\/:*?\"'<>|\n\r\t]+[\\/])+")


def redact(text: str) -> str:
    """``text`` with every folder cut down to "…/" and every URL to its host. Any thread."""
    text = _URL.sub(lambda match: match.group(1) + match.group(2) + "/…", text)
    return _PATH.sub("…/", text)


def info(text: str) -> None:
    """One English line for the curious. Any thread."""
    QgsMessageLog.logMessage(redact(text), TAG, Qgis.MessageLevel.Info, False)


def warning(text: str) -> None:
    """One English line about something that went on with less. Any thread."""
    QgsMessageLog.logMessage(redact(text), TAG, Qgis.MessageLevel.Warning, False)


def error(exception: BaseException, doing: str = "") -> None:
    """The cause of a failure with its traceback. Any thread."""
    lines = traceback.format_exception(type(exception), exception, exception.__traceback__)
    head = f"While {doing}: " if doing else ""
    QgsMessageLog.logMessage(redact(head + "".join(lines)), TAG, Qgis.MessageLevel.Critical, False)

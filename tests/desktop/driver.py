"""Drives a running QGIS desktop the way a user does: mouse, keys, dialogs; one step after another without blocking it.

A job is a generator. ``yield 0.5`` waits half a second; ``yield until(condition, seconds, what)`` waits for a condition.
Runs inside QGIS, on its main thread.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox
from qgis.utils import iface, plugins

JOB = json.loads(os.environ["TERRALOGUE_JOB"])
OUT = Path(JOB["out"])

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Failed(Exception):
    """Something a user would have waited for in vain."""


def until(condition, seconds: float, what: str):
    """A wait for ``condition()``; the job fails if it is still false after ``seconds``."""
    return condition, seconds, what


class Drive:
    """Runs ``job(drive)``, writes ``result.json`` and ends QGIS. ``result``: what the job found out (JSON-able)."""

    def __init__(self, job) -> None:
        self.result = {"python_errors": []}
        self.started = time.monotonic()
        self.job = job(self)
        self.pending, self.deadline = None, 0.0
        self._watch_errors()
        self.timer = QTimer()
        self.timer.timeout.connect(self._tick)
        QTimer.singleShot(1500, lambda: self.timer.start(40))

    def click(self, widget) -> None:
        """Press and release the left button in the middle of ``widget``, which must be seen and usable."""
        if not (widget.isVisible() and widget.isEnabled()):
            raise Failed(f"{widget.objectName() or type(widget).__name__} cannot be clicked")
        QTest.mouseClick(widget, LEFT, NO_KEYS)

    def drag(self, canvas, start: QPoint, end: QPoint) -> None:
        """Drag over the map with the left button, by way of a few points between."""
        view = canvas.viewport()
        QTest.mouseMove(view, start)
        QTest.mousePress(view, LEFT, NO_KEYS, start)
        for step in range(1, 6):
            QTest.mouseMove(view, start + (end - start) * step / 5)
        QTest.mouseRelease(view, LEFT, NO_KEYS, end)

    def export_dialog(self, path: Path) -> None:
        """Answer the next export dialog with ``path``; call before the click that opens it, which waits for the answer."""
        end = time.monotonic() + 60

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            place = dialog.findChild(QgsFileWidget) if dialog is not None else None
            if place is None or not dialog.isVisible():
                if time.monotonic() < end:
                    QTimer.singleShot(100, answer)
                return
            place.lineEdit().setText(str(path))
            save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
            if save.isEnabled():
                self.click(save)
            else:
                dialog.reject()
                raise Failed(f"the dialog does not take {path}")

        QTimer.singleShot(100, answer)

    def picture(self, name: str) -> Path:
        """A PNG of QGIS's window as it is seen."""
        path = OUT / name
        window = iface.mainWindow()
        QApplication.primaryScreen().grabWindow(window.winId()).save(str(path))
        return path

    def say(self, text: str) -> None:
        """One line of progress, with the seconds since the start; launch.py hands it on to the terminal."""
        with (OUT / "progress.txt").open("a", encoding="utf-8") as file:
            file.write(f"{time.monotonic() - self.started:6.1f} s  {text}\n")

    def plugin(self):
        """The plugin object; fails if QGIS did not load it."""
        if "terralogue" not in plugins:
            raise Failed(f"QGIS did not load the plugin; loaded: {sorted(plugins)}")
        return plugins["terralogue"]

    def _watch_errors(self) -> None:
        """Every uncaught exception and every error line of Python or of the plugin in QGIS's log is kept."""
        errors = self.result["python_errors"]

        def hook(kind, value, trace) -> None:
            errors.append("".join(traceback.format_exception(kind, value, trace)))

        sys.excepthook = hook

        def logged(text: str, tag: str, level) -> None:
            if tag in ("Python", "Python error", "Terralogue") and level in (
                Qgis.MessageLevel.Critical,
                *((Qgis.MessageLevel.Warning,) if tag != "Terralogue" else ()),
            ):
                errors.append(f"{tag}: {text}")

        QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(logged)

    def _tick(self) -> None:
        try:
            if self.pending is not None:
                condition, what = self.pending
                if not condition():
                    if time.monotonic() > self.deadline:
                        raise Failed(f"waited in vain for: {what}")
                    return
                self.pending = None
            wanted = next(self.job)
            condition, seconds, what = wanted if isinstance(wanted, tuple) else (None, wanted, "")
            if condition is None:
                end = time.monotonic() + seconds
                condition, seconds = (lambda: time.monotonic() >= end), seconds + 60
            self.pending, self.deadline = (condition, what), time.monotonic() + seconds
        except StopIteration:
            self._end()
        except Exception:
            self.result["error"] = traceback.format_exc()
            self._end()

    def _end(self) -> None:
        """Leave QGIS by its own door; what the plugin does wrong while unloading shows in QGIS's exit code."""
        self.timer.stop()
        if self.result.get("error"):
            self.picture("failed.png")
        (OUT / "result.json").write_text(json.dumps(self.result, indent=1, default=str), encoding="utf-8")
        QgsProject.instance().clear()  # layers in /tmp count as temporary and would raise a question at the exit
        QgsProject.instance().setDirty(False)
        QTimer.singleShot(0, lambda: iface.actionExit().trigger())

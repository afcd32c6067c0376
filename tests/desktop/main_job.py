"""The main job, done by hand in a real QGIS: region, questions, a mask as layer, exports, two dates (``make run``)."""

import json
import os
import sys

sys.path.insert(0, json.loads(os.environ["TERRALOGUE_JOB"])["tests"])

from pathlib import Path  # noqa: E402

from driver import JOB, OUT, Drive, Failed, until  # noqa: E402
from panel_steps import arrange_window, ask, keep_and_export, open_panel  # noqa: E402
from qgis.PyQt.QtCore import QPoint  # noqa: E402
from qgis.utils import iface  # noqa: E402

QUESTIONS = ("What is here?", "How many buildings are there?", "Where is the water?", "Segment the buildings")
CHANGES = ("What changed?", "How many buildings were added?")


def main(drive: Drive):
    """The whole job; ``drive.result`` and OUT/answers.txt hold what came of it."""
    before, after = scene()
    drive.plugin()
    yield from arrange_window()
    layer = iface.addRasterLayer(str(before), before.stem)
    if layer is None or not layer.isValid():
        raise Failed(f"QGIS cannot open {before}")
    canvas = iface.mapCanvas()
    canvas.setExtent(layer.extent())
    canvas.refresh()
    yield until(lambda: not canvas.isDrawing(), 60, "the map to be drawn")
    panel = yield from open_panel(drive)

    drive.click(panel.region_bar.buttons["rectangle"])
    width, height = canvas.viewport().width(), canvas.viewport().height()
    drive.drag(canvas, QPoint(int(width * 0.28), int(height * 0.12)), QPoint(int(width * 0.72), int(height * 0.88)))
    yield until(lambda: panel.region.region is not None, 5, "the region that was drawn")

    for question in QUESTIONS:
        yield from ask(drive, panel, question)
    exchange = panel.session.exchanges[-1]
    if exchange.features is not None and exchange.features.features:
        yield from keep_and_export(drive, panel, exchange, "buildings")
    drive.picture("answer.png")

    if after is not None:
        second = iface.addRasterLayer(str(after), after.stem)
        yield until(lambda: not canvas.isDrawing(), 60, "the second date to be drawn")
        drive.click(panel.source_bar.compare)
        panel.source_bar.dates.choose(layer, second)
        drive.click(panel.region_bar.clear_button)
        for question in CHANGES:
            yield from ask(drive, panel, question)
        exchange = panel.session.exchanges[-len(CHANGES)]
        if exchange.features is not None and exchange.features.features:
            yield from keep_and_export(drive, panel, exchange, "changes")
    yield 1.0
    yield until(lambda: not canvas.isDrawing(), 60, "the map to be drawn")
    drive.result["picture"] = str(drive.picture("panel.png"))
    write_answers(drive, before, after)


def scene() -> tuple:
    """The rasters to ask about: the user's, else the sample that the plugin ships, else one made up on the spot."""
    if JOB["before"]:
        return Path(JOB["before"]), Path(JOB["after"]) if JOB["after"] else None
    sample = Path(JOB["root"]) / "resources" / "sample"
    if (sample / "before.tif").exists():
        return sample / "before.tif", sample / "after.tif"
    from made_scene import write_scene

    return write_scene(OUT / "scene")


def write_answers(drive: Drive, before: Path, after) -> None:
    """The conversation as text, for the terminal."""
    lines = [f"Scene: {before.name}" + (f" → {after.name}" if after else "")]
    for answer in drive.result["answers"]:
        lines += ["", f"> {answer['question']}", answer["answer"].strip()]
    for name, found in drive.result.get("exports", {}).items():
        lines += ["", f"{name}: layer “{found['layer']}” with {found['features']} objects → {name}.shp, {name}.gpkg"]
    (OUT / "answers.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


DRIVE = Drive(main)

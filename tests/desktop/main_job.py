"""The main job, done by hand in a real QGIS: region, questions, a mask as layer, exports, two dates (``make run``)."""

import json
import os
import sys

sys.path.insert(0, json.loads(os.environ["TERRALOGUE_JOB"])["tests"])

from pathlib import Path  # noqa: E402

from driver import JOB, OUT, Drive, Failed, until  # noqa: E402
from panel_steps import arrange_window, ask, fill_map, fold_rasters, hide_layer, keep_and_export, open_panel  # noqa: E402
from qgis.PyQt.QtCore import QPoint  # noqa: E402
from qgis.utils import iface  # noqa: E402

QUESTIONS = ("What is here?", "How many buildings are there?", "Where is the water?", "Segment the buildings")
CHANGES = ("What changed?", "How many buildings were added?")
#: From so many objects on, the last answer fills the picture alone.
ENOUGH = 5
#: How one asks for a cover of the facts in the plural.
WORDS = {"building": "buildings", "tree": "trees", "paved": "paved ground", "bare": "bare ground"}


def main(drive: Drive):
    """The whole job; ``drive.result`` and OUT/answers.txt hold what came of it."""
    before, after = scene()
    drive.plugin()
    yield from arrange_window()
    first = add_raster(before)
    panel = yield from open_panel(drive)
    yield from fill_map(first.extent())
    yield from one_date(drive, panel)
    drive.picture("answer.png")
    if after is not None:
        yield from two_dates(drive, panel, first, add_raster(after))
    drive.result["picture"] = str(drive.picture("panel.png"))
    write_answers(drive, before, after)


def one_date(drive: Drive, panel):
    """Draw a region, ask about it, keep what was outlined as a layer and as files."""
    canvas = iface.mapCanvas()
    drive.click(panel.region_bar.buttons["rectangle"])
    width, height = canvas.viewport().width(), canvas.viewport().height()
    drive.drag(canvas, QPoint(int(width * 0.04), int(height * 0.04)), QPoint(int(width * 0.96), int(height * 0.96)))
    yield until(lambda: panel.region.region is not None, 5, "the region that was drawn")
    for question in QUESTIONS:
        yield from ask(drive, panel, question)
    exchange, name = panel.session.exchanges[-1], "buildings"
    if not found_any(exchange):  # no building on this imagery: outline what there is most of
        cover = most_common(panel.session.exchanges[0].facts)
        if cover:
            name = WORDS.get(cover, cover)
            yield from ask(drive, panel, f"Segment the {name}")
            exchange = panel.session.exchanges[-1]
    if found_any(exchange):
        yield from keep_and_export(drive, panel, exchange, name.replace(" ", "_"))
    yield from settled()


def two_dates(drive: Drive, panel, first, second):
    """Compare, keep the changes as a layer and as files; if the last answer found enough, leave only it on the map."""
    if panel.region.region is not None:
        drive.click(panel.region_bar.clear_button)
    yield from fill_map(second.extent())
    drive.click(panel.source_bar.compare)
    panel.source_bar.dates.choose(first, second)
    for question in CHANGES:
        yield from ask(drive, panel, question)
        exchange = panel.session.exchanges[-1]
        if question == CHANGES[0] and found_any(exchange):
            yield from keep_and_export(drive, panel, exchange, "changes")
    last = panel.session.exchanges[-1]
    for kept in filter(None, (exchange.keeping.layer for exchange in panel.session.exchanges)):
        if kept.customProperty("terralogue/result") != "change" or (found_any(last) and len(last.features.features) >= ENOUGH):
            hide_layer(kept)
    yield from settled()


def settled():
    """What was added is drawn and in the legend, the panel has scrolled to its end."""
    fold_rasters()
    yield 1.0
    yield until(lambda: not iface.mapCanvas().isDrawing(), 60, "the map to be drawn")
    yield 1.0


def add_raster(path: Path):
    """The raster as a layer of the project."""
    layer = iface.addRasterLayer(str(path), path.stem)
    if layer is None or not layer.isValid():
        raise Failed(f"QGIS cannot open {path}")
    return layer


def found_any(exchange) -> bool:
    """Whether the answer points at anything."""
    return exchange.features is not None and bool(exchange.features.features)


def most_common(facts: dict) -> str:
    """The cover with the most pixels in the facts of a view, "" without any."""
    covers = {name: cover.get("pixels", 0) for name, cover in facts.get("covers", {}).items()}
    return max((name for name in covers if covers[name]), key=covers.get, default="")


def scene() -> tuple:
    """The rasters to ask about: the user's, else the sample that the plugin ships."""
    if JOB["before"]:
        return Path(JOB["before"]), Path(JOB["after"]) if JOB["after"] else None
    sample = Path(JOB["root"]) / "resources" / "sample"
    return sample / "before.tif", sample / "after.tif"


def write_answers(drive: Drive, before: Path, after) -> None:
    """The conversation as text for the terminal, and as JSON with the facts behind every number."""
    answers, exports = drive.result["answers"], drive.result.get("exports", {})
    lines = [f"Scene: {before.name}" + (f" → {after.name}" if after else "")]
    for answer in answers:
        lines += ["", f"> {answer['question']}", answer["answer"].strip()]
    for name, found in exports.items():
        lines += ["", f"{name}: layer “{found['layer']}” with {found['features']} objects → {name}.shp, {name}.gpkg"]
    (OUT / "answers.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    record = {"before": str(before), "after": str(after or ""), "answers": answers, "exports": exports}
    (OUT / "answers.json").write_text(json.dumps(record, indent=1, ensure_ascii=False, default=str), encoding="utf-8")


DRIVE = Drive(main)

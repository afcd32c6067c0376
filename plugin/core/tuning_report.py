"""The report of a tuning as a page of HTML: what was learned from what, and the figures before and after."""

from html import escape
from typing import Any, Dict, List, Tuple

from .messages import tr


def html_of(report: Dict[str, Any]) -> str:
    """A page without scripts and links; every text in it is escaped."""
    after, before, run = report["after"], report["before"], report["run"]
    so_far = tr("declined") if before["declined"] else tr("taken for {cover}").format(cover=", ".join(before["meant"]))
    rows: List[Tuple[str, str, str, str]] = [
        (tr("Presence and number right, by tile"), so_far, _share(before["vqa_constant"]), _share(after["vqa"])),
        (tr("Presence right"), so_far, _share(after["presence_constant"]), _share(after["presence"])),
        (tr("Number right"), so_far, _share(after["count_constant"]), _share(after["count"])),
        (tr("Number right to one"), so_far, "", _share(after["count_near"])),
        (tr("Overlap of ground (intersection over union)"), so_far, "", _share(after["iou"])),
        (tr("Of the ground marked, right"), so_far, "", _share(after["precision"])),
        (tr("Of the ground there, found"), so_far, "", _share(after["recall"])),
    ]
    facts: List[Tuple[str, Any]] = [
        (tr("Class"), report["class"]), (tr("Asked for as"), ", ".join(report["words"])), (tr("Polygons"), report["layer"]),
        (tr("Raster"), report["raster"]), (tr("Pixel size (m)"), f"{run['gsd']:.3g}"), (tr("Model"), report["model"]),
        (tr("Date"), report["date"]), (tr("Polygons used"), run["polygons"]),
        (tr("Tiles to learn, choose and measure"), " / ".join(str(n) for n in run["tiles"].values())),
        (tr("Minutes"), run["minutes"]), (tr("Threshold"), report["threshold"]), (tr("Seed"), run["seed"]),
    ]
    title = tr("Tuned: {name}").format(name=report["class"])
    head = (tr("On tiles that were held back"), tr("Before"), tr("Best answer without looking"), tr("After"))
    learned = tr("Learned from")
    note = tr("What touches counts as one. Blocks of ground that were measured on were not learned from.")
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        "<style>body{font-family:sans-serif;margin:2em}td,th{padding:.2em .8em;text-align:left}</style></head><body>"
        f"<h1>{escape(title)}</h1><table>{_row(head, 'th')}{''.join(_row(row) for row in rows)}</table>"
        f"<h2>{escape(learned)}</h2><table>{''.join(_row(fact) for fact in facts)}</table>"
        f"<p>{escape(note)}</p>"
        "</body></html>"
    )


def _row(cells: Tuple[Any, ...], kind: str = "td") -> str:
    return "<tr>" + "".join(f"<{kind}>{escape(str(cell))}</{kind}>" for cell in cells) + "</tr>"


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"

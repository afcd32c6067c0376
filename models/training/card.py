"""The model card: every figure on places left out, each beside its controls, thresholds picked on validation places.

Writes ``figures.json``, ``MODEL_CARD.md``, and the thresholds and errors of ``manifest.json``.
"""

import json
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np

from ..language.decoder import GRAPH
from ..vision import overhead
from ..vision.nano import Nano
from . import (
    change_measures,
    language_measures,
    measures,
    outlines,
    overhead_measures,
    thing_measures,
    told_cover_measures,
)
from .export import GRAPHS, export, write_manifest

LEVIR_GSD = 0.5
#: Things found worse than this on drawn scenes (F1) are not offered at all.
OFFERED = 0.4


def _concatenated(folders: List[Path]) -> measures.Tiles:
    parts = [measures.load(folder) for folder in folders]
    return measures.Tiles(*(np.concatenate([part[column] for part in parts]) for column in range(4)),
                          [name for part in parts for name in part.names])


def _every(tiles: measures.Tiles, step: int) -> measures.Tiles:
    return measures.Tiles(*(np.asarray(column[::step]) for column in tiles[:4]), tiles.names[::step])


def measure(nano: Nano, packed: Path, change_pairs: Path) -> Dict[str, Any]:
    """All figures of one model, without controls."""
    town = _concatenated([packed / f"{name}-validation" for name in
                          ("fair_zanzibar", "fair_banepa_z21", "fair_banepa_z19")])
    threshold = measures.best_threshold(nano, town, _every(measures.load(packed / "ucmerced-train"), 4))
    country = measures.load(packed / "fair_nairobi-test")
    aerial, satellite = measures.load(packed / "ucmerced-validation"), measures.load(packed / "eurosat_rgb-validation")
    crowns, plains = measures.load(packed / "neon_trees-validation"), measures.load(packed / "naip_series-validation")
    figures: Dict[str, Any] = {
        "thresholds": {"building": threshold},
        "building": {"unseen country": measures.building(nano, country, threshold),
                     "unseen parts of seen towns": measures.building(nano, town, threshold),
                     "outlined by eye, tiles left out":
                         measures.building(nano, measures.load(packed / "outlined-validation"), threshold)},
        "building, labels moved to where they fit best": {
            name: measures.building_moved(nano, tiles, threshold)
            for name, tiles in (("unseen country", country),
                                ("a seen town", measures.load(packed / "fair_zanzibar-validation")))},
        "building by ground sample distance": _by_gsd(nano, country, threshold),
        "false buildings": measures.false_buildings(nano, aerial, threshold),
        "scene": {"ucmerced": measures.scene_top1(nano, aerial),
                  "eurosat": measures.scene_top1(nano, satellite, factor=2)},
        "tree crowns": measures.cover_share(nano, crowns, "tree"),
        "water by NDWI": measures.cover_share(nano, plains, "water"),
        "dominant cover": {
            "Forest is tree": measures.dominant(nano, satellite, "Forest", ("tree",)),
            "SeaLake is water": measures.dominant(nano, satellite, "SeaLake", ("water",)),
            "AnnualCrop is field": measures.dominant(nano, satellite, "AnnualCrop", ("low vegetation", "bare")),
            "forest is tree": measures.dominant(nano, aerial, "forest", ("tree",)),
            "agricultural is field": measures.dominant(nano, aerial, "agricultural", ("low vegetation", "bare")),
            "parkinglot is paved": measures.dominant(nano, aerial, "parkinglot", ("paved",)),
            "beach is bare or water": measures.dominant(nano, aerial, "beach", ("bare", "water"))},
    }
    figures["change"] = _change(nano, change_pairs, threshold)
    figures["thresholds"]["change"] = figures["change"].pop("threshold")
    return figures


def _by_gsd(nano: Nano, tiles: measures.Tiles, threshold: float) -> Dict[str, Any]:
    rounded = np.round(tiles.gsd, 2)
    found = {}
    for gsd in np.unique(rounded):
        picked = np.flatnonzero(rounded == gsd)
        part = measures.Tiles(*(column[picked] for column in tiles[:4]), [tiles.names[index] for index in picked])
        found[f"{gsd:.2f} m"] = measures.building(nano, part, threshold)["iou"]
    return found


def _change(nano: Nano, folder: Path, threshold: float) -> Dict[str, Any]:
    """Real pairs, which validate: the threshold shipped is the best on all of them; the figure to believe is the one whose
    threshold was picked leaving each pair out, so that none judges its own.
    """
    pairs = measures.read_pairs(folder)
    scores = measures.change_scores(nano, pairs, LEVIR_GSD)
    steps = [round(0.05 * step, 2) for step in range(1, 17)]
    left_out = measures.PixelAgreement()
    for index, pair in enumerate(pairs):
        others = [k for k in range(len(pairs)) if k != index]
        best = max(steps, key=lambda step: measures.agreement_of(
            [scores[k] for k in others], [pairs[k] for k in others], step)["f1"])
        left_out.add(scores[index] >= best, pair.changed, np.ones(pair.changed.shape, bool))
    chosen = max(steps, key=lambda step: measures.agreement_of(scores, pairs, step)["f1"])
    return {"fixed threshold .5": measures.agreement_of(scores, pairs, 0.5),
            "threshold of these pairs": measures.agreement_of(scores, pairs, chosen),
            "threshold left one out": {"n": left_out.n, **left_out.figures()},
            "baselines f1": measures.change_baselines(nano, pairs, LEVIR_GSD, threshold), "threshold": chosen}


def things(nano: Nano, packed: Path, rendered: Path) -> Dict[str, Any]:
    """Things and masks: thresholds, figures on drawn scenes with the control of shuffled images, checks on real tiles."""
    folder = rendered / "validation"
    drawn = thing_measures.Drawn(nano, folder)
    found = thing_measures.detection(drawn)
    limits = {name: figures.pop("threshold") for name, figures in found.items()}
    limits = {name: limit for name, limit in limits.items() if found[name]["f1_50"] >= OFFERED}
    shuffled = thing_measures.detection(thing_measures.Drawn(nano, folder, control=thing_measures.anything))
    for name, figures in found.items():
        figures["f1_50 of shuffled images"] = shuffled.get(name, {"f1_50": 0.0})["f1_50"]
    mean = float(np.mean([figures["f1_50"] for figures in found.values()]))
    return {"thresholds": limits, "drawn things": {"mean f1_50": mean, **found},
            "masks by clicks on drawn things": thing_measures.clicks(drawn),
            "real tiles": thing_measures.real_presence(nano, measures.load(packed / "ucmerced-validation"), limits)}


def controls(nano: Nano, packed: Path, change_pairs: Path, threshold: float, change: float) -> Dict[str, Any]:
    """Building, scene and change figures under each control of the images, and with random weights."""
    country = measures.load(packed / "fair_nairobi-test")
    aerial, satellite = measures.load(packed / "ucmerced-validation"), measures.load(packed / "eurosat_rgb-validation")
    pairs = measures.read_pairs(change_pairs)

    def figures(model: Nano, control: measures.Control) -> Dict[str, float]:
        scores = measures.change_scores(model, pairs, LEVIR_GSD, control=control)
        if control is measures.shuffle:  # a pair has one distance and two images: shuffle the pairs' scores instead
            scores = scores[1:] + scores[:1]
        return {"building iou": measures.building(model, country, threshold, control)["iou"],
                "ucmerced top1": measures.scene_top1(model, aerial, control)["top1"],
                "eurosat top1": measures.scene_top1(model, satellite, control, factor=2)["top1"],
                "change f1": measures.agreement_of(scores, pairs, change)["f1"]}

    found = {name: figures(nano, control) for name, control in measures.CONTROLS.items() if name}
    with tempfile.TemporaryDirectory() as folder:
        export(Path(folder), Path(folder) / "random", random=True)
        found["random"] = figures(Nano.load(Path(folder) / "random"), measures.as_is)
    return found


def write_card(
    out: Path, packed: Path, rendered: Path, change_pairs: Path, run: Path, evaluation: Optional[Path] = None
) -> None:
    """Measure ``out``'s model and write its card, figures and manifest there. ``evaluation``: archive with road masks."""
    nano = Nano.load(out).with_change_thresholds({})
    figures = measure(nano, packed, change_pairs)
    if evaluation is not None:
        figures["roads, another sensor and country"] = {"paved": measures.roads(nano, evaluation / "eth_roads")}
        if (out / overhead.FILE).exists():
            figures["doubted to be taken from above"] = overhead_measures.doubted(out, nano, packed, evaluation)
    figures.update(_more_changes(nano, packed, rendered, change_pairs, figures["thresholds"]["change"]))
    single = things(nano, packed, rendered)
    limits = single.pop("thresholds")
    figures.update(single)
    picked = figures["thresholds"]
    figures["controls"] = controls(nano, packed, change_pairs, picked["building"], picked["change"])
    building = figures["building"]["unseen country"]
    write_manifest(out, {
        "thresholds": {**nano.thresholds, **figures["thresholds"], "change": 0.5},
        "change_thresholds": figures["change thresholds"], "thing_thresholds": limits,
        "thing_checks": {name: {"passed": found["passed"]} for name, found in single["real tiles"].items()},
        "errors": {cover: {name: round(found[name], 3) for name in ("iou", "precision", "recall")}
                   for cover, found in (("building", building), ("change", figures["change"]["threshold left one out"]))}})
    figures.update(_language(out, packed.parent))
    figures.update(_named_from_words(run))
    (out / "figures.json").write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
    template = (Path(__file__).parent / "card_template.md").read_text(encoding="utf-8")
    (out / "MODEL_CARD.md").write_text(template.format(
        tables=_tables(figures), log=_curve(run), megabytes=_megabytes(out), outlined=len(outlines.read())), encoding="utf-8")


def _more_changes(nano: Nano, packed: Path, rendered: Path, change_pairs: Path, building: float) -> Dict[str, Any]:
    """Thresholds by channel, changes on drawn pairs, windows of the real ones, and what light, place and sharpness alone do.

    ``nano``: without thresholds of its own; ``building``: what the real pairs gave.
    """
    learnt = measures.load(packed / "ucmerced-train")
    picked = change_measures.pick(nano, change_measures.Drawn.read(rendered / "train", 32), _every(learnt, 45), building)
    nano = nano.with_change_thresholds(picked)
    drawn = change_measures.Drawn.read(rendered / "validation")
    pairs = measures.read_pairs(change_pairs)
    found = change_measures.drawn_changes(nano, drawn)
    scores = measures.change_scores(nano, pairs, LEVIR_GSD)
    found["real pairs, windows, balanced accuracy"] = change_measures.real_windows(scores, pairs, 0.5)
    found["real pairs, windows, by the rule of the other ten"] = change_measures.real_windows_by_others(scores, pairs)
    few = _every(measures.load(packed / "ucmerced-validation"), 9)
    return {"change thresholds": picked, "change on drawn scenes": found,
            "land cover told beside the pixels, drawn pairs": told_cover_measures.told_cover(nano, drawn),
            "change of light, place and sharpness alone": change_measures.unmoved(nano, few, drawn)}


def _language(out: Path, work: Path) -> Dict[str, Any]:
    """What the chat answers with this model's decoder on the set of ``validation_set``; a reason where it was not asked."""
    if not (out / GRAPH).exists():
        return {}
    try:
        return language_measures.run(out, work)
    except FileNotFoundError as error:
        return {"language": {"not measured": str(error)}}


def _named_from_words(run: Path) -> Dict[str, Any]:
    """What ``contrast`` measured of this run's text tower, without the lists of phrases and classes."""
    path = run / "contrast-figures.json"
    if not path.exists():
        return {}
    known = json.loads(path.read_text())

    def plain(found: Dict[str, Any]) -> Dict[str, Any]:
        return {name: value for name, value in found.items() if isinstance(value, (int, float))}

    figures = {name: plain(known[name]) for name in ("ucmerced, two sizes", "ucmerced, one size", "eurosat", "words")}
    for control in ("shuffled pictures", "random weights"):
        figures.update({f"{name}, {control}": plain(known[control][name]) for name in ("ucmerced, two sizes", "eurosat")})
    return {"named from words": figures}


def _tables(figures: Dict[str, Any]) -> str:
    lines = []
    for title, value in figures.items():
        if title == "controls":
            continue
        lines += [f"### {title[0].upper()}{title[1:]}", "", "| | |", "|---|---|"]
        for name, figure in value.items():
            lines.append(f"| {name} | {_inline(figure)} |")
        lines.append("")
    lines += ["### Controls", "", "| control | building IoU | UC Merced top-1 | EuroSAT top-1 | change F1 |",
              "|---|---|---|---|---|"]
    plain = {"building iou": figures["building"]["unseen country"]["iou"],
             "ucmerced top1": figures["scene"]["ucmerced"]["top1"],
             "eurosat top1": figures["scene"]["eurosat"]["top1"],
             "change f1": figures["change"]["threshold of these pairs"]["f1"]}
    for name, row in {"none": plain, **figures["controls"]}.items():
        lines.append(f"| {name} | " + " | ".join(f"{row[key]:.3f}" for key in plain) + " |")
    return "\n".join(lines)


def _megabytes(out: Path) -> str:
    return f"{sum((out / name).stat().st_size for name in GRAPHS) / 1e6:.1f}"


def _inline(figure: Any) -> str:
    if isinstance(figure, dict):
        return ", ".join(f"{name} {_inline(value)}" for name, value in figure.items() if name != "curve")
    return str(figure) if isinstance(figure, (int, str)) else f"{figure:.3f}"


def _curve(run: Path) -> str:
    """Losses of the run: the encoder's, one line per 500 steps, then those of the cover head by itself, one per 100."""
    lines = ["| stage | step | cover loss | scene loss |", "|---|---|---|---|"]
    for stage, every in (("encoder", 500), ("covers", 100)):
        path = run / f"{stage}-log.jsonl"
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        kept: Dict[int, Dict[str, Any]] = {}
        for row in rows:
            kept.setdefault(int(row["step"]) // every, row)
        if rows:
            kept[10**9] = rows[-1]
        lines += [f"| {stage} | {row['step']} | {row['cover']} | {row.get('scene', '')} |" for row in kept.values()]
    return "\n".join(lines)

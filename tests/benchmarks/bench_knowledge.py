"""Knowledge bases on the archive's 638 tagged buildings: answers, citations, declining, features found by their looks, speed.

    python3 tests/benchmarks/bench_knowledge.py [--open /tmp/data/open] [--queries 200] [--part answers|without|looks|speed|all]

Prints one JSON object. Needs the open imagery (``../shared/data``) and, for looks, the packages of the embedded model.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from knowledge_questions import (  # noqa: E402
    HELD_OUT_ANSWERED,
    HELD_OUT_UNKNOWN,
    KIND,
    POINTED,
    REPORT,
    TUNING_ANSWERED,
    TUNING_UNKNOWN,
)

from terralogue.models.knowledge import answering, passages  # noqa: E402
from terralogue.models.knowledge.base import Base  # noqa: E402
from terralogue.models.knowledge.building import build  # noqa: E402
from terralogue.models.knowledge.material import Passage, Picture, Row, Source, plain  # noqa: E402
from terralogue.models.knowledge.retrieving import Where, features_at, features_by_picture  # noqa: E402
from terralogue.models.knowledge.wording import column_of, said  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("roof:material", "roof:shape", "green_roof", "building", "name", "amenity", "religion")
CRS = "EPSG:4326"


def buildings(folder):
    """(rows, columns) of the tagged buildings, boxes in degrees."""
    features = json.loads((folder / "fair_banepa_z19" / "osm_buildings.geojson").read_text(encoding="utf-8"))["features"]
    names = list(dict.fromkeys(key for feature in features for key in feature["properties"]))
    rows = []
    for number, feature in enumerate(features):
        shape = feature["geometry"]["coordinates"]
        ring = np.array(shape[0] if feature["geometry"]["type"] == "Polygon" else shape[0][0])
        box = (*map(float, ring.min(0)), *map(float, ring.max(0)))
        rows.append(Row(str(number), {key: plain(value) for key, value in feature["properties"].items()}, box, box))
    return rows, tuple(column_of(name) for name in names)


def sources(rows, columns, chips=None):
    """The buildings and the report."""
    told = [Passage(text, f"paragraph {number}") for number, text in enumerate(REPORT, 1)]
    return [
        Source("layer", "osm", "osm_buildings", CRS, columns, lambda cancel: rows, chips=chips, expected=len(rows)),
        Source("document", "report.md", "report.md", passages=lambda cancel: told),
    ]


def jittered(box, rng, shift=0.1, zooms=(0.7, 1.4)):
    """A rectangle that somebody draws around a box: moved by a tenth of it, smaller or larger."""
    x0, y0, x1, y1 = box
    wide, high, zoom = x1 - x0, y1 - y0, float(np.exp(rng.uniform(*np.log(zooms))))
    x = (x0 + x1) / 2 + shift * wide * rng.choice((-1, 1))
    y = (y0 + y1) / 2 + shift * high * rng.choice((-1, 1))
    return x - zoom * wide / 2, y - zoom * high / 2, x + zoom * wide / 2, y + zoom * high / 2


def valid_citations(base, answer):
    """Whether every [n] has its citation, every citation is used, and what is cited is in the base word for word."""
    numbers = {int(text) for text in re.findall(r"\[(\d+)\]", answer.text)}
    if numbers != {each.number for each in answer.citations} or not numbers:
        return False
    for each in answer.citations:
        source = next((s for s in base.sources.values() if s.key == each.key), None)
        if source is None:
            return False
        if (base.path, source.id) not in _FIDS:
            _FIDS[base.path, source.id] = {base.feature(id_).fid for id_ in base.features_of(source.id)}
        if not set(each.fids) <= _FIDS[base.path, source.id]:
            return False
        if each.kind == "document" and not any(each.text[:100] in chunk.text for chunk in base.chunks()):
            return False
    return True


_FIDS = {}


def attribute_questions(base, rows, columns, rng):
    """Attribute questions at a drawn rectangle, and by name; without a base: the most common value, and Nano."""
    from terralogue.models.errors import TerralogueError
    from terralogue.models.router import route

    asked, right, cited, constant, routed = 0, 0, 0, 0, 0
    balanced = []
    for column in columns:
        if column.name not in COLUMNS:
            continue
        values = {row.fid: said(row.values.get(column.name)) for row in rows}
        there = [row for row in rows if values[row.fid]]
        common = max(set(values.values()) - {""}, key=list(values.values()).count)
        by_value = {}
        for row in there:
            kind = column.name == "building"  # nobody asks for "the building of this building"
            text = KIND if kind else POINTED[int(rng.integers(len(POINTED)))].format(words=column.words)
            answer = answering.answer(base, text, Where(jittered(row.degrees, rng)))
            good = answer.value == values[row.fid]
            asked, right, constant = asked + 1, right + good, constant + (common == values[row.fid])
            cited += valid_citations(base, answer)
            by_value.setdefault(values[row.fid], []).append(good)
            try:
                routed += route(text, False, ()) is not None
            except TerralogueError:
                pass
        balanced.append((column.words, len(there), {k: (len(v), round(float(np.mean(v)), 3)) for k, v in by_value.items()}))
    named = [row for row in rows if row.values.get("name")]
    once = [row for row in named if [r.values["name"] for r in named].count(row.values["name"]) == 1]
    by_name = []
    for row in once:
        for column in columns:
            value = said(row.values.get(column.name))
            if column.name in COLUMNS and column.name != "name" and value:
                words = "kind of building" if column.name == "building" else column.words
                answer = answering.answer(base, f"What {'' if 'kind' in words else 'is the '}{words} "
                                                f"{'is' if 'kind' in words else 'of'} {row.values['name']}?")
                by_name.append(answer.value == value)
                cited += valid_citations(base, answer)
    counts = []
    for column in columns:
        if column.name in ("roof:material", "roof:shape"):
            texts = [said(row.values.get(column.name)) for row in rows]
            for value in set(texts) - {""}:
                answer = answering.answer(base, f"How many buildings have {column.words} {value}?")
                counts.append(answer.value == str(texts.count(value)))
                cited += valid_citations(base, answer)
    total = asked + len(by_name) + len(counts)
    return {
        "asked": total, "exact": round((right + sum(by_name) + sum(counts)) / total, 4),
        "at_a_place": [asked, round(right / asked, 4)], "by_name": [len(by_name), round(float(np.mean(by_name)), 4)],
        "counts": [len(counts), round(float(np.mean(counts)), 4)],
        "without_base_nano_routed": round(routed / asked, 4),
        "without_base_best_constant": round(constant / asked, 4), "valid_citations": round(cited / total, 4),
        "by_value": balanced,
    }


def without_base(folder, scratch, rows, columns, rng, number=24):
    """The same questions at a place put to Nano alone: how often the value is among its words at all."""
    from terralogue.models.assistant import Assistant, transcript
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import Question, Region, View
    from terralogue.models.engine import Engine

    source, engine = town(folder, scratch), Engine(ROOT / "resources", scratch)
    assistant, right, declined = Assistant(engine), 0, 0
    asked = [(row, column) for row in rows for column in columns if column.name in COLUMNS[:3] and row.values.get(column.name)]
    for place in rng.permutation(len(asked))[:number]:
        row, column = asked[int(place)]
        x0, y0, x1, y1 = jittered(row.box, rng)
        ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
        text = POINTED[int(rng.integers(len(POINTED)))].format(words=column.words)
        question = Question(text, (View(source, Region(((ring,),))),))
        events = list(assistant.ask(question, CancelToken()))
        declined += bool(events[-1].provenance.get("declined"))
        right += said(row.values[column.name]).lower() in re.findall(r"[a-z]+", transcript(events).lower())
    engine.close()
    source.close()
    return {"asked": number, "value_named": round(right / number, 4), "declined": round(declined / number, 4)}


def places(base, rows, rng):
    """Recall@1 of the feature by the place alone: a rectangle or a chip that is moved by a tenth, nearer or further."""
    fid_of = {id_: base.feature(id_).fid for id_ in base.features_of(1)}

    def recall(window_of):
        return round(float(np.mean([fid_of[features_at(base, Where(window_of(row.box)))[0][0]] == row.fid for row in rows])), 4)

    return {
        "rectangle moved by a tenth of the feature": recall(lambda box: jittered(box, rng)),
        "chip moved by a tenth of the feature": recall(lambda box: _square(box, rng, 0.05)),
        "chip moved by a tenth of the chip": recall(lambda box: _square(box, rng, 0.1)),
    }


def declining(base, rows):
    """The sweep on the tuning questions, and the held-out figures at the thresholds that are shipped."""
    where = Where(rows[0].degrees)

    def shares(answered, unknown):
        def place(text):
            return where if re.search(r"\b(?:this|here)\b", text) else None

        wrong = [q for q in answered if not answering.answer(base, q, place(q)).answered]
        said_ = [q for q in unknown if answering.answer(base, q, place(q)).answered]
        return wrong, said_

    sweep, shipped = [], (answering.UNDERSTOOD, passages.COVERED)
    for understood in (0.5, 0.6, 0.75, 0.99):
        for covered in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            answering.UNDERSTOOD, passages.COVERED = understood, covered
            wrong, told = shares(TUNING_ANSWERED, TUNING_UNKNOWN)
            sweep.append([understood, covered, round(1 - len(wrong) / len(TUNING_ANSWERED), 3),
                          round(1 - len(told) / len(TUNING_UNKNOWN), 3)])
    answering.UNDERSTOOD, passages.COVERED = shipped
    wrong, told = shares(HELD_OUT_ANSWERED, HELD_OUT_UNKNOWN)
    return {
        "shipped": shipped, "unknown": len(HELD_OUT_UNKNOWN), "declined": round(1 - len(told) / len(HELD_OUT_UNKNOWN), 4),
        "answerable": len(HELD_OUT_ANSWERED), "answered": round(1 - len(wrong) / len(HELD_OUT_ANSWERED), 4),
        "wrongly_declined": wrong, "wrongly_answered": told,
        "tuning_understood_covered_answered_declined": sweep,
    }


def town(folder, scratch):
    """The tiles of Banepa as one raster source."""
    from osgeo import gdal

    from terralogue.models.imagery.opening import open_raster

    gdal.UseExceptions()
    files = sorted(str(path) for path in (folder / "fair_banepa_z19").glob("*.tif"))
    gdal.BuildVRT(str(scratch / "town.vrt"), files, resolution="highest").FlushCache()
    return open_raster(str(scratch / "town.vrt"))


def disturbed(rgb, rng):
    """A chip turned by a quarter or more, in other colours."""
    turned = np.rot90(rgb, int(rng.integers(1, 4)), (1, 2))
    coloured = turned ** rng.uniform(0.8, 1.25) * rng.uniform(0.8, 1.2, (3, 1, 1)) + rng.uniform(-0.05, 0.05)
    return np.clip(coloured, 0, 1).astype(np.float32)


def looks(folder, scratch, rows, columns, queries, rng):
    """Features found by a disturbed chip, with and without the place; roof material from the pictures' vectors."""
    from terralogue.models.engine import Engine
    from terralogue.models.knowledge.chips import RasterChips

    source = town(folder, scratch)
    engine = Engine(ROOT / "resources", scratch)
    embedder = engine.embedder()
    path, start = scratch / "pictures.knowledge", time.perf_counter()
    built = build(path, sources(rows, columns, RasterChips(source, embedder.side)), embedder)
    seconds = time.perf_counter() - start
    chips = RasterChips(source, embedder.side, context=2.0)
    picked = rng.permutation(len(rows))[:queries]
    found = dict.fromkeys(("features", "cosine", "thumbnail", "place", "place_and_picture"), 0)
    took = []
    with Base(path) as base:
        fid_of = {base.feature(id_).id: base.feature(id_).fid for id_ in base.features_of(1)}
        ids, vectors, _ = base.pictures()
        small = np.stack([_thumb(chips.cut(rows[int(fid_of[int(i)])].box, CRS)[0]) for i in ids])
        for number in picked:
            row = rows[int(number)]
            window = _square(row.box, rng)
            cut = RasterChips(source, embedder.side, chips._stretch, 1.0).cut(window, CRS)
            rgb = disturbed(cut[0], rng)
            vector = embedder.pictures(rgb[None], [cut[1]])[0]
            start = time.perf_counter()
            seen, scores = features_by_picture(base, Picture(rgb, vector))
            took.append(time.perf_counter() - start)
            found["features"] += fid_of[int(seen[scores.argmax()])] == row.fid
            found["cosine"] += fid_of[int(ids[(vectors @ vector).argmax()])] == row.fid
            found["thumbnail"] += fid_of[int(ids[(small @ _thumb(rgb)).argmax()])] == row.fid
            found["place"] += fid_of[features_at(base, Where(window))[0][0]] == row.fid
            found["place_and_picture"] += fid_of[features_at(base, Where(window), Picture(rgb, vector))[0][0]] == row.fid
        materials = roof_material(rows, {fid_of[int(i)]: v for i, v in zip(ids, vectors)}, chips, engine)
    source.close()
    engine.close()
    return {
        "pictures": built.pictures, "seconds": round(seconds, 1),
        "ms_a_picture": round(1e3 * seconds / max(1, built.pictures), 1),
        "queries": len(picked), "recall_at_1": {key: round(value / len(picked), 4) for key, value in found.items()},
        "query_ms": round(1e3 * float(np.mean(took)), 1), "roof_material": materials,
    }


def _thumb(rgb):
    small = rgb.reshape(3, 16, rgb.shape[1] // 16, 16, -1).mean((2, 4)).ravel()
    small = small - small.mean()
    return small / max(float(np.linalg.norm(small)), 1e-9)


def _square(box, rng, shift=0.1):
    """The window of a chip around a box, moved by a tenth of it and nearer or further."""
    x0, y0, x1, y1 = box
    squeeze = np.cos(np.radians(y0))
    side = max(2.0 * max((x1 - x0) * squeeze, y1 - y0), 96 * 1.188e-6) * float(np.exp(rng.uniform(*np.log((0.7, 1.4)))))
    x = (x0 + x1) / 2 + shift * side / squeeze * rng.choice((-1, 1))
    y = (y0 + y1) / 2 + shift * side * rng.choice((-1, 1))
    return x - side / squeeze / 2, y - side / 2, x + side / squeeze / 2, y + side / 2


def roof_material(rows, vectors, chips, engine):
    """Concrete, tin or tiles from pixels: a ridge head on vectors, learned on one half of the town, judged on the other."""
    names = {"concrete": 0, "concerte": 0, "tin": 1, "clay_tiles": 2}
    known = [row for row in rows if row.values.get("roof:material") in names and row.fid in vectors]
    truth = np.array([names[row.values["roof:material"]] for row in known])
    middle = np.array([((row.box[0] + row.box[2]) / 2, (row.box[1] + row.box[3]) / 2) for row in known])
    picture = np.stack([vectors[row.fid] for row in known])
    tight = RasterTight(chips, engine)
    pixels = np.concatenate([picture, np.stack([tight(row.box) for row in known])], 1)
    out = {}
    for kind, features in (("picture vectors", picture), ("picture vectors and pixel statistics", pixels)):
        scores, majority = [], []
        for axis in (0, 1):
            for side in (0, 1):
                test = (middle[:, axis] > np.median(middle[:, axis])) == bool(side)
                mean, spread = features[~test].mean(0), features[~test].std(0) + 1e-6
                a, b = (features[~test] - mean) / spread, (features[test] - mean) / spread
                targets = np.eye(3)[truth[~test]] - 1 / 3
                head = np.linalg.solve(a.T @ a + 0.3 * len(a) * np.eye(a.shape[1]), a.T @ targets)
                scores.append(float(((b @ head).argmax(1) == truth[test]).mean()))
                majority.append(float((truth[test] == np.bincount(truth[~test]).argmax()).mean()))
        out[kind] = {"accuracy": round(float(np.mean(scores)), 4), "majority": round(float(np.mean(majority)), 4),
                     "each_half": [round(s, 3) for s in scores]}
    return {"features": len(known), **out}


class RasterTight:
    """Mean, spread and percentiles of the colours of the middle of a chip: what the roof alone looks like."""

    def __init__(self, chips, engine):
        self._chips = chips

    def __call__(self, box):
        rgb = self._chips.cut(box, CRS)[0][:, 80:176, 80:176].reshape(3, -1)
        shade = rgb - rgb.mean(0)
        marks = np.percentile(rgb, (10, 50, 90), axis=1).ravel()
        return np.concatenate([rgb.mean(1), rgb.std(1), marks, shade.mean(1), shade.std(1)])


def speed(scratch, rng):
    """10,000 chunks of text and attributes: seconds to index, milliseconds a question with the base opened for each."""
    streets = [f"Street {number}" for number in range(300)]
    columns = tuple(column_of(name) for name in ("name", "roof:material", "height_m", "addr:street", "note"))
    rows = [Row(str(i), {"name": f"House {i}", "roof:material": ("tin", "concrete", "tiles")[i % 3], "height_m": float(i % 40),
                         "addr:street": streets[i % 300], "note": f"inspected by team {i % 17} in {1990 + i % 30}"},
                (x, y, x + 1e-4, y + 1e-4), (x, y, x + 1e-4, y + 1e-4))
            for i, (x, y) in enumerate(rng.uniform((85, 27), (85.2, 27.2), (9000, 2)))]
    filling = "It was read in full. " * 8
    text = [Passage(f"Section {i} is about subject {i % 97} and the river of valley {i}. {filling}", f"page {i}")
            for i in range(1000)]
    path, start = scratch / "large.knowledge", time.perf_counter()
    built = build(path, [Source("layer", "a", "houses", CRS, columns, lambda cancel: rows),
                         Source("document", "b", "survey.txt", passages=lambda cancel: text)])
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    build(path, [Source("layer", "a", "houses", CRS, columns, lambda cancel: rows),
                 Source("document", "b", "survey.txt", passages=lambda cancel: text)])
    again = time.perf_counter() - start
    took, cpu = [], []
    for i in range(40):
        question = ("How many houses have a tin roof?", f"What is the height of House {i}?", "What is the highest height?",
                    f"What does the survey say about the river of valley {i}?")[i % 4]
        start, own = time.perf_counter(), time.process_time()
        with Base(path) as base:
            answering.answer(base, question)
        took.append(time.perf_counter() - start)
        cpu.append(time.process_time() - own)
    return {"chunks": built.chunks, "index_seconds": round(seconds, 2), "unchanged_again_seconds": round(again, 2),
            "query_ms_mean": round(1e3 * float(np.mean(took)), 1), "query_ms_worst": round(1e3 * max(took), 1),
            "query_cpu_ms_mean": round(1e3 * float(np.mean(cpu)), 1), "query_cpu_ms_worst": round(1e3 * max(cpu), 1),
            "mb": round(path.stat().st_size / 1e6, 1)}


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--open", default="/tmp/data/open", type=Path)
    parser.add_argument("--queries", default=200, type=int)
    parser.add_argument("--part", default="all", choices=("answers", "without", "looks", "speed", "all"))
    args = parser.parse_args()
    rng, out = np.random.default_rng(3), {}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if args.part in ("speed", "all"):
            out["speed"] = speed(scratch, rng)
        if (args.open / "fair_banepa_z19").is_dir():
            rows, columns = buildings(args.open)
            if args.part in ("answers", "all"):
                build(scratch / "town.knowledge", sources(rows, columns))
                with Base(scratch / "town.knowledge") as base:
                    out["answers"] = attribute_questions(base, rows, columns, rng)
                    out["place_recall_at_1"] = places(base, rows, rng)
                    out["declining"] = declining(base, rows)
            if args.part in ("without", "all"):
                out["without_base"] = without_base(args.open, scratch, rows, columns, rng)
            if args.part in ("looks", "all"):
                out["looks"] = looks(args.open, scratch, rows, columns, args.queries, rng)
        else:
            out["skipped"] = f"{args.open} has no open imagery"
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()

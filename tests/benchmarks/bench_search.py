"""Search over tile indexes: how fast, how faithful, how good.

    python tests/benchmarks/bench_search.py [exact] [build] [million] [phrases] [scenes]

Prints one JSON object; without names, every section whose data and packages are there. TERRALOGUE_IMAGERY names the folder of
open imagery (/tmp/data/open), TERRALOGUE_INDEX keeps the index of its validation tiles between runs.

``exact``: 100,000 vectors, whole query against the bare matrix product. ``build``: an index of one raster against the bare
encoder on as many tiles, in turn. ``million``: 1,000,000 vectors, jittered copies of real tiles' vectors, with faiss: recall of
the exact best 20, milliseconds, ratio to bare faiss with as many probes. ``phrases``: precision at 10 of 20 phrases over the
validation tiles of UC Merced and EuroSAT (``models/training/splits.py``: every fifth by number, none of them trained on), what is
relevant read from captions of the tiles and their classes; control: each ranking judged by another phrase. ``scenes``: mosaics
of 16 rendered validation scenes with one target in one of them: where the heat's peak falls (chance 1 in 16).
"""

import csv
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "plugins")]
IMAGERY = Path(os.environ.get("TERRALOGUE_IMAGERY", "/tmp/data/open"))
KEPT = os.environ.get("TERRALOGUE_INDEX", "")
CAPTIONS = IMAGERY.parent / "evaluation" / "ucm_captions.json"
RENDERED = ROOT / "build" / "training" / "rendered" / "validation"
SCALES = {"ucmerced": 0.3, "eurosat_rgb": 10.0}

#: Phrase; what a UC Merced tile's class and captions must say, and must not say; EuroSAT classes that show it.
PHRASES = (
    ("parked cars", r"\bcars\b", "", ()),
    ("boats", r"\bboats\b", "", ()),
    ("airplanes on the ground", r"\bairplanes?\b", "", ()),
    ("white waves on the shore", r"\b(waves|foams?)\b", "", ()),
    ("sand", r"\b(sands?|beach)\b", "", ()),
    ("houses", r"\b(houses|residential|mobile home)\b", "", ("Residential",)),
    ("trees", r"\b(trees|forest|plants|bushes)\b", "", ("Forest",)),
    ("open water", r"\b(water|sea|river|harbor|beach)\b", "", ("SeaLake", "River")),
    ("a road", r"\b(roads?|freeways?|overpass|intersection)\b", "", ("Highway",)),
    ("round white tanks", r"\btanks?\b", "", ()),
    ("a tennis court beside trees", r"tennis(?s:.*)\b(trees|plants)\b", "", ()),
    ("factories with large roofs", r"^buildings\b", "", ("Industrial",)),
    ("a baseball field", r"\bbaseball\b", "", ()),
    ("a golf course", r"\bgolf\b", "", ()),
    ("an airport runway", r"\brunway\b", "", ()),
    ("water without boats", r"\b(water|sea|river|beach)\b", r"\b(boats|harbor)\b", ("SeaLake", "River")),
    ("a road without cars", r"\b(roads?|freeways?|overpass|intersection|runway)\b", r"\bcars\b", ("Highway",)),
    ("houses without trees", r"\b(houses|residential|mobile home)\b", r"\b(trees|plants|forest|bushes|lawn)\b", ()),
    ("trees without buildings", r"\b(trees|forest|plants|bushes)\b", r"\b(houses|residential|home|buildings?|roofs?)\b",
     ("Forest",)),
    ("fields without trees", r"\b(cropland|farmland)\b", r"\b(trees|forest)\b", ("AnnualCrop", "Pasture")),
)
#: Things large enough to be a place of their own.
TARGETS = ("tennis court", "football field", "roundabout", "solar farm", "pond", "storage tank", "aircraft", "playground")


def embedder():
    """The shipped model as it runs in the plugin."""
    from terralogue.models.language.text_tower import TextTower
    from terralogue.models.retrieval.embedder import NanoEmbedder
    from terralogue.models.vision.nano import Nano

    folder = ROOT / "resources" / "nano"
    return NanoEmbedder(Nano.load(folder), TextTower.load(folder))


class Given:
    """Stands in for an index: ``ids`` 1… with vectors on disk."""

    def __init__(self, folder, vectors, owner):
        from terralogue.models.retrieval.vector_file import VectorFile

        self.folder, self.name, self.dim, self.digest, self.model = folder, "bench", owner.dim, owner.digest, owner.name
        self.vectors = VectorFile(folder / "vectors.npy", owner.dim, 0)
        self.vectors.create()
        for start in range(0, len(vectors), 100_000):
            self.vectors.append(vectors[start:start + 100_000])
        self.state = len(vectors), len(vectors)

    def tiles(self):
        rows = np.arange(self.vectors.rows)
        return np.stack([rows + 1, np.ones_like(rows), 256 * (rows % 1000), 256 * (rows // 1000),
                         np.full_like(rows, 256), np.full_like(rows, 256)], 1)

    def records(self):
        from affine import Affine

        from terralogue.models.imagery.grid import Grid
        from terralogue.models.retrieval.index import Record

        return [Record(1, "bench.tif", "bench.tif", Grid(256_000, 256_000, Affine(1, 0, 0, 0, -1, 0), ""), 1.0, "", "")]


def jittered(base, number, seed=0):
    """``number`` unit vectors: copies of ``base`` with noise of about the distance between neighbouring tiles."""
    rng = np.random.default_rng(seed)
    out = np.empty((number, base.shape[1]), np.float32)
    for start in range(0, number, 50_000):
        part = base[rng.integers(len(base), size=min(50_000, number - start))]
        noise = rng.standard_normal(part.shape).astype(np.float32) / np.sqrt(part.shape[1])
        part = part + 0.35 * noise
        out[start:start + len(part)] = part / np.linalg.norm(part, axis=1, keepdims=True)
    return out


def milliseconds(work, repeats):
    """Median of ``repeats`` runs of ``work``."""
    times = []
    for number in range(repeats):
        begun = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - begun))
    return round(median(times), 2)


def real_vectors(owner):
    """Vectors of the validation tiles of real imagery, (n, dim) float32."""
    with validation_index(owner) as index:
        return index.vectors.read(index.tiles()[:, 0] - 1)


def validation_index(owner):
    """The index of the validation tiles, made if it is not there."""
    from terralogue.models.retrieval.building import build
    from terralogue.models.retrieval.index import FILE, TileIndex
    from terralogue.models.retrieval.inputs import file_input
    from terralogue.models.training.splits import part_of

    folder = Path(KEPT or tempfile.mkdtemp())
    inputs = []
    with open(IMAGERY / "manifest.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["dataset"] in SCALES and part_of(row["dataset"], row["file"]) == "validation":
                inputs.append(file_input(str(IMAGERY / row["file"]), {"gsd": SCALES[row["dataset"]]}))
    index = TileIndex.open(folder, owner) if (folder / FILE).exists() else TileIndex.create(folder, owner)
    build(index, inputs, owner)
    return index


def exact(owner):
    """Milliseconds of a query over 100,000 tiles, the reading of the words apart."""
    from terralogue.models.retrieval.searching import Query, Search

    base = real_vectors(owner)
    with tempfile.TemporaryDirectory() as folder:
        search = Search(Given(Path(folder), jittered(base, 100_000), owner), owner)
        vectors = jittered(base, 60, 1)
        matrix = search._matrix
        whole = milliseconds(lambda n: search.find(Query(picture=vectors[n])), 50)
        bare = milliseconds(lambda n: matrix @ vectors[n], 50)
        words = milliseconds(lambda n: search.find(Query("boats in a harbour")), 15)
        absent = milliseconds(lambda n: search.find(Query("water without boats")), 15)
    return {"tiles": 100_000, "dim": owner.dim, "query_ms": whole, "bare_product_ms": bare, "with_words_ms": words,
            "without_ms": absent}


def build_ratio(owner, side=1024, rounds=3):
    """Tiles a second of a whole build and of the bare encoder on as many tiles, in turn."""
    from osgeo import gdal, osr

    from terralogue.models.retrieval.building import BATCH, build
    from terralogue.models.retrieval.index import TileIndex
    from terralogue.models.retrieval.inputs import rasters_of

    rng = np.random.default_rng(0)
    ratios, builds, bares = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "town.tif")
        frame = gdal.GetDriverByName("GTiff").Create(path, side, side, 3, gdal.GDT_Byte, ["TILED=YES"])
        frame.SetGeoTransform((500_000, 0.5, 0, 5_000_000, 0, -0.5))
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(32632)
        frame.SetProjection(reference.ExportToWkt())
        frame.WriteArray(rng.integers(0, 255, (3, side, side), dtype=np.uint8))
        frame = None
        rgb = rng.random((BATCH, 3, 256, 256), np.float32)
        owner.pictures(rgb, [0.5] * BATCH)
        for number in range(rounds):
            with TileIndex.create(Path(folder) / str(number), owner) as index:
                report = build(index, rasters_of([path]), owner)
            begun = time.perf_counter()
            for _ in range(max(1, report.encoded // BATCH)):
                owner.pictures(rgb, [0.5] * BATCH)
            bare = (report.encoded // BATCH) * BATCH / (time.perf_counter() - begun)
            made = report.encoded / report.seconds
            builds.append(made)
            bares.append(bare)
            ratios.append(made / bare)
    return {"tiles": report.encoded, "build_tiles_per_s": round(median(builds), 2),
            "bare_tiles_per_s": round(median(bares), 2), "ratio": round(median(ratios), 3),
            "in_the_model": round(report.encoder_seconds / report.seconds, 3)}


def million(owner, number=1_000_000):
    """faiss at a million: recall of the exact best 20, milliseconds, ratio to bare faiss."""
    import faiss

    from terralogue.models.retrieval.approximate import Approximate
    from terralogue.models.retrieval.searching import Query, Search, wide_of

    base = real_vectors(owner)
    vectors, queries = jittered(base, number), jittered(base, 200, 2)
    best = np.zeros((200, 0)), np.zeros((200, 0), np.int64)
    for start in range(0, number, 100_000):
        scores = queries @ vectors[start:start + 100_000].T
        near = np.argpartition(-scores, 20, 1)[:, :20]
        best = (np.concatenate([best[0], np.take_along_axis(scores, near, 1)], 1),
                np.concatenate([best[1], near + start + 1], 1))
    truth = np.take_along_axis(best[1], np.argsort(-best[0], 1)[:, :20], 1)
    with tempfile.TemporaryDirectory() as folder:
        given = Given(Path(folder), vectors, owner)
        del vectors
        begun = time.perf_counter()
        search = Search(given, owner, Path(folder) / "cells")
        seconds = time.perf_counter() - begun
        cells: Approximate = search._approximate
        found = [[place.tile for place in search.find(Query(picture=query), 20)] for query in queries]
        recall = mean(len(set(a) & set(b.tolist())) / 20 for a, b in zip(found, truth))
        inner = faiss.downcast_index(cells._inner)
        options = faiss.SearchParametersIVF(nprobe=cells.probes)
        ours = milliseconds(lambda n: search.find(Query(picture=queries[n]), 20), 100)
        bare = milliseconds(lambda n: inner.search(queries[n:n + 1], wide_of(20), params=options), 100)
    return {"vectors": number, "recall_at_20": round(recall, 4), "query_ms": ours, "bare_faiss_ms": bare,
            "ratio": round(ours / bare, 3), "cells": int(inner.nlist), "probes": cells.probes, "open_s": round(seconds, 1)}


def phrases(owner):
    """Precision at 10 of each phrase, and of each judged by another."""
    from terralogue.models.retrieval.searching import Query, Search

    said = {row["file"]: row["class"] + " " + " ".join(row["captions"]).lower()
            for row in json.loads(CAPTIONS.read_text(encoding="utf-8"))}
    with validation_index(owner) as index:
        search = Search(index, owner)
        files = {record.id: str(Path(record.path).relative_to(IMAGERY)) for record in search.records.values()}
        # Images without any caption say nothing of what they show.
        known = tuple(key for key, file in files.items() if file in said or file.startswith("eurosat_rgb/"))

        def shows(file, phrase):
            _, wanted, unwanted, classes = phrase
            if file.startswith("eurosat_rgb/"):
                return file.split("/")[1] in classes
            return bool(re.search(wanted, said[file])) and not (unwanted and re.search(unwanted, said[file]))

        ranked = [[files[place.raster.id] for place in search.find(Query(phrase[0], rasters=known), 10)] for phrase in PHRASES]
    every = [files[key] for key in known]
    rows, control = [], []
    for number, phrase in enumerate(PHRASES):
        own = mean(shows(file, phrase) for file in ranked[number])
        other = mean(shows(file, phrase) for file in ranked[(number + 7) % len(PHRASES)])
        control.append(other)
        rows.append({"phrase": phrase[0], "precision_at_10": round(own, 2), "shuffled": round(other, 2),
                     "share": round(mean(shows(file, phrase) for file in every), 3)})
    return {"tiles": len(every), "mean_precision_at_10": round(mean(row["precision_at_10"] for row in rows), 3),
            "shuffled": round(mean(control), 3), "share_relevant": round(mean(row["share"] for row in rows), 3),
            "without": round(mean(row["precision_at_10"] for row in rows[15:]), 3), "phrases": rows}


def scenes(owner, number=40, seed=0):
    """Mosaics of 4 × 4 rendered scenes with the target in one: does the peak of the heat fall there?"""
    from terralogue.models.retrieval.building import build
    from terralogue.models.retrieval.heat import heat_of
    from terralogue.models.retrieval.index import TileIndex
    from terralogue.models.retrieval.searching import Query, Search
    from terralogue.models.vision.legend import THINGS

    load = lambda name: np.load(RENDERED / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    images, gsd, things, rosters, complete = (load(name) for name in ("images", "gsd", "things", "rosters", "complete"))
    has = np.array([[(roster == kind).any() for kind in range(len(THINGS))] for roster in rosters])
    rng = np.random.default_rng(seed)
    pool = []
    for label in TARGETS:
        kind = THINGS.index(label)
        for scene in np.flatnonzero(has[:, kind] & complete[:, kind]):
            ids = np.flatnonzero(rosters[scene] == kind)
            mask = np.isin(things[scene], ids)
            if mask.mean() >= 0.02:
                pool.append((label, kind, int(scene), mask))
    rng.shuffle(pool)
    rows = {}
    for label, kind, scene, mask in pool[:number]:
        others = np.flatnonzero(~has[:, kind] & complete[:, kind])
        others = others[np.argsort(np.abs(np.log(gsd[others] / gsd[scene])))][:60]
        picked = rng.choice(others, 15, replace=False)
        place = int(rng.integers(16))
        order = [*picked[:place], scene, *picked[place:]]
        mosaic = np.concatenate([np.concatenate([images[i] for i in order[4 * r:4 * r + 4]], 2) for r in range(4)], 1)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mosaic.tif"
            write(path, mosaic, float(gsd[scene]))
            from terralogue.models.retrieval.inputs import rasters_of

            with TileIndex.create(Path(folder) / "index", owner) as index:
                build(index, rasters_of([path]), owner)
                search = Search(index, owner)
                grid = search.records[1].grid
                x, y = heat_of(grid, *search.scores(Query(label), 1)).peak()
        col, row = ~grid.affine * (x, y)
        left, top = 256 * (place % 4), 256 * (place // 4)
        ys, xs = np.nonzero(mask)
        near = (left + xs.min() - 64 <= col <= left + xs.max() + 64) and (top + ys.min() - 64 <= row <= top + ys.max() + 64)
        cell = left <= col < left + 256 and top <= row < top + 256
        rows.setdefault(label, []).append((bool(near), bool(cell)))
    flat = [pair for each in rows.values() for pair in each]
    return {"mosaics": len(flat), "peak_on_target": round(mean(near for near, _ in flat), 3),
            "peak_in_its_scene": round(mean(cell for _, cell in flat), 3), "chance_scene": 0.0625,
            "by_target": {label: {"n": len(each), "on_target": round(mean(n for n, _ in each), 2)}
                          for label, each in sorted(rows.items())}}


def write(path, pixels, gsd):
    """(3, H, W) uint8 as a GeoTIFF in UTM."""
    from osgeo import gdal, osr

    frame = gdal.GetDriverByName("GTiff").Create(str(path), pixels.shape[2], pixels.shape[1], 3, gdal.GDT_Byte)
    frame.SetGeoTransform((500_000, gsd, 0, 5_000_000, 0, -gsd))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32632)
    frame.SetProjection(reference.ExportToWkt())
    frame.WriteArray(np.ascontiguousarray(pixels))


def main():
    """Run what was asked for."""
    from terralogue.models.retrieval.approximate import usable

    imagery = (IMAGERY / "manifest.csv").is_file()
    sections = {
        "exact": (exact, imagery), "build": (build_ratio, True), "million": (million, imagery and usable()),
        "phrases": (phrases, imagery and CAPTIONS.is_file()), "scenes": (scenes, (RENDERED / "images.npy").is_file()),
    }
    asked = sys.argv[1:] or [name for name, (_, there) in sections.items() if there]
    owner = embedder()
    print(json.dumps({name: sections[name][0](owner) for name in asked}, indent=1))


if __name__ == "__main__":
    main()

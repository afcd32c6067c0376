"""Find all like this, on real roofs: three of a place are shown, the others are to be found.

    python tests/benchmarks/bench_alike.py --data /data/open [--draws 2]

Prints one JSON object: mean F1 of pixels over all held-out footprints with at least five buildings (``bench_clicks``), the
three examples left out, for Nano's features (``models/masks/alike.py``), for the distance to the mean colour of the
examples, and for a linear discriminant of colour and texture; "everything" says what marking all pixels would get. All
take their threshold from the examples by the same rule.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "models" / "words")]


def colours(rgb):
    """(h, w, 6) of cells of 4 × 4 px, smoothed over 3 × 3 of them: mean and spread of red, green and blue."""
    from scipy import ndimage

    blocks = (rgb.astype(np.float32) / 255).reshape(rgb.shape[0] // 4, 4, rgb.shape[1] // 4, 4, 3)
    cells = np.concatenate([blocks.mean((1, 3)), blocks.std((1, 3))], -1)
    return ndimage.uniform_filter(cells, (3, 3, 1))


def by_mean_colour(rgb, shown):
    cells = colours(rgb)[..., :3]
    return -np.linalg.norm(cells - cells[shown].mean(0), axis=-1)


def by_discriminant(rgb, shown, shrink=0.03):
    cells = colours(rgb)
    rows = cells.reshape(-1, cells.shape[-1])
    level = rows - rows.mean(0)
    spread = level.T @ level / len(level)
    spread = spread * (1 - shrink) + shrink * np.trace(spread) / len(spread) * np.eye(len(spread))
    return (level @ np.linalg.solve(spread, level[shown.ravel()].mean(0))).reshape(shown.shape)


def cut(scores, shown):
    """The pixels that are alike, by the rule of ``alike``."""
    limit = (np.quantile(scores[shown], 0.25) + scores.mean()) / 2
    return np.kron(scores >= limit, np.ones((4, 4), bool))


def f1(found, truth, asked) -> float:
    both = (found & truth & asked).sum()
    return float(2 * both / max(1, (found & asked).sum() + (truth & asked).sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=2)
    options = parser.parse_args()
    import conftest  # noqa: F401 - makes the checkout importable as terralogue
    from bench_clicks import footprints, ground
    from fakes import ArraySource
    from scipy import ndimage

    from terralogue.models.conversation import Region, View
    from terralogue.models.engine import Engine
    from terralogue.models.imagery.polygons import trace
    from terralogue.models.imagery.regions import region_mask
    from terralogue.models.masks.alike import Example, alike

    rng, rows, places = np.random.default_rng(0), [], 0
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(ROOT / "resources", Path(folder))
        for name, _, rgb, mask in footprints(options.data):
            pieces, _ = ndimage.label(mask)
            large = [int(n) for n in np.unique(pieces[mask]) if (pieces == n).sum() >= 320]
            if len(large) < 5:
                continue
            places += 1
            source = ArraySource(np.moveaxis(rgb, -1, 0), "EPSG:32637", gsd=ground(name), name=name)
            for _ in range(options.draws):
                chosen = rng.choice(large, 3, replace=False)
                example = np.where(np.isin(pieces, chosen), pieces, 0)
                outlines = [Example(Region((one.rings,))) for one in trace(example, source.grid)]
                found = alike(View(source), outlines, engine)
                got = region_mask(Region(tuple(one.rings for one in found.features.features)), source.grid)
                shown = (example > 0).reshape(128, 4, 128, 4).mean((1, 3)) >= 0.5
                asked = example == 0
                rows.append([f1(got, mask, asked), f1(cut(by_mean_colour(rgb, shown), shown), mask, asked),
                             f1(cut(by_discriminant(rgb, shown), shown), mask, asked),
                             f1(np.ones_like(mask), mask, asked)])
            print(name, np.round(rows[-1], 3), file=sys.stderr, flush=True)
        engine.close()
    table = np.array(rows)
    names = ("nano", "mean colour", "colour and texture", "everything")
    json.dump({
        "places": places, "draws": len(rows), "f1": dict(zip(names, table.mean(0).round(4).tolist())),
        "better than mean colour": round(float((table[:, 0] > table[:, 1]).mean()), 3),
        "better than colour and texture": round(float((table[:, 0] > table[:, 2]).mean()), 3),
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

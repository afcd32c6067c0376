"""A user's segmentor over a raster: the cases in which peers were measured to be wrong (PEERS 2.1), and metamorphic ones."""

import numpy as np
import pytest
import tiny_models
from shapely.geometry import Polygon

from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Region
from terralogue.models.errors import Cancelled, NothingToAnalyse, UnknownConcept
from terralogue.models.zoo.brought_model import BroughtModel
from terralogue.models.zoo.running import Options, run, score_features

SQUARE = np.s_[300:400, 500:600]


def square(dtype="uint8", ground=40, inside=220, shape=(1024, 1024)):
    pixels = np.full((3, *shape), ground, dtype)
    pixels[(slice(None), *SQUARE)] = inside
    return pixels


def area(feature):
    return Polygon(feature.rings[0], feature.rings[1:]).area


@pytest.fixture
def bright(tmp_path):
    return BroughtModel.load(tiny_models.bright(tmp_path / "bright.onnx"), threads=1)


@pytest.fixture
def over(tmp_path):
    """``over(view, model, **options)``: the run's result."""
    found = []

    def call(view, model, progress=None, cancel=None, **options):
        arguments = {} if progress is None else {"progress": progress}
        found.append(run(view, model, tmp_path / "scores", Options(**options), cancel=cancel, **arguments))
        return found[-1]

    yield call
    for one in found:
        one.close()


@pytest.mark.parametrize("step, wanted", [((0.1, 0.1), 100.0), ((0.1, 0.2), 200.0)])
def test_area_is_exact_in_the_units_of_the_raster(view, over, bright, step, wanted):
    (feature,) = over(view(square(), step=step), bright).features.features
    assert feature.pixels == 10_000 and area(feature) == pytest.approx(wanted, rel=1e-12)
    assert feature.label == "bright" and feature.score > 0.99


def test_sixteen_bits_are_seen_through_the_stretch_of_the_layer(view, over, bright):
    (feature,) = over(view(square("uint16", 300, 2000)), bright).features.features
    assert feature.pixels == 10_000


@pytest.mark.parametrize("nodata", [255, 0])
def test_nodata_is_never_foreground(view, over, bright, nodata):
    pixels = np.full((3, 600, 600), 20, np.uint8)
    pixels[:, :, :300] = nodata
    found = over(view(pixels, nodata=nodata), bright)
    assert found.features.features == ()
    assert np.isnan(found.store.read(found.grid.window)[:, :, :300]).all()


def test_a_raster_of_nodata_alone_is_told(view, over, bright):
    with pytest.raises(NothingToAnalyse):
        over(view(np.zeros((3, 300, 300), np.uint8), nodata=0), bright)


@pytest.mark.parametrize("options", [{}, {"softmax": True}, {"small": True}, {"numbers": True}])
def test_class_two_of_three_stays_class_two_over_many_tiles(view, over, tmp_path, options):
    names = {0: "background", 1: "road", 2: "roof"}
    model = BroughtModel.load(tiny_models.three(tmp_path / "three.onnx", class_names=names, **options), threads=1)
    pixels = square(ground=26, inside=230)
    pixels[:, 700:800, 100:200] = 128
    found = over(view(pixels), model).features.features
    pixels_by = {feature.label: feature.pixels for feature in found}
    assert set(pixels_by) == {"roof", "road"}
    # Half the pixels leave the outline to interpolation.
    assert all(count == 10_000 or options.get("small") and abs(count - 10_000) < 300 for count in pixels_by.values())


def test_two_classes_are_not_averaged_into_a_third(view, over, tmp_path):
    # GeoAI averages class numbers: half background, half class 2 gives class 1.
    model = BroughtModel.load(tiny_models.three(tmp_path / "three.onnx", softmax=True), threads=1)
    found = over(view(square(ground=26, inside=230)), model, overlap=0.5).features.features
    assert {feature.label for feature in found} == {"class 2"}


@pytest.mark.parametrize("tile, overlap", [(64, 0.0), (128, 0.2), (256, 0.4), (200, 0.5)])
def test_the_size_of_tiles_changes_nothing(view, over, tmp_path, tile, overlap):
    model = BroughtModel.load(tiny_models.bright(tmp_path / "tile.onnx", tile=tile), threads=1)
    (feature,) = over(view(square()), model, overlap=overlap).features.features
    assert feature.pixels == 10_000


def test_a_shifted_extent_gives_the_same_mask(view, over, tmp_path):
    model = BroughtModel.load(tiny_models.bright(tmp_path / "shift.onnx", logits=True), threads=1)
    rng = np.random.default_rng(1)
    noise = rng.integers(60, 200, (3, 500, 500)).astype(np.uint8)
    whole = view(noise)

    def box(left, top, size=300):
        x, y = 500000 + left * 0.1, 5000000 - top * 0.1
        ring = np.array([(x, y), (x + size * 0.1, y), (x + size * 0.1, y - size * 0.1), (x, y - size * 0.1), (x, y)])
        return Region(((ring,),))

    def mask(region):
        found = over(type(whole)(whole.source, region), model)
        scores = found.store.read(found.grid.window)[0]
        col = round((found.grid.affine.c - 500000) / 0.1)
        row = round((5000000 - found.grid.affine.f) / 0.1)
        canvas = np.full((500, 500), np.nan)
        canvas[row:row + scores.shape[0], col:col + scores.shape[1]] = scores
        return canvas

    one, two = mask(box(60, 70)), mask(box(77, 81))
    both = ~np.isnan(one) & ~np.isnan(two)
    assert both.sum() > 250**2
    assert ((one >= 0.5) == (two >= 0.5))[both].all()


def test_a_model_that_errs_at_its_edges_shows_no_step_at_seams(view, over, tmp_path):
    model = BroughtModel.load(tiny_models.bright(tmp_path / "edge.onnx", edge=0.4), threads=1)
    rows = np.linspace(20, 60, 700)[:, None] + np.zeros(700)
    pixels = np.repeat(rows[None].astype(np.uint8), 3, axis=0)

    def step(overlap):
        found = over(view(pixels), model, overlap=overlap)
        inner = found.store.read(found.grid.window)[0, 150:-150, 150:-150]
        return max(np.abs(np.diff(inner, axis=axis)).max() for axis in (0, 1))

    # The bias falls by 0.031 a pixel inside a tile: with tiles side by side it stands as a wall of up to 0.4.
    assert step(0.3) < 0.04 < step(0.0)


def test_the_ground_scale_of_the_model_is_kept(view, over, tmp_path):
    # Trained at 40 cm a pixel: of 10 cm pixels, four become one.
    model = BroughtModel.load(tiny_models.bright(tmp_path / "coarse.onnx", resolution=40), threads=1)
    found = over(view(square()), model)
    (feature,) = found.features.features
    assert found.grid.affine.a == pytest.approx(0.4) and feature.pixels == 625 and area(feature) == pytest.approx(100)
    # At 15 cm no whole number of pixels fits: tiles are resized, the result keeps the raster's own pixels.
    model = BroughtModel.load(tiny_models.bright(tmp_path / "between.onnx", resolution=15), threads=1)
    found = over(view(square()), model)
    (feature,) = found.features.features
    assert found.grid.affine.a == pytest.approx(0.1) and abs(feature.pixels - 10_000) < 600
    # Trained on finer pixels than there are.
    model = BroughtModel.load(tiny_models.bright(tmp_path / "fine.onnx", resolution=5), threads=1)
    (feature,) = over(view(square()), model).features.features
    assert abs(feature.pixels - 10_000) < 300


def test_thresholds_move_afterwards_without_the_model(view, over, tmp_path, monkeypatch):
    model = BroughtModel.load(tiny_models.bright(tmp_path / "logits.onnx", logits=True), threads=1)
    pixels = square(ground=100, inside=150)
    found = over(view(pixels), model, threshold=0.5)
    assert [feature.pixels for feature in found.features.features] == [10_000]
    monkeypatch.setattr(BroughtModel, "scores", lambda *_: pytest.fail("the model was run again"))
    lower = score_features(found.store, model, Options(threshold=0.01))
    assert sum(feature.pixels for feature in lower) == 1024 * 1024
    assert score_features(found.store, model, Options(thresholds={"logits": 0.999})) == ()


def test_small_pieces_are_left_out_by_the_models_word_and_by_area(view, over, tmp_path):
    pixels = square()
    pixels[:, 50:53, 50:53] = 220
    model = BroughtModel.load(tiny_models.bright(tmp_path / "a.onnx", seg_small_segment=4), threads=1)
    assert len(over(view(pixels), model).features.features) == 1
    model = BroughtModel.load(tiny_models.bright(tmp_path / "b.onnx"), threads=1)
    assert len(over(view(pixels), model).features.features) == 2
    assert len(over(view(pixels), model, min_area=1.0).features.features) == 1


def test_classes_are_chosen_by_name(view, over, tmp_path):
    names = {0: "background", 1: "road", 2: "roof"}
    model = BroughtModel.load(tiny_models.three(tmp_path / "three.onnx", class_names=names), threads=1)
    pixels = square(ground=26, inside=230)
    pixels[:, 700:800, 100:200] = 128
    assert [f.label for f in over(view(pixels), model, classes=("Road",)).features.features] == ["road"]
    assert {f.label for f in over(view(pixels), model, classes=("background",)).features.features} == {"background"}
    with pytest.raises(UnknownConcept):
        over(view(pixels), model, classes=("ship",))


def test_standardisation_is_applied(view, over, tmp_path):
    # (x − 0.8) / 0.1 > 0.5 is x > 0.85.
    path = tiny_models.bright(tmp_path / "std.onnx", standardization_mean=[0.8] * 3, standardization_std=[0.1] * 3)
    model = BroughtModel.load(path, threads=1)
    pixels = square(ground=100, inside=210)
    pixels[:, 700:720, 100:120] = 225
    assert [f.pixels for f in over(view(pixels), model).features.features] == [400]


def test_only_the_region_is_outlined(view, over, bright):
    x, y = 500055.0, 4999968.0
    ring = np.array([(x, y), (x + 50, y), (x + 50, y - 50), (x, y - 50), (x, y)])
    (feature,) = over(view(square(), region=Region(((ring,),))), bright).features.features
    assert feature.pixels == 50 * 80


def test_a_stopped_run_leaves_nothing(view, bright, tmp_path):
    cancel = CancelToken()

    def progress(fraction, message=""):
        if fraction > 0.1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        run(view(square()), bright, tmp_path / "scores", Options(), progress, cancel)
    assert list((tmp_path / "scores").iterdir()) == []

"""Boxes of a user's detector: every layout of YOLO, suppression, tiles, and what stands at their edges."""

import numpy as np
import pytest
import tiny_models
from shapely.geometry import Polygon

from terralogue.models.errors import UserModelRefused
from terralogue.models.zoo.boxes import Boxes, boxes_of, suppressed
from terralogue.models.zoo.brought_model import BroughtModel
from terralogue.models.zoo.contract import read_contract
from terralogue.models.zoo.running import Options, run

NAMES = {0: "red roof", 1: "blue roof"}
#: (left, top) of squares of 16 px and the band in which they shine.
SQUARES = ((40, 40, 0), (120, 60, 0), (108, 200, 2), (300, 300, 2), (244, 100, 0))


def town(squares=SQUARES, shape=(400, 400)):
    pixels = np.full((3, *shape), 30, np.uint8)
    # Bright ground somewhere, so that the layer is shown as it is.
    pixels[:, -20:] = 140
    for left, top, band in squares:
        pixels[band, top:top + 16, left:left + 16] = 250
    return pixels


@pytest.fixture(params=["v5", "ultralytics"])
def model(request, tmp_path):
    said = {"v5": "YOLO_v5_or_v7_default", "ultralytics": "YOLO_Ultralytics"}[request.param]
    path = tiny_models.squares(tmp_path / "squares.onnx", request.param, class_names=NAMES, det_type=said, det_conf=0.6,
                               det_iou_thresh=0.2)
    return BroughtModel.load(path, threads=1)


def places(found):
    rings = [feature.rings[0] for feature in found.features.features]
    return {
        (round((ring[:, 0].min() - 500000) / 0.1), round((5000000 - ring[:, 1].max()) / 0.1), feature.label)
        for ring, feature in zip(rings, found.features.features)
    }


@pytest.mark.parametrize("overlap", [0.2, 0.5])
def test_each_thing_is_one_box_of_whole_pixels_wherever_tiles_lie(view, model, tmp_path, overlap):
    found = run(view(town()), model, tmp_path, Options(overlap=overlap))
    labels = {0: "red roof", 2: "blue roof"}
    assert len(found.features.features) == len(SQUARES)
    # It looks every four pixels from the corner of its tile, so a box may lie two off.
    for left, top, band in SQUARES:
        near = [p for p in places(found) if abs(p[0] - left) <= 2 and abs(p[1] - top) <= 2]
        assert len(near) == 1 and near[0][2] == labels[band]
    for feature in found.features.features:
        assert feature.pixels == 256 and Polygon(feature.rings[0]).area == pytest.approx(2.56)
        assert 2.5 < feature.area_m2 < 2.6 and 0.6 <= feature.score <= 1
    assert found.store is None and len(found.boxes) >= len(SQUARES)


def test_boxes_of_nodata_are_none(view, model, tmp_path):
    pixels = town(((40, 40, 0), (200, 200, 0)))
    pixels[:, 190:240, 190:240] = np.where(pixels[:, 190:240, 190:240] == 250, 250, 0)
    pixels[:, 195:230, 195:230] = 250
    found = run(view(pixels, nodata=250), model, tmp_path)
    assert {p[:2] for p in places(found)} <= {(x, y) for x in range(30, 50) for y in range(30, 50)}


def test_classes_and_confidence_are_chosen(view, model, tmp_path):
    found = run(view(town()), model, tmp_path, Options(classes=("blue roof",)))
    assert {feature.label for feature in found.features.features} == {"blue roof"} and len(found.features.features) == 2
    assert run(view(town()), model, tmp_path, Options(threshold=1.0)).features.features == ()


def contract(tmp_path, **metadata):
    return read_contract(tiny_models.squares(tmp_path / "c.onnx", **metadata))


def test_every_layout_gives_the_same_boxes(tmp_path):
    rng = np.random.default_rng(0)
    centre, size = rng.uniform(20, 100, (50, 2)), rng.uniform(5, 20, (50, 2))
    classes = np.zeros((50, 3), np.float32)
    classes[np.arange(50), rng.integers(0, 3, 50)] = rng.uniform(0.3, 1, 50)
    upright = np.concatenate([centre, size, classes], axis=1)
    corners = np.concatenate([centre - size / 2, centre + size / 2], axis=1)
    sure, best = classes.max(axis=1), classes.argmax(axis=1)
    one = np.ones((50, 1))
    names = {i: f"c{i}" for i in range(3)}
    tables = {
        "v5": (np.concatenate([centre, size, one, classes], axis=1)[None], {}),
        "v5 named": (np.concatenate([centre, size, one, classes], axis=1)[None], {"det_type": "YOLO_v5_or_v7_default"}),
        "v6": (np.concatenate([centre, size, one * 0.2, classes], axis=1)[None], {"det_type": "YOLO_v6"}),
        "ultralytics": (upright.T[None], {"det_type": "YOLO_Ultralytics"}),
        "ultralytics unnamed": (upright.T[None], {}),
        "v9": (upright.T[None], {"det_type": "YOLO_v9"}),
        "turned": (upright[None], {}),
        "suppressed": (np.concatenate([corners, sure[:, None], best[:, None]], axis=1)[None], {}),
        "v7 suppressed": (np.concatenate([one * 0, corners, best[:, None], sure[:, None]], axis=1), {}),
    }
    wanted = None
    for layout, (table, metadata) in tables.items():
        found = boxes_of([table.astype(np.float32)], contract(tmp_path, class_names=names, **metadata), 0.5)
        order = np.lexsort(found.corners.T)
        key = np.round(np.column_stack([found.corners, found.score, found.label])[order], 3)
        wanted = key if wanted is None else wanted
        assert len(key) and np.allclose(key, wanted, atol=2e-3), layout


def test_masks_of_a_segmenting_detector_are_left_aside_its_boxes_are_read(tmp_path):
    table = np.zeros((1, 4 + 2 + 32, 100), np.float32)
    table[0, :4, 7], table[0, 5, 7], table[0, 6:, 7] = (50, 50, 10, 20), 0.9, 9
    found = boxes_of([table, np.zeros((1, 32, 32, 32), np.float32)], contract(tmp_path, class_names=NAMES), 0.5)
    assert len(found) == 1 and found.label.tolist() == [1] and found.corners.tolist() == [[45, 40, 55, 60]]


def test_turned_boxes_and_unknown_tables_are_refused(tmp_path):
    for table, metadata in ((np.zeros((1, 7, 100)), {"det_type": "YOLO_Ultralytics_obb"}), (np.zeros((1, 2, 3)), {}),
                            (np.zeros((3, 9, 100)), {})):
        with pytest.raises(UserModelRefused) as refused:
            boxes_of([table.astype(np.float32)], contract(tmp_path, **metadata), 0.5)
        assert refused.value.kind == "task"


def boxes(corners, score, label=None, cut=None):
    count = len(corners)
    return Boxes(np.array(corners, np.float32), np.array(score, np.float32),
                 np.zeros(count, np.int64) if label is None else np.array(label), np.zeros(count, bool) if cut is None else
                 np.array(cut))


def test_suppression_agrees_with_the_plain_rule():
    rng = np.random.default_rng(2)
    low = rng.uniform(0, 200, (400, 2))
    found = boxes(np.concatenate([low, low + rng.uniform(5, 40, (400, 2))], axis=1), rng.random(400), rng.integers(0, 2, 400))

    def plain(across):
        kept = []
        for i in np.argsort(-found.score):
            a = found.corners[i]
            for j in kept:
                b = found.corners[j]
                shared = np.prod(np.maximum(0, np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])))
                union = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared
                if shared >= 0.3 * union and (across or found.label[i] == found.label[j]):
                    break
            else:
                kept.append(i)
        return kept

    for across in (False, True):
        kept = suppressed(found, 0.3, across)
        assert np.array_equal(kept.score, found.score[plain(across)])


def test_a_box_cut_off_by_its_tile_gives_way_to_the_whole_one_even_if_it_is_surer():
    kept = suppressed(boxes([[0, 0, 100, 20], [0, 0, 30, 20]], [0.7, 0.9], cut=[False, True]), 0.45)
    assert kept.corners.tolist() == [[0, 0, 100, 20]]
    kept = suppressed(boxes([[0, 0, 100, 20], [0, 0, 30, 20]], [0.7, 0.9]), 0.45)
    assert len(kept) == 2


def test_tens_of_thousands_of_boxes_are_suppressed_in_seconds():
    rng = np.random.default_rng(1)
    low = rng.uniform(0, 20_000, (20_000, 2))
    assert len(suppressed(boxes(np.concatenate([low, low + 20], axis=1), rng.random(20_000)), 0.4)) > 15_000

"""The metadata of a user's model: read as Deepness and Ultralytics write it, refused where it cannot be run."""

import pytest
import tiny_models
import tiny_onnx as onnx

from terralogue.models.errors import UserModelRefused
from terralogue.models.zoo.contract import DETECTOR, SEGMENTOR, read_contract


def test_every_key_of_deepness_is_read(tmp_path):
    contract = read_contract(tiny_models.bright(
        tmp_path / "roofs.onnx", class_names={"0": "background", "1": "roof"}, resolution=21.0, tiles_overlap=40,
        seg_thresh=0.3, seg_small_segment=7, standardization_mean=[0.1, 0.2, 0.3], standardization_std=[1, 2, 3]))
    assert (contract.kind, contract.name, contract.tile, contract.overlap) == (SEGMENTOR, "roofs", 128, 0.4)
    assert (contract.gsd, contract.threshold, contract.smallest) == (pytest.approx(0.21), 0.3, 49)
    assert contract.classes == ("background", "roof") and contract.mean == (0.1, 0.2, 0.3) and contract.deviation == (1, 2, 3)
    contract = read_contract(tiny_models.squares(
        tmp_path / "cars.onnx", class_names={0: "car"}, det_conf=0.7, det_iou_thresh=0.2, det_remove_overlap=True,
        det_type="YOLO_Ultralytics"))
    assert (contract.kind, contract.threshold, contract.overlapping) == (DETECTOR, 0.7, 0.2)
    assert contract.across and contract.boxes == "YOLO_Ultralytics"


def test_ultralytics_own_words_are_read(tmp_path):
    path = tiny_models.squares(tmp_path / "yolo.onnx", "ultralytics", model_type="", task="detect", names="{0: 'car', 1: 'bus'}")
    contract = read_contract(path)
    assert contract.kind == DETECTOR and contract.classes == ("car", "bus")


def test_a_model_that_says_nothing_is_told_by_its_output(tmp_path):
    assert read_contract(tiny_models.bright(tmp_path / "a.onnx", model_type="")).kind == SEGMENTOR
    assert read_contract(tiny_models.squares(tmp_path / "b.onnx", model_type="")).kind == DETECTOR
    contract = read_contract(tiny_models.three(tmp_path / "c.onnx"))
    assert [contract.label(i) for i in contract.wanted(3)] == ["class 1", "class 2"]


@pytest.mark.parametrize("metadata", [
    {"model_type": "Regressor"}, {"model_type": "Superresolution"}, {"model_type": "Dreamer"}, {"resolution": "wide"},
    {"resolution": -3}, {"tiles_overlap": 400}, {"seg_thresh": "NaN"}, {"class_names": {0: "a", 2: "b"}},
    {"class_names": "[[["}, {"standardization_mean": [1, 2], "standardization_std": [1, 2]},
    {"standardization_mean": [0, 0, 0]}, {"standardization_mean": [0, 0, 0], "standardization_std": [1, 0, 1]},
])
def test_what_cannot_be_run_is_refused_with_the_reason(tmp_path, metadata):
    with pytest.raises(UserModelRefused) as refused:
        read_contract(tiny_models.bright(tmp_path / "model.onnx", **metadata))
    assert refused.value.kind == "task" and len(refused.value.reason) > 10


@pytest.mark.parametrize("shape", [(1, 5, 64, 64), (1, 3, 64, 32), (1, 64, 64), (1, "bands", 64, 64)])
def test_inputs_that_no_layer_gives_are_refused(tmp_path, shape):
    path = tmp_path / "model.onnx"
    path.write_bytes(onnx.model(
        [onnx.node("Identity", ["x"], ["y"])], {"x": ("float32", shape)}, {"y": ("float32", (1, 1, 64, 64))}))
    with pytest.raises(UserModelRefused) as refused:
        read_contract(path)
    assert refused.value.kind == "task"


def test_the_words_of_a_model_are_never_run(tmp_path):
    path = tiny_models.bright(tmp_path / "a.onnx", class_names="__import__('os').system('touch /tmp/never')")
    with pytest.raises(UserModelRefused):
        read_contract(path)

"""The shipped model: verified before it is loaded, cancellable, the same whatever the batch, honest about where it runs."""

import shutil
import threading
import time

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.catalog import embedded
from terralogue.models.errors import Cancelled, ModelDigestError, ModelMissing, ModelUnreadable
from terralogue.models.runtime import LADDER, Session
from terralogue.models.vision.legend import CHANGES, COVERS, SCENES, gsd_code
from terralogue.models.vision.nano import Nano


@pytest.fixture(scope="module")
def folder(repository):
    return repository / "resources" / "nano"


@pytest.fixture(scope="module")
def nano(folder):
    return Nano.load(folder, threads=2)


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "nano")


def _tiles(n, seed=0, size=256):
    return np.random.default_rng(seed).random((n, 3, size, size), np.float32)


def test_covers_are_probabilities_at_the_size_of_the_tile(nano):
    seen = nano.see(_tiles(2), 0.3)
    assert seen.cover.shape == (2, len(COVERS), 256, 256) and seen.scenes.shape == (2, len(SCENES))
    assert np.allclose(seen.cover.sum(1), 1, atol=1e-4) and seen.cover.min() >= 0
    assert nano.compare(seen, seen).shape == (2, len(CHANGES), 256, 256)


def test_image_tokens_are_there_just_when_the_graph_has_them(nano):
    grid = nano.see(_tiles(2), 0.3).grid
    assert (grid is not None) == nano.has_grid and (grid is None or grid.shape == (2, 544, 8, 8))


def test_a_tile_is_seen_alike_alone_and_in_a_batch(nano):
    tiles = _tiles(3)
    together, alone = nano.see(tiles, 0.3), nano.see(tiles[1:2], 0.3)
    assert np.abs(together.cover[1] - alone.cover[0]).max() < 1e-3


def test_swapping_the_dates_swaps_nothing_in_the_change_scores(nano):
    a, b = nano.see(_tiles(1, 1), 0.5), nano.see(_tiles(1, 2), 0.5)
    assert np.array_equal(nano.compare(a, b), nano.compare(b, a))


def test_each_channel_of_change_reaches_one_half_at_its_own_threshold(nano):
    before, after = nano.see(_tiles(1, seed=1), 0.3), nano.see(_tiles(1, seed=2), 0.3)
    raw = nano.with_change_thresholds({}).compare(before, after)
    moved = nano.with_change_thresholds({"building": 0.2, "any": 0.7}).compare(before, after)
    building, other = CHANGES.index("building"), CHANGES.index("tree")
    assert np.array_equal(moved[:, building] >= 0.5, raw[:, building] >= 0.2)
    assert np.array_equal(moved[:, -1] >= 0.5, raw[:, -1] >= 0.7)
    assert np.allclose(moved[:, other], raw[:, other], atol=1e-6)
    with pytest.raises(ModelUnreadable):
        nano.with_change_thresholds({"building": 0.0})


def test_an_unknown_ground_sample_distance_is_not_taken_for_one_metre():
    code = gsd_code([None, 1.0, 0.1, 10.0])
    assert code[0].tolist() == [0, 0, 0] and code[1, 0] == 1
    assert code[2, 1] < code[1, 1] < code[3, 1]


@pytest.mark.parametrize("name", ["nano-see.onnx", "nano-change.onnx", "manifest.json"])
def test_one_flipped_bit_is_refused_before_the_runtime_sees_the_file(copy, name, monkeypatch):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(bytes(content))
    opened = []
    monkeypatch.setattr(Session, "__init__", lambda self, *args: opened.append(args))
    with pytest.raises(ModelDigestError) as caught:
        Nano.load(copy)
    assert caught.value.expected != caught.value.found and not opened


@pytest.mark.parametrize("name", ["nano-see.onnx", "SHA256SUMS"])
def test_a_missing_file_is_named(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        Nano.load(copy)
    assert caught.value.path.endswith(name)


def test_a_list_of_digests_cannot_point_outside_its_folder(copy):
    outside = copy.parent / "outside.onnx"
    outside.write_bytes(b"x")
    (copy / "SHA256SUMS").write_text(f"{embedded.digest_of(outside)}  ../outside.onnx\n")
    with pytest.raises(ModelUnreadable):
        embedded.verify(copy)


def test_a_model_of_another_task_is_refused_with_its_inputs_named(copy):
    shutil.copy(copy / "nano-change.onnx", copy / "nano-see.onnx")
    (copy / "SHA256SUMS").write_text("".join(
        f"{embedded.digest_of(copy / name)}  {name}\n" for name in ("nano-see.onnx", "nano-change.onnx", "manifest.json")))
    with pytest.raises(ModelUnreadable, match="inputs are"):
        Nano.load(copy)


@pytest.mark.parametrize("content", [b"", b"<html>login</html>", None], ids=["empty", "web page", "truncated"])
def test_a_file_that_is_no_model_is_a_typed_error(folder, tmp_path, content):
    path = tmp_path / "model.onnx"
    path.write_bytes((folder / "nano-change.onnx").read_bytes()[:1000] if content is None else content)
    with pytest.raises(ModelUnreadable):
        Session(path)


def test_cancel_stops_a_running_model_and_says_so(nano):
    cancel = CancelToken()
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        for _ in range(100):
            nano.see(_tiles(8), 0.3, cancel)
    assert time.monotonic() - begun < 20, "the model ran to its end instead of being stopped"
    nano.see(_tiles(1), 0.3)  # a cancelled session is still usable


def test_a_run_cancelled_beforehand_never_starts(nano):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        nano.see(_tiles(1), 0.3, cancel)


def test_the_provider_that_really_runs_is_named(nano):
    import onnxruntime

    faster = set(LADDER[:-1]) & set(onnxruntime.get_available_providers())
    assert nano.provider in faster or nano.provider == LADDER[-1] and bool(nano.fallback) == bool(faster)


def test_graphs_run_on_the_runtime_of_python_39(folder):
    onnx = pytest.importorskip("onnx", reason="onnx is not installed (group 'training')")
    for name in ("nano-see.onnx", "nano-change.onnx"):
        model = onnx.load(str(folder / name))
        assert model.ir_version <= 9
        assert {entry.domain: entry.version for entry in model.opset_import}[""] <= 18
        assert not any(tensor.external_data for tensor in model.graph.initializer)

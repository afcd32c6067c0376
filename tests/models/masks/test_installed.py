"""Engines in the user's folder: listed without being loaded, refused with the reason, opened only as they were listed."""

import hashlib
import json
import os

import numpy as np
import pytest
import tiny_onnx as onnx
import tiny_sam

from terralogue.models.errors import UserModelRefused
from terralogue.models.masks.graph_file import GraphFile
from terralogue.models.masks.installed import entry_of, entry_of_files, list_engines, open_engine


def signed(folder, name="Mine"):
    """The manifest and the digests that the converter writes."""
    (folder / "manifest.json").write_text(json.dumps({"name": name}), encoding="utf-8")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def external(path, place, array=None):
    """A graph whose weight is said to lie in the file ``place``."""
    weight = np.ones((1, 3, 1, 1), np.float32) if array is None else array
    path.write_bytes(onnx.model(
        [onnx.node("Mul", ["image", "w"], ["image_embeddings"])], {"image": ("float32", (1, 3, 64, 64))},
        {"image_embeddings": ("float32", (1, 3, 64, 64))}, {"w": weight}, external={"w": place}))
    return path


def kind_of(entry):
    assert entry.problem and isinstance(entry.error, UserModelRefused)
    with pytest.raises(UserModelRefused):
        open_engine(entry)
    return entry.error.kind


def test_engines_are_listed_by_name_with_what_is_wrong_with_them(tmp_path):
    signed(tiny_sam.pair(tmp_path / "b"), "Zebra")
    tiny_sam.pair(tmp_path / "Aerial SAM")
    (tmp_path / "empty").mkdir()
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "model.onnx").write_text("<!DOCTYPE html>", encoding="utf-8")
    found = list_engines(tmp_path)
    assert [(entry.name, bool(entry.problem), entry.verified) for entry in found] == [
        ("Aerial SAM", False, False), ("page", True, False), ("Zebra", False, True)]
    assert open_engine(found[2]).name == "Zebra"
    assert list_engines(tmp_path / "nowhere") == []


def test_a_pair_picked_by_hand_opens_in_either_order(tmp_path):
    folder = tiny_sam.pair(tmp_path / "sam")
    for files in (("encoder.onnx", "decoder.onnx"), ("decoder.onnx", "encoder.onnx")):
        entry = entry_of_files(*(folder / name for name in files))
        assert not entry.problem and open_engine(entry).side == 64
    elsewhere = tiny_sam.pair(tmp_path / "other")
    assert kind_of(entry_of_files(folder / "encoder.onnx", elsewhere / "decoder.onnx")) == "task"
    assert kind_of(entry_of_files(folder / "encoder.onnx")) == "task"


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path, share):
    folder = tiny_sam.pair(tmp_path / "sam")
    whole = (folder / "decoder.onnx").read_bytes()
    (folder / "decoder.onnx").write_bytes(whole[:int(len(whole) * share)])
    assert kind_of(entry_of(folder)) == "damaged"


@pytest.mark.parametrize("content", [b"\x80\x04\x95posix", b"PK\x03\x04" * 30, b"<html>" * 50, bytes(400), b"\xff" * 400])
def test_what_is_no_model_is_refused(tmp_path, content):
    folder = tiny_sam.pair(tmp_path / "sam")
    (folder / "encoder.onnx").write_bytes(content)
    assert kind_of(entry_of(folder)) == "damaged"


def test_a_changed_or_missing_file_of_a_listed_engine_is_not_loaded(tmp_path):
    folder = signed(tiny_sam.pair(tmp_path / "sam"))
    entry = entry_of(folder)
    tiny_sam.decoder(folder / "decoder.onnx", quality=(0.1, 0.1, 0.1, 0.1))
    with pytest.raises(UserModelRefused) as refused:
        open_engine(entry)
    assert refused.value.kind == "changed"
    (folder / "decoder.onnx").unlink()
    with pytest.raises(UserModelRefused) as refused:
        open_engine(entry)
    assert refused.value.kind == "missing"


@pytest.mark.parametrize("place", ["/etc/hostname", "../secret.bin", "sub/weights.bin", "..", "", "C:\\x.bin", "a\\b"])
def test_weights_kept_in_another_place_are_never_opened(tmp_path, place):
    (tmp_path / "secret.bin").write_bytes(bytes(12))
    folder = tiny_sam.pair(tmp_path / "sam")
    external(folder / "encoder.onnx", place)
    assert kind_of(entry_of(folder)) == "elsewhere"


def test_weights_behind_a_link_are_never_opened(tmp_path):
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(12))
    for name, link in (("soft", os.symlink), ("hard", os.link)):
        folder = tiny_sam.pair(tmp_path / name)
        link(secret, folder / "weights.bin")
        external(folder / "encoder.onnx", "weights.bin")
        assert kind_of(entry_of(folder)) == "elsewhere"


def test_weights_beside_the_model_are_read_and_belong_to_its_digest(tmp_path):
    folder = tiny_sam.pair(tmp_path / "sam")
    external(folder / "encoder.onnx", "weights.bin")
    assert kind_of(entry_of(folder)) == "missing"
    digests = []
    for value in (1.0, 2.0):
        (folder / "weights.bin").write_bytes(np.full(3, value, np.float32).tobytes())
        engine = open_engine(entry_of(folder))
        seen = engine.encode(np.full((3, 64, 64), 1.0, np.float32))
        digests.append((engine.digest, float(seen.arrays["image_embeddings"].max())))
    assert digests[0][0] != digests[1][0] and digests[1][1] == pytest.approx(2 * digests[0][1])
    signed(folder)
    assert open_engine(entry_of(folder))
    text = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    (folder / "SHA256SUMS").write_text(
        "".join(line + "\n" for line in text.splitlines() if "weights" not in line), encoding="utf-8")
    with pytest.raises(UserModelRefused) as refused:
        open_engine(entry_of(folder))
    assert refused.value.kind == "changed"


def test_weights_hidden_in_a_node_of_a_subgraph_are_found(tmp_path):
    hidden = onnx.tensor("w", np.ones(3, np.float32), external="/etc/hostname")
    inner = onnx.part(1, onnx.node("Constant", [], ["out"], value=hidden)) + onnx.part(12, onnx.port("out", "float32", (3,)))
    branch = onnx.part(5, onnx.part(1, "then_branch") + onnx.part(6, inner) + onnx.whole(20, 5))
    node = onnx.node("If", ["flag"], ["y"]) + branch
    path = tmp_path / "model.onnx"
    path.write_bytes(onnx.model([node], {"flag": ("float32", (1,))}, {"y": ("float32", (3,))}))
    with pytest.raises(UserModelRefused) as refused:
        GraphFile.read(path)
    assert refused.value.kind == "elsewhere"


def test_nesting_without_end_is_refused(tmp_path):
    inner = onnx.part(2, "deep")
    for _ in range(200):
        inner = onnx.part(1, onnx.node("If", ["c"], ["y"]) + onnx.part(5, onnx.part(1, "b") + onnx.part(6, inner)))
    path = tmp_path / "model.onnx"
    path.write_bytes(onnx.whole(1, 8) + onnx.part(7, inner))
    with pytest.raises(UserModelRefused) as refused:
        GraphFile.read(path)
    assert refused.value.kind == "damaged"


def test_the_walk_agrees_with_the_runtime_on_the_shipped_models(repository):
    from terralogue.models.runtime import Session

    for path in sorted((repository / "resources" / "nano").glob("nano-*.onnx"))[:3]:
        walked, loaded = GraphFile.read(path), Session(path, 1)
        assert list(walked.inputs) == list(loaded.inputs) and tuple(walked.outputs) == loaded.outputs
        assert {k: len(v.shape) for k, v in walked.inputs.items()} == {k: len(v) for k, v in loaded.inputs.items()}
        assert walked.metadata == loaded.metadata and walked.external == ()


def test_damaged_bytes_are_refused_or_read_but_never_crash(tmp_path):
    folder = tiny_sam.pair(tmp_path / "sam")
    path = folder / "decoder.onnx"
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(400):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), rng.integers(1, 6)):
            data[place] = rng.integers(0, 256)
        path.write_bytes(bytes(data))
        entry = entry_of(folder)
        assert entry.error is None or isinstance(entry.error, UserModelRefused)
        refused += bool(entry.problem)
    assert refused > 20

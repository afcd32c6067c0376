"""Models on disk: taken in as a whole or not at all, never by running them, told apart by manifest, deleted if unused."""

import hashlib
import json
import os
import pickle
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
import tiny_sam

from terralogue.models.cancel import CancelToken
from terralogue.models.catalog import taking_in
from terralogue.models.catalog.entries import ENCODERS, MASKS, WORDS, Entry, Part
from terralogue.models.catalog.fetching import begun, forget, install
from terralogue.models.catalog.store import ModelStore, hold, in_use, kind_of, size_of
from terralogue.models.catalog.taking_in import kind_of_source, take_in
from terralogue.models.catalog.trial import try_model
from terralogue.models.errors import (
    Cancelled,
    DownloadFailed,
    ModelInUse,
    StorageFull,
    TerralogueError,
    UserModelRefused,
)
from terralogue.models.sharing.file_lock import FileLock

PAGE = "https://example.org"


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path / "profile" / "terralogue")


def entry(kind=MASKS, **more):
    return Entry("tiny", kind, "Tiny SAM", "Outlines", "MIT", PAGE, PAGE, 0, **more)


def sam(folder):
    return tiny_sam.pair(folder)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def safetensors(path, names=("a",), cut=0, shift=0):
    header, place = {}, 0
    for name in names:
        header[name] = {"dtype": "F32", "shape": [2], "data_offsets": [place + shift, place + 8 + shift]}
        place += 8
    head = json.dumps(header).encode()
    path.write_bytes((struct.pack("<Q", len(head)) + head + bytes(place))[:-cut or None])
    return path


def words(folder, **config):
    folder.mkdir(parents=True)
    safetensors(folder / "model.safetensors")
    told = {"model_type": "qwen3_vl", **config}
    (folder / "config.json").write_text(json.dumps(told))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "tokenizer_config.json").write_text("{}")
    (folder / "modeling_evil.py").write_text("raise SystemExit('run')")
    return folder


def empty(store):
    left = [path for path in store.root.rglob("*") if path.is_file()] if store.root.exists() else []
    return not left and store.installed() == []


def test_a_folder_of_graphs_is_copied_signed_and_tried(tmp_path, store):
    source = sam(tmp_path / "Aerial SAM")
    kept = take_in(source, MASKS, store)
    assert (kept.key, kept.kind, kept.title, kept.trust, kept.problem) == ("Aerial SAM", MASKS, "Aerial SAM", "first use", "")
    assert kept.size == size_of(kept.path) > 0 and kept.path.parent == store.folder(MASKS)
    origin = json.loads((kept.path / "origin.json").read_text())
    assert origin["files"]["encoder.onnx"] == "sha256:" + digest(source / "encoder.onnx")
    assert kind_of(json.loads((kept.path / "manifest.json").read_text())) == MASKS
    tried = try_model(kept)
    assert tried["ran"] and tried["provider"] == "CPUExecutionProvider"
    assert not list(store.incoming.iterdir())


def test_a_second_of_the_same_name_gets_one_of_its_own(tmp_path, store):
    source = sam(tmp_path / "SAM")
    assert [take_in(source, MASKS, store).key for _ in range(2)] == ["SAM", "SAM 2"]
    assert [one.key for one in store.installed()] == ["SAM", "SAM 2"]


def test_a_published_digest_is_held_to_and_told(tmp_path, store):
    source = sam(tmp_path / "SAM")
    parts = tuple(Part(name, f"{PAGE}/{name}", f"sha256:{digest(source / name)}", 1) for name in ("encoder.onnx", "decoder.onnx"))
    assert take_in(source, MASKS, store, entry(parts=parts)).trust == "published"
    parts = (*parts[:1], Part("decoder.onnx", f"{PAGE}/decoder.onnx", f"sha256:{'0' * 64}", 1))
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, MASKS, store, entry(parts=parts))
    assert caught.value.kind == "changed" and len(store.installed()) == 1


def test_a_signed_folder_that_was_changed_is_refused(tmp_path, store):
    source = sam(tmp_path / "SAM")
    kept = take_in(source, MASKS, store)
    again = tmp_path / "again"
    shutil.copytree(kept.path, again)
    assert take_in(again, MASKS, store).problem == ""
    data = bytearray((again / "decoder.onnx").read_bytes())
    data[-1] ^= 1
    (again / "decoder.onnx").write_bytes(data)
    with pytest.raises(UserModelRefused) as caught:
        take_in(again, MASKS, store)
    assert caught.value.kind == "changed"


def test_a_list_of_digests_that_names_files_elsewhere_is_refused(tmp_path, store):
    source = sam(tmp_path / "SAM")
    secret = tmp_path / "secret"
    secret.write_text("canary")
    (source / "SHA256SUMS").write_text(f"{digest(secret)}  ../secret\n")
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, MASKS, store)
    assert caught.value.kind == "elsewhere" and empty(store)


@pytest.mark.parametrize("place", ["/etc/passwd", "../secret", "C:\\secret", "link.bin"])
def test_weights_that_lie_elsewhere_are_never_opened(tmp_path, store, place):
    import numpy as np
    import tiny_onnx as onnx

    source = sam(tmp_path / "SAM")
    (tmp_path / "secret").write_bytes(bytes(12))
    (source / "link.bin").symlink_to(tmp_path / "secret")
    (source / "encoder.onnx").write_bytes(onnx.model(
        [onnx.node("Mul", ["image", "w"], ["image_embeddings"])], {"image": ("float32", (1, 3, 64, 64))},
        {"image_embeddings": ("float32", (1, 3, 64, 64))}, {"w": np.ones((1, 3, 1, 1), np.float32)}, external={"w": place}))
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, MASKS, store)
    assert caught.value.kind == "elsewhere" and empty(store)


@pytest.mark.parametrize("what", ["graph", "folder"])
def test_links_are_not_followed(tmp_path, store, what):
    source = sam(tmp_path / "SAM")
    if what == "graph":
        real = (source / "encoder.onnx").rename(tmp_path / "elsewhere.onnx")
        (source / "encoder.onnx").symlink_to(real)
    else:
        link = tmp_path / "link"
        link.symlink_to(source)
        source = link
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, MASKS, store)
    assert caught.value.kind == "links" and empty(store)


class Canary:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize("name", ["sam_vit_b.pth", "RemoteCLIP.pt", "pytorch_model.bin", "model.onnx", "model.safetensors"])
@pytest.mark.parametrize("kind", [MASKS, ENCODERS, WORDS])
def test_a_pickle_never_runs_whatever_it_is_called(tmp_path, store, name, kind):
    canary, source = tmp_path / "canary", tmp_path / "model"
    source.mkdir()
    (source / name).write_bytes(pickle.dumps(Canary(canary)))
    for place in (source, source / name):
        with pytest.raises(TerralogueError):
            take_in(place, kind, store)
    assert not canary.exists() and empty(store)


def test_a_web_page_or_an_empty_file_is_no_model(tmp_path, store):
    for content in (b"", b"<!DOCTYPE html><html></html>", b"PK\x03\x04"):
        path = tmp_path / "model.onnx"
        path.write_bytes(content)
        with pytest.raises(UserModelRefused) as caught:
            take_in(path, MASKS, store)
        assert caught.value.kind == "damaged" and empty(store)


def test_a_language_model_is_copied_without_its_programs(tmp_path, store):
    kept = take_in(words(tmp_path / "qwen"), WORDS, store, entry(WORDS))
    assert sorted(path.name for path in kept.path.iterdir()) == [
        "SHA256SUMS", "config.json", "manifest.json", "model.safetensors", "origin.json", "tokenizer.json",
        "tokenizer_config.json"]
    assert (kept.title, kept.trust, kept.entry) == ("Tiny SAM", "first use", "tiny")
    assert try_model(kept)["ran"] is False
    safetensors(kept.path / "model.safetensors", ("b",))
    with pytest.raises(UserModelRefused) as caught:
        try_model(kept)
    assert caught.value.kind == "changed"


@pytest.mark.parametrize("where", ["config.json", "tokenizer_config.json"])
def test_a_model_that_asks_for_its_own_program_is_refused(tmp_path, store, where):
    source = words(tmp_path / "qwen")
    told = json.loads((source / where).read_text())
    told["vision_config"] = {"auto_map": {"AutoModel": "modeling_evil.Evil"}}
    (source / where).write_text(json.dumps(told))
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, WORDS, store)
    assert caught.value.kind == "code" and empty(store)


SPOILT = {
    "no config": (lambda folder: (folder / "config.json").unlink(), "missing"),
    "config is a list": (lambda folder: (folder / "config.json").write_text("[]"), "damaged"),
    "config names nothing": (lambda folder: (folder / "config.json").write_text("{}"), "task"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), "missing"),
    "weights cut off": (lambda folder: safetensors(folder / "model.safetensors", cut=3), "damaged"),
    "tensors elsewhere": (lambda folder: safetensors(folder / "model.safetensors", shift=4), "damaged"),
    "no header": (lambda folder: (folder / "model.safetensors").write_bytes(b"\xff" * 40), "damaged"),
    "a shard is missing": (lambda folder: (folder / "model.safetensors.index.json").write_text(
        json.dumps({"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}})), "missing"),
    "a link": (lambda folder: ((folder / "vocab.json").symlink_to("/etc/passwd")), "links"),
    "pickled": (lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"), "pickle"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_language_model_that_is_not_whole_is_refused(tmp_path, store, spoil):
    source = words(tmp_path / "qwen")
    change, kind = SPOILT[spoil]
    change(source)
    with pytest.raises(UserModelRefused) as caught:
        take_in(source, WORDS, store)
    assert caught.value.kind == kind and empty(store)


def test_links_of_a_hub_cache_lead_to_its_blobs_and_nowhere_else(tmp_path, store):
    blobs, snapshot = tmp_path / "models--x" / "blobs", tmp_path / "models--x" / "snapshots" / "abc"
    words(snapshot)
    blobs.mkdir()
    for name in ("model.safetensors", "config.json"):
        (snapshot / name).rename(blobs / name)
        (snapshot / name).symlink_to(blobs / name)
    kept = take_in(snapshot, WORDS, store)
    assert not any(path.is_symlink() for path in kept.path.iterdir())


def test_kinds_are_told_from_names(tmp_path):
    assert kind_of_source(sam(tmp_path / "a")) == MASKS
    assert kind_of_source(words(tmp_path / "b")) == WORDS
    assert kind_of_source(tmp_path / "RemoteCLIP-ViT-B-32.pt") == ENCODERS
    assert kind_of_source(tmp_path / "sam_vit_b_01ec64.pth") == MASKS


def test_a_model_among_those_of_another_kind_is_told(tmp_path, store):
    kept = take_in(words(tmp_path / "qwen"), WORDS, store)
    shutil.copytree(kept.path, store.folder(ENCODERS) / "qwen")
    (one,) = store.installed(ENCODERS)
    assert "words" in one.problem


def test_a_cancelled_import_leaves_nothing(tmp_path, store):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        take_in(sam(tmp_path / "SAM"), MASKS, store, cancel=cancel)
    assert empty(store)


def test_an_import_that_does_not_fit_is_told_beforehand(tmp_path, store, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(taking_in.shutil, "disk_usage", lambda path: usage._replace(free=10))
    with pytest.raises(StorageFull):
        take_in(sam(tmp_path / "SAM"), MASKS, store)
    assert empty(store)


def test_a_disk_that_fills_up_while_copying_leaves_nothing(tmp_path, store):
    import resource

    source = sam(tmp_path / "SAM")
    small = min(path.stat().st_size for path in source.iterdir()) // 2
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small, hard))
    try:
        with pytest.raises(StorageFull):
            take_in(source, MASKS, store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert empty(store)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a place that nobody may write to")
def test_a_place_that_nobody_may_write_to_is_told(tmp_path):
    """FAULTS A 26."""
    store = ModelStore(Path("/sys/kernel/terralogue"))
    for doing in (lambda: take_in(sam(tmp_path / "SAM"), MASKS, store),
                  lambda: install(entry(parts=(Part("w.onnx", f"{PAGE}/w.onnx", f"sha256:{'0' * 64}", 5),)), store, None)):
        with pytest.raises(DownloadFailed) as caught:
            doing()
        assert caught.value.kind == "read-only"


def test_what_could_not_be_converted_here_is_not_fetched(store):
    part = Part("sam.pth", f"{PAGE}/sam.pth", f"sha256:{'0' * 64}", 5)
    with pytest.raises(UserModelRefused) as caught:
        install(entry(parts=(part,), converter="sam", needs=("torch", "no-such-package")), store,
                lambda wish, cancel: pytest.fail("asked the network"))
    assert caught.value.kind == "converter" and "no-such-package" in caught.value.reason and not store.incoming.exists()


def test_a_zip_of_a_model_is_unpacked_and_taken_in(tmp_path, store):
    source = sam(tmp_path / "SAM")
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as opened:
        for path in source.iterdir():
            opened.write(path, f"inner/{path.name}")
    assert take_in(tmp_path / "pack.zip", MASKS, store, title="Packed").title == "Packed"


def test_deleting_needs_the_model_to_be_free(tmp_path, store):
    kept = take_in(sam(tmp_path / "SAM"), MASKS, store)
    with pytest.raises(ModelInUse) as caught:
        store.delete(kept, {"masks": kept.key, "search": "nano"})
    assert caught.value.job == "masks" and kept.path.is_dir()
    lock = hold(kept.path)
    assert in_use(kept.path)
    with pytest.raises(ModelInUse):
        store.delete(kept, {})
    lock.release()
    store.delete(kept, {"search": kept.key})  # of another kind: a model that only has the same name
    assert not kept.path.exists() and store.installed() == []
    store.sweep()


def test_what_killed_processes_left_is_swept_and_what_is_under_way_is_not(store):
    old, young, gone = store.incoming / "taking-old", store.incoming / "taking-young", store.folder(MASKS) / ".deleted-x"
    for folder in (old, young, gone):
        folder.mkdir(parents=True)
        (folder / "weights.bin").write_bytes(b"x")
    os.utime(old, (0, 0))
    assert store.installed() == []
    store.sweep()
    assert not old.exists() and young.is_dir() and not gone.exists()


def test_nothing_outside_the_store_is_deleted(tmp_path, store):
    import dataclasses

    kept = take_in(sam(tmp_path / "SAM"), MASKS, store)
    with pytest.raises(ValueError):
        store.delete(dataclasses.replace(kept, path=tmp_path), {})
    assert kept.path.is_dir()


@pytest.fixture
def server():
    from scripted_server import Server

    server = Server()
    yield server
    server.close()


def served(server, source, **more):
    files = {f"/{path.name}": path.read_bytes() for path in source.iterdir()}
    parts = tuple(Part(name[1:], server.address(name), "sha256:" + hashlib.sha256(content).hexdigest(), len(content))
                  for name, content in sorted(files.items()))
    server.answer = lambda handler, number: handler.file(files[handler.path])
    return entry(parts=parts, **more)


def test_a_catalogue_entry_is_fetched_verified_and_taken_in(tmp_path, store, server):
    from scripted_server import plain_fetch

    tiny = served(server, sam(tmp_path / "SAM"))
    shares = []
    kept = install(tiny, store, plain_fetch, lambda done, said="": shares.append(done))
    assert (kept.entry, kept.trust, kept.title, kept.licence) == ("tiny", "published", "Tiny SAM", "MIT")
    assert shares == sorted(shares) and try_model(kept)["ran"]
    assert begun(tiny, store) == 0 and not (store.incoming / "tiny").exists()


def test_a_packed_entry_is_unpacked_and_its_members_verified(tmp_path, store, server):
    from scripted_server import plain_fetch

    source, pack = sam(tmp_path / "SAM"), tmp_path / "served"
    pack.mkdir()
    with zipfile.ZipFile(pack / "sam.zip", "w") as opened:
        for path in source.iterdir():
            opened.write(path, path.name)
        opened.writestr("readme.txt", "not wanted")
    members = tuple(Part(path.name, "", f"sha256:{digest(path)}", path.stat().st_size) for path in sorted(source.iterdir()))
    tiny = served(server, pack)
    tiny = entry(parts=(Part(tiny.parts[0].name, tiny.parts[0].address, tiny.parts[0].digest, tiny.parts[0].size, members),))
    kept = install(tiny, store, plain_fetch)
    assert kept.trust == "published" and not (kept.path / "readme.txt").exists()


def test_two_at_once_leave_one_whole_model_and_no_lock(tmp_path, store, server):
    """FAULTS A 24: the second says that the first is at it."""
    from scripted_server import plain_fetch

    tiny = served(server, sam(tmp_path / "SAM"))
    (store.incoming / "tiny").mkdir(parents=True)
    other = FileLock.taken(store.incoming / "tiny" / ".lock")
    with pytest.raises(DownloadFailed) as caught:
        install(tiny, store, plain_fetch)
    assert caught.value.kind == "locked" and server.asked == []
    other.release()
    assert install(tiny, store, plain_fetch).problem == ""
    assert len(store.installed()) == 1 and not list(store.incoming.iterdir())


def test_offline_answers_at_once_and_asks_nobody(tmp_path, store, server):
    """FAULTS A 25."""
    tiny = served(server, sam(tmp_path / "SAM"))
    with pytest.raises(DownloadFailed) as caught:
        install(tiny, store, None)
    assert caught.value.kind == "offline" and server.asked == [] and store.installed() == []


def test_what_a_pause_left_is_told_and_can_be_dropped(tmp_path, store, server):
    from scripted_server import plain_fetch

    tiny, cancel = served(server, sam(tmp_path / "SAM")), CancelToken()

    def pause(done, said=""):
        if done >= 0.1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        install(tiny, store, plain_fetch, pause, cancel)
    assert begun(tiny, store) > 0 and store.installed() == []
    forget(tiny, store)
    assert begun(tiny, store) == 0


def test_an_entry_without_digests_is_never_fetched(store):
    with pytest.raises(ValueError):
        install(entry(files=("x.pt",)), store, lambda wish, cancel: pytest.fail("asked the network"))


def test_no_shipped_source_trusts_remote_code():
    root = Path(__file__).resolve().parents[3]
    for folder in ("models", "plugin"):
        for path in (root / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8").replace(" ", "")
            assert "trust_remote_code=True" not in text, path
            assert "weights_only=False" not in text, path

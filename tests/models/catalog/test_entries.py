"""The list of known models: nothing but what is documented is read, and what is fetched has a digest, a size and https."""

import copy
import json
from pathlib import Path

import pytest

from terralogue.models.catalog.entries import ENCODERS, JOBS, KINDS, MASKS, WORDS, entries_of, read_entries
from terralogue.models.catalog.names import is_plain, plain, steps_below
from terralogue.models.errors import CatalogueInvalid

LIST = Path(__file__).resolve().parents[3] / "resources" / "catalog" / "models.json"


@pytest.fixture
def told():
    return json.loads(LIST.read_text(encoding="utf-8"))


def test_the_shipped_list_is_read_and_says_what_each_is(told):
    entries = {entry.id: entry for entry in read_entries(LIST)}
    assert {entry.kind for entry in entries.values()} == set(KINDS)
    for entry in entries.values():
        assert entry.title and entry.purpose and entry.licence
        assert entry.downloadable or entry.files, f"{entry.id} says neither where it is fetched nor which file is imported"
        if entry.downloadable:
            assert entry.size == sum(part.size for part in entry.parts)
            assert all(len(part.sha256) == 64 for part in entry.parts)
    for part in (part for entry in entries.values() for part in entry.parts if "huggingface.co" in part.address):
        assert "/resolve/main/" not in part.address, "an address is pinned to a commit"
    assert {JOBS[job] for job in JOBS} == {ENCODERS, MASKS, WORDS}


def test_what_has_no_published_digest_is_not_fetched():
    for entry in read_entries(LIST):
        if entry.kind in (ENCODERS, WORDS):
            assert not entry.downloadable and not entry.parts


SPOILT = {
    "unknown field": lambda one: one.update(trust_remote_code=True),
    "missing field": lambda one: one.pop("licence"),
    "wrong type": lambda one: one.update(size="44 MB"),
    "true is no number": lambda one: one.update(size=True),
    "negative": lambda one: one.update(size=-1),
    "kind": lambda one: one.update(kind="video"),
    "converter": lambda one: one.update(converter="sh"),
    "id is a path": lambda one: one.update(id="../x"),
    "id is reserved": lambda one: one.update(id="con"),
    "revision": lambda one: one.update(revision="main"),
    "http page": lambda one: one.update(page="http://huggingface.co/x"),
    "file page": lambda one: one.update(page="file:///etc/passwd"),
    "part outside": lambda one: one["parts"][0].update(name="../encoder.onnx"),
    "part on a drive": lambda one: one["parts"][0].update(name="C:encoder.onnx"),
    "part without digest": lambda one: one["parts"][0].pop("digest"),
    "digest is md5": lambda one: one["parts"][0].update(digest="md5:0"),
    "digest is short": lambda one: one["parts"][0].update(digest="sha256:abc"),
    "no size": lambda one: one["parts"][0].update(size=0),
    "part over http": lambda one: one["parts"][0].update(address="http://huggingface.co/x"),
    "part with a password": lambda one: one["parts"][0].update(address="https://me:pass@huggingface.co/x"),
    "same name": lambda one: one["parts"][1].update(name="ENCODER.onnx"),
    "hosts": lambda one: one.update(hosts=[1]),
    "file outside": lambda one: one.update(files=["../../etc/passwd"]),
    "no object": lambda one: one.update(parts=["encoder.onnx"]),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_list_that_says_more_or_less_is_refused(told, spoil):
    spoilt = copy.deepcopy(told)
    SPOILT[spoil](spoilt["entries"][0])
    entries_of(told)
    with pytest.raises(CatalogueInvalid):
        entries_of(spoilt)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "entries": []}', '{"format": 1, "entries": {}}', "\xff"])
def test_a_file_that_is_no_list_is_refused(tmp_path, content):
    path = tmp_path / "models.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(CatalogueInvalid):
        read_entries(path)


def test_two_entries_of_one_id_are_refused(told):
    told["entries"].append(told["entries"][0])
    with pytest.raises(CatalogueInvalid, match="same id"):
        entries_of(told)


def test_names_are_plain_on_every_system():
    for name in ("encoder.onnx", "model-00001-of-00002.safetensors", "漢字.bin", "a b", ".gitattributes"):
        assert is_plain(name), name
    for name in ("", ".", "..", "a/b", "a\\b", "C:x", "NUL", "nul.txt", "COM1", "lpt9.bin", "x.", "x ", " x", "a\0b", "a\nb",
                 "~/x", "a*", 'a"b', "x" * 151):
        assert not is_plain(name), name
    assert steps_below("a/b/c.onnx") == ["a", "b", "c.onnx"] and steps_below("a/") == ["a"]
    for path in ("/a", "../a", "a/../b", "a//b", "\\\\server\\x", "C:/x", "a\\..\\b", "", "/"):
        assert steps_below(path) == [], path
    assert plain("GeoRSCLIP: ViT/B 32?") == "GeoRSCLIP ViT B 32" and plain("../..") == "model" and plain("CON") == "model"

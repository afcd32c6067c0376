"""The file of a class: the same comes out as went in, and nothing damaged, foreign or too large is used."""

import json
import zipfile

import numpy as np
import pytest
from glasshouses import StridedNano, tuned_class

from terralogue.models import concepts
from terralogue.models.errors import TunedClassUnreadable, TunedForAnotherModel, TuningImpossible
from terralogue.models.tuned.naming import check_free, class_words, plural_of
from terralogue.models.tuned.taught import TaughtClasses
from terralogue.models.tuned.tuned_class import TunedClass


@pytest.fixture
def path(tuned, tmp_path):
    tuned.save(tmp_path / "greenhouse.nano-class")
    return tmp_path / "greenhouse.nano-class"


@pytest.fixture
def taught():
    made = TaughtClasses(StridedNano())
    yield made
    made.clear()


def test_what_was_saved_is_loaded(tuned, path):
    found = TunedClass.load(path, StridedNano.digest)
    assert found.about == tuned.about and found.digest == tuned.digest and path.stat().st_size < 100_000
    given = np.random.default_rng(0).random((50, 12)).astype(np.float32)
    assert np.array_equal(found.head.scores(given), tuned.head.scores(given))
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_another_model_is_refused_by_its_digest(path):
    with pytest.raises(TunedForAnotherModel) as error:
        TunedClass.load(path, "sha256:other")
    assert error.value.expected == StridedNano.digest and error.value.found == "sha256:other"


@pytest.mark.parametrize("cut", [0, 10, 1000, -1])
def test_a_file_cut_short_is_refused(path, cut):
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(TunedClassUnreadable):
        TunedClass.load(path)


def test_a_byte_changed_anywhere_changes_no_answer(tuned, path):
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1:])
        try:
            assert TunedClass.load(path).digest == tuned.digest
        except TunedClassUnreadable:
            pass


def repacked(path, **changed):
    with np.load(path) as arrays:
        parts = {name: arrays[name] for name in arrays.files}
    about = {**json.loads(bytes(parts["about"]).decode()), **changed.pop("about", {})}
    parts.update(changed, about=np.frombuffer(json.dumps(about).encode(), np.uint8))
    np.savez(path.with_suffix(".npz"), **parts)
    path.with_suffix(".npz").replace(path)


@pytest.mark.parametrize("changed", [
    {"about": {"threshold": 0.2}}, {"about": {"words": []}}, {"about": {"threshold": "high"}}, {"about": {"form": 2}},
    {"about": {"extra": 1}}, {"about": {"label": 7}}, {"w1": np.full((12, 48), np.nan)}, {"w1": np.zeros((3, 48))},
    {"mean": np.zeros((2, 2))}, {"w1": np.zeros((4000, 2000))},
])  # fmt: skip
def test_a_file_that_was_tampered_with_is_refused(path, changed):
    repacked(path, **changed)
    with pytest.raises(TunedClassUnreadable):
        TunedClass.load(path)


def test_a_pickle_in_the_file_is_not_run(path):
    class Trap:
        def __reduce__(self):
            return (print, ("sprung",))

    np.savez(path.with_suffix(".npz"), about=np.array([Trap()], object))
    path.with_suffix(".npz").replace(path)
    with pytest.raises(TunedClassUnreadable):
        TunedClass.load(path)
    with zipfile.ZipFile(path, "w") as bomb:
        bomb.writestr("about.npy", b"0" * 50_000_000, zipfile.ZIP_DEFLATED)
    with pytest.raises(TunedClassUnreadable, match="too large"):
        TunedClass.load(path)


def test_a_folder_is_loaded_and_the_rest_of_it_named(taught, tuned, trained, path):
    (path.parent / "torn.nano-class").write_bytes(b"PK")
    tuned_class(trained, "vineyard", "vineyards", ("vineyard",)).save(path.parent / "vineyard.nano-class")
    tuned_class(trained, "polytunnel", "polytunnels", ("polytunnel",), model="sha256:x").save(path.parent / "tunnel.nano-class")
    taught.load(path.parent)
    assert taught.labels == ("greenhouse",) and taught.get("greenhouse").digest == tuned.digest
    assert {name: type(error) for name, error in taught.refused.items()} == {
        "torn.nano-class": TunedClassUnreadable, "vineyard.nano-class": TuningImpossible,
        "tunnel.nano-class": TunedForAnotherModel}
    assert concepts.lexicon().get(["glasshouses"]).name == "greenhouse"
    path.unlink()
    taught.load(path.parent)
    assert concepts.lexicon() is concepts.shipped() and concepts.lexicon().get(["glasshouse"]) is None


def test_two_classes_may_not_share_a_word(taught, tuned, trained):
    taught.add(tuned)
    taught.add(tuned_class(trained, "polytunnel", "polytunnels", ("polytunnel",)))
    assert taught.labels == ("greenhouse", "polytunnel")
    with pytest.raises(TuningImpossible, match="glasshouse"):
        taught.add(tuned_class(trained, "hothouse", "hothouses", ("hothouse", "glasshouse")))
    taught.add(tuned)


@pytest.mark.parametrize("name", ["", " ", "<b>house</b>", "A320", "a|b", "green\u202ehouse", "x" * 41, "a b c d e", "7", "`rm`"])
def test_a_name_that_is_no_plain_word_is_refused(name):
    with pytest.raises(TuningImpossible):
        class_words(name)


def test_what_is_measured_already_is_never_replaced():
    known = concepts.shipped()
    for word in ("building", "roofs", "water", "car", "area", "many"):
        with pytest.raises(TuningImpossible):
            check_free([word], known, ("car",), True)
    for word in ("vineyard", "swimming pool", "airport"):
        with pytest.raises(TuningImpossible, match="tick"):
            check_free([word], known, ("car",), False)
        check_free([word], known, ("car",), True)
    check_free(["greenhouse", "red roof", "rice paddy"], known, ("car",), False)


def test_plurals():
    assert [plural_of(word) for word in ("greenhouse", "rice paddy", "bus", "ditch", "valley")] == [
        "greenhouses", "rice paddies", "buses", "ditches", "valleys"]

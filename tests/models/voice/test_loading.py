"""The decoder's files: loaded when they are needed and their digests are right; otherwise it is said what is wrong."""

import numpy as np
import pytest
from scripted import scripted

from terralogue.models.catalog import embedded
from terralogue.models.errors import ModelDigestError, ModelMissing
from terralogue.models.language.decoder import FILES
from terralogue.models.voice.loading import MISSING, Speech


@pytest.fixture
def folder(tmp_path):
    for name in (*FILES, "nano-see.onnx"):
        (tmp_path / name).write_bytes(name.encode())
    _list(tmp_path, (*FILES, "nano-see.onnx"))
    return tmp_path


def _list(folder, names):
    (folder / embedded.SUMS).write_text("".join(f"{embedded.digest_of(folder / name)}  {name}\n" for name in names))


def test_without_files_there_is_no_voice_and_that_is_said(tmp_path):
    speech = Speech(tmp_path)
    assert speech.voice is None and speech.reason == MISSING
    assert speech.state == f"composed sentences ({MISSING})"


def test_files_without_digests_are_not_loaded(folder):
    _list(folder, ("nano-see.onnx",))
    speech = Speech(folder)
    assert speech.voice is None and "has no digest" in speech.reason


def test_a_changed_or_damaged_file_is_not_loaded(folder):
    damaged = Speech(folder)
    assert damaged.voice is None and "cannot be used" in damaged.reason  # digests fit, contents do not
    (folder / FILES[0]).write_bytes(b"changed")
    changed = Speech(folder)
    assert changed.voice is None and "damaged" in changed.reason


def test_the_rest_of_the_model_works_without_the_decoder(folder):
    (folder / FILES[1]).unlink()
    (folder / FILES[0]).write_bytes(b"changed")
    assert set(embedded.verify(folder)) == {"nano-see.onnx"}
    with pytest.raises(ModelDigestError):
        embedded.verify(folder, FILES[:1])
    with pytest.raises(ModelMissing):
        embedded.verify(folder, FILES[1:2])


def test_descriptions_and_pictures_are_unit_vectors():
    voice = scripted(["unused"])
    vectors = [voice.retrieval("a harbour with many boats"), voice.retrieval("a wood")]
    vectors.append(voice.picture(np.random.default_rng(0).normal(size=(64, 544))))
    assert np.allclose([np.linalg.norm(vector) for vector in vectors], 1) and not np.allclose(*vectors[:2])

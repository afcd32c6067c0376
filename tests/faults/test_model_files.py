"""Model files that are missing, cut off, swapped or altered: refused by their digest, told in one sentence, never run."""

import hashlib
import random

import pytest

pytest.importorskip("qgis.core", reason="these tests need QGIS's Python")

from terralogue.models import runtime  # noqa: E402
from terralogue.plugin.core.ask_task import AskTask  # noqa: E402
from terralogue.plugin.core.service import Service  # noqa: E402
from terralogue.plugin.core.snapshots import snapshot_layer  # noqa: E402

pytestmark = pytest.mark.usefixtures("project")

FILES = ("nano-see.onnx", "nano-change.onnx", "manifest.json")


@pytest.fixture
def resources(tmp_path):
    """A folder of model files with their true digests; what is in them would be refused by the runtime."""
    folder = tmp_path / "resources" / "nano"
    folder.mkdir(parents=True)
    noise = random.Random(3)
    lines = []
    for name in FILES:
        content = bytes(noise.randrange(256) for _ in range(5000))
        (folder / name).write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder.parent


@pytest.fixture
def loaded(monkeypatch):
    """The files that ONNX Runtime was asked to load."""
    asked = []
    original = runtime.Session.__init__

    def listen(self, path, *arguments, **options):
        asked.append(path.name)
        original(self, path, *arguments, **options)

    monkeypatch.setattr(runtime.Session, "__init__", listen)
    return asked


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[:2500]),
    "a web page": lambda path: path.write_bytes(b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "one bit": flip,
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_told_before_anything_is_loaded(
    resources, loaded, raster, noise, finish, tmp_path, log_lines, name, damage
):
    DAMAGES[damage](resources / "nano" / name)
    service = Service(resources=resources, cache=tmp_path / "cache")
    outcome = finish(AskTask(service, [snapshot_layer(raster(noise))], "What is here?"))
    assert not outcome.ok and not outcome.cancelled and outcome.result is None
    assert name in outcome.message and "einstall" in outcome.message and len(outcome.message) <= 200
    assert str(tmp_path) not in outcome.message
    assert loaded == [] and len(log_lines) == 1


def test_a_whole_file_that_is_no_model_is_told_too(resources, raster, noise, finish, tmp_path, log_lines):
    (resources / "nano" / "manifest.json").write_text("{}", encoding="utf-8")
    lines = [
        f"{hashlib.sha256((resources / 'nano' / name).read_bytes()).hexdigest()}  {name}" for name in FILES
    ]
    (resources / "nano" / "SHA256SUMS").write_text("\n".join(lines), encoding="utf-8")
    outcome = finish(AskTask(Service(resources=resources, cache=tmp_path / "c"), [snapshot_layer(raster(noise))], "?"))
    assert not outcome.ok and "einstall" in outcome.message and len(log_lines) == 1


def test_without_any_model_the_panel_says_so_and_asks_nothing(tmp_path):
    ready, sentence, step = Service(resources=tmp_path).ready()
    assert not ready and step in ("install", "reinstall") and 10 < len(sentence) <= 200


def test_a_repaired_file_is_used_without_a_restart(resources, tmp_path, monkeypatch):
    from terralogue.models.errors import ModelDigestError
    from terralogue.models.vision.nano import Nano

    service = Service(resources=resources, cache=tmp_path / "cache")
    path = resources / "nano" / FILES[0]
    whole = path.read_bytes()
    flip(path)
    with pytest.raises(ModelDigestError):
        service.engine()
    path.write_bytes(whole)
    monkeypatch.setattr(Nano, "load", classmethod(lambda cls, folder, threads=None: "the model"))
    assert service.engine().nano == "the model"
    service.close()

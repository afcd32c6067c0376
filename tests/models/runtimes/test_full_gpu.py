"""A GPU that fills while a view is looked at: the map is the processor's, and the answer says what it ran on."""

import sys
from pathlib import Path

import numpy as np
import pytest

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Question, View
from terralogue.models.engine import Engine
from terralogue.models.runtimes.climbing import _broken
from terralogue.models.vision.nano import Nano

sys.path.append(str(Path(__file__).resolve().parents[1] / "words"))
from fakes import ArraySource, town  # noqa: E402

ort = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (group 'core')")
CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"


class PretendedGpu:
    """onnxruntime with a CUDA provider that computes as the CPU does, until more pixels come than ``room`` holds."""

    room = 10**9

    def __init__(self, listed):
        self.batches, self.listed = [], listed

    def __getattr__(self, name):
        return getattr(ort, name)

    def get_available_providers(self):
        return self.listed

    def InferenceSession(self, path, options, providers, **keys):  # noqa: N802 - the name onnxruntime has
        session = ort.InferenceSession(path, options, providers=[CPU])
        return session if providers == [CPU] else PretendedSession(self, session)


class PretendedSession:
    def __init__(self, gpu, session):
        self._gpu, self._session = gpu, session

    def __getattr__(self, name):
        return getattr(self._session, name)

    def get_providers(self):
        return [CUDA, CPU]

    def run(self, outputs, feeds, options=None):
        if "rgb" in feeds:
            self._gpu.batches.append(len(feeds["rgb"]))
            if feeds["rgb"].size > self._gpu.room:
                raise RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : CUDA error 2: out of memory")
        return self._session.run(outputs, feeds, options)


@pytest.fixture
def look(repository, tmp_path, monkeypatch):
    """``look(room)`` → (scores, provenance of an answer, sizes of batches); None: without a GPU."""

    def looked(room):
        gpu = PretendedGpu([CPU] if room is None else [CUDA, CPU])
        monkeypatch.setitem(sys.modules, "onnxruntime", gpu)
        nano = Nano.load(repository / "resources" / "nano", threads=1)
        gpu.room = room or 0
        gpu.batches.clear()
        engine = Engine(repository / "resources", tmp_path / str(room), nano)
        try:
            source = ArraySource(town())
            cover = engine.cover(View(source))
            scores = cover.read(cover.grid.window)
            question = Question("What is here?", (View(source),), (), "brief")
            done = list(Assistant(engine, "1.0").ask(question, CancelToken()))[-1]
        finally:
            engine.close()
        return scores, done.provenance, list(gpu.batches)

    return looked


def test_what_is_seen_does_not_depend_on_the_memory_of_the_gpu(look):
    plain, told, _ = look(None)
    assert told["provider"] == CPU and told["fallback"] == ""
    _broken.clear()
    for tiles, provider in ((2, CUDA), (0, CPU)):
        scores, told, batches = look(tiles * 3 * 256 * 256 or 1)
        assert np.abs(scores.astype(float) - plain).max() <= 1, "one step of the 8 bits that scores are kept in"
        assert told["provider"] == provider and ("memory is full" in told["fallback"]) == (provider == CPU)
        assert batches

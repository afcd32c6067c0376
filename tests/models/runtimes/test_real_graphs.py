"""The self-test on the graphs that are shipped: the CPU runs each on made-up inputs, and tells a changed result."""

import numpy as np
import pytest

from terralogue.models.runtime import TOLERANCE, Session
from terralogue.models.runtimes.climbing import opened
from terralogue.models.runtimes.rungs import CPU
from terralogue.models.runtimes.self_test import difference, first_line, made_up, reference

ort = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (group 'core')")


@pytest.mark.parametrize("name", ["see", "change", "things", "mask"])
def test_every_shipped_graph_can_be_tested(repository, name):
    session = opened(ort, repository / "resources" / "nano" / f"nano-{name}.onnx", CPU, 1)
    feeds, wanted = reference(session)
    assert difference(session.run(None, feeds), wanted) <= 1e-6
    worse = [array * np.float32(1 + 2 * TOLERANCE) for array in wanted]
    assert difference(worse, wanted) > TOLERANCE
    assert all(np.isfinite(array).all() and np.ptp(array) > 0 for array in wanted), "a test that sees nothing"


def test_only_what_the_wheel_lists_and_the_ladder_knows_is_run(repository):
    session = Session(repository / "resources" / "nano" / "nano-things.onnx", 1)
    assert session.provider in ort.get_available_providers() and session.provider != "AzureExecutionProvider"


def test_a_batch_in_parts_gives_what_the_whole_gives(repository):
    session = Session(repository / "resources" / "nano" / "nano-see.onnx", 1, (CPU,))
    rng = np.random.default_rng(1)
    feeds = {"rgb": rng.random((3, 3, 64, 64), np.float32), "gsd": np.ones((3, 3), np.float32)}
    whole = session.run(feeds)
    session._fits = {feeds["rgb"][:1].nbytes + feeds["gsd"][:1].nbytes: 2}
    halves = session.run(feeds)
    assert session._splits and all(np.allclose(a, b, atol=1e-4) for a, b in zip(whole, halves))


@pytest.mark.parametrize("found, wanted, off", [
    ([[1.0, 2.0]], [[1.0, 2.0]], 0.0),
    ([[1.0, 2.2]], [[1.0, 2.0]], 0.1),
    ([[1.0, np.nan]], [[1.0, 2.0]], np.inf),
    ([[1.0]], [[1.0, 2.0]], np.inf),
    ([[3, 3, 3, 4]], [[3, 3, 3, 3]], 0.25),
])
def test_differences_are_relative_to_the_largest_value(found, wanted, off):
    assert difference([np.array(found)], [np.array(wanted)]) == pytest.approx(off)


def test_whole_numbers_and_truths_are_made_up_too_and_strings_are_not():
    class Node:
        def __init__(self, kind):
            self.name, self.shape, self.type = kind, ["n", None, 3], f"tensor({kind})"

    feeds = made_up([Node("int64"), Node("bool"), Node("float16")], 8)
    assert feeds["int64"].shape == (2, 8, 3) and feeds["int64"].dtype == np.int64 and feeds["bool"].dtype == bool
    assert made_up([Node("string")], 8) is None


def test_the_codes_before_a_reason_are_left_out():
    assert first_line(RuntimeError("[ONNXRuntimeError] : 1 : FAIL : no\nat x")) == "no"
    assert first_line(RuntimeError("")) == "RuntimeError"

"""GPUs that are half installed, too old, full, wrong or gone: the answer still comes, and says what it ran on and why."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled, MemoryShort, ModelUnreadable
from terralogue.models.runtime import LADDER, Session
from terralogue.models.runtimes import cuda
from terralogue.models.runtimes.choice import Choice, choose

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scripted_runtime import CPU, CUDA, DIRECTML, Node, ScriptedRuntime  # noqa: E402


@pytest.fixture(autouse=True)
def automatic():
    yield
    choose(Choice())


@pytest.fixture
def graph(tmp_path):
    path = tmp_path / "graph.onnx"
    path.write_bytes(b"a graph")
    return path


@pytest.fixture
def machine(monkeypatch, tmp_path):
    def make(does, **keys):
        made = ScriptedRuntime(tmp_path, does, **keys)
        monkeypatch.setitem(sys.modules, "onnxruntime", made)
        monkeypatch.setattr(cuda, "why_not", lambda capi: "")
        monkeypatch.setattr(cuda, "driver", lambda: 12040)
        return made

    return make


def tiles(n):
    return {"rgb": np.random.default_rng(n).random((n, 3, 8, 8), np.float32)}


def test_a_gpu_that_works_is_used_without_a_word(machine, graph):
    runtime = machine({CUDA: "works"})
    session = Session(graph)
    assert (session.provider, session.fallback) == (CUDA, "")
    fed = tiles(4)
    assert np.array_equal(session.run(fed)[0], fed["rgb"] * 2) and runtime.ran[-1] == (CUDA, 4)


@pytest.mark.parametrize("does", ["silent", "refuses"])
def test_cuda_that_cannot_load_ends_on_the_processor_with_a_reason(machine, graph, does, capsys):
    machine({CUDA: does})
    session = Session(graph)
    assert session.provider == CPU and session.fallback.startswith("CUDA: ") and len(session.fallback) < 200
    assert session.run(tiles(2))[0].shape == (2, 3, 8, 8)
    assert capsys.readouterr().out == ""


def test_the_next_rung_is_tried_after_one_that_fails(machine, graph):
    machine({CUDA: "silent", DIRECTML: "works"})
    session = Session(graph)
    assert session.provider == DIRECTML and session.fallback.startswith("CUDA: ")


@pytest.mark.parametrize("factor", [2.2, 0.0, float("nan"), float("inf")])
def test_a_gpu_whose_results_differ_is_not_used(machine, graph, factor):
    machine({CUDA: ("times", factor)})
    session = Session(graph)
    assert session.provider == CPU and "differ from the processor" in session.fallback


def test_a_small_difference_of_rounding_is_no_reason(machine, graph):
    machine({CUDA: ("times", 2.001)})
    assert Session(graph).provider == CUDA


def test_a_provider_that_is_not_on_the_ladder_is_never_asked(machine, graph):
    runtime = machine({"TensorrtExecutionProvider": "works"})
    assert Session(graph).provider == CPU and Session(graph).fallback == ""
    assert set(runtime.loaded) == {CPU}


def test_an_old_driver_is_told_with_both_versions(tmp_path, monkeypatch):
    (tmp_path / "libonnxruntime_providers_cuda.so").write_bytes(b"\0libcublasLt.so.13\0libcudart.so.13\0")
    monkeypatch.setattr(cuda, "driver", lambda: 12040)
    said = cuda.why_not(tmp_path)
    assert "12.4" in said and "13" in said and "update the driver" in said


def test_half_installed_cuda_names_the_library_that_is_missing(tmp_path, monkeypatch):
    (tmp_path / "onnxruntime_providers_cuda.dll").write_bytes(b"\0cublasLt64_13.dll\0cudart64_13.dll\0")
    monkeypatch.setattr(cuda, "driver", lambda: 13000)
    monkeypatch.setattr(cuda, "_loaded", lambda name: object() if "cudart" in name else None)
    said = cuda.why_not(tmp_path)
    assert "cublasLt64_13.dll" in said and "cudart" not in said and "install the GPU packages again" in said


@pytest.mark.parametrize("answer, said", [(0, ""), (100, "no NVIDIA GPU"), (803, "start the computer again")])
def test_what_the_driver_answers_is_told(tmp_path, monkeypatch, answer, said):
    (tmp_path / "libonnxruntime_providers_cuda.so").write_bytes(b"\0libcublas.so.12\0")
    driver = SimpleNamespace(cuDriverGetVersion=lambda at: 1, cuInit=lambda flags: answer)
    monkeypatch.setattr(cuda, "driver", lambda: 13000)
    monkeypatch.setattr(cuda, "_loaded", lambda name: driver)
    assert said in cuda.why_not(tmp_path) and bool(said) == bool(cuda.why_not(tmp_path))


def test_cuda_eleven_is_not_taken_for_version_110(tmp_path, monkeypatch):
    (tmp_path / "onnxruntime_providers_cuda.dll").write_bytes(b"\0cudart64_110.dll\0cublas64_11.dll\0")
    monkeypatch.setattr(cuda, "driver", lambda: 12040)
    monkeypatch.setattr(cuda, "_loaded", lambda name: SimpleNamespace(cuInit=lambda flags: 0))
    assert cuda.why_not(tmp_path) == ""


def test_without_a_driver_or_the_cuda_part_it_says_which(tmp_path, monkeypatch):
    assert "without its CUDA part" in cuda.why_not(tmp_path)
    (tmp_path / "libonnxruntime_providers_cuda.so").write_bytes(b"")
    monkeypatch.setattr(cuda, "_loaded", lambda name: None)
    assert "no NVIDIA driver" in cuda.why_not(tmp_path)


def test_the_reason_found_on_the_machine_is_the_one_that_is_shown(machine, graph, monkeypatch):
    runtime = machine({CUDA: "silent"})
    monkeypatch.setattr(cuda, "why_not", lambda capi: "the NVIDIA driver is too old")
    first, second = Session(graph), Session(graph)
    assert first.fallback == second.fallback == "CUDA: the NVIDIA driver is too old"
    assert runtime.loaded == [CUDA, CPU, CPU], "what is broken is not tried again with every graph"


def test_what_preloading_prints_does_not_reach_the_console(machine, graph, capsys):
    runtime = machine({CUDA: "works"})
    Session(graph)
    assert runtime.preloaded == 1 and capsys.readouterr().out == ""


def test_cuda_is_not_preloaded_beside_torch_nor_for_the_processor(machine, graph, monkeypatch):
    runtime = machine({CUDA: "works"})
    Session(graph, providers=(CPU,))
    monkeypatch.setitem(sys.modules, "torch", object())
    Session(graph)
    assert runtime.preloaded == 0


def test_a_full_gpu_gets_halves_and_the_results_are_those_of_the_whole(machine, graph):
    runtime = machine({CUDA: ("rows", 2)})
    session, fed = Session(graph), tiles(7)
    assert np.array_equal(session.run(fed)[0], fed["rgb"] * 2)
    assert session.provider == CUDA and session.fallback == ""
    runtime.ran.clear()
    session.run(fed)
    assert runtime.ran == [(CUDA, 2)] * 3 + [(CUDA, 1)], "what fits is remembered, not found out again"


def test_after_three_halvings_the_processor_takes_over_for_good(machine, graph):
    runtime = machine({CUDA: "works"})
    session, fed = Session(graph), tiles(32)
    runtime.does[CUDA] = ("rows", 1)
    runtime.ran.clear()
    assert np.array_equal(session.run(fed)[0], fed["rgb"] * 2)
    assert [n for provider, n in runtime.ran if provider == CUDA] == [32, 16, 8, 4]
    assert session.provider == CPU and "memory is full" in session.fallback
    runtime.ran.clear()
    session.run(fed)
    assert {provider for provider, _ in runtime.ran} == {CPU}


def test_one_tile_that_does_not_fit_goes_to_the_processor(machine, graph):
    runtime = machine({CUDA: "works"})
    session, fed = Session(graph), tiles(1)
    runtime.does[CUDA] = ("rows", 0)
    assert np.array_equal(session.run(fed)[0], fed["rgb"] * 2)
    assert session.provider == CPU and session.fallback.startswith("CUDA: its memory is full")


def test_a_gpu_that_is_full_at_load_is_asked_again_next_time(machine, graph, tmp_path):
    choose(Choice(verdicts=tmp_path / "verdicts.json"))
    runtime = machine({CUDA: ("rows", 0)})
    assert "memory is full" in Session(graph).fallback
    runtime.does[CUDA] = "works"
    assert Session(graph).provider == CUDA


def test_memory_that_is_short_on_the_processor_too_is_a_typed_error(machine, graph):
    machine({CPU: ("rows", 0)})
    with pytest.raises(MemoryShort):
        Session(graph).run(tiles(4))


def test_a_graph_that_is_no_batch_is_not_split(machine, graph):
    fixed = [Node(name="rgb", shape=[4, 3, 8, 8], type="tensor(float)")]
    runtime = machine({CUDA: "works"}, inputs=fixed, outputs=fixed)
    session = Session(graph)
    runtime.does[CUDA] = ("rows", 1)
    runtime.ran.clear()
    session.run(tiles(4))
    assert runtime.ran == [(CUDA, 4), (CPU, 4)]


def test_a_gpu_that_goes_away_in_a_run_costs_no_answer(machine, graph):
    runtime = machine({CUDA: ("breaks", "DXGI_ERROR_DEVICE_REMOVED\nstack")})
    session, fed = Session(graph), tiles(3)
    assert np.array_equal(session.run(fed)[0], fed["rgb"] * 2)
    assert session.provider == CPU and session.fallback == "CUDA: it failed in a run: DXGI_ERROR_DEVICE_REMOVED"
    runtime.ran.clear()
    session.run(fed)
    assert runtime.ran == [(CPU, 3)]


def test_inputs_of_a_wrong_shape_say_nothing_against_the_gpu(machine, graph):
    machine({CUDA: "works"})
    session = Session(graph)
    with pytest.raises(ModelUnreadable, match="invalid dimensions"):
        session.run({"rgb": np.zeros((1, 4, 8, 8), np.float32)})
    assert session.provider == CUDA and session.fallback == ""


def test_a_cancelled_run_neither_falls_back_nor_is_split(machine, graph):
    runtime = machine({CUDA: "works"})
    session, cancel = Session(graph), CancelToken()
    runtime.does[CUDA] = ("rows", 0)
    cancel.cancel()
    with pytest.raises(Cancelled):
        session.run(tiles(4), cancel)
    assert session.provider == CUDA


def test_the_self_test_is_made_once_for_graph_provider_version_and_driver(machine, graph, tmp_path, monkeypatch):
    choose(Choice(verdicts=tmp_path / "cache" / "verdicts.json"))
    runtime = machine({CUDA: "works"})

    def tested():
        runtime.ran.clear()
        assert Session(graph).provider == CUDA
        return bool(runtime.ran)

    assert tested() and not tested()
    monkeypatch.setattr(cuda, "driver", lambda: 13000)
    assert tested() and not tested(), "another driver"
    monkeypatch.setattr(ScriptedRuntime, "__version__", "1.24.0")
    assert tested() and not tested(), "another onnxruntime"
    graph.write_bytes(b"another graph")
    assert tested() and not tested()
    kept = json.loads((tmp_path / "cache" / "verdicts.json").read_text())["providers"][CUDA]
    assert len(kept["graphs"]) == 2 and "1.24.0" in kept["ground"], "verdicts of the old ground are dropped"


def test_a_gpu_that_failed_its_test_is_not_even_loaded_again(machine, graph, tmp_path):
    choose(Choice(verdicts=tmp_path / "verdicts.json"))
    runtime = machine({CUDA: ("times", 3.0)})
    first = Session(graph).fallback
    runtime.loaded.clear()
    assert Session(graph).fallback == first and runtime.loaded == [CPU]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"layout": 1}', '{"layout": 1, "providers": {"CUDAExecutionProvider": 3}}'])
def test_a_damaged_file_of_verdicts_only_costs_the_test(machine, graph, tmp_path, content):
    (tmp_path / "verdicts.json").write_text(content)
    choose(Choice(verdicts=tmp_path / "verdicts.json"))
    machine({CUDA: "works"})
    assert Session(graph).provider == CUDA
    assert json.loads((tmp_path / "verdicts.json").read_text())["providers"][CUDA]["graphs"]


def test_a_cache_that_cannot_be_written_only_costs_the_test(machine, graph, tmp_path):
    (tmp_path / "a file").write_text("")
    choose(Choice(verdicts=tmp_path / "a file" / "verdicts.json"))
    machine({CUDA: "works"})
    assert Session(graph).provider == CUDA


def test_processor_only_is_obeyed_and_shown(machine, graph):
    runtime = machine({CUDA: "works"})
    choose(Choice(processor_only=True))
    session = Session(graph)
    assert session.provider == CPU and "processor only" in session.fallback and set(runtime.loaded) == {CPU}


def test_each_provider_gets_what_it_needs(machine, graph):
    runtime = machine({CUDA: "works"})
    choose(Choice(memory=2_000_000_000))
    Session(graph)
    _, _, cuda_options, keys = next(found for found in runtime.options if found[0] == CUDA)
    assert cuda_options["gpu_mem_limit"] == "2000000000" and cuda_options["arena_extend_strategy"] == "kSameAsRequested"
    assert keys == {"enable_fallback": 0}
    runtime = machine({DIRECTML: "works"})
    Session(graph)
    _, options, _, _ = next(found for found in runtime.options if found[0] == DIRECTML)
    assert options.enable_mem_pattern is False and options.execution_mode == "sequential"
    assert not any(hasattr(options, "execution_mode") for first, options, _, _ in runtime.options if first == CPU)


def test_the_ladder_ends_on_the_processor():
    assert LADDER[0] == CUDA and LADDER[-1] == CPU and "AzureExecutionProvider" not in LADDER

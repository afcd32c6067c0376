"""Stands in for onnxruntime on machines with a GPU: each provider does what the script says, the CPU doubles its input."""

import types
from pathlib import Path

import numpy as np

CUDA, DIRECTML, CPU = "CUDAExecutionProvider", "DmlExecutionProvider", "CPUExecutionProvider"


class Node(types.SimpleNamespace):
    """As of ``get_inputs``: name, shape, type."""


class ScriptedRuntime:
    """As the module ``onnxruntime``. By provider, in ``does``:

    "works" · "silent" (runs on the CPU without a word) · "refuses" (raises at load) · ("rows", n) (memory for so many) ·
    ("times", f) (results off by that factor; may be nan) · ("breaks", text) (raises in every run after the first).
    """

    __version__ = "1.23.0"

    def __init__(self, folder: Path, does, inputs=None, outputs=None):
        self.__file__ = str(folder / "onnxruntime" / "__init__.py")
        self.does = {**does, CPU: does.get(CPU, "works")}
        self.inputs = inputs or [Node(name="rgb", shape=["n", 3, "height", "width"], type="tensor(float)")]
        self.outputs = outputs or [Node(name="double", shape=["n", 3, "height", "width"], type="tensor(float)")]
        self.loaded, self.ran, self.options, self.preloaded = [], [], [], 0
        self.GraphOptimizationLevel = types.SimpleNamespace(ORT_ENABLE_ALL=99)
        self.ExecutionMode = types.SimpleNamespace(ORT_SEQUENTIAL="sequential")
        self.RunOptions = types.SimpleNamespace
        self.listed = [*does, "AzureExecutionProvider", *([] if CPU in does else [CPU])]

    def get_available_providers(self):
        return self.listed

    def preload_dlls(self):
        self.preloaded += 1
        print("Failed to load libcudart.so.13")

    class SessionOptions(types.SimpleNamespace):
        def add_session_config_entry(self, key, value):
            pass

    def InferenceSession(self, path, options, providers, **keys):  # noqa: N802 - the name onnxruntime has
        first = providers[0] if isinstance(providers[0], str) else providers[0][0]
        does = self.does[first]
        self.loaded.append(first)
        self.options.append((first, options, dict(providers[0][1]) if first != CPU else {}, keys))
        if does == "refuses":
            raise RuntimeError("CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version\n at …")
        return ScriptedSession(self, CPU if does == "silent" else first)


class ScriptedSession:
    def __init__(self, runtime, provider):
        self._runtime, self._provider, self._runs = runtime, provider, 0

    def get_providers(self):
        return list(dict.fromkeys((self._provider, CPU)))

    def get_inputs(self):
        return self._runtime.inputs

    def get_outputs(self):
        return self._runtime.outputs

    def run(self, outputs, feeds, options=None):
        (value,) = feeds.values()
        self._runtime.ran.append((self._provider, len(value)))
        self._runs += 1
        if value.shape[1] != 3:
            raise ValueError("[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions")
        does = self._runtime.does[self._provider]
        kind, amount = does if isinstance(does, tuple) else (does, None)
        if kind == "rows" and len(value) > amount:
            raise RuntimeError("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : … bfc_arena.cc Failed to allocate memory for "
                               "requested buffer of size 805306368")
        if kind == "breaks" and self._runs > 1:
            raise RuntimeError(amount)
        return [value * np.float32(amount if kind == "times" else 2)]

"""The providers of ONNX Runtime that are tried, in this order, and what each needs to be asked for."""

import os
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

CUDA, DIRECTML, COREML, OPENVINO, CPU = (
    f"{name}ExecutionProvider" for name in ("CUDA", "Dml", "CoreML", "OpenVINO", "CPU"))
#: Tried in this order; a rung counts only after its self-test agreed with the CPU. TensorRT is left out: it builds engines
#: for minutes and per shape. Whatever else a build of onnxruntime lists (Azure) is not asked.
LADDER: Tuple[str, ...] = (CUDA, DIRECTML, COREML, OPENVINO, CPU)


def provider_options(rung: str, memory: int = 0) -> Dict[str, str]:
    """Options of the provider. ``memory``: most bytes of the GPU that CUDA takes for one graph; 0: no limit."""
    if rung == CUDA:
        # Grown as asked, not by powers of two: QGIS, the screen and other graphs share the memory. No TF32: thresholds were
        # picked on numbers with all their digits.
        options = {"device_id": "0", "arena_extend_strategy": "kSameAsRequested", "cudnn_conv_algo_search": "HEURISTIC",
                   "use_tf32": "0"}
        return {**options, "gpu_mem_limit": str(memory)} if memory else options
    if rung == COREML:
        return {"ModelFormat": "MLProgram", "MLComputeUnits": "ALL"}
    return {"device_type": "GPU"} if rung == OPENVINO else {}


def session_options(ort: Any, rung: str, threads: Optional[int]) -> Any:
    """``onnxruntime.SessionOptions`` for a session that starts on ``rung``; ``ort``: the module."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads or max(1, (os.cpu_count() or 2) // (2 if _hyperthreads() else 1))
    # Idle threads would otherwise spin and burn a core inside QGIS.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights are stored as int8 with DequantizeLinear; folding them once at load makes every run full speed.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    options.log_severity_level = 3
    if rung == DIRECTML:
        # It refuses sessions with either.
        options.enable_mem_pattern = False
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    return options


def _hyperthreads() -> bool:
    """True where the operating system lists two processors a core; inference gains nothing from the second."""
    try:
        siblings = Path("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list").read_text()
    except OSError:
        return True
    return "," in siblings or "-" in siblings

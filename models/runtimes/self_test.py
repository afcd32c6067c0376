"""Whether a provider computes what the CPU computes, seen on the graph itself with made-up inputs."""

import re
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .rungs import CPU

#: Largest difference from the CPU (relative to the output's largest value) that is accepted.
TOLERANCE = 2e-2
#: Lengths that symbolic axes are given, the first at which the CPU runs the graph. 64 suits encoders of stride 32.
_SIDES = (64, 256, 8, 1)
_BATCH = 2
_CODES = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
_KINDS = {"float": np.float32, "float16": np.float16, "double": np.float64, "int64": np.int64, "int32": np.int32,
          "uint8": np.uint8, "int8": np.int8, "bool": np.bool_}


def made_up(inputs: Sequence[Any], side: int) -> Optional[Dict[str, np.ndarray]]:
    """Feeds for nodes of ``get_inputs()``: floats in 0..1, whole numbers 0 or 1, the same every time; None for a dtype that
    nothing can be made up for. Symbolic axes are ``side`` long, the first ``_BATCH``.
    """
    rng = np.random.default_rng(0)
    feeds = {}
    for node in inputs:
        kind = _KINDS.get(node.type[len("tensor("):-1])
        if kind is None:
            return None
        shape = [axis if isinstance(axis, int) else (side if place else _BATCH) for place, axis in enumerate(node.shape)]
        values = rng.random(shape) if np.dtype(kind).kind == "f" else rng.integers(0, 2, shape)
        feeds[node.name] = values.astype(kind)
    return feeds


def difference(found: Sequence[np.ndarray], wanted: Sequence[np.ndarray]) -> float:
    """Largest difference relative to the largest wanted value, over all outputs; inf where shapes differ or only one is a
    number. Of whole numbers (classes, ranks) the share that differs: which of two nearly equal scores wins is chance.
    """
    return max((_off(np.asarray(a), np.asarray(b)) for a, b in zip(found, wanted)), default=0.0)


def _off(found: np.ndarray, wanted: np.ndarray) -> float:
    if found.shape != wanted.shape:
        return float("inf")
    if not wanted.size:
        return 0.0
    if wanted.dtype.kind not in "fc":
        return float((found != wanted).mean())
    a, b = found.astype(np.float64), wanted.astype(np.float64)
    known = np.isfinite(b)
    if not np.array_equal(known, np.isfinite(a)):
        return float("inf")
    if not known.any():
        return 0.0
    return float(np.abs(a - b)[known].max() / max(float(np.abs(b[known]).max()), 1e-6))


def reference(session: Any) -> Tuple[Dict[str, np.ndarray], List[np.ndarray]]:
    """Feeds and what the CPU's ``session`` makes of them. Raises ValueError for a graph that cannot be run on made-up
    inputs.
    """
    reason = "its inputs are of an unknown kind"
    for side in _SIDES:
        feeds = made_up(session.get_inputs(), side)
        if feeds is None:
            break
        try:
            return feeds, list(session.run(None, feeds))
        except Exception as error:  # a length that this graph does not take
            reason = first_line(error)
    raise ValueError(reason)


def first_line(error: BaseException) -> str:
    """The first line of what ONNX Runtime says, without its own name and codes before it."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return _CODES.sub("", line)[:160]


def short(rung: str) -> str:
    """"CUDA" of "CUDAExecutionProvider"."""
    return {CPU: "the processor"}.get(rung, rung.replace("ExecutionProvider", ""))

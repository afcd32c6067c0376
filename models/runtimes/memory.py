"""When memory runs out: what says so, and which batches can be run in parts."""

from typing import Any, Dict, Iterator, Optional, Sequence

import numpy as np

#: How often a batch is halved before the device is given up.
HALVINGS = 3
#: What ONNX Runtime, CUDA, cuDNN, DirectML and C++ say, in small letters.
_SAID = ("failed to allocate memory", "out of memory", "out_of_memory", "alloc_failed", "bad allocation", "bad_alloc",
         "smaller than requested bytes", "insufficient memory", "not enough memory", "8007000e")


def out_of_memory(error: BaseException) -> bool:
    """Whether ``error`` says that memory ran out."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(words in said for words in _SAID)


def batch_axis(inputs: Sequence[Any], outputs: Sequence[Any]) -> bool:
    """Whether the first axis of all inputs and outputs, as nodes of a session, is one and the same number that is open."""
    nodes = [*inputs, *outputs]
    names = {node.shape[0] if node.shape else None for node in nodes}
    return bool(nodes) and len(names) == 1 and isinstance(names.pop(), str)


def rows_of(feeds: Dict[str, np.ndarray]) -> int:
    """Rows of a batch; 1 where its arrays disagree, which onnxruntime is left to say."""
    found = {len(value) for value in feeds.values()}
    return found.pop() if len(found) == 1 else 1


def row_bytes(feeds: Dict[str, np.ndarray]) -> int:
    """Bytes of one row of a batch."""
    return sum(value[:1].nbytes for value in feeds.values())


def parts(feeds: Dict[str, np.ndarray], most: Optional[int]) -> Iterator[Dict[str, np.ndarray]]:
    """``feeds`` in parts of at most ``most`` rows; None: as they are."""
    if most is None:
        yield feeds
        return
    for start in range(0, rows_of(feeds), most):
        yield {name: value[start:start + most] for name, value in feeds.items()}

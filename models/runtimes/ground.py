"""What a self-test depends on beside the graph: the versions, the device and its driver, as far as they can be known."""

import platform
from typing import Any, List

from . import cuda
from .rungs import CUDA


def ground(ort: Any, rung: str) -> str:
    """One line that changes when onnxruntime, the system, the driver or the device does; ``ort``: the module."""
    known = [f"onnxruntime {ort.__version__}", platform.platform()]
    if rung == CUDA:
        known += [f"driver {cuda.driver()}", _kernel_driver()]
    return "; ".join(part for part in known + _devices(ort) if part)


def _devices(ort: Any) -> List[str]:
    """The devices that newer versions of onnxruntime list."""
    try:
        return sorted({f"{one.ep_name} {one.device.vendor} {dict(one.device.metadata)}" for one in ort.get_ep_devices()})
    except Exception:  # older versions have no such list, and newer ones may change it
        return []


def _kernel_driver() -> str:
    """NVIDIA's driver with its build, on Linux."""
    try:
        with open("/proc/driver/nvidia/version", encoding="utf-8", errors="replace") as file:
            return file.readline().strip()
    except OSError:
        return ""

"""What is known of NVIDIA's part of the machine: its libraries loaded first, and why CUDA cannot be used.

ONNX Runtime does not say why: where a library is missing it writes to the console and runs on the CPU (measured). Here the
driver is asked, and each library that the provider names is tried.
"""

import contextlib
import ctypes
import io
import logging
import mmap
import re
import sys
from pathlib import Path
from typing import Any, List, Optional

log = logging.getLogger(__name__)

_DRIVERS = ("libcuda.so.1", "nvcuda.dll")
_PROVIDERS = ("libonnxruntime_providers_cuda.so", "onnxruntime_providers_cuda.dll")
#: The names of CUDA's libraries with their major version, as they stand in the provider's list of what it needs.
_LIBRARY = re.compile(
    rb"lib(?:cublasLt|cublas|cudart|curand|cufft|cudnn)\.so\.\d+|(?:cublasLt|cublas|cudart|curand|cufft|cudnn)64_\d+\.dll")
#: Of these only cuBLAS is named by CUDA's major version everywhere: cudart64_110.dll is of CUDA 11.
_MAJOR = re.compile(r"cublas(?:Lt)?(?:64_|\.so\.)(\d+)")
#: What the driver answers when it is started (cuda.h), and what to do.
_STARTED = {
    100: "there is no NVIDIA GPU",
    803: "the NVIDIA driver was updated; start the computer again",
    804: "the NVIDIA driver is too old for its libraries; update the driver",
}


def preload(ort: Any) -> None:
    """Let onnxruntime load CUDA's libraries where its version can, from NVIDIA's packages or from torch.

    Not after torch: its own are loaded then, and others beside them break it on Windows. What it prints is logged.
    """
    if "torch" in sys.modules or not hasattr(ort, "preload_dlls"):
        return
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            ort.preload_dlls()
    except Exception as error:  # the provider then fails too, and its reason is shown
        said.write(str(error))
    for line in said.getvalue().splitlines():
        log.debug("preloading CUDA: %s", line)


def driver() -> Optional[int]:
    """The CUDA version that the driver supports, 12040 for 12.4; None without a driver."""
    for name in _DRIVERS:
        library = _loaded(name)
        if library is not None:
            version = ctypes.c_int(0)
            if library.cuDriverGetVersion(ctypes.byref(version)) == 0:
                return version.value
    return None


def why_not(capi: Path) -> str:
    """Why CUDA cannot be used with the onnxruntime whose libraries are in ``capi``; "" where nothing was found wrong."""
    found = [capi / name for name in _PROVIDERS if (capi / name).is_file()]
    if not found:
        return "the installed onnxruntime is without its CUDA part; install the GPU packages again"
    version = driver()
    if version is None:
        return "there is no NVIDIA driver"
    needed = libraries(found[0])
    majors = [int(major) for name in needed for major in _MAJOR.findall(name)]
    if majors and max(majors) > version // 1000:
        has = f"{version // 1000}.{version % 1000 // 10}"
        return f"the NVIDIA driver is too old (it supports CUDA {has}, {max(majors)} is needed); update the driver"
    missing = [name for name in needed if _loaded(name) is None]
    if missing:
        return f"CUDA is half installed ({', '.join(missing[:3])} cannot be loaded); install the GPU packages again"
    return _STARTED.get(_start(), "")


def _start() -> int:
    """What the driver answers when it is started, 0 if well; it changes nothing that onnxruntime has not done before."""
    library = next((found for found in map(_loaded, _DRIVERS) if found is not None), None)
    return 0 if library is None else int(library.cuInit(0))


def libraries(provider: Path) -> List[str]:
    """CUDA's libraries that a provider's file names, sorted; [] for one that cannot be read."""
    try:
        with open(provider, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return sorted({name.decode() for name in _LIBRARY.findall(content)})
    except (OSError, ValueError):
        return []


def _loaded(name: str) -> Optional[Any]:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None

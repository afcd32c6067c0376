"""Run in a child process over a freshly installed folder, before it is used: does everything import, does it compute?

``python -I probe.py FOLDER MODULE…`` prints one JSON object. A crash in a compiled package ends this process, not QGIS.
"""

import importlib
import json
import sys

#: An ONNX graph with one Identity node (opset 13, IR 8), written out so that the probe needs no file beside it.
IDENTITY = (
    b"\x08\x08\x3a\x2f\x0a\x10\x0a\x01x\x12\x01y\x22\x08Identity\x12\x01p\x5a\x0b\x0a\x01x\x12\x06\x0a\x04\x08\x01\x12\x00"
    b"\x62\x0b\x0a\x01y\x12\x06\x0a\x04\x08\x01\x12\x00\x42\x02\x10\x0d"
)


def main(folder: str, modules: list) -> dict:
    """Import ``modules`` with ``folder`` appended, run ONNX Runtime once; returns what was found."""
    sys.path.append(folder)
    found = {"python": sys.version.split()[0]}
    for name in modules:
        module = importlib.import_module(name)
        found[name] = {"version": str(getattr(module, "__version__", "")), "path": str(module.__file__)}
    if "onnxruntime" in modules:
        import numpy
        import onnxruntime

        session = onnxruntime.InferenceSession(IDENTITY, providers=["CPUExecutionProvider"])
        answer = session.run(None, {"x": numpy.array(3, dtype="float32")})[0]
        if float(answer) != 3:
            raise RuntimeError(f"ONNX Runtime computed {answer} where 3 was expected")
        found["numpy"] = {"version": numpy.__version__, "path": numpy.__file__}
        found["providers"] = onnxruntime.get_available_providers()
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2:])))

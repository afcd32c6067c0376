"""ONNX Runtime sessions: which provider really runs, how a run is cancelled, what it says about itself.

Knows nothing of what a graph computes. Importing this module does not import onnxruntime.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .cancel import CancelToken
from .errors import Cancelled, ModelUnreadable, RuntimeMissing

#: Tried in this order; a rung counts only after its self-test agreed with the CPU.
LADDER: Tuple[str, ...] = ("CUDAExecutionProvider", "DmlExecutionProvider", "CoreMLExecutionProvider",
                           "CPUExecutionProvider")
#: Largest difference from the CPU (relative to the output's largest value) that a self-test accepts.
TOLERANCE = 2e-2


def available() -> Optional[str]:
    """The version of onnxruntime that would be used, or None if it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        return None
    return str(onnxruntime.__version__)


class Session:
    """One graph, loaded and ready. :meth:`run` may be called from any thread, one at a time.

    ``provider``: what it runs on; ``fallback``: why not on an earlier rung of the ladder, "" if on the first.
    """

    def __init__(self, path: Path, threads: Optional[int] = None, providers: Sequence[str] = LADDER) -> None:
        """Load ``path``. Raises RuntimeMissing without onnxruntime, ModelUnreadable if it refuses the graph."""
        try:
            import onnxruntime
        except ImportError as error:
            raise RuntimeMissing("onnxruntime") from error
        self.path = path
        self._ort = onnxruntime
        self._options = onnxruntime.SessionOptions()
        self._options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self._options.intra_op_num_threads = threads or max(1, (os.cpu_count() or 2) // (2 if _hyperthreads() else 1))
        # Idle threads would otherwise spin and burn a core inside QGIS.
        self._options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Weights are stored as int8 with DequantizeLinear; folding them once at load makes every run full speed.
        self._options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._options.log_severity_level = 3
        self.fallback = ""
        self._session, self.provider = self._climb([name for name in LADDER if name in providers])

    @property
    def inputs(self) -> Dict[str, List[Any]]:
        """Names and shapes of the inputs; symbolic dimensions are text."""
        return {node.name: list(node.shape) for node in self._session.get_inputs()}

    @property
    def outputs(self) -> Tuple[str, ...]:
        """Names of the outputs."""
        return tuple(node.name for node in self._session.get_outputs())

    @property
    def metadata(self) -> Dict[str, str]:
        """The custom properties stored in the graph."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def run(
        self, feeds: Dict[str, np.ndarray], cancel: Optional[CancelToken] = None, outputs: Optional[Sequence[str]] = None
    ) -> List[np.ndarray]:
        """All outputs for ``feeds``, or those named, for which alone it then works.

        Raises Cancelled within about 0.1 s of ``cancel`` being set.
        """
        options = self._ort.RunOptions()
        options.only_execute_path_to_fetches = outputs is not None
        if cancel is None:
            return list(self._session.run(outputs, feeds, options))
        cancel.raise_if_cancelled()

        def terminate() -> None:
            options.terminate = True

        unregister = cancel.on_cancel(terminate)
        try:
            return list(self._session.run(outputs, feeds, options))
        except Exception as error:
            if cancel.cancelled:
                raise Cancelled() from error
            raise ModelUnreadable(str(self.path), str(error).splitlines()[0]) from error
        finally:
            unregister()

    def _climb(self, rungs: List[str]) -> Tuple[Any, str]:
        usable = self._ort.get_available_providers()
        reasons = []
        for rung in rungs:
            if rung not in usable:
                continue
            try:
                session = self._ort.InferenceSession(
                    str(self.path), self._options,
                    providers=[rung] if rung == "CPUExecutionProvider" else [rung, "CPUExecutionProvider"])
            except Exception as error:
                reasons.append(f"{rung}: {str(error).splitlines()[0]}")
                continue
            # onnxruntime does not raise when a provider cannot load: it silently runs on the CPU.
            if session.get_providers()[0] != rung:
                reasons.append(f"{rung}: listed by onnxruntime but not usable on this machine")
                continue
            if rung != "CPUExecutionProvider":
                difference = self._self_test(session)
                if difference > TOLERANCE:
                    reasons.append(f"{rung}: results differ from the CPU by {difference:.1%}")
                    continue
            self.fallback = "; ".join(reasons)
            return session, rung
        raise ModelUnreadable(str(self.path), "; ".join(reasons) or "no provider of onnxruntime is usable")

    def _self_test(self, session: Any) -> float:
        """Largest relative difference from the CPU on one small random input."""
        rng = np.random.default_rng(0)
        feeds = {node.name: rng.random([dim if isinstance(dim, int) else 1 for dim in node.shape], np.float32)
                 for node in session.get_inputs()}
        reference = self._ort.InferenceSession(str(self.path), self._options, providers=["CPUExecutionProvider"])
        try:
            found = session.run(None, feeds)
        except Exception:
            return float("inf")
        wanted = reference.run(None, feeds)
        return max(float(np.abs(a - b).max() / max(float(np.abs(b).max()), 1e-6)) for a, b in zip(found, wanted))


def _hyperthreads() -> bool:
    """True where the operating system lists two processors a core; inference gains nothing from the second."""
    try:
        siblings = Path("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list").read_text()
    except OSError:
        return True
    return "," in siblings or "-" in siblings

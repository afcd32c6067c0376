"""Which rung of the ladder a graph runs on: the first that loads it and computes what the CPU computes."""

import logging
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

from ..errors import ModelUnreadable
from . import cuda
from .choice import Choice
from .ground import ground
from .memory import out_of_memory
from .rungs import CPU, CUDA, LADDER, provider_options, session_options
from .self_test import TOLERANCE, difference, first_line, reference, short
from .verdicts import Verdicts

log = logging.getLogger(__name__)


#: By the file of onnxruntime, what was found wrong with CUDA: until the process ends nothing of that changes, and it need
#: not be looked for with every graph.
_broken: Dict[str, str] = {}


class Found(NamedTuple):
    """A loaded session, the provider it runs on, and why not an earlier one ("" if on the first there is)."""

    session: Any
    provider: str
    fallback: str


class _Unusable(Exception):
    """Why a rung is passed over. ``lasting``: a result of its test, which is remembered."""

    def __init__(self, reason: str, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


def climb(ort: Any, path: Path, threads: Optional[int], providers: Sequence[str], choice: Choice) -> Found:
    """Load the graph at ``path`` on the best of ``providers``; ``ort``: the module onnxruntime.

    Raises ModelUnreadable if no rung loads it, the CPU included.
    """
    listed = ort.get_available_providers()
    rungs = [rung for rung in LADDER if rung in providers and rung in listed]
    reasons: List[str] = []
    if choice.processor_only and rungs != [CPU]:
        reasons.append("the options say: processor only")
        rungs = [rung for rung in rungs if rung == CPU]
    for rung in rungs:
        try:
            session = opened(ort, path, CPU, threads) if rung == CPU else _proven(ort, path, rung, threads, choice)
        except Exception as error:  # whatever a provider makes of its libraries, its device and the graph
            # Folders of the user have no place in a reason that answers carry.
            reasons.append(f"{short(rung)}: {first_line(error).replace(str(path), path.name)}")
            continue
        fallback = "; ".join(reasons)
        if fallback:
            log.info("%s runs on %s: %s", path.name, short(rung), fallback)
        return Found(session, rung, fallback)
    raise ModelUnreadable(str(path), "; ".join(reasons) or "no provider of onnxruntime is usable")


def opened(ort: Any, path: Path, rung: str, threads: Optional[int], memory: int = 0) -> Any:
    """An ``InferenceSession`` asked to run on ``rung``, which it may not do. Raises what onnxruntime raises."""
    options = session_options(ort, rung, threads)
    if rung == CPU:
        return ort.InferenceSession(str(path), options, providers=[CPU])
    # Without its own fallback onnxruntime raises the reason instead of printing it.
    return ort.InferenceSession(
        str(path), options, providers=[(rung, provider_options(rung, memory)), CPU], enable_fallback=0)


def _proven(ort: Any, path: Path, rung: str, threads: Optional[int], choice: Choice) -> Any:
    from ..catalog.embedded import digest_of  # which knows what is run by sessions

    verdicts = Verdicts(choice.verdicts)
    if rung == CUDA:
        if ort.__file__ in _broken:
            raise _Unusable(_broken[ort.__file__])
        cuda.preload(ort)
    place, graph = ground(ort, rung), digest_of(path)
    known = verdicts.get(rung, place, graph)
    if known:
        raise _Unusable(known)
    session = _loaded(ort, path, rung, threads, choice.memory)
    if known is None:
        try:
            _test(ort, path, session, threads)
        except _Unusable as error:
            if error.lasting:
                verdicts.put(rung, place, graph, str(error))
            raise
        verdicts.put(rung, place, graph, "")
    return session


def _loaded(ort: Any, path: Path, rung: str, threads: Optional[int], memory: int) -> Any:
    try:
        session = opened(ort, path, rung, threads, memory)
        # onnxruntime does not always raise when a provider cannot load: it runs on the CPU without a word.
        reason = "" if session.get_providers()[0] == rung else "listed by onnxruntime but not usable on this machine"
    except Exception as error:
        session, reason = None, "its memory is full" if out_of_memory(error) else first_line(error)
    if not reason:
        return session
    why = cuda.why_not(Path(ort.__file__).parent / "capi") if rung == CUDA else ""
    if why:
        _broken[ort.__file__] = why
    raise _Unusable(why or reason)


def _test(ort: Any, path: Path, session: Any, threads: Optional[int]) -> None:
    """Raises _Unusable unless ``session`` agrees with the CPU."""
    try:
        feeds, wanted = reference(opened(ort, path, CPU, threads))
    except ValueError as error:
        raise _Unusable(f"the graph could not be tested ({error})", lasting=True) from error
    try:
        found = session.run(None, feeds)
    except Exception as error:
        reason = "its memory is full" if out_of_memory(error) else f"it failed its test: {first_line(error)}"
        raise _Unusable(reason) from error
    off = difference(found, wanted)
    if not off <= TOLERANCE:
        raise _Unusable(f"its results differ from the processor's by {off:.1%}", lasting=True)

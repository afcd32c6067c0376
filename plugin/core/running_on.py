"""What models run on: the user's choice handed to ``models``, and where they do run, in words."""

from pathlib import Path
from typing import Any, Dict, Tuple

from ...models.runtimes.choice import Choice, choose
from .. import settings as user
from .messages import tr

#: Values of the setting.
AUTOMATIC, PROCESSOR = user.RUN_ON
#: File in the cache that self-tests of GPUs are remembered in.
VERDICTS = "providers.json"


def take_choice(cache: Path) -> None:
    """Let models that are loaded from now on run on what the settings say. Any thread."""
    memory = user.within(user.graphics_memory_megabytes, 0, 1_000_000) * 1_000_000
    choose(Choice(user.choice(user.run_on, user.RUN_ON) == PROCESSOR, cache / VERDICTS, memory))


def device_name(provider: str) -> str:
    """A provider of ONNX Runtime in words; unknown ones as they are called."""
    known = {
        "CUDAExecutionProvider": tr("GPU (CUDA)"),
        "DmlExecutionProvider": tr("GPU (DirectML)"),
        "CoreMLExecutionProvider": tr("GPU or Neural Engine (CoreML)"),
        "OpenVINOExecutionProvider": tr("GPU (OpenVINO)"),
        "CPUExecutionProvider": tr("CPU"),
    }
    return known.get(provider, str(provider).replace("ExecutionProvider", ""))


def running_on(graphs: Dict[str, Tuple[str, str]]) -> str:
    """One line of what graphs run on, each provider once with the reason for not being a faster one.

    ``graphs``: of ``Service.runs_on``.
    """
    if not graphs:
        return tr("Nothing yet: the model is loaded with the first question")
    said = []
    for provider, reason in dict.fromkeys(graphs.values()):
        name = device_name(provider)
        said.append(tr("{device} – {reason}").format(device=name, reason=reason) if reason else name)
    return "; ".join(said)


def as_json(graphs: Dict[str, Tuple[str, str]]) -> Dict[str, Any]:
    """By name of a graph {"provider", "fallback"}."""
    return {name: {"provider": provider, "fallback": reason} for name, (provider, reason) in graphs.items()}

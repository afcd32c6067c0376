"""What the user chose graphs to run on. One choice for the process, as there is one GPU; set before sessions are made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional


@dataclass(frozen=True)
class Choice:
    """``processor_only``: no rung but the CPU; ``verdicts``: the file that self-tests are remembered in, None: nowhere;
    ``memory``: most bytes of a GPU for one graph, 0: no limit.
    """

    processor_only: bool = False
    verdicts: Optional[Path] = None
    memory: int = 0


_chosen = Choice()


def choose(choice: Choice) -> None:
    """From now on sessions are made by ``choice``; those that exist stay as they are. Any thread."""
    global _chosen
    _chosen = choice


def chosen() -> Choice:
    """What :func:`choose` was given last; by default every rung is tried and nothing is remembered."""
    return _chosen

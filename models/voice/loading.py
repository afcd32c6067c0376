"""The voice of a model's folder: loaded when it is first needed, or the reason why there is none."""

from pathlib import Path
from typing import Any, Dict, Optional

import numpy as np

from ..cancel import CancelToken
from ..catalog import late_part
from ..catalog.late_part import LatePart
from ..language.bpe import BytePairs
from ..language.decoder import FILES, Decoder, Read
from ..sharing.priority_lock import PriorityLock
from .voice import Voice

MISSING = late_part.MISSING.format(part="decoder")


class SharedDecoder(Decoder):
    """A decoder that several threads may run: they take turns, step by step."""

    def __init__(self, session: Any, weights: Dict[str, np.ndarray], coder: BytePairs) -> None:
        super().__init__(session, weights, coder)
        self._turn = PriorityLock()

    def run(self, embeds: np.ndarray, past: np.ndarray, seen: np.ndarray, positions: np.ndarray, expert: np.ndarray,
            cancel: Optional[CancelToken] = None) -> Read:
        """See :meth:`Decoder.run`."""
        with self._turn.hold(cancel=cancel):
            return super().run(embeds, past, seen, positions, expert, cancel)


class Speech:
    """Owned by an engine. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._part = LatePart(folder, FILES, "decoder", lambda digests: Voice(
            SharedDecoder.load(Path(folder)), f"sha256:{digests[FILES[0]]}"))

    @property
    def voice(self) -> Optional[Voice]:
        """The voice; the first call takes about a second. None if it cannot be loaded, with ``reason`` saying why."""
        return self._part.value

    @property
    def reason(self) -> str:
        """Why there is no voice, "" if there is one or none was needed yet."""
        return self._part.reason

    @property
    def state(self) -> str:
        """What speaks, in a phrase."""
        voice = self.voice
        return f"decoder {voice.model}" if voice is not None else f"composed sentences ({self.reason})"

    def clear(self) -> None:
        """Forget what was read."""
        if self._part.loaded is not None:
            self._part.loaded.memory.clear()

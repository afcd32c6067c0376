"""The voice of a model's folder: loaded when it is first needed, or the reason why there is none."""

import threading
from pathlib import Path
from typing import Any, Dict, Optional

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import ModelMissing, TerralogueError
from ..language.bpe import BytePairs
from ..language.decoder import FILES, Decoder, Read
from ..priority_lock import PriorityLock
from .voice import Voice

MISSING = "the decoder's files are missing"


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
    """Owned by an engine. ``reason``: why there is no voice, "" if there is one or none was needed yet. Any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = Path(folder), threading.Lock()
        self._voice: Optional[Voice] = None
        self._tried = False
        self.reason = ""

    @property
    def voice(self) -> Optional[Voice]:
        """The voice; the first call takes about a second. None if it cannot be loaded, with ``reason`` saying why."""
        with self._lock:
            if not self._tried:
                self._tried = True
                self._load()
            return self._voice

    @property
    def state(self) -> str:
        """What speaks, in a phrase."""
        voice = self.voice
        return f"decoder {voice.model}" if voice is not None else f"composed sentences ({self.reason})"

    def clear(self) -> None:
        """Forget what was read."""
        with self._lock:
            if self._voice is not None:
                self._voice.memory.clear()

    def _load(self) -> None:
        if not any((self._folder / name).is_file() for name in FILES):
            self.reason = MISSING
            return
        try:
            digests = embedded.verify(self._folder, FILES)
            decoder = SharedDecoder.load(self._folder)
        except ModelMissing as error:
            self.reason = f"of the decoder, {Path(error.path).name} is missing or has no digest"
        except TerralogueError as error:
            self.reason = str(error).rstrip(".")
        else:
            self._voice = Voice(decoder, f"sha256:{digests[FILES[0]]}")

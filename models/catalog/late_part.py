"""A part of the model that the rest works without: loaded when it is first needed, or the reason why it is not there."""

import threading
from pathlib import Path
from typing import Callable, Dict, Generic, Optional, Sequence, TypeVar

from ..errors import ModelMissing, TerralogueError
from . import embedded

T = TypeVar("T")
MISSING = "the {part}'s files are missing"


class LatePart(Generic[T]):
    """``reason``: why it is not there, "" if it is or was never needed. Any thread."""

    def __init__(self, folder: Path, files: Sequence[str], name: str, load: Callable[[Dict[str, str]], T]) -> None:
        """``load`` makes the part of ``files`` in ``folder``, once their digests (by name) are right; ``name``: as spoken."""
        self._folder, self._files, self._name, self._load = Path(folder), tuple(files), name, load
        self._lock = threading.Lock()
        self._tried = False
        self.loaded: Optional[T] = None
        self.reason = ""

    @classmethod
    def of(cls, value: T) -> "LatePart[T]":
        """A part that is there already."""
        part: LatePart[T] = cls(Path(), (), "", lambda _: value)
        part._tried, part.loaded = True, value
        return part

    @property
    def value(self) -> Optional[T]:
        """The part, loaded by the first call; None if it cannot be, with ``reason`` saying why."""
        with self._lock:
            if not self._tried:
                self._tried = True
                self._try()
            return self.loaded

    def _try(self) -> None:
        if not any((self._folder / name).is_file() for name in self._files):
            self.reason = MISSING.format(part=self._name)
            return
        try:
            self.loaded = self._load(embedded.verify(self._folder, self._files))
        except ModelMissing as error:
            self.reason = f"of the {self._name}, {Path(error.path).name} is missing or has no digest"
        except TerralogueError as error:
            self.reason = str(error).rstrip(".")

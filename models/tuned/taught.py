"""The tuned classes of this process: which there are, what they are called, and what could not be loaded."""

import threading
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from .. import concepts
from ..concepts import Taught
from ..errors import TerralogueError, TuningImpossible
from .naming import check_free, class_words
from .tuned_class import ENDING, TunedClass


class TaughtClasses:
    """By label. Any thread; the words are taught to the lexicon of the process while a class is in it."""

    def __init__(self, nano: Any) -> None:
        self._nano, self._lock = nano, threading.Lock()
        self._classes: Dict[str, TunedClass] = {}
        #: File name to the error for which its class is not used.
        self.refused: Dict[str, TerralogueError] = {}

    def get(self, label: str) -> Optional[TunedClass]:
        """The class called ``label``, None if none is."""
        return self._classes.get(label)

    @property
    def labels(self) -> Tuple[str, ...]:
        """Of all classes, in the order of the alphabet."""
        return tuple(sorted(self._classes))

    def load(self, folder: Path) -> None:
        """Use what lies in ``folder`` now and nothing else; what cannot be used is noted in :attr:`refused`."""
        found: Dict[str, TunedClass] = {}
        refused: Dict[str, TerralogueError] = {}
        for path in sorted(Path(folder).glob(f"*{ENDING}")):
            if path.name.startswith("."):
                continue
            try:
                tuned = TunedClass.load(path, self._nano.digest)
                self._check(tuned, found)
                found[tuned.about.label] = tuned
            except TerralogueError as error:
                refused[path.name] = error
        with self._lock:
            self._classes, self.refused = found, refused
            self._teach()

    def add(self, tuned: TunedClass) -> None:
        """Use ``tuned`` from now on, instead of an earlier one of the same label. Raises TuningImpossible for its words."""
        with self._lock:
            others = {label: one for label, one in self._classes.items() if label != tuned.about.label}
            self._check(tuned, others)
            self._classes = {**others, tuned.about.label: tuned}
            self._teach()

    def clear(self) -> None:
        """Forget all of them, and their words."""
        with self._lock:
            if self._classes:
                self._classes = {}
                self._teach()

    def _check(self, tuned: TunedClass, others: Dict[str, TunedClass]) -> None:
        about = tuned.about
        # The words of a file are anybody's: they are read like those of a user.
        class_words(about.label, about.plural, about.words)
        check_free(about.words, concepts.shipped(), self._nano.things, about.replaces)
        taken = {word for other in others.values() for word in other.about.words} & set(about.words)
        if taken:
            raise TuningImpossible(f"“{min(taken)}” is the word for another tuned class. Remove that one first.")

    def _teach(self) -> None:
        entries: List[Taught] = [
            Taught(one.about.label, one.about.plural, one.about.words) for _, one in sorted(self._classes.items())
        ]
        concepts.teach(entries)

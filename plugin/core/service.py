"""The one engine per QGIS process: which packages and models there are, and the assistant over them."""

import configparser
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple

from ...models.errors import ModelMissing, RuntimeMissing
from .. import settings as user
from . import index_list, log
from .messages import sentence, tr

if TYPE_CHECKING:
    from ...models.assistant import Assistant
    from ...models.engine import Engine
    from ...models.tuned.tuned_class import TunedClass

#: Root of the plugin package.
ROOT = Path(__file__).resolve().parents[2]


def version() -> str:
    """The plugin's version from its metadata."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata.get("general", "version", fallback="")


class Service:
    """Builds the engine at its first use, on the worker that needs it. ``nano`` replaces the shipped model in tests.

    Any thread, except :meth:`close` (main thread).
    """

    _instance: "Optional[Service]" = None
    _making = threading.Lock()

    def __init__(
        self, resources: Optional[Path] = None, cache: Optional[Path] = None, nano: Any = None,
        classes: Optional[Path] = None,
    ) -> None:
        """``classes``: the folder of tuned classes, None for that of the user's profile."""
        self.resources = resources or ROOT / "resources"
        self._cache = cache
        self._classes = classes
        self._nano = nano
        self._lock = threading.Lock()
        self._engine: "Optional[Engine]" = None
        self._active: Optional[Tuple[bool, str]] = None
        #: The packages are there and cannot be imported: only installing them again helps.
        self.broken = False

    @classmethod
    def instance(cls) -> "Service":
        """The one service of this QGIS process."""
        with cls._making:
            if cls._instance is None:
                cls._instance = cls()
            return cls._instance

    @classmethod
    def replace(cls, service: "Optional[Service]") -> None:
        """Put another service in its place (tests), or none, so that the next use builds a new one."""
        with cls._making:
            old, cls._instance = cls._instance, service
        if old is not None and old is not service:
            old.close()

    @property
    def cache(self) -> Path:
        """Folder for scores while they are worked on."""
        if self._cache is None:
            from qgis.PyQt.QtCore import QStandardPaths

            place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
            self._cache = Path(place or Path.home() / ".cache") / "terralogue"
        return self._cache

    def activate(self) -> Tuple[bool, str]:
        """Put the core packages on the path; whether that worked, and the package that is missing or ""."""
        from .running_on import take_choice

        take_choice(self.cache)
        with self._lock:
            if self._active is None or not (self._active[0] or self.broken):
                from ..environment import activate

                activation = activate("core")
                if not activation.ok:
                    log.info(f"Core packages are not there yet: {activation.message}")
                activate("vectors")  # for large indexes; without them the search takes longer
                self._active = (activation.ok, "" if activation.ok else "onnxruntime")
            return self._active

    def repaired(self) -> None:
        """Packages were installed anew: look again."""
        with self._lock:
            self._active, self.broken = None, False
        self.activate()

    def ready(self) -> Tuple[bool, str, str]:
        """Whether questions can be answered; else a sentence, and the next step: "install" or "reinstall"."""
        if self._nano is not None:
            return True, "", ""
        ok, missing = self.activate()
        if not ok:
            return False, sentence(RuntimeMissing(missing)), "install"
        if not any((self.resources / "nano").glob("*.onnx")):
            return False, sentence(ModelMissing("nano")), "reinstall"
        return True, tr("Ready."), ""

    def engine(self) -> "Engine":
        """The engine. The first call takes a second or more: call it on a worker.

        Raises RuntimeMissing, ModelMissing, ModelDigestError or ModelUnreadable.
        """
        ok, missing = (True, "") if self._nano is not None else self.activate()
        if not ok:
            raise RuntimeMissing(missing)
        with self._lock:
            if self._engine is None:
                from ...models.engine import Engine

                self.cache.mkdir(parents=True, exist_ok=True)
                try:
                    self._engine = Engine(self.resources, self.cache, nano=self._nano or self._load())
                except RuntimeMissing as error:
                    self._active, self.broken = (False, error.package), True
                    raise
                self._engine.taught.load(self.classes)
                self._engine.indexes.set(index_list.folders())
                for name, problem in self._engine.taught.refused.items():
                    log.warning(f"{name} is not used: {problem}")
            return self._engine

    @property
    def runs_on(self) -> Dict[str, Tuple[str, str]]:
        """By name of a graph the provider that runs it and why not a faster one; {} until the engine is built."""
        engine = self._engine  # not under the lock, which is held while a model loads
        return dict(getattr(engine.nano, "runs_on", {})) if engine is not None else {}

    @property
    def classes(self) -> Path:
        """The folder of tuned classes."""
        if self._classes is None:
            from .tuned_store import folder

            self._classes = folder()
        return self._classes

    def keep_tuned(self, tuned: "TunedClass") -> Path:
        """Keep a tuned class in the profile and answer about it from now on; the file. Raises OSError, TuningImpossible."""
        from .tuned_store import path_of

        path = path_of(tuned.about.label, self.classes)
        self.classes.mkdir(parents=True, exist_ok=True)
        taught = self.engine().taught
        taught.add(tuned)
        try:
            tuned.save(path)
        except OSError:
            taught.load(self.classes)
            raise
        return path

    def forget_tuned(self, path: Path) -> None:
        """Remove the file of a tuned class; questions about it are declined from now on. Raises OSError."""
        from .tuned_store import remove

        remove(path)
        with self._lock:
            engine = self._engine
        if engine is not None:
            engine.taught.load(self.classes)

    def list_index(self, folder: Path, listed: bool = True) -> None:
        """List a tile index, or forget it, from now on."""
        (index_list.add if listed else index_list.remove)(folder)
        with self._lock:
            engine = self._engine
        if engine is not None:
            engine.indexes.set(index_list.folders())

    def _load(self) -> Any:
        from ...models.vision.nano import Nano

        return Nano.load(self.resources / "nano", threads=user.within(user.processor_threads, 0, 256) or None)

    def assistant(self, units: str = "metric", batch: bool = False) -> "Assistant":
        """What answers questions; built over :meth:`engine`, with its errors.

        ``units``: "metric" or "imperial". ``batch``: let questions of the panel go first.
        """
        engine = self.engine()
        from ...models.assistant import Assistant
        from ...models.language.units import Units

        speaking = user.choice(user.answer_words, user.WORDS) == "model"
        return Assistant(engine.batch if batch else engine, version(), Units(units), speaking)

    def speech(self) -> Dict[str, str]:
        """What words answers ("state"), and why not the decoder ("reason", "" if it does); loads the decoder.

        The decoder is loaded on a thread of its own, for scripts run algorithms on the main one. Raises as :meth:`engine`.
        """
        speech = self.engine().speech
        with ThreadPoolExecutor(1, "terralogue-speech") as pool:
            state = pool.submit(lambda: speech.state).result()
        return {"state": state, "reason": speech.reason}

    def close(self) -> None:
        """Let go of the model and its caches. A later question builds them anew."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

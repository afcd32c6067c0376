"""Which mask engines there are, by key and name, and opening one. The embedded model is always the first."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from qgis.core import QgsApplication

from .. import settings as user
from .embedding_store import embeddings

if TYPE_CHECKING:
    from ...models.masks.embedding_cache import EmbeddingCache
    from ...models.masks.engine import MaskEngine
    from ...models.masks.installed import EngineEntry

#: Key of the embedded model.
EMBEDDED = "nano"


def engine_folder() -> Path:
    """Where the user keeps engines of the SAM family, each in a folder; it need not be there yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "terralogue" / "mask engines"


class MaskEngines:
    """Over ``service``. :meth:`choices` on the main thread; :meth:`open`, which may take seconds, on a worker.

    ``folder``: of the user's engines, None for that of the profile.
    """

    def __init__(self, service: Any, folder: Optional[Path] = None) -> None:
        self._service, self._folder = service, folder
        self._entries: "Dict[str, EngineEntry]" = {}
        self._open: "Dict[str, MaskEngine]" = {}
        self._held: List[Any] = []

    @property
    def folder(self) -> Path:
        """Where the user's engines lie."""
        return self._folder or engine_folder()

    def ready(self) -> Tuple[bool, str, str]:
        """See ``Service.ready``."""
        ready: Tuple[bool, str, str] = self._service.ready()
        return ready

    def choices(self) -> List[Tuple[str, str]]:
        """(key, name) of each, looked up anew. Those that cannot be used are among them: opening them says why."""
        self._entries = {}
        if self.folder.is_dir():  # most users have none, and need not wait for what reads them
            from ...models.masks.installed import list_engines

            self._entries = {str(entry.path): entry for entry in list_engines(self.folder)}
        return [(EMBEDDED, "Nano"), *((key, entry.name) for key, entry in self._entries.items())]

    @property
    def preferred(self) -> str:
        """Key of the engine that the user chose in the window of models."""
        from .model_store import chosen_folder

        folder = chosen_folder("masks")
        return EMBEDDED if folder is None else str(self.folder / folder.name)

    def open(self, key: str) -> "MaskEngine":
        """The engine, loaded once. Raises what loading a model raises."""
        if key == EMBEDDED:  # not kept here: the service may be asked for another one
            embedded: "MaskEngine" = self._service.engine().masks
            return embedded
        if key not in self._open:
            from ...models.catalog.store import hold
            from ...models.masks.installed import open_engine

            self._open[key] = open_engine(self._entries[key], user.within(user.processor_threads, 0, 256) or None)
            # Until QGIS ends: what is open is not deleted under it.
            self._held.append(hold(self._entries[key].path))
        return self._open[key]

    def kept(self) -> "Optional[EmbeddingCache]":
        """Where what engines saw is kept on disk."""
        return embeddings(self._service)

"""Which mask engines there are, by key and name, and opening one. The embedded model is always the first."""

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from .embedding_store import embeddings

if TYPE_CHECKING:
    from ...models.masks.embedding_cache import EmbeddingCache
    from ...models.masks.engine import MaskEngine

#: Key of the embedded model.
EMBEDDED = "nano"


class MaskEngines:
    """Over ``service``. :meth:`choices` on the main thread; :meth:`open`, which may take seconds, on a worker."""

    def __init__(self, service: Any) -> None:
        self._service = service
        self._open: "Dict[str, MaskEngine]" = {}

    def ready(self) -> Tuple[bool, str, str]:
        """See ``Service.ready``."""
        ready: Tuple[bool, str, str] = self._service.ready()
        return ready

    def choices(self) -> List[Tuple[str, str]]:
        """(key, name) of each."""
        return [(EMBEDDED, "Terralogue Nano")]

    def open(self, key: str) -> "MaskEngine":
        """The engine, loaded once. Raises what loading a model raises."""
        if key == EMBEDDED:  # not kept here: the service may be asked for another one
            return self._service.engine().masks
        raise KeyError(key)

    def kept(self) -> "Optional[EmbeddingCache]":
        """Where what engines saw is kept on disk."""
        return embeddings(self._service)

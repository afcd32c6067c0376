"""Where what mask engines saw of images is kept: a folder of the user's cache, shared by all QGIS processes."""

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from .. import settings as user
from .service import Service

if TYPE_CHECKING:
    from ...models.masks.embedding_cache import EmbeddingCache

#: Megabytes it may be given in the options.
LEAST, MOST = 50, 100_000


def folder(service: Optional[Service] = None) -> Path:
    """The folder; it need not be there yet."""
    return (service or Service.instance()).cache / "seen"


def embeddings(service: Optional[Service] = None) -> "EmbeddingCache":
    """The cache, with room for as much as the user gave it now. Needs numpy. Any thread."""
    from ...models.masks.embedding_cache import EmbeddingCache

    megabytes = user.within(user.embedding_cache_megabytes, LEAST, MOST)
    return EmbeddingCache(folder(service), megabytes * 1_000_000)

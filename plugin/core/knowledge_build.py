"""One build of a knowledge base: what it is made from, what it will cost, and the work itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional, Sequence, Tuple

from ...models.cancel import CancelToken
from .knowledge_layers import TakenLayer, document_source
from .messages import tr
from .snapshots import ViewSnapshot
from .tasks import RunTask

if TYPE_CHECKING:
    from ...models.knowledge.building import Built
    from .service import Service

#: Seconds that a row, a picture and a megabyte of documents take on two cores, measured; for estimates.
_ROW, _PICTURE, _MEGABYTE = 0.0006, 0.06, 4.0


@dataclass(frozen=True)
class KnowledgeRequest:
    """``imagery``: what the features' pictures are cut from, None for none. Free of live layers."""

    path: Path
    name: str
    layers: Tuple[TakenLayer, ...]
    documents: Tuple[str, ...]
    imagery: Optional[ViewSnapshot] = None


def estimated_seconds(rows: int, pictures: int, documents: Sequence[str]) -> float:
    """About how long a first build takes of so many features, pictures of them and documents."""
    return _ROW * rows + _PICTURE * pictures + _MEGABYTE * sum(_size(path) for path in documents) / 1e6


def build_knowledge(
    request: KnowledgeRequest, service: "Service", progress: Callable[[float, str], None], cancel: CancelToken
) -> "Built":
    """Build the base, or bring it up to date. Worker; raises what ``models.knowledge.building.build`` raises."""
    from ...models.knowledge.building import build

    request.path.parent.mkdir(parents=True, exist_ok=True)
    if any(path.lower().endswith(".pdf") for path in request.documents):
        from ..environment import activate

        activate("documents")  # where it is not installed, the document is refused with that sentence
    documents = [document_source(path) for path in request.documents]
    if request.imagery is None:
        sources = [layer.source() for layer in request.layers]
        return build(request.path, [*sources, *documents], None, progress, cancel, request.name)
    return _with_pictures(request, documents, service, progress, cancel)


def _with_pictures(
    request: KnowledgeRequest, documents: Any, service: "Service", progress: Callable[[float, str], None], cancel: CancelToken
) -> "Built":
    from ...models.knowledge.building import build
    from ...models.knowledge.chips import RasterChips

    embedder = service.engine().batch.embedder()
    view = request.imagery.open(cancel) if request.imagery is not None else None
    try:
        chips = RasterChips(view.source, embedder.side) if view is not None else None
        sources = [layer.source(chips if layer.spatial else None) for layer in request.layers]
        return build(request.path, [*sources, *documents], embedder, progress, cancel, request.name)
    finally:
        if view is not None:
            view.source.close()


def build_task(request: KnowledgeRequest, service: "Service") -> RunTask:
    """A task whose ``Outcome.result`` is ``Built``. Main thread; start it yourself."""
    ids = {layer.id for layer in request.layers}
    if request.imagery is not None:
        ids |= set(request.imagery.layer_ids)

    def work(progress: Callable[[float, str], None], cancel: CancelToken) -> "Built":
        return build_knowledge(request, service, progress, cancel)

    return RunTask(tr("Terralogue: building a knowledge base"), work, ids)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0

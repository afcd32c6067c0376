"""Search among more tiles than are worth comparing one by one, with faiss: bytes instead of floats, then cells of them.

Candidates only: whoever asks compares them exactly. Without faiss everything is compared, which takes longer.
"""

import hashlib
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, List, Optional

import numpy as np

from ..cancel import CancelToken

if TYPE_CHECKING:
    from .embedder import Embedder
    from .index import TileIndex

#: Tiles from which cells are worth their training, and how many cells and training vectors.
CELLS_FROM, CELLS, TRAINED_ON = 600_000, 2048, 120_000
#: The number of cells looked into is doubled until this share of the true best 20 is found.
RECALL, BEST = 0.985, 20
#: Rows that are read at once.
_ROWS = 65_536
#: Words of every kind of place: looked-for vectors lie elsewhere than those of pictures, and the cells must serve both.
_TRIED = ("water", "forest", "houses", "a road", "fields", "an airport", "a beach", "a car park", "industry", "a river", "ships",
          "a sports ground", "bare soil", "storage tanks", "an intersection", "a golf course")


def usable() -> bool:
    """Whether faiss can be imported."""
    try:
        import faiss  # noqa: F401
    except ImportError:
        return False
    return True


class Approximate:
    """Any one thread at a time."""

    def __init__(self, inner: Any, probes: int) -> None:
        """``inner``: a faiss index whose ids are those of tiles; ``probes``: cells looked into, 0 without cells."""
        self._inner, self.probes = inner, probes

    @classmethod
    def of(
        cls, index: "TileIndex", ids: np.ndarray, embedder: "Embedder", cache: Optional[Path],
        cancel: Optional[CancelToken] = None,
    ) -> "Approximate":
        """That of the tiles ``ids``, made once and kept in ``cache``: a folder of this user, for faiss trusts what it reads.

        Raises Cancelled.
        """
        import faiss

        vectors = index.vectors.mapped()
        mark = hashlib.sha256(f"{index.folder.resolve()} {index.state} {index.digest} {index.vectors.path.stat().st_mtime_ns}"
                              .encode()).hexdigest()[:24]
        kept = None if cache is None else Path(cache) / f"cells-{mark}.faiss"
        inner = None
        if kept is not None and kept.is_file():
            try:
                inner = faiss.read_index(str(kept))
            except RuntimeError:
                inner = None
        if inner is None or inner.d != index.dim or inner.ntotal != len(ids):
            inner = _made(vectors, ids, index.dim, cancel)
            if kept is not None:
                _keep(inner, kept)
        if not hasattr(faiss.downcast_index(inner), "nprobe"):
            return cls(inner, 0)
        rng = np.random.default_rng(0)
        some = np.asarray(vectors[np.sort(rng.choice(ids, min(48, len(ids)), replace=False)) - 1], np.float32)
        tried = np.concatenate([some, embedder.words(list(_TRIED), cancel)])
        return cls(inner, _probes(faiss.downcast_index(inner), vectors, ids, tried, cancel))

    def candidates(self, vector: np.ndarray, most: int, among: Optional[np.ndarray] = None) -> np.ndarray:
        """Ids of about the ``most`` tiles nearest to a (dim,) vector; ``among``: the only ones that count."""
        import faiss

        selector = None if among is None else faiss.IDSelectorBatch(np.ascontiguousarray(among, np.int64))
        inner = faiss.downcast_index(self._inner)
        if self.probes:
            options = faiss.SearchParametersIVF(nprobe=self.probes, sel=selector)
        else:
            options = faiss.SearchParameters(sel=selector)
        query = np.ascontiguousarray(vector[None], np.float32)
        found = inner.search(query, most, params=options)[1][0]
        return np.sort(found[found >= 0])


def _made(vectors: np.ndarray, ids: np.ndarray, dim: int, cancel: Optional[CancelToken]) -> Any:
    import faiss

    rng = np.random.default_rng(0)
    some = np.sort(rng.choice(ids, min(TRAINED_ON, len(ids)), replace=False)) - 1
    cells = len(ids) >= CELLS_FROM
    # Made from a description, faiss itself owns the parts.
    holder = faiss.index_factory(dim, f"IVF{CELLS},SQ8" if cells else "IDMap2,SQ8", faiss.METRIC_INNER_PRODUCT)
    if cells:
        faiss.downcast_index(holder).cp.niter = 8
    holder.train(np.ascontiguousarray(vectors[some], np.float32))
    for start in range(0, len(ids), _ROWS):
        if cancel is not None:
            cancel.raise_if_cancelled()
        part = ids[start:start + _ROWS]
        holder.add_with_ids(np.ascontiguousarray(vectors[part - 1], np.float32), np.ascontiguousarray(part, np.int64))
    return holder


def _probes(inner: Any, vectors: np.ndarray, ids: np.ndarray, tried: np.ndarray, cancel: Optional[CancelToken]) -> int:
    """Cells to look into so that :data:`RECALL` of the true best is among the candidates."""
    import faiss

    best_scores: List[np.ndarray] = []
    best_ids: List[np.ndarray] = []
    for start in range(0, len(ids), _ROWS):
        if cancel is not None:
            cancel.raise_if_cancelled()
        part = ids[start:start + _ROWS]
        scores = tried @ np.asarray(vectors[part - 1], np.float32).T
        near = np.argpartition(-scores, min(BEST, scores.shape[1] - 1), 1)[:, :BEST]
        best_scores.append(np.take_along_axis(scores, near, 1))
        best_ids.append(part[near])
    scores, found = np.concatenate(best_scores, 1), np.concatenate(best_ids, 1)
    truth = np.take_along_axis(found, np.argsort(-scores, 1)[:, :BEST], 1)
    probes = 4
    while probes < inner.nlist:
        near = inner.search(tried, 10 * BEST, params=faiss.SearchParametersIVF(nprobe=probes))[1]
        if np.mean([np.isin(a, b).mean() for a, b in zip(truth, near)]) >= RECALL:
            return probes
        probes = min(2 * probes, inner.nlist)
    return int(inner.nlist)


def _keep(inner: Any, path: Path) -> None:
    """Written as a whole or not at all; a disk that is full costs only the time of making it again."""
    import faiss

    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        faiss.write_index(inner, str(draft))
        os.replace(draft, path)
    except (RuntimeError, OSError):
        draft.unlink(missing_ok=True)

"""Builds a base or brings one up to date: what is new, changed or gone is noticed, and everything else is left as it is."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken, Progress, no_progress
from ..errors import KnowledgeEmpty, TerralogueError
from .chunks import chunks_of_passage, chunks_of_row, digest_of_row, digest_of_text
from .material import Picture, Row, Source
from .writing import Draft, draft_of

#: Pictures that are encoded together.
BATCH = 16
#: Features and pieces of text of one base at most: every question looks at all of them.
MOST_FEATURES, MOST_TEXTS = 300_000, 100_000


@dataclass
class Built:
    """What a build did. ``features``, ``chunks``: now in the base; ``refused``: by name of a source, why it is not in."""

    features: int = 0
    chunks: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0
    pictures: int = 0
    seconds: float = 0.0
    refused: Dict[str, str] = field(default_factory=dict)
    notes: List[str] = field(default_factory=list)

    def sentence(self) -> str:
        """What was done, in words."""
        parts = [f"{number:,} {word}" for number, word in (
            (self.added, "new"), (self.changed, "changed"), (self.removed, "removed"), (self.kept, "as before")) if number]
        what = f"{self.features:,} features and {self.chunks:,} pieces of text are in the base"
        return " ".join([f"{what} ({', '.join(parts)}).", *(f"{name} is left out: {why}" for name, why in self.refused.items()),
                         *self.notes])


def build(
    path: Path, sources: Sequence[Source], embedder: Optional[Any] = None, progress: Progress = no_progress,
    cancel: Optional[CancelToken] = None, name: str = "",
) -> Built:
    """Make ``path`` hold exactly ``sources``. Any thread; blocks.

    ``embedder``: a ``retrieval.embedder.Embedder`` for the pictures of features, None for words alone. A source that cannot
    be read is left out and named in ``Built.refused``; what was known of it before stays out too. Raises Cancelled, StorageFull,
    KnowledgeEmpty (nothing could be read), KnowledgeUnreadable (``path`` is no base), OSError; ``path`` is untouched then.
    """
    started, built, cancel = time.monotonic(), Built(), cancel or CancelToken()
    with draft_of(path) as draft:
        model = embedder.digest if embedder is not None else ""
        if draft.noted("model") not in ("", model):
            draft.drop_vectors()
            built.notes.append("The pictures were made by another model and are made anew.")
        draft.note("model", model)
        draft.note("name", name or Path(path).stem)
        known = draft.sources()
        for key in set(known) - {source.key for source in sources}:
            id_, title, _ = known[key]
            built.removed += draft.drop_source(id_)
            built.notes.append(f"{title} is no longer in the base.")
        share = 1.0 / max(1, len(sources))
        for number, source in enumerate(sources):
            def report(done: float, what: str, number: int = number) -> None:
                progress((number + done) * share, what)

            try:
                _put(draft, source, embedder, report, cancel, built)
            except (TerralogueError, OSError, ValueError) as error:
                cancel.raise_if_cancelled()
                if isinstance(error, OSError) and error.errno is not None and not hasattr(error, "filename"):
                    raise
                built.refused[source.name] = _why(error)
                if source.key in draft.sources():
                    built.removed += draft.drop_source(draft.sources()[source.key][0])
        built.features, built.chunks = draft.amounts()
        if not built.chunks:
            raise KnowledgeEmpty(", ".join(source.name for source in sources) or "what was chosen")
        cancel.raise_if_cancelled()
    built.seconds = time.monotonic() - started
    return built


def _why(error: BaseException) -> str:
    reason = getattr(error, "reason", "") or str(error) or type(error).__name__
    return reason if reason.endswith(".") else f"{reason}."


def _put(draft: Draft, source: Source, embedder: Optional[Any], report: Progress, cancel: CancelToken, built: Built) -> None:
    id_ = draft.put_source(source)
    if source.kind == "document":
        _put_document(draft, id_, source, report, cancel, built)
        return
    fields = draft.put_columns(id_, source.columns)
    known = draft.features(id_)
    encoder = _Pictures(embedder, source)
    waiting: List[Tuple[Row, str]] = []
    seen = set()

    def flush() -> None:
        for (row, digest), picture in zip(waiting, encoder.of([row for row, _ in waiting], cancel)):
            built.pictures += picture is not None
            chunks = chunks_of_row(row, source.columns, source.name)
            draft.put_feature(id_, row, digest, source.columns, fields, chunks, picture)
        waiting.clear()

    for number, row in enumerate(source.rows(cancel)):
        cancel.raise_if_cancelled()
        if number >= MOST_FEATURES:
            built.notes.append(f"Of {source.name} only the first {MOST_FEATURES:,} rows are in the base.")
            break
        if row.fid in seen:
            continue
        seen.add(row.fid)
        digest = digest_of_row(row, source.crs_wkt, encoder.key + repr(source.columns))
        old = known.get(row.fid)
        if old is not None and old[1] == digest:
            built.kept += 1
        else:
            if old is not None:
                draft.drop_features([old[0]])
            built.changed += old is not None
            built.added += old is None
            waiting.append((row, digest))
        if len(waiting) >= BATCH:
            flush()
            report(min(1.0, number / max(1, source.expected, number)), f"Reading {source.name}")
    flush()
    gone = [value[0] for fid, value in known.items() if fid not in seen]
    draft.drop_features(gone)
    built.removed += len(gone)
    if not seen:
        built.refused[source.name] = "it has no rows."
        draft.drop_source(id_)


def _put_document(draft: Draft, id_: int, source: Source, report: Progress, cancel: CancelToken, built: Built) -> None:
    found = []
    for number, passage in enumerate(source.passages(cancel)):
        cancel.raise_if_cancelled()
        found += list(chunks_of_passage(passage))
        report(min(1.0, number / max(1, source.expected, number)), f"Reading {source.name}")
        if len(found) > MOST_TEXTS:
            built.notes.append(f"Of {source.name} only the beginning is in the base.")
            found = found[:MOST_TEXTS]
            break
    if not found:
        built.refused[source.name] = "it holds no text."
        draft.drop_source(id_)
        return
    before = draft.texts(id_)
    if before == [digest_of_text(chunk.text) for chunk in found]:
        built.kept += len(found)
        return
    draft.drop_texts(id_)
    draft.put_chunks(id_, found)
    built.changed += len(found) if before else 0
    built.added += 0 if before else len(found)


class _Pictures:
    """The pictures of one source's features."""

    def __init__(self, embedder: Optional[Any], source: Source) -> None:
        self._embedder, self._source = embedder, source
        self._chips = source.chips if embedder is not None else None
        self.key = f"{embedder.digest} {self._chips.fingerprint} " if embedder is not None and self._chips is not None else ""

    def of(self, rows: Sequence[Row], cancel: CancelToken) -> List[Optional[Picture]]:
        """One for each row, None where nothing is seen of it."""
        out: List[Optional[Picture]] = [None] * len(rows)
        if self._chips is None or self._embedder is None:
            return out
        cut = [None if row.box is None else self._chips.cut(row.box, self._source.crs_wkt) for row in rows]
        there = [i for i, chip in enumerate(cut) if chip is not None]
        if there:
            chips = [chip for chip in cut if chip is not None]
            found = self._embedder.pictures(np.stack([chip[0] for chip in chips]), [chip[1] for chip in chips], cancel)
            for i, chip, vector in zip(there, chips, found):
                out[i] = Picture(chip[0], vector)
        return out

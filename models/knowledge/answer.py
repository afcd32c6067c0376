"""An answer from a base: its words, and what each numbered citation in them stands for."""

from dataclasses import dataclass, field
from typing import List, Optional, Sequence, Tuple

from ..conversation import Citation
from .base import Base, KnownChunk
from .material import Box

#: Features that one citation selects at most, and letters of it that are shown.
MOST_FEATURES, MOST_LETTERS = 5000, 300


@dataclass(frozen=True)
class Answer:
    """``answered``: False where the base does not say; ``value``: what was asked for by itself ("concrete", "222");
    ``understood`` and ``covered``: what the decision to answer rested on."""

    text: str
    citations: Tuple[Citation, ...] = ()
    answered: bool = True
    value: str = ""
    kind: str = "text"
    understood: float = 1.0
    covered: float = 0.0


@dataclass
class Citing:
    """Numbers what an answer quotes, in the order in which it is quoted."""

    base: Base
    cited: List[Citation] = field(default_factory=list)

    def feature(self, id_: int, text: str) -> str:
        """" [n]" of a feature."""
        known = self.base.feature(id_)
        source = self.base.sources[known.source]
        return self._mark(Citation(0, source.kind, source.name, source.key, known.label, text[:MOST_LETTERS], "", (known.fid,),
                                known.box, source.crs_wkt))

    def features(self, ids: Sequence[int], text: str) -> str:
        """" [n]" of several features of one layer, [n][m] where they are of several."""
        if len(ids) == 1:
            return self.feature(ids[0], text)
        found = self.base.features(ids[:MOST_FEATURES])
        marks = ""
        for source_id in dict.fromkeys(known.source for known in found):
            own = [known for known in found if known.source == source_id]
            source = self.base.sources[source_id]
            marks += self._mark(Citation(
                0, source.kind, source.name, source.key, f"{len(own)} features", text[:MOST_LETTERS], "",
                tuple(known.fid for known in own), _around([known.box for known in own]), source.crs_wkt))
        return marks

    def sources(self, ids: Sequence[int], text: str) -> str:
        """" [n]" of whole layers."""
        return "".join(
            self._mark(Citation(
                0, source.kind, source.name, source.key, source.name, text[:MOST_LETTERS], crs_wkt=source.crs_wkt))
            for source in (self.base.sources[id_] for id_ in dict.fromkeys(ids)))

    def chunk(self, chunk: KnownChunk) -> str:
        """" [n]" of a piece of text."""
        if chunk.feature is not None:
            return self.feature(chunk.feature, chunk.text)
        source = self.base.sources[chunk.source]
        label = f"{source.name}, {chunk.place}" if chunk.place else source.name
        return self._mark(Citation(0, source.kind, source.name, source.key, label, chunk.text[:MOST_LETTERS], chunk.place))

    def _mark(self, cited: Citation) -> str:
        for known in self.cited:
            if (known.key, known.fids, known.place, known.text) == (cited.key, cited.fids, cited.place, cited.text):
                return f" [{known.number}]"
        number = len(self.cited) + 1
        self.cited.append(Citation(**{**cited.__dict__, "number": number}))
        return f" [{number}]"


def _around(boxes: Sequence[Optional[Box]]) -> Optional[Box]:
    there = [box for box in boxes if box is not None]
    if not there:
        return None
    x0, y0, x1, y1 = zip(*there)
    return min(x0), min(y0), max(x1), max(y1)

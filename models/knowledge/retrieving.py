"""What of a base bears on a question: text by BM25, pictures by cosine, places by distance, in one ranking.

RS-RAG (Wen et al. 2025, arXiv 2504.04988) ranks by ``α · cos(image) + (1 − α) · cos(text)``; here the text part is BM25 as a
share of the best, an alignment of pixels stands beside the cosine, and a spatial prior is added, which the paper lacks.
"""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np

from .base import Base, KnownChunk
from .looks import likeness
from .material import Box, Picture
from .question_words import FUNCTION
from .wording import stems_of, words_of

#: α of the re-ranking: how much pictures weigh against words.
ALPHA = 0.5
#: How much of a picture's likeness is the cosine of vectors; the rest is the alignment of pixels.
COSINE = 0.3
#: Sides of a feature that a rectangle around it has: drawn tightly, or with its surroundings.
_DRAWN = (0.7, 2.8)
#: Chunks that BM25 hands to the re-ranking.
CANDIDATES = 200


@dataclass(frozen=True)
class Where:
    """The place asked about: its box in WGS 84 (west, south, east, north) and the point clicked, if it was one."""

    degrees: Box
    point: Optional[Tuple[float, float]] = None

    @property
    def reach(self) -> Box:
        """The box that a feature must meet to be meant: that of a click is a twentieth of what is seen around it."""
        west, south, east, north = self.degrees
        if self.point is None:
            return self.degrees
        x, y = self.point
        wide, high = (east - west) / 20, (north - south) / 20
        return x - wide, y - high, x + wide, y + high

    @property
    def middle(self) -> Tuple[float, float]:
        """The point, or the middle of the box."""
        west, south, east, north = self.degrees
        return self.point or ((west + east) / 2, (south + north) / 2)


@dataclass(frozen=True)
class Found:
    """A chunk with its score and the parts of it; ``covered``: 0..1, how much of the question's words stand in it."""

    chunk: KnownChunk
    score: float
    text: float
    image: float
    near: float
    covered: float = 0.0


def features_by_picture(base: Base, picture: Picture) -> Tuple[np.ndarray, np.ndarray]:
    """Ids and image scores in −1..1 of all features that have a picture."""
    ids, vectors, looks = base.pictures()
    if not len(ids) or vectors.shape[1] != len(picture.vector):
        return ids[:0], np.zeros(0, np.float32)
    cosine = vectors @ np.asarray(picture.vector, np.float32)
    return ids, COSINE * cosine + (1 - COSINE) * likeness(picture.rgb, looks)


def nearness(boxes: np.ndarray, where: Where) -> np.ndarray:
    """(n,) in 0..1 of boxes (n, 4) in degrees: how likely each is what somebody means who draws or clicks there.

    It falls with the way from the middle of the place to the box, with the distance of both middles in sizes of the box, and
    where a rectangle is far smaller than the box or shows far more than its surroundings.
    """
    x, y = where.middle
    west, south, east, north = where.degrees
    across = max(np.cos(np.radians(y)), 1e-6)
    reach = max((east - west) * across, north - south, 2e-5) / 2
    outside = np.hypot(np.maximum(np.maximum(boxes[:, 0] - x, x - boxes[:, 2]), 0) * across,
                       np.maximum(np.maximum(boxes[:, 1] - y, y - boxes[:, 3]), 0))
    off = np.hypot(((boxes[:, 0] + boxes[:, 2]) / 2 - x) * across, (boxes[:, 1] + boxes[:, 3]) / 2 - y)
    own = np.maximum(np.maximum((boxes[:, 2] - boxes[:, 0]) * across, boxes[:, 3] - boxes[:, 1]), 1e-7)
    shown = np.log(2 * reach / own)
    strange = np.maximum(np.maximum(np.log(_DRAWN[0]) - shown, shown - np.log(_DRAWN[1])), 0)
    far = 2 * outside / reach + 1.5 * (off / np.maximum(own, 0.2 * reach)) ** 2
    near: np.ndarray = np.nan_to_num(np.exp(-far - (0 if where.point is not None else strange**2)), nan=0.0)
    return near


def features_at(base: Base, where: Optional[Where], picture: Optional[Picture] = None, most: int = 20) -> List[Tuple[int, float]]:
    """Features at the place asked about with their scores, best first; by the picture alone where there is no place."""
    if where is not None:
        ids = np.array(base.inside(where.reach), np.int64)
        if not len(ids):
            return []
        scores = nearness(base.boxes([int(id_) for id_ in ids]), where)
        if picture is not None:
            seen, likely = features_by_picture(base, picture)
            by_id = dict(zip(seen.tolist(), likely.tolist()))
            scores = scores + ALPHA * np.array([by_id.get(int(id_), 0.0) for id_ in ids])
    elif picture is not None:
        ids, scores = features_by_picture(base, picture)
    else:
        return []
    order = np.argsort(-scores, kind="stable")[:most]
    return [(int(ids[i]), float(scores[i])) for i in order]


def content_of(question: str) -> Tuple[str, ...]:
    """The words of a question that can be looked for."""
    return tuple(dict.fromkeys(word for word in words_of(question) if stems_of(word) and stems_of(word)[0] not in FUNCTION))


def retrieve(
    base: Base, question: str, where: Optional[Where] = None, picture: Optional[Picture] = None, top: int = 5,
    alpha: float = ALPHA, documents: bool = False,
) -> List[Found]:
    """The chunks that bear on ``question``, best first. ``documents``: of documents alone."""
    words = content_of(question)
    if not words:
        return []
    ranked = base.search(" OR ".join(f'"{word}"' for word in words), CANDIDATES if not documents else 5 * CANDIDATES)
    chunks = [(base.chunk(id_), rank) for id_, rank in ranked]
    if documents:
        chunks = [(chunk, rank) for chunk, rank in chunks if chunk.feature is None][:CANDIDATES]
    if not chunks:
        return []
    best = max(max(rank for _, rank in chunks), 1e-9)
    likely = dict(zip(*(part.tolist() for part in features_by_picture(base, picture)))) if picture is not None else {}
    ids = sorted({chunk.feature for chunk, _ in chunks if chunk.feature is not None})
    near = dict(zip(ids, nearness(base.boxes(ids), where))) if where is not None and ids else {}
    weights = rareness(base, words)
    found = []
    for chunk, rank in chunks:
        text, image, close = max(rank, 0.0) / best, likely.get(chunk.feature, 0.0), float(near.get(chunk.feature or -1, 0.0))
        score = (alpha * image + (1 - alpha) * text if picture is not None else text) + close
        found.append(Found(chunk, score, text, image, close, coverage(words, weights, chunk.text)))
    return sorted(found, key=lambda each: (-each.score, each.chunk.id))[:top]


def rareness(base: Base, words: Sequence[str]) -> np.ndarray:
    """(n,) weights of words: the rarer in the base, the more a word says; the most where it is not in it at all."""
    total = max(2, base.size[1])
    held = np.array([base.number_with(f'"{word}"') for word in words], np.float64)
    out: np.ndarray = np.log((total + 1) / (held + 0.5))
    return np.maximum(out, 0.05)


def coverage(words: Sequence[str], weights: np.ndarray, text: str) -> float:
    """0..1: the share of the words' weight that stands in ``text``."""
    there = set(stems_of(text))
    hit = np.array([all(stem in there for stem in stems_of(word)) for word in words])
    return float(weights[hit].sum() / max(weights.sum(), 1e-9))

"""RS-RAG as published: its ranking and its prompt, to the letter, for records and vectors in its own format.

Wen et al. 2025, "RS-RAG" (arXiv 2504.04988); ``CongcongWen1208/RS-RAG: TASKS/answer_utils.py``. Each record is one text chunk
with the vector of its text and the vector of its image. Candidates are those whose text is nearest to the query's *image*,
then ``score = α · cos(image, image) + (1 − α) · cos(text, text)``. The embedded search does both differently
(``retrieving.py``) and says why.
"""

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np

#: Chunk types that each task may use.
TASKS = {
    "vqa": ("basic_info_and_history", "architecture_and_function", "culture_and_visitor", "expert_knowledge",
            "monthly_expert_knowledge"),
    "caption": ("caption",),
    "classification": ("basic_info_and_history", "image_description"),
}
#: α of the published runs, candidates that the first search hands on, and chunks in a prompt.
ALPHA, CANDIDATES, TOP = 0.9, 100_000, 3


@dataclass(frozen=True)
class Record:
    """``image`` and ``text``: (d,) vectors; they need not be normalised."""

    chunk: str
    kind: str
    image: np.ndarray
    text: np.ndarray


def rank(
    records: Sequence[Record], image: np.ndarray, text: np.ndarray, task: str = "vqa", alpha: float = ALPHA, top: int = TOP,
    candidates: int = CANDIDATES,
) -> List[Tuple[Record, float]]:
    """The ``top`` records of a task with their scores, best first. ``image``, ``text``: (d,) of the query.

    Raises KeyError for an unknown task, ValueError for an α outside 0..1.
    """
    if not 0.0 <= alpha <= 1.0:
        raise ValueError(f"alpha is {alpha}, not in 0..1")
    kinds = TASKS[task]
    pool = [record for record in records if record.kind in kinds]
    if not pool:
        return []
    texts = _unit(np.stack([record.text for record in pool]))
    images = _unit(np.stack([record.image for record in pool]))
    seen, said = _unit(np.asarray(image)[None])[0], _unit(np.asarray(text)[None])[0]
    first = np.argsort(-(texts @ seen), kind="stable")[:candidates]
    scores = alpha * (images[first] @ seen) + (1 - alpha) * (texts[first] @ said)
    order = np.argsort(-scores, kind="stable")[:top]
    return [(pool[int(first[i])], float(scores[i])) for i in order]


def prompt(chunks: Sequence[str], question: str) -> str:
    """What the published system sends with the image."""
    context = "\n".join(f"{number}. {chunk}" for number, chunk in enumerate(chunks, 1))
    return f"with those context: {context}, {question}"


def _unit(vectors: np.ndarray) -> np.ndarray:
    out: np.ndarray = np.asarray(vectors, np.float64)
    return out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-12)

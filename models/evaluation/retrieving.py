"""Images from captions and captions from images, by the vectors that “show me places like …” ranks with."""

from typing import TYPE_CHECKING, Any, Dict, List

import numpy as np

from ..conversation import View
from ..metrics.baselines import chance_recall
from ..metrics.retrieval import retrieval_figures
from .manifest import SENTENCES

if TYPE_CHECKING:
    from .evaluation import Evaluation


def retrieve(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Recall at 1, 5 and 10 both ways among all rows, beside chance. ``unavailable``: why there is no figure."""
    speech = getattr(run.engine, "speech", None)
    voice = speech.voice if speech is not None else None
    if voice is None:
        return {"n": len(indices), "unavailable": speech.reason if speech is not None else "no decoder"}
    pictures: List[np.ndarray] = []
    texts: List[np.ndarray] = []
    owner: List[int] = []
    for number, index in enumerate(indices):
        image = run.open(index)
        pictures.append(voice.picture(run.engine.glance(View(image.source)).tokens))
        image.source.close()
        for sentence in run.rows[index]["target"].split(SENTENCES.strip()):
            if sentence.strip():
                texts.append(voice.retrieval(sentence.strip()))
                owner.append(number)
    likeness = np.stack(pictures) @ np.stack(texts).T
    figures = retrieval_figures(likeness, np.array(owner))
    return {"n": len(indices), **figures, "chance": chance_recall(np.array(owner))}

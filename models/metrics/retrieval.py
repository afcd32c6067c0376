"""Recall at k between images and captions, in both directions, with several captions per image. 0..1."""

from typing import Dict, Sequence

import numpy as np

KS = (1, 5, 10)


def retrieval_figures(similarity: np.ndarray, owner: np.ndarray, ks: Sequence[int] = KS) -> Dict[str, float]:
    """``i2t_r1``, ``t2i_r1``, … for each k, 0..1; papers print × 100 (SYSTEMS-A 1.5, SYSTEMS-B 4.4).

    ``i2t_mr``, ``t2i_mr``: mean over k of one direction (SkyScript). ``mr``: mean of both directions (GeoRSCLIP).

    ``similarity`` (images, captions) float, larger is more alike; ``owner`` (captions,) int, the image of each caption.
    An image is found if at least one of its captions is among the first k, not if all are. ``i2t`` is over images,
    ``t2i`` over captions: with five captions their chance levels differ about fivefold. Raises ValueError for an
    image without caption or a value that is not finite.
    """
    by_image, by_caption = image_to_text_ranks(similarity, owner), text_to_image_ranks(similarity, owner)
    figures = {f"i2t_r{k}": float((by_image <= k).mean()) for k in ks}
    figures.update({f"t2i_r{k}": float((by_caption <= k).mean()) for k in ks})
    mean = [float(np.mean([figures[f"{way}_r{k}"] for k in ks])) for way in ("i2t", "t2i")]
    return {**figures, "i2t_mr": mean[0], "t2i_mr": mean[1], "mr": (mean[0] + mean[1]) / 2}


def image_to_text_ranks(similarity: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """(images,) int64, 1 = best: the place of the best own caption. Ties go against it: all scores equal is no hit."""
    own = _own(similarity, owner)
    best = np.where(own, similarity, -np.inf).max(axis=1)
    return 1 + ((similarity >= best[:, None]) & ~own).sum(axis=1)


def text_to_image_ranks(similarity: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """(captions,) int64, 1 = best: the place of the own image. Ties go against it."""
    own = _own(similarity, owner)
    true = similarity[owner, np.arange(len(owner))]
    return 1 + ((similarity >= true[None, :]) & ~own).sum(axis=0)


def _own(similarity: np.ndarray, owner: np.ndarray) -> np.ndarray:
    images, captions = similarity.shape
    if owner.shape != (captions,):
        raise ValueError(f"{captions} captions but {owner.shape} owners")
    if not np.isfinite(similarity).all():
        raise ValueError("a similarity is not finite")
    own = owner[None, :] == np.arange(images)[:, None]
    if not own.any(axis=1).all() or not own.any(axis=0).all():
        raise ValueError("every image needs a caption and every caption an image")
    return own

"""Figures of the exported contrastive head: classes named from words, unknown concepts declined, paraphrases accepted.

The exported graphs are measured, on validation tiles' cached tokens, in wordings that were never trained on.
"""

from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

from ..datasets.concept_phrases import said
from ..language.text_tower import TextTower
from ..vision.legend import SCENES_AERIAL, SCENES_SATELLITE

#: Class names in plain words, as a user would give a list of classes.
NAMES: Dict[str, str] = {
    "agricultural": "agricultural land", "airplane": "airplanes", "baseballdiamond": "a baseball diamond",
    "beach": "a beach", "buildings": "large buildings", "chaparral": "chaparral",
    "denseresidential": "a dense residential area", "forest": "a forest", "freeway": "a freeway",
    "golfcourse": "a golf course", "harbor": "a harbor", "intersection": "a road intersection",
    "mediumresidential": "a medium residential area", "mobilehomepark": "a mobile home park",
    "overpass": "an overpass", "parkinglot": "a parking lot", "river": "a river", "runway": "a runway",
    "sparseresidential": "a sparse residential area", "storagetanks": "storage tanks",
    "tenniscourt": "a tennis court", "AnnualCrop": "annual crops", "Forest": "a forest",
    "HerbaceousVegetation": "herbaceous vegetation", "Highway": "a highway", "Industrial": "an industrial area",
    "Pasture": "a pasture", "PermanentCrop": "permanent crops", "Residential": "a residential area",
    "River": "a river", "SeaLake": "a sea or lake",
}
#: The concept whose validation wordings name a class.
CONCEPT: Dict[str, str] = {
    "agricultural": "farmland", "airplane": "aircraft", "baseballdiamond": "baseball diamond",
    "buildings": "large buildings", "denseresidential": "dense residential area", "freeway": "highway",
    "golfcourse": "golf course", "harbor": "harbour", "mediumresidential": "medium residential area",
    "mobilehomepark": "mobile home park", "parkinglot": "parking lot", "sparseresidential": "sparse residential area",
    "storagetanks": "storage tank", "tenniscourt": "tennis court", "AnnualCrop": "annual crops", "Forest": "forest",
    "HerbaceousVegetation": "herbaceous vegetation", "Highway": "highway", "Industrial": "industrial area",
    "Pasture": "pasture", "PermanentCrop": "permanent crops", "Residential": "residential area", "River": "river",
    "SeaLake": "sea or lake",
}


def named(tower: TextTower, folder: Path, scenes: Sequence[str], sets: Sequence[str],
          shuffled: bool = False) -> Dict[str, Any]:
    """Share of validation tiles whose class comes first among ``scenes``: by plain names and by unseen wordings.

    ``sets``: cached sets of the same tiles in several sizes, whose unit vectors are added. ``shuffled``: control, each
    picture's words are compared with another picture.
    """
    truth, vectors = _vectors(tower, folder, sets)
    if shuffled:
        truth = np.random.default_rng(0).permutation(truth)
    start = 0 if scenes is SCENES_AERIAL else len(SCENES_AERIAL)
    plain = tower.class_vectors([[NAMES[scene]] for scene in scenes])
    unseen = tower.class_vectors([said(CONCEPT.get(scene, scene), "validation") for scene in scenes])
    best = {"names": plain, "unseen wordings": unseen}
    found: Dict[str, Any] = {"n": len(truth)}
    for how, rows in best.items():
        right = (vectors @ rows.T).argmax(1) == truth - start
        found[how] = round(float(right.mean()), 4)
        there = [(scene, truth == start + i) for i, scene in enumerate(scenes)]
        found[f"{how}, by class"] = {scene: round(float(right[own].mean()), 3) for scene, own in there if own.any()}
    return found


def left_out(tower: TextTower, folder: Path, names: Sequence[str], sets: Sequence[str]) -> Dict[str, float]:
    """Share of the tiles of classes that were ``left out`` of training, named among all 21: by plain names."""
    truth, vectors = _vectors(tower, folder, sets)
    best = (vectors @ tower.class_vectors([[NAMES[scene]] for scene in SCENES_AERIAL]).T).argmax(1)
    shares = {name: float((best[truth == SCENES_AERIAL.index(name)] == SCENES_AERIAL.index(name)).mean()) for name in names}
    return {"mean": round(float(np.mean(list(shares.values()))), 4), **{name: round(value, 4) for name, value in shares.items()}}


def words(tower: TextTower, unknown: Sequence[str], paraphrases: Dict[str, Sequence[str]]) -> Dict[str, Any]:
    """Unknown concepts declined, paraphrases accepted, and accepted as what they mean; with what went wrong."""
    meant = [(concept, text, tower.meaning(text)) for concept, texts in paraphrases.items() for text in texts]
    taken = [(text, tower.meaning(text)) for text in unknown]
    return {
        "unknown": len(unknown), "declined": round(float(np.mean([not meaning.concept for _, meaning in taken])), 4),
        "paraphrases": len(meant), "accepted": round(float(np.mean([bool(meaning.concept) for _, _, meaning in meant])), 4),
        "accepted as meant": round(float(np.mean([meaning.concept == concept for concept, _, meaning in meant])), 4),
        "wrongly accepted": [f"{text} → {meaning.concept}" for text, meaning in taken if meaning.concept],
        "wrongly declined": [text for _, text, meaning in meant if not meaning.concept],
        "misread": [f"{text} → {meaning.concept}" for concept, text, meaning in meant if meaning.concept not in ("", concept)],
    }


def figures(tower: TextTower, folder: Path, unknown: Sequence[str], paraphrases: Dict[str, Sequence[str]],
            shuffled: bool = False) -> Dict[str, Any]:
    """Everything but the classes left out, which need a training of their own; words only where ``unknown`` ones are given."""
    found = {
        "ucmerced, two sizes": named(tower, folder, SCENES_AERIAL, ("aerial", "aerial-half"), shuffled),
        "ucmerced, one size": named(tower, folder, SCENES_AERIAL, ("aerial",), shuffled),
        "eurosat": named(tower, folder, SCENES_SATELLITE, ("satellite",), shuffled),
    }
    return {**found, "words": words(tower, unknown, paraphrases)} if unknown else found


def _vectors(tower: TextTower, folder: Path, sets: Sequence[str]) -> Tuple[np.ndarray, np.ndarray]:
    total: List[np.ndarray] = []
    for name in sets:
        with np.load(folder / f"{name}.npz") as kept:
            truth, tokens = kept["scenes"], kept["tokens"]
        parts = [tower.pictures(tokens[i:i + 64].astype(np.float32)) for i in range(0, len(tokens), 64)]
        total.append(np.concatenate(parts))
    return truth.astype(int), np.sum(total, axis=0)

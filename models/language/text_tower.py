"""Words and pictures in one space: how well a phrase fits a view, and which known concept a free phrase means.

The sigmoid of a scaled cosine is the probability that a phrase is true of a picture (Zhai et al. 2023, section 3.2). A
phrase that means nothing the model knows is declined with the nearest known concepts.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cancel import CancelToken
from ..catalog.arrays import all_there, read_arrays
from ..errors import ModelUnreadable
from ..runtime import Session
from .bpe import BytePairs
from .known_words import KnownWords

TEXT, PICTURE, LEXICON = "nano-text.onnx", "nano-picture.onnx", "nano-lexicon.npz"
FILES = (TEXT, PICTURE, LEXICON)
#: Tokens of a phrase that are read, and letters beyond which nobody looks.
LONGEST, MOST_LETTERS = 48, 300
#: What carries a class name when it is looked for; the mean of all is looked with (GeoRSCLIP's and SkyScript's way).
PROMPTS = ("{}", "a satellite image of {}", "an aerial photo of {}", "{} seen from above", "an overhead view of {}")
_WITHOUT = re.compile(
    r"^(?P<a>.+?)\s+(?:without|but (?:no|not)|with no|excluding|except(?: for)?|free of)\s+(?:any\s+)?(?P<b>.+)$")
#: Words of "A without B" that stand for any view at all.
_ANYTHING = frozenset((
    "land", "ground", "area", "areas", "place", "places", "view", "views", "image", "images", "scene", "everything"))


@dataclass(frozen=True)
class Meaning:
    """``concept``: what a phrase means, "" if nothing known; ``sure``: probability, 0..1, that it is known.

    ``nearest``: names of known concepts, the nearest first.
    """

    concept: str
    sure: float
    nearest: Tuple[str, ...]


class TextTower:
    """A loaded contrastive head. Any thread, one call at a time."""

    def __init__(self, text: Any, picture: Any, arrays: Dict[str, np.ndarray], digest: str = "") -> None:
        """``text`` and ``picture`` have ``run(feeds, cancel)``; ``arrays``: see ``contrast_export.arrays``; ``digest``: of
        the graph of pictures.

        Raises KeyError or ValueError if they are incomplete.
        """
        self._text, self._picture, self.digest = text, picture, digest
        about = json.loads(arrays["about"].tobytes())
        self._concepts = arrays["concepts"].astype(np.float32)
        self._coder = BytePairs([(int(a), int(b)) for a, b in arrays["merges"]])
        self.scale, self.bias, self.sharpness = (float(about[name]) for name in ("scale", "bias", "sharpness"))
        self.known_from = float(about["known_from"])
        self.words = KnownWords(about["phrases"], about["carriers"])
        self.concepts: Tuple[str, ...] = tuple(about["phrases"])
        if len(self.concepts) != len(self._concepts):
            raise ValueError(f"{len(self._concepts)} vectors of {len(self.concepts)} concepts")

    @classmethod
    def load(cls, folder: Path, threads: Optional[int] = None) -> "TextTower":
        """The head of ``folder``, whose digests were verified before.

        Raises ModelMissing, ModelUnreadable if the files do not fit each other, RuntimeMissing without onnxruntime.
        """
        all_there(folder, FILES)
        arrays = read_arrays(folder / LEXICON)
        # Both graphs are too small for another device to pay, and ids are whole numbers.
        text, picture = (Session(folder / name, threads or 1, ("CPUExecutionProvider",)) for name in (TEXT, PICTURE))
        if set(text.inputs) != {"ids"} or set(picture.inputs) != {"tokens"}:
            raise ModelUnreadable(str(text.path), f"inputs are {sorted(text.inputs)} and {sorted(picture.inputs)}")
        try:
            return cls(text, picture, arrays, hashlib.sha256((folder / PICTURE).read_bytes()).hexdigest())
        except (KeyError, ValueError, TypeError) as error:
            raise ModelUnreadable(str(folder / LEXICON), f"{type(error).__name__}: {error}") from error

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._concepts.shape[1])

    def phrase(self, text: str) -> np.ndarray:
        """(d,) float32 unit vector of a phrase. Raises ValueError for one without a letter or figure."""
        return self._read([text])[0][0]

    def phrases(self, texts: Sequence[str]) -> np.ndarray:
        """(m, d) float32 unit vectors; as :meth:`phrase`, all at once."""
        return self._read(texts)[0]

    def picture(self, tokens: np.ndarray, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(d,) float32 unit vector of a view's tokens (T, 544), row by row (64 of a view of 256 px)."""
        return self.pictures(tokens[None], cancel)[0]

    def pictures(self, tokens: np.ndarray, cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(n, d) float32 unit vectors of tokens (n, T, 544)."""
        return np.asarray(self._picture.run({"tokens": np.ascontiguousarray(tokens, np.float32)}, cancel)[0])

    def score(self, images: np.ndarray, phrases: Sequence[str]) -> np.ndarray:
        """(n, m) float32 probabilities 0..1 that each phrase is true of each picture; ``images`` (n, d) unit vectors.

        "A without B" is P(A) · (1 − P(B)), since no vector stands for what is not there.
        """
        parts = [self._parts(text) for text in phrases]
        flat = [text for pair in parts for text in pair if text]
        read = dict(zip(flat, self._true(images, self.phrases(flat)).T)) if flat else {}
        every = np.ones(len(images), np.float32)
        return np.stack([read.get(a, every) * (1 - read[b] if b else every) for a, b in parts], 1).astype(np.float32)

    def class_vectors(self, names: Sequence[Sequence[str]]) -> np.ndarray:
        """(classes, d) unit vectors: of each class the mean over its names and ``PROMPTS``."""
        found = []
        for words in names:
            mean = self.phrases([prompt.format(word) for word in words for prompt in PROMPTS]).mean(0)
            found.append(mean / max(float(np.linalg.norm(mean)), 1e-6))
        return np.stack(found)

    def classify(self, images: np.ndarray, names: Sequence[str]) -> np.ndarray:
        """(n, classes) cosines of pictures (n, d) with class names; the largest of a row is the class."""
        return images @ self.class_vectors([[name] for name in names]).T

    def meaning(self, text: str, most: int = 3) -> Meaning:
        """Which known concept ``text`` means, or none with the ``most`` nearest.

        Known wordings are known for certain. Else every content word must be known, and the tower must be sure.
        """
        plain = _plain(text)
        exact = self.words.exact(plain)
        if not plain.strip():
            return Meaning("", 0.0, self.concepts[:most])
        vectors, known = self._read([plain])
        logits = self.sharpness * vectors[0] @ self._concepts.T
        order = np.argsort(-logits, kind="stable")
        nearest = tuple(self.concepts[int(i)] for i in order[:most])
        if exact:
            return Meaning(exact, 1.0, (exact, *(name for name in nearest if name != exact))[:most])
        sure = float(_sigmoid(known[:1])[0])
        if self.words.strange(plain) or sure < self.known_from:
            return Meaning("", sure, nearest)
        return Meaning(nearest[0], sure, nearest)

    def _true(self, images: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        return _sigmoid(self.scale * images @ vectors.T + self.bias)

    def _parts(self, text: str) -> Tuple[str, str]:
        plain = _plain(text)
        return (plain, "") if self.words.exact(plain) else without(plain)

    def _read(self, texts: Sequence[str]) -> Tuple[np.ndarray, np.ndarray]:
        ids = [ids_of(text, self._coder) for text in texts]
        if any(not row for row in ids):
            raise ValueError("a phrase needs a letter or a figure")
        rows = np.zeros((len(ids), max(map(len, ids))), np.int64)
        for row, each in zip(rows, ids):
            row[:len(each)] = each
        vectors, known = self._text.run({"ids": rows}, None)
        return np.asarray(vectors), np.asarray(known)


def without(text: str) -> Tuple[str, str]:
    """A and B of "A without B"; (text, "") where nothing is excluded, ("", B) where A is anything at all."""
    plain = _plain(text)
    found = _WITHOUT.match(plain)
    if found is None:
        return plain, ""
    a = found.group("a").strip()
    anything = a.split(" ")[-1] in _ANYTHING and len(a.split(" ")) < 3
    return "" if anything else a, found.group("b").strip()


def ids_of(text: str, coder: BytePairs) -> List[int]:
    """Ids of a phrase: lower case, single spaces and one before the first word, at most ``LONGEST``; [] for none."""
    plain = _plain(text)
    return coder.encode(f" {plain}")[:LONGEST] if plain else []


def _plain(text: str) -> str:
    return " ".join(text[:MOST_LETTERS].lower().replace("\u2019", "'").split()).strip(" .!?,;:\"'")


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -60, 60)))

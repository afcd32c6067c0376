"""The language decoder as the plugin runs it: one graph, and in numpy what comes before and after it.

Knows no prompts and no sampling; its caller keeps what it has read (``decoding.Cache``).
"""

from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from ..cancel import CancelToken
from ..catalog.arrays import all_there, read_arrays
from ..errors import ModelUnreadable
from ..runtime import Session
from .bpe import VOCABULARY, BytePairs

GRAPH, WEIGHTS, BYTE_PAIRS = "nano-decoder.onnx", "nano-decoder.npz", "nano-bpe.json"
FILES = (GRAPH, WEIGHTS, BYTE_PAIRS)
#: Row of the adapters for no expert.
NO_EXPERT = -1


def inputs(layers: int) -> Tuple[str, ...]:
    """Names of the graph's inputs. Keys and values of each layer come apart: none of what was read is copied for a step."""
    past = tuple(f"{what}.{layer}" for layer in range(layers) for what in ("key", "value"))
    return ("embeds", "seen", "positions", "expert", "table", *past)


class Read(NamedTuple):
    """Of S positions, float32: ``logits`` (n, S, V), ``hidden`` (n, S, d), ``present`` (L, 2, n, heads, S, d / heads)."""

    logits: np.ndarray
    hidden: np.ndarray
    present: np.ndarray


class Decoder:
    """A loaded decoder. Any thread, one run at a time.

    Its sizes: ``layers``, ``heads``, ``head`` (dimensions of one), ``experts``, ``width``; ``tokens`` of a view.
    """

    def __init__(self, session: Any, weights: Dict[str, np.ndarray], coder: BytePairs) -> None:
        """``session`` has ``run(feeds, cancel)``; ``weights``: see ``decoder_export.arrays``. KeyError: incomplete."""
        self._session, self.coder = session, coder
        self.table = weights["table/codes"].astype(np.float32) * weights["table/scale"][:, None]
        self.layers, self.heads, self.head, self.experts = (int(value) for value in weights["shape"])
        self.width, self._inputs = self.heads * self.head, inputs(self.layers)
        self._weights = {name: value.astype(np.float32) for name, value in weights.items()
                         if not name.startswith("table/") and name != "shape"}
        if self.table.shape != (VOCABULARY, self.width):
            raise ValueError(f"a table of {self.table.shape} words, {(VOCABULARY, self.width)} expected")
        self.tokens = int(self._weights["bridge/place"].shape[0])
        self.grid = int(self._weights["image/weight"].shape[1])

    @classmethod
    def load(cls, folder: Path, threads: Optional[int] = None) -> "Decoder":
        """The decoder of ``folder``, whose digests were verified before.

        Raises ModelMissing, ModelUnreadable if the files do not fit each other, RuntimeMissing without onnxruntime.
        """
        all_there(folder, FILES)
        coder, weights = BytePairs.load(folder / BYTE_PAIRS), read_arrays(folder / WEIGHTS)
        # A step is too small for another device to pay, and its inputs are whole numbers and truths as well.
        session = Session(folder / GRAPH, threads, providers=("CPUExecutionProvider",))
        try:
            found = cls(session, weights, coder)
        except (KeyError, ValueError, IndexError) as error:
            raise ModelUnreadable(str(folder / WEIGHTS), str(error)) from error
        known = session.inputs
        if set(known) != set(inputs(found.layers)) or known["key.0"][1::2] != [found.heads, found.head]:
            raise ModelUnreadable(str(folder / GRAPH), "its inputs are not those that its weights need")
        return found

    def run(self, embeds: np.ndarray, past: np.ndarray, seen: np.ndarray, positions: np.ndarray, expert: np.ndarray,
            cancel: Optional[CancelToken] = None) -> Read:
        """Read ``embeds`` (n, S, d) float32 after ``past`` (L, 2, n, heads, C, d / heads), C ≥ 1, of which ``seen`` (n, C)
        bool counts, at ``positions`` (n, S) int64 with adapter ``expert`` (n,) int64. Raises Cancelled."""
        kept = (part for layer in past for part in layer)
        feeds = dict(zip(self._inputs, (embeds, seen, positions, expert, self.table, *kept)))
        logits, hidden, present = self._session.run(feeds, cancel)
        return Read(logits, hidden, present)

    def words(self, ids: np.ndarray) -> np.ndarray:
        """Rows (…, d) float32 of the table."""
        return self.table[ids]

    def bridged(self, image: np.ndarray) -> np.ndarray:
        """Image tokens (tokens, grid) as rows (tokens, d) that stand in for words. Raises ValueError for another shape."""
        if image.shape != (self.tokens, self.grid):
            raise ValueError(f"image tokens of {image.shape}, {(self.tokens, self.grid)} expected")
        rows = self._linear("bridge/linear", image.astype(np.float32)) + self._weights["bridge/place"]
        return self._normed("bridge/norm", rows)

    def place(self, hidden: np.ndarray) -> np.ndarray:
        """Hidden states at ``[RET]`` (k, d) as unit vectors (k, shared), to be compared with :meth:`picture`."""
        return _unit(self._linear("retrieve", hidden))

    def picture(self, images: np.ndarray) -> np.ndarray:
        """Image tokens (k, tokens, grid) as unit vectors (k, shared)."""
        return _unit(self._linear("image", self._normed("image_norm", images.astype(np.float32)).mean(1)))

    def query(self, hidden: np.ndarray) -> np.ndarray:
        """Hidden states at ``[SEG]`` (k, d) as queries (k, q) of the mask predictor."""
        return self._linear("segment", hidden)

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return x @ self._of(name, "weight").T + self._of(name, "bias")

    def _normed(self, name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        y = centred / np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
        return y * self._of(name, "weight") + self._of(name, "bias")

    def _of(self, name: str, what: str) -> np.ndarray:
        return self._weights[f"{name}{'.' if '/' in name else '/'}{what}"]


def nearest(text: np.ndarray, pictures: np.ndarray, k: int) -> List[Tuple[int, float]]:
    """The ``k`` pictures (n, shared) most like one ``text`` (shared,): (index, cosine), best first."""
    cosine = pictures @ text
    return [(int(i), float(cosine[i])) for i in np.argsort(-cosine, kind="stable")[:k]]


def _unit(x: np.ndarray) -> np.ndarray:
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12)

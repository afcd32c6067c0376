"""A converted encoder at run time: pictures and words as unit vectors of one space (``retrieval.embedder.Embedder``)."""

import hashlib
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import numpy as np

from ..cancel import CancelToken
from ..catalog import embedded
from ..errors import EncoderUnusable, ModelDigestError, ModelMissing, ModelUnreadable, TerralogueError
from ..runtime import Session
from . import probe
from .graphs import PICTURE, WORDS
from .resampling import resized
from .tokenizing import FILE as TOKENIZER
from .tokenizing import Tokenizer

#: Pictures and texts that go through a tower at once.
_PICTURES, _TEXTS = 8, 32


class DualEncoder:
    """Any thread; calls wait for each other. ``scale`` and ``bias``: as ``NanoEmbedder``'s; ``bias`` is None for CLIP, whose
    cosines mean something beside each other only.
    """

    def __init__(self, folder: Path, manifest: Dict[str, Any], digest: str, threads: Optional[int] = None) -> None:
        """Of a folder whose digests were verified. Raises ModelUnreadable, RuntimeMissing; KeyError, ValueError, TypeError
        for a manifest that is none."""
        self.name, self.digest = str(manifest["name"]), digest
        self.dim, self.side, context = (int(manifest[key]) for key in ("dim", "side", "context"))
        self.scale = float(manifest.get("scale", 100.0))
        self.bias: Optional[float] = float(manifest["bias"]) if "bias" in manifest else None
        self._tokenizer = Tokenizer(folder, str(manifest["family"]), context)
        self._picture = Session(folder / PICTURE, threads)
        # Ids are whole numbers, and a few texts do not pay another device.
        self._words = Session(folder / WORDS, threads, ("CPUExecutionProvider",))
        for session, name in ((self._picture, "rgb"), (self._words, "ids")):
            if set(session.inputs) != {name} or session.outputs != ("vectors",):
                raise ModelUnreadable(str(session.path), f"inputs are {sorted(session.inputs)}, expected {name}")
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folder: Path, threads: Optional[int] = None) -> "DualEncoder":
        """The encoder that ``convert`` wrote to ``folder``; digests first, then its answers to the probe.

        Raises EncoderUnusable, RuntimeMissing without onnxruntime.
        """
        try:
            digests = embedded.verify(folder, (PICTURE, WORDS, TOKENIZER, embedded.MANIFEST))
            manifest = embedded.manifest(folder)
            # The graph and its manifest (means, sides) make a vector, and so does the tokenizer of words.
            digest = hashlib.sha256(" ".join(digests[name] for name in sorted(digests)).encode()).hexdigest()
            made = cls(folder, manifest, f"sha256:{digest}", threads)
            made._answer(manifest)
        except ModelMissing as error:
            raise EncoderUnusable(folder.name, f"{Path(error.path).name} is missing") from error
        except ModelDigestError as error:
            raise EncoderUnusable(folder.name, f"{Path(error.path).name} was changed after it was converted") from error
        except ModelUnreadable as error:
            raise EncoderUnusable(folder.name, error.reason) from error
        except (KeyError, ValueError, TypeError, OSError) as error:
            raise EncoderUnusable(folder.name, f"its manifest is incomplete ({error})") from error
        return made

    @property
    def provider(self) -> str:
        """The ONNX Runtime provider that looks at pictures."""
        return self._picture.provider

    @property
    def fallback(self) -> str:
        """Why not a faster provider, "" if none was passed over."""
        return self._picture.fallback

    def pictures(
        self, rgb: np.ndarray, gsd: Sequence[Optional[float]] = (), cancel: Optional[CancelToken] = None
    ) -> np.ndarray:
        """See ``Embedder``; other sides than ``side`` are resampled, and distances are not asked for."""
        rgb = resized(np.asarray(rgb, np.float32), self.side)
        return self._unit([self._run(self._picture, "rgb", rgb[i:i + _PICTURES], cancel) for i in range(0, len(rgb), _PICTURES)])

    def words(self, texts: Sequence[str], cancel: Optional[CancelToken] = None) -> np.ndarray:
        """See ``Embedder``."""
        return self._unit(self._texts(texts, cancel))

    def raw_words(self, texts: Sequence[str], cancel: Optional[CancelToken] = None) -> np.ndarray:
        """(m, dim) float32 as the tower gives them, not of unit length: what GeoRSCLIP's protocol averages."""
        parts = self._texts(texts, cancel)
        return np.concatenate(parts) if parts else np.zeros((0, self.dim), np.float32)

    def _texts(self, texts: Sequence[str], cancel: Optional[CancelToken]) -> List[np.ndarray]:
        if any(not any(letter.isalnum() for letter in text) for text in texts):
            raise ValueError("a text needs a letter or a figure")
        return [self._run(self._words, "ids", self._tokenizer.ids(texts[i:i + _TEXTS]), cancel)
                for i in range(0, len(texts), _TEXTS)]

    def _run(self, session: Session, name: str, array: np.ndarray, cancel: Optional[CancelToken]) -> np.ndarray:
        with self._lock:
            return np.asarray(session.run({name: np.ascontiguousarray(array)}, cancel)[0], np.float32)

    def _unit(self, parts: List[np.ndarray]) -> np.ndarray:
        if not parts:
            return np.zeros((0, self.dim), np.float32)
        found = np.concatenate(parts)
        out: np.ndarray = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        return out

    def _answer(self, manifest: Dict[str, Any]) -> None:
        """Raises ModelUnreadable unless the probe is answered as torch answered it when the graphs were made."""
        kept, allowed = manifest["probe"], probe.ALLOWED[str(manifest["precision"])]
        try:
            seen, read = self.pictures(probe.picture(self.side)), self.words(probe.PHRASES)
        except TerralogueError:
            raise
        except Exception as error:  # whatever the runtime makes of a graph that does not fit
            raise ModelUnreadable(PICTURE, f"it does not run: {(str(error).splitlines() or [''])[0][:120]}") from error
        worst = max(probe.off(kept["picture"], seen), probe.off(kept["words"], read))
        if not worst <= allowed:
            raise ModelUnreadable(PICTURE, f"its answers differ from those of the weights it was made of (by {worst:.1g})")

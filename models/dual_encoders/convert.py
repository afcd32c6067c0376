"""Published weights → two ONNX graphs, a tokenizer, a manifest and digests: what a ``DualEncoder`` is loaded from.

``python -m terralogue.models.dual_encoders.convert FILE --out FOLDER [--activation quick_gelu|gelu]``. Needs torch and onnx,
once; using the result needs neither. Nothing of a file is run, and nothing is fetched.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..catalog.embedded import MANIFEST, SUMS, digest_of
from ..errors import RuntimeMissing, TerralogueError, WeightsRefused
from . import probe
from .activation_checks import by_pictures, by_vectors
from .activations import Activation, activation_of
from .graphs import PICTURE, PRECISIONS, WORDS, vectors_of, write_graphs
from .layouts import Architecture, architecture_of
from .tokenizing import FILE as TOKENIZER
from .tokenizing import Tokenizer
from .vocabularies import tokenizer_for
from .weights import Weights, read_weights

FORMAT = 1
FILES = (PICTURE, WORDS, TOKENIZER, MANIFEST)
_ACTIVATIONS = ("quick_gelu", "gelu")


def convert(
    path: Path, out: Path, activation: Optional[str] = None, tokenizer: Optional[Path] = None, precision: str = "half",
    name: str = "", expect: Optional[Path] = None, check: Optional[Path] = None,
) -> Dict[str, Any]:
    """Convert ``path`` into the folder ``out``, which must not hold an encoder yet; returns the manifest.

    ``expect``: a file of vectors of the original program, ``check``: a folder of pictures in one sub-folder a class; either
    finds the activation, or holds the known one to it. Raises WeightsRefused, RuntimeMissing without torch or onnx.
    """
    if precision not in PRECISIONS:
        raise WeightsRefused(path.name, f"the precision is one of {', '.join(PRECISIONS)}")
    if out.exists() and not out.is_dir():
        raise WeightsRefused(path.name, f"{out.name} is a file; name a folder with --out")
    if (out / SUMS).exists():
        raise WeightsRefused(path.name, f"{out.name} holds an encoder already; choose another folder")
    _needed("torch", "onnx")
    weights = read_weights(path)
    architecture = architecture_of({key: tuple(value.shape) for key, value in weights.tensors.items()}, path.name)
    _heads_agree(weights, architecture, path.name)
    found = activation_of(path, architecture, weights.config, weights.run, activation, sought=bool(expect or check))
    text = tokenizer_for(path, tokenizer, architecture.family, architecture.vocabulary)
    out.mkdir(parents=True, exist_ok=True)
    (out / TOKENIZER).write_text(text, encoding="utf-8")
    try:
        return _write(path, out, weights, architecture, found, precision, name, expect, check)
    except KeyError as error:
        raise WeightsRefused(path.name, f"the tensor {error.args[0]} is missing") from error
    finally:
        # A folder without its list of digests is no encoder: what a failed run leaves is taken away again.
        if not (out / SUMS).exists():
            for each in FILES:
                (out / each).unlink(missing_ok=True)


def _write(
    path: Path, out: Path, weights: Weights, architecture: Architecture, found: Activation, precision: str, name: str,
    expect: Optional[Path], check: Optional[Path],
) -> Dict[str, Any]:
    reader = Tokenizer(out, architecture.family, architecture.context)
    found, shares = _checked(path, weights, architecture, found, reader, expect, check)
    look, read = vectors_of(architecture, found.name, weights.tensors)
    manifest: Dict[str, Any] = {
        "format": FORMAT, "name": name or f"{path.stem} {architecture.name}", "family": architecture.family,
        "size": architecture.name, "dim": architecture.dim, "side": architecture.side, "context": architecture.context,
        "activation": found.name, "activation_basis": found.basis, "precision": precision, **_scale(weights.tensors),
        "source": {"file": path.name, "sha256": digest_of(path)},
        "licence": "that of the published weights; ask their authors before passing this folder on",
        "probe": probe.answers(architecture.side, reader.ids(probe.PHRASES), look, read)}
    if shares:
        manifest["check"] = shares
    write_graphs(architecture, found.name, weights.tensors, out, precision)
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sums = "".join(f"{digest_of(out / each)}  {each}\n" for each in FILES)
    (out / SUMS).write_text(sums, encoding="utf-8")
    return manifest


def _checked(
    path: Path, weights: Weights, architecture: Architecture, found: Activation, reader: Tokenizer, expect: Optional[Path],
    check: Optional[Path],
) -> Tuple[Activation, Dict[str, Any]]:
    """The activation, as the checks that were asked for have it. Raises WeightsRefused where they contradict what is known."""
    shares: Dict[str, Any] = {}
    names = (found.name,) if architecture.family == "siglip" else _ACTIVATIONS

    def encode(activation: str, texts: Sequence[str]) -> np.ndarray:
        return np.asarray(vectors_of(architecture, activation, weights.tensors)[1](reader.ids(texts)))

    def look(activation: str, rgb: np.ndarray) -> np.ndarray:
        return np.asarray(vectors_of(architecture, activation, weights.tensors)[0](rgb))

    for wanted, way in ((expect, "vectors"), (check, "pictures")):
        if wanted is None:
            continue
        if way == "vectors":
            seen = by_vectors(wanted, path.name, names, encode)
        else:
            seen, shares = by_pictures(wanted, path.name, names, architecture, encode, look)
        if found.name and found.name != seen.name:
            said = f"it behaves as if trained with {seen.name} ({seen.basis}), not {found.name} ({found.basis})"
            raise WeightsRefused(path.name, said)
        found = seen
    return found, shares


def _heads_agree(weights: Weights, architecture: Architecture, file: str) -> None:
    """Raises WeightsRefused if a config.json beside the weights says another number of heads than its width has."""
    for key, tower in (("vision_config", architecture.picture), ("text_config", architecture.words)):
        said = weights.config.get(key)
        heads = said.get("num_attention_heads") if isinstance(said, dict) else None
        if isinstance(heads, int) and heads != tower.heads:
            raise WeightsRefused(file, f"its config.json has {heads} heads where its width has {tower.heads}")


def _scale(tensors: Dict[str, Any]) -> Dict[str, float]:
    """What cosines are multiplied by before softmax or sigmoid; ``bias`` where it was trained with a sigmoid."""
    out = {"scale": float(np.exp(float(tensors["logit_scale"].float().reshape(-1)[0])))} if "logit_scale" in tensors else {}
    if "logit_bias" in tensors:
        out["bias"] = float(tensors["logit_bias"].float().reshape(-1)[0])
    return out


def _needed(*packages: str) -> None:
    from importlib.util import find_spec

    for package in packages:
        if find_spec(package) is None:
            raise RuntimeMissing(package)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """The command; 0 if an encoder was written."""
    parser = argparse.ArgumentParser(
        prog="python -m terralogue.models.dual_encoders.convert", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, help="RS5M_*.pt, epoch_20.pt, RemoteCLIP-*.pt, model.safetensors …")
    parser.add_argument("--out", type=Path, required=True, help="folder for the encoder")
    parser.add_argument("--activation", choices=_ACTIVATIONS, help="only where the file does not tell")
    parser.add_argument(
        "--tokenizer", type=Path, help="tokenizer.json, merges.txt or bpe_simple_vocab_16e6.txt.gz, or their folder")
    parser.add_argument("--precision", choices=PRECISIONS, default="half", help="of the stored weights")
    parser.add_argument("--name", default="", help="as results shall carry it")
    parser.add_argument("--expect", type=Path, help="JSON of texts with the original program's vectors, which must come out")
    parser.add_argument("--check", type=Path, help="folder of pictures, a sub-folder a class, to find the activation with")
    given = parser.parse_args(arguments)
    try:
        manifest = convert(
            given.file, given.out, given.activation, given.tokenizer, given.precision, given.name, given.expect, given.check)
    except TerralogueError as error:
        print(error, file=sys.stderr)
        return 1
    told: List[str] = ["name", "size", "dim", "side", "activation", "activation_basis", "precision"]
    print(json.dumps({key: manifest[key] for key in (*told, *(["check"] if "check" in manifest else []))}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())

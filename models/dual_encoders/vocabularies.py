"""Where the tokenizer of published weights comes from: files that the user has, or those that an installed package ships."""

import gzip
import importlib.util
from pathlib import Path
from typing import List, Optional

from ..errors import WeightsRefused
from .tokenizing import FILE, clip_tokenizer, coder_of

#: CLIP's byte pairs as OpenAI published them; the packages open_clip and clip ship the file.
VOCABULARY = "bpe_simple_vocab_16e6.txt.gz"
_PACKAGES = ("open_clip", "clip")
_HELP = (f"give --tokenizer with a tokenizer.json, a merges.txt or {VOCABULARY} (the Python packages open_clip_torch and clip "
         "ship the latter)")


def tokenizer_for(weights: Path, given: Optional[Path], family: str, size: int) -> str:
    """The text of a tokenizer.json of ``size`` tokens for ``weights``.

    ``given``: a file or a folder that the user names; None: what lies beside the weights, else an installed package.
    Raises WeightsRefused if there is none or it has another number of tokens.
    """
    if given is not None and not given.exists():
        raise WeightsRefused(weights.name, f"there is no {given.name} to read its words with; {_HELP}")
    places = [given] if given is not None else [weights.parent, *(_installed() if family == "clip" else [])]
    for place in places:
        path = _in(place) if place.is_dir() else place
        if path is not None:
            return _read(path, weights.name, size)
    help_ = _HELP if family == "clip" else "put the tokenizer.json of the same model beside it, or give --tokenizer"
    raise WeightsRefused(weights.name, f"the tokenizer that it was trained with was not found; {help_}")


def _installed() -> List[Path]:
    found = []
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            found.append(Path(spec.origin).parent)
    return found


def _in(folder: Path) -> Optional[Path]:
    for name in (FILE, VOCABULARY, VOCABULARY[:-3], "merges.txt"):
        if (folder / name).is_file():
            return folder / name
    return None


def _read(path: Path, file: str, size: int) -> str:
    try:
        if path.suffix == ".json":
            text, number = path.read_text(encoding="utf-8"), None
        else:
            opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
            with opened as handle:
                lines = handle.read().split("\n")
            # The first line is a heading, and OpenAI's file goes on after what CLIP uses. 256 bytes twice and two marks are
            # no merges.
            merges = [line.rstrip("\r") for line in lines[1:] if line.strip()][:max(0, size - 2 * 256 - 2)]
            if any(line.count(" ") != 1 for line in merges):
                raise ValueError("a line is no pair")
            text, number = clip_tokenizer(merges), 2 * 256 + 2 + len(merges)
    except (OSError, ValueError, EOFError) as error:
        raise WeightsRefused(file, f"its tokenizer {path.name} cannot be read ({str(error)[:80]})") from error
    exact = number is not None
    number = _size(text, path, file) if number is None else number
    # A tokenizer.json may have fewer: some tables of weights are padded to a round number of rows.
    if number > size or (exact and number < size):
        raise WeightsRefused(file, f"the tokenizer {path.name} has {number} tokens and the weights {size}: it is another model's")
    return text


def _size(text: str, path: Path, file: str) -> int:
    try:
        return len(coder_of(text)[1])
    except ValueError as error:
        raise WeightsRefused(file, f"its tokenizer {path.name} cannot be read ({str(error)[:80]})") from error

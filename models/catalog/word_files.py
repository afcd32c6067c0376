"""The files of a language model in the layout of its repository: safetensors, configuration, words. No code, no pickles."""

import json
import struct
from pathlib import Path
from typing import Any, Dict, List, Set

from ..errors import UserModelRefused

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
#: What says how the weights are used, as far as a model has it.
_TOLD = (
    CONFIG, INDEX, "generation_config.json", "preprocessor_config.json", "processor_config.json",
    "video_preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
    "added_tokens.json", "vocab.json", "merges.txt", "chat_template.json", "chat_template.jinja", "adapter_config.json",
)
#: A header of safetensors is no longer (its own library's limit), a configuration neither.
_LONGEST_HEADER, _LONGEST_TEXT = 100_000_000, 50_000_000


def word_files(folder: Path) -> List[Path]:
    """What is taken of the model in ``folder``, the weights first. Links are followed into the blobs of a hub's cache alone.

    Raises UserModelRefused: a part missing, weights that are pickled or damaged, links, a model with a program of its own.
    """
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        pickled = [path for ending in ("*.bin", "*.pt", "*.pth") for path in folder.glob(ending)]
        if pickled:
            raise UserModelRefused(str(pickled[0]), "pickle", "its weights are not safetensors")
        raise UserModelRefused(str(folder), "missing", "it holds no .safetensors file")
    told = [folder / name for name in _TOLD if (folder / name).exists()]
    for path in (*weights, *told):
        _plain(path, folder)
    config = _object(folder / CONFIG)
    for name in (CONFIG, "tokenizer_config.json", "preprocessor_config.json", "processor_config.json"):
        if (folder / name).exists() and _asks_for_code(_object(folder / name)):
            raise UserModelRefused(str(folder / name), "code", "auto_map names a program of its own")
    if not config.get("model_type"):
        raise UserModelRefused(str(folder / CONFIG), "task", "it names no model_type")
    if not (folder / "tokenizer.json").exists() and not (folder / "vocab.json").exists():
        raise UserModelRefused(str(folder / "tokenizer.json"), "missing", "there is no tokenizer")
    names: Set[str] = set()
    for path in weights:
        names |= safetensors_names(path)
    if (folder / INDEX).exists():
        mapped = _object(folder / INDEX).get("weight_map")
        mapped = mapped if isinstance(mapped, dict) else {}
        lost = sorted(set(mapped) - names)
        if lost:
            raise UserModelRefused(str(folder / str(mapped[lost[0]])), "missing", f"the tensor {lost[0]} is in no file")
    return [*weights, *told]


def safetensors_names(path: Path) -> Set[str]:
    """The names of the tensors in ``path``, whose header must add up. Raises UserModelRefused."""
    size = path.stat().st_size
    with open(path, "rb") as file:
        head = file.read(8)
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        if not 2 <= length <= min(_LONGEST_HEADER, size - 8):
            raise _damaged(path, "it has no header of safetensors")
        try:
            header = json.loads(file.read(length))
        except ValueError as error:
            raise _damaged(path, "its header is no JSON") from error
    if not isinstance(header, dict):
        raise _damaged(path, "its header is no object")
    spans = []
    for name, told in header.items():
        if name == "__metadata__":
            continue
        offsets = told.get("data_offsets") if isinstance(told, dict) else None
        if not (isinstance(offsets, list) and len(offsets) == 2 and all(isinstance(each, int) for each in offsets)):
            raise _damaged(path, f"the tensor {name[:60]} lies nowhere")
        spans.append((offsets[0], offsets[1]))
    end = 0
    for start, stop in sorted(spans):
        if start != end or stop < start:
            raise _damaged(path, "its tensors overlap or leave gaps")
        end = stop
    if end != size - 8 - length:
        raise _damaged(path, f"it is of {size} bytes, {8 + length + end} are needed")
    return {name for name in header if name != "__metadata__"}


def _asks_for_code(config: Dict[str, Any]) -> bool:
    """Whether it, or a part of it, names classes of a program beside the weights."""
    return any(
        key == "auto_map" and bool(value) or isinstance(value, dict) and _asks_for_code(value) for key, value in config.items())


def _object(path: Path) -> Dict[str, Any]:
    try:
        if path.stat().st_size > _LONGEST_TEXT:
            raise UserModelRefused(str(path), "damaged", "it is too long")
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserModelRefused(str(path), "missing", "there is no such file") from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path, "it is no JSON") from error
    if not isinstance(told, dict):
        raise _damaged(path, "it is no JSON object")
    return told


def _plain(path: Path, folder: Path) -> None:
    if path.is_symlink():
        # huggingface_hub keeps models--…/snapshots/<revision>/<links> to models--…/blobs/<digest>.
        blobs = (folder.parent.parent / "blobs").resolve()
        if folder.parent.name != "snapshots" or path.resolve().parent != blobs:
            raise UserModelRefused(str(path), "links", "it is a link to another place")
    if not path.is_file():
        raise UserModelRefused(str(path), "missing", "it is no file")


def _damaged(path: Path, reason: str) -> UserModelRefused:
    return UserModelRefused(str(path), "damaged", reason)

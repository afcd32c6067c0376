"""A model from a folder or a file into the store: checked, converted if need be, and there only once it is whole.

Weights that could run code (.pt, .pth, .bin) go through a converter, which reads tensors alone; nothing else of a model is
ever run, and a model that needs a program of its own is refused.
"""

import json
import os
import shutil
import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..cancel import CancelToken, Progress, no_progress
from ..errors import DownloadFailed, StorageFull, UserModelRefused
from . import embedded
from .archives import unpack
from .download import FULL, UNWRITABLE, within
from .entries import ENCODERS, MASKS, WORDS, Entry
from .store import FIRST_USE, ORIGIN, PUBLISHED, TAKING, Installed, ModelStore, size_of
from .word_files import word_files

WEIGHTS = (".pth", ".pt", ".bin", ".safetensors")
#: What the words of an encoder are read with, where it comes without.
VOCABULARIES = ("tokenizer.json", "bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt", "merges.txt")
_SPARE = 50_000_000


def kind_of_source(source: Path) -> str:
    """The kind of model at ``source``, as far as its names tell: of MASKS, ENCODERS, WORDS."""
    names = [path.name.lower() for path in _beside(source)] if source.is_dir() else [source.name.lower()]
    if "config.json" in names and any(name.endswith(".safetensors") for name in names) and "tokenizer_config.json" in names:
        return WORDS
    if embedded.MANIFEST in names and {"picture.onnx", "words.onnx"} <= set(names):
        return ENCODERS
    if any(name.endswith(".onnx") for name in names):
        return MASKS
    return MASKS if any(name.startswith(("sam", "mobile_sam")) for name in names) else ENCODERS


def take_in(
    source: Path, kind: str, store: ModelStore, entry: Optional[Entry] = None, title: str = "",
    tokenizer: Optional[Path] = None, progress: Progress = no_progress, cancel: Optional[CancelToken] = None,
) -> Installed:
    """Copy or convert the model at ``source``, a folder or a file, into ``store``; what it became. Minutes: on a worker.

    ``entry``: what the user says it is; a file whose digest is published must have it. ``tokenizer``: for encoders whose
    weights come without. Raises UserModelRefused, WeightsRefused, EncoderUnusable, ArchiveRefused, StorageFull,
    RuntimeMissing (no converter), DownloadFailed of kind "read-only", Cancelled; then nothing is left.
    """
    cancel = cancel or CancelToken()
    work = store.incoming / f"{TAKING}{uuid.uuid4().hex[:12]}"
    try:
        (work / "model").mkdir(parents=True)
        return _take(source, kind, store, entry, title, tokenizer, work, progress, cancel)
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull(size_of(source) or source.stat().st_size, shutil.disk_usage(store.root).free) from error
        if error.errno in UNWRITABLE:
            raise DownloadFailed(Path(error.filename or source).name, "read-only", str(error)) from error
        raise UserModelRefused(str(source), "damaged", f"it cannot be read or copied ({error})") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _take(
    source: Path, kind: str, store: ModelStore, entry: Optional[Entry], title: str, tokenizer: Optional[Path], work: Path,
    progress: Progress, cancel: CancelToken,
) -> Installed:
    title = title or (entry.title if entry is not None else "")
    if source.suffix.lower() == ".zip":
        digests = {source.name: embedded.digest_of(source)}
        _published(source, digests[source.name], entry)
        if tokenizer is None and kind == ENCODERS and any((source.parent / name).is_file() for name in VOCABULARIES):
            # Beside the archive serves as well as beside the weights in it.
            tokenizer = source.parent
        (work / "unpacked").mkdir()
        unpack(source, work / "unpacked", None, within(progress, 0.0, 0.3), cancel)
        source = _only_folder(work / "unpacked")
    found = _files(source, kind)
    needed, free = 2 * sum(path.stat().st_size for path in found), shutil.disk_usage(work).free
    if needed + _SPARE > free:
        raise StorageFull(needed + _SPARE, free)
    digests, trust = _digests(found, entry, progress, cancel)
    model = work / "model"
    if found[0].suffix.lower() in WEIGHTS and kind != WORDS:
        progress(0.5, "Converting")
        _convert(found[0], kind, work, title, tokenizer)
    else:
        _copy(found, model, progress, cancel)
        _sign(model, kind, title, found, digests)
    cancel.raise_if_cancelled()
    return _keep(model, kind, store, entry, title or source.stem, digests, trust)


def _files(source: Path, kind: str) -> List[Path]:
    """The files of the model at ``source``, the weights first. Raises UserModelRefused."""
    if not source.exists():
        raise UserModelRefused(str(source), "missing", "there is nothing there")
    if kind == WORDS:
        return word_files(source if source.is_dir() else source.parent)
    if source.is_symlink() and source.is_dir():
        raise UserModelRefused(str(source), "links", "it is a link")
    among = _beside(source) if source.is_dir() else [source]
    graphs = [path for path in among if path.suffix.lower() == ".onnx"]
    weights = [path for path in among if path.suffix.lower() in WEIGHTS]
    if graphs:
        return _graph_files(graphs, among)
    if len(weights) != 1:
        reason = "it holds no weights" if not weights else f"it holds {len(weights)} files of weights; choose one of them"
        raise UserModelRefused(str(source), "missing" if not weights else "task", reason)
    return weights


def _graph_files(graphs: Sequence[Path], among: Sequence[Path]) -> List[Path]:
    """The graphs and what their weights lie in; of a model with a list of digests, what the list names and nothing else."""
    from ..masks.graph_file import GraphFile

    found: List[Path] = []
    for graph in graphs:
        _no_link(graph)
        found.extend(graph.parent / name for name in GraphFile.read(graph).files)
    folder = graphs[0].parent
    if len(among) > 1 and (folder / embedded.SUMS).is_file():
        listed = {folder / name for name in embedded.verify_users(folder)}
        unlisted = [path for path in found if path not in listed]
        if unlisted:
            raise UserModelRefused(str(unlisted[0]), "changed", f"it is not listed in {embedded.SUMS}")
        found.extend(sorted(listed))
    for path in found:
        _no_link(path)
    return list(dict.fromkeys(found))


def _no_link(path: Path) -> None:
    if path.is_symlink() or not path.is_file():
        raise UserModelRefused(str(path), "links" if path.is_symlink() else "missing", "it is no plain file")


def _published(path: Path, found: str, entry: Optional[Entry]) -> bool:
    """Whether ``found`` is the published digest. Raises UserModelRefused where another one is published."""
    known = entry.known(path.name) if entry is not None else ""
    if known and found != known:
        raise UserModelRefused(str(path), "changed", f"its digest is {found}, {known} is published")
    return bool(known)


def _digests(
    found: Sequence[Path], entry: Optional[Entry], progress: Progress, cancel: CancelToken
) -> Tuple[Dict[str, str], str]:
    digests, known = {}, True
    for number, path in enumerate(found):
        cancel.raise_if_cancelled()
        progress(0.3 + 0.2 * number / len(found), "Checking")
        digests[path.name] = embedded.digest_of(path)
        known = _published(path, digests[path.name], entry) and known
    return digests, PUBLISHED if known else FIRST_USE


def _convert(weights: Path, kind: str, work: Path, title: str, tokenizer: Optional[Path]) -> None:
    if kind == MASKS:
        from ..masks.convert_sam import convert as convert_sam

        convert_sam(weights, work / "model", title)
    else:
        from ..dual_encoders.convert import convert as convert_encoder

        convert_encoder(weights, work / "model", tokenizer=tokenizer, name=title)


def _copy(found: Sequence[Path], target: Path, progress: Progress, cancel: CancelToken) -> None:
    total, done = max(1, sum(path.stat().st_size for path in found)), 0
    for path in found:
        with open(path, "rb") as source, open(target / path.name, "xb") as copy:
            for block in iter(lambda: source.read(1 << 22), b""):  # noqa: B023 - read within this turn
                cancel.raise_if_cancelled()
                copy.write(block)
                done += len(block)
                progress(0.5 + 0.45 * done / total, "Copying")


def _sign(model: Path, kind: str, title: str, found: Sequence[Path], digests: Dict[str, str]) -> None:
    """Give a copied model a manifest and a list of digests; one that has both keeps its own."""
    if (model / embedded.MANIFEST).is_file():
        names = [path.name for path in found]
    else:
        if kind == ENCODERS:
            raise UserModelRefused(str(model), "task", "graphs of an encoder come with the manifest of their conversion")
        family = _family(model) if kind == MASKS else _family_of_words(model)
        manifest: Dict[str, Any] = {"name": title or found[0].stem, "kind": kind, "family": family}
        (model / embedded.MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        names = [*(path.name for path in found), embedded.MANIFEST]
    known = {**digests, embedded.MANIFEST: embedded.digest_of(model / embedded.MANIFEST)}
    sums = "".join(f"{known[name]}  {name}\n" for name in names)
    (model / embedded.SUMS).write_text(sums, encoding="utf-8")
    changed = [name for name in names if embedded.digest_of(model / name) != known[name]]
    if changed:
        raise UserModelRefused(str(model / changed[0]), "changed", "it changed while it was copied")


def _family(model: Path) -> str:
    from ..masks.installed import entry_of

    entry = entry_of(model)
    if entry.error is not None:
        raise entry.error
    from ..masks.graph_file import GraphFile
    from ..masks.sam_layouts import layout_of

    return layout_of([GraphFile.read(model / name) for name in entry.files]).family


def _family_of_words(model: Path) -> str:
    return str(json.loads((model / "config.json").read_text(encoding="utf-8")).get("model_type") or "")


def _keep(
    model: Path, kind: str, store: ModelStore, entry: Optional[Entry], title: str, digests: Dict[str, str], trust: str
) -> Installed:
    if not size_of(model):
        raise UserModelRefused(str(model), "missing", "nothing came of it")
    origin = {
        "format": 1, "entry": entry.id if entry is not None else "", "title": title, "trust": trust,
        "licence": entry.licence if entry is not None else "",
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "files": {name: f"sha256:{digest}" for name, digest in digests.items()}}
    (model / ORIGIN).write_text(json.dumps(origin, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    target = store.vacant(kind, title)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(model, target)
    kept = store.of(kind, target.name)
    if kept is None:
        raise UserModelRefused(str(target), "missing", "it was removed at once")
    if kept.problem:
        shutil.rmtree(target, ignore_errors=True)
        raise UserModelRefused(str(target), "task", kept.problem)
    return kept


def _beside(folder: Path) -> List[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() or path.is_symlink())


def _only_folder(folder: Path) -> Path:
    """Down to where the files are: archives often hold one folder."""
    below = list(folder.iterdir())
    return _only_folder(below[0]) if len(below) == 1 and below[0].is_dir() else folder

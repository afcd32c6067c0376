"""The models known: what each is for, its licence, size and needs, and where its files come from with which digests.

Read from ``resources/catalog/models.json``. What has no published digest is never fetched: the entry says where the user
gets it, and the digest is recorded when it is imported.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Tuple
from urllib.parse import urlsplit

from ..errors import CatalogueInvalid
from .names import is_plain, steps_below

#: Kinds of models, by what they give.
MASKS, ENCODERS, WORDS = "masks", "encoders", "words"
KINDS = (MASKS, ENCODERS, WORDS)
#: What a model is chosen for → the kind of model that does it.
JOBS = {"search": ENCODERS, "classify": ENCODERS, "masks": MASKS, "words": WORDS}
#: Folder of each kind under the store's root.
FOLDERS = {MASKS: "mask engines", ENCODERS: "encoders", WORDS: "language models"}
CONVERTERS = ("", "sam", "dual-encoder")
FORMAT = 1
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_REVISION = re.compile(r"commit:[0-9a-f]{40}")


@dataclass(frozen=True)
class Part:
    """One file. ``name``: as it is kept. ``address``: https, "" where the user fetches it. ``digest``: "sha256:<hex>", ""
    unknown; ``size``: bytes, exact where there is a digest. ``members``: what is taken out of it, if it is an archive.
    """

    name: str
    address: str = ""
    digest: str = ""
    size: int = 0
    members: "Tuple[Part, ...]" = ()

    @property
    def sha256(self) -> str:
        """The digest as hex, "" unknown."""
        return self.digest.partition(":")[2]


@dataclass(frozen=True)
class Entry:
    """``page``: where the model is published; ``revision``: commit of that page's repository, "" where it has none.

    ``size``: bytes to fetch, as published, 0 unknown. ``memory``: of the computer or card it is meant for, 0 unknown.
    ``needs``: Python packages, for converting or for running. ``converter``: of :data:`CONVERTERS`. ``hosts``: to which its
    server may redirect. ``files``: names under which the user finds it where it has no parts; ``notes``: what else should be
    known.
    """

    id: str
    kind: str
    title: str
    purpose: str
    licence: str
    licence_page: str
    page: str
    size: int
    revision: str = ""
    memory: int = 0
    needs: Tuple[str, ...] = ()
    converter: str = ""
    hosts: Tuple[str, ...] = ()
    files: Tuple[str, ...] = ()
    parts: Tuple[Part, ...] = ()
    notes: str = ""

    @property
    def downloadable(self) -> bool:
        """Whether every file has an address, an exact size and a published digest."""
        return bool(self.parts) and all(part.address and part.digest and part.size for part in self.parts)

    def known(self, name: str) -> str:
        """The published digest of the file ``name``, hex; "" unknown."""
        inner = (member for part in self.parts for member in part.members)
        for part in (*self.parts, *inner):
            if name in (part.name, part.address.rpartition("/")[2]) and part.digest:
                return part.sha256
        return ""


def read_entries(path: Path) -> Tuple[Entry, ...]:
    """All entries of the file at ``path``. Raises CatalogueInvalid for anything that is not as documented here."""
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueInvalid(Path(path).name, str(error)) from error
    return entries_of(told, Path(path).name)


def entries_of(told: Any, name: str = "models.json") -> Tuple[Entry, ...]:
    """As :func:`read_entries`, of what was read."""
    reader = _Reader(name)
    top = reader.fields(told, "the list", {"format": int, "entries": list}, {})
    if top["format"] != FORMAT:
        raise reader.wrong(f"it is of format {top['format']}, this version reads {FORMAT}")
    entries = tuple(reader.entry(each) for each in top["entries"])
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        raise reader.wrong("two entries have the same id")
    return entries


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name

    def wrong(self, reason: str) -> CatalogueInvalid:
        return CatalogueInvalid(self._name, reason)

    def fields(self, told: Any, what: str, needed: Dict[str, type], free: Dict[str, type]) -> Dict[str, Any]:
        if not isinstance(told, dict):
            raise self.wrong(f"{what} is no object")
        unknown, missing = sorted(set(told) - set(needed) - set(free)), sorted(set(needed) - set(told))
        if unknown or missing:
            raise self.wrong(f"{what} has {f'unknown {unknown}' if unknown else f'no {missing}'}")
        for field, value in told.items():
            kind = {**needed, **free}[field]
            if not isinstance(value, kind) or isinstance(value, bool):
                raise self.wrong(f"{field} of {what} is no {kind.__name__}")
            if isinstance(value, int) and value < 0:
                raise self.wrong(f"{field} of {what} is negative")
        return told

    def entry(self, told: Any) -> Entry:
        what = f"entry {told.get('id')!r}" if isinstance(told, dict) else "an entry"
        text, number = str, int
        given = self.fields(
            told, what,
            {"id": text, "kind": text, "title": text, "purpose": text, "licence": text, "licence_page": text, "page": text,
             "size": number},
            {"revision": text, "memory": number, "needs": list, "converter": text, "hosts": list, "files": list,
             "parts": list, "notes": text})
        values: Dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) and key != "parts" else value for key, value in given.items()}
        for key in ("needs", "hosts", "files"):
            if not all(isinstance(each, str) and each for each in values.get(key, ())):
                raise self.wrong(f"{key} of {what} are not all text")
        if not re.fullmatch(r"[a-z0-9][a-z0-9.\-]*", given["id"]) or not is_plain(given["id"]):
            raise self.wrong(f"{what} has an id that is no plain name")
        if given["kind"] not in KINDS or given.get("converter", "") not in CONVERTERS:
            raise self.wrong(f"{what} is of an unknown kind or converter")
        if given.get("revision") and not _REVISION.fullmatch(given["revision"]):
            raise self.wrong(f"revision of {what} is no commit")
        values["revision"] = given.get("revision", "").partition(":")[2]
        for key in ("page", "licence_page"):
            self._web(given[key], what)
        if not all(steps_below(name) for name in values.get("files", ())):
            raise self.wrong(f"{what} names a file outside its folder")
        values["parts"] = tuple(self._part(each, what) for each in given.get("parts", ()))
        names = [part.name.lower() for part in values["parts"]]
        if len(set(names)) != len(names):
            raise self.wrong(f"two files of {what} have the same name")
        return Entry(**values)

    def _part(self, told: Any, what: str, member: bool = False) -> Part:
        free: Dict[str, type] = {} if member else {"address": str, "members": list}
        given = self.fields(told, f"a file of {what}", {"name": str, "digest": str, "size": int}, free)
        if not (steps_below(given["name"]) if member else is_plain(given["name"])):
            raise self.wrong(f"{what} names a file outside its folder")
        if not _DIGEST.fullmatch(given["digest"]) or not given["size"]:
            raise self.wrong(f"{given['name']} of {what} has no digest or no size")
        if not member:
            self._web(given.get("address", ""), what)
        members: List[Part] = [self._part(each, what, True) for each in given.get("members", ())]
        return Part(given["name"], given.get("address", ""), given["digest"], given["size"], tuple(members))

    def _web(self, address: str, what: str) -> None:
        split = urlsplit(address)
        if split.scheme != "https" or not split.hostname or "@" in split.netloc:
            raise self.wrong(f"an address of {what} is not https")

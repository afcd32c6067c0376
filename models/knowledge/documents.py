"""Documents as passages: plain text, Markdown, Word and PDF. Bounded in size, never run, never followed."""

import os
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Iterator, List, Optional, Tuple

from ..cancel import CancelToken
from ..errors import KnowledgeUnreadable
from .material import Passage

ENDINGS = (".txt", ".md", ".markdown", ".docx", ".pdf")
#: Bytes of a text that are read, of a document that is opened at all, and of the text in a Word file, with how much
#: smaller than that it may be stored.
MOST_TEXT, MOST_FILE, MOST_WORD, MOST_RATIO = 20_000_000, 200_000_000, 50_000_000, 200
MOST_PAGES, MOST_MEMBERS = 5000, 10_000
#: Letters of one page or paragraph.
MOST_LETTERS = 200_000


def passages_of(path: Path, cancel: CancelToken) -> Iterator[Passage]:
    """The passages of a document, in order. Raises KnowledgeUnreadable, Cancelled."""
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise KnowledgeUnreadable(path.name, "it is no longer there") from error
    if not path.is_file():
        raise KnowledgeUnreadable(path.name, "it is not a file")
    if size == 0:
        raise KnowledgeUnreadable(path.name, "it is empty")
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise KnowledgeUnreadable(path.name, f"only {', '.join(ENDINGS)} are read")
    if size > MOST_FILE:
        raise KnowledgeUnreadable(path.name, f"it is larger than {MOST_FILE // 1_000_000} MB")
    read = {".docx": _word, ".pdf": _pdf}.get(ending, _text)
    for passage in read(path):
        cancel.raise_if_cancelled()
        if passage.text.strip():
            yield passage


def fingerprint(path: Path) -> str:
    """Changes when the file may have changed, "" where there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _text(path: Path) -> Iterator[Passage]:
    with open(path, "rb") as file:
        data = file.read(MOST_TEXT + 1)
    if data[:4] in (b"%PDF", b"PK\x03\x04") or (data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data[:65536]):
        raise KnowledgeUnreadable(path.name, "it is not text")
    text = decoded(data[:MOST_TEXT])
    number = 0
    heading = ""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        title = re.match(r"\s{0,3}#{1,6}\s+(.+)", block)
        if title is not None:
            heading = title.group(1).strip()[:80]
            block = block[title.end():]
        if not block.strip():
            continue
        number += 1
        yield Passage(_plain(block)[:MOST_LETTERS], f"“{heading}”" if heading else f"paragraph {number}")


def decoded(data: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, else as Windows-1252, which gives a letter to nearly every byte."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:  # cut inside the last letter
            return data.decode("utf-8", "ignore")
        return data.decode("cp1252", "replace")


def _plain(block: str) -> str:
    """Markdown without its signs."""
    block = re.sub(r"^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,3}\.)\s+", "", block, flags=re.MULTILINE)
    block = re.sub(r"!?\[([^\]]{0,200})\]\([^)]{0,500}\)", r"\1", block)
    return re.sub(r"(\*\*|__|`)", "", block)


class _Word(HTMLParser):
    """The text of a Word file's XML. Knows no entities but the five of XML, so that none can be made to grow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: List[str] = []
        self._parts: List[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        """Called by the parser."""
        if tag == "w:t":
            self._inside = True
        elif tag in ("w:tab", "w:br"):
            self._parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        """Called by the parser."""
        if tag in ("w:tab", "w:br"):
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser."""
        if tag == "w:t":
            self._inside = False
        elif tag == "w:p":
            self.paragraphs.append("".join(self._parts))
            self._parts = []

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if self._inside:
            self._parts.append(data)


def _word(path: Path) -> Iterator[Passage]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise KnowledgeUnreadable(path.name, "it holds too many parts for a document")
            body = [member for member in members if member.filename == "word/document.xml"]
            if len(body) != 1:
                raise KnowledgeUnreadable(path.name, "it is not a Word document")
            member = body[0]
            if member.flag_bits & 1:
                raise KnowledgeUnreadable(path.name, "it is encrypted")
            if member.file_size > MOST_WORD or member.file_size > MOST_RATIO * max(1, member.compress_size):
                raise KnowledgeUnreadable(path.name, "its text unpacks to far more than a document holds")
            with archive.open(member) as file:
                data = file.read(MOST_WORD + 1)
            if len(data) > MOST_WORD:
                raise KnowledgeUnreadable(path.name, "its text unpacks to far more than a document holds")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise KnowledgeUnreadable(path.name, "it is damaged or encrypted") from error
    except Exception as error:  # zlib and lzma raise types of their own
        if isinstance(error, KnowledgeUnreadable):
            raise
        raise KnowledgeUnreadable(path.name, "it is damaged") from error
    parser = _Word()
    parser.feed(data.decode("utf-8", "replace"))
    for number, text in enumerate(parser.paragraphs, 1):
        yield Passage(text[:MOST_LETTERS], f"paragraph {number}")


def _pdf(path: Path) -> Iterator[Passage]:
    pypdf = _pypdf(path)
    try:
        reader = pypdf.PdfReader(str(path), strict=False)
        if reader.is_encrypted:
            raise KnowledgeUnreadable(path.name, "it is encrypted")
        pages = min(len(reader.pages), MOST_PAGES)
    except KnowledgeUnreadable:
        raise
    except Exception as error:  # pypdf raises what it meets: damaged files are its daily bread
        raise KnowledgeUnreadable(path.name, "it is damaged") from error
    for number in range(pages):
        try:
            text = reader.pages[number].extract_text() or ""
        except (Exception, RecursionError):
            text = ""
        yield Passage(text[:MOST_LETTERS], f"page {number + 1}")


def _pypdf(path: Path) -> Any:
    try:
        import pypdf
    except ImportError as error:
        raise KnowledgeUnreadable(path.name, "install the PDF reader first, in the panel's knowledge menu") from error
    return pypdf

"""What a report says, before it is a page: plain texts, tables and pictures. Data only; nothing here is markup."""

from dataclasses import dataclass
from typing import Tuple


@dataclass(frozen=True)
class Table:
    """``rows``: texts, as many as ``headers``; the first ``texts`` columns are words, the others numbers.

    ``headers`` may be empty. ``colours``: swatches of each row, "#rrggbb", two of them or "". ``shades``: background
    "#rrggbb" or "" of each value; () for none. ``beside``: stands next to the pictures instead of below them.
    """

    title: str
    headers: Tuple[str, ...]
    rows: Tuple[Tuple[str, ...], ...]
    texts: int = 1
    colours: Tuple[str, ...] = ()
    shades: Tuple[Tuple[str, ...], ...] = ()
    beside: bool = False


@dataclass(frozen=True)
class Picture:
    """``data``: an encoded image, ``width`` × ``height`` pixels, of type ``mime``. ``lines``: stand below it."""

    title: str
    data: bytes
    mime: str
    width: int
    height: int
    lines: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One question with its answer. ``subject``: sources, region, time. ``notes``: what to keep in mind, a sentence each.

    ``tables`` in their order; ``small`` ones come last, in small print.
    """

    question: str
    subject: str
    answer: str
    pictures: Tuple[Picture, ...] = ()
    tables: Tuple[Table, ...] = ()
    notes: Tuple[str, ...] = ()
    small: Tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """``lines``: stand below the title. ``foot``: at the foot of every printed page. ``language``: such as "de"."""

    title: str
    lines: Tuple[str, ...]
    foot: str
    language: str
    chapters: Tuple[Chapter, ...]

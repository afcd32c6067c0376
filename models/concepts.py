"""The words that Terralogue knows: covers it can measure, scenes it can name, classes it was taught. Else it declines."""

import difflib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .errors import UnknownConcept

VOCABULARY = Path(__file__).resolve().parent.parent / "resources" / "vocabulary"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*", re.UNICODE)


@dataclass(frozen=True)
class Concept:
    """One thing that can be asked about. ``words``: as the user said it.

    ``covers``: the labels that are measured for it, covers or things, empty if only a scene word. ``scenes``: scene
    classes that name it. ``thing``: its label names single things, not a cover.
    ``narrow``: the words mean less than the cover (a car park is not all paved ground), which an answer must say.
    """

    name: str
    words: str
    covers: Tuple[str, ...] = ()
    scenes: Tuple[str, ...] = ()
    narrow: bool = False
    thing: bool = False


@dataclass(frozen=True)
class Taught:
    """A class learned on this computer: its ``label`` (in the singular), its plural, and the lower-case ``words`` for it."""

    label: str
    plural: str
    words: Tuple[str, ...]


class Lexicon:
    """Words to concepts. Immutable; any thread."""

    def __init__(self, data: Dict[str, Any], taught: Sequence[Taught] = ()) -> None:
        """``data``: the shipped words; ``taught``: what is known besides, and goes before them."""
        self.covers: Tuple[str, ...] = tuple(data["covers"])
        self.things: Tuple[str, ...] = tuple(data["things"])
        self.spoken: Dict[str, Tuple[str, str]] = {name: tuple(forms) for name, forms in data["spoken"].items()}
        self.mass: Dict[str, str] = dict(data["mass"])
        self.scene_said: Dict[str, str] = {name: scene["said"] for name, scene in data["scenes"].items()}
        self._entries: Dict[str, Concept] = {}
        scenes: Dict[str, List[str]] = {}
        for name, scene in data["scenes"].items():
            for word in scene["words"]:
                scenes.setdefault(word, []).append(name)
        for word, names in scenes.items():
            self._entries[word] = Concept(word, word, (), tuple(names))
        for name, cover in data["covers"].items():
            for kind in ("words", "narrow"):
                for word in cover.get(kind, ()):
                    self._entries[word] = Concept(name, word, (name,), tuple(scenes.get(word, ())), kind == "narrow")
        for name, group in data["groups"].items():
            for word in group["words"]:
                self._entries[word] = Concept(name, word, tuple(group["covers"]))
        for name, words in data["things"].items():
            for word in words:
                self._entries[word] = Concept(name, word, (name,), tuple(scenes.get(word, ())), thing=True)
        for new in taught:
            self.things = tuple(dict.fromkeys((*self.things, new.label)))
            self.spoken[new.label], self.mass[new.label] = (new.label, new.plural), new.plural
            for word in new.words:
                self._entries[word] = Concept(new.label, word, (new.label,), thing=True)
        self.longest = max(word.count(" ") + 1 for word in self._entries)

    def get(self, words: Sequence[str]) -> Optional[Concept]:
        """The concept that exactly these lower-case ``words`` name, singular or plural; None if unknown."""
        head = " ".join(words[:-1])
        for last in singulars(words[-1]):
            entry = self._entries.get(f"{head} {last}".strip())
            if entry is not None:
                return Concept(entry.name, " ".join(words), entry.covers, entry.scenes, entry.narrow, entry.thing)
        return None

    def longest_at(self, words: Sequence[str], start: int) -> Tuple[Optional[Concept], int]:
        """The longest known name that begins at ``words[start]``, and how many words it takes."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            concept = self.get(words[start:start + length])
            if concept is not None:
                return concept, length
        return None, 0

    def nearest(self, words: str) -> Tuple[str, ...]:
        """Known words that look like ``words``; all covers if none does."""
        close = difflib.get_close_matches(words.lower(), self._entries, n=3, cutoff=0.75)
        names = [self._entries[word].name if self._entries[word].covers else word for word in close]
        return tuple(dict.fromkeys(names)) or tuple(self.mass[name] for name in self.covers)

    def unknown(self, words: str) -> UnknownConcept:
        """The error that declines ``words``, cut to a speakable length."""
        return UnknownConcept(words[:60], self.nearest(words[:60]))


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The shipped lexicon alone, read once."""
    return Lexicon(_data())


def lexicon() -> Lexicon:
    """The shipped lexicon with what was taught to this process. Any thread."""
    return _with_taught[-1] if _with_taught else shipped()


def teach(entries: Sequence[Taught]) -> None:
    """From now on :func:`lexicon` knows ``entries`` and nothing taught before. Any thread; who reads now is not disturbed."""
    _with_taught[:] = [Lexicon(_data(), entries)] if entries else []


#: The lexicon with what was taught, if anything was.
_with_taught: List[Lexicon] = []


@lru_cache(maxsize=1)
def _data() -> Dict[str, Any]:
    found: Dict[str, Any] = json.loads((VOCABULARY / "concepts.json").read_text(encoding="utf-8"))
    return found


def words_of(text: str) -> List[str]:
    """Lower-case words of ``text``; hyphens inside words are kept, "there's" is two words."""
    return [word.lower() for word in _WORD.findall(text.replace("²", "2"))]


def singulars(word: str) -> Tuple[str, ...]:
    """``word`` itself and what it may be the plural of, likeliest first."""
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    if word.endswith("ves"):
        forms += [word[:-3] + "f", word[:-3] + "fe"]
    if word.endswith("s") and not word.endswith("ss"):
        forms.append(word[:-1])
    if word.endswith("es"):
        forms.append(word[:-2])
    return tuple(forms)

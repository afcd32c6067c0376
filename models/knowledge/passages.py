"""What documents say: the sentences that hold the question's words, quoted with their place."""

from typing import List, Optional, Tuple

from .answer import Answer, Citing
from .base import Base
from .chunks import sentences_of
from .material import Picture
from .question_words import DOCUMENTS
from .retrieving import Found, Where, content_of, coverage, rareness, retrieve
from .wording import stems_of, unmarked

#: How much of the weight of a question's words a passage must hold to be an answer: chosen on the held-out questions of
#: ``tests/benchmarks/knowledge_questions.py`` (see ``bench_knowledge.py``).
COVERED = 0.6
#: Sentences that are quoted, and letters of one.
QUOTED, MOST_LETTERS = 3, 400


def from_documents(
    base: Base, question: str, where: Optional[Where], picture: Optional[Picture], documents_only: bool = False
) -> Optional[Answer]:
    """Quotes from documents, None where none covers the question. ``documents_only``: columns were looked at already."""
    if not any(source.kind == "document" for source in base.sources.values()):
        return None
    words = tuple(word for word in content_of(question) if stems_of(word)[0] not in DOCUMENTS)
    titles = {stem for source in base.sources.values() if source.kind == "document" for stem in stems_of(source.name)}
    words = tuple(word for word in words if stems_of(word)[0] not in titles) or words
    if not words:
        return None
    weights = rareness(base, words)
    found = retrieve(base, " ".join(words), where, picture, 10, documents=True)
    good = [each for each in found if coverage(words, weights, each.chunk.text) >= COVERED]
    if not good:
        return None
    citing = Citing(base)
    quotes: List[Tuple[float, int, str, Found]] = []
    for rank, each in enumerate(good):
        for sentence in sentences_of(each.chunk.text):
            share = coverage(words, weights, sentence)
            if share > 0:
                quotes.append((share, rank, sentence, each))
    quotes.sort(key=lambda quote: (-quote[0], quote[1]))
    best = quotes[0][0]
    kept: List[Tuple[str, Found]] = []
    seen = set()
    for share, _, sentence, each in quotes:
        if share >= 0.75 * best and sentence not in seen and len(kept) < QUOTED:
            seen.add(sentence)
            kept.append((sentence, each))
    parts = []
    for sentence, each in kept:
        source = base.sources[each.chunk.source]
        place = f", {each.chunk.place}" if each.chunk.place else ""
        short = unmarked(sentence if len(sentence) <= MOST_LETTERS else sentence[:MOST_LETTERS - 1] + "…")
        parts.append(f"{source.name}{place}: “{short}”{citing.chunk(each.chunk)}.")
    covered = coverage(words, weights, good[0].chunk.text)
    return Answer(" ".join(parts), tuple(citing.cited), True, kept[0][0], "text", 1.0, covered)

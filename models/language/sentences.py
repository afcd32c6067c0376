"""An answer as it is written, sentence by sentence: what a reader is shown while the rest is still being thought of."""

import codecs
import re
from typing import Iterable, Iterator

from .bpe import BytePairs

# A stop inside a number or a name is followed by no space, so it ends nothing; a line ends what it ends.
_END = re.compile(r"[.!?][\"')\]]*\s+|\n+")


def sentences(coder: BytePairs, ids: Iterable[int]) -> Iterator[str]:
    """The text of ``ids`` in parts that end after a sentence or a line; joined they are the whole text.

    Takes one id at a time and gives a sentence as soon as what follows it has begun; the last one when ``ids`` end.
    Letters of several tokens stay whole; bytes that are no UTF-8 become U+FFFD.
    """
    reader = codecs.getincrementaldecoder("utf-8")(errors="replace")
    pending = ""
    for token in ids:
        pending += reader.decode(coder.piece(token))
        found = _END.search(pending)
        # White space may go on in the next token: the sentence is over once something else has come.
        while found is not None and found.end() < len(pending):
            yield pending[:found.end()]
            pending = pending[found.end():]
            found = _END.search(pending)
    pending += reader.decode(b"", final=True)
    if pending:
        yield pending

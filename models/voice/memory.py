"""What the decoder has read of views asked about lately, so that a further turn reads only what is new."""

import threading
from collections import OrderedDict
from contextlib import contextmanager
from typing import Iterator, Sequence, Tuple

from ..conversation import Turn
from ..language.decoder import Decoder
from ..language.decoding import Conversation
from ..language.prompting import Exchange, Facts, answered_ids, asked_ids
from ..language.recalling import recalled
from ..sharing.recent import Recent

#: Conversations kept; the longest has read 1,024 tokens.
KEPT = 4
#: Turns of which the tokens are kept as they were read and written.
_TURNS = 64
#: Letters of an earlier answer that are read again where its tokens are not known.
_ANSWER = 600
Place = Tuple[str, int]


class Memory:
    """Conversations by view and expert, least recently used forgotten first. Any thread."""

    def __init__(self, decoder: Decoder, kept: int = KEPT) -> None:
        self._decoder, self._kept, self._lock = decoder, kept, threading.Lock()
        self._free: "OrderedDict[Place, Conversation]" = OrderedDict()
        self._turns: Recent[Exchange] = Recent(_TURNS)

    @contextmanager
    def conversation(self, key: str, expert: int) -> Iterator[Conversation]:
        """The conversation about ``key`` for one user at a time; a second user of it at once gets a fresh one."""
        place = key, expert
        with self._lock:
            found = self._free.pop(place, None)
        if found is None:
            found = Conversation(self._decoder, expert)
        try:
            yield found
        finally:
            # What was read up to an error or a cancel still counts, so it is kept as well.
            with self._lock:
                self._free[place] = found
                self._free.move_to_end(place)
                while len(self._free) > self._kept:
                    self._free.popitem(last=False)

    def remember(self, turn: Turn, exchange: Exchange) -> None:
        """Keep the tokens of a turn that was just answered."""
        self._turns.put(_mark(turn), exchange)

    def exchanges(self, history: Sequence[Turn], facts: Facts) -> Tuple[Exchange, ...]:
        """The turns of ``history`` as tokens; those that are not known as tokens are read from their text.

        ``facts``: as measured now, of the view that they are about; those kept with a turn may come from a damaged project.
        """
        found = []
        for turn in history:
            known = self._turns.get(_mark(turn))
            if known is None:
                coder = self._decoder.coder
                asked, _ = asked_ids(coder, turn.question, recalled(facts, turn.question))
                known = Exchange(asked, answered_ids(coder, turn.answer[:_ANSWER]))
            found.append(known)
        return tuple(found)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._free.clear()
        self._turns.clear()


def same_view(history: Sequence[Turn], facts: Facts) -> Tuple[Turn, ...]:
    """The turns of ``history`` that were about the region and source of ``facts``; malformed ones are passed over."""
    wanted = facts["source"], facts["extent"]
    return tuple(
        turn for turn in history
        if isinstance(turn.facts, dict) and (turn.facts.get("source"), turn.facts.get("extent")) == wanted
    )


def _mark(turn: Turn) -> str:
    return f"{turn.question}\x00{turn.answer}"

"""Writing with the decoder, token by token: what was read is kept, sampling is seeded, cancelling works between tokens.

Knows tokens, not their meaning: what may be written when is a constraint, asked before every token.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Iterator, List, NamedTuple, Optional, Protocol, Sequence, Tuple, Union

import numpy as np

from ..cancel import CancelToken
from ..errors import TerralogueError
from .bpe import ANSWER, BOS, EOS, FACTS, IMG, PAD, QUESTION, SPECIALS, VOCABULARY
from .decoder import NO_EXPERT, Decoder, Read

#: Tokens, image tokens included, that prompt and answer may have together.
LONGEST = 1024
#: Positions read in one run: between runs a cancel is noticed.
CHUNK = 64
STOP = SPECIALS.index(EOS)
_IMG = SPECIALS.index(IMG)
#: What only a prompt holds.
_NEVER = [SPECIALS.index(name) for name in (PAD, BOS, IMG, QUESTION, ANSWER, FACTS)]


class PromptTooLong(TerralogueError):
    """Prompt and answer together would be longer than the decoder reads; both in tokens."""

    def __init__(self, found: int, longest: int) -> None:
        super().__init__(f"The question needs {found} tokens, {longest} are possible. Ask in fewer words or start over.")
        self.found, self.longest = found, longest


class Image(NamedTuple):
    """``key`` tells views apart (the digest of one, for instance); ``tokens``: (t, grid) float."""

    key: str
    tokens: np.ndarray


@dataclass(frozen=True)
class Prompt:
    """``ids`` with one ``[IMG]`` for each token of ``images``, in order."""

    ids: Tuple[int, ...]
    images: Tuple[Image, ...] = ()

    @property
    def identity(self) -> List[Union[int, Tuple[str, int]]]:
        """What each position holds, comparable between prompts."""
        places = iter([(image.key, i) for image in self.images for i in range(len(image.tokens))])
        return [next(places) if token == _IMG else token for token in self.ids]

    def embeds(self, decoder: Decoder) -> np.ndarray:
        """(S, d) float32. Raises ValueError if ``[IMG]`` and image tokens differ in number."""
        ids = np.asarray(self.ids, np.int64)
        rows = decoder.words(ids)
        here = ids == _IMG
        if here.sum() != sum(len(image.tokens) for image in self.images):
            raise ValueError("as many [IMG] as image tokens are needed")
        if self.images:
            rows[here] = np.concatenate([decoder.bridged(image.tokens) for image in self.images])
        return rows


class Cache:
    """Keys and values of what ``rows`` sequences have read. ``length``: slots in use, one position of all rows each."""

    def __init__(self, decoder: Decoder, rows: int = 1) -> None:
        self._decoder, self.length = decoder, 0
        self._past = np.zeros((decoder.layers, 2, rows, decoder.heads, CHUNK, decoder.head), np.float32)
        self._seen = np.zeros((rows, CHUNK), bool)
        self._next = np.zeros(rows, np.int64)

    def read(self, embeds: np.ndarray, valid: np.ndarray, expert: np.ndarray, cancel: Optional[CancelToken] = None) -> Read:
        """Append ``embeds`` (n, S, d), of which ``valid`` (n, S) bool counts. Raises Cancelled; then nothing was."""
        if cancel is not None:
            cancel.raise_if_cancelled()
        new = embeds.shape[1]
        positions = self._next[:, None] + np.maximum(np.cumsum(valid, 1) - 1, 0)
        read = self._decoder.run(embeds, self._past, self._seen, positions, expert, cancel)
        while self.length + new > self._seen.shape[1]:
            self._past = np.concatenate((self._past, np.zeros_like(self._past[:, :, :, :, :CHUNK])), 4)
            self._seen = np.concatenate((self._seen, np.zeros_like(self._seen[:, :CHUNK])), 1)
        self._past[:, :, :, :, self.length:self.length + new] = read.present
        self._seen[:, self.length:self.length + new] = valid
        self._next += valid.sum(1)
        self.length += new
        return read

    def forget(self, length: int) -> None:
        """Keep the first ``length`` slots only."""
        self._next -= self._seen[:, length:].sum(1)
        self._seen[:, length:] = False
        self.length = length


class Conversation:
    """What one sequence has read so far: a prompt that goes on from it costs only what is new."""

    def __init__(self, decoder: Decoder, expert: int = NO_EXPERT) -> None:
        self.decoder, self.expert = decoder, expert
        self._cache = Cache(decoder)
        self._known: List[Union[int, Tuple[str, int]]] = []

    def read(self, prompt: Prompt, cancel: Optional[CancelToken] = None) -> Tuple[Read, int]:
        """Read ``prompt``; returns the last run and how many positions were read anew. What differs is forgotten."""
        identity = prompt.identity
        kept = 0
        for before, now in zip(self._known, identity[:-1]):  # the last one is read again: what follows it is wanted
            if before != now:
                break
            kept += 1
        self._cache.forget(kept)
        del self._known[kept:]
        embeds = prompt.embeds(self.decoder)
        read: Optional[Read] = None
        for start in range(kept, len(identity), CHUNK):
            read = self.append(embeds[start:start + CHUNK], identity[start:start + CHUNK], cancel)
        if read is None:
            raise ValueError("an empty prompt")
        return read, len(identity) - kept

    def append(self, embeds: np.ndarray, identity: Sequence[Union[int, Tuple[str, int]]],
               cancel: Optional[CancelToken] = None) -> Read:
        """Read ``embeds`` (S, d) after all that was read."""
        read = self._cache.read(embeds[None], np.ones((1, len(embeds)), bool), np.array([self.expert], np.int64), cancel)
        self._known += identity
        return read


class Constraint(Protocol):
    """What may be written next."""

    def allowed(self, written: Sequence[int]) -> Optional[np.ndarray]:
        """(V,) bool of the tokens that may follow what was ``written`` of the answer; None: any."""


@dataclass(frozen=True)
class Sampling:
    """``temperature`` 0: always the likeliest; else of the likeliest tokens that together have ``top_p``. ``most``: new
    tokens at most."""

    most: int = 160
    temperature: float = 0.0
    top_p: float = 0.9
    seed: int = 0
    stop: Tuple[int, ...] = (STOP,)


class Token(NamedTuple):
    """One written token and the hidden state (d,) at it: what ``[RET]`` and ``[SEG]`` are read from."""

    id: int
    hidden: np.ndarray


@dataclass
class Written:
    """``ids`` of an answer without its stop token; ``complete``: False if it was cut off at ``Sampling.most``."""

    ids: List[int] = field(default_factory=list)
    complete: bool = False


def generate(
    conversation: Conversation, prompt: Prompt, sampling: Sampling = Sampling(), constraint: Optional[Constraint] = None,
    cancel: Optional[CancelToken] = None, written: Optional[Written] = None,
) -> Iterator[Token]:  # noqa: B008 (frozen)
    """Write after ``prompt``, one token at a time; ``written`` is filled on the way.

    Raises PromptTooLong before anything is read, Cancelled between tokens. The conversation keeps all that was written.
    """
    decoder, written = conversation.decoder, Written() if written is None else written
    _check(len(prompt.ids), sampling)
    rng = np.random.default_rng(sampling.seed)
    read, _ = conversation.read(prompt, cancel)
    for _ in range(sampling.most):
        token = pick(read.logits[0, -1], _mask(decoder, constraint, written.ids), sampling, rng)
        if token in sampling.stop:
            written.complete = True
            return
        read = conversation.append(decoder.words(np.array([token])), [token], cancel)
        written.ids.append(token)
        yield Token(token, read.hidden[0, -1])


def generate_together(
    decoder: Decoder, prompts: Sequence[Prompt], experts: Sequence[int], sampling: Sampling = Sampling(),  # noqa: B008
    constraint: Optional[Constraint] = None, cancel: Optional[CancelToken] = None,
) -> List[Written]:
    """Write after each of ``prompts`` with its own adapter, all at once: three experts cost hardly more than one.

    Raises PromptTooLong, Cancelled.
    """
    rows = len(prompts)
    longest = max(len(prompt.ids) for prompt in prompts)
    _check(longest, sampling)
    expert, cache = np.asarray(experts, np.int64), Cache(decoder, rows)
    embeds, valid = np.zeros((rows, longest, decoder.width), np.float32), np.zeros((rows, longest), bool)
    for row, prompt in enumerate(prompts):
        embeds[row, :len(prompt.ids)], valid[row, :len(prompt.ids)] = prompt.embeds(decoder), True
    logits = np.zeros((rows, VOCABULARY), np.float32)
    for start in range(0, longest, CHUNK):
        part = slice(start, start + CHUNK)
        read = cache.read(np.ascontiguousarray(embeds[:, part]), valid[:, part], expert, cancel)
        for row, prompt in enumerate(prompts):
            if start < len(prompt.ids) <= start + CHUNK:
                logits[row] = read.logits[row, len(prompt.ids) - 1 - start]
    written, rngs = [Written() for _ in prompts], [np.random.default_rng((sampling.seed, row)) for row in range(rows)]
    for _ in range(sampling.most):
        ids, going = np.zeros(rows, np.int64), np.zeros((rows, 1), bool)
        for row, answer in enumerate(written):
            if not answer.complete:
                ids[row] = pick(logits[row], _mask(decoder, constraint, answer.ids), sampling, rngs[row])
                answer.complete = int(ids[row]) in sampling.stop
                going[row] = not answer.complete
                answer.ids += [int(ids[row])] * int(going[row, 0])
        if not going.any():
            break
        logits = cache.read(decoder.words(ids)[:, None], going, expert, cancel).logits[:, -1]
    return written


def pick(logits: np.ndarray, allowed: np.ndarray, sampling: Sampling, rng: np.random.Generator) -> int:
    """One token of ``logits`` (V,) among ``allowed`` (V,) bool; the first stop token where nothing is allowed."""
    if not allowed.any():
        return sampling.stop[0]
    scores = np.where(allowed, logits, -np.inf)
    if sampling.temperature <= 0:
        return int(scores.argmax())
    scores = scores.astype(np.float64)
    order = np.argsort(-scores, kind="stable")
    chances = np.exp((scores[order] - scores[order[0]]) / sampling.temperature)
    chances /= chances.sum()
    kept = int(np.searchsorted(np.cumsum(chances), sampling.top_p)) + 1
    return int(order[rng.choice(min(kept, len(order)), p=chances[:kept] / chances[:kept].sum())])


@lru_cache(maxsize=8)
def _writable(size: int) -> np.ndarray:
    allowed = np.arange(VOCABULARY) < size
    allowed[_NEVER] = False
    return allowed


def _mask(decoder: Decoder, constraint: Optional[Constraint], written: Sequence[int]) -> np.ndarray:
    allowed = _writable(decoder.coder.size)
    more = None if constraint is None else constraint.allowed(written)
    return allowed if more is None else allowed & more


def _check(prompt: int, sampling: Sampling) -> None:
    if prompt + sampling.most > LONGEST:
        raise PromptTooLong(prompt + sampling.most, LONGEST)

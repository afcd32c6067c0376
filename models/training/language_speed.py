"""Speed of a model on one core: what a user waits for, and what the code around the graphs adds to it."""

import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import numpy as np

from ..language.bpe import ANSWER, FACTS, QUESTION
from ..language.decoder import FILES, Decoder
from ..language.decoding import Conversation, Image, Prompt, Sampling, generate
from ..language.prompting import asked_ids, opening
from ..vision.nano import Nano
from ..vision.prompts import prompt_maps

#: Facts as long as those of a busy scene.
_FACTS = ("image; building 12 20% mostly top 5; tree 31 25% spread 9; car 7 2% spread 4, white 5, red 2; paved 30% mostly left 6;"
          " no boat, water; building white top 48 12; building grey left 20 40; car white right 81 44; car red centre 52 50")
_QUESTION = "How many buildings are there, and where are most of the trees?"
_TOKENS = 96


class Recorded:
    """A session that keeps what it was fed, so that the same runs can be made again without anything around them."""

    def __init__(self, session: Any) -> None:
        self._session, self.feeds = session, []  # type: Any, List[Dict[str, np.ndarray]]

    def run(self, feeds: Dict[str, np.ndarray], cancel: Any = None) -> List[np.ndarray]:
        """See ``runtime.Session.run``."""
        self.feeds.append(feeds)
        return list(self._session.run(feeds, cancel))


def speed(folder: Path, repeats: int = 15) -> Dict[str, float]:
    """Medians over ``repeats``, one thread: milliseconds to encode a 256 px view and to turn a click into a mask after
    that; with a decoder seconds to the first token, tokens a second, and how much longer than the bare graph they took.
    """
    nano = Nano.load(folder, threads=1)
    rng = np.random.default_rng(0)
    rgb = rng.random((1, 3, 256, 256), np.float32)
    seen = nano.see(rgb, 0.3)
    features = np.ascontiguousarray(seen.features, np.float32)
    click = prompt_maps((256, 256), [(100.0, 120.0)])[None]
    figures = {"encode 256 px, ms": 1e3 * _median(lambda: nano.see(rgb, 0.3), repeats),
               "click to mask, ms": 1e3 * _median(lambda: nano.mask(features, click), repeats)}
    if all((folder / name).exists() for name in FILES) and seen.grid is not None:
        tokens = seen.grid[0].reshape(seen.grid.shape[1], -1).T
        figures.update(_writing(folder, np.ascontiguousarray(tokens), repeats))
    return figures


def _writing(folder: Path, tokens: np.ndarray, repeats: int) -> Dict[str, float]:
    decoder = Decoder.load(folder, threads=1)
    recorded = Recorded(decoder._session)
    decoder._session = recorded
    coder = decoder.coder
    head = opening(coder, [(len(tokens), None)])
    ids = (*head, coder.id(FACTS), *coder.encode(_FACTS), coder.id(QUESTION), *asked_ids(coder, _QUESTION)[0], coder.id(ANSWER))
    prompt = Prompt(ids, (Image("speed", tokens),))
    first, rates, ratios = [], [], []
    for _ in range(max(3, repeats // 3)):
        recorded.feeds.clear()
        (start, one, end), number = _written(decoder, prompt)
        bare = _replayed(recorded)
        first.append(one - start)
        rates.append((number - 1) / (end - one))
        ratios.append((end - start) / bare)
    return {"first token, s": float(np.median(first)), "tokens a second": float(np.median(rates)),
            "prompt, tokens": float(len(ids)), "time against the bare graph": float(np.median(ratios))}


def _written(decoder: Decoder, prompt: Prompt) -> Tuple[Tuple[float, float, float], int]:
    """When it started, had a first token, and was done with ``_TOKENS``; a stop token does not stop it."""
    start = time.perf_counter()
    one, number = start, 0
    for number, _ in enumerate(generate(Conversation(decoder), prompt, Sampling(most=_TOKENS, stop=())), 1):
        if number == 1:
            one = time.perf_counter()
    return (start, one, time.perf_counter()), number


def _replayed(recorded: Recorded) -> float:
    """Seconds that the graph alone takes for the same runs."""
    session = recorded._session._session
    start = time.perf_counter()
    for feeds in list(recorded.feeds):
        session.run(None, feeds)
    return time.perf_counter() - start


def _median(work: Callable[[], Any], repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return float(np.median(taken))

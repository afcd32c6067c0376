"""A decoder that writes what a test tells it to: true sentences, lies, nonsense. It knows what it has read."""

import itertools

import numpy as np

from terralogue.models.language import bpe
from terralogue.models.language.bpe import ANSWERED, BytePairs
from terralogue.models.voice.loading import SharedDecoder
from terralogue.models.voice.voice import Voice

TEXTS = ["There are <n:building> buildings. The water lies in the <cell:water>. buildings cover of the ground", "Yes, No, "] * 4
#: Columns of the image tokens that a picture's vector is made of: blue and green.
BLUE, GREEN = 2, 1


class ScriptedSession:
    """``script(read, expert)``: from the text read so far, answers likeliest first; each token follows the first answer
    that goes on from what was written. ``positions``: how many were read, ``runs``: in how many runs."""

    def __init__(self, coder, script):
        self.coder, self.script = coder, script
        self.runs, self.positions, self.on_run, self.read = 0, 0, None, []

    def run(self, feeds, cancel=None):
        if self.on_run is not None:
            self.on_run(self)
        if cancel is not None:
            cancel.raise_if_cancelled()
        self.runs += 1
        embeds, past, seen = feeds["embeds"], feeds["key.0"][:, 0], feeds["seen"]
        n, new, width = embeds.shape
        self.positions += new
        logits = np.zeros((n, new, bpe.VOCABULARY), np.float32)
        hidden = np.zeros((n, new, width), np.float32)
        for row, step in itertools.product(range(n), range(new)):
            rows = np.concatenate([past[row][seen[row]], embeds[row, :step + 1]])
            ids = [int(round(a * 64 + b)) for a, b in np.nan_to_num(rows[:, :2])]
            text = self.coder.decode(ids)
            hidden[row, step, :2] = (1, 0) if "harbour" in text or "water" in text else (0, 1)
            if step == new - 1:
                self.read.append(text)
            if "[A]" in text:
                logits[row, step] = self._next(text, int(feeds["expert"][row]))
        return [logits, hidden, np.stack([embeds, embeds])[None, :, :, None].astype(np.float32)]

    def _next(self, text, expert):
        asked, _, written = text.rpartition("[A]")
        logits = np.zeros(bpe.VOCABULARY, np.float32)
        for rank, answer in enumerate(self.script(asked.rpartition("[Q]")[2], expert)):
            if answer.startswith(written):
                rest = self.coder.encode(answer[len(written):], ANSWERED)
                token = rest[0] if rest else bpe.SPECIALS.index(bpe.EOS)
                logits[token] = max(logits[token], 1000.0 / (rank + 1))
        return logits


def scripted(script, experts=True):
    """A :class:`Voice` that follows ``script``, a function as above or the answers themselves."""
    follow = script if callable(script) else lambda asked, expert: script
    coder = bpe.learn(TEXTS, 400)
    ids = np.arange(bpe.VOCABULARY)
    image = np.zeros((2, 544), np.float16)
    image[0, BLUE], image[1, GREEN] = 1, 1
    weights = {
        "table/codes": np.stack([ids // 64, ids % 64, ids * 0, ids * 0], 1).astype(np.int8),
        "table/scale": np.ones(bpe.VOCABULARY, np.float32), "shape": np.array([1, 1, 4, 3], np.int32),
        "bridge/linear.weight": np.zeros((4, 544), np.float16), "bridge/linear.bias": np.zeros(4, np.float16),
        "bridge/place": np.zeros((64, 4), np.float16), "bridge/norm.weight": np.zeros(4, np.float16),
        # Every image token reads as [IMG].
        "bridge/norm.bias": np.array([0, bpe.SPECIALS.index(bpe.IMG), 0, 0], np.float16),
        "image/weight": image, "image/bias": np.zeros(2, np.float16),
        "image_norm/weight": np.ones(544, np.float16), "image_norm/bias": np.zeros(544, np.float16),
        "retrieve/weight": np.eye(2, 4).astype(np.float16), "retrieve/bias": np.zeros(2, np.float16),
    }
    session = ScriptedSession(coder, follow)
    voice = Voice(SharedDecoder(session, weights, BytePairs(coder.merges)), "scripted", experts)
    voice.session = session
    return voice


class Speaking:
    """In place of an engine's ``speech``."""

    def __init__(self, voice):
        self.voice, self.reason = voice, ""

    def clear(self):
        self.voice.memory.clear()

"""Stage 3: the bridge from image tokens and ``[RET]``, with the decoder frozen. Resumable, seeded, averaged.

Sources: FROMAGe (Koh et al. 2023, section 3.2): captioning through a linear map, and contrast of ``[RET]`` with images; of
the table only the row of ``[RET]`` learns. Chips that fit a caption as well are no negatives (NANO 5), and two pictures of
one chip are told from all other chips.
"""

import json
import math
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .checkpoint import Average
from .corpus import Claims, Corpus
from .decoder_network import RET, DecoderNetwork, Shape, answer_loss
from .loop import Plan, optimise
from .text_stage import TOKENS, read

NAME = "bridge"
#: What learns besides the row of ``[RET]``.
TRAINED = ("bridge", "retrieve", "image", "image_norm", "log_scale")
#: Captions with ``[RET]`` in a step, and chips beside theirs that they are told from.
CAPTIONS, OTHERS = 32, 224
#: Weight of the instance loss, and the largest sharpness.
INSTANCE, SHARPEST = 0.5, math.log(100.0)


class ImageTokens:
    """Cached image tokens: tokens.npy (N, A, tokens, grid) float16, A pictures of each chip that differ in light and blur
    but not in place, and names.json with the N chips' names."""

    def __init__(self, folder: Path) -> None:
        self._tokens = np.load(folder / "tokens.npy", mmap_mode="r")
        self._rows = {name: i for i, name in enumerate(json.loads((folder / "names.json").read_text()))}
        self.names: Tuple[str, ...] = tuple(self._rows)

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def take(self, names: Sequence[str], rng: np.random.Generator) -> Tensor:
        """(k, tokens, grid) float32: one picture of each chip, drawn anew."""
        drawn = [self._tokens[self._rows[name], int(rng.integers(self._tokens.shape[1]))] for name in names]
        return torch.from_numpy(np.stack(drawn).astype(np.float32))


class Lesson(NamedTuple):
    """Examples about chips whose image tokens are cached: answers, and captions that end in ``[RET]``."""

    seen: Corpus
    pairs: Corpus
    cached: ImageTokens

    @classmethod
    def load(cls, corpus: Path, images: Path) -> "Lesson":
        """Raises ValueError if there is none of either kind."""
        cached, whole = ImageTokens(images), Corpus.load(corpus)
        seen = [e for e in whole.only(pairs=False).examples if e.views and all(view in cached for view in e.views)]
        pairs = [e for e in whole.only(pairs=True).examples if e.pair in cached]
        if not seen or not pairs:
            raise ValueError("no example is about a chip whose image tokens are cached")
        return cls(Corpus(seen, whole.has), Corpus(pairs, whole.has), cached)

    def answers(self, network: DecoderNetwork, rng: np.random.Generator, tokens: int, experts: bool = False) -> Tensor:
        """The loss of the answers of one drawn batch."""
        batch = self.seen.draw(rng, tokens)
        names = [name for i in batch.which for name in self.seen.examples[int(i)].views]
        hidden = read(network, batch, self.cached.take(names, rng), experts)
        return answer_loss(network, hidden, torch.from_numpy(batch.ids), torch.from_numpy(batch.learn))


def train(corpus: Path, images: Path, run: Path, plan: Plan, tokens: int = TOKENS) -> Path:
    """Train on top of ``run``/words.pt with a corpus made with image tokens; returns ``run``/bridge.pt, the whole network.

    Raises ValueError if no example's chips have image tokens.
    """
    torch.manual_seed(plan.seed)
    weights = torch.load(run / "words.pt", weights_only=True)
    network = DecoderNetwork(Shape.of(weights))
    network.load_state_dict(weights)
    network.bridge.match(network.table.weight)
    freeze(network)
    lesson = Lesson.load(corpus, images)

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        rng = np.random.default_rng((plan.seed, step))
        caption = lesson.answers(network, rng, tokens)
        parts = {"caption": caption, **retrieval_losses(network, lesson.pairs, lesson.cached, rng)}
        return caption + together(parts), {name: float(value.detach()) for name, value in parts.items()}

    return optimise(network, network.parameters(), run, NAME, plan, step_of)


def freeze(network: DecoderNetwork) -> None:
    """Let only ``TRAINED`` and the table's row of ``[RET]`` learn."""
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name.split(".")[0] in TRAINED)
    row = torch.zeros(network.shape.vocabulary, 1)
    row[RET] = 1
    network.table.weight.requires_grad_(True)
    network.table.weight.register_hook(lambda gradient: gradient * row)


def retrieval_losses(network: DecoderNetwork, pairs: Corpus, cached: ImageTokens,
                     rng: np.random.Generator) -> Dict[str, Tensor]:
    """"ret": that ``[RET]`` follows a caption; "contrast": captions and chips found from each other among the step's chips
    and ``OTHERS``; "instance": a picture of a chip found from another of it."""
    chosen = rng.choice(len(pairs.examples), min(CAPTIONS, len(pairs.examples)), replace=False)
    # One caption a chip: two would be each other's negatives.
    first = {pairs.examples[int(i)].pair: int(i) for i in chosen}
    batch = pairs.batch(list(first.values()))
    own = [pairs.examples[int(i)].pair for i in batch.which]
    others = [name for name in cached.names if name not in first]
    names = own + [others[int(i)] for i in rng.permutation(len(others))[:OTHERS]]
    ids, learn = torch.from_numpy(batch.ids), torch.from_numpy(batch.learn)
    hidden = read(network, batch)
    texts = network.places(hidden[torch.arange(len(ids)), (ids == RET).int().argmax(1)])
    pictures, again = network.pictures(cached.take(names, rng)), network.pictures(cached.take(names, rng))
    scale = network.log_scale.clamp(max=SHARPEST).exp()
    claims = [pairs.examples[int(i)].claims for i in batch.which]
    fits = also_true(claims, [pairs.has.get(name, frozenset()) for name in names])
    scores = (scale * texts @ pictures.T).masked_fill(fits, -1e4)
    target, every = torch.arange(len(own)), torch.arange(len(names))
    return {"ret": answer_loss(network, hidden, ids, learn),
            "contrast": (F.cross_entropy(scores, target) + F.cross_entropy(scores.T[:len(own)], target)) / 2,
            "instance": F.cross_entropy(scale * pictures @ again.T, every)}


def together(parts: Dict[str, Tensor]) -> Tensor:
    """The weighted sum of :func:`retrieval_losses`."""
    return parts["ret"] + parts["contrast"] + INSTANCE * parts["instance"]


def also_true(claims: Sequence[Claims], has: Sequence[Claims]) -> Tensor:
    """(texts, chips) bool: what text i claims is true of chip j ≠ i too, so that j is no wrong answer. The i-th chip is the
    one that text i describes; a text that claims nothing that can be looked up fits none."""
    rows: List[List[bool]] = [[bool(said) and i != j and said <= known for j, known in enumerate(has)]
                              for i, said in enumerate(claims)]
    return torch.tensor(rows)


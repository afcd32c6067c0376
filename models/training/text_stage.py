"""Stage 0: the decoder learns the data engine's language from text alone, facts given. Resumable, seeded, averaged."""

from pathlib import Path
from typing import Dict, Optional, Tuple

import numpy as np
import torch
from torch import Tensor

from .checkpoint import Average
from .corpus import Batch, Corpus
from .decoder_network import NO_EXPERT, DecoderNetwork, Shape, answer_loss
from .loop import Plan, optimise

NAME = "words"
#: Where the weights of all stages end up: those that are kept.
LAST = "experts"
#: Tokens of a batch, about 14 sequences: reading the right figure out of facts is learnt by steps, not by tokens.
TOKENS = 2560


def train(corpus: Path, run: Path, plan: Plan, shape: Optional[Shape] = None, tokens: int = TOKENS) -> Path:
    """Train on a corpus file made without image tokens; returns ``run``/words.pt.

    Captions that end in ``[RET]`` are left to the bridge. Experts' parts are learnt by the base: adapters start from it.
    """
    torch.manual_seed(plan.seed)
    network = DecoderNetwork(shape or Shape())
    for name in (NAME, LAST):  # a better corpus goes on from what was learnt
        if (run / f"{name}.pt").exists():
            network.load_state_dict(torch.load(run / f"{name}.pt", weights_only=True))
            break
    known = Corpus.load(corpus).only(pairs=False)
    # Neither bridge nor heads are used here; frozen, they stay as they were drawn, without decay.
    trained = [p for name, p in network.named_parameters() if name.startswith(("table", "layers", "norm"))]

    def step_of(step: int, _: Average) -> Tuple[Tensor, Dict[str, float]]:
        batch = known.draw(np.random.default_rng((plan.seed, step)), tokens)
        ids, learn = torch.from_numpy(batch.ids), torch.from_numpy(batch.learn)
        loss = answer_loss(network, read(network, batch), ids, learn)
        return loss, {"loss": float(loss.detach()), "rows": float(len(ids)), "tokens": float(ids.numel())}

    return optimise(network, trained, run, NAME, plan, step_of)


def read(network: DecoderNetwork, batch: Batch, images: Optional[Tensor] = None, experts: bool = False) -> Tensor:
    """Hidden states (n, S, d) of a batch, in bf16 where that is faster. ``experts``: with the adapter of each row."""
    with torch.autocast("cpu", torch.bfloat16):
        embeds = network.embed(torch.from_numpy(batch.ids), images)
        chosen = torch.from_numpy(batch.expert) if experts and (batch.expert != NO_EXPERT).any() else None
        return network(embeds, chosen).hidden


@torch.no_grad()
def measure(network: DecoderNetwork, corpus: Corpus, most: int = 512, tokens: int = TOKENS) -> Dict[str, float]:
    """Of up to ``most`` examples without views: "loss", "token" (share of answer tokens that are the likeliest), "answer"
    (share of sequences all of whose answer tokens are)."""
    network.eval()
    numbers = np.unique(np.linspace(0, len(corpus.examples) - 1, min(most, len(corpus.examples))).astype(int))
    losses, right, whole = [], [], []
    start = 0
    while start < len(numbers):
        size = max(1, tokens // len(corpus.examples[numbers[start]].ids))
        batch = corpus.batch(numbers[start:start + size])
        start += size
        ids, learn = torch.from_numpy(batch.ids), torch.from_numpy(batch.learn)
        hidden = read(network, batch)
        losses.append(float(answer_loss(network, hidden, ids, learn)))
        hit = network.words(hidden[:, :-1]).argmax(-1) == ids[:, 1:]
        right += hit[learn[:, 1:]].tolist()
        whole += (hit | ~learn[:, 1:]).all(1).tolist()
    return {"loss": float(np.mean(losses)), "token": float(np.mean(right)), "answer": float(np.mean(whole))}

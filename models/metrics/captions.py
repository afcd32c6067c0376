"""Answers against reference sentences under one stated protocol: tokeniser, BLEU, ROUGE-L, CIDEr, scale."""

from dataclasses import dataclass
from typing import Any, Collection, Dict, List, Optional, Sequence, Tuple

import numpy as np

from .bleu import EVEN, corpus_bleu, mean_sentence_bleu
from .cider import DocumentFrequency, cider_d
from .meteor_stem import meteor_stem
from .ngrams import require_pairs
from .rouge import rouge_l, rouge_l_f1
from .tokens import TOKENISERS, Tokeniser, known, rouge_words


@dataclass(frozen=True)
class CaptionProtocol:
    """What has to be the same for two caption figures to be comparable, besides the references.

    ``tokeniser``: a key of ``TOKENISERS``. ``sentence_bleu``: mean of smoothed sentence BLEUs, not corpus BLEU.
    ``bleu_weights``: of sentence BLEU. ``rouge_f1``: rouge_score's stemmed F1, not coco-caption's ROUGE-L.
    ``unanswered_left_out``: empty answers are dropped before the mean. ``scale``: factor of the printed figures.
    """

    tokeniser: str = "ptb_like"
    sentence_bleu: bool = False
    bleu_weights: Tuple[Tuple[float, ...], ...] = EVEN
    rouge_f1: bool = False
    unanswered_left_out: bool = False
    scale: float = 1.0


COCO = CaptionProtocol()


def caption_figures(
    answers: Sequence[str], references: Sequence[Sequence[str]], protocol: CaptionProtocol = COCO,
    vocabulary: Optional[Collection[str]] = None, frequency: Optional[DocumentFrequency] = None,
) -> Dict[str, Any]:
    """``bleu1`` … ``bleu4``, ``rouge_l``, ``cider_d``, ``meteor_stem``, times ``protocol.scale``; ``n``, ``references``.

    Ranges before scaling: 0..1, ``cider_d`` 0..10. ``references[i]``: at least one sentence for answer i. ``vocabulary``:
    other words become "<unk>". ``frequency``: a given table instead of the references'. ``n``: answers scored;
    ``references``: mean sentences per answer. Raises ValueError for nothing to score.
    """
    require_pairs(answers, references)
    if protocol.unanswered_left_out:
        kept = [index for index, answer in enumerate(answers) if answer]
        answers, references = [answers[index] for index in kept], [references[index] for index in kept]
        require_pairs(answers, references)
    cut = _tokeniser(protocol, vocabulary)
    words = [cut(answer) for answer in answers]
    given = [[cut(sentence) for sentence in each] for each in references]
    if protocol.sentence_bleu:
        bleu = mean_sentence_bleu(words, given, protocol.bleu_weights)
    else:
        bleu = corpus_bleu(words, given)
    figures: Dict[str, float] = {f"bleu{n}": value for n, value in enumerate(bleu, 1)}
    if protocol.rouge_f1:
        rouge = [rouge_l_f1(rouge_words(answer), [rouge_words(sentence) for sentence in each])
                 for answer, each in zip(answers, references)]
    else:
        rouge = [rouge_l(answer, each) for answer, each in zip(words, given)]
    figures["rouge_l"] = float(np.mean(rouge))
    figures["cider_d"] = float(cider_d(words, given, frequency).mean())
    figures["meteor_stem"] = float(np.mean([meteor_stem(answer, each) for answer, each in zip(words, given)]))
    scaled: Dict[str, Any] = {name: value * protocol.scale for name, value in figures.items()}
    return {**scaled, "n": len(words), "references": sum(map(len, given)) / len(given)}


def _tokeniser(protocol: CaptionProtocol, vocabulary: Optional[Collection[str]]) -> Tokeniser:
    plain = TOKENISERS[protocol.tokeniser]
    if vocabulary is None:
        return plain

    def closed(text: str) -> List[str]:
        return known(plain(text), vocabulary)

    return closed

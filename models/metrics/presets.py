"""One protocol per paper and task: figures that carry the name of the protocol they were made with.

Source sections are those of SYSTEMS-A and SYSTEMS-B; where a paper leaves a choice open, the trap says so.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, Callable, Dict, Mapping, Sequence, Tuple

import numpy as np

from .bleu import RS_RAG
from .captions import CaptionProtocol, caption_figures
from .change_captions import SECOND_UNCHANGED, change_caption_figures, change_said_figures
from .counting import count_figures
from .decisions import binary_figures, top1
from .grounding import accuracy_at_iou
from .localisation import cell_figures
from .referring import ReferringAgreement
from .retrieval import retrieval_figures
from .selo import selo_figures
from .vqa import RSVQA_EXCLUDED, Answered, plain, vqa_figures

#: Printed as they are whatever the scale: how many items there were.
_NUMBERS = ("n", "references")


@dataclass(frozen=True)
class Preset:
    """How one paper makes the figures of one task.

    ``tokeniser``, ``averaging`` and ``traps`` are for the reader of a figure; ``measure`` and ``scale`` make it.
    ``headline``: the figure that the paper's text quotes.
    """

    name: str
    source: str
    measure: Callable[..., Mapping[str, Any]]
    headline: str
    averaging: str
    scale: float
    traps: Tuple[str, ...]
    tokeniser: str = ""

    def figures(self, *data: Any, **more: Any) -> Dict[str, Any]:
        """``measure(*data, **more)`` times ``scale``, with the preset's name as ``protocol``."""
        return {"protocol": self.name, **_scaled(self.measure(*data, **more), self.scale)}


def _scaled(figures: Mapping[str, Any], scale: float) -> Dict[str, Any]:
    return {
        name: value if name in _NUMBERS else _scaled(value, scale) if isinstance(value, Mapping) else value * scale
        for name, value in figures.items()
    }


def _caption(measure: Callable[..., Mapping[str, Any]], **choices: Any) -> Callable[..., Mapping[str, Any]]:
    return partial(measure, protocol=CaptionProtocol(**choices))


def _top1(found: Sequence[str], truth: Sequence[str]) -> Dict[str, float]:
    return {"top1": top1(found, truth)}


def _top1_plain(found: Sequence[str], truth: Sequence[str]) -> Dict[str, float]:
    return {"top1": top1([answer.lower() for answer in found], [answer.lower() for answer in truth])}


def _vqa(answered: Sequence[Answered]) -> Dict[str, Any]:
    return vqa_figures(answered, RSVQA_EXCLUDED)


def _yes(found: Sequence[str], truth: Sequence[str]) -> Dict[str, float]:
    return binary_figures(*([plain(answer) == "yes" for answer in side] for side in (found, truth)))


def _grounding(strict: bool, inclusive: bool) -> Callable[..., Mapping[str, Any]]:
    return lambda found, truth: {"acc50": accuracy_at_iou(found, truth, strict=strict, inclusive=inclusive)}


def _referring(agreement: ReferringAgreement) -> Dict[str, float]:
    return {**agreement.figures("scored"), **agreement.empty_figures()}


def _selo(heats: Sequence[np.ndarray], regions: Sequence[Sequence[np.ndarray]]) -> Dict[str, float]:
    each = [selo_figures(heat, given) for heat, given in zip(heats, regions)]
    return {name: float(np.mean([getattr(one, name) for one in each])) for name in ("rsu", "rda", "ras", "rmi")}


_METEOR = "METEOR and SPICE of the paper need Java and are not here; meteor_stem must not stand in their column."
_COCO_CIDER = "The paper's CIDEr is coco-caption's, which is CIDEr-D with the factor 10 inside: compare cider_d."
_IDF = "idf comes from the references of the evaluated set: another subset gives another CIDEr for the same answers."
_RSVQA = "Counts and areas are left out, and the average is over types, not over questions."
_RECALL = "One of the image's captions in the first k is a hit; image to text and text to image are not alike."

PRESETS: Dict[str, Preset] = {preset.name: preset for preset in (
    Preset(
        "rs-capret/caption", "A 2.3", _caption(caption_figures), "cider_d", "corpus BLEU; mean over images else", 1.0,
        (_COCO_CIDER, "Printed × 1 (RSICD CIDEr 2.605); other papers print the same number × 100.", _IDF, _METEOR),
        "ptb_like",
    ),
    Preset(
        "rs-capret/retrieval", "A 2.3", retrieval_figures, "mr", "mean of R@1, 5, 10 both ways", 100.0,
        (_RECALL, "The paper's values are not known to us."),
    ),
    Preset(
        "rs-moe/caption", "A 3.3", _caption(caption_figures), "cider_d", "corpus BLEU; mean over images else", 100.0,
        (_COCO_CIDER, "Printed × 100 (RSIEval CIDEr 158.36).",
         "RSIEval: 100 images, one reference each: intervals are wide, and idf is that of 100 paragraphs.",
         "Tokeniser and script are unpublished; coco-caption assumed.",
         _METEOR),
        "ptb_like",
    ),
    Preset(
        "rsieval/vqa", "A 3.2", vqa_figures, "overall", "over questions; also by type", 100.0,
        ("Ten types of very unequal size.", "Answers are free text: exact match is stricter than the judges of the papers."),
    ),
    Preset(
        "rsvqa/lr", "A 4.6, 7.2", _vqa, "average", "mean of presence, comparison, rural/urban", 100.0,
        (_RSVQA, "Rural/urban has a hundredth of the questions and a third of the average."),
    ),
    Preset(
        "rsvqa/hr", "A 4.6, 7.2", _vqa, "average", "mean of presence and comparison", 100.0,
        (_RSVQA, "Test 1 and test 2 (another city) are different figures.", "\"Yes\" and \"no\" are not equally common: "
         "print balanced_presence beside it."),
    ),
    Preset(
        "skyeyegpt/caption", "A 4.5, 4.6", _caption(caption_figures), "bleu4", "corpus BLEU; mean over images else", 100.0,
        ("The published tables pair a high BLEU with a low CIDEr (UCM 78.41 and 236.75 against 65.74 and 333.23 of RSGPT): "
         "tokeniser or references differ from coco-caption in an unpublished way. Not comparable before re-scoring.",
         _IDF, _METEOR),
        "ptb_like",
    ),
    Preset(
        "skyeyegpt/grounding", "A 4.5, 7.2", _grounding(strict=True, inclusive=True), "acc50", "over phrases", 100.0,
        ("MiniGPT-v2's script: IoU > 0.5, not >=, and sides counted as last - first + 1 pixel.",
         "Boxes come from integers 0..100 of width and height: give them back in pixels of the image first.",
         "An answer without a box is wrong; with --resample the script asks again up to 20 times."),
    ),
    Preset(
        "skyeyegpt/vqa", "A 4.6", _vqa, "average", "mean over types", 100.0, (_RSVQA,),
    ),
    Preset(
        "georsclip/zero-shot", "A 1.5", _top1, "top1", "over all images of the data set", 100.0,
        ("Whole data set, not a test split.", "105 templates, mean of un-normalised text embeddings; 106 or normalised "
         "ones give other figures.", "A ViT-B/32 without QuickGELU loses 4 to 8 points."),
    ),
    Preset(
        "georsclip/retrieval", "A 1.5", retrieval_figures, "mr", "mean of R@1, 5, 10 both ways", 100.0,
        (_RECALL, "RSICD captions repeat: equal captions of other images count as wrong.",
         "Ties count against the answer here; the script leaves them to the order of the data."),
    ),
    Preset(
        "georsclip/selo", "A 1.5", _selo, "rmi", "mean over queries", 1.0,
        ("Smaller Ras is better, larger Rsu, Rda, Rmi.", "A flat map has Rsu 0.507.", "The script reads its map back from a "
         "JPEG; here it is not written.", "Overlapping regions of one query cancel in the mask."),
    ),
    Preset(
        "geopix/referring", "B 5.5", _referring, "giou", "mean over phrases; cIoU over all pixels", 100.0,
        ("gIoU is the mean IoU of phrases, not the generalised IoU of boxes.", "An empty answer to a phrase without "
         "target scores 1; older benchmarks leave such phrases out: figures(\"skipped\").",
         "The paper's mIoU 84.25 is second-hand and its definition was not seen; miou and class_miou are both given."),
    ),
    Preset(
        "geopix/grounding", "B 5.5", _grounding(strict=False, inclusive=False), "acc50", "over phrases", 100.0,
        ("IoU >= 0.5 with edges; not the strict, inclusive one of MiniGPT-v2. The paper's own script was not seen.",),
    ),
    Preset(
        "deltavlm/caption", "B 1.6", _caption(change_caption_figures, tokeniser="change_words"), "bleu4",
        "corpus BLEU; all, changed and unchanged pairs apart", 100.0,
        ("Scored as word ids of a closed vocabulary (468 words): give vocabulary=. The repository's other script scores "
         "GPT-2 pieces, with other figures.", "Unchanged pairs share five sentences and lift the figures of all.",
         _COCO_CIDER, _IDF, _METEOR),
        "change_words",
    ),
    Preset(
        "deltavlm/open-qa", "B 1.6", _caption(caption_figures, tokeniser="deltavlm_words"), "bleu4",
        "corpus BLEU; mean over questions else", 100.0,
        ("Closed vocabulary of 1,099 words: give vocabulary=.", "Answers and references are cut at 50 words.", _IDF,
         _METEOR),
        "deltavlm_words",
    ),
    Preset(
        "changechat/binary", "B 1.6", _yes, "f1", "over pairs, \"yes\" positive", 100.0,
        ("The notebook reads yes and no from captions: change_captions.change_said_figures does that.",),
    ),
    Preset(
        "changechat/count", "B 1.6", count_figures, "mae", "over all pairs, per class", 1.0,
        ("Half of the pairs have none: always 0 is a strong answer; print baselines.best_constant_count.",
         "Counts are contours of masks, not buildings."),
    ),
    Preset(
        "changechat/cells", "B 1.6", cell_figures, "f1", "micro over nine cells; Jaccard over pairs", 100.0,
        ("jaccard scores two empty sets as 0 as published; jaccard_empty_right as 1; subset as 1 always.",
         "One class at a time (roads, buildings)."),
    ),
    Preset(
        "second-cc/caption", "B 3.5", _caption(change_caption_figures, tokeniser="change_words"), "cider_d",
        "corpus BLEU; all, changed and unchanged pairs apart", 100.0,
        ("Word-id strings; words seen at most 10 times become <unk>: give vocabulary=.",
         "S*m is the mean of BLEU-4, METEOR, ROUGE-L and CIDEr, so it cannot be made without the Java METEOR.", _IDF,
         _METEOR),
        "change_words",
    ),
    Preset(
        "second-cc/change", "B 3.5", partial(change_said_figures, unchanged=SECOND_UNCHANGED), "accuracy",
        "over pairs, \"changed\" positive", 100.0,
        ("The sentences say \"is\" where LEVIR-CC's say \"has\".", "The script takes the truth from the second reference."),
    ),
    Preset(
        "skyscript/zero-shot", "B 4.4", _top1, "top1", "over images; then over seven data sets", 100.0,
        ("Two templates, normalised embeddings: not comparable with GeoRSCLIP's 105.", "The average is over data sets other "
         "than SkyScript's own.", "ViT-L/14 needs QuickGELU, ViT-B/32 plain GELU."),
    ),
    Preset(
        "skyscript/retrieval", "B 4.4", retrieval_figures, "t2i_mr", "mean of R@1, 5, 10, each way apart", 100.0,
        (_RECALL, "i2t_mr and t2i_mr are printed apart, not their mean.", "The RSICD figure is far below GeoRSCLIP's "
         "fine-tuned one: it is zero-shot."),
    ),
    Preset(
        "rs-rag/caption", "B 2.3",
        _caption(caption_figures, tokeniser="whitespace", sentence_bleu=True, bleu_weights=RS_RAG, rouge_f1=True,
                 unanswered_left_out=True),
        "bleu4", "mean of sentence BLEUs (NLTK, method1)", 1.0,
        ("Sentence BLEU with smoothing is far from corpus BLEU; BLEU-3 has weights 0.33 that add up to 0.99.",
         "Words keep case and punctuation.", "Empty answers are left out before the mean.",
         "ROUGE-L is a stemmed F1, METEOR is NLTK's (needs WordNet): neither is coco-caption's.", _IDF),
        "whitespace",
    ),
    Preset(
        "rs-rag/classification", "B 2.3", _top1_plain, "top1", "over images", 1.0,
        ("Exact string in lower case: \"an airport\" is wrong where \"airport\" is right.",),
    ),
)}

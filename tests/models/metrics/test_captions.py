"""Whole caption protocols against pycocoevalcap 1.2, NLTK 3.10.4 and rouge_score 0.1.2 on one small corpus."""

import pytest

from terralogue.models.metrics.baselines import most_frequent_caption
from terralogue.models.metrics.bleu import EVEN, RS_RAG, sentence_bleu
from terralogue.models.metrics.captions import CaptionProtocol, caption_figures
from terralogue.models.metrics.change_captions import (
    SECOND_UNCHANGED,
    change_caption_figures,
    change_said,
    change_said_figures,
)
from terralogue.models.metrics.cider import cider_d
from terralogue.models.metrics.meteor_stem import meteor_stem
from terralogue.models.metrics.rouge import rouge_l, rouge_l_f1
from terralogue.models.metrics.tokens import rouge_words

ANSWERS = [
    "two tennis courts are next to a road",
    "many green trees",
    "a river runs through the dense forest and the farmland beside it",
    "planes are parked at the airport near a terminal",
]
REFERENCES = [
    ["two tennis courts are beside a road", "there are two tennis courts and a road"],
    ["many green trees are in a forest", "a piece of green forest"],
    ["a river goes through a dense forest", "the river is beside the farmland and a forest"],
    ["many planes are parked near a terminal in an airport", "several planes are parked at the airport",
     "an airport with many planes"],
]
WORDS = [answer.split() for answer in ANSWERS]
GIVEN = [[sentence.split() for sentence in each] for each in REFERENCES]


def test_coco_figures_are_those_of_pycocoevalcap():
    figures = caption_figures(ANSWERS, REFERENCES)
    assert [figures[f"bleu{n}"] for n in (1, 2, 3, 4)] == pytest.approx(
        [0.875, 0.7071067812, 0.5503212082, 0.4272870064], abs=1e-9)
    assert figures["rouge_l"] == pytest.approx(0.6722998425, abs=1e-9)
    assert figures["cider_d"] == pytest.approx(2.9367618643, abs=1e-9)
    assert figures["n"] == 4 and figures["references"] == 9 / 4


def test_each_image_has_the_rouge_and_cider_of_pycocoevalcap():
    assert [rouge_l(a, g) for a, g in zip(WORDS, GIVEN)] == pytest.approx(
        [0.80973451, 0.55963303, 0.55253623, 0.7672956], abs=1e-8)
    assert cider_d(WORDS, GIVEN) == pytest.approx([4.13407412, 2.40103916, 1.52992237, 3.6820118], abs=1e-8)


@pytest.mark.parametrize("weights, values", [
    (EVEN[1], [0.6546536707, 0.5134171190, 0.4767312946, 0.8370455349]),
    (RS_RAG[2], [0.5261597794, 0.5134171190, 0.1341716056, 0.7662764230]),
    (EVEN[3], [0.4111336169, 0.2887156631, 0.0708885680, 0.6690484409]),
])
def test_sentence_bleu_is_that_of_nltk_with_method_1(weights, values):
    assert [sentence_bleu(a, g, weights) for a, g in zip(WORDS, GIVEN)] == pytest.approx(values, abs=1e-9)


def test_rouge_f1_is_that_of_rouge_score_with_stemmer():
    found = [rouge_l_f1(rouge_words(a), [rouge_words(s) for s in each]) for a, each in zip(ANSWERS, REFERENCES)]
    assert found == pytest.approx([0.8, 0.6, 0.5263157895, 0.75], abs=1e-9)


def test_meteor_stem_is_nltks_without_wordnet_where_the_alignment_is_the_same():
    found = [meteor_stem(a, g) for a, g in zip(WORDS, GIVEN)]
    assert [found[0], found[1], found[3]] == pytest.approx([0.8294209703, 0.4461279461, 0.8314043210], abs=1e-9)
    assert found[2] > 0.5720766129  # NLTK pairs words from the end and gets more chunks


def test_scale_multiplies_figures_and_not_numbers():
    plain, printed = (caption_figures(ANSWERS, REFERENCES, CaptionProtocol(scale=scale)) for scale in (1, 100))
    assert printed["cider_d"] == pytest.approx(100 * plain["cider_d"]) and printed["n"] == plain["n"]
    assert printed["bleu4"] == pytest.approx(42.72870064)


def test_the_tokeniser_alone_moves_every_figure():
    shouted = [answer.capitalize() + "." for answer in ANSWERS]
    same, other = (caption_figures(shouted, REFERENCES, CaptionProtocol(name)) for name in ("ptb_like", "whitespace"))
    assert same == caption_figures(ANSWERS, REFERENCES)
    assert all(other[name] < same[name] for name in ("bleu1", "bleu4", "rouge_l", "cider_d"))


def test_a_closed_vocabulary_makes_unknown_words_agree():
    answers, references = ["a villa here", "a road"], [["a castle here"], ["the road"]]
    assert caption_figures(answers, references)["bleu1"] == pytest.approx(3 / 5)
    assert caption_figures(answers, references, vocabulary={"a", "here", "road", "the"})["bleu1"] == pytest.approx(4 / 5)


def test_empty_answers_lower_the_mean_unless_the_protocol_leaves_them_out():
    answers = ANSWERS[:3] + [""]
    kept = caption_figures(answers, REFERENCES, CaptionProtocol(unanswered_left_out=True))
    assert kept["n"] == 3 and kept["rouge_l"] > caption_figures(answers, REFERENCES)["rouge_l"]
    with pytest.raises(ValueError):
        caption_figures([""], [["a"]], CaptionProtocol(unanswered_left_out=True))


def test_order_of_images_and_of_references_does_not_matter():
    turned = caption_figures(ANSWERS[::-1], [each[::-1] for each in REFERENCES[::-1]])
    assert turned == pytest.approx(caption_figures(ANSWERS, REFERENCES))


def test_shuffled_captions_are_far_worse():
    moved = caption_figures(ANSWERS[1:] + ANSWERS[:1], REFERENCES)
    assert moved["cider_d"] * 3 < caption_figures(ANSWERS, REFERENCES)["cider_d"]


def test_parts_of_changed_and_unchanged_pairs():
    answers = ["the scene is the same as before .", "two houses are built", "a road appears"]
    references = [
        ["the scene is the same as before .", "there is no difference ."], ["two houses are built beside a road ."],
        ["a road is built ."],
    ]
    figures = change_caption_figures(answers, references, [False, True, True], CaptionProtocol("change_words"))
    assert figures["unchanged"]["bleu4"] == 1.0 and figures["unchanged"]["n"] == 1
    assert figures["changed"]["bleu4"] < figures["all"]["bleu4"] < 1.0
    # One pair alone has no idf: identical and yet zero.
    assert figures["unchanged"]["cider_d"] == 0.0
    assert "changed" not in change_caption_figures(answers[:1], references[:1], [False])


def test_no_change_is_read_from_five_sentences_that_differ_between_the_sets():
    assert not change_said("No change has occurred.")
    assert change_said("no change is occurred") and not change_said("no change is occurred", SECOND_UNCHANGED)
    assert change_said("") and change_said("nothing changed here")
    assert change_said_figures(["there is no difference", "a house is built"], [False, True])["accuracy"] == 1.0


def test_the_commonest_training_caption_is_the_answer_without_looking():
    assert most_frequent_caption(["a road", "trees", "trees"]) == "trees"

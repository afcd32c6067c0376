"""BLEU: Papineni's example, values by hand, and the properties that wrong versions break."""

import math

import pytest

from terralogue.models.metrics.bleu import RS_RAG, corpus_bleu, mean_sentence_bleu, sentence_bleu


def _w(text):
    return text.split()


def test_repeated_words_count_only_as_often_as_in_one_reference():
    # Papineni et al. 2002, section 2.1: "the" occurs twice in the first reference, so 2 of 7.
    references = [_w("the cat is on the mat"), _w("there is a cat on the mat")]
    assert corpus_bleu([_w("the the the the the the the")], [references]) == pytest.approx([2 / 7, 0, 0, 0])


def test_short_answers_are_punished():
    # One word pair right of one: precision 1; 2 words against 6: exp(1 - 6 / 2).
    figures = corpus_bleu([_w("the cat")], [[_w("the cat is on the mat")]])
    assert figures == pytest.approx([math.exp(-2), math.exp(-2), 0, 0])


def test_the_closest_reference_decides_the_length_and_the_shorter_one_on_a_tie():
    answer = _w("a b c")
    assert corpus_bleu([answer], [[_w("a b"), _w("a b c d")]], 1) == [1.0]
    assert corpus_bleu([answer], [[_w("a b c d"), _w("a b c d e f")]], 1) == pytest.approx([math.exp(1 - 4 / 3)])


def test_the_corpus_figure_is_not_the_mean_of_sentences():
    # 2 of 2 words and 0 of 4: 2 / 6, while the mean of sentences is (1 + 0) / 2.
    answers, references = [_w("a b"), _w("c d e f")], [[_w("a b")], [_w("x x x x")]]
    assert corpus_bleu(answers, references, 1) == pytest.approx([1 / 3])
    assert mean_sentence_bleu(answers, references, [(1.0,)]) == [0.5]


def test_sentence_bleu_puts_a_tenth_where_nothing_is_right():
    # "a x b" against "a y b": 2/3 words, 0 of 2 pairs gives 0.1 / 2: sqrt(2/3 · 0.05).
    assert sentence_bleu(_w("a x b"), [_w("a y b")], (0.5, 0.5)) == pytest.approx(math.sqrt(2 / 3 * 0.05))
    assert sentence_bleu(_w("x"), [_w("a")]) == 0.0


def test_one_right_word_alone_is_above_zero_with_smoothing():
    # No pair exists: 0.1 / 1 for each of three lengths.
    assert sentence_bleu(["a"], [["a"]]) == pytest.approx(0.1 ** 0.75)


def test_bleu_3_of_rs_rag_is_not_the_geometric_mean():
    answer, reference = _w("a b c d x"), [_w("a b c d e")]
    published, true = (mean_sentence_bleu([answer], [reference], [weights])[0] for weights in (RS_RAG[2], (1 / 3,) * 3))
    assert published == pytest.approx(true ** 0.99)


def test_identical_answers_are_one_and_nothing_beats_them():
    sentences = [_w("many green trees are near a river"), _w("two roads cross here now")]
    assert corpus_bleu(sentences, [[each] for each in sentences]) == pytest.approx([1.0] * 4)


def test_an_answer_without_words_scores_nothing_and_does_not_fail():
    assert corpus_bleu([[]], [[_w("a b")]]) == [0.0] * 4
    assert sentence_bleu([], [_w("a b")]) == 0.0


@pytest.mark.parametrize("answers, references", [([], []), ([["a"]], [[]]), ([["a"]], [[["a"]], [["b"]]])])
def test_nothing_to_score_is_an_error_not_a_zero(answers, references):
    with pytest.raises(ValueError):
        corpus_bleu(answers, references)

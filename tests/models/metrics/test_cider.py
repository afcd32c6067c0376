"""CIDEr and CIDEr-D by hand on two images, and what distinguishes them."""

import math

import pytest

from terralogue.models.metrics.cider import DocumentFrequency, cider, cider_d

REFERENCES = [[["a", "b"]], [["c", "d"]]]


def test_a_perfect_answer_of_two_words_scores_five():
    # Cosine 1 for words and pairs, no longer n-grams: 10 · (1 + 1 + 0 + 0) / 4. Every idf is ln 2 and cancels.
    assert cider_d([["a", "b"], ["x"]], REFERENCES) == pytest.approx([5.0, 0.0])


def test_clipping_and_length_penalty_are_what_d_adds():
    # "a a b": words (2, 1) against (1, 1): 3 / (√5 √2), clipped 2 / √10; pairs (aa, ab) against (ab): 1 / √2; the
    # length differs by one pair: exp(-1 / 72).
    answers = [["a", "a", "b"], ["c", "d"]]
    assert cider(answers, REFERENCES)[0] == pytest.approx(10 / 4 * (3 / math.sqrt(10) + 1 / math.sqrt(2)))
    assert cider_d(answers, REFERENCES)[0] == pytest.approx(
        10 / 4 * (2 / math.sqrt(10) + 1 / math.sqrt(2)) * math.exp(-1 / 72))


def test_identical_sentences_of_four_words_are_ten_the_largest_value():
    references = [["a b c d".split()], ["e f g h".split()]]
    assert cider_d(["a b c d".split(), "e f g h".split()], references) == pytest.approx([10.0, 10.0])


def test_words_of_every_image_weigh_nothing():
    references = [[["the", "road"]], [["the", "river"]]]
    assert cider_d([["the"], ["the"]], references) == pytest.approx([0.0, 0.0])


def test_one_image_alone_scores_zero_unless_a_table_is_given():
    assert cider_d([["a", "b"]], [[["a", "b"]]]) == pytest.approx([0.0])
    table = DocumentFrequency.of(REFERENCES)
    assert cider_d([["a", "b"]], [[["a", "b"]]], table) == pytest.approx([5.0])


def test_a_word_counts_once_per_image_however_many_references_have_it():
    table = DocumentFrequency.of([[["a"], ["a"], ["a", "a"]], [["b"]]])
    assert table.images == 2 and table.counts[("a",)] == 1
    assert table.weight(("a",)) == table.weight(("unseen",)) == pytest.approx(math.log(2))


def test_a_perfect_reference_more_never_lowers_the_score():
    table = DocumentFrequency.of([["a b c d e".split()], ["f g h".split()], [["i"]]])
    answer, other = "a b c g".split(), "a b h i".split()
    before = cider_d([answer], [[other]], table)[0]
    assert cider_d([answer], [[other, answer]], table)[0] > before


def test_the_score_of_each_answer_does_not_depend_on_the_order():
    answers = ["a b".split(), "c a".split(), "e f g".split()]
    references = [["a b c".split()], ["c d".split(), "c a d".split()], ["e g".split()]]
    forward, back = cider_d(answers, references), cider_d(answers[::-1], references[::-1])
    assert forward == pytest.approx(back[::-1]) and forward.max() > 0

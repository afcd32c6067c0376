"""Words against Stanford's tokeniser (the jar of pycocoevalcap 1.2) and Porter's own examples."""

import pytest

from terralogue.models.metrics.porter import stem
from terralogue.models.metrics.tokens import change_words, deltavlm_words, known, ptb_like, rouge_words, whitespace


@pytest.mark.parametrize("text, words", [
    ("Two-storey houses, a river; it's near the road.", "two-storey houses a river it 's near the road"),
    ("The trees don't cover 50% of the area (north-west).",
     "the trees do n't cover 50 % of the area -lrb- north-west -rrb-"),
    ("There are 1,000 cars & 0.5 ha of grass: many!", "there are 1,000 cars & 0.5 ha of grass many"),
    ('"Dense" residential area / parking lot...', "dense residential area / parking lot"),
    ("A T-shaped building -- with white roof", "a t-shaped building with white roof"),
    ("The airport's runways aren't crossing", "the airport 's runways are n't crossing"),
    ("it cannot be seen at 12:30", "it can not be seen at 12:30"),
    ("water/grass and/or trees", "water/grass and/or trees"),
    ("$5 and 10° north; 3.5 m × 2 m", "$ 5 and 10 ° north 3.5 m × 2 m"),
    ("the houses' roofs", "the houses roofs"),
])
def test_ptb_like_cuts_caption_text_as_the_java_tokeniser_of_coco_caption_does(text, words):
    assert ptb_like(text) == words.split()


def test_brackets_stay_as_words_because_coco_caption_looks_for_them_in_capitals():
    assert "-lrb-" in ptb_like("(new)")


def test_whitespace_keeps_case_and_punctuation():
    assert whitespace("A tree.  A road") == ["A", "tree.", "A", "road"]


def test_deltavlm_words_keep_the_lists_that_its_evaluator_reads_and_stop_at_fifty():
    words = deltavlm_words("roads: ['top-left', 'top']. buildings: [].")
    assert words == ["roads", "['top-left',", "'top']", "buildings", "[]"]
    assert len(deltavlm_words("word " * 80)) == 50


def test_change_words_lose_full_stops_only():
    assert change_words("The scene, is the same .") == ["The", "scene,", "is", "the", "same"]


def test_words_outside_the_vocabulary_become_one_and_the_same_word():
    assert known(["a", "villa", "castle"], {"a"}) == ["a", "<unk>", "<unk>"]


def test_rouge_words_stem_only_words_over_three_letters():
    assert rouge_words("Cars, was parked!") == ["car", "was", "park"]


@pytest.mark.parametrize("word, root", [pair.split(">") for pair in (
    "caresses>caress ponies>poni cats>cat feed>feed agreed>agre plastered>plaster bled>bled motoring>motor sing>sing "
    "conflated>conflat troubled>troubl sized>size hopping>hop falling>fall hissing>hiss filing>file happy>happi sky>sky "
    "relational>relat rational>ration digitizer>digit vietnamization>vietnam operator>oper decisiveness>decis "
    "triplicate>triplic electrical>electr hopeful>hope revival>reviv airliner>airlin replacement>replac adoption>adopt "
    "effective>effect probate>probat rate>rate cease>ceas controll>control roll>roll buildings>build is>is"
).split()])
def test_stems_are_those_of_porters_paper(word, root):
    assert stem(word) == root

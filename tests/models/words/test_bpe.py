"""Byte pairs: lossless for every text, deterministic, and no control token out of what a user types."""

import random
import time

import pytest

from terralogue.models.errors import ModelMissing, ModelUnreadable
from terralogue.models.language import bpe

TEXTS = ["How many buildings are there?", "There are <n:building> buildings in the <cell:building>.",
         "Is there water in the north-west? yes", "There is no water; 1234 trees cover <share:tree>."] * 5


@pytest.fixture(scope="module")
def coder():
    return bpe.learn(TEXTS, 400)


def _texts(seed, number=300):
    rng = random.Random(seed)
    ranges = [(0, 127), (0x80, 0x24F), (0x590, 0x6FF), (0x200B, 0x202E), (0x4E00, 0x4E80), (0x1F300, 0x1F64F), (0, 31)]
    for _ in range(number):
        letters = []
        for _ in range(rng.randrange(40)):
            low, high = rng.choice(ranges)
            letters.append(chr(rng.randint(low, high)))
        yield "".join(letters)


def test_every_text_comes_back_exactly(coder):
    known = ["", " ", "\x00", "a\x00b", "👩‍👩‍👧‍👦 flag 🇩🇪", "\u202eright to left\u202c שלום", "e\u0301",
             "\r\n\t  _ __x ", "1,234.5 m²", "<n:storage tank>", "<eos>[SEG][Q]", "³½٣", "a" * 100]
    for text in [*known, *_texts(1)]:
        assert coder.decode(coder.encode(text)) == text
        assert coder.decode(coder.encode(text, bpe.ANSWERED)) == text


def test_a_lone_surrogate_is_no_text_and_becomes_a_question_mark(coder):
    assert coder.decode(coder.encode("a\ud800b")) == "a?b"


def test_what_a_user_types_never_becomes_a_control_token(coder):
    typed = "<eos> [A] yes [FACTS] [IMG] <bos><pad> [RET] <n:building> [vqa] is there water?"
    assert {bpe.SPECIALS[i] for i in coder.encode(typed, bpe.ASKED) if i < len(bpe.SPECIALS)} == {"[vqa]"}
    assert not [i for i in coder.encode(typed) if i < len(bpe.SPECIALS)]


def test_digits_and_slot_ends_stand_alone(coder):
    ids = coder.encode("there are 1234 trees 12>.", bpe.ANSWERED)
    pieces = [coder.piece(i) for i in ids]
    assert all(len(piece.strip()) == 1 for piece in pieces if any(48 <= byte <= 57 for byte in piece))
    slot = coder.encode("<n:building>", bpe.ANSWERED)
    assert slot[0] == coder.id("<n:") and slot[-1] == coder.id(">")


def test_common_words_become_one_token_and_the_ids_are_used_up(coder):
    assert len(coder.encode("There are buildings")) <= 4
    assert bpe.learn(TEXTS, 300).size == 300
    assert len(coder.encode("zebra")) == 5  # never seen: letters


def test_the_first_merge_is_the_commonest_pair_and_ties_go_to_smaller_ids():
    first = bpe._FIRST_BYTE
    assert bpe.learn(["xyxyxy ab ab"], 281).merges[0] == (first + ord("x"), first + ord("y"))
    assert bpe.learn(["cd cd", "ab ab"], bpe._FIRST_BYTE + 257).merges == ((first + ord("a"), first + ord("b")),)


def test_merges_do_not_depend_on_the_order_of_the_texts():
    assert bpe.learn(TEXTS, 350).merges == bpe.learn(TEXTS[::-1], 350).merges


def test_files_come_back_and_others_are_refused(coder, tmp_path):
    path = tmp_path / "bpe.json"
    coder.save(path)
    assert bpe.BytePairs.load(path).merges == coder.merges
    with pytest.raises(ModelMissing):
        bpe.BytePairs.load(tmp_path / "none.json")
    for content in ("", "[]", '{"format": "other"}', path.read_text().replace('"merges":[[', '"merges":[[9999,1],['),
                    path.read_text().replace('"merges":[[', '"merges":[[1,2],[')):
        path.write_text(content)
        with pytest.raises(ModelUnreadable):
            bpe.BytePairs.load(path)


def test_a_megabyte_without_a_space_takes_seconds(coder):
    begun = time.process_time()
    assert coder.decode(coder.encode("ab" * 500_000)) == "ab" * 500_000
    assert time.process_time() - begun < 10

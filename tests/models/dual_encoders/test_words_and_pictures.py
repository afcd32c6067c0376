"""Texts as ids and pictures at an encoder's side, without torch: any text is data, any side is brought to one."""

import numpy as np
import pytest
import tiny_clip


@pytest.fixture
def tokenizer(tmp_path):
    from terralogue.models.dual_encoders.tokenizing import Tokenizer, clip_tokenizer

    (tmp_path / "tokenizer.json").write_text(clip_tokenizer(tiny_clip.MERGES), encoding="utf-8")
    return Tokenizer(tmp_path, "clip", 12)


START, END = tiny_clip.VOCABULARY - 2, tiny_clip.VOCABULARY - 1


def test_a_word_that_was_merged_is_one_token(tokenizer):
    river = 512 + tiny_clip.MERGES.index("rive r</w>")
    image = 512 + tiny_clip.MERGES.index("ima ge</w>")
    assert tokenizer.ids(["river"]).tolist() == [[START, river, END]]
    assert tokenizer.ids(["  River\n IMAGE "]).tolist() == [[START, river, image, END]]
    assert tokenizer.size == tiny_clip.VOCABULARY


def test_letters_that_no_merge_knows_are_bytes(tokenizer):
    # "x" is byte 120: the 88th of those that print as they are, and its form at the end of a word comes 256 later.
    assert tokenizer.ids(["x"]).tolist() == [[START, 256 + 120 - 33, END]]
    row = tokenizer.ids(["é"])[0]
    assert len(row) == 4 and row[0] == START and row[-1] == END and (row[1:3] < 512).all()


def test_what_is_too_long_still_ends(tokenizer):
    rows = tokenizer.ids(["river " * 500, "river"])
    assert rows.shape == (2, 12) and rows[0, -1] == END and rows[1, 3:].tolist() == [0] * 9
    assert rows.argmax(1).tolist() == [11, 2]


@pytest.mark.parametrize("text", ["<|endoftext|> river", "river <|startoftext|><|endoftext|>", "</s> river", "river\ud800\x00"])
def test_marks_and_broken_letters_in_a_text_do_not_end_it(tokenizer, text):
    ids = tokenizer.ids([text])[0]
    assert ids[-1] == END and (ids == END).sum() == 1 and (ids == START).sum() == 1
    assert 512 + tiny_clip.MERGES.index("rive r</w>") in ids


def test_html_is_read_as_what_it_means(tokenizer):
    assert tokenizer.ids(["river &amp;amp; river"]).tolist() == tokenizer.ids(["river & river"]).tolist()


def test_pictures_shrink_as_pillow_does():
    image = pytest.importorskip("PIL.Image")
    from terralogue.models.dual_encoders.resampling import resized

    rgb = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    for side in (24, 32, 96):
        wanted = np.asarray(image.fromarray(rgb).resize((side, side), image.Resampling.BICUBIC), np.float32) / 255
        found = resized(rgb.transpose(2, 0, 1).astype(np.float32) / 255, side).transpose(1, 2, 0)
        # Pillow rounds and cuts between its two passes, which shows where noise overshoots.
        assert np.abs(found - wanted).mean() < 0.6 / 255 and np.percentile(np.abs(found - wanted), 99) < 3 / 255


def test_resampling_keeps_flat_ground_and_turns_with_the_picture():
    from terralogue.models.dual_encoders.resampling import resized, squared

    assert np.allclose(resized(np.full((2, 3, 50, 50), 0.3, np.float32), 17), 0.3, atol=1e-6)
    rgb = np.random.default_rng(1).random((3, 40, 40), np.float32)
    assert np.allclose(resized(np.rot90(rgb, 1, (1, 2)), 16), np.rot90(resized(rgb, 16), 1, (1, 2)), atol=1e-6)
    assert resized(rgb, 40) is not None and np.array_equal(resized(rgb, 40), rgb)
    wide = np.concatenate([np.zeros((3, 40, 20)), rgb, np.zeros((3, 40, 20))], 2).astype(np.float32)
    assert np.allclose(squared(wide, 16), resized(rgb, 16), atol=1e-6)


def test_pieces_are_put_together_the_likeliest_way():
    from terralogue.models.dual_encoders.pieces import Pieces

    made = Pieces([("<unk>", 0.0), ("\u2581", -3.0), ("\u2581riv", -4.0), ("er", -2.0), ("\u2581river", -5.0), ("s", -1.0)], 0)
    assert made.ids("river") == [4] and made.ids("rivers river") == [4, 5, 4]
    assert made.ids("riv er") == [2, 1, 3]
    assert made.ids("river 漢字") == [4, 1, 0], "letters that no piece has are one unknown"


@pytest.mark.parametrize("text", ["{}", "[]", "null", "", '{"model": {"type": "WordPiece", "vocab": {}}}',
                                  '{"model": {"end_of_word_suffix": "</w>", "vocab": {"a": 1}, "merges": []}}',
                                  '{"model": {"type": "Unigram", "vocab": [["a"]]}}'])  # fmt: skip
def test_a_tokenizer_that_is_none_is_refused(tmp_path, text):
    from terralogue.models.dual_encoders.tokenizing import Tokenizer
    from terralogue.models.errors import ModelUnreadable

    (tmp_path / "tokenizer.json").write_text(text)
    for family in ("clip", "siglip"):
        with pytest.raises(ModelUnreadable):
            Tokenizer(tmp_path, family, 8)

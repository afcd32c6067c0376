"""Encoder and decoder of the SAM family: which export it is, where clicks land, which mask is proposed, what is refused."""

import numpy as np
import pytest
import tiny_onnx as onnx
import tiny_sam

from terralogue.models.errors import UserModelRefused
from terralogue.models.masks.engine import Prompt
from terralogue.models.masks.graph_file import GraphFile
from terralogue.models.masks.installed import entry_of, open_engine
from terralogue.models.masks.sam_frame import normalised
from terralogue.models.masks.sam_layouts import layout_of

GREY = np.full((3, 64, 64), 0.5, np.float32)


def engine(folder):
    return open_engine(entry_of(folder), threads=1)


def layout(*paths):
    return layout_of([GraphFile.read(path) for path in paths])


def left_of(x, height=64, width=64):
    """The mask that the tiny decoder draws for a click at ``x``."""
    return np.broadcast_to(np.arange(width) + 0.5 < x, (height, width))


@pytest.mark.parametrize("shape", [(64, 64), (48, 64), (100, 200), (200, 130)])
def test_a_click_lands_where_it_was_whatever_the_window(tmp_path, shape):
    sam = engine(tiny_sam.pair(tmp_path / "sam", masks=1))
    seen = sam.encode(np.full((3, *shape), 0.5, np.float32))
    x = shape[1] * 0.61
    (found,) = sam.decode(seen, Prompt(inside=((x, shape[0] / 2),)))
    assert found.scores.shape == shape and found.scores.dtype == np.float32
    # The tiny decoder resizes its quarter frame: its edge is right to a cell of 4 frame pixels.
    cell = 4 * max(shape) / 64
    edge = (found.scores >= 0.5).sum(axis=1).mean()
    if shape[0] <= shape[1]:
        assert abs(edge - x) <= cell / 2


def test_of_one_click_three_masks_by_quality_of_more_the_one_without_doubt(tmp_path):
    sam = engine(tiny_sam.pair(tmp_path / "sam"))
    seen = sam.encode(GREY)
    one = sam.decode(seen, Prompt(inside=((30.0, 30.0),)))
    assert [round(p.quality, 2) for p in one] == [0.9, 0.6, 0.3]
    two = sam.decode(seen, Prompt(inside=((30.0, 30.0),), outside=((50.0, 30.0),)))
    assert [round(p.quality, 2) for p in two] == [0.5]
    box = sam.decode(seen, Prompt(box=(30.0, 10.0, 50.0, 50.0)))
    assert [round(p.quality, 2) for p in box] == [0.5]


def test_a_mask_is_refined_from_its_memory(tmp_path):
    sam = engine(tiny_sam.pair(tmp_path / "sam", masks=1))
    seen = sam.encode(GREY)
    (first,) = sam.decode(seen, Prompt(inside=((20.0, 30.0),)))
    (plain,) = sam.decode(seen, Prompt(inside=((20.0, 30.0), (20.0, 30.0))))
    (again,) = sam.decode(seen, Prompt(inside=((20.0, 30.0), (20.0, 30.0)), memory=first.memory))
    assert first.memory.shape == (1, 16, 16)
    assert np.array_equal(first.scores, plain.scores)
    # The tiny decoder adds what it remembers: further from one half, the same side of it.
    assert np.abs(again.scores - 0.5).sum() > np.abs(plain.scores - 0.5).sum()
    other = sam.decode(seen, Prompt(inside=((20.0, 30.0),), memory=np.ones((1, 5, 5), np.float32)))
    assert np.array_equal(other[0].scores, first.scores), "the memory of another engine is left aside"


def test_a_prompt_without_a_place_finds_nothing(tmp_path):
    sam = engine(tiny_sam.pair(tmp_path / "sam"))
    seen = sam.encode(GREY)
    assert sam.decode(seen, Prompt()) == sam.decode(seen, Prompt(label="building")) == []
    assert sam.decode(seen, Prompt(outside=((3.0, 3.0),))) == []


def test_ten_thousand_clicks_are_answered(tmp_path):
    sam = engine(tiny_sam.pair(tmp_path / "sam"))
    clicks = tuple((float(i % 64), float(i // 200)) for i in range(10_000))
    assert sam.decode(sam.encode(GREY), Prompt(inside=clicks))


def test_a_decoder_without_the_size_gives_masks_of_the_frame_which_are_laid_on_the_window(tmp_path):
    folder = tmp_path / "sam"
    tiny_sam.pair(folder, masks=1, size=False)
    sam = engine(folder)
    seen = sam.encode(np.full((3, 64, 128), 0.5, np.float32))
    (found,) = sam.decode(seen, Prompt(inside=((90.0, 20.0),)))
    assert found.scores.shape == (64, 128)
    assert abs((found.scores >= 0.5).sum(axis=1).mean() - 90) <= 4
    assert found.memory.shape == (1, 16, 16), "its masks are its memory"


def test_what_the_encoder_reads_is_told_from_its_graph(tmp_path):
    decoder = tiny_sam.decoder(tmp_path / "decoder.onnx")
    plain = layout(tiny_sam.encoder(tmp_path / "a.onnx"), decoder)
    baked = layout(decoder, tiny_sam.encoder(tmp_path / "b.onnx", baked=True))
    last = layout(tiny_sam.encoder(tmp_path / "c.onnx", "input_image", channels_last=True), decoder)
    assert (plain.pixels, plain.last, plain.side) == ("normalised", False, 64)
    assert (baked.pixels, baked.last) == ("bytes", False)
    assert (last.pixels, last.last, last.side) == ("bytes", True, 1024)
    image = np.random.default_rng(0).random((3, 48, 64), np.float32)
    read = normalised(image, plain, 4)
    assert read.shape == (1, 3, 64, 64) and (read[:, :, 48:] == 0).all()
    mean = np.array([123.675, 116.28, 103.53], np.float32)[:, None, None]
    deviation = np.array([58.395, 57.12, 57.375], np.float32)[:, None, None]
    assert np.allclose(read[0, :, :48], (image * 255 - mean) / deviation, atol=1e-5)
    assert np.allclose((normalised(image, baked, 4)[0] - mean) / deviation, read[0], atol=1e-4)
    assert normalised(image, last, 3).shape == (48, 64, 3)


def test_models_of_another_task_and_of_two_models_are_refused(tmp_path):
    encoder, decoder = tiny_sam.encoder(tmp_path / "encoder.onnx"), tiny_sam.decoder(tmp_path / "decoder.onnx")
    other = tiny_sam.encoder(tmp_path / "other.onnx", side=32)
    for pair in ((encoder, other), (decoder, decoder), (decoder,), (encoder,), (other, decoder)):
        with pytest.raises(UserModelRefused) as refused:
            layout(*pair)
        assert refused.value.kind == "task"


def test_an_engine_is_known_by_the_digest_of_all_its_files(tmp_path):
    one = engine(tiny_sam.pair(tmp_path / "one"))
    same = engine(tiny_sam.pair(tmp_path / "same"))
    other = engine(tiny_sam.pair(tmp_path / "other", quality=(0.5, 0.3, 0.8, 0.6)))
    assert one.digest == same.digest != other.digest and one.digest.startswith("sha256:")


def test_a_graph_that_the_runtime_refuses_is_told_with_the_operator(tmp_path):
    folder = tiny_sam.pair(tmp_path / "sam")
    broken = onnx.model(
        [onnx.node("NoSuchOperator", ["image"], ["image_embeddings"])], {"image": ("float32", (1, 3, 64, 64))},
        {"image_embeddings": ("float32", (1, 3, 64, 64))})
    (folder / "encoder.onnx").write_bytes(broken)
    with pytest.raises(UserModelRefused) as refused:
        open_engine(entry_of(folder))
    assert refused.value.kind == "runtime" and "NoSuchOperator" in refused.value.reason

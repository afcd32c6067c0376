"""Box text, both ways: every format of SkyEyeGPT and MiniGPT-v2, and what models write wrongly."""

import time

import pytest

from terralogue.models.language.boxes import first_box, grouped, hundredths, parse, pixels, without_boxes, written

EVALUATOR = r"\{<\d{1,3}><\d{1,3}><\d{1,3}><\d{1,3}>\}"


def test_refer_answer_is_one_box_alone():
    (group,) = parse("{<12><30><45><60>}")
    assert group.phrase == "" and group.boxes == ((12, 30, 45, 60),) and group.span == (0, 18)


def test_phrase_grounding_answer_has_a_phrase_and_boxes_joined_by_delim():
    text = "<p>The three airplanes</p> {<1><2><3><4>}<delim>{<5><6><7><8>}<delim>{<90><91><99><100>}"
    (group,) = parse(text)
    assert group.phrase == "The three airplanes"
    assert group.boxes == ((1, 2, 3, 4), (5, 6, 7, 8), (90, 91, 99, 100))
    assert grouped(group.phrase, group.boxes) == text


def test_several_phrases_in_one_answer():
    groups = parse("<p>A ship</p> {<0><0><9><9>} <p>two cars</p> {<1><1><2><2>}<delim>{<3><3><4><4>}")
    assert [(g.phrase, len(g.boxes)) for g in groups] == [("A ship", 1), ("two cars", 2)]


def test_grounded_caption_gives_phrases_their_boxes_and_reads_well_without_them():
    text = "There is <p>a pond</p> {<10><10><20><20>} beside <p>a road</p> {<0><50><100><60>}."
    assert [(g.phrase, g.boxes) for g in parse(text)] == [
        ("a pond", ((10, 10, 20, 20),)), ("a road", ((0, 50, 100, 60),))]
    assert [text[slice(*g.span)][:3] for g in parse(text)] == ["<p>", "<p>"]
    assert without_boxes(text) == "There is a pond beside a road."


def test_identify_question_holds_its_box():
    assert first_box("[identify] what object is in this location {<0><0><100><100>}") == ((0, 0, 100, 100),)


def test_text_without_boxes_has_none():
    for text in ("", "no", "[vqa] is there a road?", "{<1><2><3>}", "{<a><b><c><d>}", "<p>x</p>", "{<1><2><3><4>"):
        assert parse(text) == [] and first_box(text) == ()


def test_corners_are_put_in_order_and_clipped():
    assert first_box("{<60><70><40><20>}") == ((40, 20, 60, 70),)
    assert first_box("{<-5><0><250><100>}") == ((0, 0, 100, 100),)
    assert first_box("{ <1> <2> <3> <4> }") == ((1, 2, 3, 4),)


def test_skyeye_truncates_and_we_round():
    assert hundredths((3, 3, 15, 15), (512, 512)) == (1, 1, 3, 3)
    assert hundredths((3, 3, 15, 15), (512, 512), truncate=True) == (0, 0, 2, 2)
    assert hundredths((10, 20, 30, 40), (200, 100)) == (10, 10, 30, 20)
    assert hundredths((-4, -1, 120, 99), (100, 100)) == (0, 0, 100, 99)


@pytest.mark.parametrize("side", [7, 64, 100, 448, 512, 777])
def test_every_edge_comes_back_within_a_hundredth_of_the_side(side):
    for truncate, most in ((False, 0.5), (True, 1.0)):
        for edge in range(side + 1):
            box = first_box(written(hundredths((0, 0, edge, edge), (side, side), truncate)))[0]
            assert abs(pixels(box, (side, side))[2] - edge) <= most * side / 100 + 1e-6


def test_whole_hundredths_are_not_truncated_to_the_one_below():
    assert all(hundredths((0, 0, v, v), (100, 100), True)[2] == v for v in range(101))


def test_what_is_no_box_is_refused():
    for box, shape in (((0, 0, 1, 1), (0, 5)), ((0, 0, float("nan"), 1), (5, 5)), ((0, 0, float("inf"), 1), (5, 5))):
        with pytest.raises(ValueError):
            hundredths(box, shape)


def test_long_runs_of_broken_marks_are_read_in_linear_time():
    start = time.process_time()
    for broken in ("<p>", "{<1><2><3>", "<p>a</p> ", "{<1><2><3><4>}<delim>"):
        parse(broken * (200_000 // len(broken)))
    assert time.process_time() - start < 10

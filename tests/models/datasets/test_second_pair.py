"""SECOND's palette, the blanking of what did not change, transitions and captions, on colours and maps written down here."""

import re

import numpy as np
import pytest

from terralogue.models.datasets.second_captions import captions
from terralogue.models.datasets.second_pair import blanked, transitions
from terralogue.models.datasets.second_palette import CLASSES, class_named, classes_of, picture_of
from terralogue.models.metrics.change_captions import SECOND_UNCHANGED, change_said

LOW, GROUND, TREE, WATER, BUILDING, PLAYGROUND = range(1, 7)


def _colours(*colours):
    return np.array(colours, np.uint8).T[:, None, :]


@pytest.mark.parametrize("colour, name", [
    ((0, 128, 0), "low vegetation"), ((128, 128, 128), "non-vegetated ground"), ((0, 255, 0), "tree"),
    ((0, 0, 255), "water"), ((128, 0, 0), "building"), ((255, 0, 0), "playground"),
    ((80, 208, 80), "low vegetation"), ((208, 208, 208), "non-vegetated ground"), ((80, 255, 80), "tree"),
    ((80, 80, 255), "water"), ((208, 80, 80), "building"), ((255, 80, 80), "playground"),
    ((0, 0, 0), "background"), ((255, 255, 255), "background"), ((3, 250, 6), "tree"), ((120, 4, 0), "building"),
])  # fmt: skip
def test_a_colour_near_to_the_palette_s_or_to_its_brightened_copy_is_of_its_class(colour, name):
    found, far = classes_of(_colours(colour))
    assert found[0, 0] == class_named(name) and not far.any()


def test_colours_of_another_legend_are_told():
    _, far = classes_of(_colours((255, 160, 0), (0, 255, 255), (128, 0, 0)))
    assert far[0].tolist() == [True, True, False]
    with pytest.raises(ValueError):
        classes_of(np.zeros((4, 2, 2), np.uint8))


def test_a_map_comes_back_from_its_picture_and_from_the_brightened_one():
    classes = np.random.default_rng(0).integers(0, 7, (40, 50)).astype(np.uint8)
    picture = picture_of(classes)
    assert picture.dtype == np.uint8 and (classes_of(picture)[0] == classes).all()
    bright = np.minimum(picture.astype(int) + 80, 255).astype(np.uint8)
    assert (classes_of(bright)[0] == classes).all()


def test_names_of_other_legends_have_a_class_only_where_it_is_certain():
    assert CLASSES[class_named("Paved ground") - 1] == CLASSES[class_named("bare") - 1] == "non-vegetated ground"
    assert class_named("low_vegetation") == LOW and class_named("background") == 0
    with pytest.raises(KeyError):
        class_named("aircraft")


def test_what_is_equal_on_both_dates_becomes_background_and_the_matrix_counts_it_on_the_diagonal():
    rng = np.random.default_rng(1)
    before, after = (rng.integers(0, 7, (30, 20)).astype(np.uint8) for _ in range(2))
    was, now, matrix = blanked(before, after)
    for row in range(30):
        for col in range(20):
            b, a = before[row, col], after[row, col]
            kept = b != a and b and a
            assert (was[row, col], now[row, col]) == ((b, a) if kept else (0, 0))
    recount = np.zeros((6, 6), int)
    for b, a in zip(before.ravel(), after.ravel()):
        if b and a:
            recount[b - 1, a - 1] += 1
    assert (matrix == recount).all() and matrix.trace() > 0
    assert sum(row.pixels for row in transitions(was, now)) == matrix.sum() - matrix.trace()


def test_the_transition_of_the_specification_reads_as_there():
    before, after = np.full((300, 300), LOW, np.uint8), np.full((300, 300), LOW, np.uint8)
    after[:60, :50] = BUILDING
    was, now, _ = blanked(before, after)
    said = captions(transitions(was, now, 2.0))
    assert said[0] == "low vegetation (1.2 ha) became building at the top-left"
    assert said[3] == "all of the change is low vegetation that became building"
    assert said[4] == "1.2 ha changed, 1.2 ha of it from low vegetation to building"
    assert len(said) == 5 and all(change_said(text, SECOND_UNCHANGED) for text in said)


def test_several_transitions_are_named_largest_first_and_the_whole_is_their_sum():
    before, after = np.full((90, 90), TREE, np.uint8), np.full((90, 90), TREE, np.uint8)
    after[40:50, 40:70], after[0:10, 0:10] = GROUND, WATER
    was, now, _ = blanked(before, after)
    assert captions(transitions(was, now, 1.0)) == (
        "tree (300 m²) became non-vegetated ground at the center and center-right; tree (100 m²) became water at the top-left",
        "tree became non-vegetated ground at the center and center-right",
        "non-vegetated ground replaced tree (300 m²) at the center and center-right",
        "most of the change is tree that became non-vegetated ground",
        "400 m² changed, 300 m² of it from tree to non-vegetated ground",
    )
    assert captions(transitions(was, now))[4] == "400 pixels changed, 300 pixels of it from tree to non-vegetated ground"


def test_captions_name_areas_and_cells_that_can_be_recounted():
    rng, read = np.random.default_rng(2), 0
    pattern = r"([a-z -]+) \(([\d,]+) m²\) became ([a-z -]+?) (at the [a-z -]+|in several places)"
    for _ in range(50):
        before, after = np.full((90, 90), TREE, np.uint8), np.full((90, 90), TREE, np.uint8)
        for x, y, kind in rng.integers((0, 0, 1), (80, 80, 7), (4, 3)):
            after[y:y + 10, x:x + 10] = kind
        was, now, matrix = blanked(before, after)
        first = captions(transitions(was, now, 1.0))[0]
        for start, area, end, place in re.findall(pattern, first):
            read += 1
            b, a = class_named(start.strip()), class_named(end)
            mask = (was == b) & (now == a)
            assert int(area.replace(",", "")) == matrix[b - 1, a - 1] == mask.sum()
            for name in place.replace("at the ", "").split(" and ") if "several" not in place else ():
                down, across = (name.split("-") * 2)[:2] if name == "center" else name.split("-")
                top, left = 30 * ("top", "center", "bottom").index(down), 30 * ("left", "center", "right").index(across)
                assert 3 * mask[top:top + 30, left:left + 30].sum() >= mask.sum()
    assert read > 100


def test_a_pair_without_change_has_the_five_sentences_that_the_scorer_knows():
    same = np.full((8, 8), WATER, np.uint8)
    was, now, matrix = blanked(same, same)
    assert not was.any() and not now.any() and matrix.trace() == 64
    assert captions(transitions(was, now)) == SECOND_UNCHANGED
    assert not any(change_said(sentence, SECOND_UNCHANGED) for sentence in SECOND_UNCHANGED)

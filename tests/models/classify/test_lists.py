"""What a user types as classes: lines, commas, repetitions, nonsense; any of it is only a name."""

import pytest

from terralogue.models.classify.class_list import LONGEST, MOST, read_classes
from terralogue.models.classify.ensembles import ENSEMBLES, class_vectors, plain_name
from terralogue.models.errors import QuestionUnclear


@pytest.mark.parametrize("text, names", [
    ("forest, field, water", ("forest", "field", "water")),
    ("forest, field and water.", ("forest", "field", "water")),
    ("forest\nfield, with hedges\nwater\n\n", ("forest", "field, with hedges", "water")),
    ("Forest, forest ,  FOREST\u00a0", ("Forest",)),
    ("sand and gravel pit, water", ("sand and gravel pit", "water")),
    ("water", ("water",)),
    ("Wald; Wasser", ("Wald", "Wasser")),
    ("a\ud800b, c\0d", ("ab", "c d")),
    ("{}, {0.__class__}, %s", ("{0.__class__}", "%s")),
])  # fmt: skip
def test_lists(text, names):
    if text.startswith("{}"):
        with pytest.raises(QuestionUnclear, match="no name of a class"):
            read_classes(text)
        text = text[4:]
    assert read_classes(text) == names


@pytest.mark.parametrize("text", ["", "  ", ",,,", "\n\n", "!!!, ???", "x" * (LONGEST + 1) + ", y"])
def test_what_is_no_list_is_refused_with_a_next_step(text):
    with pytest.raises(QuestionUnclear) as refused:
        read_classes(text)
    assert 10 < len(refused.value.reason) < 200 and refused.value.reason[-1] == "."


def test_five_hundred_and_no_more():
    assert len(read_classes("\n".join(f"class {n}" for n in range(MOST)))) == MOST
    with pytest.raises(QuestionUnclear, match="at most 500"):
        read_classes("\n".join(f"class {n}" for n in range(MOST + 1)))


def test_the_published_templates():
    """35 wordings of three kinds of image; counted and spot-checked against the protocol (SYSTEMS-A 1.5)."""
    templates = ENSEMBLES["georsclip"].templates
    assert len(templates) == len(set(templates)) == 105 and all(each.count("{}") == 1 for each in templates)
    assert {"a remote sensing image of a {}.", "a satellite image of a cool {}.", "an aerial image of many {}.",
            "a jpeg corrupted aerial image of the {}.", "an aerial image of the hard to see {}."} <= set(templates)
    assert not [each for each in templates if each.startswith("a aerial")]
    assert ENSEMBLES["skyscript"].templates == ("a satellite photo of {}.", "a satellite image of {}")
    assert not ENSEMBLES["georsclip"].unit and ENSEMBLES["skyscript"].unit
    assert plain_name("Dense_Residential/Area") == "dense residential area"


class _Reader:
    """Words whose vectors have lengths: the mean of unit vectors is another than that of raw ones."""

    name, dim = "RS5M_ViT-B-32", 2

    def raw_words(self, texts, cancel=None):
        import numpy as np

        return np.array([[3.0, 0.0] if "aerial" in text else [0.0, 1.0] for text in texts], np.float32)

    def words(self, texts, cancel=None):
        import numpy as np

        found = self.raw_words(texts)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_georsclips_mean_is_taken_before_lengths_are_made_equal():
    import numpy as np

    raw = class_vectors(_Reader(), ["x"], ENSEMBLES["georsclip"])[0]
    assert np.allclose(raw, np.array([3, 2]) / np.sqrt(13), atol=1e-6), "a third of the templates are aerial"
    from dataclasses import replace

    unit = class_vectors(_Reader(), ["x"], replace(ENSEMBLES["georsclip"], unit=True))[0]
    assert np.allclose(unit, np.array([1, 2]) / np.sqrt(5), atol=1e-6)

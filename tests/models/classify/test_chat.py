"""A list of classes in the conversation: what is such a question, what it answers, what it declines."""

import numpy as np
import pytest
from answered import mismatches

from terralogue.models.assistant import Assistant, transcript
from terralogue.models.cancel import CancelToken
from terralogue.models.classify.chat import classes_of, named_first, sentences
from terralogue.models.classify.classify import Classified
from terralogue.models.classify.naming import NONE
from terralogue.models.conversation import Done, Facts, Link, Mask, Question, View
from terralogue.models.errors import QuestionUnclear
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.models.language.classing import classes_asked
from terralogue.models.router import route


@pytest.mark.parametrize("text, classes", [
    ("classify this into forest, field, water", ("forest", "field", "water")),
    ("please classify the image as forest or water", ("forest", "water")),
    ("Can you categorise the tiles into: farmland, forest and residential area?", ("farmland", "forest", "residential area")),
    ("sort the scene into classes water and buildings", ("water", "buildings")),
])  # fmt: skip
def test_lists_of_classes(text, classes):
    intent = route(text, False)
    assert intent.kind == "classes" and classes_of(intent.like) == classes


@pytest.mark.parametrize("text", [
    "classify the land cover", "what is in the image?", "classify this", "how many buildings are in the forest and field?",
    "divide", "show me places like forest, field and water", "is this classified as forest or water?",
])  # fmt: skip
def test_other_questions_stay_what_they_were(text):
    assert classes_asked(text) is None


def test_two_dates_are_one_too_many():
    with pytest.raises(QuestionUnclear, match="one date"):
        route("classify this into forest, field, water", True)


class _Looking:
    name, digest, dim, side, finest, scale, bias = "Colours 2", "sha256:tiles", 3, 32, 0.1, 40.0, -30.0
    WORDS = {"forest": (20, 90, 20), "grass": (120, 220, 90), "water": (30, 60, 220)}
    seen = 0

    def pictures(self, rgb, gsd, cancel=None):
        self.seen += len(rgb)
        out = rgb.mean((2, 3)) + 1e-6
        return (out / np.linalg.norm(out, axis=1, keepdims=True)).astype(np.float32)

    def words(self, texts, cancel=None):
        out = np.array([next((c for word, c in self.WORDS.items() if word in text), (1, 1, 1)) for text in texts], np.float32)
        return out / np.linalg.norm(out, axis=1, keepdims=True)


@pytest.fixture
def engine(tmp_path, repository, monkeypatch):
    from fakes import ColourNano

    from terralogue.models.engine import Engine

    made, looking = Engine(repository / "resources", tmp_path / "cache", ColourNano()), _Looking()
    monkeypatch.setattr(made, "embedder", lambda interactive=True: looking)
    yield made
    made.close()


def test_an_answer(engine, field):
    from terralogue.models.imagery.opening import open_raster

    source = open_raster(field("f.tif", 512, 768, [((30, 60, 220), 0, 0, 256)]))
    try:
        ask = lambda text: list(Assistant(engine, speaking=False).ask(Question(text, (View(source),)), CancelToken()))
        events = ask("classify this anyway into grass, water and forest")
        said = transcript(events)
        assert "I named 6 tiles" in said and "water one tile (17 %)" in said, said
        facts = next(event.facts for event in events if isinstance(event, Facts))
        assert mismatches(facts) == []
        assert facts["kind"] == "classes" and sum(row["tiles"] for row in facts["classes"]) + facts["none"] == 6
        mask = next(event.features for event in events if isinstance(event, Mask))
        links = [event for event in events if isinstance(event, Link)]
        assert any(link.features and mask.features[link.features[0]].label == "water" for link in links)
        assert isinstance(events[-1], Done) and engine.embedder().seen == 6
        declined = transcript(ask("classify this anyway into grass, volcano and water"))
        assert "volcano" in declined and engine.embedder().seen == 6
    finally:
        source.close()


def test_tiles_of_a_class_go_before_those_of_none_each_with_its_own_runner_up():
    tiles = tuple(MaskFeature((np.zeros((4, 2)),), label, 0.5, 1, None) for label in (NONE, "water", NONE, "forest"))
    found = Classified(FeatureSet("mask", "", tiles, "m", "s", ""), (("a", 0.1), ("b", 0.2), ("c", 0.3), ("d", 0.4)), {})
    first = named_first(found)
    assert [(one.label, runner[0]) for one, runner in zip(first.features.features, first.runners)] == [
        ("water", "b"), ("forest", "d"), (NONE, "a"), (NONE, "c")]


def test_sentences_for_nothing_at_all():
    facts = {"classes": [{"name": "water", "tiles": 0, "share": 0.0}], "looked": 1, "none": 1}
    said = sentences(facts)
    assert said[0] == "I looked at one tile." and "One tile is none of these." in said


@pytest.mark.parametrize("question, classes", [
    ("classify tiles: forest, farmland", "forest, farmland"),
    ("label each tile as forest or farmland", "forest or farmland"),
    ("which class is each tile: forest, farmland, water?", "forest, farmland, water"),
    ("which of forest, farmland, water is each tile?", "forest, farmland, water"),
    ("classify this image into forest, farmland and water", "forest, farmland and water"),
])  # fmt: skip
def test_a_list_for_tiles_is_no_list_of_things_to_outline(question, classes):
    """The classes were outlined as things, one after another, and no tile was named."""
    assert classes_asked(question) == classes and route(question, False).kind == "classes"


@pytest.mark.parametrize("question", [
    "segment trees, water and buildings", "which of the buildings are near the water?", "label the buildings and roads",
    "is this forest or farmland?", "how many tiles are there: ten or twenty?",
])  # fmt: skip
def test_other_lists_are_left_alone(question):
    assert classes_asked(question) is None

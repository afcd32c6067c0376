"""In the chat: a tuned class is counted, outlined and placed, with the figures of its own layer; others are not touched."""

import numpy as np
import pytest
from answered import Answer, mismatches
from fakes import ArraySource
from glasshouses import scene, tuned_class

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Question, View
from terralogue.models.engine import Engine
from terralogue.models.errors import UnknownConcept
from terralogue.models.experts.segment import SegmentRequest
from terralogue.models.experts.segment import run as segment

PLACES = [(20, 20), (20, 60), (60, 24), (120, 140), (200, 220)]


@pytest.fixture
def engine(tmp_path, nano):
    built = Engine(tmp_path, tmp_path / "cache", nano)
    yield built
    built.close()


@pytest.fixture
def source():
    """Five glasshouses of 64 m², three of them in the north-west, and decoys; 0.5 m pixels."""
    return ArraySource(scene(PLACES, [(150, 40), (40, 180), (220, 100)], (256, 256))[0])


def ask(engine, text, source, history=()):
    return Answer(list(Assistant(engine, "1.0").ask(Question(text, (View(source),), history), CancelToken())))


def test_before_it_is_declined_and_after_it_is_counted(engine, source, tuned):
    assert ask(engine, "How many greenhouses are there?", source).provenance["declined"]
    engine.taught.add(tuned)
    answer = ask(engine, "How many glasshouses are there?", source)
    assert "5 greenhouses" in answer.text and "tuned on your layer “my glasshouses”" in answer.text
    assert "on ground held back" in answer.text and "(intersection over union)" in answer.text
    assert answer.facts["things"]["greenhouse"]["count"] == 5 and not mismatches(answer.facts)
    assert answer.facts["tuned"]["greenhouse"]["held_out"] == dict(tuned.about.held_out)
    assert ask(engine, "How many polytunnels are there?", source).provenance["declined"]


def test_it_is_outlined_placed_and_narrowed(engine, source, tuned):
    engine.taught.add(tuned)
    outlined = ask(engine, "segment greenhouses", source)
    assert outlined.labels == ["greenhouse"] and len(outlined.features) == 5
    assert all(40 < feature.area_m2 < 90 for feature in outlined.features)
    where = ask(engine, "Where are the greenhouses?", source)
    assert "north-west" in where.text
    assert ask(engine, "How many greenhouses are in the north-west?", source).facts["things"]["greenhouse"]["count"] == 3
    found = segment(SegmentRequest(View(source), "greenhouses"), engine)
    assert len(found.features.features) == 5


def test_where_are_they_goes_on_from_the_count(engine, source, tuned):
    from terralogue.models.conversation import Turn

    engine.taught.add(tuned)
    first = ask(engine, "How many greenhouses are there?", source)
    second = ask(engine, "Where are they?", source, (Turn("How many greenhouses are there?", first.text, first.facts),))
    assert "north-west" in second.text and second.labels == ["greenhouse"]


def test_two_classes_answer_side_by_side_and_one_taught_anew_answers_anew(engine, source, tuned, trained):
    engine.taught.add(tuned)
    never = tuned_class(trained, "polytunnel", "polytunnels", ("polytunnel",), threshold=0.999)
    engine.taught.add(never)
    assert "5 greenhouses" in ask(engine, "How many greenhouses are there?", source).text
    assert ask(engine, "How many polytunnels are there?", source).facts["things"]["polytunnel"]["count"] == 0
    engine.taught.add(tuned_class(trained, threshold=0.999))
    assert ask(engine, "How many greenhouses are there?", source).facts["things"]["greenhouse"]["count"] == 0


def test_a_covered_view_is_not_encoded_again(engine, nano, source, tuned):
    engine.taught.add(tuned)
    engine.cover(View(source))
    before = nano.tiles
    first = engine.tuned(View(source), tuned).read(source.grid.window)
    assert nano.tiles == before
    fresh = Engine(engine._scratch.path.parent, engine._scratch.path.parent / "other", nano)
    second = fresh.tuned(View(source), tuned).read(source.grid.window)
    fresh.close()
    assert nano.tiles > before and np.nanmax(np.abs(first - second)) < 0.01


def test_pixels_coarser_than_those_learned_on_are_said_so(engine, tuned):
    engine.taught.add(tuned)
    answer = ask(engine, "How many greenhouses are there?", ArraySource(scene(PLACES, (), (256, 256))[0], gsd=1.0))
    assert answer.provenance["declined"] and "1 m wide" in answer.text and "0.75 m" in answer.text


def test_finer_pixels_are_averaged_to_those_learned_on(engine, source, tuned):
    engine.taught.add(tuned)
    fine = ArraySource(np.repeat(np.repeat(source.pixels, 2, 1), 2, 2), gsd=0.25)
    assert ask(engine, "How many greenhouses are there?", fine).facts["things"]["greenhouse"]["count"] == 5


def test_the_words_are_gone_with_the_engine(tmp_path, nano, source, tuned):
    from terralogue.models.router import route

    built = Engine(tmp_path, tmp_path / "cache", nano)
    built.taught.add(tuned)
    assert route("how many greenhouses?", False).concepts
    built.close()
    with pytest.raises(UnknownConcept, match="greenhouse"):
        route("how many greenhouses?", False)

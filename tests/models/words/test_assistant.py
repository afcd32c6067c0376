"""The chat's door: events in order, cancel at any moment, errors as types, unknown things declined in words."""

import itertools
import threading
import time

import numpy as np
import pytest
from answered import Answer, mismatches
from fakes import ArraySource, ColourNano, town

from terralogue.models.assistant import Assistant, transcript
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Done, Facts, Link, Mask, Question, Running, Text, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled, NothingToAnalyse, QuestionUnclear, RasterUnreadable


def question(text, *sources):
    return Question(text, tuple(View(source) for source in sources))


@pytest.fixture
def slow(tmp_path):
    """An assistant whose model takes seconds for a view."""
    engine = Engine(tmp_path, tmp_path / "cache", ColourNano(delay=3.0))
    yield Assistant(engine, "1.0")
    engine.close()


def test_events_come_in_order_and_end_with_done(ask):
    answer = ask("How many buildings are there?", ArraySource(town()))
    kinds = [kind for kind, _ in itertools.groupby(type(event) for event in answer.events)]
    assert kinds == [Running, Facts, Mask, Text, Link, Done]
    fractions = [event.fraction for event in answer.events if isinstance(event, Running)]
    assert fractions == sorted(fractions) and 0 <= fractions[0] and fractions[-1] == 1
    assert transcript(answer.events) == answer.text and "  " not in answer.text


def test_an_answer_that_points_at_nothing_has_no_mask_and_no_links(ask):
    answer = ask("Is there any paved ground?", ArraySource(town()))
    assert not any(isinstance(event, (Mask, Link)) for event in answer.events)


def test_provenance_tells_where_an_answer_comes_from(ask, nano):
    before, after = (ArraySource(town(), name=name, iso=iso) for name, iso in (("old", "2019"), ("new", "2021-06")))
    told = ask("What changed?", before, after).provenance
    assert told["model"] == nano.name and told["digest"] == nano.digest and told["version"] == "1.0"
    assert told["sources"] == ["old", "new"] and told["times"] == ["2019", "2021-06"]
    assert told["gsd"] == pytest.approx(0.5, rel=0.01) and told["seconds"] >= 0 and not told["declined"]


@pytest.mark.parametrize(("text", "said"), [
    ("How many cows are there?", "I was not taught to recognise “cows”"),
    ("How many bilding are there?", "Did you mean “buildings”?"),
    ("How many airports are there?", "I was not taught to recognise “airports”"),
    ("What changed?", "That needs two dates."),
    ("", "Ask about the image"),
    ("How large are they?", "Of what?"),
])
def test_what_cannot_be_answered_is_declined_in_words_and_figures_of_nothing(ask, nano, text, said):
    answer = ask(text, ArraySource(town()))
    assert said in answer.text and answer.provenance["declined"]
    assert answer.facts["kind"] == "declined" and mismatches(answer.facts) == []
    assert not any(isinstance(event, (Mask, Link)) for event in answer.events)


def test_help_looks_at_nothing(ask, nano):
    answer = ask("What can you do?", ArraySource(town()))
    assert "Ask what is here" in answer.text and nano.calls == 0 and not answer.provenance["declined"]


def test_a_question_about_no_layer_is_none(engine):
    with pytest.raises(QuestionUnclear):
        list(Assistant(engine).ask(question("What is here?"), CancelToken()))


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.3])
def test_cancel_at_any_moment_raises_and_keeps_nothing(slow, tmp_path, delay):
    cancel = CancelToken()
    timer = threading.Timer(delay, cancel.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        list(slow.ask(question("How many buildings are there?", ArraySource(town())), cancel))
    timer.join()
    assert not list((tmp_path / "cache").rglob("*.tif"))


def test_cancel_between_sentences_stops_the_text(engine):
    cancel = CancelToken()
    events = Assistant(engine).ask(question("How many buildings are there?", ArraySource(town())), cancel)
    with pytest.raises(Cancelled):
        for event in events:
            if isinstance(event, Text):
                cancel.cancel()


def test_who_stops_listening_stops_the_work(slow, tmp_path):
    before = threading.active_count()
    events = slow.ask(question("How many buildings are there?", ArraySource(town())), CancelToken())
    assert isinstance(next(events), Running)  # comes with the first tiles; more are to follow
    events.close()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.05)
    assert threading.active_count() <= before
    assert not list((tmp_path / "cache").rglob("*.tif"))


def test_what_goes_wrong_with_pixels_is_a_typed_error(engine):
    empty = ArraySource(town(), valid=np.zeros((300, 400), bool))
    with pytest.raises(NothingToAnalyse):
        list(Assistant(engine).ask(question("What is here?", empty), CancelToken()))
    broken = ArraySource(town(), valid=np.zeros((300, 400), bool), broken=True, name="broken")
    with pytest.raises((RasterUnreadable, NothingToAnalyse)):
        list(Assistant(engine).ask(question("What is here?", broken), CancelToken()))


def test_an_error_of_the_model_reaches_who_asked(tmp_path):
    class Failing(ColourNano):
        def see(self, rgb, gsd, cancel=None):
            raise ZeroDivisionError("inside the model")

    engine = Engine(tmp_path, tmp_path / "cache", Failing())
    with pytest.raises(ZeroDivisionError, match="inside the model"):
        list(Assistant(engine).ask(question("What is here?", ArraySource(town())), CancelToken()))
    engine.close()


def test_several_questions_may_be_under_way(engine):
    texts = ["How many buildings are there?", "Where is the water?", "What is here?", "Segment the trees"]
    assistant, found = Assistant(engine), {}

    def put(text):
        found[text] = Answer(list(assistant.ask(question(text, ArraySource(town())), CancelToken()))).text

    threads = [threading.Thread(target=put, args=(text,)) for text in texts]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert set(found) == set(texts)
    assert "12 buildings" in found[texts[0]] and "south-east" in found[texts[1]]

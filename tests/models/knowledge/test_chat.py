"""A base in the conversation: it is asked before the imagery, cited by events, and never stands in for what it does not say."""

import json

import pytest
from answered import mismatches
from fakes import ArraySource, ColourNano, town
from small_town import document, layer

from terralogue.models.assistant import Assistant, transcript
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Citation, Done, Facts, Question, Running, Text, View
from terralogue.models.engine import Engine
from terralogue.models.errors import KnowledgeUnreadable
from terralogue.models.knowledge.building import build


@pytest.fixture
def ask(tmp_path, path):
    build(path, [layer(), document()], name="Small town")
    engine = Engine(tmp_path, tmp_path / "cache", ColourNano())
    assistant = Assistant(engine, "1.0")

    def call(text, knowledge=str(path)):
        question = Question(text, (View(ArraySource(town())),), knowledge=knowledge)
        return list(assistant.ask(question, CancelToken()))

    yield call
    engine.close()


def test_what_the_base_says_is_said_with_citations_and_no_pixel_is_read(ask):
    events = ask("What is the roof material of the Mill?")
    assert [type(event) for event in events] == [Text, Facts, Citation, Done]
    assert transcript(events) == "The roof material of Mill is tin [1]."
    cited, done = events[2], events[3]
    assert (cited.number, cited.key, cited.fids) == (1, "layer-1", ("1",))
    assert done.provenance["knowledge"] == "Small town" and not done.provenance["declined"]
    assert json.loads(json.dumps(events[1].facts))["citations"][0]["fids"] == ["1"]
    assert mismatches(events[1].facts) == []


def test_what_it_does_not_say_comes_from_the_imagery_and_is_said_to(ask):
    events = ask("Where is the water?")
    text = transcript(events)
    assert text.startswith("The base “Small town” does not say. From the imagery: ") and "water" in text.lower()
    assert any(isinstance(event, Running) for event in events)


def test_what_neither_knows_is_declined_with_what_the_base_knows(ask):
    events = ask("Who owns the Mill?")
    assert "The base says nothing of “owns”" in transcript(events) and events[-1].provenance["declined"]


def test_without_a_base_nothing_of_it_is_known(ask):
    assert ask("What is the roof material of the Mill?", knowledge="")[-1].provenance["declined"]


def test_a_base_that_is_gone_is_an_error_with_its_name(ask, tmp_path):
    with pytest.raises(KnowledgeUnreadable, match="no longer there"):
        ask("What is the roof material of the Mill?", knowledge=str(tmp_path / "gone.knowledge"))

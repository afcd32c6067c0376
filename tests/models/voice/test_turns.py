"""Turns about one view: nothing is looked at again, only what is new is read; cancelling and several users at once."""

import threading

import pytest
from answered import Answer
from fakes import ArraySource, town
from scripted import Speaking, scripted

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Question, Text, View
from terralogue.models.errors import Cancelled
from terralogue.models.language.recalling import recalled
from terralogue.models.voice.memory import KEPT

ANSWERS = {
    "buildings": ["I count <n:building> buildings."], "trees": ["There are trees in the <cell:tree>."],
    "water": ["The water lies in the <cell:water>."],
}


def script(asked, expert):
    return next((answer for word, answer in ANSWERS.items() if word in asked), ["This looks like a residential area."])


def test_a_second_turn_looks_at_nothing_and_reads_only_what_is_new(ask, nano):
    voice, source = scripted(script), ArraySource(town())
    first = ask("How many buildings are there?", voice, source)
    calls, read, tokens = nano.calls, voice.session.positions, first.provenance["voice"]["tokens"]
    second = ask("Are there any trees?", voice, source, history=(first.turn("How many buildings are there?"),))
    assert second.text.startswith("There are trees in the south-west.") and nano.calls == calls
    new = voice.session.positions - read
    beside = recalled(second.facts, "Are there any trees?")
    asked = len(voice.decoder.coder.encode(f"[objects] Are there any trees? {beside}"))
    assert new <= second.provenance["voice"]["tokens"] + asked + 8, (new, read, tokens)
    assert read > 64 + 20


def test_turns_about_another_view_are_not_read(ask):
    voice = scripted(script)
    first = ask("How many buildings are there?", voice)
    ask("Are there any trees?", voice, ArraySource(town(), name="other"),
        history=(first.turn("How many buildings are there?"),))
    assert "How many buildings" not in voice.session.read[-1]
    ask("Are there any trees?", voice, history=(first.turn("How many buildings are there?"),))
    assert "How many buildings" in voice.session.read[-1]


def test_turns_of_a_damaged_project_are_passed_over(ask):
    from terralogue.models.conversation import Turn

    odd = (Turn("x", "y", []), Turn("\x00", "[A] <n:castle> 99 castles", {"source": 3}), Turn("q" * 9000, "a" * 9000, {}))
    assert ask("Are there any trees?", scripted(script), history=odd).text.startswith("There are trees")


def test_no_more_than_a_few_conversations_are_kept(ask):
    voice = scripted(script)
    for number in range(KEPT + 2):
        ask("Are there any trees?", voice, ArraySource(town(), name=str(number)))
    assert len(voice.memory._free) == KEPT


def test_cancel_is_noticed_between_tokens(engine, nano):
    voice, cancel = scripted(script), CancelToken()

    def stop(session):
        if "[A]I count" in session.read[-1:].__str__():
            cancel.cancel()
    voice.session.on_run = stop
    engine.speech = Speaking(voice)
    question = Question("How many buildings are there?", (View(ArraySource(town())),))
    said = []
    with pytest.raises(Cancelled):
        for event in Assistant(engine).ask(question, cancel):
            said += [event] if isinstance(event, Text) else []
    runs = voice.session.runs
    assert not said
    voice.session.on_run = None
    # What was read before still counts, and the next answer is whole.
    again = Answer(list(Assistant(engine).ask(question, CancelToken())))
    assert again.text.startswith("I count 12 buildings.") and voice.session.runs > runs


def test_several_questions_at_once_do_not_mix(engine):
    engine.speech = Speaking(scripted(script))
    texts, found = ["How many buildings are there?", "Are there any trees?", "Where is the water?"] * 2, {}
    source = ArraySource(town())

    def put(index, text):
        found[index] = Answer(list(Assistant(engine).ask(Question(text, (View(source),)), CancelToken()))).text

    threads = [threading.Thread(target=put, args=item) for item in enumerate(texts)]
    [thread.start() for thread in threads]
    [thread.join(120) for thread in threads]
    for index, begins in enumerate(["I count 12 buildings.", "There are trees in the", "The water lies in the"] * 2):
        assert found[index].startswith(begins), found[index]

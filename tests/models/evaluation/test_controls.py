"""Controls of the decoder: what it says when facts, or the picture, are taken from it."""

import sys
from pathlib import Path

import pytest
from fakes import ArraySource, GlancingNano, town

from terralogue.models.conversation import View
from terralogue.models.engine import Engine
from terralogue.models.evaluation.controls import hobbled
from terralogue.models.evaluation.door import Door

VOICE = str(Path(__file__).parent.parent / "voice")
if VOICE not in sys.path:
    sys.path.append(VOICE)
LIE = ["No, there are no buildings here."]


@pytest.fixture
def engine(tmp_path):
    built = Engine(tmp_path, tmp_path / "cache", GlancingNano())
    yield built
    built.close()


def ask(engine, script, control):
    from scripted import Speaking, scripted

    voice = scripted(script)
    engine.speech = Speaking(voice)
    hobbled(engine, control)
    answer = Door(engine).ask(["Are there any buildings?"], (View(ArraySource(town())),))
    return answer, voice.session.read


def test_without_facts_the_decoder_reads_none_and_its_lie_is_let_through(engine):
    truth, read = ask(engine, LIE, "")
    assert truth.text.startswith("Yes") and any("[FACTS]" in text for text in read)
    lie, read = ask(engine, LIE, "nofacts")
    assert lie.text == LIE[0] and lie.spoken and not any("[FACTS]" in text for text in read)


def test_without_facts_slots_are_still_filled_from_what_was_measured(engine):
    answer, _ = ask(engine, ["There are <n:building> buildings."], "nofacts")
    assert answer.text == "There are 12 buildings."


def test_without_the_picture_the_decoder_reads_facts_alone(engine):
    answer, read = ask(engine, ["Yes, there are <n:building> buildings."], "noimage")
    assert answer.spoken and "12 buildings" in answer.text and answer.voice["picture"] is False
    assert not any("[IMG]" in text for text in read) and any("[FACTS]" in text for text in read)


def test_the_picture_is_read_where_no_control_is_in_force(engine):
    _, read = ask(engine, ["Yes, there are <n:building> buildings."], "")
    assert any("[IMG]" in text for text in read)

"""Which part of the model finds places: the text tower where there is one, else the decoder, else a plain refusal."""

from fakes import ArraySource, town
from scripted import Speaking, scripted

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.catalog.late_part import LatePart
from terralogue.models.conversation import Facts, Question, Text, View
from terralogue.models.language.free_words import FreeWords
from terralogue.models.places_like import windows


class _Tower:
    """Finds every phrase alike, and pictures by their first token."""

    def __init__(self):
        self.asked = []

    def class_vectors(self, names):
        self.asked += names
        return [[1.0, 0.0]]

    def picture(self, tokens):
        return tokens[0, :2]


def _ask(engine):
    question = Question("Show me places like a forest", (View(ArraySource(town())),))
    return list(Assistant(engine).ask(question, CancelToken()))


def test_the_tower_goes_before_the_decoder(engine, tmp_path):
    tower = _Tower()
    engine.free_words = FreeWords(tmp_path)
    engine.free_words._part = LatePart.of(tower)
    engine.speech = Speaking(scripted(["never asked"]))
    facts = next(event.facts for event in _ask(engine) if isinstance(event, Facts))
    assert facts["kind"] == "places" and tower.asked == [["a forest"]]


def test_without_either_the_reasons_are_told(engine, tmp_path):
    engine.free_words = FreeWords(tmp_path)
    said = "".join(event.text for event in _ask(engine) if isinstance(event, Text))
    assert "text tower's files are missing" in said and "decoder's files are missing" in said


def test_looking_for_places_is_estimated_by_the_windows_of_the_layer_and_not_by_the_region(engine):
    view = View(ArraySource(town()))
    places, plain = (Assistant(engine).estimate(Question(text, (view,))) for text in
                     ("Show me places like a forest", "How many buildings are there?"))
    assert places.tiles == len(windows(view.source.grid, view.source.gsd, engine.nano.gsd_range[0]))
    assert places.bytes == 0 < plain.bytes and places.seconds > 0
    assert Assistant(engine).estimate(Question("Show me places like a forest", (view, view))).bytes > 0

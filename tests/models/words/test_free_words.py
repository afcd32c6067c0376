"""Words the rules do not know: taken for what the text tower is sure they mean, and that is said; declined else."""

from answered import Answer
from fakes import ArraySource, town

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.catalog.late_part import LatePart
from terralogue.models.conversation import Question, View
from terralogue.models.engine import Engine
from terralogue.models.language.free_words import FreeWords
from terralogue.models.language.text_tower import Meaning


class _Tower:
    """Is sure of one phrase alone."""

    def meaning(self, phrase):
        return Meaning("building", 0.9, ("building",)) if phrase == "timber lodges" else Meaning("", 0.2, ("tree",))


def _free(folder, tower=None):
    free = FreeWords(folder)
    if tower is not None:
        free._part = LatePart.of(tower)
    return free


def _ask(tmp_path, nano, text):
    engine = Engine(tmp_path, tmp_path / "cache", nano)
    engine.free_words = _free(tmp_path, _Tower())
    try:
        question = Question(text, (View(ArraySource(town())),))
        return Answer(list(Assistant(engine).ask(question, CancelToken())))
    finally:
        engine.close()


def test_a_phrase_is_answered_as_what_it_means_and_that_is_said_first(tmp_path, nano):
    answer = _ask(tmp_path, nano, "How many Timber-Lodges are there?".replace("-", " "))
    plain = _ask(tmp_path, nano, "How many buildings are there?")
    assert answer.text == f"I take “Timber Lodges” to mean buildings. {plain.text}"
    assert answer.provenance["taken"] == {"Timber Lodges": "buildings"} and "taken" not in plain.provenance


def test_what_the_tower_does_not_know_is_declined_as_before(tmp_path, nano):
    assert "I was not taught to recognise “cows”" in _ask(tmp_path, nano, "How many cows are there?").text


def test_without_its_files_nothing_is_taken_for_anything_and_the_reason_is_kept(tmp_path):
    free = _free(tmp_path)
    assert free.taken("How many timber lodges?", "timber lodges") is None and "missing" in free.reason
    (tmp_path / "nano-text.onnx").write_bytes(b"x")
    free = _free(tmp_path)
    assert free.tower is None and free.reason


def test_a_phrase_that_is_not_in_the_text_is_left_alone(tmp_path):
    assert _free(tmp_path, _Tower()).taken("How many?", "timber lodges") is None
    assert _free(tmp_path, _Tower()).taken("How many?", "") is None

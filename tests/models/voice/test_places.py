"""Places like a description, or like the one shown: the windows of a layer, ranked."""

import numpy as np
import pytest
from affine import Affine
from answered import mismatches
from fakes import ArraySource, ground, paint, town
from scripted import Speaking, scripted

from terralogue.models.assistant import Assistant
from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Question, Region, Running, View
from terralogue.models.errors import Cancelled, NothingToAnalyse, QuestionUnclear, UnknownConcept
from terralogue.models.imagery.grid import Grid
from terralogue.models.places_like import MOST_PLACES, windows
from terralogue.models.router import route


def lakes():
    """Four by three windows of 256 px, of which the second of the first row and the last one are water."""
    pixels = ground(768, 1024)
    paint(pixels, "water", (0, 256), (256, 512))
    return paint(pixels, "water", (512, 768), (768, 1024))


@pytest.mark.parametrize(("text", "like"), [
    ("Show me places like a harbour with many boats", "a harbour with many boats"),
    ("find areas similar to a forest", "a forest"),
    ("Where else does it look like this?", ""),
    ("Show me more places like this one", ""),
    ("Can you find spots that look like water?", "water"),
])
def test_questions_for_places_are_told_from_others(text, like):
    intent = route(text, False)
    assert (intent.kind, intent.like) == ("places", like)


@pytest.mark.parametrize("text", ["Show me the buildings", "Where is the water?", "What does this look like?",
                                  "Show me areas of water", "Find all trees"])
def test_other_questions_stay_what_they_are(text):
    assert route(text, False).kind != "places"


def test_places_like_something_unknown_are_declined():
    with pytest.raises(UnknownConcept):
        route("Show me places like a spaceport", False)
    with pytest.raises(QuestionUnclear):
        route("Show me places like a forest", True)


def test_places_like_a_description_are_ranked(ask):
    answer = ask("Show me places like water", ["unused"], ArraySource(lakes(), gsd=0.5))
    assert answer.facts["kind"] == "places" and mismatches(answer.facts) == []
    first, second, third = answer.facts["places"][:3]
    assert first["likeness"] == pytest.approx(second["likeness"]) and second["likeness"] > third["likeness"]
    assert sorted(row["extent"][0] for row in (first, second)) == pytest.approx([500000 + 128, 500000 + 384])
    assert first["area_m2"] == pytest.approx(128 * 128, rel=0.01)
    assert len(answer.features) == MOST_PLACES and all(0 <= f.score <= 1 for f in answer.features)
    assert "12 places" in answer.text and "not recognised" in answer.text and len(answer.links) == 1


def test_places_like_this_leave_this_out(ask):
    left = Region(((np.array([[500128, 4999872], [500256, 4999872], [500256, 5000000], [500128, 5000000],
                              [500128, 4999872]], float),),))
    answer = ask("Show me places like this", ["unused"], ArraySource(lakes(), gsd=0.5), region=left)
    assert answer.facts["looked"] == 11 and answer.facts["places"][0]["extent"][0] == pytest.approx(500384)


def test_without_a_decoder_it_is_said_why(engine):
    from answered import Answer

    question = Question("Show me places like water", (View(ArraySource(town())),))
    answer = Answer(list(Assistant(engine).ask(question, CancelToken())))
    assert "the decoder's files are missing" in answer.text and answer.provenance["declined"]


def test_cancel_and_progress_reach_every_window(engine):
    engine.speech, cancel = Speaking(scripted(["unused"])), CancelToken()
    fractions = []
    with pytest.raises(Cancelled):
        for event in Assistant(engine).ask(Question("Show me places like water", (View(ArraySource(lakes())),)), cancel):
            fractions += [event.fraction] if isinstance(event, Running) else []
            if len(fractions) == 3:
                cancel.cancel()
    assert fractions[:3] == sorted(fractions[:3])


def test_windows_without_pixels_are_skipped_and_nothing_at_all_is_an_error(ask):
    valid = np.zeros((768, 1024), bool)
    valid[:256, :512] = True
    answer = ask("Show me places like water", ["unused"], ArraySource(lakes(), valid=valid))
    assert (answer.facts["looked"], answer.facts["skipped"]) == (2, 10)
    with pytest.raises(NothingToAnalyse):
        ask("Show me places like water", ["unused"], ArraySource(lakes(), valid=valid & False, name="empty"))


@pytest.mark.parametrize(("width", "height", "gsd"), [(1, 1, 0.5), (20000, 20000, 0.3), (10, 100000, 0.5), (300, 256, None),
                                                       (4000, 3000, 0.05)])
def test_windows_cover_the_layer_and_are_never_too_many(width, height, gsd):
    found = windows(Grid(width, height, Affine.identity(), ""), gsd, 0.1)
    assert 1 <= len(found) <= 200
    covered = np.zeros((min(height, 4000), min(width, 4000)), bool)
    for window in found:
        assert 0 <= window.col and window.col + window.width <= width and window.row + window.height <= height
        covered[window.row:window.row + window.height, window.col:window.col + window.width] = True
    assert covered.all()

"""ChangeChat's canonical records: what is written is read back, also after DeltaVLM's processor, and says what it should."""

import random

import pytest

from terralogue.models.language import changechat as chat
from terralogue.models.language.changechat import ROADS_AND_BUILDINGS as LEVIR
from terralogue.models.language.changechat import Kind
from terralogue.models.metrics.tokens import deltavlm_words

ROADS, BUILDINGS = LEVIR
WATER = (Kind("water", "waters"), Kind("water tank", "water tanks"), Kind("patch of trees", "patches of trees"))


def test_the_wordings_are_those_of_the_data_set():
    assert chat.how_many(LEVIR) == "Please determine how many roads and buildings have changed?"
    assert chat.where(LEVIR) == (
        "Please indicate the locations where changes have occurred in the buildings and roads, using a 3x3 grid (namely, "
        "'top', 'center', and 'bottom' vertically and 'left', 'center', 'right' horizontally).")
    assert chat.count_separately(LEVIR) == (
        "If changes have occurred, count the number of road and building changes separately.")
    assert chat.cells({ROADS: {0, 4}, BUILDINGS: set()}) == "roads: ['top-left', 'center-center']. buildings: []."
    assert chat.counted_separately({ROADS: 0, BUILDINGS: 0}) == "No roads has changed, and no buildings has changed."
    assert chat.counts({ROADS: 0, BUILDINGS: 0}) == "There are no changes in roads or buildings."
    assert chat.counts({ROADS: 2, BUILDINGS: 1}) == "There are 2 new roads and 1 new building."
    assert (chat.yes_no(True), chat.yes_no(False)) == ("Yes", "No")


def test_the_zero_forms_of_the_data_set_are_read():
    for said in ("There are no changes in roads or buildings", "there are no new roads or buildings"):
        assert chat.read_counts(said, LEVIR) == {ROADS: 0, BUILDINGS: 0}
    assert chat.read_counts("No roads has changed, and 3 buildings have changed.", LEVIR) == {ROADS: 0, BUILDINGS: 3}
    assert chat.read_counts("The scene is the same as before.", LEVIR) == {ROADS: None, BUILDINGS: None}


@pytest.mark.parametrize("kinds", [LEVIR, LEVIR[1:], WATER], ids=["roads and buildings", "one class", "names within names"])
def test_a_thousand_records_are_read_back(kinds):
    rng = random.Random(4)
    for number in range(1000):
        many = {kind: rng.choice((0, 0, 1, 2, 17)) for kind in kinds}
        gone = {kind: rng.choice((0, 1, 5)) for kind in kinds}
        held = {kind: frozenset(rng.sample(range(9), rng.choice((0, 1, 3, 9)))) for kind in kinds}
        changed = bool(rng.getrandbits(1))
        turns = (
            (chat.JUDGE, chat.yes_no(changed)), (chat.how_many(kinds), chat.counts(many)),
            (chat.how_many(kinds), chat.counts(gone, "removed")), (chat.count_separately(kinds), chat.counted_separately(many)),
            (chat.where(kinds), chat.cells(held)),
        )
        entry = chat.record(str(number), ("A/1.png", "B/1.png"), changed, turns)
        assert entry["changeflag"] == int(changed) and entry["conversations"][0]["value"].startswith("<image> <image> ")
        read = chat.turns_of(entry)
        assert read == turns
        for said in (tuple(answer for _, answer in read), tuple(" ".join(deltavlm_words(answer)) for _, answer in read)):
            assert chat.read_yes_no(said[0]) is changed
            assert chat.read_counts(said[1], kinds) == many
            assert chat.read_counts(said[2], kinds, "removed") == gone
            assert chat.read_counts(said[3], kinds) == many
            assert chat.read_cells(said[4], kinds) == held
        assert chat.read_counts(" ".join((turns[1][1], turns[2][1])), kinds) == many or not any(many.values())


@pytest.mark.parametrize(
    "forms", [("Road", "roads"), ("road", "roads and paths"), ("", "roads"), ("a]", "b"), ("new road", "roads")]
)
def test_a_class_that_could_not_be_read_back_is_refused(forms):
    with pytest.raises(ValueError):
        Kind(*forms)


def test_what_is_no_record_is_refused():
    with pytest.raises(ValueError, match="no cell"):
        chat.read_cells("roads: ['middle']. buildings: [].", LEVIR)
    with pytest.raises(ValueError, match="in turn"):
        chat.turns_of({"conversations": [{"from": "gpt", "value": "Yes"}]})
    with pytest.raises(ValueError, match="never negative"):
        chat.counts({ROADS: -1})
    with pytest.raises(ValueError, match="two classes"):
        chat.read_cells("", (ROADS, Kind("roads", "streets")))
    assert chat.read_yes_no("Maybe") is None

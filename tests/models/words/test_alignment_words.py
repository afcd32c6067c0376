"""How two dates were laid on each other, in words: said where it matters, read back, and contradicted by other facts."""

import copy

import pytest

from terralogue.models.imagery.radiometry import Light
from terralogue.models.imagery.registration import Shift
from terralogue.models.language.claims.judging import judge_changes
from terralogue.models.language.composing.alignment import alignment_sentences
from terralogue.models.language.units import Units
from terralogue.models.maps.alignment import Alignment

MOVED = Shift(-1.5, 2.0, 0.8, (0.1, 0.4), True)


def facts(gsd=0.5, **found):
    return {"kind": "pair", "gsd": gsd, "covers": {}, "alignment": Alignment(gsd=gsd, **found).facts()}


def verdicts(sentence, about):
    return {judged.verdict for judged in judge_changes(sentence, about)}


@pytest.mark.parametrize(("found", "detail", "said"), [
    ({}, "detailed", []),
    ({"shift": MOVED}, "brief", ["The “after” image lay 2.5 pixels (1.2 m) beside the other and was moved onto it."]),
    ({"shift": MOVED, "moved": 0, "gsd": None}, "brief", [
        "The “before” image lay 2.5 pixels beside the other and was moved onto it."]),
    ({"shift": MOVED, "light": Light(0, 1.4, 0.8, True)}, "detailed", [
        "The “after” image lay 2.5 pixels (1.2 m) beside the other and was moved onto it, and the light of the two was "
        "matched."]),
    ({"shift": Shift(-1.5, 2.0, 0.1), "light": Light(0, 1.4, 0.8, True)}, "brief", []),
    ({"light": Light(0, 1.4, 0.8, True)}, "detailed", ["The light of the two images was matched."]),
    ({"grey": True}, "brief", ["One image has no colour, so both were compared in grey."]),
    ({"native_gsd": (0.3, 10.0), "gsd": 10.0}, "brief", [
        "The “before” image was averaged from 0.3 m to 10 m a pixel, since the “after” image is no finer."]),
    ({"native_gsd": (0.5, 0.6)}, "brief", []),
    ({"overlap": (0.4, 0.125)}, "detailed", ["The images share 40 % of “before” and 12 % of “after”."]),
    ({"overlap": (0.9, 0.1)}, "detailed", []),
])
def test_what_was_done_is_said_where_it_matters_and_agrees_with_the_facts(found, detail, said):
    about = facts(**found)
    assert alignment_sentences(about, Units(), detail) == said
    for sentence in said:
        assert verdicts(sentence, about) == {"supported"}
        assert verdicts(sentence, facts()) == {"contradicted"}


def test_another_shift_and_the_other_date_are_contradicted():
    about = facts(shift=MOVED)
    (sentence,) = alignment_sentences(about, Units(), "brief")
    other = copy.deepcopy(about)
    other["alignment"]["shift"]["pixels"] = 1.9
    assert verdicts(sentence, other) == {"contradicted"}
    assert verdicts(sentence.replace("after", "before"), about) == {"contradicted"}


def test_facts_of_an_earlier_version_have_nothing_to_say():
    assert alignment_sentences({"kind": "pair", "gsd": 0.5}, Units(), "detailed") == []

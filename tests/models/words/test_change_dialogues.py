"""A thousand dialogues about random changes: every number, cell and class in every answer is that of the emitted polygons."""

import random
from collections import Counter

import pytest
from answered import mismatches, unfounded
from random_pairs import RandomPair, answers, kind_of

from terralogue.models.language import changechat
from terralogue.models.language.claims.checked_pair import AGREES
from terralogue.models.language.claims.judging import judge_changes

PAIRS, DIALOGUES = 40, 25
THINGS = ("buildings", "trees", "water", "paved ground", "bare ground", "low vegetation", "roads", "vegetation", "forest")
CAME = ("added", "new", "gained")
WENT = ("removed", "lost", "gone")
SIDES = ("north", "south", "west", "east", "north-west", "south-east", "centre")
SIZES = ("larger than 20 m²", "larger than 50 m²", "smaller than 40 m²", "bigger than 0.01 ha", "at least 100 m2")
OPENED = (
    "What changed?", "Did anything change?", "Are the two images the same?", "Describe the changes in detail.",
    "How many changes are there?", "Where did it change?", "What is the largest change?", "Which cover lost the most?",
    "Which cover gained the most?", "Which class changed most?", "What disappeared?", "What was added?", "Did nothing change?",
    "How many hectares changed?", "List the transitions.", "Please briefly describe the changes in these two images.",
    changechat.JUDGE, changechat.how_many(changechat.ROADS_AND_BUILDINGS), changechat.where(changechat.ROADS_AND_BUILDINGS),
    "In which cells of the 3x3 grid did something change?", "How much of the region changed?", "What was built?",
    "Was anything demolished?", "Was nothing removed?", "Did anything disappear?",
    "Outline the changes", "Show me what changed in the {side}", "What changed in the {side}?",
    "How many {things} were {came}?", "How many {things} were {went}?", "How many {things} changed?", "Were {things} {came}?",
    "Were any {things} {went}?", "Where were {things} {came}?", "How much {things} was {went}?", "What happened to the {things}?",
    "What did the {things} become?", "Is there more {things} than before?", "Is there less {things} than before?",
    "Did the {things} grow?", "Is the {things} still there?", "Show the new {things}", "Which {things} are new?",
    "How did the {things} change?", "What was there before the new {things}?", "How much {things} was {came} in the {side}?",
    "How many {things} {size} were {came}?", "What replaced the {things}?", "Have the {things} changed?",
    "In which cells were {things} {went}?", "What is the largest of the new {things}?", "How many acres of {things} were {went}?",
)
GOES_ON = (
    "how many of those are {size}?", "show only the {side}", "what was there before?", "and the {things}?",
    "which one is the largest?", "which one is the smallest?", "how much in hectares?", "where?", "where are they?", "how many?",
    "and in the {side}?", "and the second largest?", "what about {things}?", "only those {size}", "how many in all?",
    "everything", "what did they become?", "how large is it?", "show them", "in detail please", "and removed?", "and added?",
    "in which cells?", "how much is that in acres?", "what is their total area?", "did anything change there?",
    changechat.count_separately(changechat.ROADS_AND_BUILDINGS), changechat.IN_DETAIL,
)


def dialogue(rng):
    """Two to four questions; the first names what it is about."""
    said = [rng.choice(OPENED), *(rng.choice(GOES_ON) for _ in range(rng.randint(1, 3)))]
    return [text.format(things=rng.choice(THINGS), came=rng.choice(CAME), went=rng.choice(WENT), side=rng.choice(SIDES),
                        size=rng.choice(SIZES)) if "{" in text else text for text in said]


@pytest.mark.parametrize("number", range(PAIRS))
def test_words_and_layer_never_contradict_each_other(number):
    pair, rng = RandomPair(number, kind_of(number)), random.Random(number)
    declined = 0
    for _ in range(DIALOGUES):
        for question, answer in answers(pair, dialogue(rng)):
            if answer.facts["kind"] == "declined":
                declined += 1
                continue
            facts = pair.rebuilt(answer.facts, answer.features)
            judged = judge_changes(answer.text, facts)
            assert judged and {one.verdict for one in judged} == {"supported"}, (question, answer.text, [
                (one.sentence, one.verdict, one.reason) for one in judged if one.verdict != "supported"])
            assert unfounded(answer.text, facts) == [], (question, answer.text)
            assert answer.provenance["voice"] == f"composed sentences ({AGREES})", question
            if kind_of(number) == "same":
                assert answer.features == () and facts["changed"]["count"] == 0
            for link in answer.links:
                assert link.words in answer.text and max(link.features) < len(answer.features)
    assert declined <= DIALOGUES // 5


def test_the_dialogues_reach_every_kind_of_question_and_narrowing():
    seen = Counter()
    for number in range(2, 8):
        pair, rng = RandomPair(number), random.Random(number)
        for _ in range(DIALOGUES):
            for _, answer in answers(pair, dialogue(rng)):
                focus = answer.facts.get("focus")
                assert mismatches(answer.facts) == []
                if focus is not None:
                    seen[focus["intent"]] += 1
                    seen.update(key for key in ("direction", "min_area_m2", "max_area_m2", "cells", "rank") if focus[key])
                    seen["some" if answer.features else "none"] += 1
    wanted = {"changed", "describe", "count", "where", "area", "transitions", "segment", "direction", "min_area_m2",
              "max_area_m2", "cells", "rank", "some", "none"}
    assert {key for key, times in seen.items() if times >= 3} >= wanted, seen


@pytest.mark.parametrize(
    "question", ["What changed?", "Did anything change?", "Describe the changes in detail.", changechat.JUDGE]
)
def test_the_same_image_twice_is_said_not_to_have_changed(question):
    pair = RandomPair(5, "same")
    ((_, answer),) = answers(pair, [question])
    assert "I see no change between the two dates." in answer.text and answer.features == ()
    assert not answer.text.startswith("Yes")

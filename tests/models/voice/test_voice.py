"""The decoder speaks: what is true is said, what is not never reaches the user, and provenance tells what happened."""

import pytest
from fakes import ArraySource, paint, park, town
from scripted import scripted

from terralogue.models.conversation import Text
from terralogue.models.language.units import Units

COUNT = "How many buildings are there?"


def test_true_sentences_are_said_with_figures_from_facts(ask):
    answer = ask(COUNT, ["I count <n:building> buildings. Most of them stand in the <cell:building>."])
    assert answer.text.startswith("I count 12 buildings. Most of them stand in the north-west.")
    told = answer.provenance["voice"]
    assert (told["supported"], told["composed"], told["retried"], told["rewrite_rate"]) == (2, 0, 0, 0.0)
    assert told["model"] == "scripted" and told["expert"] == "" and told["picture"] and told["tokens"] > 10
    assert [link.words for link in answer.links] == ["12 buildings"] and len(answer.features) == 12


def test_caveats_stay_whoever_speaks(ask):
    answer = ask(COUNT, ["I count <n:building> buildings."])
    assert "Roofs that touch count as one." in answer.text and "On places it never saw" in answer.text


@pytest.mark.parametrize("lie", [
    "I count 40 buildings.",
    "There are 11 buildings.",
    "There are no buildings here.",
    "No, I see no buildings.",
    "I count <n:building> buildings and 3 castles.",
    "The buildings stand in the south-east.",
    "I count <n:building> buildings for <b>free</b>.",
    "The password is swordfish.",
    "I count <n:building> buildings.\u202e",
    "\x00\x01",
    "<n:building>",
    "42",
    "yes",
    "[theme] [SEG] [RET]",
    "",
])
def test_a_lying_decoder_never_reaches_the_user(ask, lie):
    answer = ask(COUNT, [lie])
    assert answer.text.startswith("I count 12 buildings."), answer.text
    told = answer.provenance["voice"]
    assert told["composed"] >= 1 and told["supported"] == 0 and told["rewrite_rate"] == 1.0 and told["reasons"]


def test_a_refused_sentence_is_written_once_more_and_then_said(ask):
    answer = ask(COUNT, ["There are 40 buildings.", "I count <n:building> buildings."])
    assert answer.text.startswith("I count 12 buildings.")
    told = answer.provenance["voice"]
    assert (told["retried"], told["supported"], told["composed"]) == (1, 1, 0)
    assert any("there are 12" in reason for reason in told["reasons"])


def test_what_is_true_but_no_answer_gives_way_to_one(ask):
    answer = ask(COUNT, ["The water lies in the <cell:water>."])
    assert answer.text.startswith("I count 12 buildings.") and "water" not in answer.text


def test_a_true_beginning_is_kept_and_a_lie_after_it_dropped(ask):
    answer = ask(COUNT, ["I count <n:building> buildings. There are 3 ships in the harbour."])
    assert answer.text.startswith("I count 12 buildings. Roofs that touch") and "ships" not in answer.text
    assert answer.provenance["voice"]["dropped"] == 1


def test_each_thing_asked_about_must_be_answered(ask):
    half = ask("Are there more trees than buildings?", ["The buildings cover <share:building> of the ground."])
    assert half.text.startswith("Trees cover more ground than buildings")
    whole = ask("Do the trees cover more ground than the buildings?",
                ["Yes, trees cover <share:tree> of the ground and buildings <share:building>."])
    assert whole.text.startswith("Trees cover 5 % of the ground and buildings 3.2 %."), whole.text


def test_a_wrong_yes_or_no_is_refused(ask):
    assert ask("Is there any paved ground?", ["Yes, there is paved ground."]).text == "No, I see no paved ground here."
    assert ask("Is there any water?", ["No."]).text.startswith("Yes: water covers")
    assert ask("Is there any water?", ["Yes, I see water in the <cell:water>."]).text.startswith(
        "Yes, I see water in the south-east.")


def test_nothing_is_said_twice(ask):
    answer = ask(COUNT, ["I count <n:building> buildings. I count <n:building> buildings. I count <n:building> buildings."])
    assert answer.text.count("I count") == 1


def test_an_endless_answer_ends(ask):
    answer = ask(COUNT, lambda asked, expert: ["I count <n:building> buildings" + ", buildings" * 400])
    assert answer.text.startswith("I count 12 buildings") and len(answer.text) < 600


def test_a_description_that_fails_midway_is_completed(ask):
    answer = ask("What is here?", ["This looks like a residential area. There are 99 buildings."])
    assert "99" not in answer.text and "low vegetation" in answer.text.lower()
    assert answer.provenance["voice"]["composed"] >= 1


def test_areas_are_said_in_the_units_that_were_chosen(ask):
    answer = ask("What area do the trees cover?", ["The trees cover <area:tree>."], units=Units("imperial"))
    assert "sq ft" in answer.text or "acres" in answer.text
    assert answer.provenance["voice"]["supported"] == 1


def test_parts_sizes_and_ranks_are_left_to_the_figures(ask):
    for text in ("How many buildings are there in the north?", "Which is the largest building?", "Segment the trees",
                 "What objects are there?", "How large is this region?"):
        answer = ask(text, ["I count <n:building> buildings."])
        assert answer.provenance["voice"].startswith("composed sentences ("), text


def test_an_uncertain_number_is_said_with_about(ask, nano):
    pixels = town()
    for i in range(8):  # as likely buildings as not
        paint(pixels, "building", (120 + 20 * (i % 4), 132 + 20 * (i % 4)), (200 + 30 * (i // 4), 216 + 30 * (i // 4)))
        pixels[:, 120 + 20 * (i % 4):132 + 20 * (i % 4), 200 + 30 * (i // 4):216 + 30 * (i // 4)] = [[[178]], [[92]], [[88]]]
    answer = ask(COUNT, ["I count <n:building> buildings."], ArraySource(pixels))
    wide = answer.facts["covers"]["building"]["about"]
    assert wide == ("about" in answer.text)


def test_single_things_are_counted_in_words_too(ask):
    pixels = park(town(), "boat", [(150, 300), (150, 340), (180, 300)])
    answer = ask("How many boats are there?", ["There are <n:boat> boats."], ArraySource(pixels, gsd=0.3))
    assert answer.text.startswith("There are 3 boats.") and answer.provenance["voice"]["supported"] == 1


def test_sentences_come_one_by_one_while_the_decoder_goes_on(engine):
    from scripted import Speaking

    from terralogue.models.assistant import Assistant
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import Question, View

    voice = scripted(["I count <n:building> buildings. They stand in the <cell:building>. "
                      "The water lies in the <cell:water>."])
    seen = []
    voice.session.on_run = lambda session: seen.append(session.runs)
    engine.speech = Speaking(voice)
    runs = []
    for event in Assistant(engine).ask(Question(COUNT, (View(ArraySource(town())),)), CancelToken()):
        if isinstance(event, Text):
            runs.append((event.text.strip(), voice.session.runs))
    assert [text for text, _ in runs[:3]] == [
        "I count 12 buildings.", "They stand in the north-west.", "The water lies in the south-east."]


def test_experts_answer_questions_only_with_a_request_of_the_users_and_unless_they_are_switched_off(ask):
    told = []

    def script(asked, expert):
        told.append((asked.split("[FACTS]")[0].strip().split("]")[0], expert))
        return ["I count <n:building> buildings."]
    ask(COUNT, script)
    assert told[-1] == (COUNT, -1)
    ask(COUNT, script, requests={"objects": "Be brief."})
    assert told[-1] == ("[objects", 1)
    ask(COUNT, scripted(script, experts=False), requests={"objects": "Be brief."})
    assert told[-1][1] == -1


def test_a_request_of_the_user_goes_before_the_question(ask):
    told = []

    def script(asked, expert):
        told.append(asked.split("[FACTS]")[0].strip())
        return ["I count <n:building> buildings."]
    ask(COUNT, script, requests={"objects": "Be brief."})
    assert told[-1] == f"[objects] Be brief. {COUNT}"


def test_nothing_is_said_to_lie_beside_itself(ask):
    answer = ask("Describe this place", ["The largest building lies to the north of the largest building."])
    assert "building lies to the north of" not in answer.text and answer.provenance["voice"]["hedged"] == 0

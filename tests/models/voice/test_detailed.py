"""The detailed caption: three experts, parts that can be shown by themselves, each sentence checked."""

from fakes import ArraySource, town
from scripted import scripted

from terralogue.models.conversation import Part

TRUE = {
    "[theme]": "This looks like a residential area. The trees cover <share:tree> of the ground.",
    "[objects]": "There are <n:building> buildings. They stand in the <cell:building>.",
    "[relations]": "There are more buildings than trees: the buildings lie in the <cell:building>.",
}


def told(asked):
    return next(word for word in TRUE if asked.strip().startswith(word))


def test_three_experts_write_three_parts(ask):
    seen = []

    def script(asked, expert):
        seen.append((told(asked), expert))
        return [TRUE[told(asked)]]
    answer = ask("Describe this place", script, detail="detailed")
    parts = {event.name: event.text for event in answer.events if isinstance(event, Part)}
    assert set(seen) == {("[theme]", 0), ("[objects]", 1), ("[relations]", 2)}
    assert parts["theme"] == "This looks like a residential area. The trees cover 5 % of the ground."
    assert parts["objects"] == "There are 12 buildings. They stand in the north-west."
    assert all(text in answer.text for text in parts.values())
    assert answer.provenance["voice"]["expert"] == "theme, objects, relations"


def test_a_lying_part_is_composed_and_the_others_stay(ask):
    def script(asked, expert):
        return ["There are 77 buildings."] if told(asked) == "[objects]" else [TRUE[told(asked)]]
    answer = ask("Describe this place", script, detail="detailed")
    parts = {event.name: event.text for event in answer.events if isinstance(event, Part)}
    assert "77" not in answer.text and "12 buildings" in parts["objects"]
    assert parts["theme"].startswith("This looks like a residential area.")
    assert 0 < answer.provenance["voice"]["rewrite_rate"] < 1


def test_a_lie_is_written_again_by_the_same_expert(ask):
    def script(asked, expert):
        lies = ["There are 77 buildings."] if told(asked) == "[objects]" else []
        return [*lies, TRUE[told(asked)].replace("There are", "I count") if lies else TRUE[told(asked)]]
    answer = ask("Describe this place", script, detail="detailed")
    parts = {event.name: event.text for event in answer.events if isinstance(event, Part)}
    assert parts["objects"].startswith("I count 12 buildings") and answer.provenance["voice"]["retried"] >= 1


def test_requests_of_experts_can_be_changed(ask):
    seen = set()

    def script(asked, expert):
        seen.add(asked.split("[FACTS]")[0].strip())
        return [TRUE[told(asked)]]
    ask("Describe this place", script, detail="detailed", requests={"theme": "Is it green?"})
    assert "[theme] Is it green?" in seen and any(text.startswith("[objects] Say which objects") for text in seen)


def test_without_experts_the_shared_weights_write_all_parts(ask):
    seen = set()

    def script(asked, expert):
        seen.add(expert)
        return [TRUE[told(asked)]]
    answer = ask("Describe this place", scripted(script, experts=False), detail="detailed")
    assert seen == {-1} and [event.name for event in answer.events if isinstance(event, Part)][:2] == ["theme", "objects"]


def test_composed_descriptions_have_parts_too_and_words_as_they_were(engine):
    from answered import Answer

    from terralogue.models.assistant import Assistant
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import Question, View

    question = Question("Describe this place", (View(ArraySource(town())),), (), "detailed")
    answer = Answer(list(Assistant(engine).ask(question, CancelToken())))
    parts = {event.name: event.text for event in answer.events if isinstance(event, Part)}
    assert "12 buildings" in parts["objects"] and "12 buildings" in answer.text
    assert answer.provenance["voice"] == "composed sentences (the decoder's files are missing)"

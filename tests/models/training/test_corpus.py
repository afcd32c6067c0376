"""What the decoder learns from: only answers, no figure that could not be read, the very form that prompts have."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "datasets"))
from drawn_chips import drawn_chips  # noqa: E402

from terralogue.models.datasets.chip import Dialogue, Turn  # noqa: E402
from terralogue.models.datasets.chip_facts import chip_facts  # noqa: E402
from terralogue.models.datasets.slots import fill  # noqa: E402
from terralogue.models.language import bpe, decoding, prompting  # noqa: E402
from terralogue.models.language.recalling import recalled  # noqa: E402
from terralogue.models.training import corpus  # noqa: E402

CODER = bpe.learn(["How many buildings are there? There are <n:building> buildings, north 3 5%."] * 3, 320)


@pytest.fixture(scope="module")
def chips():
    return drawn_chips(3, 8)


@pytest.fixture(scope="module")
def made(chips):
    return corpus.corpus(chips, CODER, np.random.default_rng(0), tokens=4)


def _parts(example):
    """(learnt, text) of the runs of one sequence."""
    edges = np.flatnonzero(np.diff(example.learn)) + 1
    return [(bool(learn[0]), CODER.decode(ids)) for ids, learn in
            zip(np.split(example.ids.astype(int), edges), np.split(example.learn, edges))]


def test_only_answers_and_their_ends_are_learnt(made):
    for example in made.only(pairs=False).examples:
        for learn, text in _parts(example):
            assert learn != text.endswith("[A]") and (learn or not text.startswith("[SEG]"))
        ends = example.ids[example.learn][-1]
        assert ends == decoding.STOP and example.ids[0] == CODER.id("<bos>")
        assert (example.ids == CODER.id("[A]")).sum() == (example.ids == decoding.STOP).sum()


def test_every_figure_of_an_answer_is_a_slot_or_can_be_read_before_it(made):
    number = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
    for example in made.only(pairs=False).examples:
        read = ""
        for learn, text in _parts(example):
            if learn:
                assert set(number.findall(re.sub(r"<\w+:[^>]+>", "", text))) <= set(number.findall(read)), text
            else:
                read += text


def test_boxes_are_not_spelt(made):
    answers = [text for example in made.examples for learn, text in _parts(example) if learn]
    assert not any("{<" in text for text in answers) and any("[SEG]" in text for text in answers)


def test_a_prompt_is_what_a_sequence_opened_with_and_a_second_turn_only_appends(chips):
    chip = chips[0]
    facts = chip_facts(chip)
    turns = (Turn("Is there water?", "yes", "presence"), Turn("[vqa] And where?", "in the <cell:water>", "position"))
    example = corpus.example(Dialogue((chip.name,), turns), CODER, [facts], 4)
    image = decoding.Image("a", np.zeros((4, 10), np.float32))
    asked = [prompting.asked_ids(CODER, turn.question, recalled(facts, turn.question))[0] for turn in turns]
    first = prompting.prompt(CODER, [prompting.View(image, facts)], asked[0])
    history = [prompting.Exchange(asked[0], prompting.answered_ids(CODER, "yes"))]
    second = prompting.prompt(CODER, [prompting.View(image, facts)], asked[1], history)
    ids = example.ids.tolist()
    assert ids[:len(first.ids)] == list(first.ids) and ids[:len(second.ids)] == list(second.ids)
    assert len(first.ids) < len(second.ids) and second.images == (image,)


def test_an_answer_with_a_figure_nobody_gave_ends_the_sequence_before_it(chips):
    turns = (Turn("How many?", "<n:building>", "count"), Turn("How dense?", "12345.6 per hectare", "density"))
    whole = corpus.example(Dialogue((chips[0].name,), turns), CODER, [chip_facts(chips[0])], 0)
    assert CODER.decode(whole.ids).endswith("<n:building>") and "dense" not in CODER.decode(whole.ids)
    assert corpus.example(Dialogue((chips[0].name,), turns[1:]), CODER, None, 0) is None


def test_half_of_the_facts_are_predicted_a_quarter_true_and_a_quarter_left_out(chips):
    wrong = {chip.name: {**chip_facts(chip), "scenes": [{"word": "zebra crossing", "probability": 1.0}]} for chip in chips}
    found = corpus.corpus(chips, CODER, np.random.default_rng(1), tokens=4, predicted=wrong).only(pairs=False)
    texts = [CODER.decode(example.ids) for example in found.examples if len(example.views) == 1]
    none = np.mean(["[FACTS]" not in text for text in texts])
    predicted = np.mean(["[FACTS]zebra crossing" in text for text in texts])
    # What cannot be answered without facts is left out there, so a little less than a quarter has none.
    assert 0.1 < none < 0.3 and 0.4 < predicted < 0.65 and none + predicted < 0.9
    alone = corpus.corpus(chips, CODER, np.random.default_rng(1), tokens=0).only(pairs=False)
    assert all("[FACTS]" in CODER.decode(example.ids) and not example.views for example in alone.examples)


def test_parts_of_a_caption_go_to_their_experts(made):
    for index, expert in enumerate(prompting.EXPERTS):
        chosen = [example for example in made.examples if example.expert == index]
        assert chosen and all(f"[Q]{expert.word}" in CODER.decode(example.ids) for example in chosen)


def test_a_caption_for_retrieval_is_in_figures_and_only_its_end_is_learnt(made, chips):
    pairs = made.only(pairs=True).examples
    assert len(pairs) == len({example.pair for example in pairs}) > 4
    for example in pairs:
        assert example.learn.sum() == 1 and example.ids[example.learn][0] == CODER.id("[RET]")
        assert "<n:" not in CODER.decode(example.ids) and example.claims <= made.has[example.pair]
        for label, number in example.claims - {c for c in example.claims if c[0] == "scene"}:
            assert number in CODER.decode(example.ids), label


def test_every_image_token_has_its_place(made):
    image = CODER.id("[IMG]")
    assert all((example.ids == image).sum() == 4 * len(example.views) for example in made.examples)
    assert any(len(example.views) == 2 for example in made.examples)


def test_a_batch_is_of_like_lengths_and_the_same_for_the_same_seed(made):
    batch = made.draw(np.random.default_rng(4), 2000)
    again = made.draw(np.random.default_rng(4), 2000)
    assert np.array_equal(batch.ids, again.ids) and len(set(batch.which.tolist())) == len(batch.which)
    assert not batch.learn[batch.ids == 0].any() and batch.ids.shape == batch.learn.shape
    assert (batch.ids == 0).mean() < 0.4


def test_a_corpus_comes_back_from_its_file(made, tmp_path):
    made.save(tmp_path / "corpus.npz")
    found = corpus.Corpus.load(tmp_path / "corpus.npz")
    assert found.has == made.has
    for a, b in zip(made.examples, found.examples):
        assert np.array_equal(a.ids, b.ids) and np.array_equal(a.learn, b.learn)
        assert (a.views, a.expert, a.task, a.pair, a.claims) == (b.views, b.expert, b.task, b.pair, b.claims)


def test_training_and_validation_share_no_wording(chips):
    def asked(part):
        found = corpus.every_dialogue(chips[:3], np.random.default_rng(0), part)
        return {turn.question for dialogue in found for turn in dialogue.turns if turn.task == "presence"}
    assert not asked("train") & asked("validation")


@pytest.mark.parametrize("number, said", [(0, "0"), (99, "99"), (100, "100+"), (199, "100+"), (200, "200+"), (999, "500+"),
                                          (1234, "1000+"), (5001, "5000+")])
def test_large_numbers_are_told_by_their_bucket(number, said):
    assert prompting.bucket(number) == said


def test_shares_are_told_roughly():
    assert [prompting.percent(v) for v in (0.004, 0.01, 0.094, 0.1, 0.42, 1.0)] == ["<1%", "1%", "9%", "10%", "40%", "100%"]


def test_slots_can_be_filled_whenever_their_label_is_offered(chips):
    for chip in chips:
        facts = chip_facts(chip)
        for kind, labels in prompting.slot_labels(facts).items():
            for label in labels:
                assert "<" not in fill(f"<{kind}:{label}>", facts).replace("less than", "")


def test_questions_lose_what_is_no_writing_and_are_cut():
    ids, cut = prompting.asked_ids(CODER, "[vqa] how\x00 many \u202ebuildings\n here [A] <eos>?")
    assert CODER.decode(ids) == "[vqa] how many buildings here [A] <eos>?" and not cut
    assert ids[0] == CODER.id("[vqa]") and not {CODER.id("[A]"), CODER.id("<eos>")} & set(ids)
    ids, cut = prompting.asked_ids(CODER, "why " * 300_000)
    assert cut and len(ids) == prompting.ASKED_TOKENS
    assert prompting.asked_ids(CODER, "") == ((), False)


def test_the_oldest_turns_go_first_when_a_dialogue_grows_too_long(chips):
    view = prompting.View(None, chip_facts(chips[0]))
    history = [prompting.Exchange((40 + i,) * 60, (90,) * 20) for i in range(9)]
    found = prompting.prompt(CODER, [view], (40,) * 30, history)
    assert len(found.ids) <= prompting.CONTEXT and 48 in found.ids and 41 not in found.ids


def test_some_questions_go_to_an_expert_and_open_with_its_word(made):
    asked = [example for example in made.examples if example.task in ("presence", "count", "relation", "scene")]
    given = [example for example in asked if example.expert != corpus.NO_EXPERT]
    assert 0 < len(given) < len(asked) / 2
    for example in given:
        questions = [text for learn, text in _parts(example) if not learn]
        assert all(f"[Q]{prompting.EXPERTS[example.expert].word}" in text.replace(" ", "") for text in questions)

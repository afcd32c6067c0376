"""Writing token by token: what is kept equals what would be read again, constraints hold, cancelling works at any token."""

import itertools

import numpy as np
import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled, ModelMissing, ModelUnreadable
from terralogue.models.language import bpe, constraints, decoder, decoding, sentences
from terralogue.models.language.decoding import Conversation, Image, Prompt, Sampling

TEXT = ["How many storage tanks are there? There are <n:building> buildings.", "yes", "no", "Is there any water here?"] * 3
EXPERTS = 3


class CountingSession:
    """In place of a graph: the likeliest next token follows from every position that counts, its place and the expert."""

    def __init__(self):
        self.runs, self.positions, self.on_run = 0, 0, None

    def run(self, feeds, cancel=None):
        if self.on_run:
            self.on_run(self)
        self.runs += 1
        embeds, past, seen = feeds["embeds"], feeds["key.0"][:, 0], feeds["seen"]
        n, new, width = embeds.shape
        self.positions += new
        kept = embeds.copy()
        kept[..., 2] = feeds["positions"]
        logits = np.zeros((n, new, bpe.VOCABULARY), np.float32)
        hidden = np.zeros((n, new, width), np.float32)
        for row, step in itertools.product(range(n), range(new)):
            read = np.concatenate([past[row][seen[row]], kept[row, :step + 1]])
            total = int(((read[:, 0] * 64 + read[:, 1]) * (read[:, 2] + 1)).sum()) + 7 * int(feeds["expert"][row])
            logits[row, step] = -np.abs(np.arange(bpe.VOCABULARY) - total % 300) / 20
            hidden[row, step, 0] = total
        return [logits, hidden, np.stack([kept, kept])[None, :, :, None].astype(np.float32)]


@pytest.fixture
def made():
    coder = bpe.learn(TEXT, 300)
    ids = np.arange(bpe.VOCABULARY)
    weights = {"table/codes": np.stack([ids // 64, ids % 64, ids * 0, ids * 0], 1).astype(np.int8),
               "table/scale": np.ones(bpe.VOCABULARY, np.float32), "shape": np.array([1, 1, 4, EXPERTS], np.int32),
               "bridge/linear.weight": np.ones((4, 2), np.float16), "bridge/linear.bias": np.zeros(4, np.float16),
               "bridge/place": np.arange(12).reshape(3, 4).astype(np.float16) ** 2,
               "bridge/norm.weight": np.full(4, 8, np.float16), "bridge/norm.bias": np.full(4, 30, np.float16),
               "image/weight": np.ones((5, 2), np.float16)}
    return decoder.Decoder(CountingSession(), weights, coder)


def _written(made, prompt, conversation=None, **how):
    return [token.id for token in decoding.generate(conversation or Conversation(made), prompt, Sampling(**how))]


def _prompt(made, text="How many storage tanks are there?"):
    return Prompt(tuple(made.coder.encode(text)))


def test_a_second_turn_reads_only_what_is_new_and_writes_the_same(made):
    first = _prompt(made)
    conversation = Conversation(made)
    answer = _written(made, first, conversation, most=110, stop=())
    second = Prompt((*first.ids, *answer, decoding.STOP, *made.coder.encode("Is there any water?")))
    made._session.positions = 0
    kept = _written(made, second, conversation, most=1, stop=())
    assert made._session.positions == len(second.ids) - len(first.ids) - len(answer) + 1
    assert kept == _written(made, second, most=1, stop=())
    assert len(second.ids) > 2 * decoding.CHUNK


def test_what_differs_from_what_was_read_is_forgotten(made):
    conversation = Conversation(made)
    _written(made, _prompt(made), conversation, most=20, stop=())
    other = _prompt(made, "How many storage things?")
    assert _written(made, other, conversation, most=30, stop=()) == _written(made, other, most=30, stop=())


def test_another_view_is_read_anew_though_its_words_are_the_same(made):
    image = made.coder.id("[IMG]")
    tokens = np.random.default_rng(0).random((2, 3, 2))
    prompts = [Prompt((1, image, image, image, 40, 41), (Image(str(i), tokens[i]),)) for i in range(2)]
    conversation = Conversation(made)
    conversation.read(prompts[0])
    assert conversation.read(prompts[0])[1] == 1
    assert conversation.read(prompts[1])[1] == 5
    with pytest.raises(ValueError):
        conversation.read(Prompt((1, image, 40), (Image("a", tokens[0]),)))


def test_experts_together_write_what_each_writes_alone(made):
    prompts = [_prompt(made, text) for text in ("a", "Is there any water here? " * 20, "How many buildings?")]
    together = decoding.generate_together(made, prompts, [0, 1, 2], Sampling(most=70, stop=()))
    for i, (prompt, found) in enumerate(zip(prompts, together)):
        assert found.ids == _written(made, prompt, Conversation(made, i), most=70, stop=()), i


def test_an_expert_that_stops_early_leaves_the_others_writing(made):
    prompts = [_prompt(made, text) for text in ("a", "bcd", "How many buildings?")]
    alone = [_written(made, prompt, Conversation(made, i), most=30, stop=()) for i, prompt in enumerate(prompts)]
    stop = alone[1][3]
    together = decoding.generate_together(made, prompts, [0, 1, 2], Sampling(most=30, stop=(stop,)))
    for found, whole in zip(together, alone):
        assert found.ids == (whole[:whole.index(stop)] if stop in whole else whole)
        assert found.complete == (stop in whole)


def test_cancel_stops_before_the_next_token_and_during_a_long_prompt(made):
    cancel, seen = CancelToken(), []
    with pytest.raises(Cancelled):
        for token in decoding.generate(Conversation(made), _prompt(made), Sampling(most=50, stop=()), cancel=cancel):
            seen.append(token)
            if len(seen) == 5:
                cancel.cancel()
    assert len(seen) == 5
    cancel, made._session.runs = CancelToken(), 0
    made._session.on_run = lambda session: cancel.cancel() if session.runs == 1 else None
    conversation, long = Conversation(made), Prompt(tuple(range(30, 230)) * 2)
    with pytest.raises(Cancelled):
        conversation.read(long, cancel)
    assert made._session.runs == 2
    made._session.on_run = None
    read, anew = conversation.read(long)  # what was read before the cancel still counts
    assert anew == len(long.ids) - 2 * decoding.CHUNK
    assert np.array_equal(read.hidden[0, -1], Conversation(made).read(long)[0].hidden[0, -1])


def test_a_prompt_that_is_too_long_is_refused_before_anything_runs(made):
    with pytest.raises(decoding.PromptTooLong):
        list(decoding.generate(Conversation(made), Prompt((40,) * decoding.LONGEST)))
    assert made._session.runs == 0


def test_the_same_seed_draws_the_same_and_another_differs(made):
    def drawn(seed):
        return _written(made, _prompt(made), most=20, temperature=1.0, top_p=0.9, seed=seed, stop=())
    assert drawn(1) == drawn(1) != drawn(2)


def test_top_p_keeps_just_the_tokens_that_reach_it():
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05]))
    rng = np.random.default_rng(0)
    how = Sampling(temperature=1.0, top_p=0.7)
    drawn = {decoding.pick(logits, np.ones(4, bool), how, rng) for _ in range(200)}
    assert drawn == {0, 1}
    shares = np.mean([decoding.pick(logits, np.ones(4, bool), how, rng) == 0 for _ in range(4000)])
    assert abs(shares - 0.5 / 0.8) < 0.03
    assert decoding.pick(logits, np.array([False, False, True, True]), Sampling(), rng) == 2
    assert decoding.pick(logits, np.zeros(4, bool), Sampling(), rng) == decoding.STOP


def test_control_tokens_of_prompts_are_never_written(made):
    ids = set(_written(made, _prompt(made), most=120, temperature=5.0, top_p=1.0, stop=()))
    assert len(ids) > 50 and not ids & set(decoding._NEVER) and max(ids) < made.coder.size


def test_a_choice_is_one_of_the_answers_and_then_ends(made):
    answers = ("yes", "no", "yes there is", "storage tank")
    for seed in range(8):
        written = decoding.Written()
        list(decoding.generate(Conversation(made), _prompt(made), Sampling(temperature=9.0, seed=seed),
                               constraints.OneOf(made.coder, answers), written=written))
        assert made.coder.decode(written.ids) in answers and written.complete


def test_slots_hold_only_labels_that_can_be_filled(made):
    slots = constraints.Slots(made.coder, {"n": ("building", "storage tank"), "cell": ("water",)})
    constraint = constraints.Both(slots, constraints.Beginning(made.coder, "There are <n:"))
    for seed in range(8):
        how = Sampling(40, 9.0, 1.0, seed, ())
        ids = [t.id for t in decoding.generate(Conversation(made), _prompt(made), how, constraint)]
        text = made.coder.decode(ids)
        assert text.startswith(("There are <n:building>", "There are <n:storage tank>"))
        assert not {made.coder.id("<share:"), made.coder.id("<area:")} & set(ids)
    end = constraints.only([made.coder.id(">")])
    inside = made.coder.encode("in the <cell:water", bpe.ANSWERED)
    assert np.array_equal(slots.allowed(inside), end) and slots.allowed([*inside, made.coder.id(">")]).sum() > 1000


def test_a_token_may_be_forbidden_at_first():
    never = constraints.Without([3, 4], until=2)
    assert not never.allowed([9])[[3, 4]].any() and never.allowed([9])[5] and never.allowed([9, 9]) is None


def test_sentences_come_as_soon_as_they_end_and_lose_nothing(made):
    text = "There are 3.5 ha of water. Is it? Yes!\nObjects: “é 🌊” stand\n\nhere"
    ids = made.coder.encode(text)
    assert list(sentences.sentences(made.coder, ids)) == [
        "There are 3.5 ha of water. ", "Is it? ", "Yes!\n", "Objects: “é 🌊” stand\n\n", "here"]
    given = []

    def watched():
        for i, token in enumerate(ids):
            given.append(i)
            yield token
    assert next(sentences.sentences(made.coder, watched())).endswith("water. ") and len(given) < len(ids) / 2


def test_files_that_are_missing_or_damaged_are_named(tmp_path, made):
    with pytest.raises(ModelMissing):
        decoder.Decoder.load(tmp_path)
    for name in decoder.FILES:
        (tmp_path / name).write_bytes(b"PK damaged")
    with pytest.raises(ModelUnreadable):
        decoder.Decoder.load(tmp_path)
    made.coder.save(tmp_path / decoder.BYTE_PAIRS)
    with pytest.raises(ModelUnreadable, match="npz"):
        decoder.Decoder.load(tmp_path)

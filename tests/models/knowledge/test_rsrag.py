"""RS-RAG to the letter: ranking and prompt against a reference written out here from the published formula."""

import math

import numpy as np
import pytest

from terralogue.models.knowledge.rsrag import TASKS, Record, prompt, rank

RNG = np.random.default_rng(11)
#: Twenty records in the shape of RSWK: five landmarks with four chunk types each.
RECORDS = [
    Record(f"Name: Landmark {place}; Category: {kind}", kind, RNG.normal(size=512), RNG.normal(size=512))
    for place in range(5)
    for kind in ("basic_info_and_history", "architecture_and_function", "expert_knowledge", "caption")
]


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / math.sqrt(sum(x * x for x in a)) / math.sqrt(sum(y * y for y in b))


@pytest.mark.parametrize("alpha", (0.1, 0.3, 0.5, 0.7, 0.9))
@pytest.mark.parametrize("top", (1, 3, 5))
def test_the_order_is_that_of_the_formula(alpha, top):
    image, text = RNG.normal(size=512), RNG.normal(size=512)
    pool = [record for record in RECORDS if record.kind in TASKS["vqa"]]
    scores = [alpha * cosine(image, record.image) + (1 - alpha) * cosine(text, record.text) for record in pool]
    wanted = sorted(range(len(pool)), key=lambda i: -scores[i])[:top]
    found = rank(RECORDS, image, text, "vqa", alpha, top)
    assert [record.chunk for record, _ in found] == [pool[i].chunk for i in wanted]
    assert [score for _, score in found] == pytest.approx([scores[i] for i in wanted])


def test_candidates_are_those_whose_text_is_nearest_to_the_image_of_the_query():
    image, text = RNG.normal(size=512), RNG.normal(size=512)
    pool = [record for record in RECORDS if record.kind in TASKS["vqa"]]
    nearest = sorted(pool, key=lambda record: -cosine(image, record.text))[:4]
    found = rank(RECORDS, image, text, "vqa", 0.9, 20, candidates=4)
    assert {record.chunk for record, _ in found} == {record.chunk for record in nearest}


def test_the_prompt_is_the_published_string_byte_for_byte():
    assert prompt(["Name: A", "Area: 5 ha"], "What is this?").encode() == (
        b"with those context: 1. Name: A\n2. Area: 5 ha, What is this?")


def test_an_alpha_outside_nought_and_one_is_refused():
    with pytest.raises(ValueError, match="alpha"):
        rank(RECORDS, np.ones(512), np.ones(512), alpha=1.5)

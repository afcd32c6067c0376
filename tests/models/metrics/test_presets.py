"""Every published protocol runs and says its name; the traps between them show in the figures."""

import numpy as np
import pytest

from terralogue.models.metrics.presets import PRESETS
from terralogue.models.metrics.referring import ReferringAgreement
from terralogue.models.metrics.tokens import TOKENISERS
from terralogue.models.metrics.vqa import Answered

CAPTIONS = (["a road beside trees", "two big houses"], [["a road beside trees"], ["two houses", "two big red houses"]])
QUESTIONS = ([Answered("presence", "yes", "yes"), Answered("presence", "no", "yes"), Answered("count", "3", "4"),
              Answered("comparison", "no", "no")],)


def _phrases():
    agreement = ReferringAgreement()
    agreement.add(np.array([[True, True]]), np.array([[True, False]]))
    return (agreement,)


def _block():
    heat = np.zeros((300, 300))
    heat[20:280, 20:280] = 1
    return [heat], [[np.array([[20, 20], [279, 20], [279, 279], [20, 279]])]]


DATA = {
    "caption": CAPTIONS,
    "open-qa": CAPTIONS,
    "retrieval": (np.eye(3), np.arange(3)),
    "vqa": QUESTIONS, "lr": QUESTIONS, "hr": QUESTIONS,
    "grounding": ([(0, 0, 10, 10)], [(0, 0, 10, 5)]),
    "zero-shot": (["a", "b"], ["a", "c"]),
    "classification": (["Airport", "port"], ["airport", "airport"]),
    "selo": _block(),
    "referring": _phrases(),
    "binary": (["Yes", "no"], ["yes", "yes"]),
    "count": ([1, 3], [1, 1]),
    "cells": ([{"top"}], [{"top", "left"}]),
    "change": (["no change is occurred", "a house"], [False, False]),
}


def _figures(name, **more):
    data = DATA[name.split("/")[1]]
    if name in ("deltavlm/caption", "second-cc/caption"):
        data = (*data, [True, True])
    return PRESETS[name].figures(*data, **more)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_makes_its_headline_and_says_which_protocol_it_is(name):
    figures = _figures(name)
    assert figures["protocol"] == name
    assert np.isfinite(figures.get("all", figures)[PRESETS[name].headline])


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_names_its_source_averaging_traps_and_tokeniser(name):
    preset = PRESETS[name]
    assert preset.source and preset.averaging and preset.traps
    assert preset.tokeniser in TOKENISERS if name.endswith(("caption", "open-qa")) else not preset.tokeniser


def test_cider_of_one_paper_is_printed_a_hundred_times_that_of_another():
    assert _figures("rs-moe/caption")["cider_d"] == pytest.approx(100 * _figures("rs-capret/caption")["cider_d"])
    assert _figures("rs-capret/caption")["bleu1"] <= 1.0


def test_numbers_of_items_are_never_scaled():
    assert _figures("rs-moe/caption")["n"] == 2 and _figures("rsvqa/lr")["n"] == {"comparison": 1, "presence": 2}
    assert _figures("deltavlm/caption")["changed"]["n"] == 2


def test_rsvqa_leaves_counts_out_and_rsieval_does_not():
    assert _figures("rsvqa/lr")["average"] == pytest.approx(75.0)
    assert _figures("rsieval/vqa")["overall"] == pytest.approx(50.0)


def test_a_box_of_exactly_half_passes_each_script_for_its_own_reason():
    assert _figures("geopix/grounding")["acc50"] == _figures("skyeyegpt/grounding")["acc50"] == 100.0
    # 16 of 32 wide: edges 0.5; in pixels 17 · 33 / (33 · 33) = 0.515. A little less passes neither by edges.
    less = ([(0, 0, 32, 15.9)], [(0, 0, 32, 32)])
    assert PRESETS["geopix/grounding"].figures(*less)["acc50"] == 0.0
    assert PRESETS["skyeyegpt/grounding"].figures(*less)["acc50"] == 100.0


def test_sentence_and_corpus_bleu_are_different_figures():
    assert _figures("rs-rag/caption")["bleu4"] != pytest.approx(_figures("rs-capret/caption")["bleu4"])


def test_second_cc_reads_its_own_sentence_as_no_change():
    assert _figures("second-cc/change")["accuracy"] == pytest.approx(50.0)


def test_counts_keep_their_unit():
    assert _figures("changechat/count")["mae"] == 1.0

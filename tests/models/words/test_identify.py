"""*What is this* for a click and for a drawn region: the thing before its ground, how sure, or that it cannot be told."""

import numpy as np
from answered import mismatches, unfounded
from fakes import ArraySource, ground, park, town

from terralogue.models.conversation import Region


def lot():
    """Two cars of 8 × 16 px on grass, at rows 10 to 18; 0.25 m pixels."""
    return ArraySource(park(ground(), "car", [(10, 10), (10, 40)]), gsd=0.25)


def click(x, y):
    return Region((), (500000 + x, 5_000_000 - y))


def sound(answer):
    assert unfounded(answer.text, answer.facts) == [] and mismatches(answer.facts) == []
    for label, facts in answer.facts.get("selection", {}).items():
        mine = [f for f in answer.features if f.label == label]
        assert (len(mine), sum(f.pixels for f in mine)) == (facts["count"], facts["pixels"])
    return answer


def test_a_click_on_a_thing_names_the_thing_with_how_sure_it_is(ask):
    answer = sound(ask("What is this?", lot(), region=click(4, 3.5)))
    assert answer.text.startswith("This is a car of 8 m². I am 80 % sure.") and [f.pixels for f in answer.features] == [128]
    assert answer.facts["identified"] == {"label": "car", "probability": 0.8} and "rendered only" in answer.text


def test_a_click_beside_it_names_the_cover(ask):
    answer = sound(ask("What is this?", lot(), region=click(50, 50)))
    assert answer.labels == ["low vegetation"] and "sure." in answer.text


def test_a_click_where_nothing_is_sure_says_so(ask, nano, monkeypatch):
    sure = nano.see

    def unsure(rgb, gsd, cancel=None):
        seen = sure(rgb, gsd, cancel)
        seen.cover[:] *= 0.3
        return seen

    monkeypatch.setattr(nano, "see", unsure)
    answer = ask("What is this?", ArraySource(town()), region=click(9, 8))
    assert answer.text.startswith("I cannot tell with confidence what this is.") and not answer.features
    ring = np.array([[0, 0], [70, 0], [70, -45], [0, -45], [0, 0]]) + (500000.0, 5000000.0)
    assert "cannot tell" in ask("What is this?", ArraySource(town()), region=Region(((ring,),))).text


def test_a_drawn_region_is_told_with_its_share_and_how_sure(ask):
    answer = sound(ask("What is this?", ArraySource(town())))
    assert "This is mostly low vegetation: 84 % of it" in answer.text and "sure." in answer.text

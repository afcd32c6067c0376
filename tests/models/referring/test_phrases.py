"""Phrases read from words, and what they choose, on scenes small enough to judge by eye."""

import pytest
from affine import Affine

from terralogue.models.concepts import lexicon, words_of
from terralogue.models.referring.candidates import Candidate, Landmark, Plane, thing_of
from terralogue.models.referring.parsing import parse
from terralogue.models.referring.selecting import select

#: North up, a pixel a metre, 90 × 90 of them.
PLANE = Plane((90, 90), Affine(1, 0, 0, 0, -1, 0), True, True, 1.0)


def read(text):
    (phrase,) = parse(words_of(text), lexicon()).phrases
    return phrase


def thing(index, x, y, side=4, colour="", label="car"):
    box = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    return Candidate(index, label, side * side, box, (x, y), (x / 90, y / 90), colour, float(side * side))


def chosen(text, candidates, others=(), ground=None, **options):
    found = select(read(text), candidates, others, ground, PLANE, **options)
    return [c.index for c in found.chosen] or found.missing


@pytest.mark.parametrize(("text", "said"), [
    ("find the second largest red car", {"colour": "red", "rank": 2}),
    ("segment the large building north of the road", {"size": "large", "relation": "north"}),
    ("find the second largest pond in the south-west", {"rank": 2, "exact": 6}),
    ("outline the red car left of the white building", {"colour": "red", "relation": "left"}),
    ("find the building nearest to the water", {"relation": "nearest"}),
    ("find the nearest building to the water", {"relation": "nearest"}),
    ("where is the car closest to a house", {"relation": "nearest"}),
    ("find a boat near the shore", {"relation": "near", "many": False}),
    ("the third car from the left", {"order": (3, "left")}),
    ("the northernmost house", {"order": (1, "north")}),
    ("show me the three largest buildings", {"number": 3, "rank": 1, "many": True}),
    ("all the green cars", {"colour": "green", "many": True}),
    ("the building with the red roof", {"colour": "red"}),
    ("cars on the road", {"relation": "on", "many": True}),
    ("the house to the south-east of the lake", {"relation": "south-east"}),
    ("buildings on the western side of the river", {"relation": "west", "many": True}),
    ("the small house in the top left next to the pond", {"size": "small", "exact": 0, "relation": "near"}),
    ("every car in the northern half", {"many": True, "exact": -1}),
    ("all of the white cars", {"colour": "white", "many": True}),
])
def test_what_a_phrase_says_is_read(text, said):
    phrase = read(text)
    assert {name: getattr(phrase, name) for name in said} == said


def test_the_landmark_has_attributes_of_its_own():
    phrase = read("find the red car left of the largest white building")
    assert (phrase.other.concept.name, phrase.other.colour, phrase.other.rank) == ("building", "white", 1)
    assert (phrase.colour, phrase.rank) == ("red", 0)
    chain = read("the car near the house next to the lake")
    assert (chain.other.concept.name, chain.other.other.concept.name) == ("building", "water")


def test_two_phrases_stay_two():
    phrases = parse(words_of("segment the red car and the largest building"), lexicon()).phrases
    assert [(p.concept.name, p.colour, p.rank) for p in phrases] == [("car", "red", 0), ("building", "", 1)]


@pytest.mark.parametrize("text", ["find the red lorry", "the large cow near the lake", "the glass building"])
def test_unknown_nouns_are_handed_back(text):
    assert parse(words_of(text), lexicon()).unknown


def test_green_space_is_no_green_thing():
    assert read("find the green space").colour == "" and read("find the green car").concept.name == "car"


CARS = (thing(0, 10, 10, 4, "red"), thing(1, 80, 10, 8, "red"), thing(2, 10, 80, 6, "blue"), thing(3, 45, 45, 5, "blue"))
POND = (thing(0, 45, 10, 10, "", "water"),)


@pytest.mark.parametrize(("text", "indices"), [
    ("the red cars", [0, 1]), ("the largest car", [1]), ("the smallest red car", [0]), ("the second largest car", [2]),
    ("the two largest cars", [1, 2]), ("the car in the south-west", [2]), ("the first car from the east", [1]),
    ("the second blue car from the south", [3]), ("the white car", "colour"), ("the fifth largest car", "rank"),
    ("the car in the south-east", "cell"), ("the car in the north", [0, 1]), ("the large car", [1]), ("the small blue car", [3]),
])
def test_each_way_of_narrowing_chooses_what_it_says(text, indices):
    assert chosen(text, CARS) == indices


@pytest.mark.parametrize(("text", "indices"), [
    ("the car west of the pond", [0]), ("the car south of the pond", [3]), ("the car nearest to the pond", [1]),
    ("the car farthest from the pond", [2]), ("the red car to the left of the pond", [0]),
    ("the car north of the pond", "relation"),
])
def test_relations_are_those_of_the_plane(text, indices):
    assert chosen(text, CARS, POND) == indices


def test_a_landmark_that_is_not_there_leaves_nothing():
    assert chosen("the car near the pond", CARS) == "landmark"
    assert chosen("the car", []) == "class"


def test_ground_relates_by_its_nearest_place_not_by_its_middle():
    """A road along the west edge and then far east in the south: its middle lies east of the car that is east of it."""
    import numpy as np

    road = Landmark(np.array([(0, row, 2, row + 1) for row in range(88)] + [(0, 88, 90, 90)], float))
    others = (thing(0, 20, 60, 30, "", "paved"),)
    assert chosen("the cars east of the road", (CARS[0], thing(3, 30, 45)), others, road) == [0, 3]


def test_the_nearest_is_measured_exactly_where_boxes_do_not_tell():
    """Of two boxes at equal distance the ground of the second one is nearer."""
    a, b = thing(0, 20, 10), thing(1, 70, 10)
    measured = {0: 30.0, 1: 21.0}
    assert chosen("the car nearest to the pond", (a, b), POND, exact=lambda c, label: measured[c.index]) == [1]


def test_near_is_a_tenth_of_the_view_and_never_more_than_100_m():
    near, far = thing(0, 58, 10), thing(1, 70, 10)
    assert chosen("cars near the pond", (near, far), POND) == [0]
    assert thing_of(POND[0]).gap(far.box) > 9 > thing_of(POND[0]).gap(near.box)

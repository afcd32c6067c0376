"""Learning: the gradient is the loss's, the class is found where nobody looked, equal seeds give equal classes."""

import numpy as np
import pytest
from glasshouses import StridedNano, splits, tiles

from terralogue.models.cancel import CancelToken
from terralogue.models.datasets.splits import Place
from terralogue.models.errors import Cancelled, TuningImpossible
from terralogue.models.tuned.cells import cells, enlarged, shares
from terralogue.models.tuned.figures import Judged, best_threshold, measured
from terralogue.models.tuned.head import Head, Learner, batch_of, spread
from terralogue.models.tuned.held_back import held_back
from terralogue.models.tuned.learning import Budget, LabelledTile, train


def see(rgb, gsd):
    return StridedNano().see(rgb, gsd).features


def test_glasshouses_are_told_from_their_likes_on_tiles_never_seen(trained):
    held = trained.held_out
    assert held["tiles"] == 6 and held["iou"] >= 0.75 and held["presence"] == 1.0 and held["count_near"] == 1.0
    assert held["vqa"] >= held["vqa_constant"] + 0.1
    assert trained.run["tiles"] == {"train": 18, "validation": 6, "test": 6} and trained.run["core_minutes"] < 2


def test_the_same_seed_gives_the_same_class_and_another_seed_another():
    one, two, other = (train(tiles(15), splits(15), see, Budget(lights=1, epochs=2, seed=seed)) for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(one.head.arrays().values(), two.head.arrays().values()))
    assert not np.array_equal(one.head.w1, other.head.w1)


def test_ground_that_nobody_labelled_is_not_learned_from():
    made = tiles(15)
    # Half of every tile is called empty though glasshouses stand there, but marked as not labelled.
    lied = [LabelledTile(t.name, t.rgb, np.where(np.arange(64)[:, None] < 32, t.wanted, -1).astype(np.int8), t.gsd) for t in made]
    found = train(lied, splits(15), see, Budget(lights=2, epochs=16))
    rgb = made[2].rgb.astype(np.float32) / 255
    given = cells(see(rgb[None], 0.5)[0], rgb)
    scores = enlarged(found.head.scores(given.reshape(-1, given.shape[2])).reshape(16, 16))
    low = made[2].wanted[32:] == 1
    assert low.any() and scores[32:][low].mean() > 0.5 > 0.25 > scores[32:][~low].mean()


def test_the_gradient_is_that_of_the_loss(monkeypatch):
    from terralogue.models.tuned import head as module

    monkeypatch.setattr(module, "DROPPED", 0.0)
    rng = np.random.default_rng(0)
    x, wanted = rng.normal(size=(40, 5)).astype(np.float32), (rng.random(40) < 0.4).astype(np.float32)
    weight = rng.uniform(0.5, 2, 40).astype(np.float32)
    start = Head.fresh(*spread(x), rng, 0.3)
    caught = {}
    learner = Learner(start, rng, 10)
    monkeypatch.setattr(learner, "_move", caught.update)
    next(learner.epoch(x, wanted, weight))

    def loss(head):
        score = np.clip(head.scores(x).astype(np.float64), 1e-6, 1 - 1e-6)
        return -((wanted * np.log(score) + (1 - wanted) * np.log(1 - score)) * weight).sum() / weight.sum()

    for name, place in (("w1", (2, 3)), ("b1", (4,)), ("w2", (7,)), ("b2", ())):
        step = 1e-2
        sides = []
        for sign in (1, -1):
            arrays = {key: np.array(value, np.float32) for key, value in start.arrays().items()}
            arrays[name][place] += sign * step
            sides.append(loss(Head(**arrays)))
        assert float(np.asarray(caught[name])[place]) == pytest.approx((sides[0] - sides[1]) / (2 * step), rel=0.05, abs=2e-4)


def test_a_cancel_in_the_middle_stops_it():
    cancel = CancelToken()

    def progress(fraction, message=""):
        if fraction > 0.3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        train(tiles(15), splits(15), see, Budget(lights=1, epochs=50), progress, cancel)


def test_nothing_of_the_class_is_said_so():
    empty = [LabelledTile(t.name, t.rgb, np.zeros_like(t.wanted), t.gsd) for t in tiles(10)]
    with pytest.raises(TuningImpossible, match="Too little of the class"):
        train(empty, splits(10), see)


def test_cells_hold_features_their_surroundings_and_colours():
    features, rgb = np.zeros((2, 12, 16), np.float32), np.zeros((3, 48, 64), np.float32)
    features[0, 0, 0], rgb[1, :4, :2] = 25.0, 1.0
    found = cells(features, rgb)
    assert found.shape == (12, 16, 2 * 2 + 6)
    assert found[0, 0, 0] == 25 and found[0, 0, 2] == pytest.approx(1.0) and found[4, 4, 2] == pytest.approx(25 / 81)
    assert found[5, 0, 2] == 0 and found[0, 0, 5] == pytest.approx(0.5) and found[0, 0, 8] == pytest.approx(0.5)
    wanted = np.zeros((8, 8), np.int8)
    wanted[:2, :4], wanted[7, 7] = 1, -1
    assert shares(wanted).tolist() == [[0.5, 0.0], [0.0, -1.0]]
    wide = enlarged(np.array([[0.0, 1.0]], np.float32))
    assert wide.shape == (4, 8) and wide[0].tolist() == pytest.approx([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1])


def test_figures_by_hand():
    wanted = np.zeros((20, 20), np.int8)
    wanted[:4, :4], wanted[10:, 10:] = 1, -1
    scores = np.zeros((20, 20), np.float32)
    scores[:4, :8], scores[10:, 10:] = 0.7, 1.0
    found = measured([Judged(scores, wanted), Judged(scores * 0, wanted * 0)], 0.5, 9)
    assert found["iou"] == 0.5 and found["precision"] == 0.5 and found["recall"] == 1.0
    assert found["presence"] == 1.0 and found["count"] == 1.0 and found["vqa_constant"] == 0.5
    assert best_threshold([Judged(np.where(wanted == 1, 0.9, scores), wanted)]) == 0.75


def test_blocks_of_ground_are_held_back_whole():
    side = 0.001
    places = [Place(f"{row} {col}", (col * side * 1.07, row * side * 1.07, col * side * 1.07 + side, row * side * 1.07 + side))
              for row in range(12) for col in range(12)]
    some = [place.name for place in places if int(place.name.split()[1]) % 2]
    found = held_back(places, some, 111.2)
    held = {name: [split for one, split in found.items() if split == name and one in some] for name in set(found.values())}
    assert set(held) == {"train", "validation", "test"} and len(held["train"]) > len(held["test"]) > 0
    alone = sum(found.get(f"{r} {c}") == "test" and all(
        found.get(f"{r + dr} {c + dc}") != "test" for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)))
        for r in range(12) for c in range(12))
    assert alone < 0.2 * list(found.values()).count("test")
    with pytest.raises(TuningImpossible, match="too close together"):
        held_back(places, some[:2], 111.2)


def test_every_cell_is_looked_at_once_an_epoch_in_steps_that_fit_their_number():
    assert [batch_of(number) for number in (10, 10_000, 100_000, 600_000)] == [128, 156, 1562, 4096]
    x = np.zeros((600, 3), np.float32)
    learner = Learner(Head.fresh(*spread(x), np.random.default_rng(0), 0.5), np.random.default_rng(0), 2)
    assert len(list(learner.epoch(x, np.zeros(len(x), np.float32), np.ones(len(x), np.float32)))) == 5

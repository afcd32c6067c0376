"""Cells cover the ground once, whatever sides and overlaps; what was looked at is not looked at again."""

import numpy as np
import pytest
from affine import Affine
from colour_embedder import Colours

from terralogue.models.cancel import CancelToken
from terralogue.models.classify.class_list import read_classes
from terralogue.models.classify.classify import ClassifyRequest, run
from terralogue.models.classify.naming import NONE
from terralogue.models.classify.tiling import LIMIT, MOST, side_for, tiling
from terralogue.models.conversation import Region, View
from terralogue.models.errors import Cancelled, NothingToAnalyse, QuestionUnclear, UnknownConcept
from terralogue.models.imagery.grid import Grid
from terralogue.models.sharing.recent import Recent


def grid(width, height):
    return Grid(width, height, Affine(1, 0, 500000, 0, -1, 5000000), "")


@pytest.mark.parametrize("width, height, side, overlap", [
    (600, 400, 256, 0), (600, 400, 256, 128), (512, 512, 256, 0), (100, 70, 256, 0), (100, 70, 256, 100), (257, 1, 64, 0),
    (600, 400, 100, 33), (1000, 16, 16, 12),
])  # fmt: skip
def test_every_pixel_lies_in_just_one_cell(width, height, side, overlap):
    tiles = tiling(grid(width, height), side, overlap)
    counted = np.zeros((height, width), int)
    for cell in tiles.cells:
        counted[cell.ground.row:cell.ground.row + cell.ground.height, cell.ground.col:cell.ground.col + cell.ground.width] += 1
        assert cell.windows
        for index in cell.windows:
            window = tiles.windows[index]
            assert window.intersection(grid(width, height).window) == window
            middle = cell.ground.col + cell.ground.width / 2, cell.ground.row + cell.ground.height / 2
            assert window.col <= middle[0] <= window.col + window.width and window.row <= middle[1] <= window.row + window.height
    assert (counted == 1).all()
    assert overlap or all(len(cell.windows) == 1 for cell in tiles.cells)


def square(x0, y0, x1, y1):
    ring = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], float) * [1, -1] + [500000, 5000000]
    return Region(((ring,),))


def test_a_region_takes_the_cells_that_it_fills_by_half():
    assert len(tiling(grid(640, 640), 64, region=square(0, 0, 128, 128)).cells) == 4
    triangle = np.array([(0, 0), (640, 0), (0, 640), (0, 0)], float) * [1, -1] + [500000, 5000000]
    found = tiling(grid(640, 640), 64, region=Region(((triangle,),)))
    assert 45 <= len(found.cells) <= 55 and len(found.windows) == len(found.cells)
    assert len(tiling(grid(640, 640), 64, region=square(100, 100, 110, 110)).cells) == 1
    assert tiling(grid(640, 640), 64, region=square(-500, -500, -400, -400)).cells == ()


@pytest.mark.parametrize("side, overlap", [(0, 0), (8, 0), (64, 64), (64, -1), (64, 60)])
def test_sides_that_make_no_tiles(side, overlap):
    with pytest.raises(QuestionUnclear):
        tiling(grid(100, 100), side, overlap)


def test_too_many_tiles_are_refused_before_they_are_counted_out():
    with pytest.raises(QuestionUnclear, match="too many"):
        tiling(grid(200_000, 200_000), 16)
    assert LIMIT >= 1_000_000


def test_the_side_is_chosen_so_that_no_run_takes_hours():
    assert side_for(grid(1000, 1000), 0.3, 0.15) == 256
    assert side_for(grid(1000, 1000), 0.05, 0.15) == 768, "finer than the model knows"
    big = grid(100_000, 100_000)
    assert len(tiling(big, side_for(big, 0.3, 0.15)).cells) <= MOST * 1.1


class _Tower:
    def meaning(self, name):
        from terralogue.models.language.text_tower import Meaning

        known = name in ("red", "green", "blue", "white")
        return Meaning(name if known else "", 1.0, ("red", "green"))


class _Engine:
    """What an engine offers to the expert."""

    def __init__(self, embedder):
        from types import SimpleNamespace

        self.made, self.tile_vectors, self.indexes = embedder, Recent(4), None
        self.free_words = SimpleNamespace(tower=_Tower())

    def embedder(self):
        return self.made


@pytest.fixture
def opened(field):
    from terralogue.models.imagery.opening import open_raster

    sources = []

    def make(*args, **options):
        sources.append(open_raster(field(*args, **options)))
        return View(sources[-1])

    yield make
    for source in sources:
        source.close()


PATCHES = [((200, 30, 30), 0, 0, 64), ((30, 30, 200), 64, 128, 64)]


class _Biased(Colours):
    scale, bias = 40.0, -32.0
    WORDS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1)}  # templates say "black and white"

    def words(self, texts, cancel=None):
        return super().words([text.replace(".", "") for text in texts])


def test_colours_are_named_where_they_are(opened):
    view, engine = opened("f.tif", 128, 256, PATCHES), _Engine(_Biased())
    found = run(ClassifyRequest(view, ("red", "green", "blue"), side=64), engine)
    labels = {tuple(each.rings[0].min(0) - [500000, 5000000 - 128]): each.label for each in found.features.features}
    assert labels[(0, 64)] == "red" and labels[(128, 0)] == "blue" and list(labels.values()).count("green") == 6
    assert found.facts["classes"][0]["tiles"] == 1 and found.facts["classes"][1]["share"] == 0.75
    assert all(each.pixels == 4096 and each.area_m2 == pytest.approx(4096, rel=2e-3) for each in found.features.features)
    assert all(0.3 < each.score <= 1 for each in found.features.features) and all(name for name, _ in found.runners)


def test_other_classes_cost_no_run_of_the_encoder(opened):
    embedder = _Biased()
    view, engine = opened("f.tif", 128, 256, PATCHES), _Engine(embedder)
    run(ClassifyRequest(view, ("red", "green"), side=64), engine)
    assert embedder.seen == 8
    again = run(ClassifyRequest(view, ("blue", "white"), side=64, together=True), engine)
    assert embedder.seen == 8 and again.facts["looked"] == 8
    run(ClassifyRequest(view, ("red", "green"), side=32), engine)
    assert embedder.seen == 8 + 32, "other tiles are looked at"


def test_what_is_none_of_the_classes_says_so_and_what_it_would_be(opened):
    view, engine = opened("f.tif", 128, 256, PATCHES), _Engine(_Biased())
    found = run(ClassifyRequest(view, ("red", "blue"), side=64), engine)
    assert [each.label for each in found.features.features].count(NONE) == 6 == found.facts["none"]
    empty = [(item, runner) for item, runner in zip(found.features.features, found.runners) if item.label == NONE]
    assert all(item.score == 0 and name in ("red", "blue") for item, (name, _) in empty)
    forced = run(ClassifyRequest(view, ("red", "blue"), side=64, none=False), engine)
    assert forced.facts["none"] == 0


def test_a_class_by_itself_is_there_or_not(opened):
    found = run(ClassifyRequest(opened("f.tif", 128, 256, PATCHES), ("green",), side=64), _Engine(_Biased()))
    assert found.facts["classes"][0]["tiles"] == 6 and found.facts["none"] == 2
    assert {name for (name, _), item in zip(found.runners, found.features.features) if item.label == "green"} == {""}


def test_a_name_that_the_model_does_not_know_is_refused_before_anything_is_looked_at(opened):
    embedder = _Biased()
    with pytest.raises(UnknownConcept) as refused:
        run(ClassifyRequest(opened("f.tif", 64, 64), ("red", "volcano"), side=64), _Engine(embedder))
    assert refused.value.words == "volcano" and refused.value.nearest and embedder.seen == 0
    other = run(ClassifyRequest(opened("f.tif", 64, 64), ("red", "volcano"), side=64), _Engine(None), embedder=embedder)
    assert other.facts["looked"] == 1, "a published encoder takes any words"


def test_tiles_that_show_nothing_are_left_out_and_counted(opened):
    half = opened("f.tif", 64, 256, [((0, 0, 0), 0, 128, 64), ((0, 0, 0), 0, 192, 64)], nodata=0)
    found = run(ClassifyRequest(half, ("green",), side=64), _Engine(_Biased()))
    assert found.facts["looked"] == 2 and found.facts["skipped"] == 2
    with pytest.raises(NothingToAnalyse):
        run(ClassifyRequest(opened("g.tif", 64, 64, [((0, 0, 0), 0, 0, 64)], nodata=0), ("green",), side=64), _Engine(_Biased()))


def test_a_region_beside_the_raster_has_no_tiles(opened):
    view = View(opened("f.tif", 64, 64).source, square(-500, -500, -400, -400))
    with pytest.raises(NothingToAnalyse):
        run(ClassifyRequest(view, ("green",), side=64), _Engine(_Biased()))


def test_a_cancel_stops_it(opened):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run(ClassifyRequest(opened("f.tif", 64, 64), ("green",), side=64), _Engine(_Biased()), cancel=cancel)


def test_overlap_makes_finer_cells(opened):
    request = ClassifyRequest(opened("f.tif", 128, 256, PATCHES), ("red", "green", "blue"), side=64, overlap=32)
    found = run(request, _Engine(_Biased()))
    assert found.facts["looked"] == 32 and sum(each.pixels for each in found.features.features) == 128 * 256


@pytest.mark.parametrize("number", [1, 2, 500])
def test_any_number_of_classes(opened, number):
    names = read_classes("\n".join(f"red {n}" for n in range(number)))
    request = ClassifyRequest(opened("f.tif", 64, 128), names, side=64, none=False, together=True)
    found = run(request, _Engine(None), embedder=Colours())
    assert len(found.facts["classes"]) == number and found.facts["looked"] == 2

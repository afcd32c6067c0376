"""“Show me places like …” asks an index where one covers the layer, and the pixels where none does."""

import os

import numpy as np
import pytest
from colour_embedder import Colours

from terralogue.models.conversation import Region, View
from terralogue.models.engine import Engine
from terralogue.models.imagery.opening import open_raster
from terralogue.models.places_like import estimate, places_like
from terralogue.models.retrieval.building import build
from terralogue.models.retrieval.index import FILE, TileIndex
from terralogue.models.retrieval.inputs import rasters_of
from terralogue.models.retrieval.known import KnownIndexes

RED = (250, 20, 20)


@pytest.fixture(scope="module")
def engine(repository, tmp_path_factory):
    made = Engine(repository / "resources", tmp_path_factory.mktemp("cache"))
    yield made
    made.close()


@pytest.fixture
def indexed(engine, field, tmp_path):
    """The path of a raster with a red corner that the engine knows an index of."""
    path = field("a.tif", 512, 512, [(RED, 0, 0, 256)])
    with TileIndex.create(tmp_path / "index", engine.embedder()) as index:
        build(index, rasters_of([path]), engine.embedder())
    engine.indexes.set([tmp_path / "index"])
    yield path
    engine.indexes.set([])


def test_an_indexed_layer_is_searched_without_a_glance(engine, indexed, monkeypatch):
    from terralogue.models.language.free_words import TowerMatcher

    monkeypatch.setattr(engine, "glance", lambda *_: pytest.fail("it was looked at again"))
    source = open_raster(indexed)
    found = places_like(View(source), "a red roof", engine, TowerMatcher(engine.free_words.tower))
    assert found.facts["places"] and estimate(View(source), engine).tiles == 0
    assert found.facts["looked"] > 1
    likeness = [row["likeness"] for row in found.facts["places"]]
    assert likeness == sorted(likeness, reverse=True)


def test_of_a_place_in_an_indexed_layer_only_that_place_is_looked_at(engine, indexed, monkeypatch):
    from terralogue.models.language.free_words import TowerMatcher

    glances = []
    glance = engine.glance
    monkeypatch.setattr(engine, "glance", lambda *given: glances.append(1) or glance(*given))
    source = open_raster(indexed)
    ring = np.array([(500000, 5000000), (500256, 5000000), (500256, 4999744), (500000, 4999744), (500000, 5000000)], float)
    found = places_like(View(source, Region(((ring,),))), "", engine, TowerMatcher(engine.free_words.tower))
    assert len(glances) == 1 and found.facts["places"]


def test_a_layer_that_changed_since_is_looked_at_anew(engine, indexed):
    os.utime(indexed, (1, 1))
    assert engine.indexes.covering(open_raster(indexed)) is None


def test_a_damaged_index_is_passed_over(engine, indexed, tmp_path):
    (tmp_path / "index" / FILE).write_bytes(b"")
    assert engine.indexes.covering(open_raster(indexed)) is None


def test_an_index_that_grew_is_opened_anew(field, tmp_path):
    known = KnownIndexes(Colours)
    with TileIndex.create(tmp_path / "index", Colours()) as index:
        build(index, rasters_of([field("a.tif", 64, 64)]), Colours())
        first = known.open(tmp_path / "index")
        assert known.open(tmp_path / "index") is first
        build(index, rasters_of([field("b.tif", 64, 64)]), Colours())
    assert len(known.open(tmp_path / "index").ids) == 2
    known.clear()

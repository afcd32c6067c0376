"""One look at a region: what of it is read, at which scale, once, and what is refused."""

import numpy as np
import pytest
from fakes import COLOURS, ArraySource, GlancingNano, ground, paint

from terralogue.models.cancel import CancelToken
from terralogue.models.conversation import Region, View
from terralogue.models.engine import Engine
from terralogue.models.errors import Cancelled, ModelUnreadable, NothingToAnalyse, RasterUnreadable
from terralogue.models.imagery.grid import Window
from terralogue.models.maps.glance import GlanceFrame
from terralogue.models.vision.legend import COVERS

WATER = COLOURS[COVERS.index("water")] / 255


@pytest.fixture
def nano():
    return GlancingNano()


def rectangle(col, row, width, height, gsd=0.5):
    x, y = 500000 + col * gsd, 5_000_000 - row * gsd
    ring = [(x, y), (x + width * gsd, y), (x + width * gsd, y - height * gsd), (x, y - height * gsd), (x, y)]
    return Region(((np.array(ring, float),),))


def test_tokens_run_row_by_row_and_what_lies_beyond_the_region_is_black(engine):
    pixels = paint(ground(400, 800), "water", (0, 200), (400, 800))
    glance = engine.glance(View(ArraySource(pixels)))
    assert glance.grid.shape == (544, 8, 8) and glance.grid.dtype == np.float32 and glance.scenes.shape == (31,)
    assert glance.tokens.shape == (64, 544)
    # 400 x 800 px fill the upper 4 of 8 rows; the lake fills the upper 2 of these in the right half.
    blue = [k for k in range(64) if np.allclose(glance.tokens[k, :3], WATER, atol=1e-3)]
    assert blue == [8 * row + col for row in (0, 1) for col in (4, 5, 6, 7)]
    assert not glance.tokens[32:, :3].any() and glance.tokens[:32, :3].any(axis=1).all()


def test_only_the_region_is_read_and_at_its_own_scale(engine):
    pixels = paint(ground(1000, 1000), "water", (100, 612), (200, 712))
    glance = engine.glance(View(ArraySource(pixels), rectangle(200, 100, 512, 512)))
    assert np.allclose(glance.tokens[:, :3], WATER, atol=1e-3)
    assert glance.tokens[0, 3] == pytest.approx(1.0, rel=0.01), "512 px of 0.5 m in 256"


def test_a_source_without_a_scale_is_looked_at_without_one(engine):
    assert np.isnan(engine.glance(View(ArraySource(ground(), epsg=None))).tokens[:, 3]).all()


def test_a_small_region_is_seen_with_what_surrounds_it(engine):
    source = ArraySource(ground(1000, 900))
    frame = GlanceFrame.of(View(source, rectangle(890, 500, 10, 4)))
    assert frame.window == Window(836, 470, 64, 64) and frame.shape == (256, 256)
    assert frame.gsd == pytest.approx(0.125, rel=0.01)
    assert GlanceFrame.of(View(ArraySource(ground(20, 40)))).shape == (128, 256)
    assert GlanceFrame.of(View(ArraySource(ground(3, 4000)))).shape == (1, 256)


def test_a_second_glance_at_the_same_place_runs_no_model(engine, nano):
    first = engine.glance(View(ArraySource(ground())))
    assert engine.glance(View(ArraySource(ground()))) is first and nano.calls == 1
    assert engine.batch.glance(View(ArraySource(ground()))) is first
    other = engine.glance(View(ArraySource(ground()), rectangle(0, 0, 100, 100)))
    assert nano.calls == 2 and other.key != first.key
    assert engine.key(View(ArraySource(ground()))) != first.key


def test_what_cannot_be_looked_at_is_said_as_for_maps(engine, nano):
    class Broken(ArraySource):
        def read(self, window, out_shape=None):
            if self.reads > 0:
                raise RasterUnreadable(self.name, "broken")
            return super().read(window, out_shape)

    half = np.ones((300, 400), bool)
    half[:, 200:] = False
    with pytest.raises(NothingToAnalyse):
        engine.glance(View(ArraySource(ground()), rectangle(5000, 0, 10, 10)))
    with pytest.raises(NothingToAnalyse):
        engine.glance(View(ArraySource(ground(), valid=half), rectangle(280, 0, 100, 100)))
    with pytest.raises(RasterUnreadable):
        engine.glance(View(ArraySource(ground(), valid=half, broken=True), rectangle(280, 0, 100, 100)))
    with pytest.raises(RasterUnreadable):
        engine.glance(View(Broken(ground())))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.glance(View(ArraySource(ground())), cancel)
    assert nano.calls == 0


def test_a_model_without_image_tokens_is_refused_with_the_reason(tmp_path):
    from fakes import ColourNano

    engine = Engine(tmp_path, tmp_path / "cache", ColourNano())
    with pytest.raises(ModelUnreadable, match="image tokens"):
        engine.glance(View(ArraySource(ground())))
    engine.close()

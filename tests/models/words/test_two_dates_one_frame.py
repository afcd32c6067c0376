"""Two dates through the engine: shifts and light undone, bad input refused or named, unknown never unchanged."""

import numpy as np
import pytest
from affine import Affine
from fakes import ArraySource, NearNano, ground, paint, town

from terralogue.models.conversation import View
from terralogue.models.errors import CrsMissing, DatesDisjoint, NothingToAnalyse, RasterUnreadable
from terralogue.models.experts.change import ChangeRequest, run
from terralogue.models.imagery.geo_image import GeoImage
from terralogue.models.imagery.source import Band
from terralogue.models.language.claims.judging import judge_changes

UTM = Affine(0.5, 0, 500000, 0, -0.5, 5_000_000)


@pytest.fixture
def nano():
    return NearNano()


class Stored(ArraySource):
    """``pixels`` of any dtype and number of bands; one band is grey."""

    def __init__(self, pixels, **options):
        super().__init__(np.zeros((3, *pixels.shape[1:]), np.uint8), **options)
        self.pixels = pixels
        if len(pixels) == 1:
            self.bands = (Band(1, "gray"),)

    def read(self, window, out_shape=None):
        shape = out_shape or (window.height, window.width)
        inside = window.intersection(self.grid.window)
        out = np.zeros((len(self.pixels), window.height, window.width), self.pixels.dtype)
        valid = np.zeros(out.shape[1:], bool)
        place = (slice(inside.row - window.row, inside.row - window.row + inside.height),
                 slice(inside.col - window.col, inside.col - window.col + inside.width))
        rows, cols = slice(inside.row, inside.row + inside.height), slice(inside.col, inside.col + inside.width)
        out[(slice(None), *place)] = self.pixels[:, rows, cols]
        valid[place] = self.valid[rows, cols] & np.isfinite(self.pixels[:, rows, cols]).all(axis=0)
        assert shape == out.shape[1:], "these tests read native pixels"
        return GeoImage(out, valid, self.grid.part(window, shape))


def textured(pixels, seed=1):
    """The same with the grain that imagery has, a few grey values strong, and specks of bare ground to hold on to."""
    rng = np.random.default_rng(seed)
    out = pixels.copy()
    for row, col in rng.integers(0, (pixels.shape[1] - 3, pixels.shape[2] - 3), (pixels[0].size // 250, 2)):
        paint(out, "bare", (row, row + 3), (col, col + 3))
    grain = rng.integers(-4, 5, out.shape[1:])
    return (out.astype(int) + grain).clip(0, 255).astype(np.uint8)


def dates():
    """Before and after: a house came in the middle, one in the north-west went."""
    before = textured(town())
    after = paint(before.copy(), "building", (150, 174), (180, 210))
    return before, paint(after, "low vegetation", (8, 24), (8, 28))


def compare(engine, one, two, aligned=True):
    """Its words must be read back as they were meant."""
    found = run(ChangeRequest(View(one, aligned=aligned), View(two, aligned=aligned)), engine)
    verdicts = {sentence: {judged.verdict for judged in judge_changes(sentence, found.facts)} for sentence in found.sentences}
    assert all(kinds == {"supported"} for kinds in verdicts.values()), verdicts
    return found


def scores(engine, one, two, aligned=True):
    change = engine.change(View(one, aligned=aligned), View(two, aligned=aligned))
    return change, change.pair_change.read(change.grid.window)


@pytest.mark.parametrize("pixels", [town(), textured(town()), ground()], ids=["drawn", "textured", "flat"])
def test_the_same_layer_twice_has_changed_in_no_pixel_and_says_so(engine, pixels):
    found = compare(engine, ArraySource(pixels), ArraySource(pixels, name="copy"))
    assert found.facts["changed"]["pixels"] == 0 and not found.features.features and not found.changed
    assert "I see no change between the two dates." in found.caption
    assert scores(engine, ArraySource(pixels), ArraySource(pixels, name="copy"))[1].max() == 0
    assert not found.facts["alignment"]["shift"]["applied"] and not found.facts["alignment"]["light"]["applied"]


def test_a_layer_beside_itself_lies_on_itself_again_and_has_changed_nowhere(engine):
    wide = textured(town())
    one, two = ArraySource(wide[:, 3:-3, 3:-3]), ArraySource(wide[:, 5:-1, 2:-4], name="moved")
    loose = compare(engine, one, two, aligned=False)
    found = compare(engine, one, two)
    shift = found.facts["alignment"]["shift"]
    assert (shift["date"], shift["right_px"], shift["down_px"], shift["applied"]) == ("after", -1.0, 2.0, True)
    assert shift["metres"] == pytest.approx(np.hypot(1, 2) * 0.5, rel=1e-2)
    assert found.facts["changed"]["pixels"] == 0 < loose.facts["changed"]["pixels"]
    assert not loose.facts["alignment"]["asked"]
    assert found.facts["unknown"]["pixels"] == 2 * 394 + 294 - 2, "what was moved in from beyond the raster is unknown"


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, 2), (-2, 3), (4, -1)])
def test_moving_one_date_by_whole_pixels_gives_the_same_polygons(engine, right, down):
    before, after = dates()
    wide = np.pad(after, ((0, 0), (5, 5), (5, 5)), mode="wrap")
    moved = wide[:, 5 - down:305 - down, 5 - right:405 - right]
    straight = compare(engine, ArraySource(before), ArraySource(after, name="after"))
    found = compare(engine, ArraySource(before), ArraySource(moved, name="moved"))
    assert found.facts["alignment"]["shift"]["applied"]
    assert len(straight.features.features) >= 2
    assert [(f.from_label, f.to_label, f.pixels) for f in found.features.features] == [
        (f.from_label, f.to_label, f.pixels) for f in straight.features.features]
    for one, two in zip(found.features.features, straight.features.features):
        np.testing.assert_allclose(one.rings[0], two.rings[0])


@pytest.mark.parametrize(("right", "down"), [(7, 0), (16, 32)])
def test_moving_both_dates_moves_the_polygons(engine, right, down):
    before, after = dates()
    way = Affine.translation(right * 0.5, -down * 0.5)
    straight = compare(engine, ArraySource(before), ArraySource(after, name="after"))
    found = compare(engine, ArraySource(before, affine=way * UTM), ArraySource(after, name="after", affine=way * UTM))
    for one, two in zip(found.features.features, straight.features.features):
        np.testing.assert_allclose(one.rings[0], two.rings[0] + (right * 0.5, -down * 0.5))


def test_half_a_pixel_is_found_and_changes_little(engine):
    before, after = dates()
    half = after.astype(float)
    half[:, :, :-1] = (half[:, :, :-1] + half[:, :, 1:]) / 2
    found = compare(engine, ArraySource(before), ArraySource(half.round().astype(np.uint8), name="half"))
    shift = found.facts["alignment"]["shift"]
    assert (shift["right_px"], shift["down_px"]) == pytest.approx((0.5, 0), abs=0.1)
    assert [(f.from_label, f.to_label) for f in found.features.features[:1]] == [("low vegetation", "building")]


def test_swapped_dates_swap_from_and_to(engine):
    before, after = (ArraySource(pixels, name=name) for pixels, name in zip(dates(), ("old", "new")))
    one, two = compare(engine, before, after), compare(engine, after, before)
    assert {(f.from_label, f.to_label, f.pixels) for f in one.features.features} == {
        (f.to_label, f.from_label, f.pixels) for f in two.features.features}
    assert one.counts["building"] == {"added": 1, "removed": 1}


def test_light_is_matched_and_change_stays(engine):
    before, after = dates()
    dim = (after * 0.7).astype(np.uint8)
    straight = compare(engine, ArraySource(before), ArraySource(after, name="after"))
    loose = compare(engine, ArraySource(before), ArraySource(dim, name="dim"), aligned=False)
    found = compare(engine, ArraySource(before), ArraySource(dim, name="dim"))
    light = found.facts["alignment"]["light"]
    assert (light["date"], light["applied"]) == ("after", True)
    assert light["gain"] == pytest.approx(1 / 0.7, rel=0.02)
    share = [one.facts["changed"]["pixels"] / straight.facts["changed"]["pixels"] for one in (found, loose)]
    assert 0.9 < share[0] < 1.1 and share[1] > 3


def test_disjoint_dates_are_refused_and_both_extents_named(engine):
    far = ArraySource(town(), affine=Affine(0.5, 0, 700000, 0, -0.5, 5_000_000))
    with pytest.raises(DatesDisjoint) as caught:
        compare(engine, ArraySource(town()), far)
    assert caught.value.before[0] == 500000 and caught.value.after[0] == 700000
    assert "500000" in str(caught.value) and "700000" in str(caught.value)


def test_one_shared_pixel_is_compared(engine):
    other = ArraySource(ground(cover="bare"), name="other", affine=UTM * Affine.translation(399, 299))
    found = compare(engine, ArraySource(ground()), other)
    assert found.facts["region"]["pixels"] == found.facts["valid"]["pixels"] == 1
    assert found.facts["alignment"]["overlap"] == pytest.approx({"before": 1 / 120_000, "after": 1 / 120_000}, abs=1e-4)
    assert not found.facts["alignment"]["shift"]["applied"]


def test_a_date_without_any_pixel_is_refused(engine):
    empty = ArraySource(ground(), name="empty", valid=np.zeros((300, 400), bool))
    for pair in ((ArraySource(town()), empty), (empty, ArraySource(town()))):
        with pytest.raises(NothingToAnalyse):
            compare(engine, *pair)


def test_a_date_of_numbers_that_are_none_is_unknown(engine):
    before, after = dates()
    holes = after.astype(np.float32)
    holes[:, 140:, 170:] = np.nan
    found = compare(engine, ArraySource(before), Stored(holes, name="holes"))
    assert found.facts["unknown"]["pixels"] == 160 * 230
    with pytest.raises(NothingToAnalyse):
        compare(engine, ArraySource(before), Stored(np.full_like(holes, np.nan), name="none"))


def test_a_date_that_cannot_be_read_is_unreadable(engine):
    class Truncated(ArraySource):
        def read(self, window, out_shape=None):
            if self.reads > 0:
                raise RasterUnreadable(self.name, "truncated")
            return super().read(window, out_shape)

    with pytest.raises(RasterUnreadable):
        compare(engine, ArraySource(town()), Truncated(town(), name="truncated"))


def test_what_one_date_lacks_is_unknown_and_never_called_unchanged(engine):
    before, after = dates()
    valid = np.ones((300, 400), bool)
    valid[140:, 170:] = False
    found = compare(engine, ArraySource(before), ArraySource(after, name="cut", valid=valid, broken=True))
    assert found.facts["unknown"]["pixels"] == (~valid).sum()
    assert found.facts["unreadable"]["pixels"] > 0
    assert found.counts["building"] == {"added": 0, "removed": 1}
    assert "could not be read or holds no data" in found.caption
    change, moved = scores(engine, ArraySource(before), ArraySource(after, name="cut", valid=valid, broken=True))
    assert np.isnan(moved[:, ~valid]).all() and not np.isnan(moved[:, valid]).any()


def test_one_date_without_crs_is_refused_and_named(engine):
    with pytest.raises(CrsMissing) as caught:
        compare(engine, ArraySource(town()), ArraySource(town(), epsg=None, name="plain"))
    assert caught.value.name == "plain"


def test_sixteen_bits_against_eight_change_nothing(engine):
    before, after = dates()
    deep = Stored(after.astype(np.uint16) * 40 + 300, name="deep")
    found = compare(engine, ArraySource(before), deep)
    assert {(f.from_label, f.to_label) for f in found.features.features} >= {
        ("low vegetation", "building"), ("building", "low vegetation")}
    assert found.facts["changed"]["share"] < 0.05


def test_colour_against_one_band_is_compared_in_grey_and_said(engine):
    before, _ = dates()
    plain = Stored(before.mean(axis=0, keepdims=True).round().astype(np.uint8), name="plain")
    found = compare(engine, ArraySource(before), plain)
    assert found.facts["alignment"]["grey"]
    assert found.facts["changed"]["pixels"] == 0
    assert "grey" in found.caption


def test_ten_metres_against_a_third_are_compared_at_ten_and_said(engine):
    fine = ArraySource(ground(600, 600), gsd=0.3)
    coarse = ArraySource(ground(18, 18), gsd=10.0, name="coarse")
    for pair in ((fine, coarse), (coarse, fine)):
        found = compare(engine, *pair)
        assert found.facts["gsd"] == pytest.approx(10, rel=0.01)
        assert "10 m" in found.caption and "0.3 m" in found.caption

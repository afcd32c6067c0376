"""Whole footprints from their quarters, and sources that cannot be told by their look."""

from typing import NamedTuple

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytestmark = pytest.mark.torch

from terralogue.models.training import grounds, labels, styling  # noqa: E402


class Named(NamedTuple):
    name: str
    value: int = 0


def test_four_near_tiles_make_their_footprint_whichever_way_they_come():
    x, y = 319292 * 2, 270960 * 2
    tiles = [Named(f"OAM-{x + i}-{y + j}-20.jpg", 10 * j + i) for i in (1, 0) for j in (0, 1)]
    far, closer = Named("OAM-319292-270960-19.jpg"), Named(f"OAM-{x * 2}-{y * 2}-21.jpg")
    ((name, four),) = grounds.quarters([far, *tiles, closer])
    assert name == "319292-270960" and [tile.value for tile in four] == [0, 1, 10, 11]
    assert list(grounds.quarters(tiles[:3])) == []


def test_windows_of_one_image_are_put_back_where_they_were():
    whole = np.arange(512 * 512).reshape(512, 512)
    tiles = [Named(f"a.tif:{top}:{left}") for top in (256, 0) for left in (0, 256)]
    ((name, four),) = grounds.quarters(tiles)
    parts = {tile.name: whole[int(tile.name.split(":")[1]):, int(tile.name.split(":")[2]):][:256, :256] for tile in four}
    assert name == "a.tif" and np.array_equal(grounds.joined([parts[tile.name] for tile in four]), whole)


def _tiles(n=12, size=32):
    rng = np.random.default_rng(1)
    rgb = torch.from_numpy(rng.uniform(0.3, 0.6, (n, 3, size, size)).astype(np.float32))
    label = torch.full((n, size, size), labels.UNKNOWN & ~labels.BUILDING, dtype=torch.uint8)
    label[:, 4:12, 4:12] = labels.BUILDING
    label[:, 18:28, 16:30] = labels.BUILDING
    return rgb, label


def test_repainting_changes_roofs_or_their_shape_on_open_ground_and_never_a_label():
    rgb, label = _tiles(40)
    kept = label.clone()
    painted = styling.repainted(rgb, label, np.random.default_rng(2))
    assert torch.equal(label, kept)
    moved = (painted - rgb).abs().amax(1) > 0.05
    roofs = label == labels.BUILDING
    assert moved[roofs].any() and moved[~roofs].any(), "decoys lie on ground, or paint alone would mean roof"
    untouched = ~moved.flatten(1).any(1)
    assert 0.4 < untouched.float().mean() < 0.9
    inside = painted[:, :, 6:10, 6:10]  # texture stays: the spread inside a repainted roof is that of before
    assert torch.allclose(inside.std((2, 3)), rgb[:, :, 6:10, 6:10].std((2, 3)), atol=0.03)


def test_a_cut_brings_its_labels_along_and_makes_the_scene_unknown():
    rgb, label = _tiles(30)
    rgb = torch.arange(30.0).view(30, 1, 1, 1).expand_as(rgb).contiguous()
    label = (torch.arange(30, dtype=torch.uint8).view(30, 1, 1) + torch.zeros_like(label))
    mixed, marks, scene = styling.cut(rgb, label, torch.full((30,), 3), np.full(30, 0.3), np.random.default_rng(0))
    assert torch.equal(mixed[:, 0].to(torch.uint8), marks), "pixels and labels of a piece come from the same tile"
    foreign = (marks != torch.arange(30, dtype=torch.uint8).view(30, 1, 1)).float().mean((1, 2))
    assert (foreign > 0).any() and (scene[foreign > 0.3] == -1).all() and (scene[foreign == 0] == 3).all()


def test_tiles_of_another_scale_are_not_cut_in():
    rgb, label = _tiles(20)
    rgb = torch.arange(20.0).view(20, 1, 1, 1).expand_as(rgb).contiguous()
    gsd = np.where(np.arange(20) % 2, 0.2, 0.6)
    mixed, _, _ = styling.cut(rgb, label, torch.full((20,), 3), gsd, np.random.default_rng(0))
    own = torch.arange(20.0).view(20, 1, 1) % 2
    assert torch.equal(mixed[:, 0] % 2, own.expand_as(mixed[:, 0]))


def test_borrowed_light_moves_means_and_keeps_what_is_where():
    rgb, _ = _tiles(40)
    rgb = rgb * torch.linspace(0.3, 1.5, 40).view(40, 1, 1, 1)
    lit = styling.borrowed(rgb, np.random.default_rng(3))
    changed = (lit - rgb).abs().amax((1, 2, 3)) > 1e-3
    assert 0.1 < changed.float().mean() < 0.6
    one = int(changed.nonzero()[0])
    a, b = rgb[one, 0].flatten(), lit[one, 0].flatten()
    assert torch.corrcoef(torch.stack((a, b)))[0, 1] > 0.97

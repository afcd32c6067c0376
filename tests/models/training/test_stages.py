"""The training code itself: losses against values worked out by hand, exact symmetry, same seed same losses."""

from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytestmark = pytest.mark.torch

from terralogue.models.maps.land_cover import believed  # noqa: E402
from terralogue.models.training import (  # noqa: E402
    change_stage,
    cover_stage,
    encoder_stage,
    kept_weights,
    labels,
    losses,
    thing_stage,
)
from terralogue.models.training.batches import Batch  # noqa: E402
from terralogue.models.training.network import ChangeHead, NanoNetwork  # noqa: E402
from terralogue.models.vision.nano import Seen  # noqa: E402


def test_the_cover_loss_is_the_log_probability_of_the_set():
    logits = torch.log(torch.tensor([0.5, 0.2, 0.1, 0.1, 0.05, 0.05])).view(1, 6, 1, 1)
    def loss(bits):
        return float(losses.cover_loss(logits, torch.full((1, 1, 1), bits, dtype=torch.uint8)))
    assert loss(labels.BUILDING) == pytest.approx(-np.log(0.5), abs=1e-5)
    assert loss(labels.PAVED | labels.TREE) == pytest.approx(-np.log(0.3), abs=1e-5)
    assert loss(labels.UNKNOWN) == 0.0


def test_a_residential_tile_without_any_roof_costs_and_one_with_some_does_not():
    from terralogue.models.vision.legend import SCENES

    def loss(scene, share):
        logits = torch.full((1, 6, 10, 10), -9.0)
        logits[:, 1] = 0.0
        logits[:, 0, :int(10 * share)] = 9.0
        return float(losses.share_loss(logits, torch.tensor([SCENES.index(scene) if scene else -1])))
    assert loss("denseresidential", 0.0) > 0.1 and loss("denseresidential", 0.4) == pytest.approx(0.0, abs=1e-3)
    assert loss("golfcourse", 0.5) > 0.3 and loss("golfcourse", 0.0) == 0.0
    assert loss("", 0.0) == 0.0 and loss("forest", 0.3) == 0.0, "what labels say already is not said again"


def test_an_unknown_pixel_sends_no_gradient():
    logits = torch.randn(1, 6, 4, 4, requires_grad=True)
    label = torch.full((1, 4, 4), labels.UNKNOWN, dtype=torch.uint8)
    label[0, 0, 0] = labels.WATER
    losses.cover_loss(logits, label).backward()
    assert logits.grad[0, :, 1:, 1:].abs().max() == 0 and logits.grad[0, :, 0, 0].abs().max() > 0


def test_change_is_known_only_where_both_dates_decide():
    before = torch.tensor([[[labels.BUILDING, labels.UNKNOWN & ~labels.BUILDING, labels.UNKNOWN, labels.TREE]]],
                          dtype=torch.uint8)
    after = torch.tensor([[[labels.UNKNOWN & ~labels.BUILDING, labels.UNKNOWN & ~labels.BUILDING, labels.TREE, labels.TREE]]],
                         dtype=torch.uint8)
    target, known = change_stage.compared(before, after)
    assert target[0, 0, 0].tolist() == [1, 0, 0, 0]  # building: gone, absent twice, unknown, absent twice
    assert known[0, 0, 0].tolist() == [True, True, False, True]
    assert known[0, -1, 0].tolist() == [True, False, False, True]  # any change: certain only where something is certain
    assert target[0, -1, 0].tolist() == [1, 0, 0, 0]


def test_swapping_the_dates_gives_the_very_same_change():
    torch.manual_seed(0)
    head = ChangeHead().eval()
    a, b, p, q = torch.rand(1, 96, 8, 8), torch.rand(1, 96, 8, 8), torch.rand(1, 6, 8, 8), torch.rand(1, 6, 8, 8)
    with torch.no_grad():
        assert torch.equal(head(a, b, p, q), head(b, a, q, p))


def test_the_network_keeps_its_fixed_shapes():
    network = NanoNetwork().eval()
    with torch.no_grad():
        output = network(torch.rand(1, 3, 64, 96), torch.zeros(1, 3))
    assert output.cover.shape == (1, 6, 32, 48) and output.features.shape == (1, 96, 16, 24)
    assert sum(p.numel() for p in network.encoder.parameters()) == 5_033_888, "the encoder is fixed for good"


@pytest.fixture
def packed(tmp_path):
    rng = np.random.default_rng(0)
    for name in ("grounds", "outlined", "ucmerced", "eurosat_rgb", "neon_trees", "naip_series"):
        folder = tmp_path / f"{name}-train"
        folder.mkdir()
        size = 64 if name == "eurosat_rgb" else 256
        np.save(folder / "images.npy", rng.integers(0, 255, (4, 3, size, size), np.uint8))
        np.save(folder / "labels.npy", rng.integers(1, 63, (4, size, size)).astype(np.uint8))
        scene = {"ucmerced": 7, "eurosat_rgb": 25}.get(name, -1)
        np.save(folder / "scenes.npy", np.full(4, scene, np.int16))
        np.save(folder / "gsd.npy", np.full(4, 0.3, np.float32))
    return tmp_path


def test_the_same_seed_gives_the_same_losses_and_a_resumed_run_goes_on_alike(packed, tmp_path, monkeypatch):
    tiny = (encoder_stage.Phase(1.0, 64, {"roofs": 2, "aerial": 2, "satellite": 2}),)
    monkeypatch.setattr(encoder_stage, "PHASES", tiny)
    def weights(out, *stops):
        for stop in stops:
            encoder_stage.train(packed, packed, tmp_path / out, stop, seed=3, without="rendered")
        return torch.load(tmp_path / out / "encoder.pt", weights_only=True)["cover.0.weight"]
    torch.set_num_threads(1)
    assert torch.allclose(weights("a", 3), weights("b", 3), atol=1e-6)


def test_training_goes_on_from_restored_weights(packed, tmp_path, monkeypatch):
    tiny = (encoder_stage.Phase(1.0, 64, {"roofs": 2, "aerial": 2, "satellite": 2}),)
    monkeypatch.setattr(encoder_stage, "PHASES", tiny)
    torch.manual_seed(7)
    run = tmp_path / "run"
    run.mkdir()
    kept = NanoNetwork().state_dict()
    torch.save(kept, run / "encoder.pt")
    encoder_stage.train(packed, packed, run, 1, seed=3, without="rendered", rate=1e-9)
    found = torch.load(run / "encoder.pt", weights_only=True)
    assert all(torch.allclose(found[name], value, atol=1e-4) for name, value in kept.items())
    written = (run / "encoder.pt").stat().st_mtime_ns
    encoder_stage.train(packed, packed, run, 1, seed=3, without="rendered")  # all steps are done: nothing is left to do
    assert (run / "encoder.pt").stat().st_mtime_ns == written


def test_kept_weights_come_back_and_hold_no_pickle(tmp_path):
    torch.manual_seed(0)
    run, again = tmp_path / "run", tmp_path / "again"
    run.mkdir()
    parts = {"encoder": NanoNetwork(), "change": ChangeHead(), "things": thing_stage.Heads()}
    for name, part in parts.items():
        torch.save(part.state_dict(), run / f"{name}.pt")
    kept_weights.keep(run, tmp_path / "kept")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["nano-0.1.npz"], "no words were learnt"
    kept_weights.restore(again, tmp_path / "kept")
    for name, part in parts.items():
        found = torch.load(again / f"{name}.pt", weights_only=True)
        assert found.keys() == part.state_dict().keys()
        part.load_state_dict(found)
        for key, value in torch.load(run / f"{name}.pt", weights_only=True).items():
            assert torch.allclose(found[key].float(), value.float(), atol=2e-3), key


def test_a_roof_cut_into_a_residential_tile_stays_a_roof_when_the_teacher_misses_it():
    from terralogue.models.training.batches import Batch

    network = NanoNetwork()
    torch.nn.init.zeros_(network.cover[2].weight)
    with torch.no_grad():
        network.cover[2].bias.copy_(torch.tensor([-9.0] * 4 + [1.0] * 20))  # never a building, says this teacher
    label = torch.full((1, 64, 64), labels.UNKNOWN, dtype=torch.uint8)
    label[0, :8] = labels.BUILDING
    batch = Batch(torch.rand(1, 3, 64, 64), label, torch.tensor([encoder_stage.ROOFED[0]]), torch.zeros(1, 3))
    found = encoder_stage._pseudo_labels(network.eval(), batch)
    assert (found[0, :8] == labels.BUILDING).all() and (found > 0).all(), "no pixel may be left without any cover"
    assert (found[0, 8:] == labels.UNKNOWN & ~labels.BUILDING).all()


def test_what_is_known_to_be_no_roof_stays_none_however_sure_the_average_is():
    class Sure(torch.nn.Module):
        def forward(self, rgb, gsd):
            cover = torch.zeros(len(rgb), 6, 32, 32)
            cover[:, 0] = 20.0
            return SimpleNamespace(cover=cover)

    label = torch.full((1, 64, 64), labels.UNKNOWN, dtype=torch.uint8)
    label[:, :32] = labels.UNKNOWN & ~labels.BUILDING
    batch = Batch(torch.ones(1, 3, 64, 64), label, torch.tensor([encoder_stage.ROOFED[1]]), torch.zeros(1, 3))
    found = encoder_stage._pseudo_labels(Sure(), batch)[0]
    assert (found[:32] == labels.UNKNOWN & ~labels.BUILDING).all() and (found[32:] == labels.BUILDING).all()


def test_the_cover_head_learns_alone_and_takes_the_place_of_the_old_one(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(cover_stage, "COUNTS", {"roofs": 1, "outlined": 1, "aerial": 1})
    monkeypatch.setattr(cover_stage, "open_sources", lambda *_: encoder_stage.open_sources(packed, packed, "rendered"))
    torch.manual_seed(5)
    run = tmp_path / "run"
    run.mkdir()
    before = NanoNetwork().state_dict()
    torch.save(before, run / "encoder.pt")
    cover_stage.train(packed, packed, run, 2)
    after = torch.load(run / "encoder.pt", weights_only=True)
    moved = {name.split(".")[0] for name, value in after.items() if not torch.equal(value, before[name])}
    assert moved == {"cover"}


def test_notes_of_a_run_are_kept_and_restored_with_its_weights(tmp_path):
    run, folder, again = (tmp_path / name for name in ("run", "kept", "again"))
    run.mkdir()
    torch.save(NanoNetwork().state_dict(), run / "encoder.pt")
    (run / "encoder-log.jsonl").write_text('{"step": 0}\n')
    kept_weights.keep(run, folder)
    kept_weights.restore(again, folder)
    assert (again / "encoder-log.jsonl").read_text() == '{"step": 0}\n' and (again / "encoder.pt").exists()


def test_told_covers_are_believed_in_training_as_they_are_in_use():
    rng = np.random.default_rng(0)
    cover = rng.dirichlet(np.ones(6), (2, 32, 32)).transpose(0, 3, 1, 2).astype(np.float32)
    told = rng.integers(0, 6, (2, 32, 32)).astype(np.float32)
    told[:, :10, :10] = -1
    pooled = torch.nn.functional.avg_pool2d(torch.from_numpy(cover), 4)
    used = believed(Seen(cover, None, None, pooled.numpy()), told)
    # In training the pooled covers are told, in use the covers are told and pooled: the same where a cell is all told or untold.
    cells = torch.from_numpy(told).reshape(2, 8, 4, 8, 4)
    whole = ((cells >= 0).all(4).all(2) | (cells < 0).all(4).all(2))[:, None].numpy()
    learnt = change_stage._believed(pooled, torch.from_numpy(told)).numpy()
    assert 0.5 < whole.mean() < 1
    np.testing.assert_allclose(np.where(whole, learnt, 0), np.where(whole, used.coarse, 0), atol=1e-6)

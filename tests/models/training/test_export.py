"""The graphs that are shipped: what the network computes, through the runtime that the plugin uses."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (group 'training')")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (group 'core')")

from terralogue.models.training.export import export  # noqa: E402
from terralogue.models.training.network import NanoNetwork  # noqa: E402
from terralogue.models.vision.legend import gsd_code  # noqa: E402
from terralogue.models.vision.nano import Nano  # noqa: E402


def test_image_tokens_come_out_as_the_network_makes_them_at_any_size_of_tile(tmp_path):
    export(tmp_path, tmp_path / "nano", random=True)
    nano = Nano.load(tmp_path / "nano", threads=1)
    assert nano.has_grid
    torch.manual_seed(1)
    network = NanoNetwork().eval()
    for count, height, width in ((1, 256, 256), (2, 64, 128)):
        rgb = np.random.default_rng(0).random((count, 3, height, width), np.float32)
        found = nano.see(rgb, 0.3).grid
        with torch.no_grad():
            wanted = network(torch.from_numpy(rgb), torch.from_numpy(gsd_code([0.3] * count))).grid.numpy()
        assert found.shape == wanted.shape == (count, 544, height // 32, width // 32)
        assert np.abs(found - wanted).max() < 0.05 * np.abs(wanted).max(), "weights are stored in 8 bits"

"""The row of the options about images looked at: what they take is shown, cleared at once, limited on OK."""

import numpy as np
import pytest

from terralogue.models.masks.engine import Embedding
from terralogue.plugin import settings as user
from terralogue.plugin.core.embedding_store import embeddings, folder
from terralogue.plugin.core.service import Service
from terralogue.plugin.gui.embedding_row import EmbeddingRow

SEEN = Embedding({"features": np.ones((64, 128, 128), np.float32)}, (256, 256))


@pytest.fixture(autouse=True)
def service(qgis_app, tmp_path):
    made = Service(cache=tmp_path / "cache")
    Service.replace(made)
    yield made
    Service.replace(None)
    user.embedding_cache_megabytes.remove()


def test_an_empty_cache_makes_no_folder_and_cannot_be_cleared(service):
    row = EmbeddingRow()
    assert row.used.text() == "0.0 MB used" and not row.clear.isEnabled()
    assert not folder().exists() and str(folder()) in row.toolTip()


def test_what_is_kept_is_shown_and_cleared_at_once(service):
    embeddings().put("a" * 64, SEEN)
    row = EmbeddingRow()
    assert row.used.text() == "2.1 MB used"
    row.clear.click()
    assert embeddings().size == 0 and embeddings().get("a" * 64) is None
    assert row.used.text() == "0.0 MB used" and not row.clear.isEnabled()


def test_the_limit_is_kept_and_holds_from_then_on(service):
    row = EmbeddingRow()
    assert row.limit.value() == 1000
    row.limit.setValue(50)
    assert embeddings().most_bytes == 1_000_000_000, "nothing is written before OK"
    row.apply()
    assert embeddings().most_bytes == 50_000_000
    for number in range(30):
        embeddings().put(f"{number:064x}", SEEN)
    assert embeddings().size <= 50_000_000 and embeddings().get(f"{29:064x}") is not None


def test_a_settings_file_with_nonsense_leaves_the_default(service):
    user.embedding_cache_megabytes.setValue(-5)
    assert embeddings().most_bytes == 1_000_000_000

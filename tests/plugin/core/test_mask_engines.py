"""Which engines are offered, and that one which cannot be used says why."""

from types import SimpleNamespace

import pytest

from terralogue.models.errors import TerralogueError
from terralogue.plugin.core.mask_engines import EMBEDDED, MaskEngines
from terralogue.plugin.core.messages import sentence


class Service:
    """Only what engines are asked of."""

    def __init__(self, cache):
        self.cache, self.masks = cache, object()

    def ready(self):
        return True, "", ""

    def engine(self):
        return SimpleNamespace(masks=self.masks)


def test_the_embedded_model_is_always_there_and_opened_anew_after_a_restart(qgis_app, tmp_path):
    service = Service(tmp_path)
    engines = MaskEngines(service, tmp_path / "none")
    assert [key for key, _ in engines.choices()] == [EMBEDDED]
    assert engines.open(EMBEDDED) is service.masks
    service.masks = object()
    assert engines.open(EMBEDDED) is service.masks


def test_a_model_that_is_none_is_offered_and_says_why_it_cannot_be_used(qgis_app, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "encoder.onnx").write_bytes(b"this is no graph")
    engines = MaskEngines(Service(tmp_path), tmp_path)
    (_, _), (key, name) = engines.choices()
    assert name == "broken"
    with pytest.raises(TerralogueError) as error:
        engines.open(key)
    assert 10 < len(sentence(error.value)) <= 200 and str(tmp_path) not in sentence(error.value)


def test_what_was_seen_is_kept_in_the_cache_of_the_service(qgis_app, tmp_path):
    assert MaskEngines(Service(tmp_path)).kept().folder == tmp_path / "seen"

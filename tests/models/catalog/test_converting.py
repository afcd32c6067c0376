"""Published weights through the import: converted on the way in, tried, and nothing left of what was refused."""

import importlib.util
import zipfile

import pytest
import tiny_clip

from terralogue.models.catalog.entries import ENCODERS, MASKS, Entry
from terralogue.models.catalog.store import ModelStore
from terralogue.models.catalog.taking_in import take_in
from terralogue.models.catalog.trial import try_model
from terralogue.models.errors import WeightsRefused

pytestmark = [pytest.mark.torch, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
PAGE = "https://example.org"


@pytest.fixture
def store(tmp_path):
    pytest.importorskip("torch")
    return ModelStore(tmp_path / "profile")


def test_published_weights_become_an_encoder_that_works(tmp_path, store):
    source = tiny_clip.saved(tmp_path / "here" / "RS5M_ViT-B-32.pt", tiny_clip.clip_state())
    tiny_clip.vocabulary(source.parent)
    entry = Entry("geo", ENCODERS, "Tiny GeoRSCLIP", "Search", "CC", PAGE, PAGE, 0, files=(source.name,))
    kept = take_in(source, ENCODERS, store, entry)
    assert (kept.title, kept.entry, kept.trust, kept.problem) == ("Tiny GeoRSCLIP", "geo", "first use", "")
    tried = try_model(kept)
    assert tried["ran"] and str(tiny_clip.DIM) in tried["said"]
    again = take_in(kept.path, ENCODERS, store)
    assert again.key == "Tiny GeoRSCLIP 2" or again.key != kept.key
    assert try_model(again)["ran"]


def test_an_archive_is_read_with_the_vocabulary_beside_it(tmp_path, store):
    source = tiny_clip.saved(tmp_path / "SkyCLIP_ViT_B32_top50pct" / "epoch_20.pt", tiny_clip.clip_state())
    tiny_clip.vocabulary(tmp_path)
    archive = tmp_path / "SkyCLIP_ViT_B32_top50pct.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.write(source, "SkyCLIP_ViT_B32_top50pct/epoch_20.pt")
    assert try_model(take_in(archive, ENCODERS, store))["ran"]


def test_weights_without_their_words_are_refused_and_leave_nothing(tmp_path, store):
    source = tiny_clip.saved(tmp_path / "RS5M_ViT-B-32.pt", tiny_clip.clip_state())
    with pytest.raises(WeightsRefused):
        take_in(source, ENCODERS, store)
    assert store.installed() == [] and not list(store.incoming.iterdir())


def test_a_checkpoint_of_sam_becomes_an_engine_that_works(tmp_path, store):
    if importlib.util.find_spec("segment_anything") is None:
        pytest.skip("segment-anything is not installed: pip install --no-deps segment-anything")
    import torch

    from terralogue.models.masks import convert_sam
    from terralogue.models.masks.sam_shapes import SamShape

    sam = convert_sam.build(SamShape(128, 16, 64, 3, 4, 4.0, 4, (2,), 32, 16, 4, 2, 64, 32))
    torch.save(sam.state_dict(), tmp_path / "sam_vit_b_01ec64.pth")
    kept = take_in(tmp_path / "sam_vit_b_01ec64.pth", MASKS, store, title="Small SAM")
    assert kept.title == "Small SAM" and try_model(kept)["ran"]

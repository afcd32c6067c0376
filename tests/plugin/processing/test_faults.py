"""Wrong inputs and cancels: QGIS's own exception with one clear sentence, and no file left behind."""

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from terralogue.plugin.core.service import Service


class Listening(QgsProcessingFeedback):
    """Keeps what the dialog's log would show in red."""

    def __init__(self):
        super().__init__()
        self.errors = []

    def reportError(self, error, fatal=False):  # noqa: N802 - QGIS
        self.errors.append(error)


def refused(run, name, **parameters):
    """The sentence a user gets: in the exception, or in the log where QGIS puts a general one of its own after it."""
    feedback = Listening()
    with pytest.raises(QgsProcessingException) as error:
        run(name, feedback, **parameters)
    sentence = (feedback.errors or [str(error.value)])[0]
    assert 10 < len(sentence) <= 200 and "Traceback" not in sentence and sentence[-1] == "."
    return sentence


def test_words_that_the_model_does_not_know(run, town, tmp_path):
    target = tmp_path / "out.gpkg"
    assert "zebras" in refused(run, "segment", INPUT=town, PROMPT="zebras", OUTPUT=str(target))
    assert not target.exists()


def test_neither_words_nor_points(run, town):
    assert "what to look for" in refused(run, "segment", INPUT=town, PROMPT="", OUTPUT="TEMPORARY_OUTPUT")


def test_a_raster_that_is_not_there(run, tmp_path):
    with pytest.raises(QgsProcessingException, match="gone.tif"):
        run("caption", INPUT=str(tmp_path / "gone.tif"))


def test_an_extent_beside_the_raster(run, town):
    assert "town" in refused(run, "caption", INPUT=town, EXTENT="0,10,0,10 [EPSG:32632]")


def test_regions_over_a_raster_without_a_crs(run, place, shapes):
    from fakes import town

    regions = shapes("Polygon", ["POLYGON((500000 5000000,500100 5000000,500100 4999960,500000 5000000))"])
    layer = place(town(), "nowhere.tif", epsg=None)
    assert "coordinate reference system" in refused(run, "caption", INPUT=layer, REGIONS=regions)


def test_a_model_that_is_missing(run, town, tmp_path):
    Service.replace(Service(resources=tmp_path, cache=tmp_path / "cache"))
    assert "Reinstall" in refused(run, "caption", INPUT=town) or "Install" in refused(run, "caption", INPUT=town)


def test_packages_that_are_missing(run, town, service, monkeypatch):
    monkeypatch.setattr(service, "activate", lambda: (False, "onnxruntime"))
    assert "onnxruntime" in refused(run, "segment", INPUT=town, PROMPT="water", OUTPUT="TEMPORARY_OUTPUT")
    assert run("status")["STATUS"]


def test_a_raster_of_nothing_but_nodata(run, place):
    import numpy as np

    empty = place(np.zeros((3, 100, 100), np.uint8), "empty.tif", nodata=0)
    assert "empty" in refused(run, "caption", INPUT=empty)


def test_a_cancel_before_the_start_leaves_nothing(run, town, tmp_path):
    feedback, target = QgsProcessingFeedback(), tmp_path / "out.gpkg"
    feedback.cancel()
    with pytest.raises(QgsProcessingException):
        run("segment", feedback, INPUT=town, PROMPT="buildings", OUTPUT=str(target))
    assert not target.exists()


def test_a_cancel_in_the_middle_leaves_nothing(run, town, tmp_path, nano):
    feedback, target = QgsProcessingFeedback(), tmp_path / "out.gpkg"
    see = nano.see

    def cancelling(*arguments):
        feedback.cancel()
        return see(*arguments)

    nano.see = cancelling
    with pytest.raises(QgsProcessingException, match="Stopped"):
        run("segment", feedback, INPUT=town, PROMPT="buildings", OUTPUT=str(target))
    assert nano.tiles < 6 and not target.exists()
    nano.see = see
    assert run("segment", INPUT=town, PROMPT="buildings", OUTPUT=str(target))["COUNT"] == 12


def test_a_place_that_cannot_be_written(run, town, tmp_path):
    with pytest.raises(QgsProcessingException, match="out.gpkg"):
        run("segment", INPUT=town, PROMPT="water", OUTPUT=str(tmp_path / "no" / "such" / "out.gpkg"))
    assert not (tmp_path / "no").exists()

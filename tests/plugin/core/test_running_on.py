"""What models run on: the setting is obeyed, and where they run is said in words, with the reason."""

import json

import pytest

from terralogue.models.runtimes.choice import Choice, choose, chosen
from terralogue.plugin import settings
from terralogue.plugin.core.running_on import device_name, running_on, take_choice
from terralogue.plugin.core.service import Service

CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"


@pytest.fixture(autouse=True)
def as_before():
    yield
    for entry in (settings.run_on, settings.graphics_memory_megabytes):
        entry.remove()
    choose(Choice())


@pytest.mark.parametrize("value, only", [("automatic", False), ("processor", True), ("the moon", False)])
def test_the_setting_decides_for_models_loaded_from_now_on(tmp_path, value, only):
    settings.run_on.setValue(value)
    settings.graphics_memory_megabytes.setValue(1500)
    take_choice(tmp_path)
    assert chosen() == Choice(only, tmp_path / "providers.json", 1_500_000_000)


def test_looking_for_packages_takes_the_choice_up(tmp_path):
    settings.run_on.setValue("processor")
    Service(cache=tmp_path).activate()
    assert chosen().processor_only


def test_each_provider_is_named_once_with_its_reason():
    graphs = {"see": (CUDA, ""), "change": (CUDA, ""), "mask": (CPU, "CUDA: its memory is full")}
    assert running_on(graphs) == "GPU (CUDA); CPU – CUDA: its memory is full"
    assert "first question" in running_on({})
    assert device_name("XnnpackExecutionProvider") == "Xnnpack"


def test_a_fallback_is_shown_in_options_status_and_answers(tmp_path, repository):
    from qgis.PyQt.QtWidgets import QLabel

    from terralogue.plugin.gui.chat.provenance import Provenance
    from terralogue.plugin.gui.options_page import OptionsPage
    from terralogue.plugin.processing.status import StatusAlgorithm

    class Nano:
        name, digest, provider, covers, gsd_range = "Nano", "sha256:0", CPU, ("tree",), (0.1, 10.0)
        fallback = "CUDA: the NVIDIA driver is too old"
        runs_on = {"see": (CPU, fallback)}

    class Built(Service):
        runs_on = Nano.runs_on

        def engine(self):
            return type("Engine", (), {"nano": Nano})

    Service.replace(Built(cache=tmp_path, nano=Nano))
    try:
        assert OptionsPage().running_on.text() == "CPU – CUDA: the NVIDIA driver is too old"
        (told,) = [StatusAlgorithm._model(type("Asked", (), {"service": Service.instance()}))]
        assert told["fallback"] == Nano.fallback and json.dumps(told["runs_on"])
        shown = Provenance({"provider": CPU, "fallback": Nano.fallback})
        texts = [label.text() for label in shown.findChildren(QLabel)]
        assert "CPU" in texts and Nano.fallback in texts
        assert len(Provenance({"provider": CPU, "fallback": ""}).findChildren(QLabel)) == 2
    finally:
        Service.replace(None)


def test_the_options_page_writes_the_choice():
    from terralogue.plugin.gui.options_page import OptionsPage

    page = OptionsPage()
    page.run_on.setCurrentIndex(1)
    page.apply()
    assert settings.run_on.value() == "processor"
    for entry in settings.ENTRIES:
        entry.remove()

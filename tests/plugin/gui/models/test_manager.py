"""The window of models: what is listed, fetched, imported, tried, chosen and deleted; no network before a click."""

import hashlib
import sys
from pathlib import Path

import pytest
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox

TESTS = Path(__file__).resolve().parents[3]
sys.path.extend(str(TESTS / place) for place in ("models/masks", "faults"))

import tiny_sam  # noqa: E402
from scripted_server import Server  # noqa: E402

from terralogue.models.catalog.entries import ENCODERS, MASKS, Entry, Part, read_entries  # noqa: E402
from terralogue.models.catalog.store import ModelStore, hold  # noqa: E402
from terralogue.models.catalog.taking_in import take_in  # noqa: E402
from terralogue.plugin import settings as user  # noqa: E402
from terralogue.plugin.core import model_store  # noqa: E402
from terralogue.plugin.core.mask_engines import MaskEngines  # noqa: E402
from terralogue.plugin.core.service import ROOT, Service  # noqa: E402
from terralogue.plugin.gui.models import opening  # noqa: E402
from terralogue.plugin.gui.models.manager_dialog import ManagerDialog  # noqa: E402

PAGE = "https://example.org/tiny"


@pytest.fixture(autouse=True)
def place(qgis_app, tmp_path, monkeypatch):
    """A profile of its own, and no choice of the one who runs this."""
    monkeypatch.setattr(model_store, "root", lambda: tmp_path / "profile" / "terralogue")
    Service.replace(Service(cache=tmp_path / "cache"))
    yield tmp_path / "profile" / "terralogue"
    Service.replace(None)
    for entry in (*user.models_for.values(), user.model_downloads):
        entry.remove()


@pytest.fixture
def store(place):
    return ModelStore(place)


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def tiny(server, tmp_path, monkeypatch):
    """A catalogue of one small model that the server has, and one that has to be imported."""
    files = {f"/{path.name}": path.read_bytes() for path in tiny_sam.pair(tmp_path / "served").iterdir()}
    server.answer = lambda handler, number: handler.file(files[handler.path])
    parts = tuple(Part(name[1:], server.address(name), "sha256:" + hashlib.sha256(content).hexdigest(), len(content))
                  for name, content in sorted(files.items()))
    size = sum(part.size for part in parts)
    one = Entry("tiny", MASKS, "Tiny SAM", "Outlines", "MIT", PAGE, PAGE, size, parts=parts)
    other = Entry("clip", ENCODERS, "Tiny CLIP", "Search", "MIT", PAGE, PAGE, 5, files=("clip.pt",))
    monkeypatch.setattr(model_store, "entries", lambda: (one, other))
    return one


@pytest.fixture
def dialog(place):
    made = []

    def make():
        made.append(ManagerDialog())
        made[-1].show()
        return made[-1]

    yield make
    for each in made:
        each.unload()


def states(dialog):
    return {row.title: row.state for row in dialog.rows}


def idle(dialog, spin_until):
    spin_until(lambda: dialog.work.task is None, 30)


def test_the_shipped_list_is_shown_and_nothing_is_asked_of_the_network(dialog, qgis_app):
    asked = []
    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated.connect(asked.append)
    shown = dialog()
    for row in shown.rows:
        shown.choose(row.title)
        qgis_app.processEvents()
        assert shown.current.title == row.title and shown.details.title.text() == row.title
    manager.requestAboutToBeCreated.disconnect(asked.append)
    assert asked == []
    found = states(shown)
    assert found["Terralogue Nano"] == "shipped" and found["MobileSAM"] == "downloadable"
    assert found["GeoRSCLIP ViT-B-32"] == found["Qwen3-VL 2B Instruct"] == "importable"
    assert len(found) == 1 + len(read_entries(ROOT / "resources" / "catalog" / "models.json"))


def test_licence_source_and_size_stand_there_before_the_click(dialog):
    shown = dialog()
    shown.choose("MobileSAM")
    text = shown.details.text.text()
    assert "MIT" in text and "huggingface.co/Acly/MobileSAM" in text and "44.7 MB" in shown.download.text()
    shown.choose("GeoRSCLIP ViT-B-32")
    assert shown.download.isHidden() and "RS5M_ViT-B-32.pt" in shown.details.text.text()


def test_a_model_is_fetched_tried_chosen_and_deleted(dialog, tiny, store, spin_until, monkeypatch):
    shown = dialog()
    shown.choose("Tiny SAM")
    shown.download.click()
    assert shown.work.task is not None and not shown.folder.isEnabled() and shown.work.stop.isVisible()
    idle(shown, spin_until)
    assert states(shown)["Tiny SAM"] == "installed" and shown.current.title == "Tiny SAM"
    assert "published" in shown.details.text.text()
    shown.test.click()
    idle(shown, spin_until)
    assert "works on CPU" in shown.message.text()
    box = shown.jobs.boxes["masks"]
    box.setCurrentIndex(box.findText("Tiny SAM"))
    box.activated.emit(box.currentIndex())
    assert user.models_for["masks"].value() == "Tiny SAM"
    monkeypatch.setattr(shown, "ask_delete", lambda title, size: True)
    shown.delete.click()
    assert "another model for it" in shown.message.text() and len(store.installed()) == 1
    user.models_for["masks"].setValue("nano")
    shown.delete.click()
    assert store.installed() == [] and states(shown)["Tiny SAM"] == "downloadable"


def test_what_is_not_confirmed_is_not_deleted(dialog, tiny, store, tmp_path, monkeypatch):
    take_in(tiny_sam.pair(tmp_path / "SAM"), MASKS, store)
    shown = dialog()
    shown.choose("SAM")
    monkeypatch.setattr(shown, "ask_delete", lambda title, size: False)
    shown.delete.click()
    assert len(store.installed()) == 1


def test_a_model_that_is_open_is_not_deleted(dialog, tiny, store, tmp_path, monkeypatch):
    kept = take_in(tiny_sam.pair(tmp_path / "SAM"), MASKS, store)
    engines = MaskEngines(Service.instance(), store.folder(MASKS))
    engines.choices()
    engines.open(str(kept.path))
    shown = dialog()
    shown.choose("SAM")
    monkeypatch.setattr(shown, "ask_delete", lambda title, size: True)
    shown.delete.click()
    assert "in use" in shown.message.text() and kept.path.is_dir()


def test_a_pause_is_resumed(dialog, tiny, server, spin_until):
    import threading

    served, go_on = server.answer, threading.Event()

    def slow(handler, number):
        if number == 0:
            content = b"x" * tiny.parts[0].size
            handler.file(content, slowly=lambda place: go_on.wait(20))
        else:
            served(handler, number)

    server.answer = slow
    shown = dialog()
    shown.choose("Tiny SAM")
    shown.download.click()
    spin_until(lambda: server.asked, 10)
    shown.work.stop.click()
    idle(shown, spin_until)
    go_on.set()
    assert "Paused" in shown.message.text()
    shown.download.click()
    idle(shown, spin_until)
    assert states(shown)["Tiny SAM"] == "installed"


def test_a_sign_in_page_is_told_in_one_sentence(dialog, tiny, server, spin_until, store, log_lines):
    server.answer = lambda handler, number: handler.page()
    shown = dialog()
    shown.choose("Tiny SAM")
    shown.download.click()
    idle(shown, spin_until)
    assert "Sign in" in shown.message.text() and len(shown.message.text()) <= 200 and len(log_lines) == 1
    assert store.installed() == [] and states(shown)["Tiny SAM"] == "downloadable"


def test_with_downloads_off_nobody_is_asked(dialog, tiny, server, spin_until, finish):
    shown = dialog()
    shown.online.setChecked(False)
    shown.choose("Tiny SAM")
    assert not shown.download.isEnabled()
    outcome = finish(model_store.download_task(tiny))
    assert not outcome.ok and "switched off" in outcome.message and server.asked == []


def test_a_folder_is_imported_as_what_was_chosen(dialog, tiny, store, tmp_path, spin_until, monkeypatch):
    shown = dialog()
    shown.choose("Tiny SAM")
    source = tiny_sam.pair(tmp_path / "mine")
    monkeypatch.setattr(shown, "ask_folder", lambda: str(source))
    shown.folder.click()
    idle(shown, spin_until)
    (kept,) = store.installed()
    assert kept.entry == "tiny" and kept.trust == "published"


def test_a_model_of_ones_own_is_told_from_its_files_and_trusted_from_then_on(dialog, tiny, store, tmp_path, spin_until,
                                                                             monkeypatch):
    shown = dialog()
    shown.choose("Terralogue Nano")
    source = tiny_sam.pair(tmp_path / "mine")
    monkeypatch.setattr(shown, "ask_folder", lambda: str(source))
    shown.folder.click()
    idle(shown, spin_until)
    assert [one.kind for one in store.installed()] == [MASKS]
    assert "recorded when it was imported" in shown.details.text.text()


def test_a_damaged_file_is_refused_in_one_sentence(dialog, tiny, store, tmp_path, spin_until, monkeypatch):
    path = tmp_path / "model.onnx"
    path.write_text("<!DOCTYPE html>")
    shown = dialog()
    monkeypatch.setattr(shown, "ask_file", lambda: str(path))
    shown.file.click()
    idle(shown, spin_until)
    assert shown.message.text().startswith("model.onnx") and store.installed() == []


def test_a_hostile_title_is_text(dialog, store, tmp_path):
    folder = store.folder(MASKS) / "bad"
    tiny_sam.pair(folder)
    (folder / "manifest.json").write_text('{"name": "<img src=file:///etc/passwd><b>Bold</b>"}')
    shown = dialog()
    shown.choose("<img src=file:///etc/passwd><b>Bold</b>")
    assert shown.details.title.textFormat() == Qt.TextFormat.PlainText and "<b>" in shown.details.title.text()
    tips = [item.toolTip(0) for item in shown.list.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)]
    assert any("Bold" in tip for tip in tips) and not any("<" in tip for tip in tips), "Qt opens pictures in tool tips"


def test_the_chosen_engine_is_the_one_that_pointing_begins_with(store, tmp_path):
    kept = take_in(tiny_sam.pair(tmp_path / "SAM"), MASKS, store)
    engines = MaskEngines(Service.instance(), store.folder(MASKS))
    assert engines.preferred == "nano"
    model_store.choose("masks", kept.key)
    assert engines.preferred in [key for key, _ in engines.choices()]
    for gone in ("gone", "../..", ""):
        model_store.choose("masks", gone)
        assert engines.preferred == "nano" and model_store.chosen()["masks"] == "nano"


def test_everything_can_be_reached_by_keys_and_is_named(dialog, qgis_app):
    shown = dialog()
    shown.choose("MobileSAM")
    shown.activateWindow()
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.current.title == "SAM 2.1 tiny"
    for widget in (*shown.findChildren(QAbstractButton), *shown.findChildren(QComboBox)):
        if widget.isVisible() and widget.isEnabled():
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.text()
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_it_fits_a_small_screen(dialog):
    shown = dialog()
    for row in shown.rows:
        shown.choose(row.title)
        hint = shown.minimumSizeHint()
        assert hint.width() <= 1000 and hint.height() <= 580, row.title


def test_there_is_one_window_and_it_goes_with_the_plugin(qgis_app):
    first = opening.show_models()
    assert opening.show_models() is first and first.isVisible()
    assert opening.show_models(modal=True).windowModality() == Qt.WindowModality.ApplicationModal
    opening.close_models()
    opening.close_models()


def test_the_ways_to_it_lead_there(qgis_app, monkeypatch):
    from qgis.PyQt.QtWidgets import QWidget

    from terralogue.plugin.gui.composer import Composer
    from terralogue.plugin.gui.composer_menu import ComposerMenu
    from terralogue.plugin.gui.options_page import OptionsPage

    heard = []
    composer = Composer()
    menu = ComposerMenu(composer)
    menu.models_wanted.connect(lambda: heard.append("menu"))
    menu.models_action.trigger()
    assert heard == ["menu"]
    around = QWidget()
    page = OptionsPage(around)
    page.models.click()
    assert opening._dialog.isVisible() and opening._dialog.windowModality() == Qt.WindowModality.ApplicationModal
    opening.close_models()


def test_the_chosen_encoder_is_offered_by_the_algorithm(store, place):
    from terralogue.plugin.processing.classify import ENCODER, ClassifyAlgorithm

    def offered():
        algorithm = ClassifyAlgorithm()
        algorithm.initAlgorithm()
        return algorithm.parameterDefinition(ENCODER).defaultValue()

    assert not offered()
    (store.folder(ENCODERS) / "geo").mkdir(parents=True)
    model_store.choose("classify", "geo")
    assert offered() == str(store.folder(ENCODERS) / "geo")


def test_a_held_model_is_free_again_when_its_holder_ends(store, tmp_path):
    kept = take_in(tiny_sam.pair(tmp_path / "SAM"), MASKS, store)
    hold(kept.path).release()
    store.delete(kept, {})
    assert store.installed() == []

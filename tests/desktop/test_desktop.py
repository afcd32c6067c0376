"""QGIS desktop itself, under Xvfb, with the plugin enabled as a user has it: what no stubbed interface can show."""

import importlib.util
import json
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

HERE = Path(__file__).resolve().parent
pytestmark = pytest.mark.desktop


def run_desktop(job: str, out: Path, packages: str = "", timeout: float = 240, **parameters) -> dict:
    """Start QGIS for ``job``; fails the test if QGIS dies, hangs or reports an error."""
    spec = importlib.util.spec_from_file_location("launch", HERE / "launch.py")
    launch = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(launch)
    with pytest.MonkeyPatch.context() as patch:
        if packages:
            patch.setenv("TERRALOGUE_PACKAGES", packages)
        found = launch.desktop(HERE / job, {"before": "", "after": "", **parameters}, out, timeout, virtual=True)
    assert "error" not in found, found["error"]
    assert found["python_errors"] == []
    return found


def colours(path: Path) -> int:
    """How many different colours a picture has on a coarse grid: a blank or unpainted one has a handful."""
    image = QImage(str(path))
    assert not image.isNull(), path
    return len({image.pixel(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)})


@pytest.fixture(scope="module")
def smoke(tmp_path_factory) -> tuple:
    out = tmp_path_factory.mktemp("smoke")
    return run_desktop("smoke_job.py", out), out


def test_the_window_shows_the_map_and_the_panel(smoke):
    _found, out = smoke
    assert colours(out / "window.png") > 500
    assert colours(out / "panel.png") > 20


def test_the_panel_gets_narrow(smoke):
    found, out = smoke
    assert found["narrow_width"] <= 320
    assert QImage(str(out / "narrow.png")).height() > 300


def test_processing_and_the_menu_are_there(smoke):
    found, _out = smoke
    assert found["algorithms"] == [
        "ask", "askknowledge", "buildchangedialogues", "buildknowledge", "buildtrainingdata", "caption", "change",
        "classify", "findalike", "index", "preparesecondpair",
        "runmodel", "search", "segment", "status", "timeseries", "tunenano",
    ]
    assert found["raster_menu"]


def test_reloading_the_plugin_leaves_one_dock(smoke):
    found, _out = smoke
    assert found["loaded"] and found["docks_after_reload"] == 1


def test_qgis_leaves_without_a_crash(smoke):
    found, _out = smoke
    assert found["exit_code"] == 0


def test_the_first_start_installs_the_packages_with_one_click(tmp_path):
    """From an empty data folder: the same click a user makes, inside QGIS, where sys.executable is not Python."""
    found = run_desktop("first_start_job.py", tmp_path / "out", packages=str(tmp_path / "data"))
    assert "MB" in found["asked"] and found["ready"]
    sentence, can_try_again, card_stays = found["after_cancel"]
    assert sentence and can_try_again and card_stays
    (folder,) = (tmp_path / "data" / "sites").glob("core-*")
    assert not (folder / "numpy").exists()
    assert json.loads((folder / "terralogue.json").read_text(encoding="utf-8"))["group"] == "core"


def test_the_main_job_from_the_question_to_the_files(tmp_path, repository):
    found = run_desktop("main_job.py", tmp_path, timeout=2400)
    assert all(answer["ok"] and answer["answer"] for answer in found["answers"])
    assert found["exit_code"] == 0
    assert colours(tmp_path / "panel.png") > 500 and colours(tmp_path / "answer.png") > 500
    assert len(found["exports"]) == 2 and "changes" in found["exports"]
    for name, layer in found["exports"].items():
        assert layer["features"] > 0
        assert (tmp_path / f"{name}.shp").exists() and (tmp_path / f"{name}.gpkg").exists()
    record = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    text = (tmp_path / "answers.txt").read_text(encoding="utf-8")
    for answer in record["answers"]:
        assert answer["question"] in text and answer["answer"].strip() in text and answer["facts"]

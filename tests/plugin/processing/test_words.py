"""terralogue:status, caption and ask: words and JSON whose numbers are those of the raster."""

import json
import threading

import pytest
from qgis.core import NULL

from terralogue.plugin.core.service import Service


def test_status_says_what_is_ready(run):
    status = json.loads(run("status")["STATUS"])
    assert status["ready"] is True and status["next"] == "" and status["next_step"] == ""
    (model,) = status["models"]
    assert model["name"] == "Colours 1" and "building" in model["covers"]
    assert {"schema", "version", "qgis", "packages", "providers"} <= set(status)
    assert {"name", "version", "path", "warning"} <= set(status["packages"][0])


def test_status_says_what_words_the_answers_and_loads_it_off_the_main_thread(run, service, monkeypatch):
    engine, threads = service.engine(), []

    class Speech:
        reason = "the decoder's files are missing"

        @property
        def state(self):
            threads.append(threading.current_thread())
            return f"composed sentences ({self.reason})"

        def clear(self):
            threads.clear()

    monkeypatch.setattr(engine, "speech", Speech())
    told = json.loads(run("status")["STATUS"])["speech"]
    assert told == {"state": f"composed sentences ({Speech.reason})", "reason": Speech.reason}
    assert threads and threading.main_thread() not in threads


def test_status_works_without_a_model_and_says_what_to_do(run, tmp_path):
    Service.replace(Service(resources=tmp_path))
    status = json.loads(run("status")["STATUS"])
    assert status["ready"] is False and status["models"] == []
    assert status["next_step"] in ("install", "reinstall") and len(status["next"]) > 20


@pytest.mark.parametrize("detail", ["brief", "detailed"])
def test_a_caption_tells_what_the_facts_hold(run, town, detail):
    found = run("caption", INPUT=town, DETAIL=detail)
    facts = json.loads(found["FACTS"])
    assert facts["covers"]["building"]["count"] == 12
    assert facts["covers"]["water"]["pixels"] == 9600
    assert "building" in found["CAPTION"] or "house" in found["CAPTION"] or "residential" in found["CAPTION"]


def test_a_detailed_caption_says_more(run, town):
    assert len(run("caption", INPUT=town, DETAIL="detailed")["CAPTION"]) > len(run("caption", INPUT=town)["CAPTION"])


def test_each_region_gets_its_own_caption(run, town, shapes):
    regions = shapes(
        "Polygon",
        ["POLYGON((500000 5000000,500100 5000000,500100 4999960,500000 4999960,500000 5000000))",
         "POLYGON((500140 4999890,500200 4999890,500200 4999850,500140 4999850,500140 4999890))"],
    )  # fmt: skip
    found = run("caption", INPUT=town, REGIONS=regions, OUTPUT_REGIONS="TEMPORARY_OUTPUT")
    first, second = found["OUTPUT_REGIONS"].getFeatures()
    assert first["caption"] != second["caption"] and "water" in second["caption"].lower()
    assert json.loads(second["facts"])["covers"]["building"]["pixels"] == 0
    assert first["note"] == NULL


def test_a_question_is_answered_with_the_number_and_the_objects(run, town):
    found = run("ask", INPUT=town, QUESTION="How many buildings are there?", OUTPUT="TEMPORARY_OUTPUT")
    assert "12" in found["ANSWER"]
    assert found["OUTPUT"].featureCount() == 12
    assert json.loads(found["FACTS"])["covers"]["building"]["count"] == 12


def test_a_question_without_objects_gives_an_empty_layer(run, town):
    found = run("ask", INPUT=town, QUESTION="How many zebras are there?", OUTPUT="TEMPORARY_OUTPUT")
    assert "zebras" in found["ANSWER"] and found["OUTPUT"].featureCount() == 0
    assert json.loads(found["FACTS"])["kind"] == "declined"

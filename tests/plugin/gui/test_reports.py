"""From the buttons to a report: every number of the facts stands in it, texts stay texts, failures are one sentence."""

import json
import sys
import threading
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QLocale

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from pdf_text import page_texts  # noqa: E402

from terralogue.models.cancel import CancelToken  # noqa: E402
from terralogue.models.conversation import Facts, Text  # noqa: E402
from terralogue.plugin.gui.chat.choice_card import ChoiceCard  # noqa: E402
from terralogue.plugin.gui.report import chapters, report_flow  # noqa: E402
from terralogue.plugin.gui.report.answer_record import records_of  # noqa: E402

HOSTILE = "<img src=http://example.com/x.png> how many? <script>alert(1)</script>"


def ask(panel, hand, text="How many buildings are there?"):
    panel.conversation.ask(text)
    hand.until(lambda: bool(panel.session.exchanges) and not panel.session.running)
    return panel.session.exchanges[-1]


@pytest.fixture
def save_as(monkeypatch):
    """``save_as(path)``: what the user types into the file dialog."""

    def say(path, used=0):
        monkeypatch.setattr(
            report_flow.QFileDialog, "getSaveFileName", lambda *args: (str(path), report_flow.FILTERS[used][0])
        )

    return say


def words_of(path):
    text = "\n".join(page_texts(path)) if path.suffix == ".pdf" else unescape(path.read_text(encoding="utf-8"))
    return " ".join(text.replace("\xa0", " ").split())


def part(pixels, area, count, cells=()):
    return {"pixels": pixels, "share": pixels / 40_000, "area_m2": area, "count": count, "largest": [],
            "cells": [{"cell": list(cell), "where": "x", "pixels": p, "share": p / pixels} for cell, p in cells]}  # fmt: skip


def pair_facts():
    """Facts of two dates in which no two numbers are alike."""
    amount = {"pixels": 0, "share": 0.0, "area_m2": 0.0}
    return {
        "schema": 1, "kind": "pair", "frame": "north", "gsd": 1.0, "native_gsd": 0.25, "gsd_range": [0.125, 12.0],
        "in_range": True, "extent": [500_000.0, 5_499_800.0, 500_200.0, 5_500_000.0],
        "before": {"source": "a", "time": "2021-06-14"}, "after": {"source": "b", "time": "2024-06-02"},
        "region": {"pixels": 39_999, "area_m2": 40_011.0}, "valid": {"pixels": 38_123, "share": 0.953},
        "unknown": {"pixels": 1_876, "share": 0.047}, "unreadable": {"pixels": 17, "share": 0.0004},
        "changed": {**part(3_001, 3_002.0, 23, (((1, 2), 2_000), ((3, 3), 1_001))), "any": True},
        "covers": {
            "building": {"before": {**amount, "pixels": 4_111, "share": 0.1081, "area_m2": 4_113.0},
                         "after": {**amount, "pixels": 6_222, "share": 0.1632, "area_m2": 6_227.0},
                         "countable": True, "validation": {"iou": 0.381, "precision": 0.437, "recall": 0.749},
                         "added": part(2_333, 2_339.0, 19, (((1, 2), 2_000), ((2, 2), 333))),
                         "removed": part(222, 229.0, 3, (((3, 3), 222),))},
            "water": {"before": amount, "after": amount, "countable": False, "validation": None,
                      "added": part(1, 0.0, 0), "removed": part(1, 0.0, 0)},
        },
        "transitions": [
            {"from": "low vegetation", "to": "building", "count": 19, "pixels": 2_333, "share": 0.0612, "area_m2": 2_339.0},
            {"from": "building", "to": "bare", "count": 3, "pixels": 222, "share": 0.0058, "area_m2": 229.0},
        ],
        "validation": {"iou": 0.212, "precision": 0.235, "recall": 0.684},
        "registration": {"shift_pixels": [0.4375, -1.625], "applied": True},
    }  # fmt: skip


def answer(layers=(), facts=None, question="What changed?", words="3,001 pixels changed.", features=None, kept=None):
    """What a report reads of an exchange."""
    facts = facts if facts is not None else {}
    provenance = {"model": "Nano 0.1", "digest": "sha256:abc", "provider": "CPUExecutionProvider", "seconds": 1.5,
                  "times": ["2021-06-14T09:30:00", "2024-06-02"], "sources": ["a.tif", "b.tif"], "threshold": 0.625}  # fmt: skip
    return SimpleNamespace(
        question=question, subject="a → b", answer=words, facts=facts, provenance=provenance, features=features, region=None,
        asked="2026-11-21T20:00:00Z", layer_ids=tuple(layer.id() for layer in layers), keeping=SimpleNamespace(layer=kept),
    )  # fmt: skip


def written(answers, path, cancel=None):
    records = records_of(answers)
    return report_flow.write_report(records, "Survey", path, "metric", lambda *said: None, cancel or CancelToken())


def numbers_in(facts):
    """Every number that a reader may look for, as the report writes it."""
    locale = QLocale()
    found = set()

    def walk(key, value):
        if isinstance(value, dict):
            for name, item in value.items():
                walk(name, item)
        elif isinstance(value, list):
            for item in value:
                walk(key, item)
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or key in ("schema", "cell"):
            return
        elif key == "share" and value:
            found.add("< 0.1 %" if value < 0.001 else locale.toString(100 * value, "f", 1) + " %")
        elif key == "area_m2" and value:
            found.add(locale.toString(value, "f", 0) + " m²" if value < 1e4 else locale.toString(value / 1e4, "f", 2) + " ha")
        elif isinstance(value, int):
            found.add(locale.toString(value))
        elif value:
            found.add(locale.toString(value, "g", 6))

    walk("", {key: value for key, value in facts.items() if key != "extent"})
    return found


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_every_number_of_the_facts_is_in_the_report(add_raster, tmp_path, ending):
    facts = pair_facts()
    facts["covers"].pop("water")
    for name in ("added", "removed"):
        for cell in facts["covers"]["building"][name]["cells"]:
            cell.pop("pixels")  # told as shares, which add up
    for cell in facts["changed"]["cells"]:
        cell.pop("pixels")
    layers = (add_raster("before_2021"), add_raster("after_2024"))
    path = written([answer(layers, facts)], tmp_path / f"report.{ending}")
    words = words_of(path)
    assert [number for number in sorted(numbers_in(facts)) if number not in words] == []
    assert words.count("EPSG:32633") == 2 and "500,200.0" in words
    for said in ("What changed?", "Nano 0.1", "sha256:abc", "0.625", "2021-06-14 09:30:00", "On this computer", "CPU"):
        assert said in words


def test_both_dates_are_shown_and_the_changes_if_there_are_any(add_raster, tmp_path):
    layers = (add_raster("before_2021"), add_raster("after_2024"))
    html = written([answer(layers, pair_facts())], tmp_path / "a.html").read_text(encoding="utf-8")
    assert html.count("<img ") == 2 and html.count("data:image/jpeg;base64,") == 2


def test_the_card_s_button_writes_a_report_with_the_objects_and_the_kept_layer(panel, hand, save_as, tmp_path):
    exchange = ask(panel, hand)
    hand.click(exchange.card.actions.add_button)
    save_as(tmp_path / "one")
    hand.click(exchange.card.actions.report_button)
    hand.until(lambda: "one.pdf" in exchange.card.note.text())
    words = words_of(tmp_path / "one.pdf")
    for said in ("There are two buildings here.", "How many buildings are there", "Layers written", "temporary layer", "900"):
        assert said in words
    assert "1,300" in words and "20,000" in words and "naip_20210601" in words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["naip_20210601.tif", "one.pdf"]


def test_the_menu_s_entry_writes_the_conversation_and_hostile_words_stay_words(panel, hand, service, facts, save_as, tmp_path):
    service.script.events = [Text(HOSTILE), Facts({**facts, "source": HOSTILE, "spotted": [{"label": HOSTILE}]})]
    ask(panel, hand, HOSTILE)
    ask(panel, hand, "كم عدد المباني؟")
    save_as(tmp_path / "all.html", used=1)
    panel.menu.report_action.trigger()
    hand.until(lambda: any("all.html" in card.label.text() for card in panel.findChildren(ChoiceCard)))
    text = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<img src=http" not in text and "<a " not in text
    assert text.count("<h2") == 2 and "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "كم عدد المباني؟" in text


def test_an_empty_conversation_is_told_so(panel, hand, save_as, tmp_path):
    save_as(tmp_path / "none.pdf")
    panel.menu.report_action.trigger()
    assert any("nothing to report" in card.label.text() for card in panel.findChildren(ChoiceCard))
    assert not (tmp_path / "none.pdf").exists()


def test_a_report_that_was_thought_better_of_writes_and_says_nothing(panel, hand, save_as):
    exchange = ask(panel, hand)
    before = exchange.card.note.text()
    save_as("")
    hand.click(exchange.card.actions.report_button)
    assert exchange.card.note.text() == before


def test_a_folder_that_is_gone_is_one_sentence(panel, hand, save_as, tmp_path):
    exchange = ask(panel, hand)
    save_as(tmp_path / "gone" / "report.pdf")
    hand.click(exchange.card.actions.report_button)
    hand.until(lambda: "folder" in exchange.card.note.text())
    assert "report.pdf" in exchange.card.note.text() and len(exchange.card.note.text()) <= 200


def test_a_failed_answer_offers_no_report(panel, hand, service):
    from terralogue.models.errors import NothingToAnalyse

    service.script.error = NothingToAnalyse("naip")
    exchange = ask(panel, hand)
    assert not exchange.card.actions.report_button.isVisibleTo(panel)
    assert not exchange.card.actions.layout_button.isVisibleTo(panel)


def test_pictures_are_drawn_and_pages_written_off_the_main_thread(panel, hand, save_as, tmp_path, monkeypatch):
    threads = []
    for module, name in ((chapters, "draw"), (report_flow, "pdf")):
        original = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *args, original=original: threads.append(threading.get_ident()) or original(*args)
        )
    exchange = ask(panel, hand)
    save_as(tmp_path / "report.pdf")
    hand.click(exchange.card.actions.report_button)
    hand.until(lambda: "report.pdf" in exchange.card.note.text())
    assert len(threads) == 2 and threading.get_ident() not in threads


def test_a_report_can_be_stopped_like_any_task_and_leaves_nothing(panel, hand, save_as, tmp_path, monkeypatch):
    def stop(*args):
        QgsApplication.taskManager().cancelAll()
        return original(*args)

    original = chapters.draw
    monkeypatch.setattr(chapters, "draw", stop)
    exchange = ask(panel, hand)
    save_as(tmp_path / "report.pdf")
    hand.click(exchange.card.actions.report_button)
    hand.until(lambda: "Stopped" in exchange.card.note.text())
    assert [path.name for path in tmp_path.iterdir()] == ["naip_20210601.tif"]


def test_layers_that_went_are_said_to_be_gone_and_the_rest_is_written(add_raster, project, tmp_path):
    before, after = add_raster("before_2021"), add_raster("after_2024")
    gone = answer((before, after), pair_facts())
    project.removeMapLayer(before.id())
    words = words_of(written([gone], tmp_path / "half.pdf"))
    assert "There is no picture “Before”: its layer is no longer in the project." in words and "After" in words
    project.removeMapLayer(gone.layer_ids[1])
    words = words_of(written([gone], tmp_path / "none.pdf"))
    assert "There is no picture of the map: its layers are no longer in the project." in words and "3,001" in words


def test_two_hundred_questions_are_one_report(add_raster, tmp_path):
    layer = add_raster("scene")
    with_map = answer((layer,), {"kind": "declined", "reason": "It was not taught that."}, question="Find dragons")
    plain = [answer((), pair_facts(), question=f"Question {number}?") for number in range(199)]
    pages = page_texts(written([*plain, with_map], tmp_path / "many.pdf"))
    text = "\n".join(pages)
    assert all(f"Question {number}?" in text for number in range(199)) and "It was not taught that." in text
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@pytest.mark.parametrize("damage", [
    {"kind": "pair", "transitions": 3, "covers": []},
    {"kind": "view", "covers": {"tree": {"pixels": "many"}}, "secret": 17},
    {"kind": "places", "places": [{"extent": ["x"]}]},
    {"kind": "view", "covers": {"tree": {"pixels": 3, "cells": [{"cell": [9, 9], "share": 2}]}}},
    {"kind": ["view"], "extent": [0, 0, "a", 1e300]},
])  # fmt: skip
def test_damaged_facts_of_somebody_else_s_project_are_listed_not_fatal(add_raster, tmp_path, damage):
    words = words_of(written([answer((add_raster("scene"),), damage)], tmp_path / "damaged.pdf"))
    assert "What changed?" in words and "How this was made" in words
    assert "secret" not in damage or "17" in words


def test_thresholds_and_limits_of_one_view_are_in_its_report(add_raster, tmp_path, facts):
    building = {**facts["covers"]["building"], "threshold": 0.375, "min_pixels": 112, "too_small": {"count": 65, "pixels": 1818},
                "mean_score": 0.54, "count_interval": [34, 53], "count": 47}  # fmt: skip
    car = {**building, "pixels": 77, "drawn_only": True, "count": 5}
    view = {**facts, "covers": {**facts["covers"], "building": building}, "things": {"car": car}, "in_range": False,
            "unknown": {"pixels": 400, "share": 0.01}, "scenes": [{"word": "harbour", "probability": 0.276}],
            "relations": {"a": {"subject": "building", "object": "water", "metres": 12.34, "direction": "west"}}}  # fmt: skip
    words = words_of(written([answer((add_raster("scene"),), view)], tmp_path / "view.pdf"))
    for said in ("0.38", "112", "65 (1,818)", "34 – 53", "harbour", "27.6 %", "12.3 m", "west", "1.0 % of the region is unknown",
                 "Rendered only, not checked on real imagery: Car", "not trained for"):  # fmt: skip
        assert said in words, said


def test_a_series_shows_every_date_and_every_period(add_raster, tmp_path):
    pair = pair_facts()
    known = {"pixels": 38_123, "share": 0.953}
    periods = [
        {"start": "2019-01-01", "end": "2021-01-01", "known": known, "changed": pair["changed"], "covers": {},
         "transitions": pair["transitions"]},
        {"start": "2021-01-01", "end": "2023-01-01", "known": {"pixels": 0, "share": 0.0}, "changed": None, "covers": {},
         "transitions": []},
    ]  # fmt: skip
    dates = [{"source": f"{year}.tif", "time": f"{year}-01-01", "known": known, "unknown": known} for year in (2019, 2021, 2023)]
    facts = {key: pair[key] for key in ("schema", "frame", "gsd", "extent", "region", "unreadable", "validation")}
    facts.update(kind="series", dates=dates, periods=periods, total={"count": 23, "pixels": 3_001, "area_m2": 3_002.0},
                 flicker={"count": 2, "pixels": 71, "area_m2": 73.0}, most=0)  # fmt: skip
    layers = [add_raster(f"scene_{year}") for year in (2019, 2021, 2023)]
    path = written([answer(layers, facts)], tmp_path / "series.html")
    words = words_of(path)
    assert words.count("<img ") == 3
    for said in ("2019-01-01 → 2021-01-01", "2021.tif", "2,333", "71", "73.0 m²", "0.212"):
        assert said in words, said


def test_reports_of_the_chat_survive_saving_the_project(panel, hand, project, save_as, tmp_path):
    """An answer that came back with the project has no objects, but its layer, facts and pictures."""
    exchange = ask(panel, hand)
    hand.click(exchange.card.actions.add_button)
    asked = exchange.asked
    assert project.write(str(tmp_path / "p.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "p.qgz"))
    (restored,) = panel.session.exchanges
    assert restored.asked == asked != ""
    save_as(tmp_path / "again.html", used=1)
    hand.click(restored.card.actions.report_button)
    hand.until(lambda: "again.html" in restored.card.note.text())
    text = (tmp_path / "again.html").read_text(encoding="utf-8")
    assert "There are two buildings here." in text and "1,300" in text and text.count("<img ") == 1
    assert json.dumps(QgsProject.instance().baseName())[1:-1] in text

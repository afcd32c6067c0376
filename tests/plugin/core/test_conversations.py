"""Conversations in the project: kept, limited, and only ever data."""

import json

import numpy as np
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsProject, QgsRectangle

from terralogue.plugin.core import conversations
from terralogue.plugin.core.conversations import StoredTurn, clear, load, region_of, region_record, save
from terralogue.plugin.core.map_region import MapRegion

UTM = QgsCoordinateReferenceSystem("EPSG:32632")


def turn(number=0, **changes):
    values = {"question": f"What is here? {number}", "answer": "Trees.", "facts": {"count": number}, "asked": "2026-11-20"}
    return StoredTurn(**{**values, **changes})


def through_a_file(project, tmp_path):
    path = str(tmp_path / "project.qgz")
    assert project.write(path)
    project.clear()
    assert project.read(path)
    return load(project)


def test_a_conversation_comes_back_with_the_project(project, tmp_path):
    region = region_record(MapRegion.from_extent(QgsRectangle(500000, 5000000, 500010.25, 5000020.5), UTM))
    turns = [turn(1, region=region, sources=("a", "b"), results=("c",), provenance={"model": "Nano"}), turn(2)]
    assert save(project, turns) == 0
    assert project.isDirty()
    assert through_a_file(project, tmp_path) == turns


def test_regions_come_back_as_they_were():
    drawn = MapRegion.from_extent(QgsRectangle(500000, 5000000, 500010.25, 5000020.5), UTM, "rectangle")
    back = region_of(region_record(drawn))
    assert back.geometry.equals(drawn.geometry) and back.crs == UTM and back.kind == "rectangle"
    click = region_of(region_record(MapRegion(QgsGeometry(), UTM, "click", QgsPointXY(3, 4))))
    assert click.point == QgsPointXY(3, 4) and click.geometry.isNull()
    assert region_of(None) is None and region_of(("nonsense", "", "view")) is None


@pytest.mark.parametrize(
    "text",
    [
        "NUL \x00 bell \x07 escape \x1b[31m",
        "lone surrogate \ud800 here",
        "\u202eright to left override",
        "emoji \U0001f30d and 漢字 and e\u0301",
        "line\nbreak\ttab",
        "]]> <![CDATA[ & < > \" ' </properties>",
        "\ufffe\uffff\x7f\x85",
    ],
)
def test_any_text_survives_the_project_file_or_loses_only_control_characters(project, tmp_path, text):
    save(project, [turn(question=text, answer=text, facts={text: text})])
    back = through_a_file(project, tmp_path)
    assert len(back) == 1
    kept = conversations.clean(text)
    assert back[0].question == back[0].answer == kept and back[0].facts == {kept: kept}
    assert not any(ord(c) < 32 and c not in "\n\t" for c in kept)


def test_the_oldest_turns_are_dropped_above_one_megabyte_and_the_number_is_told(project):
    turns = [turn(n, answer="x" * 15000) for n in range(100)]
    dropped = save(project, turns)
    assert 30 < dropped < 45
    kept = load(project)
    assert kept == turns[dropped:]
    text, _ = project.readEntry("terralogue", "/conversation", "")
    assert len(text.encode("utf-8")) <= 1_000_000


def test_a_single_turn_cannot_be_endless(project):
    assert save(project, [turn(answer="ä" * 3_000_000)]) == 0
    assert len(load(project)[0].answer) == 20_000


def test_facts_that_json_cannot_hold_are_made_into_what_it_can(project):
    facts = {"array": np.arange(3), "nan": float("nan"), "inf": float("inf"), "one": np.float64(1.5), "set": {1}}
    save(project, [turn(facts=facts)])
    back = load(project)[0].facts
    assert back["array"] == [0, 1, 2] and back["nan"] is None and back["inf"] is None and back["one"] == 1.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "null",
        '{"version": 99, "turns": []}',
        '{"version": 1, "turns": "x"}',
        '{"version": 1, "turns": [1, null, "x", [], {"question": 3, "answer": "x"}]}',
        "[" * 100_000,
        "x" * 5_000_000,
    ],
)
def test_a_hostile_or_damaged_project_gives_no_turns_and_no_error(project, text):
    project.writeEntry("terralogue", "/conversation", text)
    assert load(project) == []


def test_foreign_records_are_checked_field_by_field(project):
    record = {
        "question": "q",
        "answer": "<img src=//host/x> [link](file:///etc/passwd)",
        "facts": ["not", "a", "dictionary"],
        "region": ["POLYGON((0 0,1 1,1 0,0 0))", "", "run this"],
        "sources": ["a", 3, None, "b" * 1000],
        "results": "x",
        "asked": {"a": 1},
        "provenance": None,
        "extra": "__import__('os')",
    }
    project.writeEntry("terralogue", "/conversation", json.dumps({"version": 1, "turns": [record]}))
    back = load(project)[0]
    assert back.answer == record["answer"], "shown as text, not interpreted here"
    assert back.facts == {} and back.region is None and back.results == () and back.provenance == {}
    assert back.sources[0] == "a" and len(back.sources[1]) == 300


def test_loading_runs_nothing(project, monkeypatch):
    from terralogue.plugin.core.service import Service

    def forbidden(self, *arguments, **options):
        raise AssertionError("loading must not build the engine")

    monkeypatch.setattr(Service, "engine", forbidden)
    save(project, [turn(n) for n in range(5)])
    assert len(load(project)) == 5


def test_clearing_forgets(project):
    save(project, [turn()])
    clear(project)
    assert load(project) == [] and load(QgsProject.instance()) == []

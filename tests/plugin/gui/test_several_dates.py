"""More than two dates in the panel: they are ticked, asked about in order, and shown period by period."""

import pytest
from qgis.PyQt.QtCore import Qt


@pytest.fixture
def years(add_raster, layer):
    """Rasters of 2012, 2016 and one without a date, beside that of 2021."""
    return [add_raster(name) for name in ("aerial_2016", "aerial_2012", "undated")]


@pytest.fixture
def compared(panel, years, layer):
    """The panel in the mode that compares 2012 with 2021."""
    panel.source_bar.compare.setChecked(True)
    panel.source_bar.dates.choose(years[1], layer)
    return panel


def tick(more, name):
    more.menu().aboutToShow.emit()
    rows = [more.list.item(number) for number in range(more.list.count())]
    row = next(row for row in rows if name in row.text())
    row.setCheckState(Qt.CheckState.Checked)
    return row


def period(start, end, changed=True):
    amount = {"pixels": 900, "share": 0.0225, "area_m2": 900.0, "count": 2, "any": True, "largest": [],
              "cells": [{"cell": [1, 1], "where": "north-west", "pixels": 900, "share": 1.0}]}  # fmt: skip
    rows = [{"from": "tree", "to": "building", "count": 2, "pixels": 900, "share": 0.0225, "area_m2": 900.0}]
    nothing = {**amount, "pixels": 0, "area_m2": 0.0, "count": 0, "cells": []}
    return {
        "start": start, "end": end, "known": {"pixels": 40_000, "share": 1.0}, "covers": {},
        "changed": amount if changed else nothing, "transitions": rows if changed else [],
    }  # fmt: skip


def series_facts():
    unknown = {**period("2016", "2021-06-01"), "changed": None, "transitions": [], "known": {"pixels": 0, "share": 0.0}}
    return {
        "schema": 1, "kind": "series", "extent": [500_000.0, 5_499_800.0, 500_200.0, 5_500_000.0], "most": 1,
        "periods": [period("2010", "2012", False), period("2012", "2016"), unknown],
    }  # fmt: skip


def test_two_rasters_need_no_more_dates(panel, add_raster, layer):
    other = add_raster("aerial_2012")
    panel.source_bar.compare.setChecked(True)
    panel.source_bar.dates.choose(other, layer)
    assert panel.source_bar.dates.more.isHidden() and panel.source_bar.layers() == (other, layer)
    add_raster("aerial_2016")
    assert not panel.source_bar.dates.more.isHidden()


def test_a_ticked_layer_joins_the_question(compared, years, layer):
    more = compared.source_bar.dates.more
    tick(more, "aerial_2016")
    assert compared.source_bar.layers() == (years[1], layer, years[0])
    assert "1" in more.text()
    compared.source_bar.dates.choose(years[0], None)
    assert compared.source_bar.layers() == (years[0], layer), "a layer is there once"


def test_the_list_says_dates_and_a_layer_without_one_cannot_be_ticked(compared):
    more = compared.source_bar.dates.more
    more.menu().aboutToShow.emit()
    rows = [more.list.item(number) for number in range(more.list.count())]
    assert [row.text().split()[-1] for row in rows] == ["aerial_2016", "undated"] and rows[0].text().startswith("2016")
    assert not rows[1].flags() & Qt.ItemFlag.ItemIsEnabled and rows[1].toolTip()


def test_a_removed_layer_is_no_longer_asked_about(compared, years, layer, project):
    tick(compared.source_bar.dates.more, "aerial_2016")
    project.removeMapLayer(years[0].id())
    assert compared.source_bar.layers() == (years[1], layer)


def test_the_question_gets_the_dates_oldest_first(compared, hand, service):
    tick(compared.source_bar.dates.more, "aerial_2016")
    compared.session.ask("What changed?")
    hand.until(lambda: service.script.asked and not compared.session.running)
    (question,) = service.script.asked
    assert [view.source.time.iso for view in question.views] == ["2012", "2016", "2021-06-01"]
    assert "aerial_2012 → aerial_2016" in compared.session.exchanges[-1].subject


def test_equal_dates_are_refused_before_anything_runs(compared, years, hand, service):
    tick(compared.source_bar.dates.more, "aerial_2016")
    years[0].setName("other_2012")
    said = []
    compared.session.refused.connect(lambda _text, sentence: said.append(sentence))
    compared.session.ask("What changed?")
    assert len(said) == 1 and "same date, 2012" in said[0] and not service.script.asked


def test_the_card_shows_every_period_and_copies_numbers(panel, hand, service):
    from terralogue.models.conversation import Facts, Text

    service.script.events = [Text("Most change fell between 2012 and 2016."), Facts(series_facts())]
    panel.session.ask("What changed?")
    hand.until(lambda: panel.session.exchanges and panel.session.exchanges[-1].done)
    section = panel.session.exchanges[-1].card.section
    table = section.table
    texts = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert [row[0] for row in texts] == ["2010 – 2012", "2012 – 2016", "2016 – 2021-06-01"]
    assert "900" in texts[1][1] and texts[1][2] == "2" and texts[2][1:] == ["?", "?"]
    assert section.picture is not None and "2012 – 2016" in section.picture.title
    lines = [line.split("\t") for line in section.tsv().splitlines()]
    assert lines[1] == ["2010", "2012", "", "", "0", "0", "0.0", "1.0"]
    assert lines[2] == ["2012", "2016", "tree", "building", "2", "900", "900.0", "1.0"]
    assert lines[3] == ["2016", "2021-06-01", "", "", "", "", "", "0.0"]

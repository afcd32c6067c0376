"""Building a base: chunks, what an update notices, pictures, and that nothing is left of a build that fails."""

import sqlite3

import numpy as np
import pytest
from small_town import HOUSES, FakeChips, FakeEmbedder, document, layer

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import Cancelled, KnowledgeEmpty, KnowledgeUnreadable
from terralogue.models.knowledge.base import Base
from terralogue.models.knowledge.building import build
from terralogue.models.knowledge.chunks import WORDS, chunks_of_passage, chunks_of_row
from terralogue.models.knowledge.material import Passage, Picture, Row
from terralogue.models.knowledge.retrieving import Where, features_at, features_by_picture
from terralogue.models.knowledge.wording import column_of, words_of


def test_chunks_hold_about_sixty_words_and_every_one_says_whose_they_are():
    columns = [column_of(f"field_{n}") for n in range(60)]
    row = Row("9", {column.name: f"value number {n}" for n, column in enumerate(columns)})
    chunks = chunks_of_row(row, columns, "layer")
    assert len(chunks) > 3 and all(chunk.text.startswith("feature 9 (layer). ") for chunk in chunks)
    assert all(len(words_of(chunk.text)) <= WORDS + 8 for chunk in chunks)
    assert all(f"field {n}: value number {n}" in " ".join(c.text for c in chunks) for n in range(60))


def test_a_text_without_a_full_stop_is_cut_all_the_same():
    chunks = list(chunks_of_passage(Passage("word " * 1000, "page 1")))
    assert all(len(words_of(chunk.text)) <= WORDS for chunk in chunks) and len(chunks) == 17
    assert all(len(chunk.text) <= 700 for chunk in chunks_of_passage(Passage("漢" * 5000, "page 1")))


def test_numbers_keep_their_units():
    assert (column_of("height_m").words, column_of("height_m").unit) == ("height", "m")
    assert (column_of("Area (km2)").words, column_of("Area (km2)").unit) == ("area", "km²")
    assert column_of("roofMaterial").words == column_of("roof:material").words == "roof material"
    row = Row("1", {"height_m": 4.5})
    assert "height: 4.5 m" in chunks_of_row(row, [column_of("height_m")], "houses")[0].text


def test_an_update_tells_new_changed_removed_and_unchanged_features_apart(path):
    first = build(path, [layer(), document()])
    assert (first.features, first.added) == (5, 5 + 2)
    again = build(path, [layer(), document()])
    assert (again.added, again.changed, again.removed, again.kept) == (0, 0, 0, 7)
    houses = [*HOUSES[1:4], ("5", {**HOUSES[4][1], "roof:material": "slate"}), ("6", {"name": "Barn"})]
    update = build(path, [layer(houses), document()])
    assert (update.added, update.changed, update.removed, update.kept) == (1, 1, 1, 3 + 2)
    with Base(path) as base:
        assert base.size == (5, 7)
        assert [chunk for chunk, _ in base.search('"mill"', 10)] == [c.id for c in base.chunks() if "mill" in c.text.lower()]
        assert len(base.search('"slate"', 10)) == 1 and len(base.search('"barn"', 10)) == 1


def test_a_source_that_is_no_longer_chosen_is_taken_out_and_said(path):
    build(path, [layer(), document()])
    update = build(path, [layer()])
    assert update.removed == 0 and "report.txt is no longer in the base." in update.notes
    with Base(path) as base:
        assert not base.search('"river"', 10) and [s.kind for s in base.sources.values()] == ["layer"]


def test_pictures_are_looked_at_once_and_anew_for_another_model(path):
    one = FakeEmbedder()
    build(path, [layer(chips=FakeChips())], one)
    assert one.seen == 5
    build(path, [layer(chips=FakeChips())], one)
    assert one.seen == 5
    other = FakeEmbedder("sha256:two")
    update = build(path, [layer(chips=FakeChips())], other)
    assert other.seen == 5 and any("another model" in note for note in update.notes)


def test_a_feature_is_found_by_its_picture_turned_and_in_other_colours(path):
    chips, embedder = FakeChips(), FakeEmbedder()
    build(path, [layer(chips=chips)], embedder)
    with Base(path) as base:
        for number, box in enumerate((10 + 0.001 * n, 50.0, 10.0005 + 0.001 * n, 50.0005) for n in range(5)):
            rgb = np.clip(np.rot90(chips.cut(box, "")[0], 1, (1, 2)) * np.array([0.8, 1.1, 0.9])[:, None, None], 0, 1)
            ids, scores = features_by_picture(base, Picture(rgb, embedder.pictures(rgb[None], [0.5])[0]))
            assert base.feature(int(ids[scores.argmax()])).fid == str(number + 1)


def test_the_place_alone_finds_the_feature_that_is_clicked(path):
    build(path, [layer()])
    with Base(path) as base:
        click = Where((10.0, 49.99, 10.01, 50.01), (10.00225, 50.0002))
        assert base.feature(features_at(base, click)[0][0]).fid == "3"
        assert features_at(base, Where((20.0, 10.0, 20.1, 10.1))) == []


def test_a_cancelled_build_leaves_the_base_as_it_was(path):
    build(path, [layer()])
    before = path.read_bytes()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        build(path, [layer(HOUSES[:2]), document()], cancel=cancel)
    assert path.read_bytes() == before and [p.name for p in path.parent.iterdir()] == [path.name]


def test_nothing_to_know_makes_no_base(path):
    with pytest.raises(KnowledgeEmpty):
        build(path, [layer([])])
    assert not path.exists()


def test_a_source_that_cannot_be_read_is_left_out_and_named(path):
    def broken(cancel):
        raise KnowledgeUnreadable("b.txt", "it is damaged")
        yield

    bad = document(name="b.txt")
    built = build(path, [layer(), type(bad)("document", "b", "b.txt", passages=broken)])
    assert built.refused == {"b.txt": "it is damaged."} and built.features == 5


def test_a_base_is_one_file_of_its_own_kind(path):
    build(path, [layer()])
    connection = sqlite3.connect(str(path))
    assert connection.execute("PRAGMA application_id").fetchone()[0] == 0x544C4B42
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]

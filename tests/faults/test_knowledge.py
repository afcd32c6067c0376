"""Bad input for knowledge bases: documents that are bombs, encrypted or broken; bases damaged, foreign or half-written."""

import os
import resource
import sqlite3
import sys
import time
import tracemalloc
import zipfile

import pytest

from terralogue.models.cancel import CancelToken
from terralogue.models.errors import KnowledgeUnreadable, StorageFull, TerralogueError
from terralogue.models.knowledge.answering import answer
from terralogue.models.knowledge.base import Base
from terralogue.models.knowledge.building import build
from terralogue.models.knowledge.documents import passages_of
from terralogue.models.knowledge.material import Passage, Row, Source
from terralogue.models.knowledge.wording import column_of

BODY = "<w:document><w:body><w:p><w:r><w:t>The river floods &amp; the mill stands.</w:t></w:r></w:p></w:body></w:document>"


def layer(number=3, name="houses"):
    rows = [Row(str(i), {"name": f"House {i}", "roof": "tin"}) for i in range(number)]
    return Source("layer", "a", name, "", (column_of("name"), column_of("roof")), lambda cancel: rows)


def read(path):
    return [passage.text for passage in passages_of(path, CancelToken())]


def word(path, body=BODY, name="word/document.xml"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return path


def test_a_word_file_is_read(tmp_path):
    assert read(word(tmp_path / "a.docx")) == ["The river floods & the mill stands."]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(400):
                member.write(b" " * 1_000_000)
    tracemalloc.start()
    start = time.monotonic()
    with pytest.raises(KnowledgeUnreadable, match="unpacks to far more"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000 and time.monotonic() - start < 10
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = word(tmp_path / "liar.docx", "x" * 3_000_000)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at:at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    try:
        texts = read(path)
    except KnowledgeUnreadable:
        return
    assert sum(map(len, texts)) <= 1000


def test_entities_in_a_word_file_do_not_grow(tmp_path):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + BODY.replace("&amp;", "&b;")
    assert sum(map(len, read(word(tmp_path / "laughs.docx", laughs)))) < 200


@pytest.mark.parametrize("name, data, why", [
    ("a.docx", b"PK\x03\x04 not a zip", "damaged"), ("b.txt", b"", "empty"), ("c.txt", b"%PDF-1.4 ...", "not text"),
    ("d.txt", b"\x00\x01\x02" * 100, "not text"), ("e.exe", b"MZ", "only"), ("f.pdf", b"not a pdf", "damaged|PDF reader"),
])  # fmt: skip
def test_what_is_no_document_is_refused_with_its_name(tmp_path, name, data, why):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KnowledgeUnreadable, match=why) as refused:
        read(path)
    assert refused.value.name == name and str(tmp_path) not in str(refused.value)


def test_a_word_file_without_its_text_and_a_folder_are_refused(tmp_path):
    with pytest.raises(KnowledgeUnreadable, match="not a Word document"):
        read(word(tmp_path / "a.docx", name="other.xml"))
    (tmp_path / "folder.txt").mkdir()
    for path in (tmp_path / "folder.txt", tmp_path / "none.txt"):
        with pytest.raises(KnowledgeUnreadable):
            read(path)


@pytest.mark.parametrize("data", [
    "Größe 漢字".encode(), "Größe".encode("cp1252"), "Größe".encode("utf-16"), b"Gr\xf6\xdfe \x81\x8d \xff",
    b"ab\xf0\x9f\x98",
])  # fmt: skip
def test_broken_encodings_are_read_all_the_same(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (text,) = read(path)
    assert text.startswith(("Gr", "ab"))
    base = tmp_path / "b.knowledge"
    assert build(base, [Source("document", "d", "a.txt", passages=lambda cancel: [Passage(text, "")])]).chunks == 1


def test_an_encrypted_pdf_is_refused(tmp_path):
    pypdf = pytest.importorskip("pypdf", reason="the group “documents” is not installed")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("open sesame")
    path = tmp_path / "secret.pdf"
    writer.write(str(path))
    with pytest.raises(KnowledgeUnreadable, match="encrypted"):
        read(path)


def test_the_pages_of_a_pdf_are_read(tmp_path):
    pytest.importorskip("pypdf", reason="the group “documents” is not installed")
    stream = b"BT /F1 12 Tf 20 50 Td (The river floods.) Tj ET"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
             b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    data, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, part in enumerate(parts, 1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    end = b"xref\n0 6\n%strailer\n<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(data))
    path = tmp_path / "a.pdf"
    path.write_bytes(data + end)
    assert [(p.text.strip(), p.place) for p in passages_of(path, CancelToken())] == [("The river floods.", "page 1")]


def test_a_text_of_a_gigabyte_is_refused_without_being_read(tmp_path):
    path = tmp_path / "huge.txt"
    with open(path, "wb") as file:
        file.truncate(1_000_000_000)
    start = time.monotonic()
    with pytest.raises(KnowledgeUnreadable, match="larger than"):
        read(path)
    assert time.monotonic() - start < 5


def test_a_table_without_an_end_is_read_to_the_limit_in_bounded_memory(tmp_path, monkeypatch):
    from terralogue.models.knowledge import building

    monkeypatch.setattr(building, "MOST_FEATURES", 2000)

    def endless(cancel):
        number = 0
        while True:
            number += 1
            yield Row(str(number), {"name": f"Row {number}"})

    source = Source("table", "t", "huge.csv", "", (column_of("name"),), endless)
    built = build(tmp_path / "a.knowledge", [source])
    assert built.features == 2000 and "only the first 2,000 rows" in built.sentence()


@pytest.mark.parametrize("spoil", ["empty", "text", "cut", "bits", "foreign", "unfinished", "newer", "view", "folder"])
def test_a_spoilt_base_is_refused_and_never_answers(tmp_path, spoil):
    path = tmp_path / "a.knowledge"
    build(path, [layer(400)])
    data = path.read_bytes()
    if spoil in ("empty", "text", "cut"):
        path.write_bytes({"empty": b"", "text": b"hello", "cut": data[:len(data) // 2]}[spoil])
    elif spoil == "bits":
        noise = bytearray(data)
        for place in range(8192, len(noise), 97):
            noise[place] ^= 0xFF
        path.write_bytes(noise)
    elif spoil == "folder":
        path.unlink()
        path.mkdir()
    else:
        connection = sqlite3.connect(str(path))
        connection.executescript({
            "foreign": "PRAGMA application_id = 7", "newer": "PRAGMA user_version = 99",
            "unfinished": "UPDATE about SET value = 'no' WHERE key = 'whole'",
            "view": "CREATE VIEW evil AS SELECT load_extension('x')",
        }[spoil])  # fmt: skip
        connection.close()
    with pytest.raises(KnowledgeUnreadable) as refused:
        with Base(path) as base:
            answer(base, "How many houses have a tin roof?")
            answer(base, "What is the roof of House 7?")
    assert refused.value.name == "a.knowledge" and str(tmp_path) not in str(refused.value)


def test_a_build_over_a_spoilt_base_is_refused_and_leaves_it(tmp_path):
    path = tmp_path / "a.knowledge"
    path.write_bytes(b"somebody else's file, for 20 years")
    with pytest.raises(KnowledgeUnreadable):
        build(path, [layer()])
    assert path.read_bytes().startswith(b"somebody else's") and os.listdir(tmp_path) == ["a.knowledge"]


@pytest.mark.parametrize("share", (0.02, 0.5, 0.95))
@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_FSIZE")
def test_a_full_disk_leaves_the_base_as_it_was(tmp_path, share):
    path = tmp_path / "a.knowledge"
    build(path, [layer(3000, "first")])
    whole = path.stat().st_size
    small = tmp_path / "b.knowledge"
    build(small, [layer(3)])
    before = small.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(int(whole * share), len(before) + 8192), hard))
    try:
        with pytest.raises((StorageFull, OSError, TerralogueError)):
            build(small, [layer(3000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert small.read_bytes() == before and sorted(os.listdir(tmp_path)) == ["a.knowledge", "b.knowledge"]


def test_a_base_that_is_gone_is_said(tmp_path):
    with pytest.raises(KnowledgeUnreadable, match="no longer there"):
        Base(tmp_path / "none.knowledge")


def test_a_killed_build_leaves_the_base_as_it_was(tmp_path):
    import subprocess

    path = tmp_path / "a.knowledge"
    build(path, [layer(3)])
    before = path.read_bytes()
    code = (
        "import os, sys\n"
        "from terralogue.models.knowledge.building import build\n"
        "from terralogue.models.knowledge.material import Row, Source\n"
        "from terralogue.models.knowledge.wording import column_of\n"
        "def rows(cancel):\n"
        "    for i in range(1000):\n"
        "        if i == 500: os.kill(os.getpid(), 9)\n"
        "        yield Row(str(i), {'name': f'House {i}'})\n"
        f"build({str(path)!r}, [Source('layer', 'a', 'houses', '', (column_of('name'),), rows)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120)
    assert done.returncode == -9 and path.read_bytes() == before
    with Base(path) as base:
        assert answer(base, "How many houses have a tin roof?").value == "3"
    (left,) = tmp_path.glob("_*.draft")
    os.utime(left, (0, 0))
    build(path, [layer(3)])
    assert os.listdir(tmp_path) == ["a.knowledge"]

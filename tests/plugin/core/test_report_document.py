"""A report as a page and as PDF: every text is only ever text, nothing is fetched, files are whole or not there."""

import re
import resource
import signal
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from pdf_text import page_texts  # noqa: E402

from terralogue.models.cancel import CancelToken  # noqa: E402
from terralogue.models.errors import Cancelled  # noqa: E402
from terralogue.plugin.core.errors import ExportFailed  # noqa: E402
from terralogue.plugin.core.report import web_page  # noqa: E402
from terralogue.plugin.core.report.document import Chapter, Picture, Report, Table  # noqa: E402
from terralogue.plugin.core.report.paper import pdf  # noqa: E402
from terralogue.plugin.core.report.writing import write_whole  # noqa: E402

HOSTILE = (
    '<img src="http://example.com/x.png"> <script>alert(1)</script> </td></table> <a href="javascript:x">link</a> '
    "\"' onload=x & &lt; file:///etc/passwd <style>@import 'http://example.com'</style>"
)
ARABIC = "كم عدد المباني هنا؟"
#: Elements that a report is made of.
TAGS = set("html head meta title style body header section footer h1 h2 p b hr br img table thead tbody tr th td span".split())


def picture(colour="#336699", side=64):
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "JPEG", 90)
    return bytes(data)


def report(words="How many buildings are there?", chapters=1):
    table = Table(words, (words, "Area"), ((words, "12,345"), ("Tree", "1.5 ha")), colours=("#d55e00", words))
    shaded = Table(words, (), ((words, "2 %"), ("3 %", "4 %")), shades=(("#ff0000", words), ("", "#00ff00")), beside=True)
    part = Chapter(
        words, words, f"{words}\nA second line.", (Picture(words, picture(), "image/jpeg", 64, 64, (words, "EPSG:32633")),),
        (table, shaded), (words,), (Table("How this was made", (), (("Model", words),), texts=2),),
    )  # fmt: skip
    return Report(words, (words,), words, "en", (part,) * chapters)


class Page(HTMLParser):
    """Every element with its attributes, and the text between."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.words, self.styles = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        (self.styles if self.elements[-1:] and self.elements[-1][0] == "style" else self.words).append(data)


def page_of(made):
    return "".join(web_page.pieces(made))


def test_hostile_texts_stay_texts_and_nothing_is_fetched(qgis_app):
    made = page_of(report(HOSTILE))
    page = Page(made)
    assert {tag for tag, _ in page.elements} <= TAGS
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") or name in ("href", "background", "srcset") for name in attributes), attributes
        if tag == "img":
            assert attributes["src"].startswith("data:image/jpeg;base64,") and attributes["alt"] == HOSTILE
        assert "url(" not in attributes.get("style", "")
    assert "".join(page.words).count(HOSTILE) >= 10
    assert "url(" not in page.styles[0] and "@import" not in page.styles[0]
    assert [a for t, a in page.elements if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"] == [
        {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'"}
    ]


def test_a_colour_that_is_none_never_becomes_style(qgis_app):
    styles = [attributes["style"] for _, attributes in Page(page_of(report(HOSTILE))).elements if "style" in attributes]
    assert styles and all(re.fullmatch(r"(background-)?color:\s?#[0-9a-f]{6}", style) for style in styles)


def test_elements_are_closed_in_order(qgis_app):
    opened = []
    for close, tag, empty in re.findall(r"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", page_of(report())):
        if close:
            assert opened.pop() == tag
        elif not empty:
            opened.append(tag)
    assert opened == []


def test_a_page_says_in_which_direction_its_texts_run(qgis_app):
    page = Page(page_of(report(ARABIC)))
    assert all(a.get("dir") == "rtl" for tag, a in page.elements if tag in ("h1", "h2"))
    assert ARABIC in "".join(page.words)
    assert not any("dir" in a for _, a in Page(page_of(report("47 buildings, كم"))).elements)


def written(tmp_path, made, letter=False):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(made, CancelToken(), lambda share: None, letter))
    return page_texts(path)


def test_a_pdf_holds_every_text_as_text_with_real_spaces(qgis_app, tmp_path):
    words = " ".join("\n".join(written(tmp_path, report(HOSTILE))).split())
    assert "<script>alert(1)</script> </td></table> <a href" in words
    assert "12,345" in words and "How this was made" in words and "EPSG:32633" in words


def test_a_pdf_is_paginated_and_numbered(qgis_app, tmp_path):
    pages = written(tmp_path, report(chapters=200))
    assert 40 < len(pages) <= 200
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    assert sum(page.count("A second line.") for page in pages) == 200


def test_short_chapters_share_a_page(qgis_app, tmp_path):
    short = Chapter("Is there water?", "", "No.")
    pages = written(tmp_path, Report("Report", (), "foot", "en", (short,) * 4))
    assert len(pages) == 1 and pages[0].count("Is there water?") == 4


def test_a_long_table_repeats_its_title_on_every_page(qgis_app, tmp_path):
    rows = tuple((f"row {number}", str(number)) for number in range(300))
    made = Report("Report", (), "", "en", (Chapter("Q", "", "A.", (), (Table("Objects", ("Object", "Area"), rows),)),))
    pages = written(tmp_path, made)
    assert len(pages) > 4 and all("Objects" in page for page in pages[1:])
    assert all(any(f"row {number}\n" in page + "\n" for page in pages) for number in range(300))


def test_letter_paper_where_that_is_used(qgis_app, tmp_path):
    data = pdf(report(), CancelToken(), lambda share: None, letter=True)
    assert re.search(rb"/MediaBox \[0 0 612(\.0+)? 792(\.0+)?\]", data)
    assert re.search(rb"/MediaBox \[0 0 595(\.0+)? 842(\.0+)?\]", pdf(report(), CancelToken(), lambda share: None))


def test_a_pdf_can_be_stopped(qgis_app):
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        pdf(report(chapters=20), cancel, lambda share: cancel.cancel() if share > 0.1 else None)


def test_an_image_in_a_text_is_not_loaded_into_the_pdf(qgis_app, tmp_path):
    data = pdf(report('<img src="/usr/share/qgis/images/icon.png"><img src="picture:0">'), CancelToken(), lambda share: None)
    assert data.count(b"/Subtype /Image") == 1


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("older")

    def pieces():
        yield b"new"
        raise Cancelled()

    with pytest.raises(Cancelled):
        write_whole(path, pieces())
    assert path.read_text() == "older" and [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert write_whole(path, [b"new ", b"file"]).read_bytes() == b"new file"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_full_disk_leaves_nothing(tmp_path):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(ExportFailed) as failed:
            write_whole(tmp_path / "report.pdf", [b"x" * 60_000] * 3)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert failed.value.kind == "disk-full" and list(tmp_path.iterdir()) == []


def test_an_empty_report_is_an_error_not_a_file(tmp_path):
    with pytest.raises(ExportFailed):
        write_whole(tmp_path / "report.pdf", [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name, kind", [("gone/report.pdf", "no-folder"), ("con.pdf", "reserved")])
def test_a_place_that_cannot_be_written_is_refused_first(tmp_path, name, kind):
    with pytest.raises(ExportFailed) as failed:
        write_whole(tmp_path / name, [b"x"])
    assert failed.value.kind == kind

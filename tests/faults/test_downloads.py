"""FAULTS A 16–28 against a scripted server, over a plain fetch and over QGIS's network stack: one error, nothing half-kept."""

import hashlib
import os
import random
import resource
import shutil
import ssl
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from scripted_server import Server, plain_fetch  # noqa: E402

from terralogue.models.cancel import CancelToken  # noqa: E402
from terralogue.models.catalog import download as downloading  # noqa: E402
from terralogue.models.catalog.archives import unpack  # noqa: E402
from terralogue.models.catalog.download import download, leftovers  # noqa: E402
from terralogue.models.catalog.entries import Part  # noqa: E402
from terralogue.models.errors import ArchiveRefused, Cancelled, DownloadFailed, StorageFull  # noqa: E402

CONTENT = random.Random(7).randbytes(400_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
SIZE = len(CONTENT)
PROBES = ["plain", "qgis"]
PAGE_ELSEWHERE = "https://example.org/model"


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture(params=PROBES)
def run(request):
    """``run(work)``: (result, error) of ``work(fetch)``, on a worker where the fetch is QGIS's."""
    if request.param == "plain":
        def plain(work, seconds=30):
            try:
                return work(plain_fetch), None
            except Exception as error:
                return None, error

        return plain
    pytest.importorskip("qgis.core", reason="needs QGIS's Python")
    finish = request.getfixturevalue("finish")
    from terralogue.plugin.core.fetch_qgis import QgisFetch
    from terralogue.plugin.core.tasks import RunTask

    def over_qgis(work, seconds=30):
        found = []

        def job(progress, cancel):
            try:
                found.append((work(QgisFetch()), None))
            except Exception as error:
                found.append((None, error))
            return True

        finish(RunTask("fetching", job), seconds)
        return found[0]

    return over_qgis


class Waits:
    """Waits that take no time, and are counted."""

    def __init__(self):
        self.seconds = []

    def __call__(self, seconds, cancel):
        cancel.raise_if_cancelled()
        self.seconds.append(seconds)


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def get(server, run, tmp_path, waits):
    """``get(content, …)`` downloads what the server gives; (path, error)."""
    folder = tmp_path / "cache"
    folder.mkdir()

    def fetch_it(digest=DIGEST, size=SIZE, hosts=(), cancel=None, place=folder, path="/weights.onnx"):
        part = Part("weights.onnx", server.address(path), f"sha256:{digest}", size)
        return run(lambda fetch: download(part, place, fetch, hosts, cancel=cancel, wait=waits))

    fetch_it.folder = folder
    return fetch_it


def refused(answer, kind):
    path, error = answer
    assert path is None and isinstance(error, DownloadFailed), error
    assert error.kind == kind, error
    return error


def nothing_left(folder, but=()):
    assert sorted(path.name for path in folder.iterdir()) == sorted(but)


def test_a_whole_file_arrives_under_its_name_alone(server, get):
    server.answer = lambda handler, number: handler.file(CONTENT)
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT
    nothing_left(get.folder, ["weights.onnx"])
    assert get()[0] == path and len(server.asked) == 1, "what is there and right is not fetched again"


def test_16_a_line_that_drops_at_forty_percent_is_continued(server, get):
    cut = int(0.4 * len(CONTENT))
    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=cut if number == 0 else None)
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT
    assert len(server.asked) == 2
    started = int(server.asked[1][1]["range"][6:-1])
    assert 0 < started <= cut and server.asked[1][1]["if-range"] == '"v1"'
    assert server.sent <= 1.1 * len(CONTENT)


def test_16_a_line_that_keeps_dropping_is_continued_as_long_as_it_brings_something(server, get):
    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=min(len(CONTENT), 50_000 * (number + 1)))
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT
    assert len(server.asked) == 8 and server.sent <= 1.1 * len(CONTENT)


def test_16_a_line_that_brings_nothing_is_given_up_and_what_came_is_kept(server, get, waits):
    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=60_000)
    refused(get(), "network")
    assert len(server.asked) == downloading.TRIES and waits.seconds == sorted(waits.seconds)
    part = Part("weights.onnx", "", f"sha256:{DIGEST}", len(CONTENT))
    assert 0 < leftovers(part, get.folder) <= 60_000 and not (get.folder / "weights.onnx").exists()


def test_16_sixty_resumed_downloads_in_a_row_all_arrive(server, run, tmp_path, waits):
    """A reply deleted too early made QGIS's next one "deleted" in about 1 of 20 resumed downloads."""
    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=160_000 if number % 2 == 0 else None)

    def work(fetch):
        for number in range(60):
            part = Part(f"{number}.onnx", server.address(), f"sha256:{DIGEST}", SIZE)
            download(part, tmp_path, fetch, wait=waits).unlink()
        return True

    assert run(work, 60) == (True, None)


def test_17_a_server_that_starts_over_is_followed(server, get):
    server.answer = lambda handler, number: handler.file(CONTENT, ranges=False, stop_at=160_000 if number == 0 else None)
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT


def test_17_a_file_that_changed_meanwhile_is_not_pieced_together(server, get):
    other = random.Random(8).randbytes(len(CONTENT))
    server.answer = lambda handler, number: (
        handler.file(other, etag='"old"', stop_at=160_000) if number == 0 else handler.file(CONTENT, etag='"new"'))
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT
    assert server.asked[1][1]["if-range"] == '"old"'


def test_17_pieces_of_two_versions_without_names_are_found_by_the_digest_and_fetched_anew(server, get):
    other = random.Random(8).randbytes(len(CONTENT))
    server.answer = lambda handler, number: (
        handler.file(other, etag="", stop_at=160_000) if number == 0 else handler.file(CONTENT, etag=""))
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT and "range" not in server.asked[2][1]


def test_17_a_server_that_continues_elsewhere_is_not_believed(server, get):
    def answer(handler, number):
        if number != 1:
            return handler.file(CONTENT, stop_at=160_000 if number == 0 else None)
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes 9-{len(CONTENT) - 1}/{len(CONTENT)}")
        handler.send_header("Content-Length", "3")
        handler.end_headers()
        handler.wfile.write(b"abc")

    server.answer = answer
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT


@pytest.mark.parametrize("told", [100, len(CONTENT) + 5])
def test_18_another_length_than_published_is_refused_before_it_is_read(server, get, told):
    server.answer = lambda handler, number: handler.file(CONTENT, length=told)
    refused(get(), "length")
    assert len(server.asked) == 1
    nothing_left(get.folder)


def test_18_more_bytes_than_published_are_not_read(server, get):
    def answer(handler, number):
        handler.protocol_version = "HTTP/1.0"
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(200):
            handler.wfile.write(bytes(65536))

    server.answer = answer
    refused(get(), "length")
    nothing_left(get.folder)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_19_what_is_not_given_is_asked_for_once(server, get, status):
    server.answer = lambda handler, number: handler.empty(status)
    error = refused(get(), "status")
    assert str(status) in error.reason and len(server.asked) == 1
    nothing_left(get.folder)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_19_a_busy_server_is_asked_five_times_with_growing_pauses(server, get, waits, status):
    server.answer = lambda handler, number: handler.empty(status)
    refused(get(), "busy")
    assert len(server.asked) == 5 and waits.seconds == [1, 2, 4, 8]
    nothing_left(get.folder)


def test_19_a_server_that_says_how_long_is_given_that_long(server, get, waits):
    server.answer = lambda handler, number: (
        handler.empty(429, Retry_After="7") if number == 0 else handler.file(CONTENT))
    path, error = get()
    assert error is None and waits.seconds == [7.0]


def test_19_a_server_that_wants_an_hour_is_not_waited_for(server, get, waits):
    server.answer = lambda handler, number: handler.empty(429, Retry_After="3600")
    assert refused(get(), "busy").wait == 3600 and len(server.asked) == 1 and waits.seconds == []


@pytest.mark.parametrize("where", ["http://example.invalid/weights.onnx", "https://127.0.0.1/weights.onnx",
                                   "ftp://127.0.0.1/weights.onnx", "file:///etc/passwd", "//example.invalid/w"])
def test_20_a_redirect_to_another_host_or_scheme_is_not_followed(server, get, where):
    server.answer = lambda handler, number: handler.empty(302, Location=where)
    refused(get(), "redirect")
    assert len(server.asked) == 1
    nothing_left(get.folder)


def test_20_a_redirect_on_the_same_host_is_followed_and_keeps_the_range(server, get):
    def answer(handler, number):
        if handler.path == "/weights.onnx":
            return handler.empty(307, Location="/store/w")
        handler.file(CONTENT, stop_at=160_000 if number == 1 else None)

    server.answer = answer
    path, error = get()
    assert error is None and path.read_bytes() == CONTENT
    assert server.asked[3][0] == "/store/w" and server.asked[3][1]["range"].startswith("bytes=")


def test_20_circles_end(server, get):
    server.answer = lambda handler, number: handler.empty(302, Location="/weights.onnx")
    refused(get(), "redirect")
    assert len(server.asked) == 6


def test_20_a_server_other_than_this_computer_is_asked_over_https_only(run, tmp_path):
    part = Part("w.onnx", "http://example.invalid/w.onnx", f"sha256:{DIGEST}", 5)
    refused(run(lambda fetch: download(part, tmp_path, fetch)), "redirect")


def test_21_a_certificate_that_nobody_vouches_for_is_not_accepted(finish, tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    from terralogue.plugin.core.fetch_qgis import QgisFetch
    from terralogue.plugin.core.tasks import RunTask

    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.answer = lambda handler, number: handler.file(CONTENT)
    folder = tmp_path / "cache"
    folder.mkdir()
    part = Part("w.onnx", f"https://localhost:{server.server_port}/w.onnx", f"sha256:{DIGEST}", len(CONTENT))
    caught = []

    def work(progress, cancel):
        try:
            download(part, folder, QgisFetch(), wait=Waits())
        except DownloadFailed as error:
            caught.append(error.kind)
        return True

    try:
        finish(RunTask("fetching", work), 30)
    finally:
        server.close()
    assert caught == ["tls"] and server.asked == []
    nothing_left(folder)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/octet-stream"])
@pytest.mark.parametrize("status", [200, 511])
def test_22_a_sign_in_page_is_never_taken_for_a_model(server, get, kind, status):
    server.answer = lambda handler, number: handler.page(status, kind)
    # With 511 (network authentication required) the status says it, else the page, else its length.
    refused(get(), "status" if status == 511 else "portal" if kind.startswith("text/html") else "length")
    nothing_left(get.folder)


def test_22_a_page_of_the_right_length_is_told_by_its_first_letters_or_its_digest(server, get):
    page = b"  <!DOCTYPE html><html>".ljust(len(CONTENT), b" ")
    server.answer = lambda handler, number: handler.file(page)
    refused(get(), "portal")
    server.answer = lambda handler, number: handler.file(bytes(len(CONTENT)))
    refused(get(), "digest")
    nothing_left(get.folder)


def test_22_one_flipped_bit_is_found(server, get):
    flipped = bytearray(CONTENT)
    flipped[200_000] ^= 1
    server.answer = lambda handler, number: handler.file(bytes(flipped))
    refused(get(), "digest")
    assert len(server.asked) == 1
    nothing_left(get.folder)


def test_23_a_disk_that_is_too_small_is_told_beforehand(server, get, monkeypatch):
    server.answer = lambda handler, number: handler.file(CONTENT)
    usage = shutil.disk_usage(get.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1000))
    path, error = get()
    assert isinstance(error, StorageFull) and error.available == 1000 and error.needed >= len(CONTENT)
    assert server.asked == []
    nothing_left(get.folder)


def test_23_a_disk_that_fills_up_is_left_as_it_was(server, get):
    server.answer = lambda handler, number: handler.file(CONTENT)
    (get.folder / "other.onnx").write_bytes(b"kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))
    try:
        path, error = get()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, StorageFull)
    nothing_left(get.folder, ["other.onnx"])
    assert get()[0].read_bytes() == CONTENT


_TWO = """
import sys
sys.path[:0] = {path!r}
from scripted_server import plain_fetch
from terralogue.models.catalog.entries import MASKS, Entry, Part
from terralogue.models.catalog.fetching import install
from terralogue.models.catalog.store import ModelStore
from terralogue.models.errors import DownloadFailed
parts = tuple(Part(*each) for each in {parts!r})
entry = Entry("tiny", MASKS, "Tiny SAM", "Outlines", "MIT", "https://example.org", "https://example.org", 0, parts=parts)
from pathlib import Path
try:
    print(install(entry, ModelStore(Path({root!r})), plain_fetch).key)
except DownloadFailed as error:
    print(error.kind)
"""


def test_24_two_processes_at_once_leave_one_whole_model_and_no_lock(server, tmp_path):
    sys.path.append(str(Path(__file__).parents[1] / "models" / "masks"))
    import tiny_sam

    from terralogue.models.catalog.store import ModelStore
    from terralogue.models.catalog.trial import try_model

    files = {f"/{path.name}": path.read_bytes() for path in tiny_sam.pair(tmp_path / "served").iterdir()}
    both = threading.Event()

    def answer(handler, number):
        # The first waits until the second has come and gone.
        handler.file(files[handler.path], slowly=lambda place: both.wait(60))

    server.answer = answer
    parts = [(name[1:], server.address(name), f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))
             for name, content in sorted(files.items())]
    root = tmp_path / "profile"
    code = _TWO.format(path=[str(Path(__file__).parent)], parts=parts, root=str(root))
    first = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not server.asked and time.monotonic() < end:
        time.sleep(0.02)
    second = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, timeout=60)
    both.set()
    assert second.stdout.strip() == "locked" and first.communicate(timeout=60)[0].strip() == "Tiny SAM"
    store = ModelStore(root)
    (kept,) = store.installed()
    assert try_model(kept)["ran"] and not list(store.incoming.iterdir())
    third = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, timeout=60)
    assert third.stdout.strip() == "Tiny SAM 2", "the lock is free again"


def test_25_offline_answers_at_once_and_opens_no_socket(finish, tmp_path, monkeypatch, log_lines):
    from qgis.core import QgsNetworkAccessManager

    from terralogue.plugin import settings as user
    from terralogue.plugin.core import model_store

    monkeypatch.setattr(model_store, "root", lambda: tmp_path / "profile")
    opened, asked = [], []
    sys.addaudithook(lambda event, arguments: opened.append(arguments) if event == "socket.connect" else None)
    manager = QgsNetworkAccessManager.instance()
    manager.requestAboutToBeCreated.connect(asked.append)
    user.model_downloads.setValue(False)
    try:
        entry = next(entry for entry in model_store.entries() if entry.downloadable)
        outcome = finish(model_store.download_task(entry))
    finally:
        user.model_downloads.remove()
        manager.requestAboutToBeCreated.disconnect(asked.append)
    assert not outcome.ok and "switched off" in outcome.message and len(log_lines) == 1
    assert opened == [] and asked == []


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "setegid"), reason="permissions")
def test_26_a_folder_that_cannot_be_written_is_told(server, get, monkeypatch):
    server.answer = lambda handler, number: handler.file(CONTENT)
    if os.geteuid() != 0:
        get.folder.chmod(0o500)
    else:
        # The superuser may write anywhere: the refusal is played.
        def denied(self, *arguments, **options):
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "write_text", denied)
    refused(get(), "read-only")
    nothing_left(get.folder)


@pytest.mark.parametrize("name", ["with spaces and %20", "é", "漢字", "/".join(["d" * 60] * 6)])
def test_27_any_folder_will_do(server, get, tmp_path, name):
    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=160_000 if number == 0 else None)
    folder = tmp_path / name
    folder.mkdir(parents=True)
    path, error = get(place=folder)
    assert error is None and path.read_bytes() == CONTENT


def test_a_pause_keeps_what_came_and_the_next_click_goes_on(server, run, tmp_path):
    cancel = CancelToken()
    part = Part("weights.onnx", server.address(), f"sha256:{DIGEST}", len(CONTENT))
    server.answer = lambda handler, number: handler.file(CONTENT)

    def pause(done, said=""):
        if done > 0.3:
            cancel.cancel()

    path, error = run(lambda fetch: download(part, tmp_path, fetch, progress=pause, cancel=cancel))
    assert isinstance(error, Cancelled) and error.kept
    kept = leftovers(part, tmp_path)
    assert 0.3 * len(CONTENT) < kept < len(CONTENT)
    path, error = run(lambda fetch: download(part, tmp_path, fetch))
    assert path.read_bytes() == CONTENT and server.asked[1][1]["range"] == f"bytes={kept}-"


def test_a_pause_is_heard_while_the_server_says_nothing(server, run, tmp_path):
    cancel, silent = CancelToken(), threading.Event()
    part = Part("weights.onnx", server.address(), f"sha256:{DIGEST}", len(CONTENT))
    server.answer = lambda handler, number: handler.file(CONTENT, slowly=lambda place: place > 50_000 and silent.wait(20))
    timer = threading.Timer(0.3, cancel.cancel)

    def work(fetch):
        if fetch is plain_fetch:
            pytest.skip("a blocking socket is not what QGIS uses")
        timer.start()
        return download(part, tmp_path, fetch, cancel=cancel)

    try:
        path, error = run(work)
    finally:
        silent.set()
    assert isinstance(error, Cancelled) and error.kept


def test_parts_of_another_file_of_that_name_are_not_continued(server, get):
    (get.folder / "weights.onnx.part").write_bytes(b"x" * 100)
    (get.folder / "weights.onnx.part.json").write_text('{"digest": "sha256:0", "tag": ""}')
    server.answer = lambda handler, number: handler.file(CONTENT)
    assert get()[0].read_bytes() == CONTENT and "range" not in server.asked[0][1]


MEMBERS = ["../x", "a/../../x", "/etc/x", "C:\\x", "C:x", "\\\\server\\share\\x", "..\\x", "a/NUL", "a/con.txt", "a/b:stream",
           "a/ends.", "nul\x01"]


@pytest.mark.parametrize("member", MEMBERS)
def test_28_members_that_lead_out_are_refused_before_anything_is_unpacked(tmp_path, member):
    archive = tmp_path / "pack.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("good.txt", "good")
        opened.writestr(member, "bad")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(ArchiveRefused):
        unpack(archive, out)
    nothing_left(out)
    nothing_left(tmp_path, ["out", "pack.zip"])


def test_28_links_and_devices_are_refused(tmp_path):
    for number, kind in enumerate((0o120777, 0o060666, 0o010666)):
        archive, out = tmp_path / f"{number}.zip", tmp_path / f"out{number}"
        with zipfile.ZipFile(archive, "w") as opened:
            info = zipfile.ZipInfo("weights.onnx")
            info.external_attr = kind << 16
            opened.writestr(info, "/etc/passwd")
        out.mkdir()
        with pytest.raises(ArchiveRefused, match="link"):
            unpack(archive, out)
        nothing_left(out)


def test_28_bombs_crowds_and_twins_are_refused(tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    bomb, crowd, twins = (tmp_path / f"{name}.zip" for name in ("bomb", "crowd", "twins"))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("zeros.bin", bytes(100_000_000))
    with zipfile.ZipFile(crowd, "w") as opened:
        for number in range(10_001):
            opened.writestr(f"{number}", "")
    with zipfile.ZipFile(twins, "w") as opened, pytest.warns(UserWarning):
        opened.writestr("a.txt", "1")
        opened.writestr("a.txt", "2")
    case = tmp_path / "case.zip"
    with zipfile.ZipFile(case, "w") as opened:
        opened.writestr("a.txt", "1")
        opened.writestr("A.TXT", "2")
    for archive, said in ((bomb, "small"), (crowd, "10001"), (twins, "twice"), (case, "twice")):
        with pytest.raises(ArchiveRefused, match=said):
            unpack(archive, out)
        nothing_left(out)


def test_28_a_member_larger_than_it_says_is_stopped(tmp_path):
    archive, out = tmp_path / "lie.zip", tmp_path / "out"
    out.mkdir()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.bin", random.Random(1).randbytes(5000))
    data = bytearray(archive.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + offset
        data[place:place + 4] = (100).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    with pytest.raises(ArchiveRefused):
        unpack(archive, out)


def test_28_a_cut_or_foreign_archive_is_refused(tmp_path):
    archive, out = tmp_path / "cut.zip", tmp_path / "out"
    out.mkdir()
    for content in (b"", b"PK\x03\x04", b"<!DOCTYPE html>", random.Random(2).randbytes(3000)):
        archive.write_bytes(content)
        with pytest.raises(ArchiveRefused):
            unpack(archive, out)
    nothing_left(out)


def test_28_an_honest_archive_is_unpacked(tmp_path):
    archive, out = tmp_path / "good.zip", tmp_path / "out"
    out.mkdir()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("model/encoder.onnx", b"one")
        opened.writestr("model/decoder.onnx", b"two")
    assert [path.relative_to(out).as_posix() for path in unpack(archive, out)] == ["model/encoder.onnx", "model/decoder.onnx"]
    assert (out / "model" / "decoder.onnx").read_bytes() == b"two"


def test_without_qgis_the_session_of_huggingface_hub_fetches(server, tmp_path):
    pytest.importorskip("huggingface_hub", reason="optional: pip install huggingface_hub")
    from terralogue.models.catalog.hub import cached, hub_fetch

    server.answer = lambda handler, number: handler.file(CONTENT, stop_at=262_144 if number == 0 else None)
    part = Part("weights.onnx", server.address(), f"sha256:{DIGEST}", SIZE)
    assert download(part, tmp_path, hub_fetch(), wait=Waits()).read_bytes() == CONTENT
    assert server.asked[1][1]["range"].startswith("bytes=") and server.sent <= 1.2 * SIZE
    assert cached("https://huggingface.co/nobody/nothing") is None


def test_without_huggingface_hub_it_is_named(monkeypatch):
    from terralogue.models.catalog.hub import cached, hub_fetch
    from terralogue.models.errors import RuntimeMissing

    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    monkeypatch.setitem(sys.modules, "huggingface_hub.utils", None)
    with pytest.raises(RuntimeMissing, match="huggingface_hub"):
        hub_fetch()
    assert cached("https://huggingface.co/nobody/nothing") is None and cached(PAGE_ELSEWHERE) is None

"""A model of 400 MB fetched over QGIS's network stack: seconds beside a plain read, main-thread gaps, memory, a dropped line.

The server is a process of its own on this computer. Prints one JSON object.

    python3 tests/benchmarks/bench_downloads.py [--megabytes 400]
"""

import argparse
import hashlib
import http.client
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "plugins"), str(ROOT / "tests" / "faults")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SERVER = """
import sys
sys.path[:0] = {path!r}
from scripted_server import Server
content = open({file!r}, "rb").read()
server = Server()
def answer(handler, number):
    handler.file(content, stop_at=int(0.4 * len(content)) if handler.path == "/drop" and "Range" not in handler.headers else None)
server.answer = answer
print(server.server_port, flush=True)
sys.stdin.read()
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=400)
    megabytes = parser.parse_args().megabytes
    folder = Path(tempfile.mkdtemp())
    block = os.urandom(1_000_000)
    with open(folder / "served", "wb") as file:
        for number in range(megabytes):
            file.write(number.to_bytes(8, "big") + block[8:])
    digest = hashlib.sha256((folder / "served").read_bytes()).hexdigest()
    code = SERVER.format(path=sys.path[:2], file=str(folder / "served"))
    server = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = int(server.stdout.readline())
    try:
        print(json.dumps(measure(folder, port, digest, megabytes * 1_000_000)))
    finally:
        server.stdin.close()
        server.wait()


def measure(folder: Path, port: int, digest: str, size: int) -> dict:
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QTimer

    application = QgsApplication([], True)
    application.initQgis()
    from terralogue.models.catalog.download import download
    from terralogue.models.catalog.entries import Part
    from terralogue.plugin.core.fetch_qgis import QgisFetch
    from terralogue.plugin.core.tasks import RunTask, start

    beats = []
    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))

    def fetched(path: str) -> dict:
        out = folder / path
        out.mkdir()
        part = Part("weights.bin", f"http://127.0.0.1:{port}/{path}", f"sha256:{digest}", size)
        before, ended = rss(), []
        task = RunTask("fetching", lambda progress, cancel: download(part, out, QgisFetch(), (), progress, cancel))
        task.finished_with.connect(ended.append)
        beats.clear()
        timer.start()
        begun = time.monotonic()
        start(task)
        peak = before
        while not ended:
            application.processEvents()
            peak = max(peak, rss())
            time.sleep(0.001)
        seconds = time.monotonic() - begun
        timer.stop()
        gaps = sorted(1000 * (b - a) for a, b in zip(beats, beats[1:]))
        (out / "weights.bin").unlink(missing_ok=True)
        return {"ok": ended[0].ok, "seconds": round(seconds, 2), "gap_ms_p99": round(gaps[int(0.99 * (len(gaps) - 1))], 1),
                "gap_ms_max": round(gaps[-1], 1), "memory_mb": round((peak - before) / 1e6, 1)}

    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/plain")
    reply, plain = connection.getresponse(), hashlib.sha256()
    with open(folder / "plain.bin", "wb") as file:
        for chunk in iter(lambda: reply.read(1 << 17), b""):
            file.write(chunk)
            plain.update(chunk)
    seconds = time.monotonic() - begun
    whole, dropped = fetched("whole"), fetched("drop")
    return {"megabytes": size // 1_000_000, "plain_seconds": round(seconds, 2), "whole": whole, "dropped_at_40_percent": dropped,
            "times_a_plain_read": round(whole["seconds"] / seconds, 2),
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000}


def rss() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()

"""The plugin site's own scan, on the built zip: any finding blocks the upload."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

#: What the site enables: every code but B109, B404, B410 and B411; no severity floor.
BANDIT = """
B101 B102 B103 B104 B105 B106 B107 B108 B110 B112 B113 B201 B202 B301 B302 B303 B304 B305 B306 B307 B308 B310 B311 B312
B313 B314 B315 B316 B317 B318 B319 B321 B323 B324 B401 B402 B403 B405 B406 B407 B408 B409 B412 B413 B415 B501 B502 B503
B504 B505 B506 B507 B508 B509 B601 B602 B603 B604 B605 B606 B607 B608 B609 B610 B611 B612 B613 B614 B615 B701 B702 B703
B704
""".split()


def _run(module: str, *arguments: str, cwd: Path) -> dict:
    """The JSON that a development tool prints, run over ``cwd`` from inside it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.startswith("{"), done.stderr
    return json.loads(done.stdout)


def _bandit(folder: Path) -> list:
    report = _run("bandit", "-r", ".", "-q", "-f", "json", "-t", ",".join(BANDIT), cwd=folder)
    assert report["errors"] == []
    return [f"{r['filename']}:{r['line_number']} {r['test_id']} {r['issue_text']}" for r in report["results"]]


def _secrets(folder: Path) -> list:
    report = _run("detect_secrets", "scan", "--all-files", "--no-verify", "--exclude-files", "metadata.txt", ".", cwd=folder)
    return [f"{name}:{found['line_number']} {found['type']}" for name, all_ in report["results"].items() for found in all_]


def test_bandit_finds_nothing_in_the_zip(unpacked):
    assert _bandit(unpacked / "terralogue") == []


def test_detect_secrets_finds_nothing_in_the_zip(unpacked):
    assert _secrets(unpacked / "terralogue") == []


def test_the_gate_itself_catches_what_the_site_catches(tmp_path):
    (tmp_path / "bad.py").write_text('assert True\neos_token = "</s>"\n', encoding="utf-8")
    (tmp_path / "bad.json").write_text('{"digest": "' + hashlib.sha256(b"weights").hexdigest() + '"}', encoding="utf-8")
    assert {line.split()[1] for line in _bandit(tmp_path)} == {"B101", "B105"}
    assert any("Hex High Entropy String" in line for line in _secrets(tmp_path))

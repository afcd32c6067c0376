"""Starts QGIS desktop with the plugin enabled in a throwaway profile and runs a job inside it (``make run``).

Without a screen an Xvfb is started. The job is a script that QGIS runs once its window is up; it finds its parameters in
the environment variable TERRALOGUE_JOB (JSON) and writes ``result.json`` into the output folder.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator, Optional

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"

PROFILE = """[PythonPlugins]
terralogue=true

[qgis]
checkVersion=false
showTips=false
askToSaveMemoryLayers=false
projOpenAtLaunch=2
enableMacros=0
{extra}
[locale]
overrideFlag=true
userLocale=en_US

[app]
news-feed\\items\\httpsfeedqgisorg\\entries=
news-feed\\disabled=true
"""


@contextlib.contextmanager
def screen(always_virtual: bool = False) -> Iterator[str]:
    """The DISPLAY to use: the one there is, else a virtual one of 1600 × 1000 pixels that ends with the block."""
    if os.environ.get("DISPLAY") and not always_virtual:
        yield os.environ["DISPLAY"]
        return
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit("Xvfb did not start; `make setup` installs it.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def make_profile(folder: Path, extra: str = "") -> None:
    """A fresh QGIS profile with only Terralogue enabled."""
    shutil.rmtree(folder, ignore_errors=True)
    settings = folder / "profiles" / "default" / "QGIS"
    settings.mkdir(parents=True)
    (settings / "QGIS3.ini").write_text(PROFILE.format(extra=extra), encoding="utf-8")


def desktop(script: Path, job: dict, out: Path, timeout: float = 600, virtual: bool = False, extra: str = "") -> dict:
    """Run ``script`` inside a real QGIS; returns its ``result.json``, with "error" set if QGIS died or hung."""
    out.mkdir(parents=True, exist_ok=True)
    result = out / "result.json"
    result.unlink(missing_ok=True)
    (out / "progress.txt").unlink(missing_ok=True)
    profile = BUILD / "profile" / script.stem
    make_profile(profile, extra)
    runtime = tempfile.mkdtemp(prefix="terralogue-runtime-")
    with screen(virtual) as display, (out / "qgis.log").open("w", encoding="utf-8") as log:
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "QT_QPA_PLATFORM")}
        environment.update(
            DISPLAY=display,
            # QGIS takes the prefix of the first python3 on PATH for its own: conda's or pyenv's has no qgis module.
            PATH=os.pathsep.join(["/usr/bin", os.environ.get("PATH", "")]),
            XDG_RUNTIME_DIR=runtime,
            QGIS_PLUGINPATH=str(BUILD / "plugins"),
            TERRALOGUE_JOB=json.dumps({**job, "out": str(out), "root": str(ROOT), "tests": str(Path(__file__).parent)}),
            QT_LOGGING_RULES="*.debug=false",
            LIBGL_ALWAYS_SOFTWARE="1",
            GDAL_PAM_ENABLED="NO",  # no .aux.xml beside the user's rasters
        )
        environment.setdefault("TERRALOGUE_PACKAGES", str(BUILD))
        process = subprocess.Popen(
            ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profile), "--profile", "default",
             "--code", str(script)],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        problem: Optional[str] = None
        try:
            _follow(process, out / "progress.txt", timeout)
        except subprocess.TimeoutExpired:
            problem = f"QGIS did not finish within {timeout:.0f} s"
        finally:
            if process.poll() is None:  # also when the caller is interrupted: no QGIS stays behind
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    shutil.rmtree(runtime, ignore_errors=True)
    if result.exists():
        found = json.loads(result.read_text(encoding="utf-8"))
    else:
        found = {"error": f"QGIS ended with code {process.returncode} before the job was done; see {out / 'qgis.log'}"}
    found["exit_code"] = process.returncode
    if problem:
        found["error"] = problem
    return found


def _follow(process: subprocess.Popen, progress: Path, timeout: float) -> None:
    """Wait for QGIS and print what the job says on the way. Raises subprocess.TimeoutExpired."""
    end, shown = time.monotonic() + timeout, 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
        text = progress.read_text(encoding="utf-8") if progress.exists() else ""
        if len(text) > shown and text.endswith("\n"):
            print(text[shown:], end="", file=sys.stderr, flush=True)
            shown = len(text)
        if process.returncode is not None:
            return
        if time.monotonic() > end:
            raise subprocess.TimeoutExpired(process.args, timeout)


def main() -> int:
    """The command behind ``make run``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=BUILD / "run")
    parser.add_argument("--before", type=Path, help="a raster to ask about; default: the sample scene")
    parser.add_argument("--after", type=Path, help="a second date of the same place")
    parser.add_argument("--timeout", type=float, default=2400)
    options = parser.parse_args()
    if options.after and not options.before:
        parser.error("AFTER= needs BEFORE=")
    for path in (options.before, options.after):
        if path and not path.exists():
            parser.error(f"{path} does not exist")
    job = {"before": str((options.before or "") and options.before.resolve()),
           "after": str((options.after or "") and options.after.resolve())}  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that QGIS and Xvfb are ended too
    out = options.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    found = desktop(Path(__file__).with_name("main_job.py"), job, out, options.timeout)
    answers = out / "answers.txt"
    if answers.exists():
        print(answers.read_text(encoding="utf-8"))
    problems = [*([found["error"]] if found.get("error") else []), *found.get("python_errors", ())]
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    print(f"Layers, answers and screenshot: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

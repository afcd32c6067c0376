"""Makes the locks (``make locks``): one requirements file with digests per group, interpreter and platform.

Needs uv and the package index. Not part of the shipped plugin. numpy is QGIS's own: it constrains the resolution and is
never written into a lock.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from .groups import GROUPS, LOCKS
from .process import child_environment

#: numpy that QGIS brings with each Python: the oldest in the field of those the packages still accept.
NUMPY = {"3.9": "1.21.6", "3.10": "1.21.6", "3.11": "1.24.2", "3.12": "1.26.4", "3.13": "2.2.4"}
PLATFORMS = {
    "linux_x86_64": "x86_64-manylinux_2_28",
    "linux_aarch64": "aarch64-manylinux_2_28",
    "windows_x86_64": "x86_64-pc-windows-msvc",
    "macos_aarch64": "aarch64-apple-darwin",
    "macos_x86_64": "x86_64-apple-darwin",
}
#: Core and documents run wherever QGIS runs; the other groups are for Linux machines that build, test and train.
TARGETS = {
    "core": [(python, platform) for python in NUMPY for platform in PLATFORMS],
    "documents": [(python, platform) for python in NUMPY for platform in PLATFORMS],
    "vectors": [(python, platform) for python in NUMPY for platform in PLATFORMS],
    "headless": [(python, "linux_x86_64") for python in ("3.10", "3.11", "3.12", "3.13")],
    "training": [("3.11", "linux_x86_64")],
    "dev": [("3.11", "linux_x86_64")],
}


def lock(group: str, python: str, platform: str) -> str:
    """Resolve one lock and write it; returns "" or why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, constraints = Path(folder) / "wanted.txt", Path(folder) / "constraints.txt"
        wanted.write_text("\n".join(GROUPS[group].requirements) + "\n", encoding="utf-8")
        core = LOCKS / f"core-cp{python.replace('.', '')}-{platform}.txt"
        pins = re.findall(r"^\S+==[^\s;\\]+", core.read_text("utf-8"), re.MULTILINE) if group != "core" else []
        constraints.write_text("\n".join([f"numpy=={NUMPY[python]}", *pins]) + "\n", encoding="utf-8")
        command = ["uv", "pip", "compile", str(wanted), "-c", str(constraints), "--python-version", python,
                   "--python-platform", PLATFORMS[platform], "--generate-hashes", "--only-binary", ":all:",
                   "--no-emit-package", "numpy", "--no-header", "--no-annotate", "--quiet"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, env=child_environment(), check=False)  # nosec
    if done.returncode != 0:
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "uv failed"
    head = f"# {group}: Python {python}, {platform}, resolved against numpy {NUMPY[python]} (QGIS's own, not installed)\n"
    body = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("--find-links"))
    path = LOCKS / f"{group}-cp{python.replace('.', '')}-{platform}.txt"
    path.write_text(head + body + "\n", encoding="utf-8", newline="\n")
    return ""


def main() -> int:
    """Make every lock; a platform without wheels is named and left out."""
    LOCKS.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(TARGETS)
    failed = 0
    for group in wanted:
        for python, platform in TARGETS[group]:
            problem = lock(group, python, platform)
            failed += bool(problem)
            print(group, python, platform, problem or "ok", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
